"""What to ask for when something is listed, and what to ask next. Pure: queries and their follow-ups, no calls.

The same queries serve single calls (`reading`) and packs (`collecting`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from munsocial.errors import RequestRefused
from munsocial.network.drafts import Window
from munsocial.wording import Text
from munsocial_vk import wire
from munsocial_vk.places import Spot

__all__ = ["MAX_PAGE", "CommentQuery", "WallQuery", "first_count", "offset_in", "queries_in", "queries_out"]

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

    def params(self) -> dict[str, Any]:
        """Return the parameters of ``wall.get``."""
        whose: dict[str, Any] = {"owner_id": self.owner} if isinstance(self.owner, int) else {"domain": self.owner}
        return whose | {"count": self.count, "offset": self.offset or None, "filter": self.filter or None}

    def following(self, reply: wire.WallReply, since: datetime) -> WallQuery | None:
        """Return the next page, None when all posts from ``since`` on were given. The pinned post decides nothing."""
        shown = len(reply.items or ())
        end = self.offset + shown
        if not shown or (reply.count is not None and end >= reply.count):
            return None
        dates = [one.date for one in reply.items or () if one is not None and one.date and not one.is_pinned]
        if dates and min(dates) < since.timestamp():
            return None
        # Offsets shift when something new is published meanwhile: doubles are dropped by id.
        return replace(self, offset=end)


@dataclass(frozen=True, slots=True)
class CommentQuery:
    """One page of comments under a spot, or of one thread of them (``thread`` is the first-level comment)."""

    spot: Spot
    thread: int | None = None
    offset: int = 0

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
        queries = [] if self.thread else [replace(self, thread=one, offset=shown) for one, shown in _unfinished(reply)]
        shown, level = len(reply.items or ()), reply.current_level_count
        end = self.offset + shown
        # Where the level is not counted (photos, discussions) all comments are of one level.
        total = level if level is not None else reply.count
        more = end < total if total is not None else shown >= MAX_PAGE
        if shown and more:
            queries.append(replace(self, offset=end))
        return queries


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
    return " ".join(f"{one.thread or 0}+{one.offset}" for one in queries) or None


def queries_in(cursor: str | None, spot: Spot) -> list[CommentQuery]:
    """Read a cursor of `queries_out`; None is the beginning.

    Raises:
        RequestRefused: it is not one of ours.
    """
    if cursor is None:
        return [CommentQuery(spot)]
    try:
        pairs = [tuple(int(number) for number in one.split("+", 1)) for one in cursor.split()]
        return [CommentQuery(spot, thread or None, offset) for thread, offset in pairs]
    except ValueError:
        raise _not_a_cursor() from None


def offset_in(cursor: str | None) -> int:
    """Read a cursor that is an offset; None is the beginning.

    Raises:
        RequestRefused: it is not one of ours.
    """
    if cursor is None:
        return 0
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 12):
        raise _not_a_cursor()
    return int(cursor)


def _not_a_cursor() -> RequestRefused:
    return RequestRefused(Text("Указатель страницы не годится.", "The cursor of the page does not fit."), network="vk")
