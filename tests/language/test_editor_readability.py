"""`readability`: Flesch for Russian and lengths of sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munsocial.language import readability


@pytest.mark.parametrize(
    ("text", "sentences", "longest"),
    [
        ("Мы чистим снег. Приходите.", 2, 3),
        ("Живу на ул. Мира, д. 5. Темно!", 2, 6),
        ("Стоит 3.5 рубля?! Да...", 2, 4),
        ("Без точки", 1, 2),
        ("Раз\nдва\nтри", 3, 1),
        ("", 0, 0),
        ("... !!! ???", 0, 0),
    ],
)
def test_sentences_are_counted_as_people_count_them(text: str, sentences: int, longest: int) -> None:
    found = readability(text)
    assert (found.sentences, found.longest_sentence) == (sentences, longest)


def test_the_formula_with_constants_for_russian() -> None:
    # 4 words, 1 sentence, 6 syllables: 206.835 - 1.3 * 4 - 60.1 * 6 / 4
    assert readability("Мы чистим белый снег.").ease == pytest.approx(111.5, abs=0.05)


def test_talk_reads_easier_than_a_press_release() -> None:
    talk = readability("Воду дадут к обеду. Наберите чайник.")
    press = readability("Осуществляются мероприятия по обеспечению бесперебойного водоснабжения населения.")
    assert talk.ease > press.ease + 50


@given(st.text(max_size=300))
def test_any_text_is_measured(text: str) -> None:
    found = readability(text)
    assert found.sentences <= found.words
    assert found.longest_sentence <= found.words
