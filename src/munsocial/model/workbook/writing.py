"""Writing a register as an Excel workbook: a sheet for each table, everything as text, nothing as a formula."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeAlias

from munsocial.errors import OutputRefused
from munsocial.model.workbook.cells import written
from munsocial.model.workbook.columns import NETWORKS, Column, Sheet, sheets
from munsocial.model.workbook.places import column_letter
from munsocial.wording import Text

if TYPE_CHECKING:
    from openpyxl import Workbook

    from munsocial.model.registry import Registry

__all__ = ["lettered", "sheets_closed", "workbook_bytes"]

Value: TypeAlias = str | dt.date | None

_CELL = 32_767
"""Characters that a cell can hold."""
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
    from openpyxl.cell import WriteOnlyCell

    page: Any = book.create_sheet(sheet.title)
    page.freeze_panes = "A2"
    for number, column in enumerate(sheet.columns):
        dimension = page.column_dimensions[column_letter(number + 1)]
        longest = max((len(str(row[number] or "")) for row in rows), default=0)
        dimension.width = max(12, len(column.header) + 4, min(longest + 2, _WIDEST))
        if column.form not in ("flag", "day"):
            # Of what is typed into an empty cell Excel makes numbers: 9.10 would be 9.1.
            dimension.number_format = "@"

    def cell(value: Value, *, bold: bool = False) -> Any:
        made: Any = WriteOnlyCell(page)
        made.value = value
        if isinstance(value, str):
            # A text that begins with "=" stays a text: openpyxl would make a formula of it.
            made.data_type, made.number_format = "s", "@"
        elif value is not None:
            made.number_format = "yyyy-mm-dd"
        if bold:
            made.font = lettered(bold=True)
        return made

    page.append([cell(column.header, bold=True) for column in sheet.columns])
    for row in rows:
        page.append([cell(value) for value in row])


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
