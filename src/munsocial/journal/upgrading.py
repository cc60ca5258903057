"""A journal of an older version is brought to the present one; a newer one is refused."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from munsocial.errors import JournalError
from munsocial.wording import Text

__all__ = ["VERSION", "upgrade"]

VERSION = "0002"
"""The version that this code writes: the newest of `migrations/versions`."""

_NEWER = Text(
    "журнал записан более новой версией munsocial ({version}).", "the journal is of a newer munsocial ({version})."
)
_UPDATE = Text("Обновите munsocial; журнал не тронут.", "Update munsocial; the journal was left as it is.")
_FOREIGN = Text("это база другой программы.", "this is a database of another program.")
_OTHER_PLACE = Text("Укажите другой файл для журнала.", "Give another file for the journal.")


def upgrade(engine: Engine, where: str) -> None:
    """Bring the database to `VERSION`; a new one gets its tables.

    Raises:
        JournalError: newer than this code, or a database of something else.
    """
    with engine.begin() as connection:
        version = _version(connection, where)
        if version == VERSION:
            return
        if version > VERSION:
            raise JournalError(_NEWER.fill(version=version), where=where, remedy=_UPDATE)
        _run(connection)


def _version(connection: Connection, where: str) -> str:
    names = set(inspect(connection).get_table_names())
    if "alembic_version" in names:
        return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")
    if names:
        raise JournalError(_FOREIGN, where=where, remedy=_OTHER_PLACE)
    return ""


def _run(connection: Connection) -> None:
    # Alembic takes a tenth of a second to import: only a new or old journal pays for it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, VERSION)
