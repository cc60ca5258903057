"""The lexicon itself: every line compiles, says why in two languages, and its file is loaded only when needed."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest

from munsocial.language import explain
from munsocial.language.comments.lexicon import CATEGORIES, Rule, rules
from munsocial.language.engine import compiled_pattern


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: f"{rule.category}-{rule.id}-{rule.view}")
def test_a_rule_compiles_and_explains_itself(rule: Rule) -> None:
    assert rule.lines
    for line in rule.lines:
        assert compiled_pattern(line.whole)
        for branch in line.branches:
            assert compiled_pattern(branch)
    for excuses in rule.excuses:
        assert all(map(compiled_pattern, excuses.patterns))
        assert all(excuses.bits)
        assert len(excuses.bits) == len(excuses.patterns)
    assert rule.why.ru
    assert rule.why.en
    assert (-1 <= rule.weight < 0) or (0 < rule.weight <= 1)


def test_rules_have_names_of_their_own() -> None:
    counted = Counter((rule.category, rule.id, rule.view) for rule in rules())
    assert [name for name, times in counted.items() if times > 1] == []


def test_every_category_has_rules() -> None:
    assert {rule.category for rule in rules()} == set(CATEGORIES)


def test_no_line_stands_twice_in_a_category() -> None:
    counted = Counter((rule.category, rule.view, line.spelled) for rule in rules() for line in rule.lines)
    assert [name for name, times in counted.items() if times > 1] == []


def test_importing_loads_neither_the_engine_nor_the_data() -> None:
    code = "import sys, munsocial.language; print([m for m in sys.modules if m in ('re2', 'tomllib', 'ahocorasick')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_explaining_tells_the_reading_the_excuse_and_the_mark() -> None:
    steps = [step.ru for step in explain("Кто тут д*бил? А вот сук у забора не надо")]
    assert steps[0].startswith("прочитано как")
    assert any("закрытые буквы" in step for step in steps)
    assert any("insult" in step and "порог" in step for step in steps)
    assert any("безобидное чтение" in step.ru for step in explain("за дураков держат, как в романе «Идиот»"))
    assert explain("Спасибо")[-1].en == "nothing is marked"


def test_explaining_shows_a_hidden_letter_as_a_dot() -> None:
    assert explain("ты д*рак")[1].ru == "знаки прочитаны как закрытые буквы: «ты д·рак»"
