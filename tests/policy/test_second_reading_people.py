"""Clauses 3.2 and 4 read a second time: who answers, who holds the keys, who still has them."""

from __future__ import annotations

from datetime import date
from typing import Any

from munsocial.model.people import Absence, ActReference
from munsocial.model.statements import Recommendation
from munsocial.testing.factories import (
    account,
    appointment,
    attestation,
    body,
    person,
    requirement,
)
from second_reading import NOT_APPLICABLE, SATISFIED, UNKNOWN, VIOLATED, Case, cases, judge

TODAY, YESTERDAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 22), date(2026, 11, 24)
DUTIES = ("credential_custody", "credential_handover", "running")
NAMED = requirement("responsible.appointed", clause="3.2", duties=DUTIES)
HERE, IVANOVA, PETROV = account(), person(), person("petrov")
ALL = appointment()


def people(situation: str, expected: Any, *records: Any, ask: Any = NAMED, **more: Any) -> Case:
    return Case(situation, ask, expected, (HERE, IVANOVA, PETROV, *records), **more)


@cases(
    people("одна на все три обязанности", SATISFIED, ALL, proof="registry", not_ours=("gap", "absence")),
    people(
        "по одному на каждую обязанность",
        SATISFIED,
        *(
            appointment(who, "administration", duty)
            for who, duty in zip(("ivanova", "petrov", "ivanova"), DUTIES, strict=True)
        ),
    ),
    people("никого", VIOLATED, to_do="Назначьте"),
    people(
        "не назначен, кто передаёт пароли",
        VIOLATED,
        appointment("ivanova", "administration", "credential_custody", "running"),
        says="передача логинов и паролей",
    ),
    people("назначение кончилось вчера", VIOLATED, ALL.but(until=YESTERDAY)),
    people("назначение кончается сегодня", SATISFIED, ALL.but(until=TODAY)),
    people("назначение начнётся завтра", VIOLATED, ALL.but(since=TOMORROW)),
    people("назначение началось сегодня", SATISFIED, ALL.but(since=TODAY)),
    people(
        "преемник назначен со следующего дня: разрыва нет",
        SATISFIED,
        ALL.but(until=date(2026, 10, 31)),
        appointment("petrov", since=date(2026, 11, 1)),
        not_ours="gap",
    ),
    people(
        "преемник назначен через день: сегодня порядок, но был разрыв",
        SATISFIED,
        ALL.but(until=date(2026, 10, 31)),
        appointment("petrov", since=date(2026, 11, 2)),
        ours="gap",
    ),
    people(
        "назначения перекрываются",
        SATISFIED,
        ALL.but(until=date(2026, 11, 10)),
        appointment("petrov", since=date(2026, 11, 1)),
        not_ours="gap",
    ),
    people(
        "разрыв закрыт третьим, чьё назначение длиннее",
        SATISFIED,
        ALL.but(until=date(2026, 10, 31)),
        appointment("petrov", since=date(2026, 11, 5)),
        appointment("sidorov", since=date(2026, 1, 1)),
        person("sidorov"),
        not_ours="gap",
    ),
    people(
        "второе назначение кончилось раньше первого, третье - сразу за первым",
        SATISFIED,
        ALL.but(until=date(2026, 11, 10)),
        appointment("petrov", since=date(2026, 10, 28), until=date(2026, 11, 1)),
        appointment("petrov", since=date(2026, 11, 11)),
        not_ours="gap",
    ),
    people(
        "назначенный уволен вчера, а назначение не отменено",
        VIOLATED,
        appointment("left"),
        person("left", until=YESTERDAY),
    ),
    people("сегодня последний рабочий день назначенного", SATISFIED, appointment("left"), person("left", until=TODAY)),
    people("назначенный выйдет на работу завтра", VIOLATED, appointment("left"), person("left", since=TOMORROW)),
    people(
        "назначен на один аккаунт из двух",
        {"administration-vk": SATISFIED, "administration-ok": VIOLATED},
        ALL.but(accounts=("administration-vk",)),
        account("administration-ok", network="ok"),
    ),
    people(
        "назначен в другом органе",
        {"administration-vk": VIOLATED, "culture": SATISFIED},
        appointment("ivanova", "culture"),
        body("culture", "sectoral"),
    ),
    people(
        "акт о назначении нужен, его нет",
        VIOLATED,
        ALL,
        ask=requirement("responsible.appointed", duties=DUTIES, act_required=True),
    ),
    people(
        "акт о назначении нужен, он есть",
        SATISFIED,
        ALL.but(act=ActReference(number="12-р", date=date(2026, 1, 1))),
        ask=requirement("responsible.appointed", duties=DUTIES, act_required=True),
    ),
    people(
        "назначен подрядчик: порядок знает только работников органа",
        SATISFIED,
        appointment("firm"),
        person("firm", contractor=True),
        ours="contractor",
    ),
    Case("страница закрыта вчера: отвечать не за что", NAMED, NOT_APPLICABLE, (account(closed=YESTERDAY),)),
)
def test_somebody_is_responsible(case: Case) -> None:
    judge(case)


