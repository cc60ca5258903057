"""Clauses 2.1 and 3.1: accounts exist and hang on service phones of the right body."""

from __future__ import annotations

from datetime import date

from munsocial.testing.factories import (
    account,
    attestation,
    body,
    missing,
    moment,
    person,
    phone,
    profile,
    requirement,
    status,
    view,
)
from policy_tables import Row, check, rows

ANY = requirement("account.exists", clause="2.1", networks=["ok", "vk", "facebook"], mode="any")
ALL = requirement("account.exists", clause="1", networks=["ok", "vk"], mode="all")
PHONE = requirement("account.bound_phone", clause="3.1", owner="same_body")
OF_ADMINISTRATION = requirement("account.bound_phone", clause="2.1", owner="administration")
NUMBER, OTHER = "+78616320000", "+78616320001"
SEEN = view(profile=profile())
FACEBOOK = {"network_status": (status("facebook"),)}
VK, OK = account(), account("administration-ok", network="ok")
FB = account("administration-fb", network="facebook")
OK_SEEN, FB_SEEN = (view(one.id, network=one.network, profile=profile()) for one in (OK, FB))
IN_ANOTHER = requirement("account.exists", networks=["other"])
IN_BOTH = requirement("account.exists", networks=["vk", "other"], mode="all")
OF_BOTH = requirement("account.exists", networks_=("vk", "other"), mode="all")


