"""Which day it is in the district: an account opens, and a term ends, by the calendar of its people."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from munsocial.model.registry import Registry

__all__ = ["local_day"]


def local_day(moment: datetime, registry: Registry) -> date:
    """Return the day of a moment by the clock of the district."""
    return moment.astimezone(ZoneInfo(registry.municipality.timezone)).date()
