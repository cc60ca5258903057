"""The gate lets through every line that matches; the shipped file is what the pages say."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import re2

from munsocial.language.gate import Gate, gate
from munsocial.language.lexicon import engine_options, rules
from munsocial.language.unmask import plain_view, tight_view

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SETS = [*sorted((HERE / "data").glob("municipal_*.jsonl")), HERE / "data/adv_obscene.jsonl"]


def test_the_shipped_rules_are_those_of_the_pages() -> None:
    tool = ROOT / "tools/language/compile_rules.py"
    done = subprocess.run([sys.executable, str(tool), "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "fresh"), done.stdout + done.stderr


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_no_line_that_matches_is_held_back(path: Path) -> None:
    lines = [line for rule in rules() if rule.view == "plain" for line in rule.lines]
    patterns = [re2.compile(line.whole, engine_options()) for line in lines]
    matched = 0
    for row in path.read_text("utf-8").splitlines()[::2]:
        plain = plain_view(json.loads(row)["text"])
        for seen in (plain.seen, tight_view(plain).seen):
            through = set(gate().lines(seen))
            needed = {number for number, pattern in enumerate(patterns) if pattern.search(seen)}
            matched += len(needed)
            assert needed <= through, [lines[number].written for number in needed - through]
    assert matched or path.stem == "municipal_neutral"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("ничего такого", []),
        ("продам", []),
        ("продам дом", [0]),
        ("проодам  ДОМ", [0]),
        ("продам домик", []),
        ("звони 8 900", [1]),
        ("[id900|Анна], звони", []),
    ],
)
def test_a_line_needs_an_atom_of_each_of_its_lists(text: str, lines: list[int]) -> None:
    made = Gate(["продам|прода ", " дом ", "0", "звон"], [[0, 1], [2, 3]])
    assert made.lines(plain_view(text).seen) == lines


def test_words_of_any_length_and_number_are_looked_up() -> None:
    made = Gate([" аб", "яэ"], [[0, 1]])
    assert made.lines(plain_view("аб" + "в" * 10_000 + "яэ").seen) == [0]