@rows(
    Row("аккаунт есть и страница видна", ANY, "met", (VK,), (SEEN,), says="Нет в сетях: Одноклассники"),
    Row("нет ни одного аккаунта", ANY, "not_met", (body(),), ()),
    Row("аккаунт записан, страница не ответила: не известно", ANY, "unknown", (VK,), (view(profile=missing()),)),
    Row("аккаунт записан, снимка нет: не известно", ANY, "unknown", (VK,), ()),
    Row(
        "страница не видна, но её существование подтверждено",
        ANY,
        "met",
        (VK, person(), attestation("account.exists", "administration-vk")),
        (view(profile=missing()),),
    ),
    Row("сеть говорит, что страницы нет", ANY, "not_met", (VK,), (view(profile=missing("not_found")),)),
    Row("страница удалена", ANY, "not_met", (VK,), (view(profile=profile(blocked="deleted")),)),
    Row("аккаунт закрыт", ANY, "not_met", (account(closed=date(2026, 1, 1)),), (SEEN,)),
    Row("нужны все сети, есть одна", ALL, "not_met", (VK,), (SEEN,)),
    Row(
        "нужны все сети, есть обе",
        ALL,
        "met",
        (VK, OK),
        (SEEN, view("administration-ok", network="ok", profile=profile())),
    ),
    Row(
        "нужны две сети из трёх, есть две",
        requirement("account.exists", networks=["ok", "vk", "telegram"], mode="at_least_n", n=2),
        "met",
        (VK, OK),
        (SEEN, view("administration-ok", network="ok", profile=profile())),
    ),
    Row("одна из названных сетей ограничена законом", ANY, ["met", "suspended"], (VK,), (SEEN,), of_act=FACEBOOK),
    Row(
        "есть только аккаунт в ограниченной сети",
        ANY,
        ["not_met", "suspended"],
        (account("a-fb", network="facebook"),),
        (view("a-fb", network="facebook", profile=profile()),),
        of_act=FACEBOOK,
    ),
    Row(
        "все названные сети ограничены",
        requirement("account.exists", networks=["facebook"]),
        "suspended",
        (VK,),
        (SEEN,),
        of_act=FACEBOOK,
    ),
    Row(
        "иная сеть: есть только страница в запрещённой",
        IN_ANOTHER,
        ["not_met", "suspended"],
        (FB,),
        (FB_SEEN,),
        of_act={"networks": ("vk",), **FACEBOOK},
        says="Нет ни одного аккаунта в другой сети.",
    ),
    Row(
        "иная сеть: запрещённая и дозволенная",
        IN_ANOTHER,
        ["met", "suspended"],
        (FB, OK),
        (FB_SEEN, OK_SEEN),
        of_act={"networks": ("vk",), **FACEBOOK},
        says="Аккаунты есть: Одноклассники.",
    ),
    Row("иная сеть: сеть из перечня акта не иная", IN_ANOTHER, "not_met", (VK,), (SEEN,), of_act={"networks": ("vk",)}),
    Row("иная сеть: о сетях акт не говорит", IN_ANOTHER, "met", (VK,), (SEEN,), says="Аккаунты есть: ВКонтакте."),
    Row(
        "иная сеть: страница не ответила", IN_ANOTHER, "unknown", (OK,), (view(OK.id, network="ok", profile=missing()),)
    ),
    Row("нужны ВКонтакте и иная сеть, есть одна", IN_BOTH, "not_met", (VK,), (SEEN,), says="Нет в другой сети"),
    Row("нужны ВКонтакте и иная сеть: названо у требования", OF_BOTH, "not_met", (VK,), (SEEN,)),
    Row(
        "нужны ВКонтакте и иная сеть, есть обе",
        OF_BOTH,
        "met",
        (VK, OK),
        (SEEN, OK_SEEN),
        says="Аккаунты есть: ВКонтакте, Одноклассники.",
    ),
    Row(
        "тридцать дней на создание ещё не прошли",
        requirement("account.exists", networks=["vk"], deadline_days=30),
        "unknown",
        (body(),),
        (),
        of_act={"in_force_from": date(2026, 11, 1)},
    ),
    Row(
        "тридцать дней на создание прошли",
        requirement("account.exists", networks=["vk"], deadline_days=30),
        "not_met",
        (body(),),
        (),
        of_act={"in_force_from": date(2026, 9, 1)},
    ),
    Row(
        "срок исполнения самого требования впереди",
        requirement("account.exists", networks=["vk"], deadline_=date(2026, 12, 31)),
        "unknown",
        (body(),),
        (),
    ),
    Row(
        "право, а не обязанность: не использовано",
        requirement("account.exists", "may", networks=["vk"]),
        "not_applicable",
        (body(),),
        (),
    ),
    Row(
        "требование ещё не вступило в силу",
        requirement("account.exists", networks=["vk"], since_="2027"),
        "not_applicable",
        (body(),),
        (),
    ),
    Row(
        "орган без прав юридического лица не адресат",
        requirement("account.exists", networks=["vk"], applies_to=["legal_entity_body"]),
        "not_applicable",
        (body("club", "functional", legal_entity=False),),
        (),
    ),
    Row(
        "орган упразднён",
        requirement("account.exists", networks=["vk"]),
        "not_applicable",
        (body("old", "sectoral", until=date(2025, 12, 31)),),
        (),
    ),
    Row(
        "адрес страницы ведёт на другую страницу",
        ANY,
        "met",
        (VK,),
        (view(profile=profile(), handle_now="id-other"),),
        derived=["takeover"],
        says="ведёт на чужую страницу",
    ),
    Row(
        "адрес страницы ведёт куда надо",
        ANY,
        "met",
        (VK,),
        (view(profile=profile(), handle_now="id-administration-vk"),),
    ),
    Row(
        "орган без прав юридического лица обслуживает администрация, а закон говорит обо всех органах",
        requirement("account.exists", networks=["vk"]),
        ["not_applicable", "met"],
        (VK, body("club", "functional", legal_entity=False, served_by="administration")),
        (SEEN,),
        says="обслуживает: Орган administration",
    ),
    Row(
        "две сети запрещены, третья заблокирована: каждое основание названо отдельно",
        requirement("account.exists", networks=["facebook", "instagram", "twitter", "vk"]),
        ["met", "suspended", "suspended"],
        (VK,),
        (SEEN,),
        of_act={
            "network_status": (
                status("facebook", "banned_owner_extremist"),
                status("instagram", "banned_owner_extremist"),
                status("twitter", "blocked"),
            )
        },
        says="нельзя по закону: Twitter — доступ ограничен",
    ),
    Row(
        "о двух запретах известно, с какого они дня, о третьем — только месяц: он назван отдельно",
        requirement("account.exists", networks=["facebook", "instagram", "twitter", "vk"]),
        ["met", "suspended", "suspended"],
        (VK,),
        (SEEN,),
        of_act={
            "network_status": (
                status("facebook", since="2022-03-01"),
                status("instagram", since="2022-03-01"),
                status("twitter", since="2022-03"),
            )
        },
        says="Twitter — доступ ограничен с марта 2022 года (",
    ),
    Row(
        "аккаунт упразднённого органа ждёт преемника",
        requirement("account.exists", networks=["vk"]),
        "met",
        (VK, account("old-vk", "old"), body("old", "sectoral", until=date(2026, 1, 1), successor="administration")),
        (SEEN,),
        derived=["orphan"],
    ),
    Row(
        "орган, у которого будет преемник, ещё есть: аккаунт его",
        requirement("account.exists", networks=["vk"], applies_to=["administration"]),
        "met",
        (VK, account("old-vk", "old"), body("old", "sectoral", until=date(2026, 12, 31), successor="administration")),
        (SEEN,),
    ),
)
def test_accounts_exist(row: Row) -> None:
    check(row)


