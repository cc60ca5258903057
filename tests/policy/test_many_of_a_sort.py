"""Hundreds of a sort: each is looked at once for an audit; a finding names twenty of them and says how many more."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from munsocial.model.statements import Recommendation
from munsocial.policy import Finding, audit
from munsocial.policy.case import Case
from munsocial.policy.facts.reactions import reactions
from munsocial.policy.force import Force
from munsocial.policy.readings import Readings
from munsocial.testing.factories import MOMENT, account, act, district, phone, requirement, snapshot
from sentences import fit_for_people

NUMBER = "+78616320000"
BOUND = requirement("account.bound_phone")
ALIGNED = requirement("policy.alignment", mode="take_into_account")


def judged(ask: Any, *records: Any) -> tuple[Finding, ...]:
    return audit(district(*records), snapshot(), [act(ask)], MOMENT).findings


def on_one_phone(many: int) -> tuple[Any, ...]:
    return (phone(NUMBER), *(account(f"page-{n:03}", phone=NUMBER) for n in range(many)))


@pytest.mark.parametrize(
    ("many", "named", "more"), [(2, 2, ""), (20, 20, ""), (21, 20, " и ещё 1"), (90, 20, " и ещё 70")]
)
def test_a_shared_phone_names_twenty_accounts_and_says_how_many_more(many: int, named: int, more: str) -> None:
    risks = [one for one in judged(BOUND, *on_one_phone(many)) if one.derived == "shared_phone"]
    assert len(risks) == many
    for one in risks:
        assert (len(one.facts["accounts"]), len(one.facts["names"]), one.facts["count"]) == (named, named, many)
        assert f"{more}. Акт" in one.say()
        fit_for_people(one)


def test_a_page_of_an_owner_with_a_phone_of_its_own_is_counted_once() -> None:
    owner, owned = account("owner", kind="profile", phone=NUMBER), account("page", phone=NUMBER, owner_profile="owner")
    told = {one.subject: one.facts["accounts"] for one in judged(BOUND, phone(NUMBER), owner, owned)
            if one.derived == "shared_phone"}  # fmt: skip
    assert told == {"page": ["owner", "page"]}


def recommended(n: int, *accounts: str, **fields: Any) -> Recommendation:
    known = {"from_whom": "Департамент", "date": date(2026, 1, 1), "number": str(n), "summary": "Публикуйте чаще"}
    return Recommendation(id=f"r{n}", accounts=accounts, **{**known, **fields})


@pytest.mark.parametrize(
    ("sort", "outcome"),
    [
        ({"done": date(2026, 2, 1)}, "unknown"),
        ({"refused": date(2026, 2, 1), "reason": "Нет средств"}, "unknown"),
        ({"refused": date(2026, 2, 1)}, "not_met"),
        ({}, "not_met"),
        ({"date": date(2026, 11, 20)}, "unknown"),
        ({"done": date(2026, 12, 1)}, "not_met"),
    ],
)
def test_many_recommendations_are_told_by_twenty(sort: dict[str, Any], outcome: str) -> None:
    (one,) = judged(ALIGNED, account(), *(recommended(n, **sort) for n in range(45)))
    assert one.outcome == outcome
    assert len(one.evidence) <= 20
    assert all(len(names) <= 21 for names in one.facts.values() if isinstance(names, list))
    fit_for_people(one)


def test_those_passed_over_are_counted_whole() -> None:
    (one,) = judged(ALIGNED, account(), *(recommended(n) for n in range(45)))
    assert "45 из 45" in one.say()
    assert "и ещё 25" in one.say()


def test_a_recommendation_to_one_page_concerns_its_body_alone_and_once() -> None:
    pages = (account("a-vk", "a"), account("a-ok", "a", "ok"), account("b-vk", "b"))
    known = (recommended(1, done=date(2026, 2, 1)), recommended(2, "a-vk", "a-ok"))
    told = {one.subject: (one.outcome, one.facts.get("count")) for one in judged(ALIGNED, *pages, *known)}
    assert told == {"a": ("not_met", 2), "b": ("unknown", None)}


def test_recommendations_to_all_are_sorted_once_for_all_bodies() -> None:
    made = district(account("a-vk", "a"), account("b-vk", "b"), *(recommended(n) for n in range(3)))
    case = Case(made, snapshot(), (), MOMENT, Readings.of(made))
    assert reactions(case, Force(), case.pages_of["a"]) is reactions(case, Force(), case.pages_of["b"])
