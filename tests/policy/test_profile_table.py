"""Clauses 7.1, 7.2 and federal marks: what a page shows of itself."""

from __future__ import annotations

from datetime import date
from typing import Any

from munsocial.model.content import Post, PostState
from munsocial.model.snapshot import AccountView, Missing, Observed, Why
from munsocial.testing.factories import (
    MOMENT,
    account,
    attestation,
    body,
    missing,
    moment,
    person,
    post,
    profile,
    requirement,
    view,
    weekly,
)
from policy_tables import Row, check, rows

VK = (account(),)
DESCRIPTION = requirement("profile.fields", clause="7.1", required=["description"])
OF_TWENTY = requirement("profile.fields", required=["description"], min_length=21)
TOGETHER = requirement("profile.fields", clause="7.1", required=["description", "avatar", "cover"])
CONTACTS = requirement("profile.fields", required=["name", "phone", "address"])
DESIGN = requirement("profile.design", clause="7.1", required=["avatar", "cover"])
FEATURES = requirement(
    "profile.features", "should", clause="7.2", any_of=["app", "widget", "dynamic_cover", "other"], min=1
)
SHOWN = frozenset({"phone", "address", "postal_address"})


def page(**fields: Any) -> tuple[AccountView, ...]:
    return (view(profile=profile(**fields)),)


@rows(
    Row("описание есть", DESCRIPTION, "met", VK, page()),
    Row("сегодня последний день страницы", DESCRIPTION, "met", (account(closed=date(2026, 11, 23)),), page()),
    Row("страницы со вчера нет", DESCRIPTION, "not_applicable", (account(closed=date(2026, 11, 22)),), page()),
    Row("описание ровно той длины, что назвал акт", OF_TWENTY, "met", VK, page(description="Новости села Речного.")),
    Row("описание короче, чем назвал акт", OF_TWENTY, "not_met", VK, page(description="Новости села Речное.")),
    Row("описание пустое", DESCRIPTION, "not_met", VK, page(description="")),
    Row("описание из одних пробелов", DESCRIPTION, "not_met", VK, page(description="   \n ")),
    Row("описание — одна ссылка", DESCRIPTION, "not_met", VK, page(description="https://example.ru/about")),
    Row("описания ключ не показывает: не известно", DESCRIPTION, "unknown", VK, page(description=None)),
    Row("страница закрыта", DESCRIPTION, "unknown", VK, (view(profile=missing("closed")),)),
    Row(
        "страница закрыта, и описание поэтому не видно",
        DESCRIPTION,
        "unknown",
        VK,
        page(closed=True, description=None),
        says="Страница закрыта, не видно: текстовое описание",
    ),
    Row(
        "телефон и адрес заполнены",
        CONTACTS,
        "met",
        VK,
        page(fields={"phone": "8-861", "postal_address": "ул. Речная, 1"}, seen_fields=SHOWN),
    ),
    Row("телефона нет", CONTACTS, "not_met", VK, page(fields={"address": "ул. Речная, 1"}, seen_fields=SHOWN)),
    Row("сеть не показывает телефон", CONTACTS, "unknown", VK, page(fields={"address": "ул. Речная, 1"})),
    Row("описание, аватар и обложка вместе: есть", TOGETHER, "met", VK, page()),
    Row("описание, аватар и обложка вместе: обложки нет", TOGETHER, "not_met", VK, page(cover=False), says="обложка"),
    Row("описание, аватар и обложка вместе: аватара нет", TOGETHER, "not_met", VK, page(avatar=False), says="аватар"),
    Row("описание, аватар и обложка вместе: обложка не видна", TOGETHER, "unknown", VK, page(cover=None)),
    Row(
        "описание, аватар и обложка вместе: в сети нет обложек",
        TOGETHER,
        "met",
        VK,
        (view(profile=profile(cover=None), can={"cover": False}),),
    ),
    Row("аватар и обложка есть", DESIGN, "met", VK, page()),
    Row("стоит аватар сети по умолчанию", DESIGN, "not_met", VK, page(avatar=False)),
    Row("обложки нет", DESIGN, "not_met", VK, page(cover=False), says="обложка"),
    Row("в сети нет обложек", DESIGN, "met", VK, (view(profile=profile(cover=None), can={"cover": False}),)),
    Row(
        "в сети нет ни обложек, ни аватаров",
        DESIGN,
        "not_applicable",
        VK,
        (view(profile=profile(cover=None, avatar=None), can={"cover": False, "avatar": False}),),
    ),
    Row("обложка не видна: не известно", DESIGN, "unknown", VK, page(cover=None)),
    Row(
        "обложка не видна, но подтверждена",
        DESIGN,
        "met",
        (*VK, person(), attestation("profile.design", "administration-vk")),
        page(cover=None),
    ),
    Row(
        "единый стиль видит только человек",
        requirement("profile.design", required=["uniform_style"]),
        "unknown",
        VK,
        page(),
    ),
    Row("виджет есть", FEATURES, "met", VK, page(features=frozenset({"widget"}))),
    Row(
        "возможность есть, но не та, что названа актом",
        requirement("profile.features", any_of=["app", "dynamic_cover"], min=1),
        "not_met",
        VK,
        page(features=frozenset({"widget"})),
    ),
    Row("новых возможностей нет", FEATURES, "not_met", VK, page(features=frozenset())),
    Row("динамичная обложка", FEATURES, "met", VK, page(dynamic_cover=True)),
    Row("виджет записан в реестре", FEATURES, "met", (account(features=("widget",)),), page()),
    Row(
        "в сети таких возможностей нет",
        FEATURES,
        "not_applicable",
        VK,
        (view(profile=profile(), can={"features": False}),),
    ),
    Row("возможности не видны", FEATURES, "unknown", VK, page()),
)
def test_description_design_and_features(row: Row) -> None:
    check(row)


