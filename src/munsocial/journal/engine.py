"""Opening of the database: SQLite by default (WAL, every commit on the disk), PostgreSQL as an extra; faults named."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote
from weakref import WeakSet

from sqlalchemy import Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DatabaseError, SQLAlchemyError

from munsocial.errors import JournalError
from munsocial.files import owner_only
from munsocial.journal.forged import RESTORE
from munsocial.journal.places import CHECK, CLOSED, RIGHTS, is_address, unreached
from munsocial.wording import Text

__all__ = ["faults_named", "make_engine"]

_BUSY_SECONDS = 30.0
_LOOK_SECONDS = 0.05
_WAL = "PRAGMA journal_mode=WAL"

_LOCKED = Text("журнал занят другой программой.", "the journal is held by another program.")
_WAIT = Text(
    "Дождитесь её окончания и повторите: ничего не потеряно.", "Wait for it to end and repeat: nothing is lost."
)
_FULL = Text("на диске нет места для журнала.", "the disk is full, the journal cannot grow.")
_FREE = Text("Освободите место: без записи ничего не выполняется.", "Free some space first.")
_NO_LOCKS = Text("диск журнала не запирает файлы.", "the disk of the journal does not lock files.")
_LOCAL = Text(
    "Перенесите журнал на диск этого компьютера или в PostgreSQL: на сетевом диске запирание бывает ненадёжно.",
    "Move it to a disk of this computer or to PostgreSQL: on a network disk locks may not work.",
)
_DISK = Text("диск не принял запись.", "the disk did not take the writing.")
_LOOK = Text(
    "Проверьте место и исправность диска: записанное раньше цело.",
    "Look at its space and health: earlier entries stand.",
)
_READ_ONLY = Text("журнал открыт только для чтения.", "the journal cannot be written.")
_NOT_ONE = Text("это не журнал или он повреждён.", "this is no journal, or it is damaged.")
_COPY = Text("Возьмите копию; этот файл сохраните для разбора.", "Take a copy; keep this file for examination.")
_NO_DRIVER = Text("для этой базы нет программы связи: {cause}.", "there is no driver for this database: {cause}.")
_INSTALL = Text(
    'Установите: pip install "munsocial[postgres]". Адрес пишите postgresql://, не называя другой программы.',
    'Install it: pip install "munsocial[postgres]". Write postgresql://, naming no other driver.',
)
_NO_TABLE = Text(
    "в журнале нет таблицы или колонки {name}: его правили в обход программы.",
    "the journal has no table or column {name}: somebody changed it by other means.",
)
_LOST = re.compile(
    r"(?:no such (?:table|column):|no column named) ([\w.]+)|(?:relation|column) \"?([\w.]+)\"? does not exist"
)


_ENGINES: WeakSet[Engine] = WeakSet()


def _parted() -> None:
    """Leave to the process that forked us the connections that it opened, and open our own.

    SQLite holds its locks for a process (https://www.sqlite.org/howtocorrupt.html, 2.6): what was written over a
    connection that came along was lost without a word. That of PostgreSQL is one talk, which only the parent may end.
    """
    for engine in list(_ENGINES):
        engine.dispose(close=engine.dialect.name == "sqlite")


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_parted)


def make_engine(place: str | Path, *, only_read: bool = False) -> Engine:
    """Return an engine for a file or a database address (``postgresql+psycopg://...``). Nothing is opened yet."""
    engine = _made(place, only_read)
    _ENGINES.add(engine)
    return engine


def _made(place: str | Path, only_read: bool) -> Engine:
    address = str(place)
    if is_address(address):
        with faults_named("postgresql"):
            options = f"-c lock_timeout={int(_BUSY_SECONDS * 1000)}"
            options += " -c default_transaction_read_only=on" if only_read else ""
            return create_engine(
                _driven(address), pool_pre_ping=True, hide_parameters=True, connect_args={"options": options}
            )
    creator = partial(_reader if only_read else _writer, address)
    engine = create_engine("sqlite://", creator=creator, poolclass=QueuePool, hide_parameters=True)
    if only_read:
        event.listen(engine, "begin", _deferred)
    else:
        event.listen(engine, "connect", _prepared)
        event.listen(engine, "begin", _immediate)
    return engine


def _driven(address: str) -> str:
    """Name the driver that our extra installs, where the address names none."""
    scheme, _, rest = address.partition("://")
    return f"postgresql+psycopg://{rest}" if scheme in ("postgresql", "postgres") else address


def _writer(address: str) -> sqlite3.Connection:
    with suppress(OSError):  # it is there, or cannot be made: SQLite says so itself
        # Words and names of citizens will stand in it. SQLite gives the files beside it (-wal, -shm) the same readers.
        open(address, "xb", opener=owner_only).close()
    return sqlite3.connect(address, timeout=_BUSY_SECONDS, check_same_thread=False, isolation_level=None)


def _reader(address: str) -> sqlite3.Connection:
    """Open a file that may lie on a disk which cannot be written."""
    where = f"file:{quote(os.fsencode(Path(address).absolute()))}?mode=ro"
    options: dict[str, Any] = {"timeout": _BUSY_SECONDS, "check_same_thread": False, "isolation_level": None}
    opened: sqlite3.Connection = sqlite3.connect(where, uri=True, **options)
    try:
        opened.execute("SELECT 1 FROM sqlite_master").fetchone()
    except Exception as error:
        opened.close()
        if not isinstance(error, sqlite3.OperationalError):
            raise
        log = Path(f"{address}-wal")
        if not Path(address).exists() or (log.exists() and log.stat().st_size):
            raise
        # SQLite wants to write its index of the log even to read; where no log is left the file alone is the journal.
        opened = sqlite3.connect(f"{where}&immutable=1", uri=True, **options)
    return opened


def _prepared(connection: Any, _record: Any) -> None:
    # The driver opens no transactions by itself: it would do so too late for a read that precedes a write.
    try:
        _logged_ahead(connection)
        # FULL: what was reported as done survives a power cut; NORMAL would lose the last commits in WAL mode.
        connection.execute("PRAGMA synchronous=FULL")
        # Each commit goes on into the file itself: one that is copied or left without its log (-wal) has lost nothing.
        connection.execute("PRAGMA wal_autocheckpoint=1")
        # What is purged is overwritten, not only unlinked.
        connection.execute("PRAGMA secure_delete=ON")
    except Exception:
        connection.close()  # the pool lets go of a connection that it could not prepare
        raise


def _logged_ahead(connection: Any) -> None:
    """Switch to a log of writes (WAL). SQLite does not wait for a writer who makes the same new file: we do."""
    try:
        connection.execute(_WAL)
    except sqlite3.OperationalError as error:
        if not _is_locked(error):
            raise
        from tenacity import Retrying, retry_if_exception, stop_after_delay, wait_fixed

        again = Retrying(
            retry=retry_if_exception(_is_locked),
            stop=stop_after_delay(_BUSY_SECONDS),
            wait=wait_fixed(_LOOK_SECONDS),
            reraise=True,
        )
        again(connection.execute, _WAL)


def _is_locked(error: BaseException) -> bool:
    return isinstance(error, sqlite3.OperationalError) and "locked" in str(error)


def _immediate(connection: Any) -> None:
    # A writer takes the lock before it reads the end of the chain; a reader keeps nobody waiting.
    reading = connection.get_execution_options().get("reading")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _deferred(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN")


@contextmanager
def faults_named(where: str) -> Iterator[None]:
    """Turn errors of the database into ours, with what to do.

    Raises:
        JournalError: locked, full, read-only, damaged, or not to be opened.
    """
    try:
        yield
    except UnicodeDecodeError:  # SQLite quoted in its fault a damaged file
        raise JournalError(_NOT_ONE, where=where, remedy=_COPY) from None
    except (SQLAlchemyError, ImportError, OSError) as error:
        raise _named(error, where) from None


def _named(error: Exception, where: str) -> JournalError:
    said = str(getattr(error, "orig", None) or error)
    if isinstance(error, ImportError):
        return JournalError(_NO_DRIVER.fill(cause=said), where=where, remedy=_INSTALL)
    if isinstance(error, OSError):
        return unreached(error, where)
    for sign, what, remedy in (
        ("locked", _LOCKED, _WAIT),
        ("lock timeout", _LOCKED, _WAIT),
        ("locking protocol", _NO_LOCKS, _LOCAL),
        ("full", _FULL, _FREE),
        ("No space left", _FULL, _FREE),
        ("disk I/O", _DISK, _LOOK),
        ("readonly", _READ_ONLY, RIGHTS),
        ("read-only", _READ_ONLY, RIGHTS),
        ("permission denied", _READ_ONLY, RIGHTS),
        ("Could not decode", _NOT_ONE, _COPY),
        ("malformed", _NOT_ONE, _COPY),
        ("not a database", _NOT_ONE, _COPY),
    ):
        if isinstance(error, DatabaseError) and sign in said:
            return JournalError(what, where=where, remedy=remedy)
    if lost := _LOST.search(said):
        return JournalError(_NO_TABLE.fill(name=lost[1] or lost[2]), where=where, remedy=RESTORE)
    # The address may hold a password: only the driver's own words are repeated, and only their first line.
    cause = said.splitlines()[0] if said else type(error).__name__
    # SQLite says the same of a path that leads nowhere and of a journal on a disk that cannot be written.
    there = not is_address(where) and Path(where).is_file()
    return JournalError(CLOSED.fill(cause=cause), where=where, remedy=RIGHTS if there else CHECK)
