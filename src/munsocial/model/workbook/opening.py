"""Opening an .xlsx and reading its rows: whatever a damaged or foreign one makes openpyxl raise becomes our refusal."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any

from munsocial.errors import FileRefused
from munsocial.files import MEGABYTE
from munsocial.model.checking.secretlike import shown
from munsocial.wording import Text

if TYPE_CHECKING:
    from openpyxl import Workbook

__all__ = ["opened_workbook", "rows_of"]

_UNPACKED = 256 * MEGABYTE
_ROWS = 1_048_576
"""The last row that Excel itself has."""

_NO_WORKBOOK = Text("это не книга Excel (.xlsx) или она повреждена.", "not an .xlsx workbook, or a damaged one.")
_NO_SHEETS = Text(
    "в книге не нашлось ни одного листа. Так бывает, если она сохранена как «Strict Open XML».",
    "the workbook seems to have no sheets, as one that was saved as 'Strict Open XML'.",
)
_DAMAGED = Text(
    "книга повреждена: лист «{title}» не читается, начиная со строки {number}.",
    "the workbook is damaged: the sheet {title!r} cannot be read from row {number} on.",
)
_TOO_MUCH = Text("книга в распакованном виде слишком велика.", "the workbook unpacks to too much.")
_SAVE_AGAIN = Text(
    "Откройте её в Excel и сохраните как обычную «Книга Excel (.xlsx)».", "Open it in Excel and save it as plain .xlsx."
)
_RIGHT_FILE = Text("Проверьте, тот ли это файл.", "Check that it is the right file.")


@contextmanager
def opened_workbook(content: bytes, *, where: str, computed: bool = False) -> Iterator[Workbook]:
    """Open a workbook for reading; ``computed`` takes the last results of formulas for the formulas.

    Raises:
        FileRefused: this is no workbook, has no sheets, or unpacks to too much.
    """
    with warnings.catch_warnings():
        # What openpyxl warns of comes back as a problem of the cell.
        warnings.simplefilter("ignore")
        book = _opened(content, where, computed)
        if not book.worksheets:
            # Strict Open XML has names of its own for everything, and openpyxl passes over what it does not know.
            raise FileRefused(_NO_SHEETS, where=where, remedy=_SAVE_AGAIN)
        yield book


def rows_of(page: Any, *, where: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a sheet; it is parsed only now, so that what is wrong in it shows only now.

    Raises:
        FileRefused: the sheet is damaged, or has more rows than Excel knows: it was made to keep its reader busy.
    """
    number = 0
    try:
        page.reset_dimensions()
        for number, row in enumerate(page.iter_rows(), 1):
            if number > _ROWS:
                break
            yield row
        else:
            return
    except Exception:  # noqa: BLE001 - as for the whole book: a number with a comma, a day that is none, cut XML
        damaged = _DAMAGED.fill(title=shown(page.title), number=number + 1)
        raise FileRefused(damaged, where=where, remedy=_SAVE_AGAIN) from None
    raise FileRefused(_TOO_MUCH, where=where, remedy=_RIGHT_FILE)


def _opened(content: bytes, where: str, computed: bool) -> Workbook:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
        if sum(part.file_size for part in parts) <= _UNPACKED and not any(_blown_up(part) for part in parts):
            return load_workbook(BytesIO(content), read_only=True, data_only=computed)
    except Exception:  # noqa: BLE001 - openpyxl raises whatever a broken part makes it raise
        raise FileRefused(_NO_WORKBOOK, where=where, remedy=_SAVE_AGAIN) from None
    raise FileRefused(_TOO_MUCH, where=where, remedy=_RIGHT_FILE)


def _blown_up(part: zipfile.ZipInfo) -> bool:
    """Tell whether a part is small packed and huge unpacked, as no sheet with different rows ever is."""
    return part.file_size > 16 * MEGABYTE and part.file_size > 200 * part.compress_size