@rows(
    Row("служебный телефон своего органа", PHONE, "met", (account(phone=NUMBER), phone())),
    Row("телефон другого органа", PHONE, "not_met", (account(phone=NUMBER), phone(body="education"))),
    Row(
        "у администрации телефон управления образования",
        OF_ADMINISTRATION,
        "not_met",
        (body(), account(phone=NUMBER), phone(body="education")),
    ),
    Row("личный телефон работника", PHONE, "not_met", (account(phone=NUMBER), phone(kind="private")), says="личный"),
    Row("чей телефон, не известно", PHONE, "unknown", (account(phone=NUMBER), phone(body=None))),
    Row("служебный ли телефон, не известно", PHONE, "unknown", (account(phone=NUMBER), phone(kind=None))),
    Row("номера нет в списке телефонов", PHONE, "unknown", (account(phone=NUMBER),)),
    Row(
        "номер возвращён оператору",
        PHONE,
        "not_met",
        (account(phone=NUMBER), phone(until=date(2026, 10, 31))),
        says="31 октября 2026 года",
    ),
    Row(
        "номер перешёл к другому органу",
        PHONE,
        "not_met",
        (account(phone=NUMBER), phone(until=date(2026, 10, 31)), phone(body="education", since=date(2026, 11, 1))),
    ),
    Row("телефон утрачен", PHONE, "not_met", (account(phone=NUMBER), phone(lost=True))),
    Row("привязка снята", PHONE, "not_met", (account(phone=NUMBER, phone_until=date(2026, 11, 1)), phone())),
    Row("телефон в реестре не указан", PHONE, "unknown", (account(kind="profile"),)),
    Row("у сообщества нет телефона, владелец не указан", PHONE, "unknown", (account(),)),
    Row(
        "сообщество: телефон у профиля-владельца",
        PHONE,
        ["met", "met"],
        (account(owner_profile="owner"), account("owner", kind="profile", phone=NUMBER), phone()),
    ),
    Row(
        "сообщество: у профиля-владельца личный телефон",
        PHONE,
        ["not_met", "not_met"],
        (account(owner_profile="owner"), account("owner", kind="profile", phone=NUMBER), phone(kind="private")),
    ),
    Row("вход по электронной почте, телефона нет", PHONE, "not_met", (account(login_by="email"),)),
    Row(
        "вход через Госуслуги, привязка подтверждена",
        PHONE,
        "met",
        (account(login_by="state_portal"), person(), attestation("account.bound_phone", "administration-vk")),
    ),
    Row(
        "подтверждение привязки истекло",
        PHONE,
        "unknown",
        (account(), person(), attestation("account.bound_phone", "administration-vk", date=date(2024, 1, 1))),
    ),
    Row(
        "подтверждение не перевешивает личный телефон",
        PHONE,
        "not_met",
        (
            account(phone=NUMBER),
            phone(kind="private"),
            person(),
            attestation("account.bound_phone", "administration-vk"),
        ),
    ),
    Row(
        "ответственный сообщает: номер не привязан",
        PHONE,
        "not_met",
        (
            account(phone=NUMBER),
            phone(),
            person(),
            attestation("account.bound_phone", "administration-vk", holds=False),
        ),
    ),
    Row(
        "телефон упразднённого органа у его преемника",
        PHONE,
        "met",
        (
            account(body="new", phone=NUMBER),
            body("new", "sectoral"),
            phone(body="old"),
            body("old", "sectoral", until=date(2026, 1, 1), successor="new"),
        ),
    ),
    Row(
        "два аккаунта на одном телефоне: допустимо, но риск",
        PHONE,
        ["met", "met"],
        (account(phone=NUMBER), account("administration-ok", network="ok", phone=NUMBER), phone()),
        derived=["shared_phone", "shared_phone"],
    ),
    Row(
        "второй аккаунт на том же телефоне закрыт",
        requirement("account.bound_phone", applies_to=["administration-vk"]),
        "met",
        (
            account(phone=NUMBER),
            account("administration-ok", network="ok", phone=NUMBER, closed=date(2026, 10, 1)),
            phone(),
        ),
    ),
    Row(
        "акт запрещает общий телефон",
        requirement("account.bound_phone", shared_allowed=False),
        ["met", "not_met", "met", "not_met"],
        (account(phone=NUMBER), account("administration-ok", network="ok", phone=NUMBER), phone()),
    ),
    Row(
        "аккаунт в ограниченной сети",
        PHONE,
        "suspended",
        (account("a-fb", network="facebook", phone=NUMBER), phone()),
        of_act=FACEBOOK,
    ),
    Row(
        "до ограничения сети проверка шла",
        PHONE,
        "met",
        (account("a-fb", network="facebook", phone=NUMBER, opened=date(2020, 1, 1)), phone()),
        of_act=FACEBOOK,
        at=moment("2022-02-01 10:00"),
    ),
)
def test_accounts_hang_on_service_phones(row: Row) -> None:
    check(row)


def test_sharing_a_phone_is_a_remark_and_never_a_violation() -> None:
    row = Row("", PHONE, (), (account(phone=NUMBER), account("b", network="ok", phone=NUMBER), phone()))
    report = row.report()
    assert not report.violations
    assert {one.derived for one in report.remarks} == {"shared_phone"}


def test_phones_are_shown_masked() -> None:
    report = Row("", PHONE, (), (account(phone=NUMBER), phone())).report()
    assert NUMBER not in str(report.to_json())


def test_a_lost_address_is_told_once_even_when_the_act_wants_no_account() -> None:
    lost = view(profile=profile(), handle_now="id-other")
    for ask in (requirement("profile.design", required=["avatar"]), ANY):
        report = Row("", ask, (), (VK,), (lost,)).report()
        assert [one.subject for one in report.of(derived="takeover")] == ["administration-vk"]
