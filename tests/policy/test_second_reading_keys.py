"""Clause 3.2 read a second time: who keeps logins and passwords, who still knows them, who has power over a page."""

from __future__ import annotations

from datetime import date
from typing import Any

from munsocial.model.credentials import Credential, Handover
from munsocial.model.snapshot import Observed
from munsocial.testing.factories import (
    account,
    appointment,
    attestation,
    manager,
    missing,
    person,
    requirement,
    view,
)
from second_reading import SATISFIED, UNKNOWN, VIOLATED, Case, cases, judge

TODAY, YESTERDAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 22), date(2026, 11, 24)
DUTIES = ("credential_custody", "credential_handover", "running")
NAMED = requirement("responsible.appointed", clause="3.2", duties=DUTIES)
HERE, IVANOVA, PETROV = account(), person(), person("petrov")
ALL = appointment()


KEPT = requirement("credentials.custody", clause="3.2", handover_record=True)
KEY = Credential(account="administration-vk", kind="community_key", holder="ivanova", since=date(2026, 1, 1))
HANDED = Handover(account="administration-vk", giver="petrov", taker="ivanova", date=date(2026, 6, 1), rotated=True)
LEFT = person("petrov", until=date(2026, 5, 31))


def keys(situation: str, expected: Any, *records: Any, **more: Any) -> Case:
    return Case(situation, KEPT, expected, (HERE, IVANOVA, ALL, *records), **more)


@cases(
    keys("ключ у назначенной, всё записано", SATISFIED, KEY, proof="registry"),
    keys("держатель уволен вчера", VIOLATED, KEY.but(holder="left"), person("left", until=YESTERDAY), to_do="ередайте"),
    keys(
        "сегодня последний рабочий день держателя",
        SATISFIED,
        KEY.but(holder="left"),
        person("left", until=TODAY),
        appointment("left"),
    ),
    keys("держатель не записан", VIOLATED, KEY.but(holder=None)),
    keys("о ключах не записано ничего", VIOLATED, to_do="Внесите"),
    keys("ключ отозван: держать нечего, других нет", VIOLATED, KEY.but(revoked=YESTERDAY)),
    keys(
        "отозванный ключ уволенного не мешает",
        SATISFIED,
        KEY,
        KEY.but(kind="user_key", holder="petrov", until=date(2026, 5, 31), revoked=date(2026, 5, 31)),
        LEFT,
    ),
    keys(
        "сменился держатель, записи о передаче нет",
        [SATISFIED, VIOLATED],
        KEY.but(holder="petrov", until=date(2026, 5, 31)),
        KEY.but(since=date(2026, 6, 1)),
        LEFT,
        says="ередач",
    ),
    keys(
        "сменился держатель, передача записана",
        SATISFIED,
        KEY.but(holder="petrov", until=date(2026, 5, 31)),
        KEY.but(since=date(2026, 6, 1), rotated=date(2026, 6, 1)),
        LEFT,
        HANDED,
        not_ours="not_rotated",
    ),
    keys(
        "передача записана будущим числом",
        [SATISFIED, VIOLATED],
        KEY.but(holder="petrov", until=date(2026, 5, 31)),
        KEY.but(since=date(2026, 6, 1)),
        LEFT,
        HANDED.but(date=TOMORROW),
    ),
    keys(
        "передали, но пароль не сменили",
        SATISFIED,
        KEY.but(holder="petrov", until=date(2026, 5, 31)),
        KEY.but(since=date(2026, 6, 1)),
        LEFT,
        HANDED.but(rotated=False),
        ours="not_rotated",
    ),
    keys(
        "при передаче пароль не сменили, но сменили через неделю",
        SATISFIED,
        KEY.but(holder="petrov", until=date(2026, 5, 31)),
        KEY.but(since=date(2026, 6, 1), rotated=date(2026, 6, 8)),
        LEFT,
        HANDED.but(rotated=False),
        not_ours="not_rotated",
    ),
    keys(
        "сменён ли пароль, не записано, а он старше увольнения",
        SATISFIED,
        KEY.but(holder="petrov", until=date(2026, 5, 31)),
        KEY.but(since=date(2026, 6, 1), rotated=date(2026, 3, 1)),
        LEFT,
        HANDED.but(rotated=None),
        ours="not_rotated",
    ),
    keys(
        "сменён ли пароль, не записано, а передавший ещё работает",
        SATISFIED,
        KEY.but(holder="petrov", until=date(2026, 5, 31)),
        KEY.but(since=date(2026, 6, 1), rotated=date(2026, 3, 1)),
        LEFT.but(until=date(2026, 12, 31)),
        HANDED.but(rotated=None),
        not_ours="not_rotated",
    ),
    keys(
        "держатель никем не назначен хранить",
        SATISFIED,
        KEY.but(holder="sidorov"),
        person("sidorov"),
        ours="credential_without_appointment",
    ),
    keys(
        "владелец страницы в сети уволен: права владельца надо было передать до увольнения",
        [SATISFIED, SATISFIED],
        KEY,
        account("channel", network="telegram", owner_person="petrov"),
        Credential(account="channel", kind="login", holder="ivanova"),
        LEFT,
        ours="former_owner",
    ),
    keys("срок ключа истёк вчера", SATISFIED, KEY.but(expires=YESTERDAY), ours="expired_key"),
    keys("срок ключа истекает сегодня: сегодня ещё годен", SATISFIED, KEY.but(expires=TODAY), not_ours="expired_key"),
)
def test_keys_are_kept_and_handed_over(case: Case) -> None:
    judge(case)


