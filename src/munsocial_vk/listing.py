"""What to ask for when something is listed, and what to ask next. Pure: queries and their follow-ups, no calls.

The same queries serve single calls (`reading`) and packs (`collecting`).
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from munsocial.errors import RequestRefused
from munsocial.model.snapshot import Missing, Why
from munsocial.network.drafts import Window
from munsocial.wording import Text
from munsocial_vk import wire
from munsocial_vk.places import Spot, is_number

__all__ = [
    "AGAIN",
    "ENDLESS",
    "MAX_PAGE",
    "MOST_PAGES",
    "NO_LIST",
    "CommentQuery",
    "Place",
    "Progress",
    "Step",
    "WallQuery",
    "first_count",
    "place_in",
    "queries_in",
    "queries_out",
    "step",
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
    leapt: bool = False
    """It was reached over a page of known items; see `step`."""

    def params(self) -> dict[str, Any]:
        """Return the parameters of ``wall.get``."""
        whose: dict[str, Any] = {"owner_id": self.owner} if isinstance(self.owner, int) else {"domain": self.owner}
        return whose | {"count": self.count, "offset": self.offset or None, "filter": self.filter or None}

    def following(
        self, reply: wire.WallReply, since: datetime, *, new: bool = True
    ) -> tuple[WallQuery | None, tuple[Missing, ...]]:
        """Return the next page, if one is needed, and the gap of a wall that goes on in name only.

        None is needed when all posts from ``since`` on were given; the pinned post decides nothing.
        """
        shown = len(reply.items or ())
        dates = [one.date for one in reply.items or () if one is not None and one.date and not one.is_pinned]
        # A pinned post stands first, also where its mark is not shown.
        older = dates[1:] if len(dates) == shown > 1 else dates
        if older and min(older) < since.timestamp():
            return None, ()
        last = _last(reply)
        new = new and (self.last is None or last != self.last)
        onward = step(self.offset, shown, self.count, reply.count, new=new, leapt=self.leapt, page=self.page)
        if onward.offset is None:
            return None, onward.gaps
        # Offsets shift when something new is published meanwhile: doubles are dropped by id.
        asked = max(self.count, _PACKED_MAX)
        query = WallQuery(self.owner, asked, onward.offset, self.filter, last, self.page + 1, onward.leapt)
        return query, ()

    def out(self) -> str:
        """Write the query as a cursor."""
        return _cursor(self.offset, str(self.last or 0), self.page, leapt=self.leapt)

    def at(self, cursor: str | None) -> WallQuery:
        """Return the query of a cursor; None is the beginning.

        Raises:
            RequestRefused: it is not one of ours.
        """
        place = place_in(cursor)
        if place.last and not is_number(place.last):
            raise _not_a_cursor()
        last = int(place.last) if place.last else None
        return replace(self, offset=place.offset, last=last, page=place.page, leapt=place.leapt)


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
    leapt: bool = False
    """It was reached over a page of known items; see `step`."""

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

    def following(
        self, reply: wire.CommentReply, *, new: bool = True
    ) -> tuple[list[CommentQuery], tuple[Missing, ...]]:
        """Return what is still to be asked, and the gap of a level that goes on in name only.

        That is the next page of this level, and threads that were not shown whole.
        """
        begun = replace(self, last=None, leapt=False)
        threads = [] if self.thread else _unfinished(reply)
        queries = [replace(begun, thread=one, offset=shown) for one, shown in threads]
        shown, level, last = len(reply.items or ()), reply.current_level_count, _last(reply)
        # Where the level is not counted (photos, discussions) all comments are of one level.
        total = level if level is not None else reply.count
        if total is None and shown < MAX_PAGE:
            total = self.offset + shown
        new = new and (self.last is None or last != self.last)
        onward = step(self.offset, shown, MAX_PAGE, total, new=new, leapt=self.leapt)
        if onward.offset is not None:
            queries.append(replace(self, offset=onward.offset, last=last, leapt=onward.leapt))
        return queries, onward.gaps

    def unshown(self, reply: wire.CommentReply) -> list[Missing]:
        """Return the gap of `unshown`; only a first level counts what it shows.

        Threads, photos and discussions count their deleted comments, too: where all were deleted nothing is wanting.
        """
        if reply.items is not None and (self.thread is not None or self.spot.place in ("photo", "board")):
            return []
        return unshown(reply, self.offset, self.spot.post)


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


@dataclass(frozen=True, slots=True)
class Step:
    """What follows a page: where to ask next, or the gap that ends the list; neither is its ordinary end."""

    offset: int | None = None
    leapt: bool = False
    gaps: tuple[Missing, ...] = ()


def step(
    offset: int, shown: int, asked: int, count: int | None, *, new: bool, leapt: bool = False, page: int = 1
) -> Step:
    """Say where a list goes on after a page that showed so many items of those asked for; ``new`` unless all are known.

    It goes on after what was shown: a page may come shorter. But VK cuts a page out of a list before it hides what the
    key may not see: such a page is empty, or near the end shows known items again. All places that were asked for are
    seen then, and the reading leaps over them, once; beyond the end there is nothing to leap to.
    """
    if count is not None and offset + shown >= count:
        return Step()
    if shown and new:
        return Step(gaps=(ENDLESS,)) if page >= MOST_PAGES else Step(offset + shown)
    if leapt:
        return Step(gaps=(AGAIN,) if shown else ())
    beyond = offset + asked < count if count is not None else shown > 0
    return Step(offset + asked, leapt=True) if beyond else Step()


class Progress:
    """The pages of one list that were read so far: tells when it goes on in name only."""

    def __init__(self, asked: int) -> None:
        self._asked = asked
        self._known: set[Hashable] = set()
        self._pages = 0
        self._leapt = False

    def step(self, marks: Sequence[Hashable], offset: int, count: int | None, shown: int) -> Step:
        """Take one more page by the marks of its items, and say what follows it."""
        fresh = set(marks) - self._known
        self._known |= fresh
        self._pages += 1
        onward = step(offset, shown, self._asked, count, new=bool(fresh), leapt=self._leapt, page=self._pages)
        self._leapt = onward.leapt
        return onward


def _unfinished(reply: wire.CommentReply) -> list[tuple[int, int]]:
    """Name threads that go on after the oldest answers that were shown, with their number."""
    return [
        (one.id, len(one.answers.items or ()))
        for one in reply.items or ()
        if one is not None
        and one.id is not None
        and one.answers
        and (one.answers.count or 0) > len(one.answers.items or ())
    ]


def queries_out(queries: list[CommentQuery]) -> str | None:
    """Write outstanding queries as a cursor."""
    return (
        " ".join(f"{one.thread or 0}+{one.offset}+{one.last or 0}+{one.page}+{one.leapt:d}" for one in queries) or None
    )


def queries_in(cursor: str | None, spot: Spot) -> list[CommentQuery]:
    """Read a cursor of `queries_out`; None is the beginning.

    Raises:
        RequestRefused: it is not one of ours.
    """
    if cursor is None:
        return [CommentQuery(spot)]
    try:
        found = [tuple(int(number) for number in one.split("+", 4)) for one in cursor.split()]
        queries = [
            CommentQuery(spot, thread or None, at, last or None, page, any(leapt))
            for thread, at, last, page, *leapt in found
        ]
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
    leapt: bool = False
    """It was reached over a page of known items; see `step`."""

    def following(
        self, ids: Sequence[str], count: int | None, shown: int, asked: int
    ) -> tuple[str | None, tuple[Missing, ...]]:
        """Return the cursor of the next page after one that showed so many items with these ids, of those asked for.

        And the gap that ends the reading of a list which goes on in name only.
        """
        last = ids[-1] if ids else ""
        new = not ids or last != self.last
        onward = step(self.offset, shown, asked, count, new=new, leapt=self.leapt, page=self.page)
        if onward.offset is None:
            return None, onward.gaps
        return _cursor(onward.offset, last, self.page + 1, leapt=onward.leapt), ()


def _cursor(offset: int, last: str, page: int, *, leapt: bool) -> str:
    return f"{offset}.{last}.{page}" + (".1" if leapt else "")


def place_in(cursor: str | None) -> Place:
    """Read the cursor of a plain list; None is the beginning.

    Raises:
        RequestRefused: it is not one of ours.
    """
    if cursor is None:
        return Place()
    number, last, page, leapt = (cursor.split(".", 3) + ["", "1", "0"][cursor.count(".") :])[:4]
    if not all(one.isascii() and one.isdigit() and len(one) < 12 for one in (number, page, leapt)):
        raise _not_a_cursor()
    return Place(int(number), last, int(page), leapt != "0")


def _not_a_cursor() -> RequestRefused:
    return RequestRefused(Text("Указатель страницы не годится.", "The cursor of the page does not fit."), network="vk")
