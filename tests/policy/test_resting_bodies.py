"""A duty that rests for a body or the municipality rests whatever it is judged for, on the days of its rest alone."""

from __future__ import annotations

from datetime import date
from typing import Any

from munsocial.model.statements import ExemptPeriod, Inquiry
from munsocial.testing.factories import account, body, moment, requirement, view, weekly
from policy_tables import Row, check, rows

LATE = Inquiry(id="q", body="administration", detected_at=moment("2026-11-10 10:00"))
DEADLINE = requirement("reply.deadline", limit=24, unit="hours", start="detected")
EXISTS = requirement("account.exists", networks=["vk"])
APPOINTED = requirement("responsible.appointed", duties=["running"])


def rest(kind: str, subject: str = "administration", last: int = 30) -> ExemptPeriod:
    return ExemptPeriod(
        subject=subject, since=date(2026, 11, 1), until=date(2026, 11, last), reason="пожар в здании", kinds=(kind,)
    )


@rows(
    Row("срок ответа: отдых органа", DEADLINE, "not_applicable", (body(), LATE, rest("reply.deadline")), says="пожар"),
    Row(
        "срок ответа: отдых всего района",
        DEADLINE,
        "not_applicable",
        (body(), LATE, rest("reply.deadline", "prirechensky")),
    ),
    Row("срок ответа: отдых кончился", DEADLINE, "not_met", (body(), LATE, rest("reply.deadline", last=22))),
    Row(
        "срок ответа: сегодня последний день отдыха",
        DEADLINE,
        "not_applicable",
        (body(), LATE, rest("reply.deadline", last=23)),
    ),
    Row(
        "срок ответа: вышел в последний день отдыха, тогда же и ответили",
        DEADLINE,
        "not_applicable",
        (body(), LATE.but(answered_at=moment("2026-11-11 12:00")), rest("reply.deadline", last=11)),
    ),
    Row("срок ответа: отдых от другого", DEADLINE, "not_met", (body(), LATE, rest("reply.routing"))),
    Row(
        "срок ответа: отдых другого органа",
        DEADLINE,
        ["not_met", "not_applicable"],
        (body(), body("school", "organisation"), LATE, rest("reply.deadline", "school")),
    ),
    Row("аккаунта нет, создавать его пока не нужно", EXISTS, "not_applicable", (body(), rest("account.exists"))),
    Row(
        "политика: отдых органа",
        requirement("policy.alignment"),
        "not_applicable",
        (body(), rest("policy.alignment")),
    ),
    Row(
        "обязанность района: отдых района",
        requirement("coordination"),
        "not_applicable",
        (body(), rest("coordination", "prirechensky")),
    ),
    Row(
        "обязанность района: отдых администрации, которая за неё отвечает",
        requirement("coordination"),
        "not_applicable",
        (body(), rest("coordination")),
    ),
    Row(
        "обязанность района: отдых школы её не снимает",
        requirement("coordination"),
        "unknown",
        (body(), body("school", "organisation"), rest("coordination", "school")),
    ),
    Row(
        "ответственного пока нет, и аккаунта нет",
        APPOINTED,
        "not_applicable",
        (body(), rest("responsible.appointed")),
    ),
    Row(
        "публикации органа в сумме: судят неделю за неделей",
        requirement("posting.frequency", min=3, scope="per_body"),
        ["not_applicable", "unknown"],
        (account(), rest("posting.frequency", last=22)),
        (view(posts=weekly(1)),),
        seen={"since": "2026-11-09"},
    ),
)
def test_resting_bodies(row: Row) -> None:
    check(row)


def between(first: int, last: int, kind: str = "reply.deadline") -> ExemptPeriod:
    return ExemptPeriod(
        subject="administration",
        since=date(2026, 11, first),
        until=date(2026, 11, last),
        reason="пожар в здании",
        kinds=(kind,),
    )


