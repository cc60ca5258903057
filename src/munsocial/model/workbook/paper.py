"""A sheet as it is printed: told nothing, Excel lays the columns of a table on sheets apart, without their heads."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

__all__ = ["on_paper", "put_row"]

_BROKEN = 1.15
"""How much longer a text is when its lines end with words."""
_A4 = 9
"""Its number in the format."""
_LINE, _HIGHEST = 15, 409
"""Height of a line and of the highest row that Excel has, in points."""


def on_paper(sheet: Any, *, across: int = 1) -> None:
    """Print across A4, all columns on one sheet or as many side by side as are said."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = across, 0
    sheet.print_options.gridLines = True
    sheet.page_margins.left = sheet.page_margins.right = 0.3


def put_row(sheet: Any, number: int, cells: Sequence[Any], widths: Sequence[float]) -> None:
    """Write a row as high as its texts need: LibreOffice prints a row of unknown height as one line over the next."""
    lines = max(_lines(getattr(cell, "value", None), width) for cell, width in zip(cells, widths, strict=True))
    if lines > 1:
        # No RowDimension: its height is fixed, and the row would not grow with what is typed into it later.
        sheet.row_dimensions[number] = {"ht": str(min(lines * _LINE, _HIGHEST))}
    sheet.append(cells)
    sheet.row_dimensions.pop(number, None)  # it is written; of a long table each would be kept


def _lines(value: Any, width: float) -> int:
    if not isinstance(value, str) or (len(value) <= width and "\n" not in value):
        return 1
    return sum(1 if len(line) <= width else ceil(len(line) * _BROKEN / width) for line in value.split("\n"))
