"""Clause 5 read a second time: where weeks begin and end, and which publications count in them.

"В аккаунтах рекомендуется публиковать не менее 5 публикаций в неделю": a recommendation, so never a violation.
"""

from __future__ import annotations

from datetime import date, timedelta

from munsocial.model.statements import ExemptPeriod, Waiver
from munsocial.testing.factories import account, body, moment, post, status, weekly
from posting_week import HERE, MONDAY, often, utc, week
from second_reading import NOT_APPLICABLE, REMARK, SATISFIED, SUSPENDED, UNKNOWN, WAIVED, Case, cases, judge

OVER = {"at": MONDAY}  # the very moment the week is over: a new one has begun, too
VLADIVOSTOK = {"place": {"timezone": "Asia/Vladivostok"}}
KALININGRAD = {"place": {"timezone": "Europe/Kaliningrad"}}
BERLIN = {"place": {"timezone": "Europe/Berlin"}}  # with summer time, which ended on Sunday 25 October 2026


@cases(
    week("четыре записи, воскресенье 23:59: неделя не окончена", UNKNOWN, weekly(4), says="4 из 5"),
    week("четыре записи, наступил понедельник 00:00: неделя окончена", [REMARK, UNKNOWN], weekly(4), **OVER),
    week("пять записей, наступил понедельник 00:00", [SATISFIED, UNKNOWN], weekly(5), **OVER),
    week("пустая неделя прочитана до конца: ноль - это увиденный ноль", [REMARK, UNKNOWN], (), **OVER),
    week(
        "пятая запись в понедельник в 00:00:00 - уже новая неделя",
        [REMARK, UNKNOWN],
        (*weekly(4), post("2026-11-23 00:00")),
        at=moment("2026-11-23 10:00"),
        seen={"since": "2026-11-16"},
    ),
    week(
        "пятая запись за микросекунду до полуночи - ещё старая неделя",
        [SATISFIED, UNKNOWN],
        (*weekly(4), post(MONDAY - timedelta(microseconds=1))),
        **OVER,
    ),
    week(
        "Владивосток: запись в 23:59 воскресенья хранится как 13:59 UTC - старая неделя",
        [SATISFIED, UNKNOWN],
        (*weekly(4), post(utc("2026-11-22 13:59"))),
        at=utc("2026-11-22 14:00"),
        seen={"since": "2026-11-15 17:00", "until": utc("2026-11-22 14:00")},
        **VLADIVOSTOK,
    ),
    week(
        "Владивосток: в 14:00 UTC воскресенья там уже понедельник",
        [REMARK, UNKNOWN],
        (*weekly(4), post(utc("2026-11-22 14:00"))),
        at=utc("2026-11-22 15:00"),
        seen={"since": "2026-11-15 17:00", "until": utc("2026-11-22 15:00")},
        **VLADIVOSTOK,
    ),
    week(
        "Калининград на час позже Москвы: 00:30 понедельника в Москве - там ещё воскресенье",
        [SATISFIED, UNKNOWN],
        (*weekly(4), post("2026-11-23 00:30")),
        at=moment("2026-11-23 10:00"),
        seen={"since": "2026-11-16 01:00"},
        **KALININGRAD,
    ),
    week(
        "зона с летним временем: неделя перевода стрелок на час длиннее, запись в её последний час считается",
        [SATISFIED, UNKNOWN],
        (*weekly(4, week="2026-10-19"), post(utc("2026-10-25 22:30"))),
        at=utc("2026-10-26 09:00"),
        seen={"since": "2026-10-19 01:00", "until": utc("2026-10-26 09:00")},
        **BERLIN,
    ),
    week(
        "зона названа самим требованием и сильнее зоны муниципалитета",
        [SATISFIED, UNKNOWN],
        (*weekly(4), post("2026-11-23 00:30")),
        often(timezone="Europe/Kaliningrad"),
        at=moment("2026-11-23 10:00"),
        seen={"since": "2026-11-16 01:00"},
    ),
)
def test_where_a_week_ends(case: Case) -> None:
    judge(case)


