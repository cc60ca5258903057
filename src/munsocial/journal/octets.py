"""Octets that are no text any more, as a disk leaves them that forgets: which row holds them.

SQLite's driver refuses the whole batch and names no row, so the columns are read once more as they lie there.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, LargeBinary, Table, cast, select
from sqlalchemy import Text as TextColumn

from munsocial.journal.entries import GENESIS
from munsocial.journal.tables import entries, head, plans, steps
from munsocial.journal.verifying import SPOILT, Verified
from munsocial.wording import Text

__all__ = ["NO_TEXT", "TABLE", "spoilt"]

NO_TEXT = "Could not decode to UTF-8"
"""What the driver of SQLite says of them."""

TABLE = Text("таблица {name}", "table {name}")


def spoilt(connection: Connection) -> Verified | None:
    """Return what verifying is to say of the first row whose texts cannot be read; None where all can."""
    for table in (entries, head, plans, steps):
        if (key := _first(connection, table)) is not None:
            place = None if table is entries else TABLE.fill(name=table.name)
            return Verified(False, 0, GENESIS, key if table is entries else None, SPOILT, place)
    return None


def _first(connection: Connection, table: Table) -> Any:
    texts = [cast(column, LargeBinary) for column in table.columns if isinstance(column.type, TextColumn)]
    order = list(table.primary_key.columns)
    number = [table.c.seq] if table is entries else [cast(order[0], LargeBinary)]
    for row in connection.execute(select(*number, *texts).order_by(*order)):
        if not all(_is_text(octets) for octets in row[1:]):
            return row[0]
    return None


def _is_text(octets: Any) -> bool:
    try:
        if isinstance(octets, bytes):
            octets.decode()
    except UnicodeDecodeError:
        return False
    return True
