"""An act may allow a first answer in a provision of its own, as Sevastopol does: it then keeps all terms of the act."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from munsocial.policy import Act, Requirement, audit, load_acts
from munsocial.testing.factories import MOMENT, account, act, body, district, requirement, snapshot
from policy_tables import asked

SEVASTOPOL = load_acts([Path(__file__).parents[2] / "examples" / "acts" / "sevastopol-2020.toml"])[0]
NINE = requirement("reply.deadline", id_="nine", limit=9, unit="working_hours", priority="normal", start="assigned")
FIRST: dict[str, Any] = {"id_": "first", "interim_allowed": True, "final_limit": 7, "final_unit": "working_days"}

IN_TIME = {"assigned_at": "2026-11-09 10:00", "interim_at": "2026-11-09 12:00", "answered_at": "2026-11-18 10:00"}


def judged(order: Act, demand: str, **moments: str) -> str:
    report = audit(district(body(), account(), asked(**moments)), snapshot(since="2026-11-01"), [order], MOMENT)
    return " ".join(str(one.outcome) for one in report.of(requirement=demand))


@pytest.mark.parametrize(
    ("situation", "moments", "expected"),
    [
        (
            "a first answer in time, the final one within seven working days",
            {"assigned_at": "2026-11-09 10:00", "interim_at": "2026-11-09 12:00", "answered_at": "2026-11-18 10:00"},
            "met not_applicable met",
        ),
        (
            "a first answer in time, the final one a working day too late",
            {"assigned_at": "2026-11-09 10:00", "interim_at": "2026-11-09 12:00", "answered_at": "2026-11-19 10:00"},
            "met not_applicable not_met",
        ),
        (
            "a first answer that is late itself",
            {"assigned_at": "2026-11-09 10:00", "interim_at": "2026-11-10 12:00", "answered_at": "2026-11-12 10:00"},
            "not_met not_applicable met",
        ),
        (
            "an important message: four working hours for the first answer",
            {
                "priority": "high",
                "assigned_at": "2026-11-09 10:00",
                "interim_at": "2026-11-09 14:00",
                "answered_at": "2026-11-18 10:00",
            },
            "not_applicable met met",
        ),
        (
            "no first answer, and the only one late",
            {"assigned_at": "2026-11-09 10:00", "answered_at": "2026-11-11 10:00"},
            "not_met not_applicable met",
        ),
    ],
)
def test_a_first_answer_keeps_the_terms_of_sevastopol(situation: str, moments: dict[str, str], expected: str) -> None:
    assert [judged(SEVASTOPOL, demand, **moments) for demand in "123"] == expected.split(), situation


@pytest.mark.parametrize(
    ("situation", "beside", "expected"),
    [
        ("allowed for every message", requirement("reply.deadline", **FIRST), "met"),
        ("allowed for important ones only", requirement("reply.deadline", priority="high", **FIRST), "not_met"),
        ("allowed to another body only", requirement("reply.deadline", applies_to=["sectoral"], **FIRST), "not_met"),
        ("allowed from a later day", requirement("reply.deadline", since_="2026-11-20", **FIRST), "not_met"),
        (
            "allowed for appeals only",
            requirement("reply.deadline", applies_when="appeal_under_59_fz", **FIRST),
            "not_met",
        ),
        (
            "a term of its own, which is its own matter",
            requirement("reply.deadline", limit=4, unit="working_hours", **FIRST),
            "not_met",
        ),
    ],
)
def test_a_first_answer_counts_where_the_act_allows_it(situation: str, beside: Requirement, expected: str) -> None:
    assert judged(act(NINE, beside), "nine", **IN_TIME) == expected, situation


@pytest.mark.parametrize(
    ("situation", "allowed_to", "term_for", "expected"),
    [
        ("allowed to more than the term speaks of", ["administration", "sectoral"], ["administration"], "met"),
        ("the term speaks of more", ["administration"], ["administration", "sectoral"], "met"),
        ("allowed to a wider sort", ["local_body"], ["administration"], "met"),
        ("allowed to a narrower sort", ["administration"], ["local_body"], "met"),
        ("allowed to this body, the term for all", ["administration"], [], "met"),
        ("allowed to its page, through which the message came", ["administration-vk"], [], "met"),
        ("allowed to another page", ["administration-ok"], [], "not_met"),
        ("allowed to others of those of whom the term speaks", ["sectoral"], ["administration", "sectoral"], "not_met"),
    ],
)
def test_a_first_answer_counts_for_whom_it_is_allowed(
    situation: str, allowed_to: list[str], term_for: list[str], expected: str
) -> None:
    order = act(NINE.but(applies_to=term_for), requirement("reply.deadline", applies_to=allowed_to, **FIRST))
    assert judged(order, "nine", account="administration-vk", **IN_TIME) == expected, situation


@pytest.mark.parametrize(
    ("situation", "networks", "through", "expected"),
    [
        ("allowed in the network of the message", ["vk", "max"], {"account": "administration-vk"}, "met"),
        ("allowed in another network", ["ok"], {"account": "administration-vk"}, "not_met"),
        ("allowed in one, through which the message came is not noted", ["ok"], {}, "met"),
    ],
)
def test_a_first_answer_counts_in_the_networks_where_it_is_allowed(
    situation: str, networks: list[str], through: dict[str, str], expected: str
) -> None:
    order = act(NINE, requirement("reply.deadline", **FIRST).but(networks=networks))
    assert judged(order, "nine", **through, **IN_TIME) == expected, situation


def test_a_first_answer_ends_no_term_of_the_appeals_law() -> None:
    """Thirty days of 59-FZ run to the answer itself: a first answer, allowed for messages, is none."""
    law = requirement(
        "reply.deadline", id_="fz", limit=30, unit="days", start="registered", applies_when="appeal_under_59_fz"
    )
    appeal = asked(
        appeal=True, asked_at="2026-09-05 10:00", registered_at="2026-09-05 10:00", interim_at="2026-09-05 12:00"
    )
    apart = requirement("reply.deadline", id_="first", interim_allowed=True)
    report = audit(district(body(), appeal), snapshot(since="2026-09-01"), [act(law, apart)], MOMENT)
    assert [str(found.outcome) for found in report.of(requirement="fz")] == ["not_met"]


def test_another_act_of_the_stack_allows_nothing() -> None:
    one, other = act(NINE, id="one"), act(requirement("reply.deadline", **FIRST), id="other")
    report = audit(district(body(), asked(**IN_TIME)), snapshot(since="2026-11-01"), [one, other], MOMENT)
    assert [str(found.outcome) for found in report.of(act="one")] == ["not_met"]
