"""What the workbook of a register offers whoever fills it in or prints it: lists of words, days, sheets of paper."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Annotated, Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from pydantic import TypeAdapter

from munsocial.model.files import load_registry, registry_bytes
from munsocial.model.registry import Registry
from munsocial.model.tables import TABLES
from munsocial.model.workbook.cells import read_cell
from munsocial.model.workbook.columns import NETWORKS, Column, Sheet, sheets

LONG = "Комиссия по делам, которые не помещаются в одну строку ни на экране, ни на бумаге " * 3
EMPTY = Registry.model_validate({"municipality": {"id": "reka", "name": LONG}})
BOOK = openpyxl.load_workbook(io.BytesIO(registry_bytes(EMPTY, ".xlsx")))
COLUMNS = [
    (sheet, column, f"{get_column_letter(number)}2:{get_column_letter(number)}1048576")
    for sheet in (*sheets(), NETWORKS)
    for number, column in enumerate(sheet.columns, 1)
]


def rule_at(sheet: Sheet, place: str) -> DataValidation | None:
    rules = [one for one in BOOK[sheet.title].data_validations.dataValidation if str(one.sqref) == place]
    assert len(rules) <= 1
    return rules[0] if rules else None


def listed(sheet: Sheet, place: str) -> list[str]:
    rule = rule_at(sheet, place)
    return str(rule.formula1).strip('"').split(",") if rule is not None and rule.type == "list" else []


OFFERED = [(sheet, column, place, listed(sheet, place)) for sheet, column, place in COLUMNS if listed(sheet, place)]


@pytest.mark.parametrize(
    ("sheet", "header", "words"),
    [
        ("Органы", "юридическое лицо", "да,нет"),
        ("Органы", "вид", "administration,sectoral,functional,territorial,settlement,organisation"),
        ("Аккаунты", "вид", "profile,community,page,channel,bot"),
        ("Аккаунты", "сеть", "vk,ok,telegram,max"),
        ("Аккаунты", "вход по", "phone,email,state_portal"),
        ("Аккаунты", "госорганизация", "да,нет"),
        ("Сети", "сеть", "vk,ok,telegram,max"),
        ("Телефоны", "вид", "service,private"),
        ("Удаления", "вид", "comment,message"),
        ("Назначения", "обязанности", "credential_custody,credential_handover,running,moderation"),
    ],
)
def test_a_cell_opens_a_list_of_the_words_that_are_read(sheet: str, header: str, words: str) -> None:
    assert {(one.title, column.header): ",".join(said) for one, column, _, said in OFFERED}[sheet, header] == words


def test_every_column_with_a_closed_set_of_words_has_its_list() -> None:
    listed_ones = {(sheet.title, column.path) for sheet, column, _, _ in OFFERED}
    for sheet, column, _ in COLUMNS:
        if column.form == "flag" or column.words:
            assert (sheet.title, column.path) in listed_ones


@pytest.mark.parametrize(
    ("sheet", "column", "words"),
    [pytest.param(sheet, column, words, id=f"{sheet.title}-{column.header}") for sheet, column, _, words in OFFERED],
)
def test_every_word_that_is_offered_is_read_back(sheet: Sheet, column: Column, words: list[str]) -> None:
    if sheet is NETWORKS:
        return  # its networks are the keys of tables, whatever they are called
    field = TABLES[sheet.table].record.model_fields[column.path]
    annotation: Any = Annotated[field.annotation, *field.metadata, None]
    kept: TypeAdapter[Any] = TypeAdapter(annotation)
    for word in words:
        value = kept.validate_python(read_cell(word, column.form))
        told = "да" if value is True else "нет" if value is False else value
        assert (list(told) if column.form == "list" else [told]) == [word]


@pytest.mark.parametrize(
    ("situation", "sheet", "header", "kept_out"),
    [
        ("no other word is read", "Органы", "вид", "stop"),
        ("«Да» and «yes» are read, too", "Органы", "юридическое лицо", "warning"),
        ("a day written in words of its own is read, too", "Аккаунты", "открыт", "warning"),
        ("a network of another adapter", "Аккаунты", "сеть", ""),
        ("a duty of an act of one's own, or several", "Назначения", "обязанности", ""),
        ("a moment is a text", "Обращения", "задано", ""),
    ],
)
def test_only_what_no_reading_accepts_is_kept_out(situation: str, sheet: str, header: str, kept_out: str) -> None:
    ((one, place),) = [(one, at) for one, column, at in COLUMNS if (one.title, column.header) == (sheet, header)]
    rule = rule_at(one, place)
    assert rule is not None
    assert (rule.errorStyle or "stop" if rule.showErrorMessage else "") == kept_out, situation
    assert not kept_out or rule.error, situation
    assert rule.allow_blank, situation


def test_excel_is_told_no_more_than_it_can_hold() -> None:
    """A list or a word of advice over 255 signs, and Excel mends the book by throwing them out."""
    rules = [one for page in BOOK for one in page.data_validations.dataValidation]
    for told in (text for one in rules for text in (one.formula1, one.prompt, one.error)):
        assert len(told or "") <= 255


def test_the_words_of_a_machine_are_explained_beside_the_cell() -> None:
    told = {(sheet.title, column.header): rule_at(sheet, place) for sheet, column, place in COLUMNS}
    kinds, words, asked = told["Органы", "вид"], told["Слова", "категория"], told["Обращения", "задано"]
    assert kinds is not None
    assert words is not None
    assert asked is not None
    assert "settlement: поселение" in str(kinds.prompt)
    assert "insult: оскорбление" in str(words.prompt)
    assert "С минусом" in str(words.prompt)
    assert "2026-02-01T10:00:00+03:00" in str(asked.prompt)


def test_a_day_has_the_format_of_a_day_before_it_is_typed() -> None:
    for sheet, column, place in COLUMNS:
        if column.form == "day":
            dimension = BOOK[sheet.title].column_dimensions[place.partition("2")[0]]
            assert dimension.number_format == "yyyy-mm-dd"
            rule = rule_at(sheet, place)
            assert rule is not None
            assert (rule.type, rule.operator, rule.formula1) == ("date", "greaterThanOrEqual", "7306")


@pytest.mark.parametrize("sheet", [*sheets(), NETWORKS], ids=lambda sheet: sheet.title)
def test_a_sheet_is_printed_across_with_its_heads_and_names_on_every_page(sheet: Sheet) -> None:
    page = BOOK[sheet.title]
    paper = page.page_setup
    assert (paper.orientation, int(paper.paperSize or 0)) == ("landscape", int(page.PAPERSIZE_A4))
    assert page.sheet_properties.pageSetUpPr
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.print_title_rows, page.print_title_cols, page.freeze_panes) == ("$1:$1", "$A:$A", "A2")
    wide = sum(page.column_dimensions[get_column_letter(number + 1)].width for number in range(len(sheet.columns)))
    assert paper.fitToHeight == 0
    assert int(paper.fitToWidth or 0) * 250 >= wide  # more on a page nobody can read
    assert (int(paper.fitToWidth or 0) - 1) * 250 < wide


def test_a_long_text_has_room_in_its_row_and_the_row_may_still_grow() -> None:
    """LibreOffice laid the lines of one row over the next."""
    page = BOOK["Муниципальное образование"]
    assert page["B2"].alignment.wrap_text
    assert page.row_dimensions[2].height == pytest.approx(15 * 6)
    raw = registry_bytes(EMPTY, ".xlsx")
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert b"customHeight" not in archive.read("xl/worksheets/sheet1.xml")


def test_a_book_filled_in_from_its_lists_loads(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(registry_bytes(EMPTY, ".xlsx")))
    kinds = next(words for sheet, column, _, words in OFFERED if (sheet.title, column.path) == ("Органы", "kind"))
    for number, kind in enumerate(kinds, 2):
        page = book["Органы"]
        headers = [cell.value for cell in page[1]]
        row = {"id": f"b{number}", "вид": kind, "название": kind, "юридическое лицо": "нет"}
        for header, value in row.items():
            page.cell(number, headers.index(header) + 1, value)
    book.save(tmp_path / "district.xlsx")
    assert [one.kind for one in load_registry(tmp_path / "district.xlsx").bodies] == kinds


def test_names_stay_whole_and_every_word_is_in_the_letters_of_the_book() -> None:
    """A name was cut where its neighbour is filled in; a head without a font is in whatever the program takes."""
    name = "Управление образования администрации района"
    reka = {
        "municipality": {"id": "reka", "name": name},
        "bodies": [{"id": "adm", "kind": "administration", "name": "x" * 900}],
    }
    book = openpyxl.load_workbook(io.BytesIO(registry_bytes(Registry.model_validate(reka), ".xlsx")))
    assert book["Муниципальное образование"].column_dimensions["B"].width > len(name)
    assert max(one.width for sheet in book for one in sheet.column_dimensions.values()) <= 60
    assert {(cell.font.name, cell.font.sz) for sheet in book for row in sheet.iter_rows() for cell in row} == {
        ("Calibri", 11)
    }
