"""Which act and clause a finding cites: of several acts each is named; an act known by a summary has no clauses."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook
from rich.console import Console

from munsocial.model.base import Record
from munsocial.policy import audit, load_acts
from munsocial.policy.report import ActSummary, Report
from munsocial.policy.verdict import Outcome
from munsocial.report import rendered
from munsocial.report.console import show
from munsocial.report.naming import named
from munsocial.testing.factories import MOMENT, account, attestation, body, district, person, snapshot, view, weekly
from report_samples import finding, report

RULES = ActSummary("rules", "Правила поведения на официальных страницах администрации и Думы", "", {})
UNNUMBERED = finding(Outcome.NOT_MET, act="rules", clause="")


def _stack(*findings: object) -> Report:
    one = report(*findings)  # type: ignore[arg-type]  # findings, as report takes them
    return replace(one, acts=(*one.acts, RULES))


def _screen(one: Report) -> list[str]:
    target = io.StringIO()
    show(one, "ru", Console(file=target))
    return target.getvalue().splitlines()


def test_of_several_acts_the_terminal_names_whose_clause_is_cited() -> None:
    lines = _screen(_stack(finding(Outcome.NOT_MET), UNNUMBERED))
    assert "✗ нарушение · п. 5 · Порядок" in lines
    assert "✗ нарушение · пункт не указан · Правила поведения на официальных страницах…" in lines


def test_of_one_act_the_terminal_repeats_no_name() -> None:
    assert "✗ нарушение · п. 5" in _screen(report(finding(Outcome.NOT_MET)))


def test_a_demand_without_a_clause_says_so_in_every_form() -> None:
    one = _stack(UNNUMBERED)
    assert any(line.strip().startswith("—") for line in _screen(one))
    assert "пункт не указан:" in one.say(UNNUMBERED)
    assert "clause not stated:" in one.say(UNNUMBERED, "en")
    page = rendered(one, ".html").decode()
    assert '"></a>' not in page
    assert ">пункт не указан<" in page
    assert "пункт не указан" in rendered(one, ".sarif").decode()
    heads, row = load_workbook(io.BytesIO(rendered(one, ".xlsx")))["Все выводы"].iter_rows(values_only=True)
    assert dict(zip(heads, row, strict=True))["Пункт"] == "пункт не указан"


@pytest.mark.parametrize("posts", [weekly(3), ()], ids=["three posts", "no post"])
def test_what_people_state_of_texts_keeps_its_name_when_it_is_stated(posts: object) -> None:
    stated = [person(), *(attestation(f"posting.{kind}", "administration-vk") for kind in ("style", "topics"))]
    seen = snapshot(view(posts=posts))
    federal = load_acts(["federal"])

    def names(*records: Record) -> list[str]:
        found = audit(district(body(), account(), *records), seen, federal, MOMENT).findings
        return [name for one, name in named(found) if one.requirement in ("page-content", "state-language")]

    assert names() == names(*stated)
    assert len(set(names())) == 4
