"""People and accounts that are gone, or not there yet, answer for nothing; days to come have changed nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

from munsocial.model.accounts import AccountKind
from munsocial.model.credentials import Credential
from munsocial.testing.factories import (
    account,
    appointment,
    attestation,
    person,
    phone,
    profile,
    requirement,
    upstream,
    view,
)
from second_reading import REMARK, SATISFIED, UNKNOWN, VIOLATED, Case, cases, judge

HERE, PAGE = account(), "administration-vk"
GONE = person("gone", until=date(2025, 1, 1))
COMING = person("coming", since=date(2027, 1, 1))
MARK = requirement("account.state_verification")
SAID = attestation("account.state_verification", PAGE)


def mark(situation: str, expected: Any, *records: Any, **more: Any) -> Case:
    return Case(situation, MARK, expected, (HERE, person(), GONE, COMING, *records), **more)


@cases(
    mark("подтвердила работающая", SATISFIED, SAID),
    mark("подтвердил уволенный полтора года назад", UNKNOWN, SAID.but(by="gone"), says="не в счёт: Сотрудник gone"),
    mark("подтвердил тот, кто придёт через год", UNKNOWN, SAID.but(by="coming"), says="не в счёт"),
    mark("отрицает уволенный", UNKNOWN, SAID.but(by="gone", holds=False)),
    mark("подтвердил, пока работал, и потом ушёл", SATISFIED, person("left", until=date(2026, 10, 1)),
         SAID.but(by="left")),
    mark("подтвердила работающая, позже отрицает уволенный", SATISFIED, SAID,
         SAID.but(by="gone", date=date(2026, 11, 1), holds=False)),
    mark("о странице заявил уволенный, об органе работающая", SATISFIED, SAID.but(by="gone"),
         SAID.but(subject="administration")),
    Case("подписки скрыты, подтвердил уволенный",
         requirement("subscription.upstream", "should", upstream=["krai_governor"]), UNKNOWN,
         (HERE, GONE, upstream(), attestation("subscription.upstream", PAGE, by="gone"))),
)  # fmt: skip
def test_a_statement_counts_of_whoever_worked_here_that_day(case: Case) -> None:
    judge(case)


OWNER = account("owner", kind=AccountKind.PROFILE, title="Пресс-служба", phone="+78616320000")
OWNED = account(owner_profile="owner")
DUTY = requirement("moderation.duty", by="page_owner", applies_to=[PAGE])
BOUND = requirement("account.bound_phone", applies_to=[PAGE])


@cases(
    Case("владелец страницы работает", DUTY, SATISFIED, (account(owner_person="ivanova"), person())),
    Case("владелец страницы уволен", DUTY, VIOLATED, (account(owner_person="gone"), GONE), says="Сотрудник gone"),
    Case("владелец страницы ещё не работает", DUTY, VIOLATED, (account(owner_person="coming"), COMING)),
    Case("владелец страницы уволен, но есть и профиль", DUTY, SATISFIED,
         (OWNED.but(owner_person="gone"), OWNER, GONE), says="Модерирует Пресс-служба (ВКонтакте)"),
    Case("профиль-владелец закрыт", DUTY, UNKNOWN, (OWNED, OWNER.but(closed=date(2025, 1, 1))),
         says="Пресс-служба (ВКонтакте)", to_do="Впишите владельца"),
    Case("телефон закрытого профиля-владельца", BOUND, UNKNOWN, (OWNED, OWNER.but(closed=date(2025, 1, 1)), phone()),
         says="Пресс-служба (ВКонтакте)"),
    Case("телефон закрытого профиля-владельца, привязка подтверждена", BOUND, SATISFIED,
         (OWNED, OWNER.but(closed=date(2025, 1, 1)), phone(), person(), attestation("account.bound_phone", PAGE))),
)  # fmt: skip
def test_an_owner_who_is_gone_owns_nothing(case: Case) -> None:
    judge(case)


KEY = Credential(account=PAGE, kind="login", holder="ivanova")
KEPT = requirement("credentials.custody")
CLEAN = requirement("credentials.hygiene", complex=True, rotate_every="90d")


@cases(
    Case("ключ у того, кто придёт через год", KEPT, VIOLATED,
         (HERE, COMING, appointment("coming"), KEY.but(holder="coming")), says="первый день — 1 января 2027 года",
         not_ours="credential_without_appointment"),
    Case("смена пароля записана будущим числом", CLEAN, UNKNOWN,
         (HERE, person(), KEY.but(complex=True, rotated=date(2027, 1, 1))), says="дата смены"),
    Case("смена записана будущим числом, выдан давно", CLEAN, VIOLATED,
         (HERE, person(), KEY.but(complex=True, rotated=date(2027, 1, 1), issued=date(2026, 1, 1)))),
)  # fmt: skip
def test_keys_are_with_people_at_work_and_changed_in_the_past(case: Case) -> None:
    judge(case)


BIG = requirement("account.audience_register", threshold=10000, comparator="gt", since_="2024-11-01",
                  apply_within={"value": 10, "unit": "working_days"})  # fmt: skip


def big(situation: str, expected: Any, over: date | None, applied: date | None, **more: Any) -> Case:
    owner = account(audience_over_since=over, audience_register_applied=applied)
    return Case(situation, BIG, expected, (owner,), (view(profile=profile(subscribers=20000)),), **more)


@cases(
    big("заявление подано через два года", VIOLATED, date(2024, 11, 1), date(2026, 11, 20),
        says="подано 20 ноября 2026 года, а нужно было по", to_do="Дождитесь решения"),
    big("заявление подано в последний день", UNKNOWN, date(2026, 11, 5), date(2026, 11, 19)),
    big("заявление подано днём позже последнего", VIOLATED, date(2026, 11, 5), date(2026, 11, 20)),
    big("заявление будущим числом: не подано", VIOLATED, date(2024, 11, 1), date(2027, 11, 20), to_do="Подайте"),
    big("заявление будущим числом, порог пройден неделю назад", UNKNOWN, date(2026, 11, 16), date(2027, 11, 20),
        says="нужно подать по"),
    big("порог пройден до закона, подано в первые десять рабочих дней закона", UNKNOWN,
        date(2020, 1, 1), date(2024, 11, 5)),
    big("порог записан будущим числом", UNKNOWN, date(2027, 1, 1), None, says="когда пройден порог, не записано"),
)  # fmt: skip
def test_an_application_is_held_against_its_last_day(case: Case) -> None:
    judge(case)


def test_a_denial_of_a_worker_still_counts() -> None:
    judge(mark("отрицает работающая", VIOLATED, SAID.but(holds=False)))
    judge(Case("рекомендация", requirement("account.state_verification", "should"), REMARK,
               (HERE, person(), SAID.but(holds=False))))  # fmt: skip
