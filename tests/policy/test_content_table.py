"""Clauses 2.2, 3.3, 6, 8.1, 8.2: what is published and how it reads."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from munsocial.model.content import Post, PostKind, RepostSource
from munsocial.model.snapshot import AccountView, Missing, Observed, Why
from munsocial.testing.factories import (
    MOMENT,
    account,
    attestation,
    missing,
    person,
    post,
    requirement,
    view,
    weekly,
)
from policy_tables import Row, check, rows

VK = (account(),)
TOPICS = requirement("posting.topics", clause="2.2", topics=["head_events", "activity", "socially_important"])
WORK = requirement("posting.topics", topics=["activity"])
OF_THE_HEAD = post("2026-11-20 10:00", topic="head_event")
CONTACTS = requirement("posting.topics", topics=["current_contacts"])
PRESS = (
    "В целях обеспечения благоустройства территории администрацией осуществляются мероприятия по вывозу мусора. "
    "Проведение указанных работ осуществляется в соответствии с утверждённым графиком."
)


def posts(*several: Post, **other: Any) -> tuple[AccountView, ...]:
    return (view(posts=several, **other),)


@rows(
    Row("публикации помечены темой", TOPICS, "met", VK, posts(post("2026-11-20 10:00", topic="activity"))),
    Row("мероприятие с главой", TOPICS, "met", VK, posts(post("2026-11-20 10:00", topic="head_event"))),
    Row(
        "все публикации помечены «другое», а перечень тем открыт",
        TOPICS,
        "unknown",
        VK,
        posts(post("2026-11-20 10:00", topic="other")),
    ),
    Row(
        "тему видно только по тексту, и она не названа: решать человеку",
        TOPICS,
        "unknown",
        VK,
        posts(post("2026-11-20 10:00", "Доброе утро, друзья!")),
    ),
    Row("ни одной публикации за месяц", TOPICS, "not_met", VK, posts()),
    Row("аккаунту три дня, публикаций нет", TOPICS, "unknown", (account(opened=date(2026, 11, 20)),), posts()),
    Row(
        "публикаций давно не было",
        TOPICS,
        "met",
        VK,
        posts(post("2026-11-01 10:00", topic="activity")),
        derived=["silence"],
    ),
    Row(
        "страница законсервирована с сегодня",
        TOPICS,
        "not_applicable",
        (account(mothballed=date(2026, 11, 23)),),
        posts(),
    ),
    Row("страницу законсервируют завтра", TOPICS, "not_met", (account(mothballed=date(2026, 11, 24)),), posts()),
    Row("публикаций нет, а когда открыта страница, не записано", TOPICS, "not_met", (account(opened=None),), posts()),
    Row("публикации не видны", TOPICS, "unknown", VK, (view(posts=missing()),)),
    Row("все публикации названы другой темой", WORK, "not_met", VK, posts(OF_THE_HEAD)),
    Row(
        "все увиденные названы другой темой, но увидены не все",
        WORK,
        "unknown",
        VK,
        (view(posts=Observed(value=(OF_THE_HEAD,), at=MOMENT, gaps=(Missing(why=Why.UNREADABLE),))),),
    ),
    Row(
        "темы, которых текст не показывает",
        CONTACTS,
        "unknown",
        VK,
        posts(post("2026-11-20 10:00")),
        says="не распознаёт: действующие контакты (публикаций: 1)",
    ),
    Row("темы, которых текст не показывает, а публикаций нет вовсе", CONTACTS, "not_met", VK, posts()),
    Row(
        "темы, которых текст не показывает, публикаций нет, но подтверждены",
        CONTACTS,
        "met",
        (*VK, person(), attestation("posting.topics", "administration-vk")),
        posts(),
    ),
    Row(
        "тему, которой текст не показывает, назвал человек",
        CONTACTS,
        "met",
        VK,
        posts(post("2026-11-20 10:00", topic="current_contacts")),
        says="действующие контакты — 1",
    ),
    Row(
        "тему назвали у записи, а ответственный отрицает: верят ему",
        CONTACTS,
        "not_met",
        (*VK, person(), attestation("posting.topics", "administration-vk", holds=False)),
        posts(post("2026-11-20 10:00", topic="current_contacts")),
    ),
    Row(
        "ответственный отрицал, но срок его слов вышел: остаётся отметка у записи",
        CONTACTS,
        "met",
        (*VK, person(), attestation("posting.topics", "administration-vk", holds=False, date=date(2024, 11, 1))),
        posts(post("2026-11-20 10:00", topic="current_contacts")),
    ),
    Row(
        "тему назвали у записи, и ответственный подтверждает",
        CONTACTS,
        "met",
        (*VK, person(), attestation("posting.topics", "administration-vk")),
        posts(post("2026-11-20 10:00", topic="current_contacts")),
    ),
    Row(
        "темы, которых текст не показывает, подтверждены",
        CONTACTS,
        "met",
        (*VK, person(), attestation("posting.topics", "administration-vk")),
        posts(post("2026-11-20 10:00")),
    ),
)
def test_topics(row: Row) -> None:
    check(row)


REPORTED = requirement(
    "posting.formats", clause="6", allowed=["text", "photo", "infographic", "video", "live", "poll", "other"]
)
THREE = requirement("posting.formats", allowed=["text", "photo", "poll"], min_distinct=3)


@rows(
    Row("разные форматы, числа в акте нет", REPORTED, "met", VK, posts(post(formats=("text", "photo")))),
    Row("неделя из одних текстов: пункт не обязывает ни к одному формату", REPORTED, "met", VK, posts(post())),
    Row("публикаций нет", REPORTED, "not_applicable", VK, posts()),
    Row("публикации не видны", REPORTED, "unknown", VK, (view(posts=missing()),)),
    Row("нужно три формата, есть три", THREE, "met", VK, posts(post(formats=("text", "photo", "poll")))),
    Row("нужно три формата, есть один", THREE, "not_met", VK, posts(post())),
    Row(
        "в сети нет опросов: трёх форматов не набрать", THREE, "not_applicable", VK, posts(post(), can={"poll": False})
    ),
    Row(
        "видна часть публикаций",
        THREE,
        "unknown",
        VK,
        (view(posts=Observed(value=(post(),), at=MOMENT, gaps=(Missing(why=Why.UNREADABLE),))),),
    ),
    Row(
        "мультимедиа — это всё, кроме текста",
        requirement("posting.formats", allowed=["text", "multimedia"], min_distinct=2),
        "met",
        VK,
        posts(post(formats=("text", "video"))),
    ),
)
def test_formats(row: Row) -> None:
    check(row)


TALK = requirement("posting.style", clause="8.1", style="written_colloquial")
AVOID = requirement("posting.style", "should", clause="8.2", avoid=["press_release", "bureaucratese"])


@rows(
    Row("живой язык", TALK, "met", VK, posts(*weekly(5))),
    Row("все публикации — канцелярит", TALK, "not_met", VK, posts(post(text=PRESS))),
    Row("треть публикаций официальна: решать человеку", TALK, "unknown", VK, posts(*weekly(2), post(text=PRESS))),
    Row("одна официальная из шести", TALK, "met", VK, posts(*weekly(5), post(text=PRESS)), says="написано 5 из 6"),
    Row(
        "официальное предупреждение освобождено от стиля",
        TALK,
        "not_applicable",
        VK,
        posts(post(text=PRESS, style_exempt="штормовое предупреждение")),
    ),
    Row("подпись к фото слишком коротка", TALK, "not_applicable", VK, posts(post(text="Утро"))),
    Row(
        "пересланная чужая запись не судится", TALK, "not_applicable", VK, posts(post(text=PRESS, kind=PostKind.REPOST))
    ),
    Row("публикаций нет", TALK, "not_applicable", VK, posts()),
    Row("публикации не видны", TALK, "unknown", VK, (view(posts=missing()),)),
    Row("ни пресс-релизов, ни канцелярита", AVOID, ["met", "met"], VK, posts(*weekly(3))),
    Row("есть и пресс-релиз, и канцелярит", AVOID, ["not_met", "not_met"], VK, posts(post(text=PRESS))),
    Row(
        "брань в публикации органа",
        requirement("posting.style", avoid=["obscenity"]),
        "not_met",
        VK,
        posts(post(text="Дорога тут просто пиздец, друзья, объезжайте по Речной")),
    ),
    Row(
        "слово акта, которого программа не понимает",
        requirement("posting.style", avoid=["needless_foreign_words"]),
        "unknown",
        VK,
        posts(*weekly(1)),
        says="не распознаёт: лишние иностранные слова (публикаций: 1)",
    ),
    Row(
        "слово акта, которого программа не понимает, а публикаций нет",
        requirement("posting.style", avoid=["needless_foreign_words"]),
        "not_applicable",
        VK,
        posts(),
    ),
    Row(
        "стиль акта, которого программа не понимает",
        requirement("posting.style", style="телеграфный"),
        "unknown",
        VK,
        posts(*weekly(1)),
        says="не распознаёт: телеграфный (публикаций: 1)",
    ),
)
def test_style(row: Row) -> None:
    check(row)


@pytest.mark.parametrize(
    ("item", "text", "least", "most"),
    [
        ("obscenity", "Дорога тут просто пиздец, друзья, объезжайте по Речной", 0.9, 1.0),
        ("press_release", PRESS, 0.5, 1.0),
    ],
)
def test_what_is_read_from_a_text_carries_a_confidence(item: str, text: str, least: float, most: float) -> None:
    ask = requirement("posting.style", avoid=[item])
    (finding,) = Row("", ask, (), VK, posts(post(text=text))).report().findings
    (seen,) = finding.evidence
    assert seen.confidence is not None
    assert least <= seen.confidence <= most


def test_posts_that_read_as_official_carry_a_confidence() -> None:
    (finding,) = Row("", TALK, (), VK, posts(post(text=PRESS))).report().findings
    assert [0.5 <= (one.confidence or 0) <= 1 for one in finding.evidence] == [True]


def test_remarks_on_style_carry_their_places() -> None:
    report = Row("", AVOID, (), VK, posts(post(text=PRESS, url="https://vk.com/wall-1_2"))).report()
    places = [one for finding in report.findings for one in finding.evidence if one.start is not None]
    assert places
    for one in places:
        assert one.means == "text"
        assert one.quote == PRESS[one.start : one.end]
        assert one.link == "https://vk.com/wall-1_2"


def source(**fields: Any) -> RepostSource:
    return RepostSource(network_id="5", name="Большая страница", **fields)


REPOSTS = requirement("posting.repost_source", forbid_unregistered_over=10000, since_="2025-01-01")


@rows(
    Row("репостов нет", REPOSTS, "not_applicable", VK, posts(post())),
    Row(
        "источник большой и не в перечне",
        REPOSTS,
        "not_met",
        VK,
        posts(post(kind=PostKind.REPOST, source=source(subscribers=50000, registered=False))),
    ),
    Row(
        "источник большой и в перечне",
        REPOSTS,
        "met",
        VK,
        posts(post(kind=PostKind.REPOST, source=source(subscribers=50000, registered=True))),
    ),
    Row("источник маленький", REPOSTS, "met", VK, posts(post(kind=PostKind.REPOST, source=source(subscribers=9)))),
    Row(
        "в перечне ли источник, не известно",
        REPOSTS,
        "unknown",
        VK,
        posts(post(kind=PostKind.REPOST, source=source(subscribers=50000))),
    ),
    Row("источник не виден", REPOSTS, "unknown", VK, posts(post(kind=PostKind.REPOST))),
    Row(
        "репост сделан до вступления нормы в силу",
        requirement("posting.repost_source", since_="2026-11-20"),
        "not_applicable",
        VK,
        posts(post("2026-11-18 10:00", kind=PostKind.REPOST, source=source(subscribers=50000, registered=False))),
        says="с тех пор репостов нет",
    ),
)
def test_sources_of_reposts(row: Row) -> None:
    check(row)


GAP = (Missing(why=Why.UNREACHABLE),)
NOTHING = (view(posts=Observed(value=(), at=MOMENT, gaps=GAP)),)
IN_PART = (view(posts=Observed(value=weekly(5), at=MOMENT, gaps=GAP)),)
TALKING = requirement("posting.style", style="written_colloquial", avoid=["press_release"])


@rows(
    Row("форматы: пусто, прочитано не всё", requirement("posting.formats", min_distinct=2), "unknown", VK, NOTHING),
    Row("форматы без числа: пусто, прочитано не всё", requirement("posting.formats"), "unknown", VK, NOTHING),
    Row("форматы: пусто, прочитано всё", requirement("posting.formats"), "not_applicable", VK, posts()),
    Row("стиль: гладко, но прочитано не всё", TALKING, ["unknown", "unknown"], VK, IN_PART),
    Row("стиль: пусто, прочитано не всё", TALKING, ["unknown", "unknown"], VK, NOTHING),
    Row("стиль: гладко, прочитано всё", TALKING, ["met", "met"], VK, posts(*weekly(5))),
)
def test_what_was_read_in_part(row: Row) -> None:
    check(row)


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({}, "3 формата в публикациях: текст — 1, фото — 1, опрос — 1."),
        (
            {"allowed": ["text", "multimedia"]},
            "Форматов из перечня акта — 2; всего в публикациях: текст — 1, фото — 1, опрос — 1.",
        ),
        (
            {"allowed": ["text", "video"], "min_distinct": 2},
            "Форматов из перечня акта — 1, а нужно не менее 2; всего в публикациях: текст — 1, фото — 1, опрос — 1.",
        ),
        ({"min_distinct": 4}, "Форматов 3, а нужно не менее 4: текст — 1, фото — 1, опрос — 1."),
    ],
)
def test_formats_outside_the_list_of_the_act_are_not_counted_as_if_they_were(params: dict[str, Any], said: str) -> None:
    seen = posts(post(formats=("text", "photo", "poll")))
    (finding,) = Row("", requirement("posting.formats", **params), (), VK, seen).report().findings
    assert finding.say("ru") == said
