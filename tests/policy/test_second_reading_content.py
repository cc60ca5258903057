"""Clauses 2.2, 3.3, 6, 7, 8 and rules of pages read a second time: what a page shows and what it publishes."""

from __future__ import annotations

from datetime import date
from typing import Any

from munsocial.model.content import PostKind, RepostSource
from munsocial.testing.factories import (
    account,
    attestation,
    body,
    missing,
    moment,
    post,
    profile,
    requirement,
    view,
    weekly,
)
from second_reading import NOT_APPLICABLE, REMARK, SATISFIED, UNKNOWN, VIOLATED, Case, cases, judge

HERE = (account(),)
TOPICS = requirement("posting.topics", clause="2.2", topics=("head_events", "activity", "socially_important"))
FORMATS = requirement("posting.formats", clause="6", allowed=("text", "photo", "video", "poll"))
TWO_FORMATS = requirement("posting.formats", clause="6", allowed=("text", "photo", "video", "poll"), min_distinct=2)


def posts(situation: str, ask: Any, expected: Any, *published: Any, **more: Any) -> Case:
    return Case(situation, ask, expected, HERE, (view(posts=published, **more.pop("page", {})),), **more)


PRESS = (
    "В целях обеспечения реализации мероприятий по благоустройству территории администрацией района осуществлено "
    "проведение совещания по вопросу принятия мер, направленных на недопущение нарушения требований действующего "
    "законодательства в сфере осуществления деятельности по вывозу отходов."
)


@cases(
    posts("есть записи о работе", TOPICS, SATISFIED, post(topic="activity"), post("2026-11-19 12:00", topic="other")),
    posts("мероприятие с главой", TOPICS, SATISFIED, post(topic="head_event")),
    posts(
        "все записи помечены «другое»: перечень открыт, решает человек",
        TOPICS,
        UNKNOWN,
        post(topic="other"),
        says="решает человек",
    ),
    posts("за четыре недели ни одной записи", TOPICS, VIOLATED, to_do="Опубликуйте"),
    posts("видно всего три дня, записей нет: рано судить", TOPICS, UNKNOWN, seen={"since": "2026-11-20"}),
    posts(
        "последняя запись ровно две недели назад",
        TOPICS,
        SATISFIED,
        post("2026-11-09 10:00", topic="activity"),
        ours="silence",
    ),
    posts(
        "последняя запись тринадцать дней назад",
        TOPICS,
        SATISFIED,
        post("2026-11-10 12:00", topic="activity"),
        not_ours="silence",
    ),
    posts(
        "закрытый перечень тем, все записи помечены «другое»",
        requirement("posting.topics", topics=("activity",)),
        VIOLATED,
        post(topic="other"),
    ),
    posts("последняя запись вчера", TOPICS, SATISFIED, post("2026-11-22 12:00", topic="activity"), not_ours="silence"),
    Case("страница не прочитана", TOPICS, UNKNOWN, HERE, (view(posts=missing()),), not_ours="silence"),
    posts("только текст, но ни один формат не обязателен", FORMATS, SATISFIED, *weekly(3)),
    posts("нужно два формата, есть один", TWO_FORMATS, VIOLATED, *weekly(3)),
    posts("нужно два формата, есть ровно два", TWO_FORMATS, SATISFIED, *weekly(2), post(formats=("photo",))),
    posts(
        "инфографика без отметки считается фотографией",
        TWO_FORMATS,
        SATISFIED,
        post(),
        post("2026-11-19 12:00", formats=("photo",)),
        says="фото — 1",
    ),
    Case(
        "сеть не умеет опросов и видео: двух форматов ей хватает",
        requirement("posting.formats", allowed=("photo", "video", "poll"), min_distinct=2),
        NOT_APPLICABLE,
        HERE,
        view(posts=weekly(3), can={"video": False, "poll": False}),
    ),
    posts(
        "нужно ноль форматов, записей нет",
        requirement("posting.formats", allowed=("text",), min_distinct=0),
        NOT_APPLICABLE,
    ),
    Case("форматы не видны", TWO_FORMATS, UNKNOWN, HERE, (view(posts=missing("no_key")),)),
)
def test_topics_and_formats(case: Case) -> None:
    judge(case)


