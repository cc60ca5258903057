"""Which logged removals count against an author: each deed once, on a known ground, neither restored nor served.

What the program removed and somebody noted in the register too is one offence. What an earlier ban was for is served
with it, whether that ban ended or was lifted on appeal: one offence is not punished twice. What else was removed while
that ban waited for its signature is not served.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from munsocial.model.grouping import grouped
from munsocial.model.statements import Removal
from munsocial.operate.moderating.settings import Settings
from munsocial.policy.facts.ground_words import CRITICISM, DISLIKE, read_ground

__all__ = ["Served", "merged", "offences", "restored"]

Place = tuple[str, str]
"""An account and an author."""


@dataclass(frozen=True, slots=True)
class Served:
    """What an earlier ban punished: these ``items``, or, where nobody noted for which it was, all until its moment."""

    at: datetime
    items: frozenset[str] | None = None

    def covers(self, one: Removal) -> bool:
        """Tell whether a removal was punished; one that was made again later was not."""
        return one.at <= self.at and (self.items is None or one.item in self.items)


def offences(removals: Iterable[Removal], *, settings: Settings, now: datetime) -> dict[Place, list[Removal]]:
    """Return what counts for a ban, by account and author, in order of time; grounds are codes."""
    since = now - timedelta(days=settings.ban_within_days)
    found: dict[Place, list[Removal]] = defaultdict(list)
    coded = (one.model_copy(update={"ground": _code(one.ground, settings.ban_days)}) for one in removals)
    for one in sorted(merged(coded), key=lambda one: one.at):
        place = one.account, one.author_id
        if one.ground and one.author_id and one.at >= since:
            found[place].append(one)
    return found


def _code(ground: str, terms: Mapping[str, int]) -> str:
    """Return the code of a ground as people note it, of several the gravest; empty when it is none for a ban."""
    codes = read_ground(ground).codes
    if codes & {CRITICISM, DISLIKE}:
        return ""
    return max(sorted(code for code in codes if code in terms), key=lambda code: terms[code], default="")


def merged(removals: Iterable[Removal]) -> Iterator[Removal]:
    """Give each removal that stands once, by its earliest record, with what the others know of it."""
    for thing in _things(removals):
        undone = _undone(thing)
        standing = [one for one in thing if one.restored_at is None and (undone is None or one.at > undone)]
        if standing:
            yield _together(sorted(standing, key=lambda one: (not one.ground, one.at)))


def restored(removals: Iterable[Removal], account: str, author: str, items: Iterable[str]) -> bool:
    """Tell whether one of these items of an author is known to have come back."""
    wanted = frozenset(items)
    mine = [one for one in removals if one.account == account and one.item in wanted and one.author_id in ("", author)]
    standing = {one.item for one in merged(mine)}
    return any(one.item not in standing for one in mine)


def _undone(thing: Iterable[Removal]) -> datetime | None:
    return max((one.restored_at for one in thing if one.restored_at is not None), default=None)


def _things(removals: Iterable[Removal]) -> Iterator[list[Removal]]:
    """Part the records by what they are of: a comment and a message may have one number."""
    for records in grouped(removals, lambda one: (one.account, one.item)).values():
        things: list[list[Removal]] = []
        # Those that say what they are of come first, and the vaguer ones join them.
        for one in sorted(records, key=lambda one: (one.kind is None, not one.author_id, one.at)):
            same = next((thing for thing in things if _agree(thing[0], one)), None)
            if same is None:
                things.append([one])
            else:
                same.append(one)
        yield from things


def _agree(one: Removal, other: Removal) -> bool:
    kinds, authors = {one.kind, other.kind} - {None}, {one.author_id, other.author_id} - {""}
    return len(kinds) < 2 and len(authors) < 2


def _together(records: Sequence[Removal]) -> Removal:
    first = records[0]
    lacking = [name for name in ("author_id", "text", "url", "clause", "kind") if not getattr(first, name)]
    known = {name: next(filter(None, (getattr(one, name) for one in records)), None) for name in lacking}
    return first.model_copy(update={name: value for name, value in known.items() if value is not None})
