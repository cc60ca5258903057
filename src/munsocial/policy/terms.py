"""Terms as acts count them: minutes, hours, working hours, days, working days.

Working days come from the production calendar of the library ``holidays``, with moved days off and working Saturdays.
A year whose moved days nobody has published yet gives no answer instead of a guess.
A working day is taken as 09:00-18:00 local time with no break: acts that count in working hours do not define it, and
nine working hours, their usual term, then mean "by the same time tomorrow".
"""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from munsocial.policy.params import Unit
from munsocial.policy.speech import counted, plural
from munsocial.wording import Text

__all__ = ["DAY_BEGINS", "DAY_ENDS", "Calendar", "length_in_words", "renewed_until"]

DAY_BEGINS, DAY_ENDS = time(9), time(18)
_LONGEST = 3660  # days to walk at most: a term of ten years is a slip, not a term

_LENGTHS = {
    "d": ("день|дня|дней", "day|days"),
    "w": ("неделю|недели|недель", "week|weeks"),
    "m": ("месяц|месяца|месяцев", "month|months"),
    "y": ("год|года|лет", "year|years"),
}


def renewed_until(day: date, every: str | int) -> date:
    """The last day for doing again what was done on a day: months and years end on its number, as the law counts them.

    Where the last month has no such number the term ends with that month (art. 192 of the Civil Code).
    """
    number, unit = _length(every)
    try:
        if unit in ("d", "w"):
            return day + timedelta(days=number * (7 if unit == "w" else 1))
        months = day.year * 12 + day.month - 1 + number * (12 if unit == "y" else 1)
        year, month = months // 12, months % 12 + 1
        return date(year, month, min(day.day, monthrange(year, month)[1]))
    except (OverflowError, ValueError):
        return date.max


def length_in_words(every: str | int) -> Text:
    """Say a length after "раз в" and "every", in the act's own unit: "3 месяца", "год"."""
    number, unit = _length(every)
    forms = _LENGTHS[unit]
    return Text(*(plural(1, one) for one in forms)) if number == 1 else counted(number, *forms)


def _length(every: str | int) -> tuple[int, str]:
    """A number alone is of days."""
    return (every, "d") if isinstance(every, int) else (int(every[:-1]), every[-1])


@lru_cache(maxsize=256)
def _year(country: str, year: int) -> Any | None:
    """The calendar of one year, None when its days off are not known."""
    from holidays import country_holidays

    try:
        calendar = country_holidays(country, years=year)
    except NotImplementedError:
        return None
    published = getattr(calendar, "special_public_holidays", None)
    # Russia moves days off by a yearly decree; without the decree of a year its calendar is only half known.
    if country == "RU" and (not published or year not in published):
        return None
    return calendar


class Calendar:
    """Working days of a country; every answer may be None, "not known"."""

    def __init__(self, country: str = "RU") -> None:
        self._country = country

    def works(self, day: date) -> bool | None:
        """Tell whether people work on that day; None when the year's calendar is not known."""
        calendar = _year(self._country, day.year)
        return None if calendar is None else bool(calendar.is_working_day(day))

    def due(self, start: datetime, amount: int, unit: Unit, zone: ZoneInfo) -> datetime | None:
        """Return the moment when a term that began at ``start`` is over, in ``zone``; None when not known.

        Minutes and hours run round the clock. Days count from the day after ``start`` and end with their last
        day's midnight; so do working days.
        """
        try:
            return self._due(start, amount, unit, zone)
        except OverflowError:
            return None

    def _due(self, start: datetime, amount: int, unit: Unit, zone: ZoneInfo) -> datetime | None:
        if unit == "minutes":
            return (start.astimezone(UTC) + timedelta(minutes=amount)).astimezone(zone)
        if unit == "hours":
            return (start.astimezone(UTC) + timedelta(hours=amount)).astimezone(zone)
        first = start.astimezone(zone)
        if unit == "days":
            return _midnight_after(first.date() + timedelta(days=amount), zone)
        if unit == "working_days":
            return self._working_days(first.date(), amount, zone)
        return self._working_hours(first, timedelta(hours=amount), zone)

    def _working_days(self, day: date, amount: int, zone: ZoneInfo) -> datetime | None:
        for _ in range(_LONGEST):
            if amount == 0:
                return _midnight_after(day, zone)
            day += timedelta(days=1)
            works = self.works(day)
            if works is None:
                return None
            amount -= works
        return None

    def _working_hours(self, first: datetime, left: timedelta, zone: ZoneInfo) -> datetime | None:
        day, since = first.date(), max(first.time(), DAY_BEGINS)
        for _ in range(_LONGEST):
            works = self.works(day)
            if works is None:
                return None
            room = _span(since, DAY_ENDS) if works else timedelta(0)
            if room >= left and (room or not left):
                return datetime.combine(day, since, zone) + left
            left -= room
            day, since = day + timedelta(days=1), DAY_BEGINS
        return None


def _span(since: time, until: time) -> timedelta:
    of_day = timedelta(hours=until.hour, minutes=until.minute)
    begun = timedelta(hours=since.hour, minutes=since.minute, seconds=since.second, microseconds=since.microsecond)
    return max(of_day - begun, timedelta(0))


def _midnight_after(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(0), zone)
