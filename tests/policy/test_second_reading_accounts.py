"""Clauses 2.1 and 3.1 and federal facts read a second time: accounts, their phones, marks and registers."""

from __future__ import annotations

from datetime import date
from typing import Any

from munsocial.model.accounts import AccountKind
from munsocial.model.snapshot import AccountView
from munsocial.testing.factories import (
    account,
    attestation,
    body,
    missing,
    moment,
    phone,
    profile,
    requirement,
    status,
    view,
)
from second_reading import NOT_APPLICABLE, REMARK, SATISFIED, SUSPENDED, UNKNOWN, VIOLATED, Case, cases, judge

FIVE = ("ok", "vk", "facebook", "twitter", "instagram")
ADMINISTRATION = body()
TODAY = date(2026, 11, 23)
YESTERDAY, TOMORROW = date(2026, 11, 22), date(2026, 11, 24)


def exists(mode: str = "any", networks: tuple[str, ...] = FIVE, **more: Any) -> Any:
    return requirement("account.exists", clause="2.1", mode=mode, networks=networks, **more)


def page(id: str = "administration-vk", network: str = "vk", **fields: Any) -> AccountView:
    return view(id, network=network, profile=profile(**fields))


OK = account("administration-ok", network="ok")


@cases(
    Case(
        "есть одна страница в одной сети, она читается",
        exists(),
        SATISFIED,
        (account(),),
        (page(),),
        says="Одноклассники",
    ),
    Case("ни одной страницы", exists(), VIOLATED, (ADMINISTRATION,), to_do="Создайте", proof="registry"),
    Case("страница закрыта вчера", exists(), VIOLATED, (account(closed=YESTERDAY),)),
    Case("страница закрывается сегодня: последний день", exists(), SATISFIED, (account(closed=TODAY),), (page(),)),
    Case("страница откроется завтра", exists(), VIOLATED, (account(opened=TOMORROW),)),
    Case("страница открыта сегодня", exists(), SATISFIED, (account(opened=TODAY),), (page(),)),
    Case("сеть говорит, что страница удалена", exists(), VIOLATED, (account(),), (page(blocked="deleted"),)),
    Case("сеть такой страницы не знает", exists(), VIOLATED, (account(),), (view(profile=missing("not_found")),)),
    Case(
        "во всех названных: одной нет",
        exists("all", ("vk", "ok")),
        VIOLATED,
        (account(),),
        (page(),),
        says="Одноклассники",
    ),
    Case(
        "во всех названных: обе есть",
        exists("all", ("vk", "ok")),
        SATISFIED,
        (account(), OK),
        (page(), page("administration-ok", "ok")),
    ),
    Case("не меньше одной: одна", exists("at_least_n", n=1), SATISFIED, (account(),), (page(),)),
    Case("не меньше двух: одна", exists("at_least_n", n=2), VIOLATED, (account(),), (page(),)),
    Case(
        "не меньше двух: две",
        exists("at_least_n", n=2),
        SATISFIED,
        (account(), OK),
        (page(), page("administration-ok", "ok")),
    ),
    Case(
        "две страницы в одной сети - это одна сеть",
        exists("at_least_n", n=2),
        VIOLATED,
        (account(), account("second-vk")),
        (page(), page("second-vk")),
    ),
    Case(
        "страница только в другой сети, акт её не называет",
        exists("any", ("vk", "ok")),
        VIOLATED,
        (account("administration-tg", network="telegram"),),
    ),
    Case("сети не названы: годится любая", exists("any", ()), SATISFIED, (account(),), (page(),)),
    Case("сети не названы, страниц нет", exists("any", ()), VIOLATED, (ADMINISTRATION,)),
    Case("завести страницу можно, но не обязательно", exists(level="may"), NOT_APPLICABLE, (ADMINISTRATION,)),
    Case("рекомендация завести страницу", exists(level="should"), REMARK, (ADMINISTRATION,)),
    Case(
        "орган без прав юридического лица: пункт 3 не о нём",
        exists(applies_to=("legal_entity_body",)),
        NOT_APPLICABLE,
        (body("culture", "sectoral", legal_entity=False),),
    ),
    Case(
        "орган упразднён вчера, другой появится завтра",
        exists(),
        {"administration": SATISFIED},
        (account(), body("old", "sectoral", until=YESTERDAY), body("new", "sectoral", since=TOMORROW)),
        (page(),),
    ),
)
def test_an_account_exists(case: Case) -> None:
    judge(case)


