"""What to ask for when something is listed, and what to ask next. Pure: queries and their follow-ups, no calls.

The same queries serve single calls (`reading`) and packs (`collecting`).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from munsocial.errors import RequestRefused
from munsocial.model.snapshot import Missing, Why
from munsocial.network.drafts import Window
from munsocial.wording import Text
from munsocial_vk import wire
from munsocial_vk.places import Spot

__all__ = [
    "AGAIN",
    "ENDLESS",
    "MAX_PAGE",
    "MOST_PAGES",
    "NO_LIST",
    "CommentQuery",
    "Place",
    "Progress",
    "WallQuery",
    "first_count",
    "goes_on",
    "place_in",
    "queries_in",
    "queries_out",
    "unshown",
]

MAX_PAGE = 100
MOST_PAGES = 1000
"""A list longer than this is cut and says so: a network that never ends must not hold us for ever."""
_PACKED_MAX = 50
"""Posts of one call in a pack: 25 walls of 50 posts with pictures are about 4 of the 5 MB."""


def first_count(window: Window, settings_first: int) -> int:
    """Return how many posts to ask for at first: about ten a week, so that most walls need one call."""
    weeks = max(1.0, (window.until - window.since).total_seconds() / 604800)
    return min(_PACKED_MAX, max(settings_first, round(10 * weeks)))


@dataclass(frozen=True, slots=True)
class WallQuery:
    """One page of a wall; ``owner`` is a signed id, or a short name where the id is not known."""

    owner: int | str
    count: int = MAX_PAGE
    offset: int = 0
    filter: str = ""
    last: int | None = None
    """Id of the last item before: a page that ends with it too is the same again."""
    page: int = 1
    """Which page of the listing it is, from 1."""

    def params(self) -> dict[str, Any]:
        """Return the parameters of ``wall.get``."""
        whose: dict[str, Any] = {"owner_id": self.owner} if isinstance(self.owner, int) else {"domain": self.owner}
        return whose | {"count": self.count, "offset": self.offset or None, "filter": self.filter or None}

    def following(self, reply: wire.WallReply, since: datetime) -> WallQuery | None:
        """Return the next page, None when all posts from ``since`` on were given. The pinned post decides nothing."""
        return None if self.cut(reply, since) else self._next(reply, since)

    def cut(self, reply: wire.WallReply, since: datetime) -> list[Missing]:
        """Return the gap that ends the reading of a wall which goes on in name only."""
        if self.is_again(reply):
            return [AGAIN]
        return [ENDLESS] if self.page >= MOST_PAGES and self._next(reply, since) is not None else []

    def _next(self, reply: wire.WallReply, since: datetime) -> WallQuery | None:
        shown = len(reply.items or ())
        end = self.offset + shown
        if not goes_on(shown, end, reply.count):
            return None
        dates = [one.date for one in reply.items or () if one is not None and one.date and not one.is_pinned]
        # A pinned post stands first, also where its mark is not shown.
        older = dates[1:] if len(dates) == shown > 1 else dates
        if older and min(older) < since.timestamp():
            return None
        # Offsets shift when something new is published meanwhile: doubles are dropped by id.
        return replace(self, offset=end, count=max(self.count, _PACKED_MAX), last=_last(reply), page=self.page + 1)

    def is_again(self, reply: wire.WallReply) -> bool:
        """Tell whether VK gave the page before once more, so that nothing new will ever come."""
        return self.last is not None and _last(reply) == self.last

    def out(self) -> str:
        """Write the query as a cursor."""
        return f"{self.offset}.{self.last or 0}.{self.page}"

    def at(self, cursor: str | None) -> WallQuery:
        """Return the query of a cursor; None is the beginning.

        Raises:
            RequestRefused: it is not one of ours.
        """
        place = place_in(cursor)
        last = int(place.last) if place.last.isdigit() else None
        return replace(self, offset=place.offset, last=last, page=place.page)


@dataclass(frozen=True, slots=True)
class CommentQuery:
    """One page of comments under a spot, or of one thread of them (``thread`` is the first-level comment)."""

    spot: Spot
    thread: int | None = None
    offset: int = 0
    last: int | None = None
    """Id of the last comment before: a page that ends with it too is the same again."""
    page: int = 1
    """How many pages of the whole listing, threads with them, it is; from 1."""

    def params(self) -> dict[str, Any]:
        """Return the parameters of ``wall.getComments`` or of its likes elsewhere."""
        params = self.spot.params() | {
            "count": MAX_PAGE,
            "offset": self.offset or None,
            "sort": "asc",
            "extended": True,
        }
        if self.spot.place == "wall":
            params |= {"preview_length": 0}
        if self.spot.place in ("wall", "video"):
            params |= {"thread_items_count": None if self.thread else 10, "comment_id": self.thread}
        return params

    def following(self, reply: wire.CommentReply) -> list[CommentQuery]:
        """Return what is still to be asked: the next page of this level, and threads that were not shown whole."""
        queries = (
            []
            if self.thread
            else [replace(self, thread=one, offset=shown, last=None) for one, shown in _unfinished(reply)]
        )
        shown, level = len(reply.items or ()), reply.current_level_count
        end = self.offset + shown
        # Where the level is not counted (photos, discussions) all comments are of one level.
        total = level if level is not None else reply.count
        more = end < total if total is not None else shown >= MAX_PAGE
        if shown and more and not self.is_again(reply):
            queries.append(replace(self, offset=end, last=_last(reply)))
        return queries

    def is_again(self, reply: wire.CommentReply) -> bool:
        """Tell whether VK gave the page before once more, so that nothing new will ever come."""
        return self.last is not None and _last(reply) == self.last


def _last(reply: wire.WallReply | wire.CommentReply) -> int | None:
    return next((one.id for one in reversed(reply.items or ()) if one is not None and one.id is not None), None)


def unshown(reply: Any, offset: int, item: str) -> list[Missing]:
    """Return the gap of an answer that holds no list, or counts items and shows none: neither is a proof of nothing."""
    if reply.items is None:
        return [NO_LIST.model_copy(update={"item": item})]
    level = getattr(reply, "current_level_count", None)
    # The whole count of comments holds deleted ones too, which are not shown any more.
    count = (reply.count if level is None else level) or 0
    return [_EMPTY.model_copy(update={"item": item})] if not offset and count > 0 and not reply.items else []


NO_LIST = Missing(
    why=Why.UNREADABLE,
    ru="В ответе ВКонтакте нет списка.",
    en="VK's answer holds no list.",
)
_EMPTY = Missing(
    why=Why.UNREADABLE,
    ru="ВКонтакте насчитала записи и не показала ни одной.",
    en="VK counted items and showed none.",
)
AGAIN = Missing(
    why=Why.UNREADABLE,
    ru="ВКонтакте повторяет одну и ту же страницу списка.",
    en="VK gives the same page of the list again and again.",
)
ENDLESS = Missing(
    why=Why.UNREADABLE,
    ru="ВКонтакте отдаёт список без конца: прочитана только его часть.",
    en="VK gives a list without end: only a part of it was read.",
)


def goes_on(shown: int, end: int, count: int | None) -> bool:
    """Tell whether more is promised after a page of so many items that ended there."""
    return shown > 0 and (count is None or end < count)


class Progress:
    """The pages of one list that were read so far: tells when it goes on in name only."""

    def __init__(self) -> None:
        self._known: set[Hashable] = set()
        self._pages = 0

    def halted(self, marks: Iterable[Hashable], *, more: bool) -> list[Missing]:
        """Take one more page by the marks of its items; return the gap that ends the reading though ``more`` waits."""
        fresh = set(marks) - self._known
        self._known |= fresh
        self._pages += 1
        if not more:
            return []
        if not fresh:
            return [AGAIN]
        return [ENDLESS] if self._pages >= MOST_PAGES else []


def _unfinished(reply: wire.CommentReply) -> list[tuple[int, int]]:
    """Name threads that go on after the oldest answers that were shown, with their number."""
    return [
        (one.id, len(one.thread.items or ()))
        for one in reply.items or ()
        if one is not None
        and one.id is not None
        and one.thread
        and (one.thread.count or 0) > len(one.thread.items or ())
    ]


def queries_out(queries: list[CommentQuery]) -> str | None:
    """Write outstanding queries as a cursor."""
    return " ".join(f"{one.thread or 0}+{one.offset}+{one.last or 0}+{one.page}" for one in queries) or None


def queries_in(cursor: str | None, spot: Spot) -> list[CommentQuery]:
    """Read a cursor of `queries_out`; None is the beginning.

    Raises:
        RequestRefused: it is not one of ours.
    """
    if cursor is None:
        return [CommentQuery(spot)]
    try:
        found = [tuple(int(number) for number in one.split("+", 3)) for one in cursor.split()]
        queries = [CommentQuery(spot, thread or None, at, last or None, page) for thread, at, last, page in found]
    except ValueError:
        raise _not_a_cursor() from None
    if not queries or any(one.offset < 0 for one in queries):
        raise _not_a_cursor()
    return queries


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list goes on: after so many items, the last of which is named."""

    offset: int = 0
    last: str = ""
    page: int = 1

    def following(self, ids: Sequence[str], count: int | None, shown: int) -> str | None:
        """Return the cursor of the next page after one that showed so many items with these ids."""
        end = self.offset + shown
        if not goes_on(shown, end, count) or self.cut(ids, count, shown):
            return None
        return f"{end}.{_mark(ids)}.{self.page + 1}"

    def cut(self, ids: Sequence[str], count: int | None, shown: int) -> list[Missing]:
        """Return the gap that ends the reading of a list which goes on in name only."""
        if not goes_on(shown, self.offset + shown, count):
            return []
        if ids and _mark(ids) == self.last:
            return [AGAIN]
        return [ENDLESS] if self.page >= MOST_PAGES else []


def _mark(ids: Sequence[str]) -> str:
    return ids[-1] if ids else ""


def place_in(cursor: str | None) -> Place:
    """Read the cursor of a plain list; None is the beginning.

    Raises:
        RequestRefused: it is not one of ours.
    """
    if cursor is None:
        return Place()
    number, *rest = cursor.split(".", 2)
    last, page = rest[0] if rest else "", rest[1] if len(rest) == 2 else "1"
    if not all(one.isascii() and one.isdigit() and len(one) < 12 for one in (number, page)):
        raise _not_a_cursor()
    return Place(int(number), last, int(page))


def _not_a_cursor() -> RequestRefused:
    return RequestRefused(Text("Указатель страницы не годится.", "The cursor of the page does not fit."), network="vk")
