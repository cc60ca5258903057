"""A removal that a person decided on (clause 9.2): with ground, clause and evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from munsocial.errors import InputError
from munsocial.model.content import Comment
from munsocial.model.given import is_a
from munsocial.model.registry import Registry
from munsocial.model.snapshot import AccountView, Snapshot
from munsocial.network.adapter import Adapter
from munsocial.operate.answering.given_answers import GivenAnswers
from munsocial.operate.days import local_day
from munsocial.operate.grounds import NAMES, NO_GROUND, OWED, THERE_ARE, ground_name
from munsocial.operate.moderating.moderation import plan_of
from munsocial.operate.moderating.queue import Decision, Queued, clause_in, clauses_of
from munsocial.operate.moderating.settings import Settings, settings_given
from munsocial.operate.plans.decided import WHO, WHY, see_said
from munsocial.operate.plans.plan import Plan
from munsocial.policy.act import Act
from munsocial.wording import Text

__all__ = ["plan_comment_removal"]

_NOT_GROUNDS = frozenset({OWED, "suicide"})
"""Whoever is in danger has broken no law."""

_UNREAD = Text("такого комментария нет среди прочитанного.", "there is no such comment in what was read.")
_READ = Text(
    "Проверьте АККАУНТ:КОММЕНТАРИЙ и прочитайте больше недель (--weeks).",
    "Check ACCOUNT:COMMENT, and read more weeks (--weeks).",
)
_DECIDED = Text("решение человека ({by}): {why}", "decided by a person ({by}): {why}")


def plan_comment_removal(
    snapshot: Snapshot,
    account: str,
    item: str,
    ground: str,
    *,
    why: str,
    made_by: str,
    registry: Registry,
    adapters: Mapping[str, Adapter],
    now: datetime,
    settings: Settings | None = None,
    acts: Sequence[Act] = (),
    acknowledge: Iterable[str] = (),
    given: GivenAnswers | None = None,
) -> Plan:
    """Plan the removal of one comment on a ground that a person names, by its code or its name.

    Evidence, signatures, restricted networks and ``given`` are as in `plan_moderation`; it never counts as done alone.

    Raises:
        InputError: no such ground (criticism is none), a comment that was not read, no reason, or nobody named.
    """
    from munsocial.language import is_question

    is_a(str, account, "account")
    is_a(str, ground, "ground")
    see_said(f"{account}:{item}", (why, WHY), (made_by, WHO))
    clauses = clauses_of(acts, local_day(now, registry))
    code = _code_of(ground, clauses)
    view, comment = _found(snapshot, account, item)
    told = _DECIDED.fill(by=made_by, why=why)
    decision = Decision("remove", code, clause_in(clauses, code), why=(told,))
    post = next((one.text for one in view.posts.value or () if one.id == comment.post_id), "")
    asks = is_question(comment.text)
    queued = Queued(account, view.network, comment, (code,), decision, asks, post=post[:160])
    by_person = replace(settings_given(settings), auto=frozenset())
    return plan_of(
        [queued], snapshot, registry=registry, adapters=adapters, now=now, settings=by_person, acts=acts,
        made_by=made_by, acknowledge=acknowledge, given=given,
    )  # fmt: skip


def _code_of(ground: str, known_to_acts: Iterable[str]) -> str:
    known = dict.fromkeys([*NAMES, *known_to_acts])
    codes = {name: code for code in known if code not in _NOT_GROUNDS for name in (code, *ground_name(code))}
    if (code := codes.get(ground.strip().casefold())) is None:
        listed = {code: ground_name(code) for code in codes.values()}
        names = Text(", ".join(f"{code} ({name.ru})" for code, name in listed.items()), ", ".join(listed))
        raise InputError(NO_GROUND, where=f"ground = {ground}", remedy=THERE_ARE.fill(names=names))
    return code


def _found(snapshot: Snapshot, account: str, item: str) -> tuple[AccountView, Comment]:
    view = snapshot.views.get(account)
    for comment in (view.comments.value or ()) if view else ():
        if comment.id == item and not comment.deleted and view:
            return view, comment
    raise InputError(_UNREAD, where=f"{account}:{item}", remedy=_READ)
