"""What the journal knows as done since a moment; and what a later plan has published of the words of a step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from munsocial.journal.entries import Entry
from munsocial.journal.journal import Journal
from munsocial.journal.stepbook import StepBook
from munsocial.network.drafts import Draft
from munsocial.operate.applying.looks import plain
from munsocial.operate.applying.targets import Differs
from munsocial.operate.plans.booked_plan import plan_in
from munsocial.operate.plans.plan import Plan, Step
from munsocial.wording import Text

__all__ = ["FIND_OUT", "PUBLISHED", "UNCLEAR", "Done", "PublishedSince", "done_since", "draft_of", "moment_of"]

PUBLISHED = Text(
    "такой же текст уже отправлен сюда {when} (план {plan})", "the same text was sent here already {when} (plan {plan})"
)
UNCLEAR = Text(
    "такая же публикация уже отправлялась, и что с ней стало, неясно; {remedy}",
    "the same publication was sent already, and nobody knows its end; {remedy}",
)
FIND_OUT = Text("сначала выясните: munsocial apply РЕЕСТР {plan}", "find out first: munsocial apply REGISTRY {plan}")


class Done(NamedTuple):
    """A step that was done, and when."""

    plan: Plan
    step: Step
    at: datetime


def done_since(journal: Journal, since: datetime, district: str | None = None) -> Iterator[Done]:
    """Give the steps that were done since a moment, without posts that were taken down again.

    With ``district``, the id of a municipality, those of others that share the journal are left out, too.
    """
    ends: dict[str, dict[str, Entry]] = {}
    for entry in journal.entries(kind="step.confirmed", since=since):
        ends.setdefault(entry.subject, {})[entry.body["step"]] = entry
    book, found = StepBook(journal), list[tuple[Done, Entry]]()
    for name in sorted(ends):
        plan = plan_in(book, name)
        if plan is not None and district in (None, plan.municipality):
            found += [(Done(plan, step, end.at), end) for step in plan.steps if (end := ends[name].get(step.id))]
    gone = {(one.step.account, one.step.params.get("post")) for one, _ in found if one.step.action == "delete_post"}
    for one, end in found:
        if one.step.action != "publish" or (one.step.account, end.body.get("post")) not in gone:
            yield one


def draft_of(step: Step) -> Draft | None:
    """Return what a step publishes."""
    draft = step.params.get("draft")
    return Draft.model_validate(draft) if isinstance(draft, dict) else None


def moment_of(step: Step) -> datetime | None:
    """Return for which moment a step publishes; None is at once."""
    draft = draft_of(step)
    return step.due or (draft.publish_at if draft else None)


class PublishedSince:
    """What plans made later than this one have published: a command given again after a kill makes another plan.

    What was published before a plan was made its maker was told. Read once for each application of a plan.
    """

    def __init__(self, journal: Journal, plan: Plan) -> None:
        self._journal = journal
        self._plan = plan

    def check(self, step: Step) -> None:
        """See to it that no later plan has sent the same words to the account for the same moment, or may have.

        Raises:
            Differs: one has, or nobody knows.
        """
        what = _what(step)
        if step.action != "publish" or not what.words:
            return
        if done := self._done.get(what):
            raise Differs(PUBLISHED.fill(when=self._plan.local(done.at), plan=done.plan.id))
        if other := self._unclear.get(what):
            raise Differs(UNCLEAR.fill(remedy=FIND_OUT.fill(plan=other)), unread=True)

    @cached_property
    def _done(self) -> dict[_What, Done]:
        made = self._plan.made_at
        known = done_since(self._journal, made, self._plan.municipality)
        return {_what(one.step): one for one in known if one.step.action == "publish" and one.plan.made_at > made}

    @cached_property
    def _unclear(self) -> dict[_What, str]:
        book, found = StepBook(self._journal), dict[_What, str]()
        for name, group in groupby(book.waiting(("sending", "uncertain")), key=lambda one: one.plan):
            plan, open_ = plan_in(book, name), {one.step for one in group}
            if plan and plan.municipality == self._plan.municipality and plan.made_at > self._plan.made_at:
                found |= {_what(step): name for step in plan.steps if step.id in open_ and step.action == "publish"}
        return found


class _What(NamedTuple):
    account: str
    words: str
    moment: datetime | None


def _what(step: Step) -> _What:
    draft = draft_of(step)
    return _What(step.account, plain(draft.text_for(step.network)) if draft else "", moment_of(step))
