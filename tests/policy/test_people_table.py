"""Clause 3.2: who answers for accounts, who keeps their keys, how keys change hands."""

from __future__ import annotations

from datetime import date
from typing import Any

from munsocial.model.credentials import Credential, Handover
from munsocial.model.people import Absence, ActReference
from munsocial.testing.factories import (
    account,
    appointment,
    attestation,
    body,
    manager,
    missing,
    person,
    requirement,
    view,
)
from policy_tables import Row, check, rows

DUTIES = ["credential_custody", "credential_handover", "running"]
APPOINTED = requirement("responsible.appointed", clause="3.2", duties=DUTIES)
BY_ACT = requirement("responsible.appointed", duties=["running"], act_required=True)
BY_ROLE = requirement("responsible.appointed", duties=["running"], roles=["пресс-секретарь"])
RETOLD = requirement("responsible.appointed", duties=["running"], roles=["press secretary"])
ACT = ActReference(number="12-р", date=date(2026, 2, 1))
VK, IVANOVA, PETROV = account(), person(), person("petrov")
LEFT = person(until=date(2026, 11, 10))
AWAY = person(absences=(Absence(since=date(2026, 11, 1), until=date(2026, 12, 20), reason="отпуск"),))


@rows(
    Row("один человек держит все обязанности", APPOINTED, "met", (VK, IVANOVA, appointment())),
    Row(
        "три человека по одной обязанности",
        APPOINTED,
        "met",
        (
            VK,
            IVANOVA,
            PETROV,
            person("sidorova"),
            appointment("ivanova", "administration", "credential_custody"),
            appointment("petrov", "administration", "credential_handover"),
            appointment("sidorova", "administration", "running"),
        ),
    ),
    Row("никто не назначен", APPOINTED, "not_met", (VK,)),
    Row(
        "за передачу паролей никто не отвечает",
        APPOINTED,
        "not_met",
        (VK, IVANOVA, appointment("ivanova", "administration", "credential_custody", "running")),
        says="передача логинов",
    ),
    Row(
        "назначение истекло, человек работает",
        APPOINTED,
        "not_met",
        (VK, IVANOVA, appointment(until=date(2026, 11, 22))),
        says="Прежнее назначение (Сотрудник ivanova) действовало по 22 ноября 2026 года",
    ),
    Row("последний день назначения", APPOINTED, "met", (VK, IVANOVA, appointment(until=date(2026, 11, 23)))),
    Row("назначение ещё не началось", APPOINTED, "not_met", (VK, IVANOVA, appointment(since=date(2026, 12, 1)))),
    Row(
        "ответственный уволился, нового нет",
        APPOINTED,
        "not_met",
        (VK, LEFT, appointment()),
        says="Прежний ответственный (Сотрудник ivanova) ушёл 10 ноября 2026 года",
    ),
    Row(
        "уволился, новый назначен назавтра: перерыва нет",
        APPOINTED,
        "met",
        (VK, LEFT, PETROV, appointment(), appointment("petrov", since=date(2026, 11, 11))),
    ),
    Row(
        "уволился, новый назначен через девять дней: перерыв",
        APPOINTED,
        "met",
        (VK, LEFT, PETROV, appointment(), appointment("petrov", since=date(2026, 11, 20))),
        derived=["gap"] * 3,
    ),
    Row("назначен только на другой аккаунт", APPOINTED, "not_met", (VK, IVANOVA, appointment(accounts=("other-vk",)))),
    Row(
        "назначен в другом органе",
        APPOINTED,
        "not_met",
        (VK, IVANOVA, appointment(body="education"), body("education", "sectoral", until=date(2025, 1, 1))),
    ),
    Row(
        "ответственный надолго в отпуске, заместителя нет",
        APPOINTED,
        "met",
        (VK, AWAY, appointment()),
        derived=["absence"] * 3,
    ),
    Row(
        "ответственный в отпуске, заместитель есть", APPOINTED, "met", (VK, AWAY, PETROV, appointment(deputy="petrov"))
    ),
    Row(
        "ответственный — работник подрядчика",
        APPOINTED,
        "met",
        (VK, person(contractor=True), appointment()),
        derived=["contractor"],
    ),
    Row("аккаунтов ещё нет, но ответственные назначены", APPOINTED, "met", (IVANOVA, appointment())),
    Row("аккаунтов нет, ответственных тоже", APPOINTED, "not_met", (body(),)),
    Row("назначение без акта, а акт нужен", BY_ACT, "not_met", (VK, IVANOVA, appointment())),
    Row("назначение актом", BY_ACT, "met", (VK, IVANOVA, appointment(act=ACT))),
    Row("назначен не тот, кого называет акт", BY_ROLE, "not_met", (VK, IVANOVA, appointment(role="бухгалтер"))),
    Row(
        "акт пересказан по-английски, должность записана по-русски: решать человеку",
        RETOLD,
        "unknown",
        (VK, person(position="Пресс-секретарь"), appointment()),
    ),
    Row(
        "акт пересказан по-английски, роль записана по-русски: решать человеку",
        RETOLD,
        "unknown",
        (VK, IVANOVA, appointment(role="бухгалтер")),
        says="те ли это, кого называет акт (press secretary), не записано",
    ),
    Row(
        "акт пересказан по-английски, роль записана его словами",
        RETOLD,
        "met",
        (VK, person(position="Пресс-секретарь"), appointment(role="press secretary")),
    ),
    Row(
        "акт пересказан по-английски, и роль по-английски другая",
        RETOLD,
        "not_met",
        (VK, person(position="Бухгалтер"), appointment(role="accountant")),
    ),
    Row(
        "акт называет должность и русским, и латинским словом, записана другая",
        requirement("responsible.appointed", duties=["running"], roles=["SMM-специалист"]),
        "not_met",
        (VK, IVANOVA, appointment(role="бухгалтер")),
    ),
    Row("назначен тот, кого называет акт", BY_ROLE, "met", (VK, IVANOVA, appointment(role="Пресс-секретарь"))),
)
def test_responsible_persons(row: Row) -> None:
    check(row)


