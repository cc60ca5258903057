"""Terms as acts count them, by the Russian production calendar with moved days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munsocial.policy import Calendar
from munsocial.policy.params import Unit
from munsocial.policy.terms import length_in_words, renewed_until

MOSCOW = ZoneInfo("Europe/Moscow")
RUSSIA = Calendar()


@pytest.mark.parametrize(
    ("situation", "day", "works"),
    [
        ("обычный вторник", date(2026, 11, 24), True),
        ("суббота", date(2026, 11, 21), False),
        ("День народного единства", date(2026, 11, 4), False),
        ("рабочая суббота 27 апреля 2024", date(2024, 4, 27), True),
        ("рабочая суббота 2 ноября 2024", date(2024, 11, 2), True),
        ("рабочая суббота 28 декабря 2024", date(2024, 12, 28), True),
        ("перенесённый выходной 29 апреля 2024", date(2024, 4, 29), False),
        ("рабочая суббота 1 ноября 2025", date(2025, 11, 1), True),
        ("перенесённый выходной 8 мая 2025", date(2025, 5, 8), False),
        ("перенесённый выходной 9 января 2026", date(2026, 1, 9), False),
        ("рабочая суббота 20 февраля 2027", date(2027, 2, 20), True),
        ("перенесённый выходной 22 февраля 2027", date(2027, 2, 22), False),
        ("год, для которого переносы ещё не назначены", date(2031, 3, 3), None),
    ],
)
def test_working_days(situation: str, day: date, works: bool | None) -> None:
    assert RUSSIA.works(day) is works, situation


@pytest.mark.parametrize(
    ("situation", "start", "amount", "unit", "due"),
    [
        ("час в минутах", "2026-11-20T17:30", 60, "minutes", "2026-11-20T18:30"),
        ("сутки идут и ночью", "2026-11-20T17:30", 24, "hours", "2026-11-21T17:30"),
        ("девять рабочих часов с утра — до вечера", "2026-11-18T09:00", 9, "working_hours", "2026-11-18T18:00"),
        ("девять рабочих часов с полудня — до полудня", "2026-11-18T12:00", 9, "working_hours", "2026-11-19T12:00"),
        ("рабочие часы с вечера пятницы", "2026-11-20T17:00", 4, "working_hours", "2026-11-23T12:00"),
        ("рабочие часы с ночи", "2026-11-20T02:00", 4, "working_hours", "2026-11-20T13:00"),
        ("рабочие часы с воскресенья", "2026-11-22T12:00", 1, "working_hours", "2026-11-23T10:00"),
        ("рабочие часы через праздник", "2026-11-03T17:00", 2, "working_hours", "2026-11-05T10:00"),
        ("рабочие часы в рабочую субботу", "2025-10-31T17:00", 2, "working_hours", "2025-11-01T10:00"),
        ("день — до полуночи следующего дня", "2026-11-18T12:00", 1, "days", "2026-11-20T00:00"),
        ("три рабочих дня через выходные", "2026-11-19T12:00", 3, "working_days", "2026-11-25T00:00"),
        ("рабочий день через новогодние праздники", "2025-12-30T12:00", 1, "working_days", "2026-01-13T00:00"),
        ("срок уходит в год без календаря", "2027-12-30T12:00", 5, "working_days", None),
        ("ноль рабочих дней — до конца дня", "2026-11-18T12:00", 0, "working_days", "2026-11-19T00:00"),
    ],
)
def test_terms(situation: str, start: str, amount: int, unit: Unit, due: str | None) -> None:
    moment = datetime.fromisoformat(start).replace(tzinfo=MOSCOW)
    expected = datetime.fromisoformat(due).replace(tzinfo=MOSCOW) if due else None
    assert RUSSIA.due(moment, amount, unit, MOSCOW) == expected, situation


def test_the_same_moment_in_another_zone_gives_the_same_term() -> None:
    moment = datetime(2026, 11, 18, 6, 0, tzinfo=UTC)
    assert RUSSIA.due(moment, 9, "working_hours", MOSCOW) == datetime(2026, 11, 18, 18, 0, tzinfo=MOSCOW)


def test_an_unknown_country_gives_no_answer() -> None:
    assert Calendar("XX").works(date(2026, 11, 24)) is None


MOMENTS = st.integers(0, 3 * 365 * 24 * 60).map(lambda n: datetime(2024, 1, 1, tzinfo=MOSCOW) + timedelta(minutes=n))
UNITS = st.sampled_from(["minutes", "hours", "working_hours", "days", "working_days"])


@given(MOMENTS, st.integers(0, 60), st.integers(0, 60), UNITS)
def test_a_longer_term_never_ends_earlier(start: datetime, one: int, more: int, unit: Unit) -> None:
    first, second = RUSSIA.due(start, one, unit, MOSCOW), RUSSIA.due(start, one + more, unit, MOSCOW)
    assert first is not None
    assert second is not None
    assert start <= first <= second


@given(st.datetimes(timezones=st.just(UTC)), st.integers(0, 10**9), UNITS)
def test_no_term_raises(start: datetime, amount: int, unit: Unit) -> None:
    due = RUSSIA.due(start, amount if unit in ("minutes", "hours") else amount % 5000, unit, MOSCOW)
    assert due is None or due.tzinfo is not None


@pytest.mark.parametrize(
    ("day", "every", "until", "ru", "en"),
    [
        (date(2026, 8, 25), "90d", date(2026, 11, 23), "90 дней", "90 days"),
        (date(2026, 8, 25), 91, date(2026, 11, 24), "91 день", "91 days"),
        (date(2026, 8, 25), "1d", date(2026, 8, 26), "день", "day"),
        (date(2026, 8, 25), "2w", date(2026, 9, 8), "2 недели", "2 weeks"),
        (date(2026, 8, 23), "3m", date(2026, 11, 23), "3 месяца", "3 months"),
        (date(2026, 8, 31), "3m", date(2026, 11, 30), "3 месяца", "3 months"),
        (date(2026, 11, 30), "3m", date(2027, 2, 28), "3 месяца", "3 months"),
        (date(2026, 12, 1), "1m", date(2027, 1, 1), "месяц", "month"),
        (date(2024, 2, 29), "1y", date(2025, 2, 28), "год", "year"),
        (date(2024, 2, 29), "4y", date(2028, 2, 29), "4 года", "4 years"),
        (date(2026, 11, 23), "9999y", date.max, "9999 лет", "9999 years"),
        (date(2026, 11, 23), 10**12, date.max, "1000000000000 дней", "1000000000000 days"),
    ],
)
def test_what_recurs_is_due_by_the_calendar(day: date, every: str | int, until: date, ru: str, en: str) -> None:
    assert renewed_until(day, every) == until
    assert length_in_words(every) == (ru, en)
