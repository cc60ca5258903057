"""Clause 5 read a second time: which publications count, what was not seen, sums and several acts.

"В аккаунтах рекомендуется публиковать не менее 5 публикаций в неделю": a recommendation, so never a violation.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from munsocial.model.content import PostKind, PostState
from munsocial.model.snapshot import AccountView, Missing, Observed, Why
from munsocial.testing.factories import account, body, missing, moment, post, requirement, view, weekly
from posting_week import HERE, MONDAY, SUNDAY, WEEK, often, seen, week
from second_reading import NOT_APPLICABLE, REMARK, SATISFIED, UNKNOWN, VIOLATED, Case, cases, judge

OVER = {"at": MONDAY}


OLD_PIN = post("2026-01-15 12:00", pinned=True)


@cases(
    week("закреплена старая запись, она первая в ленте", SATISFIED, (OLD_PIN, *weekly(5))),
    week("старая закреплённая не заменяет пятую", UNKNOWN, (OLD_PIN, *weekly(4)), says="4 из 5"),
    week(
        "репосты считаются и показаны отдельно",
        SATISFIED,
        (*weekly(3), *(post(f"2026-11-20 1{n}:00", "", id=f"r{n}", kind=PostKind.REPOST) for n in range(2))),
    ),
    week(
        "акт репосты не считает",
        [REMARK, UNKNOWN],
        (*weekly(4), post(kind=PostKind.REPOST)),
        often(count_reposts=False),
        **OVER,
    ),
    week("пятая запись - гостя на открытой стене", UNKNOWN, (*weekly(4), post(by_owner=False)), says="4 из 5"),
    week("акт считает и записи гостей", SATISFIED, (*weekly(4), post(by_owner=False)), often(count_guest_posts=True)),
    week(
        "пятая запись отложена на вечер воскресенья",
        UNKNOWN,
        (*weekly(4), post("2026-11-22 23:58", state=PostState.SCHEDULED)),
        says="4 из 5",
    ),
    week("пятая запись скрыта", UNKNOWN, (*weekly(4), post(state=PostState.HIDDEN))),
    week("пятая запись предложена гостем и не принята", UNKNOWN, (*weekly(4), post(state=PostState.SUGGESTED))),
    week(
        "пять опубликованы, одна потом удалена",
        [REMARK, UNKNOWN],
        (*weekly(4), post(state=PostState.DELETED, removed_at=moment("2026-11-19 12:00"))),
        says="1 позже удалена",
        **OVER,
    ),
    week(
        "запись прошлой недели исправлена на этой: считается там, где вышла",
        UNKNOWN,
        (*weekly(4), post("2026-11-13 12:00", edited_at=moment("2026-11-18 12:00"))),
        says="4 из 5",
    ),
    week(
        "одна и та же запись дважды в одном аккаунте",
        UNKNOWN,
        (*weekly(4), weekly(1)[0].but(id="again")),
        says="4 из 5",
    ),
    week(
        "цепочка из трёх связанных коротких сообщений - одна публикация",
        UNKNOWN,
        (*weekly(3), *(post(f"2026-11-19 12:0{n}", f"Часть {n}", id=f"t{n}", thread_of="t0") for n in range(3))),
        says="4 из 5",
    ),
    week(
        "альбом из десяти фото - одна публикация", UNKNOWN, (*weekly(3), post(formats=("photo",) * 10)), says="4 из 5"
    ),
    week("истории не считаются", UNKNOWN, (*weekly(4), post(kind=PostKind.STORY)), says="4 из 5"),
    week("акт считает истории", SATISFIED, (*weekly(4), post(kind=PostKind.STORY)), often(count_stories=True)),
)
def test_what_counts(case: Case) -> None:
    judge(case)


GAP = (Missing(why=Why.QUOTA, ru="Не все записи прочитаны.", en="Not all posts were read."),)


@cases(
    Case("страница не ответила", often(), UNKNOWN, HERE, (view(posts=missing("unreachable")),), at=SUNDAY, seen=WEEK),
    Case("страница закрыта", often(), UNKNOWN, HERE, (view(posts=missing("closed")),), at=SUNDAY, seen=WEEK),
    Case("аккаунта нет в снимке", often(), UNKNOWN, HERE, (), at=SUNDAY, seen=WEEK),
    Case(
        "прочитано не всё, видно три",
        often(),
        [UNKNOWN, UNKNOWN],
        HERE,
        (view(posts=Observed(value=weekly(3), gaps=GAP)),),
        at=MONDAY,
        seen=WEEK,
    ),
    Case(
        "прочитано не всё, но пять уже видно",
        often(),
        [SATISFIED, UNKNOWN],
        HERE,
        (view(posts=Observed(value=weekly(5), gaps=GAP)),),
        at=MONDAY,
        seen=WEEK,
    ),
    week(
        "снимок начинается в среду, видно три",
        [UNKNOWN, UNKNOWN],
        weekly(3),
        at=MONDAY,
        seen={"since": "2026-11-18", "until": MONDAY},
    ),
    week(
        "снимок сделан в пятницу, суд в понедельник",
        [UNKNOWN, UNKNOWN],
        weekly(3),
        at=MONDAY,
        seen={"since": "2026-11-16", "until": moment("2026-11-20 12:00")},
    ),
    week(
        "запись из будущего относительно дня проверки не считается",
        UNKNOWN,
        (*weekly(4), post("2026-11-22 18:00")),
        at=moment("2026-11-22 12:00"),
        says="4 из 5",
    ),
)
def test_what_was_not_seen(case: Case) -> None:
    judge(case)


SUM = often(5, scope="per_body")
TWO = (account(), account("administration-ok", network="ok"))


def two(first: Any, second: Any) -> tuple[AccountView, ...]:
    return view(posts=first), view("administration-ok", network="ok", posts=second)


@cases(
    Case("в сумме по органу: три и две", SUM, SATISFIED, TWO, two(weekly(3), weekly(2)), at=SUNDAY, seen=WEEK),
    Case(
        "в сумме по органу: три, вторая страница не прочитана",
        SUM,
        [UNKNOWN, UNKNOWN],
        TWO,
        two(weekly(3), missing()),
        at=MONDAY,
        seen=WEEK,
    ),
    Case(
        "в сумме по органу: пять, вторая страница не прочитана",
        SUM,
        [SATISFIED, UNKNOWN],
        TWO,
        two(weekly(5), missing()),
        at=MONDAY,
        seen=WEEK,
    ),
    Case(
        "по каждому аккаунту: один и тот же текст в двух сетях - публикация в каждой",
        often(),
        {"administration-vk": SATISFIED, "administration-ok": SATISFIED},
        TWO,
        two(weekly(5), weekly(5)),
        at=SUNDAY,
        seen=WEEK,
    ),
    Case(
        "скользящие семь дней: запись ровно семь суток назад внутри или на краю не спасает от нуля",
        often(1, window="rolling_7d"),
        REMARK,
        HERE,
        seen(post("2026-11-16 09:59")),
        seen={"since": "2026-11-09"},
    ),
    Case(
        "скользящие семь дней: запись шесть дней и 23 часа назад",
        often(1, window="rolling_7d"),
        SATISFIED,
        HERE,
        seen(post("2026-11-16 11:00")),
        seen={"since": "2026-11-09"},
    ),
    Case(
        "два акта с разными числами: пять посоветованы, три обязательны - каждый отвечает за себя",
        (often(5, id_="five"), requirement("posting.frequency", "must", id_="three", min=3, period="week")),
        [UNKNOWN, SATISFIED],
        HERE,
        seen(*weekly(4)),
        at=SUNDAY,
        seen=WEEK,
    ),
    Case(
        "обязательная частота не выдержана - нарушение",
        requirement("posting.frequency", "must", min=3, period="week"),
        [VIOLATED, UNKNOWN],
        HERE,
        seen(*weekly(2)),
        at=MONDAY,
        seen=WEEK,
        proof="network",
        to_do="Не хватило 1 публикации",
    ),
    Case(
        "орган упразднён вчера: спрашивать не с кого",
        often(),
        NOT_APPLICABLE,
        (body("old", "sectoral", until=date(2026, 11, 21)), account("old-vk", "old")),
        (view("old-vk", posts=()),),
        at=SUNDAY,
        seen=WEEK,
    ),
)
def test_sums_windows_and_several_acts(case: Case) -> None:
    judge(case)
