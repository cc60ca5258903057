"""Clause 5 and its kin: windows, sums over pages, categories, and what was seen in part."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from munsocial.model.content import Post, PostState
from munsocial.model.snapshot import AccountView
from munsocial.testing.factories import (
    account,
    body,
    missing,
    moment,
    post,
    requirement,
    status,
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
    Row(
        "норма этой категории не названа",
        requirement("posting.frequency", by_category={"flagship": None}),
        "unknown",
        (account(category="flagship"),),
        seen(*weekly(5)),
        seen={"since": "2026-11-16"},
    ),
    Row(
        "последние семь дней вместо календарной недели",
        requirement("posting.frequency", min=5, window="rolling_7d"),
        "met",
        ONE,
        seen(*weekly(5, week="2026-11-17")),
    ),
    Row(
        "за последние семь дней мало",
        requirement("posting.frequency", min=5, window="rolling_7d"),
        "not_met",
        ONE,
        seen(*weekly(2, week="2026-11-17")),
    ),
    Row(
        "сумма по всем аккаунтам органа",
        requirement("posting.frequency", min=5, scope="per_body"),
        ["met", "unknown"],
        (account(), account("administration-ok", network="ok")),
        (view(posts=weekly(3)), view("administration-ok", network="ok", posts=weekly(2))),
        seen={"since": "2026-11-16"},
    ),
    Row(
        "сумма по каждой сети отдельно",
        requirement("posting.frequency", min=3, scope="per_network"),
        ["met", "unknown", "not_met", "unknown"],
        (account(), account("administration-ok", network="ok")),
        (view(posts=weekly(3)), view("administration-ok", network="ok", posts=weekly(2))),
        seen={"since": "2026-11-16"},
    ),
    Row(
        "одна из страниц органа не прочитана, но на другой уже пять: сумма не меньше",
        requirement("posting.frequency", min=5, scope="per_body"),
        ["met", "unknown"],
        (account(), account("administration-ok", network="ok")),
        (view(posts=weekly(5)), view("administration-ok", network="ok", posts=missing())),
        seen={"since": "2026-11-16"},
    ),
    Row(
        "один текст в двух сетях — по публикации в каждом аккаунте",
        requirement("posting.frequency", min=1),
        ["met", "unknown"] * 2,
        (account(), account("administration-ok", network="ok")),
        (view(posts=weekly(1)), view("administration-ok", network="ok", posts=weekly(1))),
        seen={"since": "2026-11-16"},
    ),
    Row(
        "сеть ограничена законом",
        FIVE,
        "suspended",
        (account("a-fb", network="facebook"),),
        (view("a-fb", network="facebook", posts=weekly(5)),),
        of_act={"network_status": (status("facebook"),)},
    ),
    Row(
        "сеть ограничена позже проверяемого дня",
        FIVE,
        ["not_applicable"],
        (account("a-fb", network="facebook", opened=date(2022, 1, 26)),),
        (view("a-fb", network="facebook", posts=()),),
        of_act={"network_status": (status("facebook", since="2022-03-04"),)},
        at=moment("2022-01-30 10:00"),
        seen={"since": "2022-01-24", "until": "2022-01-30 10:00"},
    ),
    Row("аккаунт законсервирован", FIVE, "not_applicable", (account(mothballed=date(2026, 1, 1)),), seen()),
    Row(
        "сеть актом не названа",
        FIVE,
        "not_applicable",
        (account("a-tg", network="telegram"),),
        (view("a-tg", network="telegram", posts=weekly(5)),),
        of_act={"networks": ("vk", "ok")},
    ),
    Row("у органа нет аккаунтов", FIVE, "not_applicable", (body(),)),
    Row(
        "запись удалена позже проверяемого дня: тогда она ещё стояла",
        FIVE,
        ["met", "unknown"],
        ONE,
        seen(
            *weekly(4),
            post("2026-11-20 10:00", state=PostState.DELETED, removed_at=moment("2026-11-25 10:00")),
        ),
        seen={"since": "2026-11-16"},
    ),
    Row(
        "запись удалена до проверки, сеть её ещё показывает",
        FIVE,
        ["not_met", "unknown"],
        ONE,
        seen(*weekly(4), post("2026-11-20 10:00", removed_at=moment("2026-11-21 10:00"))),
        seen={"since": "2026-11-16"},
        says="1 позже удалена",
    ),
    Row(
        "проверяемый день раньше снимка",
        FIVE,
        "unknown",
        ONE,
        seen(*weekly(5)),
        at=moment("2026-09-01 10:00"),
        says="не охватывает",
    ),
    Row(
        "аккаунт закрыт до начала снимка",
        FIVE,
        "not_applicable",
        (account(closed=date(2026, 9, 1)),),
        seen(),
        says="аккаунта не было",
    ),
)
def test_windows_sums_and_partial_sight(row: Row) -> None:
    check(row)
