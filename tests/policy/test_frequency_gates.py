"""Clause 5: which pages a sum is of, week by week, and which weeks a demand, an excuse or a life does not fill."""

from __future__ import annotations

from datetime import date
from typing import Any

from munsocial.model.content import Post
from munsocial.model.snapshot import AccountView
from munsocial.model.statements import ExemptPeriod
from munsocial.testing.factories import account, body, missing, moment, post, requirement, status, view, weekly
from policy_tables import Row, check, rows

FIVE = requirement("posting.frequency", min=5)
TOGETHER = requirement("posting.frequency", min=5, scope="per_body")
VK, OK = account("a-vk"), account("a-ok", network="ok")
LAST_WEEK = {"since": "2026-11-16", "until": moment("2026-11-23 00:00")}
FORTNIGHT = {"since": "2026-11-09", "until": moment("2026-11-23 00:00")}
SILENT = "not_met"


def seen(page: str, posts: Any = (), network: str = "vk") -> AccountView:
    return view(page, network=network, posts=posts)


def ok(posts: tuple[Post, ...] = ()) -> AccountView:
    return seen("a-ok", posts, "ok")


def rest(subject: str, since: int, until: int) -> ExemptPeriod:
    return ExemptPeriod(subject=subject, since=date(2026, 11, since), until=date(2026, 11, until), reason="нет связи")


def week(situation: str, ask: Any, expected: Any, records: Any, views: Any, **more: Any) -> Row:
    """The week of 16 to 22 November, at its very end: the new one has just begun."""
    known = {"seen": LAST_WEEK, "at": moment("2026-11-23 00:00"), **more}
    return Row(situation, ask, expected, records, views, **known)


@rows(
    week("акт вступил в силу в первый день недели", FIVE, [SILENT, "unknown"], (VK,), (seen("a-vk"),),
         of_act={"in_force_from": date(2026, 11, 16)}),
    week("акт вступил в силу посреди недели", FIVE, ["not_applicable", "unknown"], (VK,), (seen("a-vk"),),
         of_act={"in_force_from": date(2026, 11, 17)}, says="требование действует с 17 ноября 2026 года"),
    week("требование вступило в силу после этой недели", requirement("posting.frequency", min=5, since_="2026-11-23"),
         ["not_applicable", "unknown"], (VK,), (seen("a-vk"),)),
    week("действие акта кончается посреди новой недели", FIVE, [SILENT, "not_applicable"], (VK,), (seen("a-vk"),),
         of_act={"in_force_until": date(2026, 11, 25)}, says="требование действует по 25 ноября 2026 года"),
    week("неделя до акта, хотя публикаций достаточно", FIVE, ["not_applicable", "unknown"], (VK,),
         (seen("a-vk", weekly(5)),), of_act={"in_force_from": date(2026, 11, 23)}),
    week("сумма по органу: неделя до акта", TOGETHER, ["not_applicable", "unknown"], (VK,), (seen("a-vk"),),
         of_act={"in_force_from": date(2026, 11, 23)}),
    week("орган появился посреди недели, аккаунт старше", FIVE, ["not_applicable", "unknown"],
         (VK, body(since=date(2026, 11, 20))), (seen("a-vk"),)),
    week("органа в ту неделю ещё не было", FIVE, ["unknown"], (VK, body(since=date(2026, 11, 23))), (seen("a-vk"),)),
)  # fmt: skip
def test_weeks_that_a_demand_does_not_fill(row: Row) -> None:
    check(row)


@rows(
    week("освобождено одно воскресенье, публикаций нет: решает человек", FIVE, ["unknown", "unknown"],
         (VK, rest("a-vk", 22, 22)), (seen("a-vk"),), says="решает человек"),
    week("освобождено воскресенье, пять публикаций есть", FIVE, ["met", "unknown"],
         (VK, rest("a-vk", 22, 22)), (seen("a-vk", weekly(5)),)),
    week("освобождена вся неделя двумя записями", FIVE, ["not_applicable", "unknown"],
         (VK, rest("a-vk", 19, 22), rest("administration", 16, 18)), (seen("a-vk"),)),
    week("между двумя записями остался день", FIVE, ["unknown", "unknown"],
         (VK, rest("a-vk", 20, 22), rest("administration", 16, 18)), (seen("a-vk"),)),
    week("освобождена часть недели, а больше нормы уже есть", requirement("posting.frequency", min=1, comparator="le"),
         ["unknown", "unknown"], (VK, rest("a-vk", 22, 22)), (seen("a-vk", weekly(3)),)),
)  # fmt: skip
def test_a_week_excused_in_part(row: Row) -> None:
    check(row)


CARD, FLAGSHIP = account("a-vk", category="card"), account("a-ok", network="ok", category="flagship")
LAID_UP = account("a-vk", mothballed=date(2026, 11, 23))
BY_CATEGORY = requirement("posting.frequency", by_category={"card": 1, "flagship": 10}, scope="per_body")
EACH_NETWORK = requirement("posting.frequency", by_category={"card": 1, "flagship": 10}, scope="per_network")


