"""Terms of answers, routing, content, escalation, appeals - and demands that only people answer for."""

from __future__ import annotations

from datetime import date

from munsocial.model.people import ActReference
from munsocial.model.statements import Recommendation
from munsocial.testing.factories import account, appointment, attestation, body, moment, person, requirement
from policy_tables import Row, asked, check, rows

NINE = requirement("reply.deadline", limit=9, unit="working_hours", priority="normal", start="assigned")
DAY = requirement("reply.deadline", limit=24, unit="hours", start="detected")
APPEAL = requirement("reply.deadline", limit=30, unit="days", start="registered", applies_when="appeal_under_59_fz")
BOTH = requirement(
    "reply.deadline", limit=9, unit="working_hours", interim_allowed=True, final_limit=7, final_unit="working_days"
)
FINAL = requirement("reply.deadline", interim_allowed=True, final_limit=7, final_unit="working_days", priority="any")


@rows(
    Row("обращений не было", NINE, "not_applicable", (body(),)),
    Row(
        "ответ через девять рабочих часов",
        NINE,
        "met",
        (body(), asked(assigned_at="2026-11-18 09:00", answered_at="2026-11-18 18:00")),
    ),
    Row(
        "ответ на минуту позже",
        NINE,
        "not_met",
        (body(), asked(assigned_at="2026-11-18 09:00", answered_at="2026-11-18 18:01")),
    ),
    Row(
        "поручено в пятницу вечером, отвечено в понедельник до вечера",
        NINE,
        "met",
        (body(), asked(assigned_at="2026-11-13 17:00", answered_at="2026-11-16 16:30")),
    ),
    Row("поручено вчера вечером, срок ещё идёт", NINE, "unknown", (body(), asked(assigned_at="2026-11-20 17:00"))),
    Row("ответа нет, срок прошёл", NINE, "not_met", (body(), asked(assigned_at="2026-11-16 10:00"))),
    Row("когда поручено, не записано", NINE, "unknown", (body(), asked(answered_at="2026-11-18 18:00"))),
    Row(
        "срочное обращение под обычный срок не подходит",
        NINE,
        "not_applicable",
        (body(), asked(priority="high", assigned_at="2026-11-16 10:00")),
    ),
    Row(
        "одно в срок, другое нет",
        NINE,
        "not_met",
        (
            body(),
            asked(assigned_at="2026-11-18 09:00", answered_at="2026-11-18 10:00"),
            asked("i2", assigned_at="2026-11-10 09:00"),
        ),
    ),
    Row(
        "чьё сообщение, не записано, а на чью страницу оно пришло, известно",
        DAY,
        "not_met",
        (body(), account(), asked(detected_at="2026-11-20 20:00").but(body=None, account="administration-vk")),
    ),
    Row(
        "сутки считаются подряд, и ночью",
        DAY,
        "not_met",
        (body(), asked(detected_at="2026-11-20 20:00", answered_at="2026-11-21 21:00")),
    ),
    Row(
        "не компетенция органа",
        DAY,
        "not_applicable",
        (body(), asked(detected_at="2026-11-01 20:00", within_competence=False)),
    ),
    Row(
        "обращение по 59-ФЗ: тридцать дней ещё идут",
        APPEAL,
        "unknown",
        (body(), asked(appeal=True, registered_at="2026-11-01 10:00")),
    ),
    Row(
        "обращение по 59-ФЗ: тридцать дней прошли",
        APPEAL,
        "not_met",
        (body(), asked(appeal=True, registered_at="2026-10-01 10:00")),
    ),
    Row(
        "простой комментарий — не обращение", APPEAL, "not_applicable", (body(), asked(detected_at="2026-10-01 10:00"))
    ),
    Row(
        "промежуточный ответ дан, окончательный в срок",
        FINAL,
        "met",
        (body(), asked(detected_at="2026-11-02 10:00", interim_at="2026-11-03 10:00", answered_at="2026-11-13 10:00")),
    ),
    Row(
        "промежуточный ответ дан, окончательного нет",
        FINAL,
        "not_met",
        (body(), asked(detected_at="2026-11-02 10:00", interim_at="2026-11-03 10:00")),
    ),
    Row(
        "первый ответ опоздал, окончательный в срок",
        BOTH,
        "not_met",
        (body(), asked(detected_at="2026-11-02 10:00", interim_at="2026-11-10 10:00", answered_at="2026-11-11 10:00")),
    ),
    Row(
        "первый ответ опоздал, окончательного ещё ждут",
        BOTH,
        "not_met",
        (body(), asked(detected_at="2026-11-18 10:00", interim_at="2026-11-20 10:00")),
    ),
    Row(
        "оба ответа в срок",
        BOTH,
        "met",
        (body(), asked(detected_at="2026-11-02 10:00", interim_at="2026-11-02 12:00", answered_at="2026-11-11 10:00")),
    ),
    Row(
        "первый ответ в срок, окончательный опоздал",
        BOTH,
        "not_met",
        (body(), asked(detected_at="2026-11-02 10:00", interim_at="2026-11-02 12:00", answered_at="2026-11-20 10:00")),
    ),
    Row(
        "первый ответ в срок, для окончательного время ещё есть",
        BOTH,
        "unknown",
        (body(), asked(detected_at="2026-11-20 10:00", interim_at="2026-11-20 12:00")),
    ),
    Row(
        "когда заметили, не записано: о первом сроке сказать нельзя",
        BOTH,
        "unknown",
        (body(), asked(interim_at="2026-11-02 12:00", answered_at="2026-11-11 10:00")),
    ),
    Row(
        "первый ответ записан завтрашним днём, а срок вышел",
        BOTH,
        "not_met",
        (body(), asked(detected_at="2026-11-02 10:00", interim_at="2026-11-24 10:00")),
    ),
    Row(
        "ответили сразу окончательно, без первого ответа",
        BOTH,
        "met",
        (body(), asked(detected_at="2026-11-02 10:00", answered_at="2026-11-02 15:00")),
    ),
    Row("срока в акте нет", requirement("reply.deadline"), "unknown", (body(), asked(detected_at="2026-11-02 10:00"))),
    Row(
        "производственный календарь этого года не известен",
        requirement("reply.deadline", limit=3, unit="working_days"),
        "unknown",
        (body(), asked(detected_at="2031-03-03 10:00", answered_at="2031-03-20 10:00")),
        at=moment("2031-04-01 10:00"),
    ),
)
def test_terms_of_answers(row: Row) -> None:
    check(row)