@cases(
    week("ноль записей при пороге 0", SATISFIED, (), often(0)),
    week("одна запись при пороге 1", SATISFIED, weekly(1), often(1)),
    week("ровно пять при «больше пяти»: неделя идёт, ещё не хватает", UNKNOWN, weekly(5), often(5, comparator="gt")),
    week(
        "ровно пять при «больше пяти»: неделя окончена", [REMARK, UNKNOWN], weekly(5), often(5, comparator="gt"), **OVER
    ),
    week("шесть при «больше пяти»", SATISFIED, weekly(6), often(5, comparator="gt")),
    week("ровно пять при «не больше пяти»: неделя идёт", UNKNOWN, weekly(5), often(5, comparator="le")),
    week(
        "ровно пять при «не больше пяти», неделя окончена",
        [SATISFIED, UNKNOWN],
        weekly(5),
        often(5, comparator="le"),
        **OVER,
    ),
    week("шесть при «не больше пяти»: уже не исправить", REMARK, weekly(6), often(5, comparator="le")),
    week("пять при «меньше пяти»: уже не исправить", REMARK, weekly(5), often(5, comparator="lt")),
    week("шесть при «ровно пять»: уже не исправить", REMARK, weekly(6), often(5, comparator="eq")),
    week("пять при «ровно пять», неделя идёт: может стать шесть", UNKNOWN, weekly(5), often(5, comparator="eq")),
    week("число в акте не указано", UNKNOWN, weekly(5), often(None)),
    week(
        "порог по категории: у визитки три",
        SATISFIED,
        weekly(3),
        often(None, by_category={"card": 3, "flagship": 10}),
        records=(account(category="card"),),
    ),
    week(
        "порог по категории, а категория странице не присвоена",
        UNKNOWN,
        weekly(9),
        often(None, by_category={"card": 3, "flagship": 10}),
    ),
    week(
        "порог по категории, число для неё не опубликовано",
        UNKNOWN,
        weekly(9),
        often(None, by_category={"card": None}),
        records=(account(category="card"),),
    ),
)
def test_borders_of_the_number(case: Case) -> None:
    judge(case)


OPENED_WEDNESDAY, OPENED_MONDAY = (account(opened=date(2026, 11, day)) for day in (18, 16))
CLOSED_FRIDAY, CLOSED_SUNDAY = (account(closed=date(2026, 11, day)) for day in (20, 22))
LATER = {"at": moment("2026-11-25 12:00"), "seen": {"since": "2026-11-16", "until": MONDAY}}


@cases(
    week(
        "аккаунт открыт в среду: первая неполная неделя не считается", NOT_APPLICABLE, (), records=(OPENED_WEDNESDAY,)
    ),
    week("аккаунт открыт в понедельник: неделя полная", [REMARK, UNKNOWN], (), records=(OPENED_MONDAY,), **OVER),
    week(
        "аккаунт закрыт в пятницу: неделя закрытия не считается", NOT_APPLICABLE, (), records=(CLOSED_FRIDAY,), **LATER
    ),
    week(
        "орган упразднят в пятницу, а аккаунт числится за ним и дальше: неделя не считается",
        NOT_APPLICABLE,
        (),
        records=(account(closed=date(2026, 12, 31)), body(until=date(2026, 11, 20))),
        at=moment("2026-11-19 12:00"),
        seen={"since": "2026-11-16", "until": moment("2026-11-19 12:00")},
    ),
    week("аккаунт закрыт в воскресенье: неделя прожита целиком", REMARK, (), records=(CLOSED_SUNDAY,), **LATER),
    week(
        "освобождение на всю неделю",
        NOT_APPLICABLE,
        (),
        records=(
            *HERE,
            exempt := ExemptPeriod(
                subject="administration-vk", since=date(2026, 11, 16), until=date(2026, 11, 22), reason="реорганизация"
            ),
        ),
        says="реорганизация",
    ),
    week(
        "освобождение кончилось в воскресенье неделей раньше",
        [REMARK, UNKNOWN],
        (),
        records=(*HERE, exempt.but(since=date(2026, 11, 9), until=date(2026, 11, 15))),
        **OVER,
    ),
    week(
        "освобождён орган, а не аккаунт: аккаунт тоже",
        NOT_APPLICABLE,
        (),
        records=(*HERE, exempt.but(subject="administration")),
    ),
    week(
        "освобождение касается другой обязанности",
        [REMARK, UNKNOWN],
        (),
        records=(*HERE, exempt.but(kinds=("posting.formats",))),
        **OVER,
    ),
    week(
        "исключение по последний день включительно",
        [WAIVED, UNKNOWN],
        weekly(1),
        records=(
            *HERE,
            waiver := Waiver(
                requirement="posting-frequency",
                subject="administration-vk",
                reason="нет связи",
                approver="ivanova",
                last_day=date(2026, 11, 23),
            ),
        ),
        **OVER,
    ),
    week(
        "исключение кончилось вчера",
        [REMARK, UNKNOWN],
        weekly(1),
        records=(*HERE, waiver.but(last_day=date(2026, 11, 22))),
        **OVER,
    ),
    week(
        "исключение начнётся завтра",
        [REMARK, UNKNOWN],
        weekly(1),
        records=(*HERE, waiver.but(since=date(2026, 11, 24), last_day=date(2026, 12, 24))),
        **OVER,
    ),
    week("сеть запрещена", SUSPENDED, (), of_act={"network_status": (status("vk", since="2026-11-18"),)}),
    week(
        "сеть запретят через неделю",
        [REMARK, UNKNOWN],
        (),
        of_act={"network_status": (status("vk", since="2026-11-30"),)},
        **OVER,
    ),
    week(
        "запрет сняли вчера",
        [REMARK, UNKNOWN],
        (),
        of_act={"network_status": (status("vk", since="2026-01-01", until="2026-11-22"),)},
        **OVER,
    ),
)
def test_weeks_that_do_not_count(case: Case) -> None:
    judge(case)