META = {"network_status": (status("facebook", since="2022-03-04"),)}
FACEBOOK = account("administration-fb", network="facebook", opened=date(2015, 1, 1))
THIRTY = exists("any", (), deadline_days=30)


@cases(
    Case(
        "единственная страница - в сети, которая запрещена сейчас",
        exists("any", ("facebook", "vk")),
        [VIOLATED, SUSPENDED],
        (FACEBOOK,),
        of_act=META,
    ),
    Case(
        "та же страница за день до запрета",
        exists("any", ("facebook", "vk")),
        SATISFIED,
        (FACEBOOK,),
        (page("administration-fb", "facebook"),),
        at=moment("2022-03-03 12:00"),
        of_act=META,
    ),
    Case(
        "нужны две сети, названы две, одна из них запрещена: довольно второй",
        exists("at_least_n", ("facebook", "vk"), n=2),
        [SATISFIED, SUSPENDED],
        (account(),),
        (page(),),
        of_act=META,
    ),
    Case("все названные сети запрещены", exists("any", ("facebook",)), SUSPENDED, (FACEBOOK,), of_act=META),
    Case(
        "федеральная обязанность с 1 декабря 2022 года: 30 ноября ещё не действует",
        exists("any", ("vk", "ok"), since_="2022-12-01"),
        NOT_APPLICABLE,
        (ADMINISTRATION,),
        at=moment("2022-11-30 23:59"),
    ),
    Case(
        "федеральная обязанность с 1 декабря 2022 года: в полночь действует",
        exists("any", ("vk", "ok"), since_="2022-12-01"),
        VIOLATED,
        (ADMINISTRATION,),
        at=moment("2022-12-01 00:00"),
    ),
    Case("требование действовало по вчера", exists(until_="2026-11-22"), NOT_APPLICABLE, (ADMINISTRATION,)),
    Case("требование действует по сегодня", exists(until_="2026-11-23"), VIOLATED, (ADMINISTRATION,)),
    Case(
        "тридцать дней на создание: тридцатый день ещё идёт",
        THIRTY,
        UNKNOWN,
        (ADMINISTRATION,),
        at=moment("2020-05-02 23:59"),
        of_act={"in_force_from": "2020-04-02"},
    ),
    Case(
        "тридцать дней на создание: срок истёк в полночь",
        THIRTY,
        VIOLATED,
        (ADMINISTRATION,),
        at=moment("2020-05-03 00:00"),
        of_act={"in_force_from": "2020-04-02"},
    ),
    Case("тридцать дней со дня, который неизвестен", THIRTY, UNKNOWN, (ADMINISTRATION,)),
    Case("срок исполнения - сегодня", exists(deadline_="2026-11-23"), UNKNOWN, (ADMINISTRATION,)),
    Case("срок исполнения был вчера", exists(deadline_="2026-11-22"), VIOLATED, (ADMINISTRATION,)),
)
def test_existence_over_time(case: Case) -> None:
    judge(case)


NUMBER, OTHER = "+78616320000", "+78616320001"
BOUND = requirement(
    "account.bound_phone", clause="2.1", applies_to=("administration",), owner="same_body", shared_allowed=True
)
OURS = account(kind=AccountKind.PROFILE, phone=NUMBER)
STATED = attestation("account.bound_phone", "administration-vk")


def bound(situation: str, expected: Any, *records: Any, ask: Any = BOUND, **more: Any) -> Case:
    return Case(situation, ask, expected, records, **more)


