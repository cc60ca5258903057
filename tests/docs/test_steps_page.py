"""The page on the life of a step says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from munsocial.journal.stepbook import FINAL, MOVES

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "steps.md"
_ROW = re.compile(r"^\| `(\w+)` \| .* \| ([`\w ]*) ?\|$", re.MULTILINE)


def test_the_table_of_states_is_the_one_in_the_code() -> None:
    told = {state: frozenset(re.findall(r"\w+", moves)) for state, moves in _ROW.findall(PAGE.read_text("utf-8"))}
    assert told == MOVES


def test_the_picture_names_every_state() -> None:
    picture = PAGE.read_text("utf-8").split("```")[1]
    assert {state for state in MOVES if state in picture} == set(MOVES)
    assert {"confirmed", "rejected", "skipped"} == FINAL
