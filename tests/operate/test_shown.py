"""How somebody's text is shown inside a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munsocial.operate.shown import shown


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Коротко и ясно.", "Коротко и ясно."),
        ("две\nстроки   и\tтабуляция", "две строки и…"),
        ("Друзья, завтра меняем трубу", "Друзья, завтра…"),
        ("нетникакихпробеловвообще", "нетникакихпробеловв…"),
        ("", ""),
    ],
)
def test_a_text_in_a_line(text: str, said: str) -> None:
    assert shown(text, 19) == said


@given(st.text(), st.integers(5, 200))
def test_it_is_never_longer_than_asked(text: str, most: int) -> None:
    line = shown(text, most)
    assert len(line) <= most + 1
    assert "\n" not in line
