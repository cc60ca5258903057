"""What was seen and done: an append-only, hash-chained record over SQLite or PostgreSQL.

`Journal` keeps entries and the states of steps (`stepbook`); `entries` says what is chained, `verifying` whether it is
whole; `migrations` holds the steps by which a journal of an older version is opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from munsocial.lazily import named

if TYPE_CHECKING:
    from munsocial.journal.entries import Entry as Entry
    from munsocial.journal.journal import Journal as Journal
    from munsocial.journal.journal import open_journal as open_journal
    from munsocial.journal.verifying import Verified as Verified
else:
    # Out of sight of type checkers, which would take every slip for a name.
    def __getattr__(name: str) -> object:
        return named(__name__, name, _HOMES)


_HOMES = {
    "Entry": "entries",
    "Journal": "journal",
    "Verified": "verifying",
    "open_journal": "journal",
}

__all__ = sorted(_HOMES)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