@cases(
    bound("служебный телефон того же органа", SATISFIED, OURS, phone(), proof="registry"),
    bound(
        "телефон другого органа",
        VIOLATED,
        OURS,
        phone(body="education"),
        body("education", "sectoral"),
        to_do="телефон",
    ),
    bound("личный телефон сотрудника", VIOLATED, OURS, phone(kind="private")),
    bound("чей телефон, неизвестно", UNKNOWN, OURS, phone(body=None)),
    bound("служебный он или личный, неизвестно", UNKNOWN, OURS, phone(kind=None)),
    bound("номера нет в перечне телефонов", UNKNOWN, OURS),
    bound("номер возвращён вчера", VIOLATED, OURS, phone(until=YESTERDAY)),
    bound("номер возвращают сегодня: сегодня ещё наш", SATISFIED, OURS, phone(until=TODAY)),
    bound("номер получим завтра", VIOLATED, OURS, phone(since=TOMORROW)),
    bound("номер получен сегодня", SATISFIED, OURS, phone(since=TODAY)),
    bound(
        "номер со вчерашнего дня у другого органа",
        VIOLATED,
        OURS,
        phone(until=date(2026, 11, 21)),
        phone(body="education", since=YESTERDAY),
        body("education", "sectoral"),
    ),
    bound(
        "номер перешёл к нам от другого органа",
        SATISFIED,
        OURS,
        phone(body="education", until=date(2026, 11, 21)),
        phone(since=YESTERDAY),
        body("education", "sectoral"),
    ),
    bound("привязка кончилась вчера", VIOLATED, OURS.but(phone_until=YESTERDAY), phone()),
    bound("утраченный телефон", VIOLATED, OURS, phone(lost=True)),
    bound(
        "у сообщества телефона нет: идём к профилю-владельцу, у него служебный",
        [SATISFIED, SATISFIED],
        account(owner_profile="owner"),
        account("owner", kind=AccountKind.PROFILE, phone=NUMBER),
        phone(),
    ),
    bound(
        "владелец сообщества - профиль с личным телефоном",
        [VIOLATED, VIOLATED],
        account(owner_profile="owner"),
        account("owner", kind=AccountKind.PROFILE, phone=NUMBER),
        phone(kind="private"),
    ),
    bound("у сообщества владелец не записан", UNKNOWN, account(), to_do="владел"),
    bound("телефон профиля не записан", UNKNOWN, account(kind=AccountKind.PROFILE)),
    bound(
        "вход по электронной почте, подтверждения нет", VIOLATED, account(kind=AccountKind.PROFILE, login_by="email")
    ),
    bound("вход через портал Госуслуг, подтверждения нет", VIOLATED, OURS.but(phone=None, login_by="state_portal")),
    bound(
        "вход через портал Госуслуг, привязка подтверждена",
        SATISFIED,
        OURS.but(phone=None, login_by="state_portal"),
        STATED,
    ),
    bound(
        "один телефон здания записан сразу за двумя органами: решить должен реестр",
        UNKNOWN,
        OURS,
        phone(),
        phone(body="education"),
        body("education", "sectoral"),
        says="сразу нескольким органам",
    ),
    bound(
        "канал в мессенджере, телефон владельца не записан",
        UNKNOWN,
        account(kind=AccountKind.CHANNEL, network="telegram"),
    ),
    bound(
        "один номер на два аккаунта: порядок допускает, но это риск",
        [SATISFIED, SATISFIED],
        OURS,
        account("administration-ok", network="ok", kind=AccountKind.PROFILE, phone=NUMBER),
        phone(),
        ours="shared_phone",
    ),
    bound(
        "один номер на два аккаунта, а акт это запрещает",
        [SATISFIED, VIOLATED, SATISFIED, VIOLATED],
        OURS,
        account("administration-ok", network="ok", kind=AccountKind.PROFILE, phone=NUMBER),
        phone(),
        ask=requirement("account.bound_phone", shared_allowed=False),
    ),
    bound("подтверждение, что привязки нет, новее записи", VIOLATED, OURS, phone(), STATED.but(holds=False)),
    bound("подтверждено, что привязка есть", SATISFIED, OURS, phone(), STATED, proof=("registry", "attestation")),
    bound(
        "подтверждение датировано завтра: его ещё нет", SATISFIED, OURS, phone(), STATED.but(date=TOMORROW, holds=False)
    ),
    bound(
        "подтверждение, что привязки нет, истекло вчера",
        SATISFIED,
        OURS,
        phone(),
        STATED.but(holds=False, valid_until=YESTERDAY),
    ),
    bound(
        "телефон администрации на странице органа: нужен свой",
        VIOLATED,
        phone(),
        account("culture-vk", "culture", kind=AccountKind.PROFILE, phone=NUMBER),
        body("culture", "sectoral"),
        body(),
        ask=BOUND.but(applies_to=("culture",)),
    ),
    bound(
        "страница в запрещённой сети",
        SUSPENDED,
        OURS,
        phone(kind="private"),
        of_act={"network_status": (status("vk", since="2026-11-23"),)},
    ),
)
def test_a_phone_is_bound(case: Case) -> None:
    judge(case)


