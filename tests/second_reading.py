"""The second reading: expectations written from the words of the acts by somebody who had not read the rules.

Each row says, in a lawyer's words, what the situation is and what the act leads to in it. `VIOLATED` is a duty broken
with no excuse, `REMARK` a recommendation not followed, `WAIVED` a demand not met with an excuse in force.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest

from munsocial.model.base import Record
from munsocial.model.snapshot import AccountView
from munsocial.policy import Finding, Requirement, audit
from munsocial.testing.factories import MOMENT, act, district, snapshot
from sentences import fit_for_people

VIOLATED, REMARK, WAIVED, SATISFIED = "violated", "remark", "waived", "satisfied"
UNKNOWN, NOT_APPLICABLE, SUSPENDED = "unknown", "not applicable", "suspended"
PERMITTED = "permitted, not used"
_WORDS = {"met": SATISFIED, "unknown": UNKNOWN, "not_applicable": NOT_APPLICABLE, "suspended": SUSPENDED}


@dataclass(frozen=True)
class Case:
    """One situation, its facts and what the act leads to.

    ``expected`` are the answers of the act itself: one word, a sequence in the order of findings, or subject to word.
    ``ours`` are names of further checks which must answer "not met", ``not_ours`` of those which must not.
    ``proof`` are means that must stand among the evidence; ``says`` and ``to_do`` are pieces of the Russian sentences.
    """

    situation: str
    ask: Requirement | Sequence[Requirement]
    expected: str | Sequence[str] | dict[str, str]
    records: Record | Sequence[Record] = ()
    views: AccountView | Sequence[AccountView] = ()
    above: AccountView | Sequence[AccountView] = ()
    at: datetime = MOMENT
    proof: str | Sequence[str] = ()
    says: str = ""
    to_do: str = ""
    ours: str | Sequence[str] = ()
    not_ours: str | Sequence[str] = ()
    of_act: dict[str, Any] = field(default_factory=dict)
    seen: dict[str, Any] = field(default_factory=dict)
    place: dict[str, Any] = field(default_factory=dict)

    def findings(self) -> tuple[Finding, ...]:
        """Judge the situation."""
        asked = (self.ask,) if isinstance(self.ask, Requirement) else tuple(self.ask)
        order = act(*asked, **self.of_act)
        own = district(*several(self.records), **self.place)
        seen = snapshot(*several(self.views), above=several(self.above), **self.seen)
        return audit(own, seen, [order], self.at).findings


def several(given: Any) -> tuple[Any, ...]:
    """One thing or several, as a tuple: rows need no one-element tuples."""
    return tuple(given) if isinstance(given, (tuple, list)) else (given,)


def cases(*table: Case) -> pytest.MarkDecorator:
    """Parametrize a test with situations; the words of each are its name."""
    names = [case.situation for case in table]
    assert len(set(names)) == len(names), "two rows tell the same situation"
    return pytest.mark.parametrize("case", [pytest.param(case, id=case.situation) for case in table])


def in_words(finding: Finding) -> str:
    """A finding's answer in the words of these tables."""
    if str(finding.outcome) != "not_met":
        return _WORDS[str(finding.outcome)]
    if finding.waiver:
        return WAIVED
    return {"must": VIOLATED, "should": REMARK, "may": "broken permission"}[str(finding.level)]


def judge(case: Case) -> None:
    """Compare a situation with what the second reader expects of it."""
    findings = case.findings()
    told = "\n".join(_told(findings))
    of_act = [one for one in findings if not one.derived]
    if isinstance(case.expected, dict):
        assert {one.subject: in_words(one) for one in of_act} == case.expected, told
    else:
        expected = [case.expected] if isinstance(case.expected, str) else list(case.expected)
        assert [in_words(one) for one in of_act] == expected, told
    failed = {one.derived for one in findings if one.derived and str(one.outcome) == "not_met"}
    assert set(several(case.ours)) <= failed, told
    assert failed.isdisjoint(several(case.not_ours)), told
    assert set(several(case.proof)) <= {str(one.means) for finding in of_act for one in finding.evidence}, told
    assert case.says in told, told
    assert case.to_do in told, told
    for one in findings:
        fit_for_people(one)


def _told(findings: Sequence[Finding]) -> Iterator[str]:
    for one in findings:
        means = ",".join(str(each.means) for each in one.evidence)
        yield f"{in_words(one)} [{one.derived or 'act'}] {one.subject} ({means}): {one.say('ru')} -> {one.advise('ru')}"