ROUTE = requirement("reply.routing", limit=60, unit="minutes", role="curator")
CONTENT = requirement(
    "reply.content", must_have=["measures_taken", "stages_and_terms", "or_reasoned_impossibility_with_references"]
)
REPORT = requirement("reply.escalation", to="governor", when=["socially_significant"])
NO_APPEALS = requirement("reply.appeal_boundary", appeals_law_applies=False)
APPEALS = requirement("reply.appeal_boundary", appeals_law_applies=True)
DONE = {"detected_at": "2026-11-18 10:00", "answered_at": "2026-11-18 12:00"}


@rows(
    Row(
        "передано за час",
        ROUTE,
        "met",
        (body(), asked(detected_at="2026-11-18 10:00", forwarded_at="2026-11-18 10:59")),
    ),
    Row(
        "передано за час, поручено позже: считается первое",
        ROUTE,
        "met",
        (
            body(),
            asked(detected_at="2026-11-18 10:00", forwarded_at="2026-11-18 10:30", assigned_at="2026-11-18 12:00"),
        ),
    ),
    Row(
        "передано позже часа",
        ROUTE,
        "not_met",
        (body(), asked(detected_at="2026-11-18 10:00", assigned_at="2026-11-18 11:30")),
    ),
    Row(
        "сроки передачи в акте не известны",
        requirement("reply.routing"),
        "unknown",
        (body(), asked(detected_at="2026-11-18 10:00")),
    ),
    Row(
        "ответ содержит меры и сроки",
        CONTENT,
        "met",
        (body(), asked(answer_has=("measures_taken", "stages_and_terms"), **DONE)),
    ),
    Row("ответ без сроков", CONTENT, "not_met", (body(), asked(answer_has=("measures_taken",), **DONE))),
    Row(
        "мотивированная невозможность вместо мер",
        CONTENT,
        "met",
        (body(), asked(answer_has=("reasoned_impossibility_with_references",), **DONE)),
    ),
    Row("что в ответе, не записано", CONTENT, "unknown", (body(), asked(**DONE))),
    Row(
        "о важном доложено",
        REPORT,
        "met",
        (
            body(),
            asked(
                significant=("socially_significant",), escalated_at="2026-11-18 11:00", escalated_to="governor", **DONE
            ),
        ),
    ),
    Row("о важном не доложено", REPORT, "not_met", (body(), asked(significant=("socially_significant",), **DONE))),
    Row(
        "доложено не тому",
        REPORT,
        "not_met",
        (
            body(),
            asked(significant=("socially_significant",), escalated_at="2026-11-18 11:00", escalated_to="mayor", **DONE),
        ),
    ),
    Row("важных сообщений не было", REPORT, "not_applicable", (body(), asked(**DONE))),
    Row("59-ФЗ не применяется: сообщение не зарегистрировано", NO_APPEALS, "met", (body(), asked(**DONE))),
    Row(
        "59-ФЗ не применяется, а сообщение зарегистрировано",
        NO_APPEALS,
        "not_met",
        (body(), asked(registered_at="2026-11-18 10:30", **DONE)),
    ),
    Row("59-ФЗ применяется, обращение не зарегистрировано", APPEALS, "not_met", (body(), asked(appeal=True, **DONE))),
    Row(
        "59-ФЗ применяется, обращение зарегистрировано",
        APPEALS,
        "met",
        (body(), asked(appeal=True, registered_at="2026-11-18 10:30", **DONE)),
    ),
)
def test_the_way_of_a_message(row: Row) -> None:
    check(row)


POLICY = requirement("policy.alignment", clause="4", policy="regional", mode="take_into_account")
STATED = (body(), person(), attestation("policy.alignment", "administration"))
ADVICE = Recommendation(
    id="r1", from_whom="Департамент", date=date(2026, 10, 1), summary="Рассказать о выборах старост"
)