def message(asked: int, answered: int | None = None, **more: Any) -> Inquiry:
    """A message that was noticed at ten on a day of November and answered at ten on another."""
    done = moment(f"2026-11-{answered:02} 10:00") if answered else None
    asked_at = moment(f"2026-11-{asked:02} 10:00")
    return Inquiry(body="administration", detected_at=asked_at, answered_at=done, **{"id": f"q{asked}", **more})


BY_DAYS = requirement("reply.deadline", limit=1, unit="days", start="detected")
ROUTED = requirement("reply.routing", limit=1, unit="hours", role="specialist")
WHOLE = requirement("reply.content", must_have=["term"])
BOUNDARY = requirement("reply.appeal_boundary", appeals_law_applies=False)
IMPORTANT = requirement("reply.escalation", when=["threat"])
NOW = between(20, 30)


@rows(
    Row("просрочено до отдыха, который ещё идёт", DEADLINE, "not_met", (body(), message(2), NOW)),
    Row("срок вышел в отдых, который ещё идёт", DEADLINE, "not_applicable", (body(), message(20), NOW), says="пожар"),
    Row(
        "срок вышел в отдых, спрошено до него",
        DEADLINE,
        "not_applicable",
        (body(), message(19), NOW),
        says="пожар",
    ),
    Row("одно до отдыха, другое в нём", DEADLINE, "not_met", (body(), message(2), message(20), NOW), says="1 из 1"),
    Row("отвечено до отдыха вовремя", DEADLINE, "met", (body(), message(19, 20), message(20), NOW)),
    Row("сообщений нет", DEADLINE, "not_applicable", (body(), NOW), says="пожар"),
    Row("срок ещё идёт, обязанность отдыхает", DEADLINE, "not_applicable", (body(), message(23), NOW), says="пожар"),
    Row(
        "спрошено и отвечено внутри прошлого отдыха",
        DEADLINE,
        "not_applicable",
        (body(), message(10, 16), between(9, 18)),
        says="пожар",
    ),
    Row("спрошено в прошлом отдыхе, отвечено после", DEADLINE, "not_met", (body(), message(10, 20), between(9, 18))),
    Row("отвечено поздно до отдыха", DEADLINE, "not_met", (body(), message(2, 6), between(9, 18))),
    Row("последний день срока — канун отдыха", BY_DAYS, "not_met", (body(), message(18), NOW)),
    Row("последний день срока — первый день отдыха", BY_DAYS, "not_applicable", (body(), message(19), NOW)),
    Row("передача: просрочено до отдыха", ROUTED, "not_met", (body(), message(2), between(20, 30, "reply.routing"))),
    Row(
        "передача: пришло в отдых",
        ROUTED,
        "not_applicable",
        (body(), message(20), between(20, 30, "reply.routing")),
    ),
    Row(
        "неполный ответ до отдыха",
        WHOLE,
        "not_met",
        (body(), message(2, 3, answer_has=("apology",)), between(20, 30, "reply.content")),
    ),
    Row(
        "неполный ответ в отдых",
        WHOLE,
        "not_applicable",
        (body(), message(10, 11, answer_has=("apology",)), between(9, 18, "reply.content")),
    ),
    Row(
        "зарегистрировано напрасно до отдыха",
        BOUNDARY,
        "not_met",
        (
            body(),
            message(2, registered_at=moment("2026-11-02 11:00"), appeal=False),
            between(20, 30, "reply.appeal_boundary"),
        ),
    ),
    Row(
        "не доложено до отдыха",
        IMPORTANT,
        "not_met",
        (body(), message(2, significant=("threat",)), between(20, 30, "reply.escalation")),
    ),
    Row(
        "не доложено, пришло в отдых",
        IMPORTANT,
        "not_applicable",
        (body(), message(20, significant=("threat",)), between(20, 30, "reply.escalation")),
    ),
)
def test_a_rest_excuses_messages_whose_duty_fell_into_it(row: Row) -> None:
    check(row)
