"""Journals for tests: some entries, and the same as an older version left it."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from munsocial.journal import Entry, open_journal

__all__ = ["filled", "older"]

START = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


def filled(place: Path, count: int = 20) -> tuple[int, str]:
    with open_journal(place, clock=lambda: START) as journal:
        journal.append_many(Entry("seen.post", "lipovka-vk", {"post": str(n), "text": "слово " * 20}, START)
                            for n in range(count))  # fmt: skip
        return journal.anchor()


def older(place: Path) -> None:
    """Make a journal as version 0001 left it."""
    filled(place)
    connection = sqlite3.connect(place)
    for table in ("head", "steps", "plans"):
        connection.execute(f"DROP TABLE {table}")
    connection.execute("UPDATE alembic_version SET version_num='0001'")
    connection.commit()
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()
