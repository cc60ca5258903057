"""The journal itself: append, read, verify, purge. One writer at a time, by the database's own lock."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, insert, select, text, update

from munsocial.journal.engine import faults_named, make_engine
from munsocial.journal.entries import GENESIS, Entry, canonical, chained, sealed, stamped
from munsocial.journal.tables import entries
from munsocial.journal.upgrading import upgrade
from munsocial.journal.verifying import Verified, verify_rows

__all__ = ["Journal", "open_journal"]

_LOCK = 0x6D756E736F63  # "munsoc": the advisory lock of writers in PostgreSQL
_BATCH = 1000


def open_journal(place: str | Path, *, clock: Callable[[], datetime] | None = None) -> Journal:
    """Open or make a journal: a file of SQLite, or an address ``postgresql+psycopg://...``.

    Raises:
        JournalError: it cannot be opened, is damaged, newer than this code, or of another program.
    """
    engine = make_engine(place)
    where = str(place) if "://" not in str(place) else engine.url.render_as_string(hide_password=True)
    with faults_named(where):
        upgrade(engine, where)
    return Journal(engine, where, clock or (lambda: datetime.now(UTC)))


class Journal:
    """An open journal; safe to share between threads. Use in ``with``, or `close` it."""

    def __init__(self, engine: Any, where: str, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self.where = where
        self.clock = clock

    def append(
        self, kind: str, subject: str, body: Mapping[str, Any], *, personal: Mapping[str, Any] | None = None
    ) -> Entry:
        """Write one entry; when this returns it is on the disk.

        Raises:
            JournalError: nothing was written.
        """
        return self.append_many([Entry(kind, subject, body, self.clock(), personal)])[0]

    def append_many(self, items: Iterable[Entry]) -> tuple[Entry, ...]:
        """Write entries together: all or none."""
        with self.writing() as connection:
            return self.append_in(connection, items)

    def append_in(self, connection: Connection, items: Iterable[Entry]) -> tuple[Entry, ...]:
        """Write entries inside a transaction from `writing`, together with whatever else it changes."""
        seq, previous = _last(connection)
        written: list[Entry] = []
        rows: list[dict[str, Any]] = []
        for item in items:
            seq += 1
            row = _row(item, seq, previous)
            previous = row["digest"]
            rows.append(row)
            written.append(replace(item, seq=seq, seal=row["seal"], previous=row["previous"], digest=previous))
        if rows:
            connection.execute(insert(entries), rows)
        return tuple(written)

    def entries(
        self, *, kind: str | None = None, subject: str | None = None, after: int = 0, newest_first: bool = False
    ) -> Iterator[Entry]:
        """Give entries in order, as a stream; ``kind`` may end with ``*``."""
        query = select(entries).where(entries.c.seq > after)
        if subject is not None:
            query = query.where(entries.c.subject == subject)
        if kind is not None:
            query = query.where(
                entries.c.kind.startswith(kind[:-1], autoescape=True) if kind.endswith("*") else entries.c.kind == kind
            )
        query = query.order_by(entries.c.seq.desc() if newest_first else entries.c.seq)
        with self.reading() as connection:
            for row in connection.execution_options(yield_per=_BATCH).execute(query):
                yield _entry(row)

    def anchor(self) -> tuple[int, str]:
        """Return (number of entries, digest of the last one): keep it elsewhere, and nobody can shorten the journal."""
        with self.reading() as connection:
            return _last(connection)

    def verify(self, *, anchor: tuple[int, str] | None = None) -> Verified:
        """Check the whole chain; see `verify_rows`."""
        with self.reading() as connection:
            rows = connection.execution_options(yield_per=_BATCH).execute(select(entries).order_by(entries.c.seq))
            return verify_rows(rows, anchor=anchor)

    def purge(self, *, before: datetime, reason: str) -> int:
        """Forget personal data of entries written before a moment; the chain stays whole. Returns how many."""
        with self.writing() as connection:
            old = (entries.c.at < stamped(before)) & entries.c.personal.is_not(None)
            gone = list(connection.execute(select(entries.c.seq).where(old)).scalars())
            if gone:
                connection.execute(update(entries).where(old).values(personal=None))
                body = {"reason": reason, "before": stamped(before), "entries": gone}
                self.append_in(connection, [Entry("journal.purged", "journal", body, self.clock())])
        if gone and self._engine.dialect.name == "sqlite":
            # The write-ahead file still holds the old pages: it is emptied too.
            with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT", reading=True) as connection:
                connection.commit()
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        return len(gone)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction in which this program is the only writer of the journal."""
        with faults_named(self.where), self._engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a connection that only reads and keeps no writer waiting."""
        with faults_named(self.where), self._engine.connect().execution_options(reading=True) as connection:
            yield connection

    def close(self) -> None:
        """Let the database go."""
        self._engine.dispose()

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _last(connection: Connection) -> tuple[int, str]:
    row = connection.execute(select(entries.c.seq, entries.c.digest).order_by(entries.c.seq.desc()).limit(1)).first()
    return (row.seq, row.digest) if row else (0, GENESIS)


def _row(item: Entry, seq: int, previous: str) -> dict[str, Any]:
    stored, seal = sealed(item.personal)
    at, body = stamped(item.at), canonical(dict(item.body))
    return {
        "seq": seq,
        "at": at,
        "kind": item.kind,
        "subject": item.subject,
        "body": body,
        "personal": stored,
        "seal": seal,
        "previous": previous,
        "digest": chained(previous, seq, at, item.kind, item.subject, body, seal),
    }


def _entry(row: Any) -> Entry:
    personal = json.loads(row.personal)["data"] if row.personal is not None else None
    return Entry(
        kind=row.kind,
        subject=row.subject,
        body=json.loads(row.body),
        at=datetime.fromisoformat(row.at),
        personal=personal,
        seq=row.seq,
        seal=row.seal,
        previous=row.previous,
        digest=row.digest,
        purged=bool(row.seal) and personal is None,
    )