def key(holder: str | None = "ivanova", **fields: Any) -> Credential:
    return Credential(account="administration-vk", kind="login", holder=holder, **{"since": date(2025, 1, 1), **fields})


CUSTODY = requirement("credentials.custody", clause="3.2", handover_record=True)
KEPT = (VK, IVANOVA, PETROV, appointment(), appointment("petrov"))
FIRST = key("ivanova", until=date(2026, 5, 31))
SECOND = key("petrov", since=date(2026, 6, 1))
HANDED = Handover(account="administration-vk", giver="ivanova", taker="petrov", date=date(2026, 6, 1), rotated=True)


@rows(
    Row("ключ хранит назначенный", CUSTODY, "met", (*KEPT, key())),
    Row("о ключах ничего не записано", CUSTODY, "not_met", KEPT),
    Row("ключ отозван, другого нет", CUSTODY, "not_met", (*KEPT, key(revoked=date(2026, 1, 1)))),
    Row("хранитель не записан", CUSTODY, "not_met", (*KEPT, key(None))),
    Row("хранитель уволился", CUSTODY, "not_met", (VK, LEFT, appointment(), key()), says="10 ноября 2026 года"),
    Row(
        "хранит тот, на кого хранение не возложено",
        CUSTODY,
        "met",
        (VK, IVANOVA, appointment("ivanova", "administration", "running"), key()),
        derived=["credential_without_appointment"],
    ),
    Row("ключ передан, передача записана", CUSTODY, "met", (*KEPT, FIRST, SECOND, HANDED)),
    Row("ключ сменил хранителя без записи", CUSTODY, ["met", "not_met"], (*KEPT, FIRST, SECOND)),
    Row(
        "записана передача другому человеку",
        CUSTODY,
        ["met", "not_met"],
        (*KEPT, FIRST, SECOND, HANDED.but(taker="ivanova")),
    ),
    Row(
        "пароль при передаче не сменили",
        CUSTODY,
        "met",
        (*KEPT, FIRST, SECOND, HANDED.but(rotated=False)),
        derived=["not_rotated"],
    ),
    Row("акт не требует записи о передаче", requirement("credentials.custody"), "met", (*KEPT, FIRST, SECOND)),
    Row("ключ истёк", CUSTODY, "met", (*KEPT, key(expires=date(2026, 11, 1))), derived=["expired_key"]),
    Row(
        "страницей управляет посторонний",
        CUSTODY,
        "met",
        (*KEPT, key()),
        (view(managers=(manager("user-9"),)),),
        derived=["unregistered_administrator"],
    ),
    Row(
        "страницей управляет свой",
        CUSTODY,
        "met",
        (VK, person(profiles={"vk": "user-1"}), appointment(), key()),
        (view(managers=(manager("user-1"),)),),
    ),
    Row(
        "страницей управляет уволенный",
        CUSTODY,
        "met",
        (VK, IVANOVA, appointment(), key(), person("old", until=date(2026, 1, 1), profiles={"vk": "user-2"})),
        (view(managers=(manager("user-2"),)),),
        derived=["former_administrator"],
    ),
    Row(
        "страницей управляет профиль-владелец из реестра",
        CUSTODY,
        ["met", "not_met"],
        (
            account(owner_profile="owner"),
            account("owner", network_id="user-3", kind="profile"),
            IVANOVA,
            appointment(),
            key(),
        ),
        (view(managers=(manager("user-3"),)),),
    ),
    Row("кто управляет страницей, не видно", CUSTODY, "met", (*KEPT, key()), (view(managers=missing("no_right")),)),
    Row(
        "владелец страницы в сети уволился",
        CUSTODY,
        "met",
        (account(owner_person="old"), IVANOVA, appointment(), key(), person("old", until=date(2026, 1, 1))),
        derived=["former_owner"],
    ),
)
def test_custody_of_keys(row: Row) -> None:
    check(row)