@rows(
    Row("соответствие подтверждено в этом году", POLICY, "met", STATED),
    Row("подтверждения нет", POLICY, "unknown", (body(),)),
    Row(
        "подтверждение старше года",
        POLICY,
        "unknown",
        (body(), person(), attestation("policy.alignment", "administration", date=date(2025, 10, 1))),
    ),
    Row(
        "подтверждение действует до названного дня",
        POLICY,
        "unknown",
        (body(), person(), attestation("policy.alignment", "administration", valid_until=date(2026, 11, 1))),
    ),
    Row(
        "ответственный сообщает: не соответствует",
        POLICY,
        "not_met",
        (body(), person(), attestation("policy.alignment", "administration", holds=False)),
    ),
    Row(
        "подтверждение дано позже проверяемого дня",
        POLICY,
        "unknown",
        (body(), person(), attestation("policy.alignment", "administration", date=date(2026, 12, 1))),
    ),
    Row("рекомендация исполнена", POLICY, "met", (*STATED, ADVICE.but(done=date(2026, 10, 5)))),
    Row(
        "мотивированный отказ — тоже учёт",
        POLICY,
        "met",
        (*STATED, ADVICE.but(refused=date(2026, 10, 5), reason="не наша компетенция")),
    ),
    Row("отказ без причины", POLICY, "not_met", (*STATED, ADVICE.but(refused=date(2026, 10, 5)))),
    Row("на рекомендацию не ответили", POLICY, "not_met", (*STATED, ADVICE)),
    Row(
        "на рекомендацию не ответили, а подтверждение истекло: довольно первого",
        POLICY,
        "not_met",
        (body(), person(), attestation("policy.alignment", "administration", date=date(2025, 10, 1)), ADVICE),
    ),
    Row("рекомендация пришла неделю назад", POLICY, "unknown", (*STATED, ADVICE.but(date=date(2026, 11, 16)))),
    Row("рекомендация пришла восемь дней назад", POLICY, "not_met", (*STATED, ADVICE.but(date=date(2026, 11, 15)))),
    Row("рекомендация пришла вчера", POLICY, "unknown", (*STATED, ADVICE.but(date=date(2026, 11, 22)))),
    Row("рекомендация другим аккаунтам", POLICY, "met", (*STATED, ADVICE.but(accounts=("other-vk",)))),
)
def test_recommendations_are_taken_into_account(row: Row) -> None:
    check(row)


ATTESTED = requirement("attested", statement="training.done", by="head", valid_days=100)
HEAD, TRAINED = (body(), person(position="head")), attestation("training.done", "administration")


@rows(
    Row("подтвердил тот, кто вправе", ATTESTED, "met", (*HEAD, TRAINED)),
    Row("подтвердил другой", ATTESTED, "unknown", (body(), person(), TRAINED)),
    Row(
        "подтверждение истекло",
        ATTESTED,
        "unknown",
        (*HEAD, attestation("training.done", "administration", date=date(2026, 6, 1))),
    ),
    Row(
        "последний день подтверждения",
        ATTESTED,
        "met",
        (*HEAD, attestation("training.done", "administration", date=date(2026, 8, 15))),
    ),
    Row("никто не подтверждал", ATTESTED, "unknown", (body(),)),
    Row(
        "подтвердивший назначен на роль",
        ATTESTED,
        "met",
        (
            body(),
            person(),
            appointment(role="head", act=ActReference(date=date(2026, 1, 1))),
            TRAINED,
        ),
    ),
    Row(
        "роль, которая вправе подтверждать, у другого",
        ATTESTED,
        "unknown",
        (body(), person(), person("petrov"), appointment("petrov", role="head"), TRAINED),
    ),
    Row(
        "подтвердивший был назначен на роль, но раньше",
        ATTESTED,
        "unknown",
        (body(), person(), appointment(role="head", until=date(2026, 9, 1)), TRAINED),
    ),
    Row(
        "согласование подтверждено",
        requirement("coordination", **{"with": "regional body"}),
        "met",
        (person(), body(), attestation("coordination", "prirechensky")),
    ),
    Row("о согласовании не известно", requirement("coordination"), "unknown", (account(),)),
    Row(
        "контроль возложен назначением",
        requirement("control.officer", officer="управляющий делами"),
        "met",
        (person(), appointment("ivanova", "administration", "running", role="Управляющий делами")),
    ),
    Row(
        "контроль не возложен",
        requirement("control.officer", officer="управляющий делами"),
        "unknown",
        (person(), appointment()),
    ),
    Row(
        "отчёт за месяц сдан",
        requirement("reporting.periodic", period="quarter"),
        "met",
        (person(), body(), attestation("reporting.periodic", "prirechensky")),
    ),
    Row(
        "отчёт за неделю просрочен",
        requirement("reporting.periodic", period="week"),
        "unknown",
        (person(), body(), attestation("reporting.periodic", "prirechensky")),
    ),
)
def test_what_only_people_can_answer_for(row: Row) -> None:
    check(row)
