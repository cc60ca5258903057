"""Reading a register out of an Excel workbook: each cell into its field, each mistake with sheet, row and column."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from munsocial.errors import Problem
from munsocial.model.checking.mistakes import unknown_name
from munsocial.model.checking.secretlike import shown
from munsocial.model.tables import MUNICIPALITY, TABLES
from munsocial.model.workbook.cells import CellRefused, read_cell
from munsocial.model.workbook.columns import HEADERS, NETWORKS, Column, Sheet, sheets
from munsocial.model.workbook.headers import header_of
from munsocial.model.workbook.merging import MERGED, PART, Cell, firsts_of
from munsocial.model.workbook.opening import opened_workbook, rows_of
from munsocial.model.workbook.places import Places, column_letter, column_name, row_name
from munsocial.wording import Text

if TYPE_CHECKING:
    from openpyxl import Workbook

__all__ = ["read_workbook"]

Row: TypeAlias = tuple[int, dict[str, Any]]


class Book(NamedTuple):
    """What a workbook says: plain tables, what is wrong with its sheets, headers and cells, and where records stand."""

    tables: dict[str, Any]
    problems: tuple[Problem, ...]
    places: Places


def read_workbook(content: bytes, *, where: str) -> Book:
    """Read a workbook as far as it can be understood.

    Sheets whose name begins with an underscore are notes and are not read.

    Raises:
        FileRefused: this is no workbook, is damaged, or unpacks to too much.
    """
    with opened_workbook(content, where=where) as book:
        return _read(book, where)


def _read(book: Workbook, where: str) -> Book:
    known = {name.casefold(): sheet for sheet in (*sheets(), NETWORKS) for name in _names(sheet)}
    tables: dict[str, Any] = {}
    settings: list[Row] = []
    inner: list[tuple[Sheet, list[Row]]] = []
    problems: list[Problem] = []
    read: dict[str, str] = {}
    places = Places()
    for page in book.worksheets:
        title = str(page.title).strip()
        if title.startswith("_"):
            continue
        sheet = known.get(title.casefold())
        if sheet is None:
            what = Text("такого листа нет.", "there is no such sheet.")
            remedy = unknown_name(title, (one.title for one in (*sheets(), NETWORKS)))
            problems.append(Problem(shown(title), "", "", what, remedy))
            continue
        first = read.setdefault(sheet.title, title)
        if first != title:
            problems.append(_second_sheet(title, first))
            continue
        rows = list(_records(rows_of(page, where=where), sheet, problems, firsts_of(page)))
        if sheet.inside:
            inner.append((sheet, rows))
        elif sheet is NETWORKS:
            settings = rows
        elif rows:
            tables[sheet.table] = [record for _, record in rows]
            places.keep(sheet.table, rows)
    for sheet, rows in inner:
        _put_inside(tables, sheet, rows, problems, places)
    _one_municipality(tables, problems)
    networks = _settings(settings, problems, places)
    return Book(tables | {"networks": networks} if networks else tables, tuple(problems), places)


def _second_sheet(title: str, first: str) -> Problem:
    """A sheet may be called in Russian or by its table, but not both: one of the two would be lost unseen."""
    what = Text(f"та же таблица уже есть на листе «{shown(first)}».", f"the sheet '{shown(first)}' is the same table.")
    return Problem(shown(title), "", "", what, Text("Сведите их в один лист.", "Put both into one sheet."))


def _names(sheet: Sheet) -> tuple[str, ...]:
    return (sheet.title, f"{sheet.table}.{sheet.inside}" if sheet.inside else sheet.table)


def _records(
    rows: Iterator[tuple[Any, ...]], sheet: Sheet, problems: list[Problem], firsts: Mapping[Cell, Cell]
) -> Iterator[Row]:
    columns, before = header_of(rows, sheet, problems)
    if not columns:
        # That has been told once; each cell of each row would tell it again.
        return
    filled: set[Cell] = set()
    for number, row in enumerate(rows, before + 1):
        record: dict[str, Any] = {}
        parts: list[Problem] = []
        for place, (column, cell) in enumerate(zip_longest(columns, row), 1):
            value = getattr(cell, "value", None)
            if value is None or (isinstance(value, str) and not value.strip()):
                if firsts and column and column.path and (first := firsts.get((number, place))) in filled:
                    parts.append(_part(sheet, number, column, first))
                continue
            filled.add((number, place))
            try:
                _set(record, column, _understood(cell, column))
            except CellRefused as refused:
                field = column.header if column else column_name(place)
                problems.append(Problem(sheet.title, row_name(number), field, refused.what, refused.remedy))
        if record:
            problems += parts
            yield number, record


def _part(sheet: Sheet, number: int, column: Column, first: Cell) -> Problem:
    row, place = first
    what = PART.fill(first=f"{column_letter(place)}{row}")
    return Problem(sheet.title, row_name(number), column.header, what, MERGED)


def _understood(cell: Any, column: Column | None) -> Any:
    if column is None:
        raise CellRefused(
            Text("значение в столбце без заголовка.", "a value in a column without a header."),
            Text("Подпишите столбец или уберите значение.", "Head the column or remove the value."),
        )
    if cell.data_type in ("f", "e"):
        raise CellRefused(
            Text("в ячейке формула или ошибка.", "the cell holds a formula or an error."),
            Text("Вставьте готовое значение.", "Paste the value itself."),
        )
    return read_cell(cell.value, column.form)


def _set(record: dict[str, Any], column: Column | None, value: Any) -> None:
    if column is None or not column.path:
        return
    *outer, last = column.path.split(".")
    for name in outer:
        record = record.setdefault(name, {})
    record[last] = value


def _put_inside(
    tables: dict[str, Any], sheet: Sheet, rows: Iterable[Row], problems: list[Problem], places: Places
) -> None:
    owners = {owner.get("id"): owner for owner in tables.get(sheet.table, ())}
    for number, record in rows:
        name = record.pop(sheet.parent, None)
        owner = owners.get(name)
        if owner is None:
            what = Text("такой записи нет.", "there is no such record.")
            remedy = Text("Укажите id из основной таблицы.", "Name an id of the main table.")
            problems.append(Problem(sheet.title, row_name(number), HEADERS[sheet.parent], what, remedy))
        else:
            owner.setdefault(sheet.inside, []).append(record)
            places.keep_inside(sheet, name, number)


def _one_municipality(tables: dict[str, Any], problems: list[Problem]) -> None:
    """Put the municipality itself in place of the list of one."""
    municipality = tables.pop(MUNICIPALITY, [])
    if municipality:
        tables[MUNICIPALITY] = municipality[0]
    if len(municipality) > 1:
        what = Text("муниципальных образований больше одного.", "more than one municipality.")
        remedy = Text("Оставьте одну строку.", "Keep one row.")
        problems.append(Problem(TABLES[MUNICIPALITY].title.ru, "", "", what, remedy))


def _settings(rows: Iterable[Row], problems: list[Problem], places: Places) -> dict[str, dict[str, Any]]:
    """Settings by network instead of rows; as in the other formats, none of them stands twice."""
    settings: dict[str, dict[str, Any]] = {}
    for number, row in rows:
        if "network" not in row:
            what = Text("не указана сеть.", "the network is not named.")
            problems.append(
                _in_networks(number, "network", what, Text("Впишите её, например vk.", "Name it, e.g. vk."))
            )
            continue
        table = settings.setdefault(row["network"], {})
        if "key" not in row:
            continue
        if row["key"] in table:
            what = Text("настройка этой сети повторена.", "the setting of this network stands twice.")
            problems.append(_in_networks(number, "key", what, Text("Оставьте одну строку.", "Keep one row.")))
        places.keep_setting(row["network"], row["key"], number)
        table[row["key"]] = _setting(row.get("value"))
    return settings


def _in_networks(number: int, column: str, what: Text, remedy: Text) -> Problem:
    return Problem(NETWORKS.title, row_name(number), HEADERS[column], what, remedy)


def _setting(text: Any) -> Any:
    """A setting is written as JSON; a plain word typed by hand is a text."""
    try:
        return json.loads(text)
    except (TypeError, ValueError, RecursionError):
        return text
