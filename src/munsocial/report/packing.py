"""A workbook as bytes that depend on the report alone: the same report is the same file, whenever it is written."""

from __future__ import annotations

import io
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from openpyxl import Workbook

__all__ = ["packed"]


def packed(book: Workbook, at: datetime) -> bytes:
    """Return the bytes of a workbook that was made at a moment."""
    from openpyxl.writer.excel import ExcelWriter

    # The format keeps moments in UTC without a zone; `Workbook.save` would put the present one there.
    book.properties.created = book.properties.modified = at.astimezone(UTC).replace(tzinfo=None)
    target = io.BytesIO()
    ExcelWriter(book, _Undated(target, "w", ZIP_DEFLATED)).save()
    return target.getvalue()


class _Undated(ZipFile):
    """An archive whose parts bear the first moment that the format knows, for `ZipInfo` has it when none is given."""

    def writestr(self, name: Any, data: Any, *_: Any) -> None:
        super().writestr(ZipInfo(name), data, ZIP_DEFLATED)

    def write(self, filename: Any, arcname: Any = None, *_: Any) -> None:
        part = ZipInfo(arcname)
        part.compress_type, part.file_size = ZIP_DEFLATED, Path(filename).stat().st_size
        with Path(filename).open("rb") as sheet, self.open(part, "w") as target:
            shutil.copyfileobj(sheet, target)
