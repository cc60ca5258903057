"""The workbook of the report as it is printed: told nothing, Excel lays eleven columns on six sheets."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from munsocial.policy.verdict import Outcome
from munsocial.report import rendered
from munsocial.wording import Text
from report_samples import finding, report

_BOOK = load_workbook(io.BytesIO(rendered(report(finding(Outcome.NOT_MET), finding(Outcome.UNKNOWN)), ".xlsx")))


@pytest.mark.parametrize(
    ("name", "repeated"),
    [("Сводка", None), ("Что исправить", "$1:$1"), ("Все выводы", "$1:$1"), ("Не удалось узнать", "$1:$1")],
)
def test_a_list_is_printed_across_the_sheet_with_its_head_on_each(name: str, repeated: str | None) -> None:
    sheet = _BOOK[name]
    paper = sheet.page_setup
    assert (paper.orientation, int(paper.paperSize or 0)) == ("landscape", int(sheet.PAPERSIZE_A4))
    assert sheet.sheet_properties.pageSetUpPr
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (paper.fitToWidth, paper.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == repeated


@pytest.mark.parametrize(
    ("situation", "signs", "points"),
    [("another column is longer", 20, 3 * 15), ("five lines", 200, 5 * 15), ("no row of Excel is higher", 9_000, 409)],
)
def test_a_row_is_as_high_as_what_it_says(situation: str, signs: int, points: int) -> None:
    """LibreOffice printed a row of three lines over the next two rows."""
    said = finding(Outcome.NOT_MET, text=Text("а" * signs, "a" * signs))
    sheet = load_workbook(io.BytesIO(rendered(report(said), ".xlsx")))["Все выводы"]
    assert sheet.row_dimensions[2].height == points, situation


def test_a_book_says_whose_it_is() -> None:
    assert (_BOOK.properties.title, _BOOK.properties.creator) == ("Приреченский район", "munsocial")


def test_no_name_of_a_network_is_broken_in_the_middle() -> None:
    width = _BOOK["Что исправить"].column_dimensions["F"].width
    assert width > len("Одноклассники") + 2


def test_every_word_is_in_the_letters_of_the_book() -> None:
    """A font without a name or size is whatever the program at hand takes: words in one face, numbers in another."""
    cells = [cell for sheet in _BOOK for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {(cell.font.name, cell.font.sz) for cell in cells} == {("Calibri", 11)}
