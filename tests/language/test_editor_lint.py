"""`lint_report`: the post, its weak places underlined, the advice beside them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munsocial.language import lint_report


def test_the_underline_stands_under_the_weak_place() -> None:
    lines = lint_report("Администрация осуществляет ремонт дороги.").lines()
    start = lines[0].index("осуществляет")
    assert lines[1] == " " * start + "~" * len("осуществляет ремонт")
    assert "ремонтирует" in lines[2]


def test_a_press_release_is_not_ok_and_talk_is() -> None:
    assert not lint_report("Осуществляется вывоз мусора по графику.").ok
    assert lint_report("Мусор сегодня вывезем, выставляйте мешки с утра!").ok


def test_an_exempt_text_is_ok_and_says_why() -> None:
    report = lint_report("Выражаем соболезнования родным и близким в связи с кончиной.")
    assert report.ok
    assert "соболезнование" in report.lines()[-1]


def test_english_speaks_english_and_advice_stays_russian() -> None:
    lines = lint_report("Осуществляется вывоз мусора по графику.", lang="en").lines()
    assert any("light verb" in line and "вывозят" in line for line in lines)


def test_a_long_line_is_folded_with_its_underline() -> None:
    text = "Слово за словом, " * 12 + "осуществляет ремонт дороги"
    lines = lint_report(text).lines()
    under = next(i for i, line in enumerate(lines) if "~" in line)
    start = lines[under].index("~")
    assert lines[under - 1][start:].startswith("осуществляет ремонт")


@pytest.mark.parametrize("text", ["\t осуществляет ремонт", "ё\u0301 осуществляет ремонт", "日本 осуществляет ремонт"])
def test_wide_and_combining_letters_do_not_move_the_underline(text: str) -> None:
    lines = lint_report(text).lines()
    assert lines[1].count("~") == len("осуществляет ремонт")


@given(st.text(max_size=200))
def test_any_text_is_shown_without_control_characters(text: str) -> None:
    shown = "\n".join(lint_report(text).lines())
    assert "\x1b" not in shown
    assert "\x00" not in shown