NAMING = requirement("profile.naming", match="official_name")
RULES = requirement("profile.rules_published", where="page")
OPEN = requirement("comments.enabled")


def below(
    situation: str, expected: str, *posts: Post, allowed: bool | None = True, gaps: Any = (), says: str = ""
) -> Row:
    """Comments under posts, where the page itself allows them or does not tell."""
    read: Observed[tuple[Post, ...]] = Observed(value=posts, at=MOMENT, gaps=gaps)
    return Row(situation, OPEN, expected, VK, (view(profile=profile(comments_open=allowed), posts=read),), says=says)


def pinned(situation: str, expected: str, at: str = "2026-11-18 12:00", **fields: Any) -> Row:
    """Rules of the page in a pinned post."""
    rules = post(at, "Правила сообщества: не ругаться", pinned=True, **fields)
    return Row(situation, RULES, expected, VK, (view(profile=profile(), posts=(rules,)),))


def test_the_finding_leads_to_the_pinned_rules() -> None:
    (finding,) = pinned("", "met", url="https://vk.com/wall-1_2").report().findings
    assert [one.link for one in finding.evidence] == ["https://vk.com/wall-1_2"]


SCHOOL = (account(), body(name="Управление образования Приреченского района"))


@rows(
    Row("название совпадает", NAMING, "met", SCHOOL, page(name="Управление образования Приреченского района")),
    Row(
        "название в другом порядке и падеже",
        NAMING,
        "met",
        SCHOOL,
        page(name="Приреченский район | Управление образования"),
    ),
    Row("название чужое", NAMING, "not_met", SCHOOL, page(name="Весёлые старты")),
    Row("название похоже отчасти: решать человеку", NAMING, "unknown", SCHOOL, page(name="Образование Приреченского")),
    Row("названия не видно", NAMING, "unknown", SCHOOL, page(name=None)),
    Row("тематика: подтверждения нет", requirement("profile.naming", category_only=True), "unknown", SCHOOL, page()),
    Row("правила в описании", RULES, "met", VK, page(description="Правила общения: без брани и рекламы.")),
    Row(
        "правила в закреплённой записи",
        RULES,
        "met",
        VK,
        (view(profile=profile(), posts=(post(text="Правила поведения на странице", pinned=True),)),),
    ),
    pinned("правила закрепил гость", "unknown", by_owner=False),
    pinned("закреплённые правила удалены", "unknown", state=PostState.DELETED),
    pinned("правила только запланированы", "unknown", "2026-11-25 12:00", state=PostState.SCHEDULED),
    pinned("правила убрали вчера", "unknown", removed_at=moment("2026-11-22 12:00")),
    pinned("правила уберут завтра", "met", removed_at=moment("2026-11-24 12:00")),
    Row("правил не видно", RULES, "unknown", VK, page()),
    Row(
        "правила нужны на сайте, а видны на странице: о сайте не известно",
        requirement("profile.rules_published", where="official_site"),
        "unknown",
        VK,
        (view(profile=profile(), posts=(post(text="Правила сообщества: не ругаться", pinned=True),)),),
    ),
    Row(
        "правила на сайте подтверждены",
        requirement("profile.rules_published", where="official_site"),
        "met",
        (*VK, person(), attestation("profile.rules_published", "administration-vk")),
        page(),
    ),
    Row("комментарии открыты", OPEN, "met", VK, page()),
    below("закрыт лишь гостевой пост", "met", post(comments_open=False, by_owner=False)),
    below("закрыта лишь реклама", "met", post(comments_open=False, kind="ad")),
    below(
        "закрыта лишь закреплённая запись 2024 года", "met", post("2024-05-18 12:00", comments_open=False, pinned=True)
    ),
    below("закрыта лишь запись, вышедшая позже", "met", post("2026-11-25 12:00", comments_open=False)),
    below(
        "закрыты все, увидены не все",
        "unknown",
        post(comments_open=False),
        gaps=(Missing(why=Why.QUOTA),),
        says="увидены не все",
    ),
    below(
        "страница молчит, закрыты все",
        "not_met",
        post(comments_open=False),
        allowed=None,
        says="под всеми увиденными записями (1)",
    ),
    below(
        "страница молчит, закрыты все, увидены не все",
        "unknown",
        post(comments_open=False),
        allowed=None,
        gaps=(Missing(why=Why.QUOTA),),
        says="увидены не все",
    ),
    Row("комментарии закрыты", OPEN, "not_met", VK, page(comments_open=False)),
    Row("открыты ли, не видно", OPEN, "unknown", VK, page(comments_open=None)),
    Row(
        "о странице не известно, под всеми записями закрыты",
        OPEN,
        "not_met",
        VK,
        (view(profile=profile(comments_open=None), posts=(post(comments_open=False),)),),
    ),
    Row(
        "открыты, но под одной записью закрыты",
        OPEN,
        "met",
        VK,
        (view(profile=profile(), posts=(post(comments_open=False), post("2026-11-19 12:00", comments_open=True))),),
        says="под 1 записью",
    ),
    Row(
        "на странице открыты, но закрыты под каждой записью",
        OPEN,
        "not_met",
        VK,
        (view(profile=profile(), posts=weekly(5, comments_open=False)),),
        says="под всеми увиденными записями (5)",
    ),
    Row(
        "на странице открыты, закрыты под каждой записью, но видны не все записи",
        OPEN,
        "unknown",
        VK,
        (
            view(
                profile=profile(),
                posts=Observed(value=weekly(5, comments_open=False), gaps=(Missing(why=Why.QUOTA, item="page-2"),)),
            ),
        ),
    ),
    Row(
        "на странице открыты, закрыты под частью записей, об остальных не видно",
        OPEN,
        "met",
        VK,
        (view(profile=profile(), posts=(post(comments_open=False), post("2026-11-19 12:00", comments_open=None))),),
    ),
)
def test_name_rules_and_comments(row: Row) -> None:
    check(row)


