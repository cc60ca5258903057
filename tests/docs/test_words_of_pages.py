"""Words and figures that pages give are those of the program: a mark of the report, the size of an adapter."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
REPORT = ROOT / "src" / "munsocial" / "report" / "templates" / "report.html.j2"
EXAMPLE = ROOT / "examples" / "adapter-ploshchad"


@pytest.mark.parametrize(
    ("page", "written"),
    [("how-to/read-the-report.ru.md", "Пометка «{mark}» значит"), ("explanation/words.md", "| Derived | what follows")],
)
def test_the_mark_of_what_follows_is_quoted_as_the_report_prints_it(page: str, written: str) -> None:
    printed = re.search(r"finding\.derived %}.*?t\(\"(.+?)\",", REPORT.read_text("utf-8"))
    assert printed
    lines = [line for line in (DOCS / page).read_text("utf-8").splitlines() if written.format(mark=printed[1]) in line]
    assert [printed[1] in line for line in lines] == [True]


def test_the_size_of_an_adapter_says_what_is_counted() -> None:
    opening = (DOCS / "how-to" / "write-an-adapter.md").read_text("utf-8").partition("\n## ")[0]
    told = re.search(r"\(`(\w+\.py)` and `(\w+\.py)`\) takes under (\d+) lines", opening)
    assert told
    source = EXAMPLE / "src" / "munsocial_ploshchad"
    assert sum(len((source / name).read_text("utf-8").splitlines()) for name in told.groups()[:2]) < int(told[3])
    assert f"`{EXAMPLE.relative_to(ROOT)}`" in opening
