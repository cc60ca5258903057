"""The journal itself: append, read, verify, purge. One writer at a time, by the database's own lock."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, insert, inspect, select, update
from sqlalchemy.exc import DatabaseError

from munsocial.errors import JournalError
from munsocial.journal.bookcheck import books_in
from munsocial.journal.engine import faults_named, make_engine
from munsocial.journal.entries import GENESIS, Entry, canonical, chained, sealed, stamped
from munsocial.journal.forged import FORGED, RESTORE, entry_unreadable
from munsocial.journal.octets import NO_TEXT, TABLE, spoilt
from munsocial.journal.places import CHECK, file_at, is_address, is_there, refuse_other, refuse_place
from munsocial.journal.purging import Purged, due_in, purge_in, wipe
from munsocial.journal.tables import entries, head, plans, steps
from munsocial.journal.upgrading import lock_writers, upgrade, version_of
from munsocial.journal.verifying import Verified, verify_rows
from munsocial.model.given import as_path
from munsocial.wording import Text

__all__ = ["Journal", "journal_in", "open_journal"]

_BATCH = 1000
_WITH_STEPS = "0002"
"""Since this version a journal holds plans and their steps."""
_WITH_HEAD = "0003"
"""Since this version the end of the chain is written down."""

_NO_END = Text(
    "запись о конце цепочки пропала: журнал правили в обход программы. Ничего не записано.",
    "the record of the chain's end is gone: somebody changed the journal by other means. Nothing was written.",
)
_FORGED_END = Text(
    "запись о конце цепочки испорчена: журнал правили в обход программы. Ничего не записано.",
    "the record of the chain's end is spoilt: somebody changed the journal by other means. Nothing was written.",
)
_GONE = Text("её нет: журнал правили в обход программы.", "it is gone: somebody changed the journal by other means.")
_COLUMN = Text("колонка {name}", "column {name}")
_DIGEST = re.compile("[0-9a-f]{64}")
_NOT_ONE = Text("журнала здесь нет.", "there is no journal here.")
_FILE = Text("файл базы", "the file of the database")
_DAMAGED = Text("он повреждён или обрезан ({what}).", "it is damaged or cut ({what}).")


def open_journal(place: str | Path, *, clock: Callable[[], datetime] | None = None, only_read: bool = False) -> Journal:
    """Open or make a journal: a file of SQLite, or an address ``postgresql+psycopg://...``.

    With ``only_read`` nothing is made, upgraded or changed: a copy on a disk that cannot be written, or a journal of an
    older version, is read as it is.

    Raises:
        JournalError: it cannot be opened, is damaged, newer than this code, or of another program.
        InputError: ``place`` is neither a text nor a path.
    """
    as_path(place, "place")
    refuse_place(place)
    opened, version = _opened(place, clock, only_read=only_read)
    if only_read and not version:
        opened.close()
        raise JournalError(_NOT_ONE, where=opened.where, remedy=CHECK)
    return opened


def journal_in(place: str | Path, *, clock: Callable[[], datetime] | None = None) -> Journal | None:
    """Open for reading only the journal that is in a place; None where none has been made yet.

    Raises:
        JournalError: it cannot be opened, is damaged, newer than this code, or of another program.
    """
    if not is_there(place):  # which refuses what is no place, too
        return None
    opened, version = _opened(place, clock, only_read=True)
    if version:
        return opened
    opened.close()
    return None


def _opened(place: str | Path, clock: Callable[[], datetime] | None, *, only_read: bool) -> tuple[Journal, str]:
    """Return a journal with its version; of one that may be written the version is today's and not told."""
    engine = make_engine(place, only_read=only_read)
    where = str(place) if not is_address(place) else engine.url.render_as_string(hide_password=True)
    version = ""
    try:
        with faults_named(where):
            if only_read:
                with engine.connect().execution_options(reading=True) as connection:
                    version = version_of(connection, where)
            else:
                upgrade(engine, where)
    except BaseException:
        engine.dispose()
        raise
    return Journal(engine, where, clock or _utc_now, version), version


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Journal:
    """An open journal; safe to share between threads. Use in ``with``, or `close` it."""

    def __init__(self, engine: Any, where: str, clock: Callable[[], datetime], version: str = "") -> None:
        self._engine = engine
        self.where = where
        self.clock = clock
        self.has_head = not version or version >= _WITH_HEAD
        """False of a journal that is only read and is older than the record of the chain's end."""
        self.has_steps = not version or version >= _WITH_STEPS
        """False of a journal that is only read and is older than plans: there is no step in it."""
        # Absolute: whoever changes the current folder has not lost the journal.
        self._place = where if is_address(where) else str(Path(where).absolute())
        self._file = file_at(self._place)

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
        seq, previous = self.end_in(connection)
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
            connection.execute(update(head).where(head.c.id == 1).values(seq=seq, digest=previous))
        return tuple(written)

    def entries(
        self,
        *,
        kind: str | None = None,
        subject: str | None = None,
        after: int = 0,
        since: datetime | None = None,
        body: Mapping[str, Any] | None = None,
        newest_first: bool = False,
    ) -> Iterator[Entry]:
        """Give entries in order, as a stream; ``kind`` may end with ``*``.

        ``since`` leaves out what was written before a moment. Order is that of writing: a clock may have been set back.
        ``body`` asks for entries with exactly this one: the database compares, nothing else is read.
        """
        query = select(entries).where(entries.c.seq > after)
        if body is not None:
            query = query.where(entries.c.body == canonical(dict(body)))
        if since is not None:
            query = query.where(entries.c.at >= stamped(since))
        if subject is not None:
            query = query.where(entries.c.subject == subject)
        if kind is not None:
            query = query.where(
                entries.c.kind.startswith(kind[:-1], autoescape=True) if kind.endswith("*") else entries.c.kind == kind
            )
        query = query.order_by(entries.c.seq.desc() if newest_first else entries.c.seq)
        with (
            self.reading() as connection,
            closing(connection.execution_options(yield_per=_BATCH).execute(query)) as rows,
        ):
            for row in rows:
                yield self._read(row)

    def _read(self, row: Any) -> Entry:
        try:
            return _entry(row)
        except FORGED:
            raise entry_unreadable(row.seq, self.where) from None

    def anchor(self) -> tuple[int, str]:
        """Return (number of entries, digest of the last one): keep it elsewhere, and nobody can shorten the journal."""
        with self.reading() as connection:
            return self.end_in(connection)

    def verify(self, *, anchor: tuple[int, str] | None = None) -> Verified:
        """Check the whole chain, its end, and the states of steps against it; see `verify_rows`."""
        with self.reading() as connection:
            try:
                return self.verify_in(connection, anchor=anchor)
            except DatabaseError as error:
                found = spoilt(connection) if NO_TEXT in str(error) else None
                if found is None:
                    raise
                return found

    def verify_in(self, connection: Connection, *, anchor: tuple[int, str] | None = None) -> Verified:
        """Check the journal as it stands in a transaction from `reading` or `writing`."""
        if connection.dialect.name == "sqlite" and (what := _damage(connection)):
            return Verified(False, 0, GENESIS, None, _DAMAGED.fill(what=what), _FILE)
        if gone := self._missing(connection):
            return Verified(False, 0, GENESIS, None, _GONE, gone)
        end = connection.execute(select(head)).all() if self.has_head else None
        stream = connection.execution_options(yield_per=_BATCH).execute(select(entries).order_by(entries.c.seq))
        with closing(stream) as rows:
            return verify_rows(rows, anchor=anchor, end=end, books=books_in(connection) if self.has_steps else None)

    def _missing(self, connection: Connection) -> Text | None:
        """Name the first table or column that a journal of this version has and this one has not."""
        there = inspect(connection)
        tables = set(there.get_table_names())
        for table in (entries, *((plans, steps) if self.has_steps else ()), *((head,) if self.has_head else ())):
            if table.name not in tables:
                return TABLE.fill(name=table.name)
            columns = {column["name"] for column in there.get_columns(table.name)}
            if lost := next((column.name for column in table.columns if column.name not in columns), None):
                return _COLUMN.fill(name=f"{table.name}.{lost}")
        return None

    def purge(self, *, before: datetime, reason: str) -> Purged:
        """Forget personal data written before a moment, in entries and in plans that are over; the chain stays."""
        with self.writing() as connection:
            gone = purge_in(connection, before, self.where)
            if gone:
                body = {"reason": reason, "before": stamped(before), **gone.body}
                self.append_in(connection, [Entry("journal.purged", "journal", body, self.clock())])
        # Also when nothing is due: a purge that was killed right after its commit is brought to its end.
        self.sweep()
        return gone

    def sweep(self) -> None:
        """Clear what the database itself still keeps of rows that were forgotten."""
        with faults_named(self.where):
            wipe(self._engine, self.where)

    def due(self, *, before: datetime) -> Purged:
        """Return what `purge` would forget, changing nothing."""
        with self.reading() as connection:
            return due_in(connection, before, planned=self.has_steps)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction in which this program is the only writer of the journal.

        Raises:
            JournalError: it cannot be written, or its file was removed or replaced since it was opened.
        """
        self.check_place()
        with faults_named(self.where), self._engine.begin() as connection:
            lock_writers(connection)
            yield connection

    def check_place(self) -> None:
        """Check that the journal still lies where it was opened.

        Raises:
            JournalError: its file was removed or replaced.
        """
        refuse_other(self._place, self._file)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a connection that only reads, sees one moment of the journal, and keeps no writer waiting."""
        with faults_named(self.where), self._engine.connect() as connection:
            options: dict[str, Any] = {"reading": True}
            if connection.dialect.name == "postgresql":
                options["isolation_level"] = "REPEATABLE READ"
            yield connection.execution_options(**options)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def end_in(self, connection: Connection) -> tuple[int, str]:
        """Return where the chain ends, by the record of its end: entries that were cut off leave a gap behind them."""
        row = stored_end(connection, has_head=self.has_head)
        if row is None:
            if self.has_head:
                raise JournalError(_NO_END, where=self.where, remedy=RESTORE)
            return 0, GENESIS
        # SQLite takes anything anywhere: whoever went on from such an end would hide that it was touched.
        if not isinstance(row.seq, int) or not (isinstance(row.digest, str) and _DIGEST.fullmatch(row.digest)):
            raise JournalError(_FORGED_END, where=self.where, remedy=RESTORE)
        return row.seq, row.digest


