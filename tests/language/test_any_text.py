"""Any string may come: nothing raises, places lie inside, work grows in step with length."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from munsocial.language import SpamWatch, categories, explain, marks
from munsocial.language.comments.unmask import hidden_view, latin_view, layout_view, letter_runs, plain_view, tight_view

DATA = Path(__file__).parent / "data"
ANY = st.text(st.characters(), max_size=200)  # lone surrogates included
RUSSIAN = st.text("абвгдежзиклмнопрстухцчшщъыьэюяхуйпизде бляёЁ*.@-_ 013!?\u200b\u0336xyae\n", max_size=80)


@given(ANY | RUSSIAN)
@settings(deadline=None, max_examples=300)
def test_places_lie_inside_the_text(text: str) -> None:
    for mark in marks(text):
        assert 0 <= mark.start < mark.end <= len(text)
    assert {mark.category for mark in marks(text)} == categories(text)


def test_names_alone_are_told_sooner_and_are_the_same() -> None:
    """`categories` does not look where a find stands; harmless readings still count."""
    names = ("municipal_flags", "municipal_insult", "scunthorpe")
    lines = [line for name in names for line in (DATA / f"{name}.jsonl").read_text("utf-8").splitlines()]
    texts = [json.loads(line)["text"] for line in lines]
    assert len(texts) > 500
    for text in texts:
        assert {mark.category for mark in marks(text)} == categories(text), text


@given(ANY)
@settings(deadline=None, max_examples=60)
def test_explaining_and_watching_never_raise(text: str) -> None:
    assert explain(text)
    SpamWatch().see(text, author="a")


@given(ANY | RUSSIAN)
@settings(deadline=None, max_examples=200)
def test_every_reading_leads_back_into_the_text(text: str) -> None:
    plain = plain_view(text)
    tight = tight_view(plain)
    readings = [plain, tight, tight and letter_runs(tight), hidden_view(plain), latin_view(plain), layout_view(text)]
    for view in filter(None, readings):
        start, end = view.span(1, len(view.seen) - 1)
        assert 0 <= start <= end <= len(text)


HOSTILE = {
    "letters apart": "х у ",
    "stars": "*",
    "hidden": "х*й ",
    "brackets": "([{",
    "combining marks": "х\u0336",
    "zero width": "х\u200b",
    "surrogates": "х\ud800",
    "one endless word": "ху",
    "digits": "1234567890",
    "digits apart": "1 ",
    "look-alikes": "xу",
    "keys": "qwerty ",
    "half a phrase": "твою продам убью паспорт ",
    "insults": "ты дебил, ",
}


def _steps(work: Callable[[], object]) -> int:
    """Count the calls of functions; the engine's own passes are linear by its design."""
    count = 0

    def step(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(step)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("kind", HOSTILE)
def test_steps_grow_in_step_with_length(kind: str) -> None:
    piece = HOSTILE[kind]
    short, long = piece * (4_000 // len(piece)), piece * (32_000 // len(piece))
    categories(long)  # what is built once is built now
    few, many = _steps(lambda: categories(short)), _steps(lambda: categories(long))
    assert many <= 8.5 * few + 200


@pytest.mark.parametrize("kind", HOSTILE)
def test_the_number_of_marks_is_bounded(kind: str) -> None:
    assert len(marks(HOSTILE[kind] * 20_000)) <= 500
