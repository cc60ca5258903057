"""A waiver excuses a demand: which one, for whom and until when; the finding is judged and shown all the same."""

from __future__ import annotations

from datetime import date

import pytest

from munsocial.model.statements import Waiver
from munsocial.testing.factories import body, person, requirement
from policy_tables import Row

ANY = requirement("account.exists", clause="2.1", networks=["ok", "vk", "facebook"], mode="any")
EXCUSED = Waiver(
    requirement="account-exists",
    subject="administration",
    reason="реорганизация",
    approver="ivanova",
    last_day=date(2026, 12, 31),
)


@pytest.mark.parametrize(
    ("situation", "waiver", "violations"),
    [
        ("исключение действует", EXCUSED, 0),
        ("исключение названо вместе с актом", EXCUSED.but(requirement="order#account-exists"), 0),
        ("исключение дано всему муниципалитету", EXCUSED.but(subject="prirechensky"), 0),
        ("исключение истекло", EXCUSED.but(last_day=date(2026, 11, 22)), 1),
        ("последний день исключения", EXCUSED.but(last_day=date(2026, 11, 23)), 0),
        ("исключение начнётся позже", EXCUSED.but(since=date(2026, 12, 1)), 1),
        ("исключение другого органа", EXCUSED.but(subject="education"), 1),
        ("исключение из другого требования", EXCUSED.but(requirement="posts-weekly"), 1),
        ("исключение из требования другого акта", EXCUSED.but(requirement="federal#account-exists"), 1),
    ],
)
def test_a_waived_demand_is_judged_and_shown_all_the_same(situation: str, waiver: Waiver, violations: int) -> None:
    report = Row(situation, ANY, (), (body(), person(), waiver)).report()
    (finding,) = report.findings
    assert finding.outcome == "not_met"
    assert len(report.violations) == violations
    assert (finding.waiver is not None) == (violations == 0)
    assert len(report.waived) == 1 - violations
