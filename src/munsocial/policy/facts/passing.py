"""How keys pass from holder to holder, and which of these changes are on record (clause 3.2).

A key passed on when one ended and another of its kind began with somebody else. Two keys held at once are two keys.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from heapq import merge
from itertools import takewhile
from typing import NamedTuple

from munsocial.model.credentials import Credential, Handover
from munsocial.model.grouping import grouped

__all__ = ["Change", "Doubt", "changes", "doubts", "unrecorded"]

# Ours, no act names it: a key may end some days after its successor began, and be handed over some days before its end.
_NEAR = timedelta(days=31)
_ONE_HANDOVER = timedelta(days=7)  # ours, too: whoever takes over several keys changes them within days


class Change(NamedTuple):
    """One key gave way to another of its kind, with another holder."""

    before: Credential
    after: Credential
    ended: date
    began: date

    def recorded_by(self, record: Handover) -> bool:
        """Tell whether a record speaks of this change: taker, giver and key if noted, and a day that fits.

        A record may be written late, though not when the taker no longer holds the key.
        """
        until = last_day(self.after)
        return (
            _is_of(record, self.before, self.after)
            and min(self.ended, self.began) - record.date <= _NEAR
            and (until is None or record.date <= until)
        )


class Doubt(NamedTuple):
    """A key that ended, and one of its kind with another holder of which nobody noted when it began."""

    before: Credential
    after: Credential
    ended: date

    def recorded_by(self, record: Handover) -> bool:
        """Tell whether a record speaks of a change between the two."""
        return _is_of(record, self.before, self.after)


def _is_of(record: Handover, before: Credential, after: Credential) -> bool:
    return (
        record.taker == after.holder
        and record.giver in (None, before.holder)
        and record.credential in (None, before.id, after.id)
    )


def last_day(key: Credential) -> date | None:
    """The day on which a key ended or was revoked, None while nobody noted one."""
    return min((one for one in (key.until, key.revoked) if one is not None), default=None)


def changes(keys: Iterable[Credential], day: date) -> Iterator[Change]:
    """Changes of holder up to a day, kind by kind, the oldest first; a key has one successor at most."""
    for chain in _by_kind(keys, day):
        yield from _of_chain(chain, day)


def doubts(keys: Iterable[Credential], day: date) -> Iterator[Doubt]:
    """Keys in use of which nobody noted the first day, beside one of another holder that ended and went to nobody."""
    for chain in _by_kind(keys, day):
        passed = {id(one.before) for one in _of_chain(chain, day, renewed=True)}
        left = [(one, last) for one in chain if (last := last_day(one)) and last <= day and id(one) not in passed]
        for after in chain:
            in_use = (last_day(after) or date.max) > day
            if after.since is None and after.holder and in_use:
                yield from (
                    Doubt(before, after, last)
                    for before, last in left
                    if before.holder and before.holder != after.holder
                )


def _by_kind(keys: Iterable[Credential], day: date) -> Iterator[list[Credential]]:
    begun = (one for one in keys if one.since is None or one.since <= day)
    for chain in grouped(begun, lambda one: one.kind).values():
        yield sorted(chain, key=lambda one: one.since or date.min)


def _of_chain(chain: Sequence[Credential], day: date, *, renewed: bool = False) -> Iterator[Change]:
    """Changes of holder; with ``renewed`` also new keys of the same holder."""
    ended: list[tuple[Credential, date]] = []
    for after in chain:
        # A key of the same holder comes first: whoever gets a new key for the old one hands nothing over.
        near = [
            (before.holder == after.holder, last, n)
            for n, (before, last) in enumerate(ended)
            if after.since is not None and last - after.since <= _NEAR
        ]
        if near and after.since is not None:
            before, last = ended.pop(max(near)[2])
            if before.holder and after.holder and (renewed or before.holder != after.holder):
                yield Change(before, after, last, after.since)
        last_of_it = last_day(after)
        if last_of_it is not None and last_of_it <= day:
            ended.append((after, last_of_it))


def unrecorded(found: Iterable[Change], records: Sequence[Handover]) -> Iterator[Change]:
    """Changes that no record speaks of. One record may be of several keys, though of one handover only."""
    spent: dict[int, list[Change]] = {}
    groups: dict[tuple[str | None, str | None], list[_Numbered]] = {}
    for n, record in enumerate(records):
        groups.setdefault((record.taker, record.credential), []).append((record.date, n, record))
    nearest = {of: _Nearest(group) for of, group in groups.items()}
    for change in found:
        named = dict.fromkeys((None, change.before.id, change.after.id))
        near = [known for name in named if (known := nearest.get((change.after.holder, name)))]
        for _, n, record in merge(*(one.to(change) for one in near), key=lambda one: one[:2]):
            if change.recorded_by(record) and all(_at_once(other, change, record) for other in spent.get(n, ())):
                spent.setdefault(n, []).append(change)
                break
        else:
            yield change


_Numbered = tuple[date, int, Handover]


class _Nearest:
    """Records of one taker and key, looked through from a day outwards: only those near a change are compared."""

    def __init__(self, records: Iterable[_Numbered]) -> None:
        self._later = sorted(records, key=lambda one: one[:2])
        # Of two records of one day the first of the register comes first, on either side.
        self._earlier = sorted(self._later, key=lambda one: (-one[0].toordinal(), one[1]))

    def to(self, change: Change) -> Iterator[tuple[timedelta, int, Handover]]:
        """Yield records that may speak of a change, the nearest first, each with its place in the register."""
        day, earliest = change.began, min(change.ended, change.began) - _NEAR
        latest = last_day(change.after) or date.max
        start = bisect_left(self._later, day, key=lambda one: one[0])
        after = takewhile(lambda one: one[0] <= latest, _from(self._later, start))
        start = bisect_right(self._earlier, -day.toordinal(), key=lambda one: -one[0].toordinal())
        before = takewhile(lambda one: one[0] >= earliest, _from(self._earlier, start))
        for found, n, record in merge(after, before, key=lambda one: (abs(one[0] - day), one[1])):
            yield abs(found - day), n, record


def _from(records: Sequence[_Numbered], start: int) -> Iterator[_Numbered]:
    return (records[n] for n in range(start, len(records)))


def _at_once(one: Change, other: Change, record: Handover) -> bool:
    """Tell whether two changes are one handover: of one day, or of keys that the giver held together."""
    if one.began == other.began:
        return True
    if record.credential is not None or one.before.holder != other.before.holder:
        return False
    held = min(one.began, other.began)
    together = all((key.since or date.min) < held for key in (one.before, other.before))
    return together and abs(one.began - other.began) <= _ONE_HANDOVER
