"""What to do about a late answer: one that was given cannot be given in time any more."""

from __future__ import annotations

import pytest

from munsocial.model.statements import Inquiry
from munsocial.policy import audit
from munsocial.testing.factories import MOMENT, act, body, district, requirement, snapshot
from policy_tables import asked

NINE = requirement("reply.deadline", limit=9, unit="working_hours", start="assigned")


@pytest.mark.parametrize(
    ("situation", "messages", "remedy"),
    [
        (
            "answered late",
            (asked(assigned_at="2026-11-18 09:00", answered_at="2026-11-18 18:01"),),
            "На них уже ответили; впредь отвечайте до конца срока.",
        ),
        ("not answered", (asked(assigned_at="2026-11-16 10:00"),), "Ответьте на просроченные сообщения."),
        (
            "one answered late, one not at all",
            (
                asked(assigned_at="2026-11-18 09:00", answered_at="2026-11-18 18:01"),
                asked("i2", assigned_at="2026-11-16 10:00"),
            ),
            "Ответьте на просроченные сообщения.",
        ),
    ],
)
def test_what_to_do_about_late_answers(situation: str, messages: tuple[Inquiry, ...], remedy: str) -> None:
    (found,) = audit(district(body(), *messages), snapshot(), [act(NINE)], MOMENT).violations
    assert found.advise() == remedy, situation
