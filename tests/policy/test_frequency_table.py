"""Clause 5: at least five publications a week. Weeks run from Monday to Sunday, Moscow time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from munsocial.model.content import Post, PostKind, PostState
from munsocial.model.snapshot import AccountView, Missing, Observed, Why
from munsocial.model.statements import ExemptPeriod
from munsocial.testing.factories import (
    MOMENT,
    account,
    missing,
    moment,
    post,
    requirement,
    view,
    weekly,
)
from policy_tables import Row, check, rows

FIVE = requirement("posting.frequency", "should", clause="5", min=5, comparator="ge", period="week", window="calendar")
LAST_WEEK = {"since": "2026-11-16", "until": moment("2026-11-23 00:00")}
SUNDAY_NIGHT = datetime(2026, 11, 22, 20, 59, tzinfo=UTC)  # 23:59 in Moscow
ONE = (account(),)


def seen(*posts: Post, **other: Any) -> tuple[AccountView, ...]:
    return (view(posts=posts, **other),)


@rows(
    Row("пять публикаций за неделю", FIVE, "met", ONE, seen(*weekly(5)), seen=LAST_WEEK, at=moment("2026-11-22 23:59")),
    Row(
        "неделя окончена, публикаций четыре",
        FIVE,
        ["not_met", "unknown"],
        ONE,
        seen(*weekly(4)),
        seen={"since": "2026-11-16"},
    ),
    Row(
        "неделя ещё идёт, пока три из пяти",
        FIVE,
        "unknown",
        ONE,
        seen(*weekly(3)),
        seen=LAST_WEEK,
        at=moment("2026-11-20 12:00"),
        says="3 из 5",
    ),
    Row(
        "неделя ещё идёт, но пять уже есть",
        FIVE,
        "met",
        ONE,
        seen(*weekly(5)),
        seen=LAST_WEEK,
        at=moment("2026-11-20 12:00"),
    ),
    Row(
        "запись в 23:59 воскресенья по Москве, в UTC ещё воскресенье: старая неделя",
        FIVE,
        ["met", "unknown"],
        ONE,
        seen(*weekly(4), post(SUNDAY_NIGHT)),
        seen={"since": "2026-11-16"},
    ),
    Row(
        "запись в 00:30 понедельника по Москве, в UTC ещё воскресенье: новая неделя",
        FIVE,
        ["not_met", "unknown"],
        ONE,
        seen(*weekly(4), post(datetime(2026, 11, 22, 21, 30, tzinfo=UTC))),
        seen={"since": "2026-11-16"},
    ),
    Row(
        "закреплённая старая запись стоит первой: счёт идёт по времени",
        FIVE,
        ["met", "unknown"],
        ONE,
        seen(post("2025-01-10 10:00", pinned=True), *weekly(5)),
        seen={"since": "2026-11-16"},
    ),
    Row(
        "аккаунт открыт посреди недели: неполная неделя не оценивается",
        FIVE,
        ["not_applicable", "unknown"],
        (account(opened=date(2026, 11, 18)),),
        seen(*weekly(1)),
        seen={"since": "2026-11-16"},
    ),
    Row(
        "аккаунт открыт в понедельник: неделя полная",
        FIVE,
        ["not_met", "unknown"],
        (account(opened=date(2026, 11, 16)),),
        seen(*weekly(1)),
        seen={"since": "2026-11-16"},
    ),
    Row(
        "неделя закрытия аккаунта не оценивается",
        FIVE,
        "not_applicable",
        (account(closed=date(2026, 11, 18)),),
        seen(*weekly(1)),
        seen={"since": "2026-11-16"},
    ),
    Row(
        "отложенные записи не считаются до публикации",
        FIVE,
        ["not_met", "unknown"],
        ONE,
        seen(*weekly(4), post("2026-11-22 10:00", state=PostState.SCHEDULED)),
        seen={"since": "2026-11-16"},
    ),
    Row(
        "удалённые записи не считаются, но показаны",
        FIVE,
        ["not_met", "unknown"],
        ONE,
        seen(*weekly(4), post("2026-11-20 10:00", state=PostState.DELETED)),
        seen={"since": "2026-11-16"},
        says="1 позже удалена",
    ),
    Row(
        "предложенные жителями записи не считаются",
        FIVE,
        ["not_met", "unknown"],
        ONE,
        seen(*weekly(4), post("2026-11-20 10:00", state=PostState.SUGGESTED)),
        seen={"since": "2026-11-16"},
    ),
    Row(
        "записи гостей на открытой стене не считаются",
        FIVE,
        ["not_met", "unknown"],
        ONE,
        seen(*weekly(4), post("2026-11-20 10:00", by_owner=False)),
        seen={"since": "2026-11-16"},
    ),
    Row(
        "репосты считаются и показаны отдельно",
        FIVE,
        ["met", "unknown"],
        ONE,
        seen(*weekly(4), post("2026-11-20 10:00", "Пишет край.", kind=PostKind.REPOST)),
        seen={"since": "2026-11-16"},
        says="1 репост",
    ),
    Row(
        "акт не засчитывает репосты",
        requirement("posting.frequency", "should", min=5, count_reposts=False),
        ["not_met", "unknown"],
        ONE,
        seen(*weekly(4), post("2026-11-20 10:00", "Пишет край.", kind=PostKind.REPOST)),
        seen={"since": "2026-11-16"},
        says="1 репост",
    ),
    Row(
        "истории не считаются, если акт не говорит иного",
        FIVE,
        ["not_met", "unknown"],
        ONE,
        seen(*weekly(4), post("2026-11-20 10:00", "", kind=PostKind.STORY)),
        seen={"since": "2026-11-16"},
    ),
    Row(
        "реклама не считается",
        FIVE,
        ["not_met", "unknown"],
        ONE,
        seen(*weekly(4), post("2026-11-20 10:00", "Окна!", kind=PostKind.AD)),
        seen={"since": "2026-11-16"},
    ),
    Row(
        "правка записи на другой неделе не делает её второй",
        FIVE,
        ["met", "unknown"],
        ONE,
        seen(*weekly(4), post("2026-11-22 10:00", edited_at=moment("2026-11-23 09:00"))),
        seen={"since": "2026-11-16"},
    ),
    Row(
        "одна запись пришла дважды: это одна публикация",
        FIVE,
        ["not_met", "unknown"],
        ONE,
        seen(*weekly(4), *weekly(1)),
        seen={"since": "2026-11-16"},
    ),
    Row(
        "один и тот же длинный текст пять раз: одна публикация",
        FIVE,
        ["not_met", "unknown"],
        ONE,
        seen(*(post(f"2026-11-{day} 10:00") for day in range(16, 21))),
        seen={"since": "2026-11-16"},
        says="4 повтора",
    ),
    Row(
        "цепочка связанных сообщений — одна публикация",
        FIVE,
        ["not_met", "unknown"],
        ONE,
        seen(*(post(f"2026-11-18 10:0{n}", f"Часть {n}", id=f"t{n}", thread_of="t0") for n in range(6))),
        seen={"since": "2026-11-16"},
    ),
    Row(
        "запись помечена как не по теме",
        requirement("posting.frequency", "should", min=5, topics=["activity"]),
        ["not_met", "unknown"],
        ONE,
        seen(*weekly(4), post("2026-11-20 10:00", topic="other")),
        seen={"since": "2026-11-16"},
        says="1 не по теме",
    ),
    Row(
        "страница не ответила: не известно, а не ноль",
        FIVE,
        "unknown",
        ONE,
        (view(posts=missing()),),
        says="сеть не ответила",
    ),
    Row("страница закрыта: не известно", FIVE, "unknown", ONE, (view(posts=missing("closed")),), says="закрыта"),
    Row("снимка этого аккаунта нет вовсе", FIVE, "unknown", ONE, ()),
    Row(
        "часть записей не прочитана: четырёх мало для вывода",
        FIVE,
        ["unknown", "unknown"],
        ONE,
        (view(posts=Observed(value=weekly(4), at=MOMENT, gaps=(Missing(why=Why.UNREADABLE),))),),
        seen={"since": "2026-11-16"},
    ),
    Row(
        "часть записей не прочитана, но пять уже видны",
        FIVE,
        ["met", "unknown"],
        ONE,
        (view(posts=Observed(value=weekly(5), at=MOMENT, gaps=(Missing(why=Why.UNREADABLE),))),),
        seen={"since": "2026-11-16"},
        says="видно не всё, но и в увиденном 5 публикаций, норма — не менее 5",
    ),
    Row(
        "снимок начинается в среду, а пять уже видны: сколько их было за всю неделю, никто не знает",
        FIVE,
        ["met", "unknown"],
        ONE,
        seen(*(post(f"2026-11-{18 + day} 10:00", f"Запись {day}") for day in range(5))),
        seen={"since": "2026-11-18"},
        says="видно не всё, но и в увиденном 5 публикаций",
    ),
    Row(
        "неделя ещё идёт, пять уже видны: видно всё, что было",
        FIVE,
        "met",
        ONE,
        seen(*(post(f"2026-11-23 0{hour}:30", f"Запись {hour}") for hour in range(5))),
        seen={"since": "2026-11-23"},
        says="С 23 по 29 ноября 2026 года: 5 публикаций, норма — не менее 5",
    ),
    Row(
        "снимок начинается в среду: начало недели не видно",
        FIVE,
        ["unknown", "unknown"],
        ONE,
        seen(*weekly(4)),
        seen={"since": "2026-11-18"},
    ),
    Row(
        "снимок старый: последняя неделя в него не вошла",
        FIVE,
        ["not_met", "unknown", "unknown"],
        ONE,
        seen(*weekly(4)),
        seen={"since": "2026-11-16", "until": "2026-11-23 08:00"},
        at=moment("2026-11-30 10:00"),
    ),
    Row(
        "отпуск всей администрации записан в реестр",
        FIVE,
        ["not_applicable", "unknown"],
        (
            account(),
            ExemptPeriod(
                subject="administration", since=date(2026, 11, 16), until=date(2026, 11, 22), reason="нет связи"
            ),
        ),
        seen(*weekly(1)),
        seen={"since": "2026-11-16"},
        says="нет связи",
    ),
    Row(
        "льготная неделя, но пять публикаций есть",
        FIVE,
        ["met", "unknown"],
        (
            account(),
            ExemptPeriod(
                subject="administration-vk", since=date(2026, 11, 18), until=date(2026, 11, 19), reason="ремонт"
            ),
        ),
        seen(*weekly(5)),
        seen={"since": "2026-11-16"},
    ),
    Row("число в акте не известно", requirement("posting.frequency", min=None), "unknown", ONE, seen(*weekly(5))),
    Row(
        "норма по категории страницы",
        requirement("posting.frequency", by_category={"flagship": 9, "card": 1}),
        ["met", "unknown"],
        (account(category="card"),),
        seen(*weekly(1)),
        seen={"since": "2026-11-16"},
    ),
)
def test_five_publications_a_week(row: Row) -> None:
    check(row)


def test_a_week_lasts_from_monday_to_sunday_in_the_district_s_own_time() -> None:
    """The same post falls into different weeks in Moscow and in Vladivostok."""
    from munsocial.policy import audit
    from munsocial.testing.factories import act, district, snapshot

    late = post(SUNDAY_NIGHT - timedelta(hours=1))
    counted = {}
    for zone in ("Europe/Moscow", "Asia/Vladivostok"):
        registry = district(account(), timezone=zone)
        report = audit(registry, snapshot(view(posts=(late,)), since="2026-11-16"), [act(FIVE)], MOMENT)
        counted[zone] = {str(one.facts["since"]): one.facts["count"] for one in report.of(kind="posting.frequency")}
    assert counted["Europe/Moscow"]["2026-11-16"] == 1
    assert counted["Asia/Vladivostok"]["2026-11-23"] == 1


def test_a_snapshot_from_the_beginning_of_time_costs_no_million_of_weeks() -> None:
    report = Row("", FIVE, (), ONE, seen(), seen={"since": "0001-01-03"}).report()
    assert len(report.findings) < 600