def hygiene(situation: str, expected: Any, *records: Any, says: str = "", **params: Any) -> Case:
    return Case(situation, requirement("credentials.hygiene", **params), expected, (HERE, IVANOVA, *records), says=says)


@cases(
    hygiene("меняли ровно 90 дней назад", SATISFIED, KEY.but(rotated=date(2026, 8, 25)), rotate_every="90d"),
    hygiene("меняли 91 день назад", VIOLATED, KEY.but(rotated=date(2026, 8, 24)), rotate_every="90d"),
    hygiene("раз в три месяца, меняли 23 августа", SATISFIED, KEY.but(rotated=date(2026, 8, 23)), rotate_every="3m"),
    hygiene(
        "раз в три месяца, меняли 22 августа",
        VIOLATED,
        KEY.but(rotated=date(2026, 8, 22)),
        says="менять нужно раз в 3 месяца",
        rotate_every="3m",
    ),
    hygiene("раз в год, меняли 23 ноября", SATISFIED, KEY.but(rotated=date(2025, 11, 23)), rotate_every="1y"),
    hygiene(
        "раз в год, меняли 22 ноября",
        VIOLATED,
        KEY.but(rotated=date(2025, 11, 22)),
        says="менять нужно раз в год",
        rotate_every="1y",
    ),
    hygiene("менять каждый день, меняли сегодня", SATISFIED, KEY.but(rotated=TODAY), rotate_every=1),
    hygiene("когда меняли, не записано", UNKNOWN, KEY, rotate_every="90d"),
    hygiene("пароль простой", VIOLATED, KEY.but(complex=False), complex=True),
    hygiene("сложность не указана", UNKNOWN, KEY, complex=True),
    hygiene(
        "ключ есть у посторонней фирмы", VIOLATED, KEY.but(complex=True, third_party="SMM-агентство"), complex=True
    ),
    hygiene("ключи не записаны", UNKNOWN, complex=True),
    hygiene("что именно требуется, из акта неизвестно", UNKNOWN, KEY, complex=None, rotate_every=None),
)
def test_hygiene_of_keys(case: Case) -> None:
    judge(case)


TWO = requirement("credentials.two_factor", roles=("owner", "administrator"))


@cases(
    Case(
        "у владельца и администратора включён",
        TWO,
        SATISFIED,
        (account(two_factor={"owner": True, "administrator": True}),),
    ),
    Case("у администратора выключен", TWO, VIOLATED, (account(two_factor={"owner": True, "administrator": False}),)),
    Case("об администраторе не записано", TWO, UNKNOWN, (account(two_factor={"owner": True}),)),
    Case(
        "ничего не записано, подтвердил ответственный",
        TWO,
        SATISFIED,
        (HERE, attestation("credentials.two_factor", "administration-vk")),
    ),
    Case("ничего не записано", TWO, UNKNOWN, (HERE,)),
    Case(
        "выключен у владельца, хотя подтверждено «включён»",
        TWO,
        VIOLATED,
        (account(two_factor={"owner": False}), attestation("credentials.two_factor", "administration-vk")),
    ),
)
def test_two_factor(case: Case) -> None:
    judge(case)


MEMBER = person(profiles={"vk": "user-1"})


@cases(
    Case(
        "все администраторы страницы в реестре",
        KEPT,
        SATISFIED,
        (HERE, MEMBER, ALL, KEY),
        (view(managers=[manager()]),),
        not_ours=("unregistered_administrator", "former_administrator"),
    ),
    Case(
        "администратор, которого нет в реестре",
        KEPT,
        SATISFIED,
        (HERE, MEMBER, ALL, KEY),
        (view(managers=[manager("user-2")]),),
        ours="unregistered_administrator",
    ),
    Case(
        "уволенный остался администратором",
        KEPT,
        SATISFIED,
        (HERE, MEMBER, ALL, KEY, person("left", until=YESTERDAY, profiles={"vk": "user-2"})),
        (view(managers=[manager("user-2")]),),
        ours="former_administrator",
    ),
    Case(
        "администраторы не видны: молчим",
        KEPT,
        SATISFIED,
        (HERE, MEMBER, ALL, KEY),
        (view(managers=missing("no_right")),),
        not_ours=("unregistered_administrator", "former_administrator"),
    ),
    Case(
        "адрес страницы теперь ведёт на чужой аккаунт",
        requirement("account.exists", networks=("vk",), mode="any"),
        UNKNOWN,
        (HERE,),
        (view(handle_now=Observed[str](value="id-stranger")),),
        ours="takeover",
    ),
)
def test_who_has_power_over_a_page(case: Case) -> None:
    judge(case)