MARK = requirement("account.state_verification", mark="Госорганизация")
PLATFORM = requirement("account.central_platform", platform="Госпаблики")
CATEGORY = requirement("account.category", categories=["flagship", "card"])
BIG = requirement(
    "account.audience_register",
    threshold=10000,
    comparator="gt",
    apply_within={"value": 10, "unit": "working_days"},
    show_number_within={"value": 3, "unit": "days"},
    show_entry_link=True,
)


@rows(
    Row("отметка видна", MARK, "met", VK, page(state_mark=True)),
    Row("отметки нет", MARK, "not_met", VK, page(state_mark=False)),
    Row("сеть отметки не показывает, в реестре она есть", MARK, "met", (account(state_mark=True),), page()),
    Row("сеть против реестра: верим сети", MARK, "not_met", (account(state_mark=True),), page(state_mark=False)),
    Row("об отметке не известно", MARK, "unknown", VK, page()),
    Row("подключена к платформе", PLATFORM, "met", (account(platform="Госпаблики"),), page()),
    Row("подключена к другой платформе", PLATFORM, "not_met", (account(platform="Другая"),), page()),
    Row("о платформе не известно", PLATFORM, "unknown", VK, page()),
    Row("категория присвоена", CATEGORY, "met", (account(category="card"),), page()),
    Row("категории нет", CATEGORY, "not_met", VK, page()),
    Row("категории в акте нет", CATEGORY, "not_met", (account(category="vip"),), page()),
    Row("десять тысяч ровно: порог не пройден", BIG, "not_applicable", VK, page(subscribers=10000)),
    Row("число подписчиков не видно", BIG, "unknown", VK, page(subscribers=None)),
    Row("больше порога, отметка перечня видна", BIG, "met", VK, page(subscribers=10001, audience_mark=True)),
    Row(
        "номер и ссылка на запись стоят в описании",
        BIG,
        "met",
        (account(audience_register_number="777123"),),
        page(subscribers=20000, description="Мы в перечне: 777123, https://gosuslugi.ru/snet/777123"),
    ),
    Row(
        "номер в описании, а ссылки на запись нет",
        BIG,
        "unknown",
        (account(audience_register_number="777123"),),
        page(subscribers=20000, description="Мы в перечне: 777123. Пишите на adm@example.org."),
        says="ссылки на запись в перечне не видно",
    ),
    Row(
        "номер в описании, а ссылки акт не требует",
        requirement("account.audience_register", show_number_within={"value": 3, "unit": "days"}),
        "met",
        (account(audience_register_number="777123"),),
        page(subscribers=20000, description="Мы в перечне: 777123"),
    ),
    Row(
        "номер есть, на странице не увиден",
        BIG,
        "unknown",
        (account(audience_register_number="777123"),),
        page(subscribers=20000),
    ),
    Row(
        "заявление подано",
        BIG,
        "unknown",
        (account(audience_register_applied=date(2026, 11, 20)),),
        page(subscribers=20000),
    ),
    Row("когда пройден порог, не записано", BIG, "unknown", VK, page(subscribers=20000)),
    Row(
        "десять рабочих дней ещё идут",
        BIG,
        "unknown",
        (account(audience_over_since=date(2026, 11, 16)),),
        page(subscribers=20000),
    ),
    Row(
        "десять рабочих дней прошли",
        BIG,
        "not_met",
        (account(audience_over_since=date(2026, 10, 1)),),
        page(subscribers=20000),
    ),
)
def test_standing_of_a_page(row: Row) -> None:
    check(row)


@rows(
    Row("реестр ведётся", requirement("account.register"), "met", VK),
    Row("реестр пуст", requirement("account.register"), "not_met", (body(),)),
    Row("опубликован ли реестр, не известно", requirement("account.register", publish=True), "unknown", VK),
    Row(
        "публикация реестра подтверждена",
        requirement("account.register", publish=True),
        "met",
        (*VK, person(), attestation("account.register", "prirechensky")),
    ),
)
def test_register_of_accounts(row: Row) -> None:
    check(row)


def test_evidence_tells_the_network_from_the_register() -> None:
    seen = Row("", MARK, (), VK, page(state_mark=True)).report().findings[0].evidence[0]
    noted = Row("", MARK, (), (account(state_mark=True),), page()).report().findings[0].evidence[0]
    assert (seen.means, seen.at) == ("network", MOMENT)
    assert (noted.means, noted.at) == ("registry", None)
