"""Law over time, excuses and lost addresses read a second time, on the acts as they are shipped."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from munsocial.model.accounts import Account
from munsocial.model.base import Record
from munsocial.model.content import PostKind, RepostSource
from munsocial.model.snapshot import Observed
from munsocial.model.statements import Waiver
from munsocial.policy import Finding, audit, load_acts
from munsocial.policy.act import NetworkStatus
from munsocial.policy.speech import speak
from munsocial.policy.subjects import suspended
from munsocial.testing.factories import MOMENT, account, district, missing, moment, post, profile, snapshot, view
from second_reading import NOT_APPLICABLE, REMARK, SUSPENDED, UNKNOWN, VIOLATED, WAIVED, in_words
from sentences import fit_for_people

OLD: dict[str, Any] = {"opened": date(2015, 1, 1)}


def judged(act: str, requirement: str, at: datetime, *records: Record, **seen: Any) -> list[Finding]:
    """Judge under a shipped act and return the answers to one demand."""
    views = [view(one.id, network=one.network, **seen) for one in records if isinstance(one, Account)]
    known = snapshot(*views, since=f"{at.year - 1}-01-01", until=at)
    found = audit(district(*records), known, load_acts([act]), at).of(requirement=requirement)
    for one in found:
        fit_for_people(one)
    return list(found)


# network, moment, expected, a piece of the reason
RESTRICTED = [
    ("facebook", "2022-02-28 23:59", UNKNOWN, "не видно"),
    ("facebook", "2022-03-01 00:00", SUSPENDED, "доступ ограничен"),
    ("facebook", "2022-03-20 23:59", SUSPENDED, "доступ ограничен"),
    ("facebook", "2022-03-21 00:00", SUSPENDED, "признан экстремистским"),
    ("facebook", "2026-11-23 10:00", SUSPENDED, "Тверской районный суд"),
    ("instagram", "2022-03-21 00:00", SUSPENDED, "признан экстремистским"),
    ("twitter", "2022-02-28 23:59", UNKNOWN, "не видно"),
    ("twitter", "2026-11-23 10:00", SUSPENDED, "Генеральной прокуратуры"),
    ("vk", "2026-11-23 10:00", UNKNOWN, "не видно"),
    ("ok", "2026-11-23 10:00", UNKNOWN, "не видно"),
    # The order names five networks; a step-by-step restriction of another one changes nothing here.
    ("telegram", "2026-11-23 10:00", NOT_APPLICABLE, "не называет"),
    ("max", "2026-11-23 10:00", NOT_APPLICABLE, "не называет"),
]


@pytest.mark.parametrize(("network", "at", "expected", "reason"), RESTRICTED)
def test_the_order_and_the_state_of_networks_on_a_day(network: str, at: str, expected: str, reason: str) -> None:
    page = account("page", network=network, **OLD)
    (found,) = judged("kalininsky", "description", moment(at), page, profile=missing("unreachable"))
    assert in_words(found) == expected
    assert reason.casefold() in found.say("ru").casefold()


def test_a_date_known_to_the_month_is_told_as_a_month() -> None:
    pages = [account(network, network=network, **OLD) for network in ("twitter", "facebook")]
    twitter, facebook = judged("kalininsky", "description", MOMENT, *pages)
    assert "доступ ограничен с марта 2022 года (" in twitter.say("ru")
    assert "since March 2022 (" in twitter.say("en")
    assert twitter.facts["since"] == date(2022, 3, 1)
    assert "признан экстремистским с 21 марта 2022 года (" in facebook.say("ru")


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"from": date(2026, 3, 1), "basis": "приказ № 1"}, "доступ ограничен с 1 марта 2026 года (приказ № 1)."),
        ({"basis": "приказ № 1"}, "доступ ограничен (приказ № 1)."),
        ({"from": date(2026, 3, 1)}, "доступ ограничен с 1 марта 2026 года."),
        ({}, "доступ ограничен."),
    ],
)
def test_of_a_restriction_only_what_is_known_is_said(known: dict[str, Any], said: str) -> None:
    resting = NetworkStatus(network="vk", status="blocked", **known)
    verdict = suspended(resting, "vk")
    assert f"нельзя по закону: ВКонтакте — {said} Проверка" in speak(verdict.text, verdict.facts, "ru")


# demand of the federal layer, the last day before it, its first day
BEGINS = [
    ("official-page", "2022-11-30", "2022-12-01"),
    ("audience-register", "2024-10-31", "2024-11-01"),
    ("repost-source", "2024-12-31", "2025-01-01"),
    ("state-language", "2023-02-27", "2023-02-28"),
    ("criticism", "2024-12-31", "2025-01-01"),
]


@pytest.mark.parametrize(("requirement", "before", "first"), BEGINS)
def test_a_federal_demand_begins_on_its_day(requirement: str, before: str, first: str) -> None:
    page = account("page", **OLD)
    eve = judged("federal", requirement, moment(f"{before} 23:59"), page)
    assert [in_words(one) for one in eve] == [NOT_APPLICABLE]
    assert "не действует" in eve[0].say("ru")
    day = judged("federal", requirement, moment(f"{first} 00:00"), page)
    assert "не действует" not in " ".join(one.say("ru") for one in day)


def test_a_repost_made_before_the_law_is_not_held_against_a_page() -> None:
    source = RepostSource(network_id="big", subscribers=50_000, registered=False)
    for day, expected in (("2024-12-31 23:59", NOT_APPLICABLE), ("2025-01-01 00:00", VIOLATED)):
        posts = [post(day, "", kind=PostKind.REPOST, source=source)]
        (found,) = judged("federal", "repost-source", moment("2025-01-10 10:00"), account("page", **OLD), posts=posts)
        assert in_words(found) == expected, day


PAGE = account("page")
EXCUSE = Waiver(
    requirement="description", subject="page", reason="идёт переезд", approver="ivanova", last_day=date(2026, 11, 23)
)
# situation, the excuse, expected
EXCUSES = [
    ("названо только требование", EXCUSE, WAIVED),
    ("названы акт и требование", EXCUSE.but(requirement="kalininsky#description"), WAIVED),
    ("назван другой акт", EXCUSE.but(requirement="federal#description"), VIOLATED),
    ("названо другое требование", EXCUSE.but(requirement="design"), VIOLATED),
    ("освобождён орган", EXCUSE.but(subject="administration"), WAIVED),
    ("освобождён весь район", EXCUSE.but(subject="prirechensky"), WAIVED),
    ("освобождена другая страница", EXCUSE.but(subject="other"), VIOLATED),
    ("последний день - сегодня", EXCUSE.but(last_day=date(2026, 11, 23)), WAIVED),
    ("кончилось вчера", EXCUSE.but(last_day=date(2026, 11, 22)), VIOLATED),
    ("начнётся завтра", EXCUSE.but(since=date(2026, 11, 24), last_day=date(2026, 12, 1)), VIOLATED),
    ("началось сегодня", EXCUSE.but(since=date(2026, 11, 23)), WAIVED),
]


@pytest.mark.parametrize(("situation", "excuse", "expected"), EXCUSES)
def test_an_excuse_holds_for_what_it_names(situation: str, excuse: Waiver, expected: str) -> None:
    (found,) = judged("kalininsky", "description", MOMENT, PAGE, excuse, profile=profile(description=""))
    assert in_words(found) == expected, situation
    assert found.say("ru") == "Текстового описания нет."  # it is judged and shown all the same
    assert found.violation is (expected == VIOLATED)


def test_an_excuse_ends_at_local_midnight() -> None:
    for at, expected in (("2026-11-23 23:59", WAIVED), ("2026-11-24 00:00", VIOLATED)):
        (found,) = judged("kalininsky", "description", moment(at), PAGE, EXCUSE, profile=profile(description=""))
        assert in_words(found) == expected, at


# situation, where the address leads now, whether that is a takeover
ADDRESSES: list[tuple[str, Any, bool]] = [
    ("адрес ведёт на ту же страницу", Observed[str](value="id-page"), False),
    ("адрес ведёт на чужую страницу", Observed[str](value="id-stranger"), True),
    ("куда ведёт адрес, не видно", missing("unreachable"), False),
    ("адрес никуда не ведёт", missing("not_found"), False),
    ("адрес не проверяли", missing("not_asked"), False),
]


@pytest.mark.parametrize(("situation", "now", "taken"), ADDRESSES)
def test_a_lost_address_is_told_once(situation: str, now: Any, taken: bool) -> None:
    seen = snapshot(view("page", handle_now=now))
    found = audit(district(PAGE), seen, load_acts(["kalininsky"]), MOMENT).of(derived="takeover")
    assert [in_words(one) for one in found] == [VIOLATED] * taken, situation


def test_numbers_of_several_acts_stand_side_by_side() -> None:
    """The order advises five a week, the federal practice three; four are enough for one and not for the other."""
    posts = [post(f"2026-11-{day} 12:00", f"Новость {day}", topic="activity") for day in (16, 17, 18, 19)]
    seen = snapshot(view("page", posts=posts), since="2026-11-16", until=moment("2026-11-23 00:00"))
    acts = load_acts(["kalininsky", "federal"])
    found = audit(district(PAGE), seen, acts, moment("2026-11-23 00:00")).of(kind="posting.frequency")
    past = {one.act: in_words(one) for one in found if one.facts["until"] == date(2026, 11, 22)}
    assert past == {"kalininsky": REMARK, "federal": "satisfied"}
