"""Writing a register as an Excel workbook: a sheet for each table, everything as text, nothing as a formula."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any, TypeAlias

from munsocial.errors import OutputRefused
from munsocial.model.workbook.cells import written
from munsocial.model.workbook.columns import NETWORKS, Column, Sheet, sheets
from munsocial.model.workbook.offering import offered
from munsocial.model.workbook.paper import on_paper, put_row
from munsocial.model.workbook.places import column_letter
from munsocial.wording import Text

if TYPE_CHECKING:
    from openpyxl import Workbook

    from munsocial.model.registry import Registry

__all__ = ["lettered", "sheets_closed", "workbook_bytes"]

Value: TypeAlias = str | dt.date | None

_CELL = 32_767
"""Characters that a cell can hold."""
_TEXT, _DAY = "@", "yyyy-mm-dd"
_READABLE = 250
"""Characters in a row of a sheet of paper: with more of them on it nobody can read it."""
_WIDEST = 50
"""Of a column, in characters: names stay whole, and a long note does not push the rest off the screen."""


def workbook_bytes(registry: Registry, *, where: str = "") -> bytes:
    """Return a register as a workbook.

    Raises:
        OutputRefused: a value is too long for a cell.
    """
    from openpyxl import Workbook

    tables = registry.model_dump(exclude_defaults=True)
    pages = [(sheet, _rows_of(tables, sheet)) for sheet in sheets()]
    pages.append((NETWORKS, _setting_rows(registry)))
    # Every value is made before the book is opened: one that is refused must not leave openpyxl's files behind.
    ready = [
        (sheet, [[_cell_value(row, column, sheet, where) for column in sheet.columns] for row in rows])
        for sheet, rows in pages
    ]
    packed = BytesIO()
    with sheets_closed(Workbook(write_only=True)) as book:
        for sheet, values in ready:
            _write(book, sheet, values)
        book.save(packed)
    return packed.getvalue()


def lettered(*, bold: bool = False) -> Any:
    """Return the font of the book. One without a name or size is whatever the program at hand takes instead."""
    from openpyxl.styles import Font
    from openpyxl.styles.fonts import DEFAULT_FONT

    return Font(name=DEFAULT_FONT.name, sz=DEFAULT_FONT.sz, bold=bold)


@contextmanager
def sheets_closed(book: Workbook) -> Iterator[Workbook]:
    """Close the sheets of a book that is written row by row when the writing is broken off.

    Left to the collector they complain on the screen, after the message that Ctrl-C gets.
    """
    try:
        yield book
    except BaseException:
        for page in book.worksheets:
            with suppress(Exception):  # whatever state the writer was broken off in
                page.close()
        raise


def _rows_of(tables: Mapping[str, Any], sheet: Sheet) -> Iterator[dict[str, Any]]:
    rows = tables.get(sheet.table, ())
    for row in (rows,) if isinstance(rows, dict) else rows:
        if not sheet.inside:
            yield row
            continue
        for inner in row.get(sheet.inside, ()):
            yield {sheet.parent: row["id"], **inner}


def _setting_rows(registry: Registry) -> Iterator[dict[str, Any]]:
    for network, table in registry.networks.items():
        for key, value in table.items():
            yield {"network": network, "key": key, "value": json.dumps(value, ensure_ascii=False)}
        if not table:
            yield {"network": network}


def _write(book: Workbook, sheet: Sheet, rows: Sequence[Sequence[Value]]) -> None:
    page: Any = book.create_sheet(sheet.title)
    page.freeze_panes = "A2"
    widths = [_width(column, [row[number] for row in rows]) for number, column in enumerate(sheet.columns)]
    for number, (column, width) in enumerate(zip(sheet.columns, widths, strict=True), 1):
        letter = column_letter(number)
        dimension = page.column_dimensions[letter]
        dimension.width, dimension.alignment = width, _wrapped()
        if column.form != "flag":
            # Of what is typed into an empty cell Excel makes numbers: 9.10 would be 9.1.
            dimension.number_format = _DAY if column.form == "day" else _TEXT
        if (help_given := offered(column, letter)) is not None:
            page.data_validations.append(help_given)
    on_paper(page, across=ceil(sum(widths) / _READABLE))
    page.print_title_rows, page.print_title_cols = "1:1", "A:A"
    page.oddHeader.left.text, page.oddHeader.right.text = "&A", "&P / &N"
    put_row(page, 1, [_filled(_cell(page, _TEXT, bold=True), column.header) for column in sheet.columns], widths)
    # A row is written at once, so that its cells with their style serve for the next one.
    texts, days = ([_cell(page, form) for _ in sheet.columns] for form in (_TEXT, _DAY))
    for number, row in enumerate(rows, 2):
        cells = zip(row, texts, days, strict=True)
        filled = [_filled(text if isinstance(value, str) else day, value) for value, text, day in cells]
        put_row(page, number, filled, widths)


def _width(column: Column, values: Sequence[Value]) -> int:
    longest = max((len(str(value or "")) for value in values), default=0)
    return max(12, len(column.header) + 4, min(longest + 2, _WIDEST))


def _wrapped() -> Any:
    from openpyxl.styles import Alignment

    return Alignment(wrap_text=True, vertical="top", horizontal="left")


def _cell(page: Any, number_format: str, *, bold: bool = False) -> Any:
    from openpyxl.cell import WriteOnlyCell

    made: Any = WriteOnlyCell(page)
    made.number_format, made.alignment = number_format, _wrapped()
    if bold:
        made.font = lettered(bold=True)
    return made


def _filled(cell: Any, value: Value) -> Any:
    if value is None:
        return None
    cell.value = value
    if isinstance(value, str):
        # A text that begins with "=" stays a text: openpyxl would make a formula of it.
        cell.data_type = "s"
    return cell


def _cell_value(row: Mapping[str, Any], column: Column, sheet: Sheet, where: str) -> Value:
    value: Any = row
    for name in column.path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    if value is None:
        return None
    text = written(value, column.form)
    if isinstance(text, str) and len(text) > _CELL:
        raise OutputRefused(
            Text(
                f"лист «{sheet.title}», столбец «{column.header}»: значение не помещается в ячейку.",
                f"sheet '{sheet.title}', column '{column.header}': the value does not fit into a cell.",
            ),
            where=where,
            remedy=Text("Сохраните в .toml или .json.", "Save as .toml or .json."),
        )
    return text
