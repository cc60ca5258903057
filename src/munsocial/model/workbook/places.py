"""Where in a workbook something stands: its sheet, row and column, for people who know no tables, ids and fields."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from munsocial.errors import Problem
from munsocial.model.checking.crosscheck import record_name
from munsocial.model.checking.mistakes import FLAG_FIX, FLAG_NEEDED
from munsocial.model.tables import MUNICIPALITY
from munsocial.model.workbook.columns import HEADERS, NETWORKS, Sheet, sheets
from munsocial.wording import Text

__all__ = ["Places", "Row", "column_letter", "column_name", "row_name"]

Row: TypeAlias = tuple[int, Mapping[str, Any]]
"""The number of a row as Excel shows it, and the record in it."""

_INSIDE = re.compile(r"([a-z_]+)\[(\d+)\](?:\.(.*))?")
"""A field of a record inside another: ``absences[2].since``."""

_IN_CELLS = {
    FLAG_NEEDED: Text("нужно «да» или «нет».", "yes or no is needed."),
    FLAG_FIX: Text("Напишите «да» или «нет».", "Write yes or no."),
}
"""What is said otherwise of a cell than of a line of TOML."""


def row_name(*numbers: int) -> str:
    """Return how rows are called in a message."""
    return f"{'строка' if len(numbers) == 1 else 'строки'} {', '.join(map(str, numbers))}"


def column_name(number: int) -> str:
    """Return how a column without a header is called in a message: by its letter; columns count from 1."""
    return f"столбец {column_letter(number)}"


def column_letter(number: int) -> str:
    """Return the letters of a column, which count from 1."""
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(number))


class Places:
    """Tells the sheet, row and column of what a check names by table, record and field."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._order: dict[str, list[int]] = defaultdict(list)
        self._inner: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._settings: dict[tuple[str, str], list[int]] = defaultdict(list)

    def keep(self, table: str, rows: Iterable[Row]) -> None:
        """Note the rows of a table, by the names that its records have in messages."""
        for index, (number, record) in enumerate(rows):
            name = "" if table == MUNICIPALITY else record_name(record, index)
            self._rows[table, name].append(number)
            self._order[table].append(number)

    def keep_inside(self, sheet: Sheet, owner: str, number: int) -> None:
        """Note the row of a record that stands inside another, on a sheet of its own."""
        self._inner[sheet.title, owner].append(number)

    def keep_setting(self, network: str, key: str, number: int) -> None:
        """Note the row of a setting of a network."""
        self._settings[network, key].append(number)

    def of(self, problem: Problem) -> Problem:
        """Return a problem with the place where a person finds it."""
        what, remedy = (_IN_CELLS.get(one, one) for one in (problem.what, problem.remedy))
        return replace(self._placed(replace(problem, what=what, remedy=remedy)), row=None)

    def _placed(self, problem: Problem) -> Problem:
        if problem.table == NETWORKS.table:
            return self._setting_placed(problem)
        own = [sheet for sheet in sheets() if sheet.table == problem.table]
        if not own:
            return problem
        inside = _INSIDE.fullmatch(problem.field)
        for sheet in own:
            if inside and sheet.inside == inside[1]:
                rows = self._inner[sheet.title, problem.record][int(inside[2]) - 1 :][:1]
                return _placed(problem, sheet, rows, inside[3] or "")
        rows = self._order[problem.table] if problem.table != MUNICIPALITY else []
        if problem.row is not None and problem.row < len(rows):
            return _placed(problem, own[0], rows[problem.row : problem.row + 1], problem.field)
        return _placed(problem, own[0], self._rows[problem.table, problem.record], problem.field)

    def _setting_placed(self, problem: Problem) -> Problem:
        """What stands deep in a setting keeps its own name, which no column has."""
        rows = self._settings[problem.record, problem.field]
        if not rows:
            return replace(problem, table=NETWORKS.title)
        return replace(problem, table=NETWORKS.title, record=row_name(*rows), field=HEADERS["value"])


def _placed(problem: Problem, sheet: Sheet, rows: Sequence[int], field: str) -> Problem:
    record = row_name(*rows) if rows else problem.record
    return replace(problem, table=sheet.title, record=record, field=_header(sheet, field))


def _header(sheet: Sheet, field: str) -> str:
    """The header of a column, with what follows when the field is an item of a list."""
    fitting = [one for one in sheet.columns if re.match(rf"{re.escape(one.path)}(?![a-z_])", field)]
    if not fitting:
        return HEADERS.get(field, field)
    column = max(fitting, key=lambda one: len(one.path))
    return column.header + field[len(column.path) :]
