"""What the journal knows of moderation: removals with their grounds, how much went by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from munsocial.journal.entries import Entry
from munsocial.journal.journal import Journal
from munsocial.journal.stepbook import MOVES, StepBook
from munsocial.model.statements import Removal, Removed
from munsocial.operate.districts import of_district

__all__ = ["Logged", "alone_since", "first_removed", "logged", "once", "removals_of", "removed_in"]

_HIDES = ("hide_comment", "delete_comment", "delete_message")


@dataclass(frozen=True, slots=True)
class Logged:
    """One deed of moderation as the journal has it; ``author_id`` and ``text`` are empty when purged on term.

    ``done_at`` and ``done_by`` are of the deed: a person may do it days after the evidence was kept. ``written_at`` is
    when the citizen wrote.
    """

    account: str
    plan: str
    step: str
    action: str
    item: str
    ground: str
    clause: str
    alone: bool
    state: str
    done_at: datetime
    done_by: str
    """Who did it by hand and said so, else who decided."""
    written_at: datetime | None
    author_id: str = ""
    text: str = ""
    url: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    """What the step was told to do; empty when purged."""
    turn: int = 0
    """How often its comment had been restored before it was done: a removal after that is another one."""
    restored_at: datetime | None = None
    """When its comment was restored after it."""


def logged(journal: Journal, district: str | None = None) -> Iterator[Logged]:
    """Give all deeds of moderation in order, the last word of each step; tries of one step count once.

    With ``district``, the id of a municipality, those of others that share the journal are left out.
    """
    found: dict[tuple[str, str], Logged] = {}
    states = {(one.plan, one.step): one.state for one in StepBook(journal).waiting(MOVES)}
    restored, ends = _Restored(journal, district), _Ends(journal)
    for entry in journal.entries(kind="evidence.kept"):
        if not of_district(entry, district):
            continue
        plan, step = entry.body["plan"], entry.body["step"]
        if (plan, step) not in found:
            deed = _logged(entry, states.get((plan, step), "planned"))
            if by_hand := ends.by_hand.get((plan, step)):
                deed = replace(deed, done_at=by_hand[0], done_by=by_hand[1] or deed.done_by)
            # Evidence is kept before the deed, and a task waits for days: what counts is when a deed was confirmed.
            turn, restored_at = restored.around(deed, ends.seq.get((plan, step), entry.seq))
            found[plan, step] = replace(deed, turn=turn, restored_at=restored_at)
    yield from found.values()


class _Ends:
    """The confirmed steps: where the word of each stands in the journal, and which were tasks of a person."""

    def __init__(self, journal: Journal) -> None:
        self.seq: dict[tuple[str, str], int] = {}
        self.by_hand: dict[tuple[str, str], tuple[datetime, str]] = {}
        """Of each task that was found done when that was, and by whom: as told, else when reading showed it."""
        told = {(one.subject, one.body["step"]): one.at for one in journal.entries(kind="task.done")}
        for one in journal.entries(kind="step.confirmed"):
            name = one.subject, one.body["step"]
            self.seq[name] = one.seq
            if "checked" in one.body:
                self.by_hand[name] = told.get(name, one.at), one.body.get("by", "")


class _Restored:
    """Restorations of comments, in the order of writing."""

    def __init__(self, journal: Journal, district: str | None) -> None:
        self._found: dict[tuple[str, str], list[tuple[int, datetime]]] = {}
        for entry in journal.entries(kind="comment.restored"):
            if not of_district(entry, district):
                continue
            self._found.setdefault((entry.subject, entry.body["item"]), []).append((entry.seq, entry.at))

    def around(self, deed: Logged, end: int) -> tuple[int, datetime | None]:
        """Return how many restorations stand before the end of a deed, and the moment of the first one after it."""
        there = self._found.get((deed.account, deed.item), [])
        if deed.action not in _HIDES or not there:
            return 0, None
        turn = sum(seq < end for seq, _ in there)
        return turn, there[turn][1] if turn < len(there) else None


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
        alone=bool(body.get("alone")),
        state=state,
        done_at=entry.at,
        done_by=body.get("decided_by", ""),
        written_at=datetime.fromisoformat(written) if written else None,
        author_id=personal.get("author_id", ""),
        text=proofs[0].get("text", ""),
        url=next(iter(body.get("urls") or ()), "") or "",
        params=personal.get("params") or {},
    )


def removals_of(journal: Journal, deeds: Iterable[Logged] | None = None) -> tuple[Removal, ...]:
    """Return what was removed and still is, in the shape of the register: without one a ban has no ground.

    A step that a person was to do by hand counts once that person said so, or reading showed it. What two plans removed
    (one was killed before it knew its end) is one removal; one that was made again after a restoration is another.
    ``deeds`` are all that are `logged`, where they were read already.
    """
    return tuple(
        Removal(
            account=one.account,
            item=one.item,
            at=one.done_at,
            ground=one.ground,
            kind=Removed.MESSAGE if one.action == "delete_message" else Removed.COMMENT,
            clause=one.clause,
            author_id=one.author_id,
            text=one.text,
            url=one.url,
            restored_at=one.restored_at,
        )
        for one in once(logged(journal) if deeds is None else deeds)
        if one.action in _HIDES and one.item and one.ground
    )


def first_removed(removals: Iterable[Removal]) -> dict[tuple[str, str], datetime]:
    """Return when something was first removed, by account and author; what was restored counts for nothing."""
    found: dict[tuple[str, str], datetime] = {}
    for one in removals:
        if one.restored_at is None and one.author_id:
            place = (one.account, one.author_id)
            found[place] = min(one.at, found.get(place, one.at))
    return found


def removed_in(journal: Journal, district: str | None = None) -> frozenset[tuple[str, str]]:
    """Return (account, comment) of what stands removed by the journal: it was not restored since."""
    removals = removals_of(journal, logged(journal, district))
    return frozenset((one.account, one.item) for one in removals if one.restored_at is None)


def once(deeds: Iterable[Logged]) -> Iterator[Logged]:
    """Give the deeds that were done, each comment removed once by whatever number of plans, until it is restored."""
    met: set[tuple[str, str, int]] = set()
    for one in deeds:
        place = (one.account, one.item, one.turn)
        if one.state != "confirmed" or (one.action in _HIDES and place in met):
            continue
        if one.action in _HIDES and one.item:
            met.add(place)
        yield one


def alone_since(journal: Journal, now: datetime, *, district: str | None = None) -> int:
    """Return how many removals were done without a person in the last hour; tries of one step count once.

    ``district`` as in `logged`.
    """
    since = now - timedelta(hours=1)
    lately = (one for one in journal.entries(kind="evidence.kept", since=since) if of_district(one, district))
    return len({(one.body["plan"], one.body["step"]) for one in lately if one.body.get("alone")})
