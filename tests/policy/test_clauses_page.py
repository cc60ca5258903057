"""The page on clauses is whole and true: every clause and kind, every edge case with its row and its answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from munsocial.policy import load_acts
from second_reading import Case, several

PAGE = (Path(__file__).parents[2] / "docs" / "explanation" / "clauses.md").read_text("utf-8")
ORDER = load_acts(["kalininsky"])[0]
BINDING = [name for name, clause in ORDER.clauses.items() if clause.binding]


def loaded(path: Path) -> ModuleType:
    """The module of a test file; files of tests are not importable by name."""
    spec = spec_from_file_location(f"rows_of_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows() -> Iterator[Case]:
    """Every situation of the second reading."""
    for path in sorted(Path(__file__).parent.glob("test_second_reading_*.py")):
        for test in vars(loaded(path)).values():
            for mark in getattr(test, "pytestmark", ()):
                given = mark.args[1] if mark.name == "parametrize" else ()
                yield from (
                    one.values[0] for one in given if hasattr(one, "values") and isinstance(one.values[0], Case)
                )


def answer(case: Case) -> str:
    """The answer of a row as the page writes it."""
    expected = case.expected.values() if isinstance(case.expected, dict) else several(case.expected)
    return ", ".join([*dict.fromkeys(expected), *(f"`{name}`" for name in several(case.ours))])


@cache
def answers() -> dict[str, set[str]]:
    """The answers of rows by their words."""
    known: dict[str, set[str]] = {}
    for case in rows():
        known.setdefault(case.situation, set()).add(answer(case))
    return known


def table(heading: str) -> list[list[str]]:
    """The cells of the first table under a heading."""
    part = PAGE.partition(f"\n{heading}\n")[2]
    part = re.split(r"\n## ", part)[0]
    lines = [line for line in part.splitlines() if line.startswith("| ")][1:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_every_binding_clause_stands_there_with_its_kinds() -> None:
    known = {
        row[0]: set(re.findall(r"`([\w.]+)`", row[1]))
        for row in table("Clause 1 defines words and scope and demands nothing.")
    }
    assert known == {name: {one.kind for one in ORDER.requirements if one.clause == name} for name in BINDING}


@pytest.mark.parametrize("clause", BINDING)
def test_every_edge_case_has_its_row_and_its_answer(clause: str) -> None:
    known = answers()
    cases = table(f"## Clause {clause}")
    assert len(cases) >= 2
    for words, told, row in cases:
        assert told in known.get(row, ()), f"{words}: {row}"


def test_what_has_no_row_says_why() -> None:
    left = table("## What has no row, and why")
    assert left
    assert all(case and why for case, why in left)