HYGIENE = requirement("credentials.hygiene", complex=True, rotate_every="90d")
TWO = requirement("credentials.two_factor", roles=["owner", "administrator"])


@rows(
    Row("пароль стойкий и недавно сменён", HYGIENE, "met", (*KEPT, key(complex=True, rotated=date(2026, 10, 1)))),
    Row("пароль слабый", HYGIENE, "not_met", (*KEPT, key(complex=False, rotated=date(2026, 10, 1)))),
    Row("пароль не меняли полгода", HYGIENE, "not_met", (*KEPT, key(complex=True, rotated=date(2026, 5, 1)))),
    Row("когда меняли, не записано", HYGIENE, "unknown", (*KEPT, key(complex=True))),
    Row(
        "когда меняли, записано об одном ключе из двух",
        HYGIENE,
        "unknown",
        (*KEPT, key(complex=True, rotated=date(2026, 10, 1)), key("petrov", complex=True)),
    ),
    Row(
        "ключ есть у подрядчика",
        HYGIENE,
        "not_met",
        (*KEPT, key(complex=True, rotated=date(2026, 10, 1), third_party="ООО «Реклама»")),
    ),
    Row("ключей в реестре нет", HYGIENE, "unknown", KEPT),
    Row("меры в акте не названы", requirement("credentials.hygiene"), "unknown", (*KEPT, key())),
    Row("вход в два шага включён", TWO, "met", (account(two_factor={"owner": True, "administrator": True}),)),
    Row(
        "у администратора вход в два шага выключен",
        TWO,
        "not_met",
        (account(two_factor={"owner": True, "administrator": False}),),
    ),
    Row("об администраторе не известно", TWO, "unknown", (account(two_factor={"owner": True}),)),
    Row(
        "о входе в два шага есть подтверждение",
        TWO,
        "met",
        (VK, IVANOVA, attestation("credentials.two_factor", "administration-vk")),
    ),
)
def test_hygiene_of_keys(row: Row) -> None:
    check(row)
