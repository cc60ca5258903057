"""Acts on messages read a second time: terms of answers, and the way of a message to its answer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from munsocial.model.statements import Inquiry
from munsocial.testing.factories import (
    account,
    moment,
    requirement,
)
from second_reading import NOT_APPLICABLE, SATISFIED, UNKNOWN, VIOLATED, Case, cases, judge

HERE = (account(),)
NINE = requirement("reply.deadline", limit=9, unit="working_hours", start="assigned", priority="normal")


def asked(**fields: Any) -> Inquiry:
    return Inquiry(**{"id": "q1", "body": "administration", **fields})


def term(
    situation: str, expected: Any, ask: Any = NINE, at: str = "2026-11-23 10:00", to_do: str = "", **fields: Any
) -> Case:
    return Case(situation, ask, expected, (*HERE, asked(**fields)), at=moment(at), to_do=to_do)


def hours(number: int, unit: str = "hours", **more: Any) -> Any:
    return requirement("reply.deadline", limit=number, unit=unit, **{"start": "detected", **more})


FRIDAY_17 = moment("2026-11-20 17:00")  # nine working hours: one on Friday, eight on Monday, to 17:00


@cases(
    term(
        "девять рабочих часов с 17:00 пятницы: ответ в 17:00 понедельника - в срок",
        SATISFIED,
        at="2026-11-24 10:00",
        assigned_at=FRIDAY_17,
        answered_at=moment("2026-11-23 17:00"),
    ),
    term(
        "на секунду позже - просрочен",
        VIOLATED,
        at="2026-11-24 10:00",
        assigned_at=FRIDAY_17,
        answered_at=datetime(2026, 11, 23, 14, 0, 1, tzinfo=UTC),
    ),
    term("ответа нет, срок ещё идёт", UNKNOWN, assigned_at=FRIDAY_17),
    term("ответа нет, срок вышел", VIOLATED, at="2026-11-23 17:01", assigned_at=FRIDAY_17, to_do="тветьте"),
    term(
        "поручено в субботу: часы идут с понедельника",
        SATISFIED,
        at="2026-11-24 10:00",
        assigned_at=moment("2026-11-21 12:00"),
        answered_at=moment("2026-11-23 18:00"),
    ),
    term(
        "рабочая суббота 1 ноября 2025 года считается",
        VIOLATED,
        at="2025-11-05 10:00",
        assigned_at=moment("2025-10-31 17:00"),
        answered_at=moment("2025-11-05 09:30"),
    ),
    term(
        "праздники 3 и 4 ноября 2025 года не считаются",
        SATISFIED,
        at="2025-11-06 10:00",
        assigned_at=moment("2025-11-01 17:00"),
        answered_at=moment("2025-11-05 16:00"),
    ),
    term(
        "год, календарь которого не издан",
        UNKNOWN,
        at="2031-03-05 10:00",
        assigned_at=moment("2031-03-03 10:00"),
        answered_at=moment("2031-03-04 12:00"),
    ),
    term("когда поручили, не записано", UNKNOWN, answered_at=moment("2026-11-20 12:00")),
    term("вопросов не было", NOT_APPLICABLE, hours(24, priority="high"), priority="normal", detected_at=FRIDAY_17),
    term("24 часа ровно - в срок", SATISFIED, hours(24), detected_at=FRIDAY_17, answered_at=moment("2026-11-21 17:00")),
    term(
        "24 часа и минута - просрочен",
        VIOLATED,
        hours(24),
        detected_at=FRIDAY_17,
        answered_at=moment("2026-11-21 17:01"),
    ),
    term(
        "ноль часов: отвечать в тот же миг",
        VIOLATED,
        hours(0),
        detected_at=FRIDAY_17,
        answered_at=moment("2026-11-20 17:01"),
    ),
    term(
        "60 минут ровно", SATISFIED, hours(60, "minutes"), detected_at=FRIDAY_17, answered_at=moment("2026-11-20 18:00")
    ),
    term(
        "30 дней со дня регистрации обращения: последний день",
        SATISFIED,
        requirement("reply.deadline", limit=30, unit="days", start="registered", applies_when="appeal_under_59_fz"),
        appeal=True,
        registered_at=moment("2026-10-20 09:00"),
        answered_at=moment("2026-11-19 23:59"),
    ),
    term(
        "30 дней со дня регистрации обращения: следующий день",
        VIOLATED,
        requirement("reply.deadline", limit=30, unit="days", start="registered", applies_when="appeal_under_59_fz"),
        appeal=True,
        registered_at=moment("2026-10-20 09:00"),
        answered_at=moment("2026-11-20 00:00"),
    ),
    term(
        "вопрос - не обращение: 59-ФЗ не о нём",
        NOT_APPLICABLE,
        requirement("reply.deadline", limit=30, unit="days", start="registered", applies_when="appeal_under_59_fz"),
        detected_at=moment("2026-01-20 09:00"),
    ),
    term(
        "срок в акте не назван",
        UNKNOWN,
        requirement("reply.deadline", limit=None, unit=None),
        detected_at=FRIDAY_17,
        answered_at=moment("2026-11-21 17:00"),
    ),
    term(
        "ответ датирован завтра: его ещё нет",
        VIOLATED,
        hours(24),
        detected_at=FRIDAY_17,
        answered_at=moment("2026-11-24 17:00"),
    ),
    term("вопрос выявлен завтра", NOT_APPLICABLE, hours(24), detected_at=moment("2026-11-24 17:00")),
    term(
        "промежуточный ответ дан, окончательный - седьмой рабочий день сегодня",
        UNKNOWN,
        requirement("reply.deadline", interim_allowed=True, final_limit=7, final_unit="working_days"),
        detected_at=moment("2026-11-11 10:00"),
        interim_at=moment("2026-11-12 10:00"),
    ),
    term(
        "промежуточный ответ дан, окончательный опоздал",
        VIOLATED,
        requirement("reply.deadline", interim_allowed=True, final_limit=7, final_unit="working_days"),
        detected_at=moment("2026-11-10 10:00"),
        interim_at=moment("2026-11-11 10:00"),
    ),
    Case("вопросов в журнале нет совсем", NINE, NOT_APPLICABLE, (*HERE,)),
)
def test_terms_of_answers(case: Case) -> None:
    judge(case)


ROUTED = requirement("reply.routing", limit=60, unit="minutes", role="curator")
HAS = requirement(
    "reply.content", must_have=("measures_taken", "stages_and_terms", "or_reasoned_impossibility_with_references")
)
TOLD = requirement("reply.escalation", to="governor", when=("socially_significant",))
BOUNDARY = requirement("reply.appeal_boundary", appeals_law_applies=False)
APPLIES = requirement("reply.appeal_boundary", appeals_law_applies=True)
GIVEN: dict[str, Any] = {"detected_at": FRIDAY_17, "answered_at": moment("2026-11-20 18:00"), "answer": "Сделаем."}


@cases(
    term("передано ровно за час", SATISFIED, ROUTED, detected_at=FRIDAY_17, assigned_at=moment("2026-11-20 18:00")),
    term("передано за час и минуту", VIOLATED, ROUTED, detected_at=FRIDAY_17, assigned_at=moment("2026-11-20 18:01")),
    term("не передано, час прошёл", VIOLATED, ROUTED, detected_at=FRIDAY_17),
    term("не передано, час идёт", UNKNOWN, ROUTED, at="2026-11-20 17:30", detected_at=FRIDAY_17),
    term("когда выявлено, не записано", UNKNOWN, ROUTED, assigned_at=FRIDAY_17),
    term(
        "срок передачи в акте не назван",
        UNKNOWN,
        requirement("reply.routing", limit=None),
        detected_at=FRIDAY_17,
        assigned_at=moment("2026-11-20 18:00"),
    ),
    term("в ответе меры, этапы и сроки", SATISFIED, HAS, answer_has=("measures_taken", "stages_and_terms"), **GIVEN),
    term(
        "в ответе обоснованная невозможность",
        SATISFIED,
        HAS,
        answer_has=("or_reasoned_impossibility_with_references",),
        **GIVEN,
    ),
    term("в ответе только меры", VIOLATED, HAS, answer_has=("measures_taken",), **GIVEN),
    term("что в ответе, никто не отметил", UNKNOWN, HAS, **GIVEN),
    term("ответа ещё нет", NOT_APPLICABLE, HAS, detected_at=FRIDAY_17),
    term(
        "важное доложено",
        SATISFIED,
        TOLD,
        significant=("socially_significant",),
        detected_at=FRIDAY_17,
        escalated_at=moment("2026-11-20 18:00"),
        escalated_to="governor",
    ),
    term("важное не доложено", VIOLATED, TOLD, significant=("socially_significant",), detected_at=FRIDAY_17),
    term("обычное докладывать не нужно", NOT_APPLICABLE, TOLD, detected_at=FRIDAY_17),
    term(
        "59-ФЗ не применяется, а сообщение зарегистрировано как обращение",
        VIOLATED,
        BOUNDARY,
        detected_at=FRIDAY_17,
        registered_at=FRIDAY_17,
    ),
    term(
        "59-ФЗ не применяется к сообщениям, но это настоящее обращение",
        SATISFIED,
        BOUNDARY,
        appeal=True,
        detected_at=FRIDAY_17,
        registered_at=FRIDAY_17,
    ),
    term("59-ФЗ не применяется, вопрос обычный", SATISFIED, BOUNDARY, detected_at=FRIDAY_17),
    term(
        "59-ФЗ применяется, обращение не зарегистрировано",
        VIOLATED,
        APPLIES,
        appeal=True,
        detected_at=moment("2026-11-01 10:00"),
    ),
    term(
        "59-ФЗ применяется, обращение зарегистрировано",
        SATISFIED,
        APPLIES,
        appeal=True,
        detected_at=FRIDAY_17,
        registered_at=FRIDAY_17,
    ),
)
def test_the_way_of_a_message(case: Case) -> None:
    judge(case)