def away(days: int, **more: Any) -> Any:
    return person(
        "ivanova",
        absences=(
            Absence(
                since=date(2026, 11, 10),
                until=date.fromordinal(date(2026, 11, 10).toordinal() + days - 1),
                reason="отпуск",
            ),
        ),
        **more,
    )


@cases(
    Case("в отпуске две недели - ровно порог", NAMED, SATISFIED, (HERE, away(14), ALL), not_ours="absence"),
    Case("в отпуске дольше порога, заместителя нет", NAMED, SATISFIED, (HERE, away(28), ALL), ours="absence"),
    Case(
        "в отпуске дольше порога, заместитель есть",
        NAMED,
        SATISFIED,
        (HERE, away(28), PETROV, ALL.but(deputy="petrov")),
        not_ours="absence",
    ),
    Case(
        "в отпуске дольше порога, заместитель уволен",
        NAMED,
        SATISFIED,
        (HERE, away(28), PETROV.but(until=YESTERDAY), ALL.but(deputy="petrov")),
        ours="absence",
    ),
    Case(
        "один в отпуске, второй назначен на то же",
        NAMED,
        SATISFIED,
        (HERE, away(28), PETROV, ALL, appointment("petrov")),
        not_ours="absence",
    ),
)
def test_absences_and_deputies(case: Case) -> None:
    judge(case)


POLICY = requirement("policy.alignment", clause="4", mode="take_into_account")
FOLLOWED = attestation("policy.alignment", "administration")
ADVICE = Recommendation(id="r1", from_whom="департамент", date=date(2026, 10, 1), summary="Ставить хэштег")


def policy(situation: str, expected: Any, *records: Any, ask: Any = POLICY) -> Case:
    return Case(situation, ask, expected, (HERE, *records))


@cases(
    policy("подтверждено, рекомендаций не было", SATISFIED, FOLLOWED),
    policy("никто не подтвердил", UNKNOWN),
    policy("подтверждение истекло вчера", UNKNOWN, FOLLOWED.but(valid_until=YESTERDAY)),
    policy("рекомендация исполнена", SATISFIED, FOLLOWED, ADVICE.but(done=date(2026, 10, 5))),
    policy(
        "мотивированный отказ - тоже «с учётом»",
        SATISFIED,
        FOLLOWED,
        ADVICE.but(refused=date(2026, 10, 5), reason="ЗоПД"),
    ),
    policy("отказ без причины", VIOLATED, FOLLOWED, ADVICE.but(refused=date(2026, 10, 5))),
    policy("на рекомендацию никак не ответили", VIOLATED, FOLLOWED, ADVICE),
    policy("рекомендация получена вчера", UNKNOWN, FOLLOWED, ADVICE.but(date=YESTERDAY)),
    policy("рекомендация датирована завтра", SATISFIED, FOLLOWED, ADVICE.but(date=TOMORROW)),
    policy(
        "отказ записан завтрашним числом: сегодня ответа нет",
        VIOLATED,
        FOLLOWED,
        ADVICE.but(refused=TOMORROW, reason="ЗоПД"),
    ),
    policy(
        "акт требует исполнять: отказ не годится",
        VIOLATED,
        FOLLOWED,
        ADVICE.but(refused=date(2026, 10, 5), reason="ЗоПД"),
        ask=requirement("policy.alignment", mode="conform"),
    ),
)
def test_policy_and_recommendations(case: Case) -> None:
    judge(case)
