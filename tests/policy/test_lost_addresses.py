"""A lost address is told once under each act, by its strictest demand on the page, and no excuse hides it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from munsocial.model.base import Record
from munsocial.model.statements import ExemptPeriod, Waiver
from munsocial.policy import Requirement, audit
from munsocial.testing.factories import MOMENT, account, act, district, person, profile, requirement, snapshot, view

MUST = requirement("account.exists", networks=["vk"])
SHOULD = requirement("posting.frequency", "should", min=5)
MAY = requirement("moderation.sanctions", "may")
PAGE = "administration-vk"
LOST = snapshot(view(profile=profile(), handle_now="id-other", posts=()), since="2026-11-16")


def waiver(demand: str, subject: str = PAGE) -> Waiver:
    return Waiver(requirement=demand, subject=subject, reason="ремонт", approver="ivanova", last_day=date(2026, 12, 1))


def told(asks: Sequence[Requirement], *records: Record) -> list[tuple[str, str, str, bool]]:
    report = audit(district(account(), person(), *records), LOST, [act(*asks)], MOMENT)
    lost = report.of(derived="takeover")
    assert {one.subject for one in lost} <= {PAGE}
    return [(one.requirement, str(one.level), str(one.outcome), one.violation) for one in lost]


GRAVE = [("account-exists", "must", "not_met", True)]
ADVISED = [("posting-frequency", "should", "not_met", False)]


@pytest.mark.parametrize(
    ("situation", "asks", "expected"),
    [
        ("a duty comes first", [MUST, SHOULD], GRAVE),
        ("a recommendation comes first", [SHOULD, MUST], GRAVE),
        ("a permission comes first", [MAY, MUST], GRAVE),
        ("a permission before a recommendation", [MAY, SHOULD], ADVISED),
        ("a permission alone demands nothing of the page", [MAY], []),
        (
            "two duties: the first one tells",
            [MUST, requirement("profile.design", required=["avatar"])],
            GRAVE,
        ),
    ],
)
def test_the_order_of_demands_changes_nothing(
    situation: str, asks: Sequence[Requirement], expected: list[tuple[str, str, str, bool]]
) -> None:
    assert told(asks) == expected, situation


@pytest.mark.parametrize(
    ("situation", "record"),
    [
        ("a recommendation is waived", waiver("posting-frequency")),
        ("the account's existence is waived for the body", waiver("account-exists", "administration")),
        ("the account's existence is waived for the page", waiver("account-exists")),
        (
            "the duty rests for the body",
            ExemptPeriod(
                subject="administration",
                since=date(2026, 11, 1),
                until=date(2026, 11, 30),
                reason="пожар",
                kinds=("account.exists",),
            ),
        ),
    ],
)
def test_an_excuse_from_a_demand_is_none_for_a_lost_address(situation: str, record: Record) -> None:
    assert told([SHOULD, MUST], record) == GRAVE, situation
