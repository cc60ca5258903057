"""`lint_report`: the post, its weak places underlined, the advice beside them."""

from __future__ import annotations

from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

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


WIDTHS = [
    ("👨‍👩‍👧‍👦 ", 3),
    ("❤️ ", 3),
    ("☎ ", 2),
    ("👍🏽 ", 3),
    ("🇷🇺 ", 3),
    ("日本語 ", 7),
    ("е\u0301 ", 2),
    ("\u200bа ", 2),
    ("\t", 1),
]


@pytest.mark.parametrize(("before", "columns"), WIDTHS, ids=[ascii(before) for before, _ in WIDTHS])
def test_the_underline_begins_at_the_column_that_a_terminal_shows(before: str, columns: int) -> None:
    assert lint_report(before + "осуществляет ремонт").lines()[1] == " " * columns + "~" * len("осуществляет ремонт")


@pytest.mark.parametrize("width", [20, 40, 80])
@pytest.mark.parametrize(
    "text", ["Слово за словом, " * 20 + "осуществляет ремонт дороги", "日本" * 50, "осуществляет" * 30, ""]
)
def test_no_line_of_the_post_is_wider_than_the_terminal(text: str, width: int) -> None:
    post = [line for line in lint_report(text).lines(width) if not line.startswith(("  └", "    "))]
    shown = post[: post.index("")]
    assert all(cell_len(line) <= width for line in shown)
    assert "".join("".join(line for line in shown if "~" not in line).split()) == "".join(text.split())


@pytest.mark.parametrize("width", [30, 40, 80])
def test_advice_and_verdict_are_folded_between_words(width: int) -> None:
    text = "Администрацией осуществляются мероприятия по благоустройству, в настоящее время ведётся поиск виновных."
    lines = lint_report(text).lines(width)
    assert all(cell_len(line) <= width for line in lines)
    said = " ".join(" ".join(lines).split())
    assert "«благоустраивают»" in said
    assert "читается как пресс-релиз" in said


def test_of_an_endless_text_the_beginning_is_read_and_that_is_said() -> None:
    text = "Мы чиним дорогу. " * 4000 + "Осуществляется вывоз мусора."
    report = lint_report(text)
    assert report.style.remarks == ()
    assert "прочитано только начало: 50000 знаков из 68028" in report.lines()[-1]
    assert report.as_data()["characters_read"] == 50_000


def test_data_for_a_program() -> None:
    data = lint_report("Привет!\nОсуществляется вывоз мусора по графику.").as_data()
    (remark,) = cast(list[dict[str, object]], data["remarks"])
    assert (remark["line"], remark["column"], remark["start"], remark["text"]) == (2, 1, 8, "Осуществляется вывоз")
    assert (data["ok"], data["reads_as"], data["exempt"]) == (False, "press", None)


def test_an_exempt_text_says_why_to_a_program_too() -> None:
    data = lint_report("Выражаем соболезнования родным и близким в связи с кончиной.", "en").as_data()
    assert data["ok"]
    assert data["exempt"]


@given(st.text(max_size=200))
def test_any_text_is_shown_without_control_characters(text: str) -> None:
    shown = "\n".join(lint_report(text).lines())
    assert "\x1b" not in shown
    assert "\x00" not in shown
