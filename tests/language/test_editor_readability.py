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
        ("Мы построили мост в 2023 г. Он стоил 40 млн. Дорогу сделали за 90 тыс. руб. Она стоит у дома.", 4, 6),
        ("Мост строят в 2023 г. в хуторе.", 1, 7),
        ("Мы живём в г. Краснодаре и в г. Сочи.", 1, 9),
        ("Приедут 5 чел. Встречайте их!", 2, 3),
        ("А. С. Пушкин родился в Москве.", 1, 6),
        ("Иванов И. И. с зам. главы П. П. Петровым и нач. отдела С. С. Сидоровым осмотрел мост.", 1, 17),
        ("Все, в т.ч. дети, ждут. Гл. врач ушёл.", 2, 6),
        ("Автобусы, лавки и т. д. Приходите.", 2, 5),
        ("Список:\n1. Первый\n2. Второй", 3, 2),
        ("Дом 5. Темно!", 2, 2),
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
