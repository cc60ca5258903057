"""The page of the report for every reader: by keyboard, by ear, without colours, on a small screen, on paper."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from munsocial.model.statements import Waiver
from munsocial.policy.finding import Finding
from munsocial.policy.report import SubjectSummary
from munsocial.policy.verdict import Evidence, Level, Means, Outcome
from munsocial.report import rendered
from munsocial.wording import Text
from report_samples import finding, report

_ADDRESS = "https://net.example/lipovka"
_WAIVER = Waiver(
    requirement="posts-weekly",
    subject="lipovka-vk",
    reason="ремонт",
    approver="ivanova",
    last_day=date(2026, 12, 31),
)


def _page(*findings: Finding) -> str:
    subject = SubjectSummary("lipovka-vk", "account", "Липовка", "lipovka", "vk", _ADDRESS)
    return rendered(replace(report(*findings), subjects={subject.id: subject}), ".html").decode()


def _rules(page: str, media: str) -> str:
    """Return the styles that hold for a medium."""
    return "".join(re.findall(rf"@media {media} \{{((?:[^{{}}]*\{{[^{{}}]*\}})*)\s*\}}", page))


def test_the_title_tells_the_district_and_the_day() -> None:
    """A tab, a bookmark and the head of a printed sheet show nothing else."""
    assert "<title>Приреченский район, 23.11.2026 — отчёт / report</title>" in _page()


def test_no_link_stands_inside_what_opens_a_group() -> None:
    """One key for two deeds: a reader of screens says one of them only."""
    page = _page(finding(Outcome.NOT_MET))
    assert not [one for one in re.findall(r"<summary>.*?</summary>", page, re.DOTALL) if "<a " in one]
    todo = page[page.index('id="todo"') : page.index('id="matrix"')]
    assert f'href="{_ADDRESS}"' in todo


def test_every_head_of_a_table_has_words_and_a_side() -> None:
    heads = re.findall(r"<th\b([^>]*)>(.*?)</th>", _page(finding(Outcome.NOT_MET)), re.DOTALL)
    assert heads
    assert [told for side, told in heads if "scope=" not in side or not re.sub(r"<[^>]+>", "", told).strip()] == []


@pytest.mark.parametrize(
    ("what", "judged", "shown"),
    [
        ("a duty is not met", finding(Outcome.NOT_MET), "✗"),
        ("a recommendation is not followed", finding(Outcome.NOT_MET, Level.SHOULD), "(✗)"),
        ("a duty is not met, and a waiver is in force", finding(Outcome.NOT_MET, waiver=_WAIVER), "[✗]"),
        ("a duty is met", finding(Outcome.MET), "✓"),
    ],
)
def test_the_overview_can_be_read_without_its_colours(what: str, judged: Finding, shown: str) -> None:
    page = _page(judged)
    assert re.findall(r"<td [^>]*>([^<]*)</td>", page) == [shown], what
    assert shown in page[page.index('id="legend"') :]


def test_a_long_word_breaks_wherever_names_stand() -> None:
    page = _page()
    for place in ("h1", "h3", "li", "tbody th"):
        assert re.search(rf"(?m)(?:^|[,{{ ]){place}(?:,[^{{]*)? \{{[^}}]*overflow-wrap:anywhere", page), place


def test_paper_is_white_and_its_breaks_cut_nothing() -> None:
    page = _page()
    assert "(prefers-color-scheme: dark)" in page
    assert "@media (prefers-color-scheme: dark)" not in page, "pale letters would go to the printer"
    printed = _rules(page, "print")
    for rule in (
        r"h2, h3, summary, summary \+ \.first \{ break-after:avoid",
        r"tr, blockquote \{ break-inside:avoid",
        r"html, body \{ font-size:13px",
        r"table \{ font-size:",
    ):
        assert re.search(rule, printed), rule


def test_what_was_quoted_does_not_run_into_what_follows() -> None:
    proof = Evidence(Means.TEXT, link="https://net.example/1", quote="Где свет?", note=Text("вопрос", "a question"))
    said = re.search(r"<li>\s*<q>.*?</li>", _page(finding(Outcome.NOT_MET, evidence=(proof,))), re.DOTALL)
    assert said
    russian = re.sub(r"<[^>]+>", "", re.sub(r'<span lang="en">.*?</span>', "", said[0]))
    assert " ".join(russian.split()) == "Где свет? вопрос https://net.example/1 чтение текста программой"