TATAR = "Хөрмәтле авылдашлар, иртәгә паркны чистартырга киләбез, балаларыгыз белән килегез, чәй булачак."
STYLE = requirement("posting.style", clause="8.1", style="written_colloquial")
AVOID = requirement("posting.style", "should", clause="8.2", avoid=("press_release", "bureaucratese"))


@cases(
    posts("пишут по-человечески", STYLE, SATISFIED, *weekly(4)),
    posts(
        "пишут одними пресс-релизами",
        AVOID,
        [REMARK, REMARK],
        *(post(f"2026-11-1{n} 12:00", PRESS) for n in range(6, 9)),
        proof="text",
    ),
    posts(
        "пресс-релиз разрешён с причиной: траур", AVOID, [NOT_APPLICABLE] * 2, post(text=PRESS, style_exempt="некролог")
    ),
    posts("подписи в два слова: судить рано", STYLE, NOT_APPLICABLE, post(text="Доброе утро!")),
    posts("записей нет", STYLE, NOT_APPLICABLE),
    posts(
        "официальное предупреждение помечено как исключение",
        STYLE,
        NOT_APPLICABLE,
        post(text=PRESS, style_exempt="штормовое"),
    ),
    posts(
        "запись на языке республики: судить не берёмся",
        STYLE,
        NOT_APPLICABLE,
        post(text=TATAR),
    ),
    posts("запись на языке республики: пресс-релиза никто не искал", AVOID, [NOT_APPLICABLE] * 2, post(text=TATAR)),
    posts("рядом с записью на языке республики судят о русской", AVOID, [SATISFIED] * 2, post(text=TATAR), *weekly(1)),
    posts(
        "брань ищут в записи на любом языке",
        requirement("posting.style", avoid=("obscenity",)),
        VIOLATED,
        post(text=f"{TATAR} Да пошли вы нахуй!"),
    ),
    posts("чужой репост - не наш стиль", AVOID, [NOT_APPLICABLE] * 2, post(text=PRESS, kind=PostKind.REPOST)),
    posts("запись гостя - не наш стиль", AVOID, [NOT_APPLICABLE] * 2, post(text=PRESS, by_owner=False)),
    Case("тексты не прочитаны", STYLE, UNKNOWN, HERE, (view(posts=missing()),)),
    posts(
        "брань в записи страницы",
        requirement("posting.style", avoid=("obscenity",)),
        VIOLATED,
        post(text="Да пошли вы нахуй!"),
    ),
    posts(
        "чего не видит программа, решает человек",
        requirement("posting.style", avoid=("needless_foreign_words",)),
        UNKNOWN,
        *weekly(3),
    ),
)
def test_style(case: Case) -> None:
    judge(case)


BIG = requirement("posting.repost_source", forbid_unregistered_over=10_000)


def repost(subscribers: int | None, registered: bool | None, **more: Any) -> Any:
    source = RepostSource(network_id="big", subscribers=subscribers, registered=registered)
    return post(kind=PostKind.REPOST, source=source, **more)


@cases(
    posts("репост большой страницы не из перечня", BIG, VIOLATED, repost(10_001, False)),
    posts("репост большой страницы из перечня", BIG, SATISFIED, repost(10_001, True)),
    posts("у источника ровно 10 000", BIG, SATISFIED, repost(10_000, False)),
    posts("в перечне ли источник, не видно", BIG, UNKNOWN, repost(50_000, None)),
    posts("сколько у источника подписчиков, не видно", BIG, UNKNOWN, repost(None, None)),
    posts("источник в перечне, сколько подписчиков - не важно", BIG, SATISFIED, repost(None, True)),
    posts("репост без источника", BIG, UNKNOWN, post(kind=PostKind.REPOST)),
    posts("один репост плох, другой хорош", BIG, VIOLATED, repost(10_001, True, id="a"), repost(10_001, False, id="b")),
    posts("репостов нет", BIG, NOT_APPLICABLE, *weekly(2)),
    Case("страница не прочитана", BIG, UNKNOWN, HERE, (view(posts=missing()),)),
)
def test_sources_of_reposts(case: Case) -> None:
    judge(case)


FIELDS = requirement("profile.fields", clause="7.1", required=("description",))
DESIGN = requirement("profile.design", clause="7.1", required=("avatar", "cover"))
FEATURES = requirement(
    "profile.features", "should", clause="7.2", any_of=("app", "widget", "dynamic_cover", "other"), min=1
)


