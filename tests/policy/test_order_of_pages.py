"""Clause 5: what is said once for several periods does not hang on which page stands first in the register."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from munsocial.model.accounts import Account
from munsocial.model.base import Record
from munsocial.model.statements import ExemptPeriod
from munsocial.testing.factories import account, moment, requirement, view
from policy_tables import Row

TOGETHER = requirement("posting.frequency", min=5, scope="per_body")
THREE_WEEKS: dict[str, Any] = {"since": "2026-11-02", "until": moment("2026-11-23 00:00")}
OLD, NEW = account("a-vk"), account("b-vk", opened=date(2026, 11, 16))
GONE = account("c-vk", closed=date(2026, 11, 8))


def rest(subject: str, since: int, reason: str) -> ExemptPeriod:
    return ExemptPeriod(subject=subject, since=date(2026, 11, since), until=date(2026, 11, 22), reason=reason)


@pytest.mark.parametrize(
    ("pages", "rests", "expected"),
    [
        pytest.param(
            (OLD, NEW), (rest("a-vk", 2, "ремонт"), rest("b-vk", 16, "переезд")),
            ["not_applicable", "unknown"], id="both rest, each for its own reason",
        ),
        pytest.param(
            (OLD.but(mothballed=date(2026, 1, 1)), NEW.but(mothballed=date(2026, 11, 16)), GONE), (),
            ["not_met", "not_applicable"], id="both are laid up, each since its own day",
        ),
    ],
)  # fmt: skip
def test_pages_in_any_order_give_the_same_answers(
    pages: tuple[Account, ...], rests: tuple[ExemptPeriod, ...], expected: list[str]
) -> None:
    one_way, the_other = told(*pages, *rests), told(*pages[::-1], *rests)
    assert one_way == the_other
    assert [outcome for outcome, _ in one_way] == expected


def told(*records: Record) -> list[tuple[str, str]]:
    views = [view(one.id, posts=()) for one in records if isinstance(one, Account)]
    findings = Row("", TOGETHER, (), records, views, seen=THREE_WEEKS, at=THREE_WEEKS["until"]).report().findings
    return [(str(one.outcome), one.say("ru")) for one in findings]
