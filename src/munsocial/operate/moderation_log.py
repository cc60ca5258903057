"""What the journal knows of moderation: removals with their grounds, how much went by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from munsocial.journal.entries import Entry
from munsocial.journal.journal import Journal
from munsocial.journal.stepbook import StepBook
from munsocial.model.statements import Removal

__all__ = ["Logged", "alone_since", "logged", "once", "removals_of"]

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


def alone_since(journal: Journal, now: datetime, span: timedelta = timedelta(hours=1)) -> int:
    """Return how many removals were done without a person in the last hour; tries of one step count once."""
    lately = journal.entries(kind="evidence.kept", since=now - span)
    return len({(one.body["plan"], one.body["step"]) for one in lately if one.body.get("alone")})
