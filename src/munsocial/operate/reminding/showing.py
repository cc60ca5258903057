"""Reminders as text, JSON or a calendar (iCalendar) that any calendar program can subscribe to or take in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from munsocial.errors import OutputRefused
from munsocial.files import write_bytes
from munsocial.operate.reminding.reminders import Reminder
from munsocial.wording import Lang, Text, printable_bytes

__all__ = ["as_calendar", "as_json", "as_text", "save_reminders"]

_WHICH = Text("непонятно, в каком виде записать напоминания.", "nobody knows in which form to write the reminders.")
_NAME_IT = Text("Имя файла должно кончаться на .ics, .json или .txt.", "Let the name end in .ics, .json or .txt.")
_NAME = Text("Аккаунты: сроки ({district})", "Accounts: terms ({district})")
_OVERDUE = Text("ПРОСРОЧЕНО с {day}: ", "OVERDUE since {day}: ")
_AHEAD = timedelta(days=7)


def save_reminders(
    reminders: Iterable[Reminder], path: Path, *, today: date, now: datetime, district: str, lang: Lang = "ru"
) -> None:
    """Write reminders in the form that the suffix names.

    Raises:
        OutputRefused: another suffix, or the place cannot be written.
    """
    found = tuple(reminders)
    suffix = path.suffix.lower()
    if suffix == ".ics":
        content = as_calendar(found, today=today, now=now, district=district, lang=lang)
    elif suffix == ".json":
        content = as_json(found, today=today).encode("utf-8", "replace")
    elif suffix == ".txt":
        content = printable_bytes(as_text(found, today=today, lang=lang))
    else:
        raise OutputRefused(_WHICH, where=str(path), remedy=_NAME_IT)
    write_bytes(path, content)


def as_text(reminders: Iterable[Reminder], *, today: date, lang: Lang = "ru") -> str:
    """Return a line for each, the nearest first."""
    return "".join(f"{one.say(today, lang)}\n" for one in reminders)


def as_json(reminders: Iterable[Reminder], *, today: date) -> str:
    """Return a list of objects; ``day`` is a local date, ``days_left`` is negative when it is over."""
    rows: list[dict[str, Any]] = [
        {
            "kind": one.kind.value,
            "subject": one.subject,
            "item": one.item,
            "day": one.day.isoformat(),
            "days_left": one.days_left(today),
            "what": one.what._asdict(),
            "remedy": one.remedy._asdict(),
        }
        for one in reminders
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def as_calendar(
    reminders: Iterable[Reminder], *, today: date, now: datetime, district: str, lang: Lang = "ru"
) -> bytes:
    """Return a calendar of all-day events with an alarm a week before. What is overdue stands on today.

    An event keeps its name from run to run: a calendar that takes it in again changes it and adds no second one.
    """
    from icalendar import Alarm, Calendar, Event, vText

    calendar = Calendar()
    calendar.add("prodid", "-//munsocial//reminders//RU")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    # No property of the standard: the library would write it as it is, commas and line ends bare.
    calendar.add("x-wr-calname", vText(_fit(_NAME.fill(district=district).say(lang))))
    for one in reminders:
        event = Event()
        day = max(one.day, today)
        overdue = _OVERDUE.fill(day=f"{one.day:%d.%m.%Y}").say(lang) if one.day < today else ""
        told = _fit(f"{overdue}{one.subject}: {one.what.say(lang)}")
        event.add("uid", f"{_uid(one, district)}@munsocial")
        event.add("dtstamp", now)
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("summary", told)
        event.add("description", f"{told}. {_fit(one.remedy.say(lang))}")
        event.add("categories", [one.kind.value])
        event.add("transp", "TRANSPARENT")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", told)
        alarm.add("trigger", -_AHEAD if one.day - today > _AHEAD else timedelta(hours=9))
        event.add_component(alarm)
        calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made


def _fit(text: str) -> str:
    """Leave out what the standard's TEXT cannot hold: controls, halves of surrogate pairs."""
    return printable_bytes(text).decode()


def _uid(one: Reminder, district: str) -> str:
    words = "\n".join((district, one.kind.value, one.subject, one.item, one.day.isoformat()))
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:32]