@rows(
    week("сеть, которой акт не называет, в сумму не идёт", TOGETHER, [SILENT, "unknown"],
         (VK, account("a-tg", network="telegram")), (seen("a-vk"), seen("a-tg", weekly(5), "telegram")),
         of_act={"networks": ("vk", "ok")}),
    week("у органа страница только в сети, которой акт не называет", TOGETHER, "not_applicable",
         (account("a-tg", network="telegram"),), (seen("a-tg", weekly(5), "telegram"),),
         of_act={"networks": ("vk", "ok")}, says="не называет"),
    week("у органа только страница в запрещённой сети и в неназванной", TOGETHER, "suspended",
         (account("a-tg", network="telegram"), VK), (seen("a-vk"), seen("a-tg", (), "telegram")),
         of_act={"networks": ("vk",), "network_status": (status("vk"),)}),
    week("единственная страница законсервирована", TOGETHER, "not_applicable",
         (account("a-vk", mothballed=date(2026, 1, 1)),), (seen("a-vk"),), says="законсервирован"),
    week("одна страница законсервирована и не прочитана, другая молчит", TOGETHER, [SILENT, "unknown"],
         (account("a-vk", mothballed=date(2026, 1, 1)), OK), (seen("a-vk", missing()), ok())),
    week("страница законсервирована вчера: прежние недели в сумме остаются", TOGETHER,
         ["met", "not_applicable", "not_applicable"], (account("a-vk", mothballed=date(2026, 11, 22)),),
         (seen("a-vk", weekly(5, week="2026-11-09")),), seen=FORTNIGHT),
    week("страница законсервирована сегодня: недели прежде судятся в сумме", TOGETHER,
         [SILENT, SILENT, "not_applicable"], (LAID_UP,), (seen("a-vk"),), seen=FORTNIGHT),
    week("страница законсервирована сегодня: недели прежде судятся и сами", FIVE, [SILENT, SILENT, "not_applicable"],
         (LAID_UP,), (seen("a-vk"),), seen=FORTNIGHT),
    week("законсервирована в начале наблюдения: сказано один раз", FIVE, [SILENT, "not_applicable"],
         (LAID_UP.but(mothballed=date(2026, 11, 9)),), (seen("a-vk"),), seen={**FORTNIGHT, "since": "2026-11-02"}),
    week("законсервирована давно и не прочитана", FIVE, "not_applicable",
         (LAID_UP.but(mothballed=date(2026, 1, 1)),), (seen("a-vk", missing()),), seen=FORTNIGHT),
    week("нормы: есть у одной", requirement("posting.frequency", by_category={"flagship": 10}, scope="per_body"),
         "unknown", (FLAGSHIP, CARD), (seen("a-vk"), ok()), says="визитка — числа нет"),
    week("страница открыта во вторник, публикаций пять: первая неделя не в счёт", FIVE, ["not_applicable", "unknown"],
         (VK.but(opened=date(2026, 11, 17)),), (seen("a-vk", weekly(5, week="2026-11-17")),)),
    week("страница открыта во вторник, другая жила всю неделю: сумма судится", TOGETHER, ["met", "unknown"],
         (VK.but(opened=date(2026, 11, 17)), OK), (seen("a-vk", weekly(5, week="2026-11-17")), ok())),
    week("страница закрыта в воскресенье: неделя прожита, и сумма судится", TOGETHER, SILENT,
         (account("a-vk", closed=date(2026, 11, 22)),), (seen("a-vk"),)),
    week("страница закрыта, её записи той недели в сумме остаются", TOGETHER, ["met", "unknown"],
         (account("a-vk", closed=date(2026, 11, 22)), OK), (seen("a-vk", weekly(5)), ok())),
    week("страница закрыта год назад, других нет", TOGETHER, "not_applicable",
         (account("a-vk", closed=date(2025, 11, 1)),), (seen("a-vk"),), says="аккаунта не было"),
    week("страница откроется завтра", TOGETHER, "not_applicable", (account("a-vk", opened=date(2026, 11, 24)),),
         (seen("a-vk"),)),
    week("страниц нет", TOGETHER, "not_applicable", (body(),), (), says="нет аккаунтов"),
    week("освобождена одна страница, другая молчит", TOGETHER, [SILENT, "unknown"],
         (VK, OK, rest("a-ok", 16, 22)), (seen("a-vk"), ok())),
    week("освобождены обе", TOGETHER, ["not_applicable", "unknown"],
         (VK, OK, rest("a-ok", 16, 22), rest("a-vk", 16, 22)), (seen("a-vk"), ok())),
    week("одна страница открыта в среду, другая молчит всю неделю", TOGETHER, [SILENT, "unknown"],
         (VK, account("a-ok", network="ok", opened=date(2026, 11, 18))), (seen("a-vk"), ok())),
    week("нормы страниц различны", BY_CATEGORY, "unknown", (CARD, FLAGSHIP), (seen("a-vk", weekly(2)), ok()),
         says="флагманская — 10"),
    week("нормы страниц различны, порядок в реестре обратный", BY_CATEGORY, "unknown", (FLAGSHIP, CARD),
         (seen("a-vk", weekly(2)), ok())),
    week("нормы различны, но страницы в разных сетях, и сеть считают отдельно", EACH_NETWORK,
         ["met", "unknown", SILENT, "unknown"], (CARD, FLAGSHIP), (seen("a-vk", weekly(2)), ok())),
    week("закрытая год назад страница с другой нормой не мешает", BY_CATEGORY, ["met", "unknown"],
         (CARD, FLAGSHIP.but(closed=date(2025, 11, 1))), (seen("a-vk", weekly(2)), ok())),
    week("требование обращено к одной странице: другая в сумму не идёт",
         requirement("posting.frequency", min=5, scope="per_body", applies_to=["a-vk"]), [SILENT, "unknown"],
         (VK, OK), (seen("a-vk"), ok(weekly(5)))),
)  # fmt: skip
def test_which_pages_a_sum_is_of(row: Row) -> None:
    check(row)


