"""Which span of time is collected: whole calendar weeks of the municipality and the running one, or given dates."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from munsocial.errors import InputError
from munsocial.model.given import is_a
from munsocial.network.drafts import Window
from munsocial.wording import Text

__all__ = ["check_weeks", "window_of"]

_WEEKS = range(1, 521)


def window_of(
    now: datetime, timezone: str, *, weeks: int = 4, since: date | None = None, until: date | None = None
) -> Window:
    """Return the span: ``weeks`` full weeks (Monday to Sunday) before the running one, up to ``now``.

    ``since`` and ``until`` are local days, both included, and replace the ends that weeks would give.

    Raises:
        InputError: weeks outside 1..520, or a span that ends before it begins, or what is no day.
    """
    for where, day in (("since", since), ("until", until)):
        if day is not None:
            is_a(date, day, where)
    zone = ZoneInfo(timezone)
    today = now.astimezone(zone).date()
    check_weeks(weeks)
    first = since or today - timedelta(days=today.weekday(), weeks=weeks)
    start = _midnight(first, zone)
    end = min(now, _midnight(until + timedelta(days=1), zone)) if until else now
    if start >= end:
        raise InputError(
            Text("Период кончается раньше, чем начинается.", "The span ends before it begins."),
            where=f"{first} – {until or today}",
            remedy=Text("Поменяйте даты --since и --until.", "Change the dates --since and --until."),
        )
    return Window(start, end)


def check_weeks(weeks: int) -> None:
    """See to it that so many weeks can be collected.

    Raises:
        InputError: they are outside 1..520.
    """
    if weeks not in _WEEKS:
        raise InputError(
            Text("Число недель {weeks} вне пределов.", "The number of weeks {weeks} is out of bounds.").fill(
                weeks=weeks
            ),
            where=f"weeks = {weeks!r}",
            remedy=Text("Укажите от 1 до 520.", "Give 1 to 520."),
        )


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone)
