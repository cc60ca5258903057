"""A journal of an older version is brought to the present one; a newer one is refused."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, insert, inspect, text

from munsocial.errors import JournalError
from munsocial.journal.entries import GENESIS
from munsocial.journal.tables import head, metadata
from munsocial.wording import Text

__all__ = ["VERSION", "lock_writers", "upgrade", "version_of"]

VERSION = "0003"
"""The version that this code writes: the newest of `migrations/versions`."""

_WRITERS = 0x6D756E736F63
"""The advisory lock of writers in PostgreSQL: "munsoc"."""

_NEWER = Text(
    "журнал записан более новой версией munsocial ({version}).", "the journal is of a newer munsocial ({version})."
)
_UPDATE = Text("Обновите munsocial; журнал не тронут.", "Update munsocial; the journal was left as it is.")
_FOREIGN = Text("это база другой программы.", "this is a database of another program.")
_LABEL = Text(
    "запись о версии журнала не та: в нём есть таблица «{table}», которой в версии {version} не было.",
    "the record of the journal's version is wrong: it has the table {table!r}, which version {version} had not.",
)
_RESTORE = Text(
    "Журнал правили в обход программы: верните его из копии.", "It was changed by other means: take it from a copy."
)
_NO_LABEL = Text("запись о версии журнала пропала.", "the record of the journal's version is gone.")
_BORN = {"plans": "0002", "steps": "0002", "head": "0003"}
"""Tables with the version in which each came."""
_OTHER_PLACE = Text("Укажите другой файл для журнала.", "Give another file for the journal.")


def lock_writers(connection: Connection) -> None:
    """Keep other writers of a journal in PostgreSQL out until the transaction ends; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITERS})


def upgrade(engine: Engine, where: str) -> None:
    """Bring the database to `VERSION`; a new one gets its tables.

    Raises:
        JournalError: newer than this code, or a database of something else.
    """
    with engine.begin() as connection:
        # Two programs that open a new journal at once: one of them makes its tables.
        lock_writers(connection)
        version = version_of(connection, where)
        if version == VERSION:
            return
        if version:
            _run(connection)
        else:
            _make(connection)


def version_of(connection: Connection, where: str) -> str:
    """Return the version of a journal, empty for a database without tables.

    Raises:
        JournalError: newer than this code, or a database of something else.
    """
    names = set(inspect(connection).get_table_names())
    if "alembic_version" in names:
        version = str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")
        if "entries" not in names:
            raise JournalError(_FOREIGN, where=where, remedy=_OTHER_PLACE)
        if not version:
            raise JournalError(_NO_LABEL, where=where, remedy=_RESTORE)
        if version > VERSION:
            raise JournalError(_NEWER.fill(version=version), where=where, remedy=_UPDATE)
        for table in sorted(names & _BORN.keys()):
            # An older version would have fewer things to verify.
            if version < _BORN[table]:
                raise JournalError(_LABEL.fill(table=table, version=version), where=where, remedy=_RESTORE)
        return version
    if names:
        raise JournalError(_FOREIGN, where=where, remedy=_OTHER_PLACE)
    return ""


def _make(connection: Connection) -> None:
    """Make a new journal at once as all migrations together would make it; a test compares the two."""
    metadata.create_all(connection)
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:version)"), {"version": VERSION})
    connection.execute(insert(head), {"id": 1, "seq": 0, "digest": GENESIS})


def _run(connection: Connection) -> None:
    # Alembic takes a tenth of a second to import: only an old journal pays for it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, VERSION)
