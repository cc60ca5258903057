"""Merged cells: Excel keeps a value in the first of them only, and the others, which look the same, are empty."""

from __future__ import annotations

import re
from itertools import product
from typing import Any, TypeAlias

from munsocial.wording import Text

__all__ = ["MERGED", "PART", "Cell", "firsts_of"]

Cell: TypeAlias = tuple[int, int]
"""Row and column of a cell, as Excel counts them."""

PART = Text(
    "ячейка объединена с ячейкой {first}, и значение Excel хранит только там.",
    "the cell is merged with {first}, and Excel keeps the value there alone.",
)
MERGED = Text(
    "Отмените объединение ячеек и впишите значение в каждую строку.",
    "Unmerge the cells and write the value into each row.",
)
_RANGE = re.compile(rb'<(?:\w{1,20}:)?mergeCell\s[^<>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_MOST = 100_000
"""Cells that are noted: a file may merge the whole sheet a million times."""


def firsts_of(page: Any) -> dict[Cell, Cell]:
    """Return for each merged cell the first of its kind, which has the value."""
    from openpyxl.utils import column_index_from_string

    firsts: dict[Cell, Cell] = {}
    for left, top, right, bottom in _RANGE.findall(_source(page)):
        try:
            columns = range(column_index_from_string(left.decode()), column_index_from_string(right.decode()) + 1)
        except ValueError:  # a column beyond the last
            continue
        first = (int(top), columns.start)
        for cell in product(range(int(top), int(bottom) + 1), columns):
            if len(firsts) >= _MOST:
                return firsts
            if cell != first:
                firsts[cell] = first
    return firsts


def _source(page: Any) -> bytes:
    """Return the sheet as it is stored: a workbook that is only read tells nothing of merged cells."""
    try:
        with page._get_source() as source:
            return bytes(source.read())
    except Exception:  # noqa: BLE001 - what is damaged is told when the rows are read
        return b""
