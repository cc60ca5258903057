"""What the journal knows of moderation: removals with their grounds, what persons decided, how much went by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from munsocial.errors import InputError
from munsocial.journal.entries import Entry
from munsocial.journal.journal import Journal
from munsocial.journal.stepbook import StepBook
from munsocial.model.registry import Registry
from munsocial.model.statements import Removal
from munsocial.wording import Text

__all__ = ["Logged", "alone_since", "leave_comment", "logged", "once", "removals_of", "settled_items"]

_NO_ACCOUNT = Text("такого аккаунта нет в реестре.", "there is no such account in the register.")
_SEE_ACCOUNTS = Text("Укажите id из таблицы accounts.", "Give an id of the table accounts.")
_NO_ITEM = Text("не указан комментарий.", "no comment is named.")
_PLACE = Text("Пишите АККАУНТ:КОММЕНТАРИЙ.", "Write ACCOUNT:COMMENT.")
_NOBODY = Text("не указано, кто решил.", "nobody is named who decided.")
_NAME = Text("Укажите --by.", "Give --by.")
_NO_WHY = Text("решение без причины.", "a decision without a reason.")
_SAY_WHY = Text("Добавьте --why «…».", "Add --why '...'.")
_HIDES = ("hide_comment", "delete_comment", "delete_message")


@dataclass(frozen=True, slots=True)
class Logged:
    """One deed of moderation as the journal has it; ``author_id`` and ``text`` are empty when purged on term.

    ``kept_at`` is when the evidence was kept, just before the deed; ``written_at`` when the citizen wrote.
    """

    account: str
    plan: str
    step: str
    action: str
    item: str
    ground: str
    clause: str
    by: str
    alone: bool
    state: str
    kept_at: datetime
    written_at: datetime | None
    author_id: str = ""
    text: str = ""
    url: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    """What the step was told to do; empty when purged."""


def logged(journal: Journal, *, account: str | None = None) -> Iterator[Logged]:
    """Give all deeds of moderation in order, the last word of each step; tries of one step count once."""
    found: dict[tuple[str, str], Logged] = {}
    book = StepBook(journal)
    states: dict[str, dict[str, str]] = {}
    for entry in journal.entries(kind="evidence.kept", subject=account):
        plan, step = entry.body["plan"], entry.body["step"]
        if plan not in states:
            states[plan] = {one.step: one.state for one in book.of(plan)}
        found.setdefault((plan, step), _logged(entry, states[plan].get(step, "planned")))
    yield from found.values()


def _logged(entry: Entry, state: str) -> Logged:
    body: dict[str, Any] = dict(entry.body)
    personal: dict[str, Any] = dict(entry.personal or {})
    proofs = personal.get("evidence") or [{}]
    written = next(iter(body.get("written_at") or ()), None)
    return Logged(
        account=entry.subject,
        plan=body["plan"],
        step=body["step"],
        action=body["action"],
        item=body.get("item", ""),
        ground=body.get("ground", ""),
        clause=body.get("clause", ""),
        by=body.get("decided_by", ""),
        alone=bool(body.get("alone")),
        state=state,
        kept_at=entry.at,
        written_at=datetime.fromisoformat(written) if written else None,
        author_id=personal.get("author_id", ""),
        text=proofs[0].get("text", ""),
        url=next(iter(body.get("urls") or ()), "") or "",
        params=personal.get("params") or {},
    )


def removals_of(journal: Journal) -> tuple[Removal, ...]:
    """Return what was removed and still is, in the shape of the register: without one a ban has no ground.

    A step that a person was to do by hand counts once that person said so, or reading showed it. What two plans removed
    (one was killed before it knew its end) is one removal.
    """
    restored = {(one.subject, one.body["item"]): one.at for one in journal.entries(kind="comment.restored")}
    return tuple(
        Removal(
            account=one.account,
            item=one.item,
            at=one.kept_at,
            ground=one.ground,
            clause=one.clause,
            author_id=one.author_id,
            text=one.text,
            url=one.url,
            restored_at=restored.get((one.account, one.item)),
        )
        for one in once(logged(journal))
        if one.action in _HIDES and one.item and one.ground
    )


def once(deeds: Iterable[Logged]) -> Iterator[Logged]:
    """Give the deeds that were done, each comment removed once by whatever number of plans."""
    met: set[tuple[str, str]] = set()
    for one in deeds:
        place = (one.account, one.item)
        if one.state != "confirmed" or (one.action in _HIDES and place in met):
            continue
        if one.action in _HIDES and one.item:
            met.add(place)
        yield one


def settled_items(journal: Journal) -> frozenset[tuple[str, str]]:
    """Return (account, comment) that need no new decision: left by a person, restored, or waiting for a person."""
    left = {(one.subject, one.body["item"]) for one in journal.entries(kind="comment.left")}
    left |= {(one.subject, one.body["item"]) for one in journal.entries(kind="comment.restored")}
    waiting = {(one.account, one.item) for one in logged(journal) if one.action == "refer" or one.state == "manual"}
    return frozenset(left | waiting)


def leave_comment(
    journal: Journal | None, registry: Registry, account: str, item: str, *, by: str, why: str, write: bool = True
) -> None:
    """Write down that a person decided to leave a comment; it is not proposed again. The same word is written once.

    Without ``write`` it is only looked whether this could be noted.

    Raises:
        InputError: an account that the register does not know, no comment, nobody named, or no reason.
    """
    if account not in registry.account_by_id:
        raise InputError(_NO_ACCOUNT, where=account, remedy=_SEE_ACCOUNTS)
    for given, what, remedy in ((item, _NO_ITEM, _PLACE), (by, _NOBODY, _NAME), (why, _NO_WHY, _SAY_WHY)):
        if not given.strip():
            raise InputError(what, where=f"{account}:{item}", remedy=remedy)
    if journal is None or not write:
        return
    body = {"item": item, "by": by, "why": why}
    with journal.writing() as connection:
        if not any(dict(one.body) == body for one in journal.entries(kind="comment.left", subject=account)):
            journal.append_in(connection, [Entry("comment.left", account, body, journal.clock())])


def alone_since(journal: Journal, now: datetime, span: timedelta = timedelta(hours=1)) -> int:
    """Return how many removals were done without a person in the last hour; tries of one step count once."""
    lately = journal.entries(kind="evidence.kept", since=now - span)
    return len({(one.body["plan"], one.body["step"]) for one in lately if one.body.get("alone")})
