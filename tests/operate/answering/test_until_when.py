"""Until when a question is to be answered, as tables: by the acts in force, in working time, else by custom."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from acting_world import NOW, District
from munsocial.operate.answering.terms import Terms
from munsocial.policy.params import Unit
from munsocial.testing.factories import act, requirement

MOSCOW = ZoneInfo("Europe/Moscow")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> District:
    return District(tmp_path_factory.mktemp("district"))


@pytest.mark.parametrize(
    ("limit", "unit", "asked", "due"),
    [
        (9, "working_hours", "2026-11-25 10:00", "2026-11-26 10:00"),
        (9, "working_hours", "2026-11-27 17:00", "2026-11-30 17:00"),  # over a week-end
        (4, "hours", "2026-11-25 22:00", "2026-11-26 02:00"),
        (1, "working_days", "2026-11-27 12:00", "2026-12-01 00:00"),
        (3, "days", "2026-11-25 12:00", "2026-11-29 00:00"),
    ],
)
def test_the_term_of_the_act(shared: District, limit: int, unit: Unit, asked: str, due: str) -> None:
    order = act(requirement("reply.deadline", clause="7", limit=limit, unit=unit))
    found = Terms(shared.registry, [order]).due(datetime.fromisoformat(asked).replace(tzinfo=MOSCOW))
    assert (found.clause, found.at) == ("7", datetime.fromisoformat(due).replace(tzinfo=MOSCOW))


def test_the_strictest_term_counts_and_high_priority_has_its_own(shared: District) -> None:
    order = act(
        requirement("reply.deadline", clause="1", limit=3, unit="days"),
        requirement("reply.deadline", clause="2", limit=2, unit="hours", priority="high"),
        requirement(
            "reply.deadline", clause="3", limit=30, unit="days", start="registered", applies_when="appeal_under_59_fz"
        ),
    )
    terms = Terms(shared.registry, [order])
    assert terms.due(NOW).clause == "1"
    assert terms.due(NOW, priority="high").clause == "2"
    assert terms.due(NOW, appeal=True).clause == "1"  # the 30 days begin when it is registered, not before


@pytest.mark.parametrize(
    ("asked", "due", "act_of_it"),
    [
        ("2026-06-30T23:30", "2026-07-01T03:30", "former"),  # the last day of the former order
        ("2026-07-01T00:30", "2026-07-04T00:00", "new"),  # its stricter term is over
        ("2025-12-30T12:00", "2026-01-12T12:00", ""),  # no act yet: custom, by the same time of the next working day
    ],
)
def test_the_term_is_that_of_the_act_in_force_on_the_day_of_asking(
    shared: District, asked: str, due: str, act_of_it: str
) -> None:
    hours, days = (requirement("reply.deadline", limit=n, unit=unit) for n, unit in ((4, "hours"), (2, "days")))
    former = act(hours, id="former", in_force_from=date(2026, 1, 1), in_force_until=date(2026, 6, 30))
    new = act(days, id="new", in_force_from=date(2026, 7, 1))
    found = Terms(shared.registry, [former, new]).due(datetime.fromisoformat(asked).replace(tzinfo=MOSCOW))
    assert (found.at, found.act) == (datetime.fromisoformat(due).replace(tzinfo=MOSCOW), act_of_it)


def test_without_a_term_custom_is_the_next_working_day(shared: District) -> None:
    found = Terms(shared.registry).due(NOW)
    assert (found.clause, found.at) == ("", datetime(2026, 11, 26, 10, tzinfo=MOSCOW))
