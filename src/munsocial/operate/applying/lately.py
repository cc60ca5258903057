"""Listings read a moment ago: neighbours in one run share them, so that two hundred comments are listed once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from munsocial.model.snapshot import Missing
from munsocial.operate.applying.looks import Listing

__all__ = ["Lately", "Shown"]

_FRESH = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a listing showed, what it left out, in how many pages, and when its reading ended."""

    items: list[Any]
    gaps: tuple[Missing, ...]
    pages: int
    read_at: datetime

    @property
    def whole(self) -> bool:
        """Tell whether that was everything."""
        return not self.gaps


class Lately:
    """Keeps listings for a minute by the clock of the run; one that was set back makes nothing fresh again."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._known: dict[Hashable, Shown] = {}

    async def shown(self, place: Hashable, listing: Listing, *, fresh: timedelta = _FRESH) -> Shown:
        """Return what a listing shows, read so short a time ago."""
        known = self._known.get(place)
        if known is not None and self.is_fresh(known, fresh):
            return known
        items = [one async for one in listing.items()]
        found = self._known[place] = Shown(items, tuple(listing.gaps), listing.pages, self._now())
        return found

    def is_fresh(self, shown: Shown, fresh: timedelta) -> bool:
        """Tell whether something was read so short a time ago."""
        return timedelta(0) <= self._now() - shown.read_at <= fresh

    def forget(self, place: Hashable) -> None:
        """Drop what was read of a place where something was just done."""
        self._known.pop(place, None)