def stored_end(connection: Connection, *, has_head: bool) -> Any:
    """Return the record of the chain's end, whatever stands in it; of a journal without one its last entry."""
    query = select(head.c.seq, head.c.digest).where(head.c.id == 1)
    if not has_head:
        query = select(entries.c.seq, entries.c.digest).order_by(entries.c.seq.desc()).limit(1)
    return connection.execute(query).first()


def _damage(connection: Connection) -> str:
    """Return what SQLite itself finds wrong with its file: a cut page may hold no entry and still be missed later, and
    an index that lacks an entry hides it from whoever asks for a kind or a subject."""
    found = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
    return "" if found == "ok" else str(found)


def _row(item: Entry, seq: int, previous: str) -> dict[str, Any]:
    stored, seal = sealed(item.personal)
    at, body = stamped(item.at), canonical(dict(item.body))
    kind, subject = storable(item.kind), storable(item.subject)
    return {
        "seq": seq,
        "at": at,
        "kind": kind,
        "subject": subject,
        "body": body,
        "personal": stored,
        "seal": seal,
        "previous": previous,
        "digest": chained(previous, seq, at, kind, subject, body, seal),
    }


def storable(text: str) -> str:
    """Return a name as every database can hold it: no NUL, no half of a surrogate pair."""
    return text.replace("\0", "�").encode("utf-8", "replace").decode("utf-8")


def _entry(row: Any) -> Entry:
    body, at = json.loads(row.body), datetime.fromisoformat(row.at)
    personal = json.loads(row.personal)["data"] if row.personal is not None else None
    texts = row.kind, row.subject, row.body, row.seal, row.previous, row.digest
    if not isinstance(body, dict) or not isinstance(personal, dict | None) or at.tzinfo is None:
        raise TypeError
    if not all(isinstance(text, str) for text in texts):
        raise TypeError
    return Entry(
        kind=row.kind,
        subject=row.subject,
        body=body,
        at=at,
        personal=personal,
        seq=row.seq,
        seal=row.seal,
        previous=row.previous,
        digest=row.digest,
        purged=bool(row.seal) and personal is None,
    )
