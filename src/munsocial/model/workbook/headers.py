"""The row of headers of a sheet: the first one, or one below it when a title stands above; what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeAlias

from munsocial.errors import Problem
from munsocial.model.checking.mistakes import unknown_name
from munsocial.model.checking.secretlike import shown
from munsocial.model.workbook.columns import Column, Sheet
from munsocial.model.workbook.places import row_name
from munsocial.wording import Text

__all__ = ["header_of"]

Row: TypeAlias = tuple[Any, ...]

_LOOKED_AT = 10
"""Rows among which headers are looked for: titles and empty rows above them are few."""

_NOT_HERE = Text("заголовки стоят не здесь, а в строке {number}.", "the headers stand not here but in row {number}.")
_MOVE = Text("Удалите строки над ними.", "Remove the rows above them.")
_NOWHERE = Text("здесь нет ни одного известного заголовка.", "there is no known header here.")
_HEADERS = Text("В первой строке пишут заголовки столбцов: {names}.", "The first row holds the headers: {names}.")


def header_of(rows: Iterator[Row], sheet: Sheet, problems: list[Problem]) -> tuple[list[Column | None], int]:
    """Take the headers from the rows; return their columns and the number of their row (none: ``[]`` and 0)."""
    known = {name.casefold(): column for column in sheet.columns for name in (column.path, column.header)}
    titled = False
    for number, row in enumerate(islice(rows, _LOOKED_AT), 1):
        headers = [_header(cell) for cell in row]
        if any(header.casefold() in known for header in headers):
            if titled:
                problems.append(Problem(sheet.title, row_name(1), "", _NOT_HERE.fill(number=number), _MOVE))
            return _headed(headers, known, number, sheet, problems), number
        titled = titled or any(headers)
    if titled:
        names = _HEADERS.fill(names=", ".join(column.header for column in sheet.columns))
        problems.append(Problem(sheet.title, row_name(1), "", _NOWHERE, names))
    return [], 0


def _header(cell: Any) -> str:
    value = getattr(cell, "value", None)
    return "" if value is None else " ".join(str(value).split())  # Alt+Enter wraps a header within its cell


def _headed(
    headers: Sequence[str], known: Mapping[str, Column], number: int, sheet: Sheet, problems: list[Problem]
) -> list[Column | None]:
    columns: list[Column | None] = []
    for header in headers:
        column = known.get(header.casefold())
        if header and column is None:
            what = Text("такого столбца нет.", "there is no such column.")
            names = [one.header for one in sheet.columns]
            problems.append(Problem(sheet.title, row_name(number), shown(header), what, unknown_name(header, names)))
        elif column is not None and column in columns:
            what = Text("столбец повторён.", "the column is repeated.")
            remedy = Text("Оставьте один.", "Keep one.")
            problems.append(Problem(sheet.title, row_name(number), shown(header), what, remedy))
            column = None
        columns.append(column if column is not None or not header else _IGNORED)
    return columns


_IGNORED = Column("", "text", "")
"""A column already complained about."""
