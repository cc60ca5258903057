"""The linear engine shows the same signs as the lines of `signals.txt` read as plain regular expressions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munsocial.language.reading.signs import shown
from munsocial.language.reading.tables import sign_lines, signs
from munsocial.language.reading.words import fold

DATA = Path(__file__).parent / "data"
SECTIONS = (
    "request", "ask_verb", "rhetoric", "proverb", "matter", "trouble", "head", "head_away", "chapter", "social", "body",
    "other", "animal", "trade", "warning", "obituary", "memory",
)  # fmt: skip


def plainly(folded: str) -> frozenset[str]:
    return frozenset(section for section in SECTIONS if signs(section).search(folded))


@pytest.mark.parametrize("name", ["municipal_neutral", "questions", "topics", "style_posts", "municipal_spam"])
def test_texts_show_the_same_signs_in_both_ways(name: str) -> None:
    texts = [fold(json.loads(line)["text"]) for line in (DATA / f"{name}.jsonl").read_text("utf-8").splitlines()]
    assert any(map(plainly, texts))
    assert [shown(text, SECTIONS) for text in texts] == [plainly(text) for text in texts]


PIECES = st.sampled_from([
    "дорога", "закрыта", "глава", "семьи", "нет", "воды", "слов", "ни", "кто", "за", "пес", "дня", "прошу", " ", ",",
    "?", "\n", "темно", "урна", "парк", "ям", "а", "-", "свет", "жду", "ремонт", "как", "служба", "в храме", "тко", "x",
    "7",
])  # fmt: skip


@given(st.lists(PIECES, max_size=12).map("".join) | st.lists(PIECES, max_size=12).map(" ".join))
def test_pieces_in_any_order_show_the_same_signs(text: str) -> None:
    assert shown(text, SECTIONS) == plainly(text)


@given(st.text(max_size=60))
def test_any_text_may_come(text: str) -> None:
    assert shown(fold(text), SECTIONS) <= set(SECTIONS)


def test_nearly_all_signs_are_in_the_engine() -> None:
    from munsocial.language.reading.signs import _for_engine

    lines = [line for section in SECTIONS for line in sign_lines(section)]
    assert sum(_for_engine(line) is None for line in lines) <= 10