MARK = requirement("account.state_verification", mark="Госорганизация", via="state_portal")
MARK_STATED = attestation("account.state_verification", "administration-vk")
HERE = account()


@cases(
    Case("отметка видна на странице", MARK, SATISFIED, (HERE,), (page(state_mark=True),), proof="network"),
    Case("страница прочитана, отметки нет", MARK, VIOLATED, (HERE,), (page(state_mark=False),)),
    Case("сеть отметку не показывает, никто не подтвердил", MARK, UNKNOWN, (HERE,), (page(),)),
    Case("страница не прочитана", MARK, UNKNOWN, (HERE,), (view(profile=missing()),)),
    Case(
        "сеть не показывает, ответственный подтвердил",
        MARK,
        SATISFIED,
        (HERE, MARK_STATED),
        (page(),),
        proof="attestation",
    ),
    Case("подтверждение истекло вчера", MARK, UNKNOWN, (HERE, MARK_STATED.but(valid_until=YESTERDAY)), (page(),)),
    Case(
        "последний день подтверждения - сегодня", MARK, SATISFIED, (HERE, MARK_STATED.but(valid_until=TODAY)), (page(),)
    ),
    Case("подтверждению ровно 365 дней", MARK, SATISFIED, (HERE, MARK_STATED.but(date=date(2025, 11, 23))), (page(),)),
    Case("подтверждению 366 дней", MARK, UNKNOWN, (HERE, MARK_STATED.but(date=date(2025, 11, 22))), (page(),)),
    Case(
        "подтверждено «есть», а на странице отметки нет", MARK, VIOLATED, (HERE, MARK_STATED), (page(state_mark=False),)
    ),
    Case("подтверждено, что отметки нет", MARK, VIOLATED, (HERE, MARK_STATED.but(holds=False)), (page(),)),
)
def test_the_state_mark(case: Case) -> None:
    judge(case)


BIG = requirement(
    "account.audience_register",
    threshold=10_000,
    comparator="gt",
    apply_within={"value": 10, "unit": "working_days"},
    show_number_within={"value": 3, "unit": "days"},
)


def audience(situation: str, expected: Any, subscribers: int | None, **fields: Any) -> Case:
    return Case(situation, BIG, expected, (account(**fields),), (page(subscribers=subscribers),))


@cases(
    audience("ровно 10 000 - ещё не больше", NOT_APPLICABLE, 10_000),
    Case(
        "ровно 10 000 при «не меньше»: заявление давно должно быть",
        requirement(
            "account.audience_register", threshold=10_000, comparator="ge", apply_within={"value": 10, "unit": "days"}
        ),
        VIOLATED,
        (account(audience_over_since=date(2026, 10, 1)),),
        (page(subscribers=10_000),),
    ),
    audience(
        "10 001, порог пройден два месяца назад, заявления нет", VIOLATED, 10_001, audience_over_since=date(2026, 9, 23)
    ),
    audience(
        "10 001, порог пройден в пятницу: десять рабочих дней идут",
        UNKNOWN,
        10_001,
        audience_over_since=date(2026, 11, 20),
    ),
    # Ten working days after Monday 9 November: 10-13, 16-20 and 23 November, which is today.
    audience("десятый рабочий день - сегодня", UNKNOWN, 10_001, audience_over_since=date(2026, 11, 9)),
    audience("десятый рабочий день был в пятницу", VIOLATED, 10_001, audience_over_since=date(2026, 11, 6)),
    audience("больше порога, с какого дня - неизвестно", UNKNOWN, 10_001),
    audience("сколько подписчиков, не видно", UNKNOWN, None),
    Case("страница не прочитана, подписчиков не видно", BIG, UNKNOWN, (account(),), (view(profile=missing()),)),
)
def test_big_audience(case: Case) -> None:
    judge(case)
