"""Advice on a draft speaks of topics as people name them."""

from __future__ import annotations

import pytest

from munsocial.network.drafts import Draft
from munsocial.operate.publication_text import problems_of_text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Глава района вручил награды учителям станичной школы", "мероприятия с участием главы"),
        ("Завтра с 9 до 17 часов не будет воды: меняем трубу на улице Мира", "социально важное"),
    ],
)
def test_a_topic_is_guessed_in_words(text: str, said: str) -> None:
    told = [one.ru for one in problems_of_text(Draft(text=text), ["administration-vk"]) if "тема" in one.ru]
    assert [one.endswith(f"тема не указана; похоже на «{said}»") for one in told] == [True], told