RUNNING: dict[str, Any] = {"at": moment("2026-11-20 12:00")}
LONG = "Уважаемые жители! Приём граждан ведётся по вторникам с 9 до 18 часов."
THREAD = (
    post("2026-11-16 10:00", "Начало", id="1"),
    post("2026-11-16 10:01", "Дальше", id="2", thread_of="1"),
    post("2026-11-16 10:02", "Конец", id="3", thread_of="1"),
)
TWICE = (post("2026-11-17 10:00", LONG), post("2026-11-18 10:00", LONG))


def words(situation: str, says: str, number: int, comparator: str, **more: Any) -> Row:
    ask = requirement("posting.frequency", min=5, comparator=comparator)
    return week(situation, ask, "unknown", (VK,), (seen("a-vk", weekly(number)),), says=says, **RUNNING, **more)


@rows(
    words("больше пяти, есть пять: цель - шесть", "пока 5 из 6.", 5, "gt"),
    words("не менее пяти, есть три", "пока 3 из 5.", 3, "ge"),
    words("ровно пять, есть три", "пока 3 из 5.", 3, "eq"),
    words("не больше пяти: числа, до которого надо дойти, нет", "пока 3 при норме не больше 5.", 3, "le"),
    words("меньше пяти", "пока 3 при норме меньше 5.", 3, "lt"),
    week("больше пяти, часть недели не видна", requirement("posting.frequency", min=5, comparator="gt"),
         ["unknown", "unknown"], (VK,), (seen("a-vk", weekly(5)),), says="в увиденном 5 из 6.",
         seen={"since": "2026-11-16 08:00"}),
    week("части цепочки - не повторы", requirement("posting.frequency", min=1), ["met", "unknown"], (VK,),
         (seen("a-vk", THREAD),), says="1 публикация (2 продолжения цепочек), норма"),
    week("повторы - не части цепочки", requirement("posting.frequency", min=1), ["met", "unknown"], (VK,),
         (seen("a-vk", TWICE),), says="1 публикация (1 повтор), норма"),
    week("и то и другое", requirement("posting.frequency", min=1), ["met", "unknown"], (VK,),
         (seen("a-vk", (*THREAD, *TWICE)),), says="2 публикации (1 повтор, 2 продолжения цепочек), норма"),
)  # fmt: skip
def test_what_the_sentence_counts(row: Row) -> None:
    check(row)


MONTHLY = requirement("posting.frequency", min=5, period="month")
DAILY = requirement("posting.frequency", min=1, period="day")
AUTUMN = {"since": "2026-10-01", "until": moment("2026-12-01 00:00")}
WEEKEND = {"since": "2026-11-21", "until": moment("2026-11-23 00:00")}


@rows(
    week("месяцы: в октябре мало, в ноябре довольно, декабрь начался", MONTHLY, [SILENT, "met", "unknown"], (VK,),
         (seen("a-vk", (*weekly(4, week="2026-10-26"), *weekly(5, week="2026-11-23"))),),
         seen=AUTUMN, at=moment("2026-12-01 00:00"), says="С 1 по 31 октября 2026 года: 4"),
    week("месяцы: публикация в последнюю минуту октября - октябрьская", MONTHLY, ["met", SILENT, "unknown"], (VK,),
         (seen("a-vk", (*weekly(4, week="2026-10-26"), post("2026-10-31 23:59", "Ждём всех на ярмарке в субботу."))),),
         seen=AUTUMN, at=moment("2026-12-01 00:00")),
    week("дни: в субботу есть, в воскресенье нет, понедельник начался", DAILY, ["met", SILENT, "unknown"], (VK,),
         (seen("a-vk", (post("2026-11-21 23:59"),)),), seen=WEEKEND, says="22 ноября 2026 года"),
)  # fmt: skip
def test_months_and_days_are_cut_like_weeks(row: Row) -> None:
    check(row)
