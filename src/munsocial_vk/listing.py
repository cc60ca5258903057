"""What to ask for when something is listed, and what to ask next. Pure: queries and their follow-ups, no calls.

The same queries serve single calls (`reading`) and packs (`collecting`).
"""

from __future__ import annotations

from collections.abc import Sequence
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
    "MAX_PAGE",
    "CommentQuery",
    "Place",
    "WallQuery",
    "first_count",
    "place_in",
    "queries_in",
    "queries_out",
    "unshown",
]

MAX_PAGE = 100
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

    def params(self) -> dict[str, Any]:
        """Return the parameters of ``wall.get``."""
        whose: dict[str, Any] = {"owner_id": self.owner} if isinstance(self.owner, int) else {"domain": self.owner}
        return whose | {"count": self.count, "offset": self.offset or None, "filter": self.filter or None}

    def following(self, reply: wire.WallReply, since: datetime) -> WallQuery | None:
        """Return the next page, None when all posts from ``since`` on were given. The pinned post decides nothing."""
        shown = len(reply.items or ())
        end = self.offset + shown
        if not shown or (reply.count is not None and end >= reply.count) or self.is_again(reply):
            return None
        dates = [one.date for one in reply.items or () if one is not None and one.date and not one.is_pinned]
        # A pinned post stands first, also where its mark is not shown.
        older = dates[1:] if len(dates) == shown > 1 else dates
        if older and min(older) < since.timestamp():
            return None
        # Offsets shift when something new is published meanwhile: doubles are dropped by id.
        return replace(self, offset=end, count=max(self.count, _PACKED_MAX), last=_last(reply))

    def is_again(self, reply: wire.WallReply) -> bool:
        """Tell whether VK gave the page before once more, so that nothing new will ever come."""
        return self.last is not None and _last(reply) == self.last

    def out(self) -> str:
        """Write the query as a cursor."""
        return f"{self.offset}.{self.last or 0}"

    def at(self, cursor: str | None) -> WallQuery:
        """Return the query of a cursor; None is the beginning.

        Raises:
            RequestRefused: it is not one of ours.
        """
        place = place_in(cursor)
        return replace(self, offset=place.offset, last=int(place.last) if place.last.isdigit() else None)


@dataclass(frozen=True, slots=True)
class CommentQuery:
    """One page of comments under a spot, or of one thread of them (``thread`` is the first-level comment)."""

    spot: Spot
    thread: int | None = None
    offset: int = 0
    last: int | None = None
    """Id of the last comment before: a page that ends with it too is the same again."""

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
    """Return the gap of a list that counts items and shows none: it proves neither that there are any nor that not."""
    level = getattr(reply, "current_level_count", None)
    # The whole count of comments holds deleted ones too, which are not shown any more.
    count = (reply.count if level is None else level) or 0
    return [_EMPTY.model_copy(update={"item": item})] if not offset and count > 0 and not reply.items else []


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
    return " ".join(f"{one.thread or 0}+{one.offset}+{one.last or 0}" for one in queries) or None


def queries_in(cursor: str | None, spot: Spot) -> list[CommentQuery]:
    """Read a cursor of `queries_out`; None is the beginning.

    Raises:
        RequestRefused: it is not one of ours.
    """
    if cursor is None:
        return [CommentQuery(spot)]
    try:
        found = [tuple(int(number) for number in one.split("+", 2)) for one in cursor.split()]
        queries = [CommentQuery(spot, thread or None, offset, last or None) for thread, offset, last in found]
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

    def following(self, ids: Sequence[str], count: int | None, shown: int) -> str | None:
        """Return the cursor of the next page after one that showed so many items with these ids."""
        last = ids[-1] if ids else ""
        end = self.offset + shown
        if not shown or (count is not None and end >= count) or (last and last == self.last):
            return None
        return f"{end}.{last}"


def place_in(cursor: str | None) -> Place:
    """Read the cursor of a plain list; None is the beginning.

    Raises:
        RequestRefused: it is not one of ours.
    """
    if cursor is None:
        return Place()
    number, _, last = cursor.partition(".")
    if not (number.isascii() and number.isdigit() and len(number) < 12):
        raise _not_a_cursor()
    return Place(int(number), last)


def _not_a_cursor() -> RequestRefused:
    return RequestRefused(Text("Указатель страницы не годится.", "The cursor of the page does not fit."), network="vk")
