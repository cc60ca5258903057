"""What our journal knows to be published. Some networks show a post late, and at once only to who knows its id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache, partial

from munsocial.journal.booked import Booked
from munsocial.journal.journal import Journal
from munsocial.journal.stepbook import StepBook
from munsocial.model.registry import Registry
from munsocial.network.adapter import Adapter
from munsocial.network.drafts import Draft
from munsocial.network.protocols import RemembersPosts
from munsocial.operate.plans.booked_plan import plan_in

__all__ = ["edited_since", "published_since", "remind"]

_SLACK = timedelta(days=1)
_AHEAD = timedelta(days=90)
"""A scheduled post was sent that much before it appears, at most."""


def published_since(journal: Journal, since: datetime, district: str | None = None) -> dict[str, list[str]]:
    """Return ids of posts by our account: those sent since then, and those that were to appear later.

    With ``district``, the id of a municipality, those of others that share the journal are left out.
    """
    book = StepBook(journal)
    plan_named = cache(partial(plan_in, book))
    found: dict[str, list[str]] = {}
    for booked in _made(book.waiting(["confirmed"]), since):
        plan = plan_named(booked.plan)
        if plan is None or district not in (None, plan.municipality):
            continue
        step = next((one for one in plan.steps if one.id == booked.step), None)
        if step is not None and step.action == "publish":
            found.setdefault(step.account, []).append(str(booked.result["post"]))
    return found


def edited_since(journal: Journal, account: str, post: str, since: datetime, district: str | None = None) -> str | None:
    """Return the text that our last edit of a post since then left there; None when there was none.

    ``district`` as in `published_since`.
    """
    book = StepBook(journal)
    for entry in journal.entries(kind="step.confirmed", since=since, newest_first=True):
        plan = plan_in(book, entry.subject)
        for step in plan.steps if plan and district in (None, plan.municipality) else ():
            if (step.id, step.action, step.account) != (entry.body["step"], "edit_post", account):
                continue
            if step.params.get("post") == post and "draft" in step.params:
                return Draft.model_validate(step.params["draft"]).text_for(step.network)
    return None


def _made(steps: Iterable[Booked], since: datetime) -> Iterator[Booked]:
    for one in steps:
        edge = since - (_AHEAD if one.result.get("scheduled") else _SLACK)
        if one.result.get("post") and one.started_at is not None and one.started_at >= edge:
            yield one


def remind(adapters: Mapping[str, Adapter], registry: Registry, posts: Mapping[str, list[str]]) -> None:
    """Tell adapters that ask for it what was published through us."""
    for id, ids in posts.items():
        account = registry.account_by_id.get(id)
        adapter = adapters.get(account.network) if account is not None else None
        if account is not None and isinstance(adapter, RemembersPosts):
            adapter.remember_posts(account, ids)
