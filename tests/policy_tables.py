"""Tables of situations: a lawyer reads the first column and the last, a program runs the middle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest

from munsocial.model.base import Record
from munsocial.model.snapshot import AccountView
from munsocial.model.statements import Inquiry
from munsocial.policy import Act, Finding, Report, Requirement, audit
from munsocial.testing.factories import MOMENT, act, district, moment, snapshot
from sentences import fit_for_people


@dataclass(frozen=True)
class Row:
    """One situation.

    ``expected`` are the outcomes which the act itself leads to, in order; ``derived`` the names of further checks
    of ours that answer ``not_met``.
    """

    situation: str
    ask: Requirement
    expected: str | Sequence[str]
    records: Sequence[Record] = ()
    views: Sequence[AccountView] = ()
    above: Sequence[AccountView] = ()
    derived: Sequence[str] = ()
    at: datetime = MOMENT
    says: str = ""
    of_act: dict[str, Any] = field(default_factory=dict)
    seen: dict[str, Any] = field(default_factory=dict)

    def report(self) -> Report:
        order: Act = act(self.ask, **self.of_act)
        return audit(district(*self.records), snapshot(*self.views, above=self.above, **self.seen), [order], self.at)


def rows(*table: Row) -> pytest.MarkDecorator:
    """Parametrize a test with situations; the words of each are its name."""
    names = [row.situation for row in table]
    assert len(set(names)) == len(names), "two rows tell the same situation"
    return pytest.mark.parametrize("row", [pytest.param(row, id=row.situation) for row in table])


def check(row: Row) -> None:
    """Judge the situation and compare."""
    findings = row.report().findings
    told = "\n".join(f"{one.outcome} {one.derived} {one.subject}: {one.say('ru')}" for one in findings)
    expected = [row.expected] if isinstance(row.expected, str) else list(row.expected)
    assert [str(one.outcome) for one in findings if not _ours(one)] == expected, told
    assert sorted(one.derived for one in findings if _ours(one)) == sorted(row.derived), told
    assert row.says in told
    for one in findings:
        fit_for_people(one)


def asked(id: str = "i1", **fields: Any) -> Inquiry:
    """Make a message to the administration; its moments are written as people write them."""
    moments = {name: moment(value) if name.endswith("_at") else value for name, value in fields.items()}
    return Inquiry(id=id, body="administration", **moments)


def _ours(one: Finding) -> bool:
    return bool(one.derived)
