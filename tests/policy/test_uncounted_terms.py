"""Working terms in years without a calendar: that is told, and hides no message that waits for an answer."""

from __future__ import annotations

import pytest

from munsocial.model.statements import Inquiry
from munsocial.policy import audit
from munsocial.testing.factories import act, body, district, moment, requirement, snapshot
from policy_tables import asked
from sentences import fit_for_people

NINE = requirement("reply.deadline", limit=9, unit="working_hours", start="assigned")
NOT_COUNTED = "Производственный календарь на эти дни не известен, рабочий срок не сосчитать: сообщений {} из {}."
UPDATE = "Обновите библиотеку календарей: pip install -U holidays; если календарь года ещё не утверждён, подождите его."
HURRY = "Ответьте, пока срок не вышел, и запишите, когда что было."


ANSWERED = asked("answered", assigned_at="2035-03-01 10:00", answered_at="2035-03-02 10:00")
ASSIGNED = asked("assigned", assigned_at="2035-03-01 10:00")
WAITING = tuple(asked(f"waiting-{number}", asked_at="2035-03-01 10:00") for number in range(5))
NOT_NOTED = asked("not-noted", answered_at="2035-03-02 10:00")


def _open(pending: int, dark: int, count: int, uncounted: int) -> str:
    return (
        f"Решить пока нельзя: ждут ответа — {pending}, не записано, когда что было, — {dark}. Производственный "
        f"календарь известен не на все дни, рабочий срок не сосчитать: сообщений {uncounted} из {count}."
    )


@pytest.mark.parametrize(
    ("situation", "messages", "said", "advised"),
    [
        ("answered, not counted", (ANSWERED,), NOT_COUNTED.format(1, 1), UPDATE),
        ("answered and assigned, none counted", (ANSWERED, ASSIGNED), NOT_COUNTED.format(2, 2), UPDATE),
        ("one not counted, five wait", (ANSWERED, *WAITING), _open(5, 0, 6, 1), f"{HURRY} {UPDATE}"),
        ("one not counted, of one no moment is noted", (ANSWERED, NOT_NOTED), _open(0, 1, 2, 1), f"{HURRY} {UPDATE}"),
        ("one not counted waits as well", (ASSIGNED, *WAITING), _open(6, 0, 6, 1), f"{HURRY} {UPDATE}"),
    ],
)
def test_what_is_said_of_terms_without_a_calendar(
    situation: str, messages: tuple[Inquiry, ...], said: str, advised: str
) -> None:
    report = audit(district(body(), *messages), snapshot(), [act(NINE)], moment("2035-03-20 10:00"))
    (finding,) = report.findings
    fit_for_people(finding)
    assert (str(finding.outcome), finding.say("ru"), finding.advise("ru")) == ("unknown", said, advised), situation
    assert "holidays" in finding.advise("en")