def page(situation: str, ask: Any, expected: Any, *records: Any, can: Any = None, **fields: Any) -> Case:
    return Case(situation, ask, expected, (*HERE, *records), (view(profile=profile(**fields), can=can),))


@cases(
    page("описание есть", FIELDS, SATISFIED),
    page("описание пустое", FIELDS, VIOLATED, description=""),
    page("описание из пробелов", FIELDS, VIOLATED, description="   \n  "),
    page("описание - одна ссылка", FIELDS, VIOLATED, description="https://example.org/kontakty-i-rezhim-raboty"),
    page("описание не видно с этим ключом", FIELDS, UNKNOWN, description=None),
    Case("страница не прочитана", FIELDS, UNKNOWN, HERE, (view(profile=missing()),)),
    page("страница закрыта, описания не видно", FIELDS, UNKNOWN, closed=True, description=None),
    page(
        "телефон и часы заполнены",
        requirement("profile.fields", required=("phone", "working_hours")),
        SATISFIED,
        fields={"phone": "2-00-00", "working_hours": "8-17"},
        seen_fields=frozenset({"phone", "working_hours"}),
    ),
    page(
        "часы видны и пусты",
        requirement("profile.fields", required=("phone", "working_hours")),
        VIOLATED,
        fields={"phone": "2-00-00"},
        seen_fields=frozenset({"phone", "working_hours"}),
    ),
    page(
        "часы эта сеть не показывает",
        requirement("profile.fields", required=("phone", "working_hours")),
        UNKNOWN,
        fields={"phone": "2-00-00"},
        seen_fields=frozenset({"phone"}),
    ),
    page(
        "одно поле пусто, другое не видно: пустого довольно",
        requirement("profile.fields", required=("phone", "email")),
        VIOLATED,
        seen_fields=frozenset({"phone"}),
    ),
    page("аватар и обложка свои", DESIGN, SATISFIED),
    page("аватар - заглушка сети", DESIGN, VIOLATED, avatar=False),
    page("обложка не видна", DESIGN, UNKNOWN, cover=None),
    page("сеть обложек не знает", DESIGN, SATISFIED, cover=None, can={"cover": False}),
    page("аватара нет, обложка не видна: нарушение уже есть", DESIGN, VIOLATED, avatar=False, cover=None),
    page("виджет есть", FEATURES, SATISFIED, features=frozenset({"widget"})),
    page("возможностей не видно ни одной, но сеть их показывает", FEATURES, REMARK, features=frozenset()),
    page("сеть их не показывает", FEATURES, UNKNOWN, features=None),
    page(
        "сеть не показывает, подтвердил ответственный",
        FEATURES,
        SATISFIED,
        attestation("profile.features", "administration-vk"),
        features=None,
    ),
)
def test_pages(case: Case) -> None:
    judge(case)


RULES = requirement("profile.rules_published", where="official_site")
NAMED = requirement("profile.naming", match="official_name")
OPEN = requirement("comments.enabled")
CATEGORY = requirement("account.category", categories=("flagship", "active", "card"))
PLATFORM = requirement("account.central_platform", platform="Госпаблики")


@cases(
    page(
        "правила опубликованы на сайте, подтверждено",
        RULES,
        SATISFIED,
        attestation("profile.rules_published", "administration-vk"),
    ),
    page("правила: никто не подтвердил", RULES, UNKNOWN),
    page(
        "правила: подтверждено, что их нет",
        RULES,
        VIOLATED,
        attestation("profile.rules_published", "administration-vk", holds=False),
    ),
    page("название - как у органа", NAMED, SATISFIED, body(name="Администрация Приреченского района")),
    page(
        "название - как у органа, регистр и кавычки не важны",
        NAMED,
        SATISFIED,
        body(name="АДМИНИСТРАЦИЯ «Приреченского» района"),
    ),
    page("название чужое", NAMED, VIOLATED, body(name="Администрация Приреченского района"), name="Подслушано"),
    page("название не видно", NAMED, UNKNOWN, body(name="Администрация Приреченского района"), name=None),
    page("комментарии открыты", OPEN, SATISFIED),
    page("комментарии закрыты", OPEN, VIOLATED, comments_open=False),
    page("открыты ли комментарии, не видно", OPEN, UNKNOWN, comments_open=None),
    Case("категория из перечня", CATEGORY, SATISFIED, (account(category="card"),)),
    Case("категория не из перечня", CATEGORY, VIOLATED, (account(category="vip"),)),
    Case("категория не присвоена", CATEGORY, VIOLATED, HERE),
    Case("подключена к платформе", PLATFORM, SATISFIED, (account(platform="Госпаблики"),)),
    Case("подключена к другой платформе", PLATFORM, VIOLATED, (account(platform="Иное"),)),
    Case("о платформе не записано", PLATFORM, UNKNOWN, HERE),
)
def test_rules_names_and_platforms(case: Case) -> None:
    judge(case)


