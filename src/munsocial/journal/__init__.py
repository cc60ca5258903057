"""What was seen and done: an append-only, hash-chained record over SQLite or PostgreSQL.

`Journal` keeps entries and the states of steps; `chain` says how entries hold together; `migrations/` how a journal of
an older version is opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from munsocial.journal.entries import Entry as Entry
    from munsocial.journal.journal import Journal as Journal
    from munsocial.journal.journal import open_journal as open_journal
    from munsocial.journal.verifying import Verified as Verified

_HOMES = {
    "Entry": "munsocial.journal.entries",
    "Journal": "munsocial.journal.journal",
    "Verified": "munsocial.journal.verifying",
    "open_journal": "munsocial.journal.journal",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module 'munsocial.journal' has no attribute {name!r}")
    value: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
