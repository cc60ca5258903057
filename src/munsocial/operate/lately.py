"""Listings read a moment ago: neighbours in one run share them, so that two hundred comments are listed once."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from munsocial.operate.looks import Listing

__all__ = ["Lately", "Shown"]

_FRESH = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a listing showed, and whether that was everything; ``anew``: it was read for this very step."""

    items: list[Any]
    whole: bool
    anew: bool


class Lately:
    """Keeps listings for a minute by the clock of the run; one that was set back makes nothing fresh again."""

    def __init__(self) -> None:
        self._known: dict[Hashable, tuple[datetime, list[Any], bool]] = {}

    async def shown(self, place: Hashable, listing: Listing, now: datetime) -> Shown:
        """Return what a listing shows, read within the last minute."""
        known = self._known.get(place)
        if known is not None and timedelta(0) <= now - known[0] <= _FRESH:
            return Shown(known[1], known[2], anew=False)
        items = [one async for one in listing.items()]
        self._known[place] = (now, items, listing.whole)
        return Shown(items, listing.whole, anew=True)

    def forget(self, place: Hashable) -> None:
        """Drop what was read of a place where something was just done."""
        self._known.pop(place, None)