def whole(situation: str, kind: str, expected: Any, *records: Any, **params: Any) -> Case:
    return Case(situation, requirement(kind, **params), expected, (*HERE, *records))


def stated(kind: str, **fields: Any) -> Any:
    return attestation(kind, "prirechensky", **fields)


@cases(
    whole("согласование подтверждено", "coordination", SATISFIED, stated("coordination"), **{"with": "департамент"}),
    whole("согласование не подтверждено", "coordination", UNKNOWN, **{"with": "департамент"}),
    whole(
        "контроль возложен, подтверждено",
        "control.officer",
        SATISFIED,
        stated("control.officer"),
        officer="управделами",
    ),
    whole(
        "контроль: подтверждение истекло вчера",
        "control.officer",
        UNKNOWN,
        stated("control.officer", valid_until=date(2026, 11, 22)),
        officer="управделами",
    ),
    whole(
        "контроль: подтверждено, что не возложен", "control.officer", VIOLATED, stated("control.officer", holds=False)
    ),
    whole("реестр опубликован, подтверждено", "account.register", SATISFIED, stated("account.register"), publish=True),
    whole("реестр ведётся, опубликован ли - неизвестно", "account.register", UNKNOWN, publish=True),
    whole("реестр ведётся, публиковать не требуется", "account.register", SATISFIED, publish=False),
    whole(
        "отчёт за октябрь сдан в ноябре, раз в месяц",
        "reporting.periodic",
        SATISFIED,
        stated("reporting.periodic", date=date(2026, 11, 5)),
        period="month",
    ),
    whole(
        "последний отчёт в сентябре: сдан ли следующий, не записано",
        "reporting.periodic",
        UNKNOWN,
        stated("reporting.periodic", date=date(2026, 9, 5)),
        period="month",
    ),
    whole("об отчётах ничего не записано", "reporting.periodic", UNKNOWN, period="month"),
    whole(
        "заявление по особому пункту есть",
        "attested",
        SATISFIED,
        attestation("mourning", "administration"),
        statement="mourning",
    ),
    whole("заявления по особому пункту нет", "attested", UNKNOWN, statement="mourning"),
    whole(
        "заявление отрицает",
        "attested",
        VIOLATED,
        attestation("mourning", "administration", holds=False),
        statement="mourning",
    ),
    whole(
        "последний день заявления - сегодня",
        "attested",
        SATISFIED,
        attestation("mourning", "administration", valid_until=date(2026, 11, 23)),
        statement="mourning",
    ),
    whole(
        "заявление годно день, сделано вчера",
        "attested",
        SATISFIED,
        attestation("mourning", "administration", date=date(2026, 11, 22)),
        statement="mourning",
        valid_days=1,
    ),
    whole(
        "заявление годно день, сделано позавчера",
        "attested",
        UNKNOWN,
        attestation("mourning", "administration", date=date(2026, 11, 21)),
        statement="mourning",
        valid_days=1,
    ),
    whole(
        "новое заявление отменяет старое",
        "attested",
        VIOLATED,
        attestation("mourning", "administration"),
        attestation("mourning", "administration", date=date(2026, 11, 1), holds=False),
        statement="mourning",
    ),
)
def test_the_whole_district_and_statements(case: Case) -> None:
    judge(case)


def test_the_moment_is_read_in_the_zone_of_the_district() -> None:
    """Attested until 22 November: in Vladivostok the 23rd has begun when in Moscow it is still the 22nd."""
    ask = requirement("attested", statement="mourning")
    good = attestation("mourning", "administration", valid_until=date(2026, 11, 22))
    at = moment("2026-11-22 18:00")
    judge(Case("Москва", ask, SATISFIED, (*HERE, good), at=at))
    judge(Case("Владивосток", ask, UNKNOWN, (*HERE, good), at=at, place={"timezone": "Asia/Vladivostok"}))
