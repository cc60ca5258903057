"""Days, weeks and months in which publications are counted, cut in local time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

__all__ = ["Span", "calendar_spans", "rolling_span"]

_ONE_DAY = timedelta(days=1)
_LONGEST_DAYS = 3660


@dataclass(frozen=True, slots=True)
class Span:
    """A run of days, both included, with its moments in UTC: ``since`` inside, ``until`` outside."""

    first: date
    last: date
    since: datetime
    until: datetime


def calendar_spans(
    period: Literal["day", "week", "month"], since: datetime, until: datetime, zone: ZoneInfo
) -> Iterator[Span]:
    """Yield the days, weeks (Monday to Sunday) or months that have a moment between ``since`` and ``until``."""
    last_day = until.astimezone(zone).date()
    # Nobody collects ten years of posts: an earlier beginning is a slip, and must not cost a million periods.
    longest = timedelta(days=min(_LONGEST_DAYS, last_day.toordinal() - 32))
    first = _begin(period, max(since, until - longest).astimezone(zone).date())
    while first <= last_day:
        following = _next(period, first)
        yield _span(first, following - _ONE_DAY, zone)
        first = following


def rolling_span(period: Literal["day", "week", "month"], until: datetime, zone: ZoneInfo) -> Span:
    """The 1, 7 or 30 days that end at a moment."""
    length = timedelta(days={"day": 1, "week": 7, "month": 30}[period])
    end = until.astimezone(UTC)
    since = end - length
    return Span(since.astimezone(zone).date(), end.astimezone(zone).date(), since, end)


def _begin(period: str, day: date) -> date:
    if period == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if period == "month" else day


def _next(period: str, first: date) -> date:
    if period == "week":
        return first + timedelta(days=7)
    if period == "day":
        return first + _ONE_DAY
    return (first.replace(day=1) + timedelta(days=32)).replace(day=1)


def _span(first: date, last: date, zone: ZoneInfo) -> Span:
    return Span(first, last, _midnight(first, zone), _midnight(last + _ONE_DAY, zone))


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(0), zone).astimezone(UTC)
