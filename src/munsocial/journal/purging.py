"""Forgetting on term: texts and authors of citizens go from entries and from plans that are over; the chain stays."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, func, select, update

from munsocial.errors import JournalError
from munsocial.journal.entries import canonical, open_part, stamped
from munsocial.journal.forged import FORGED, row_unreadable
from munsocial.journal.tables import entries, plans, steps
from munsocial.wording import Text

__all__ = ["OVER", "PURGED_PLAN", "Purged", "due_in", "purge_in", "wipe"]

OVER = ("confirmed", "rejected", "skipped")
PURGED_PLAN = canonical({"purged": True})
"""What stands in the place of a plan whose texts were forgotten."""

_READ = Text(
    "персональные данные удалены, но их копия ещё лежит в {log}: журнал читает другая программа.",
    "the personal data are gone, but a copy of them still lies in {log}: another program reads the journal.",
)
_REPEAT = Text("Дождитесь её окончания и повторите команду.", "Wait for it to end and repeat the command.")


@dataclass(frozen=True, slots=True)
class Purged:
    """What was forgotten: numbers of entries and ids of plans; ``kept`` are old plans that are not over."""

    entries: tuple[int, ...] = ()
    plans: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.entries or self.plans)

    @property
    def body(self) -> dict[str, Any]:
        """What the journal writes down of it."""
        return {"entries": list(self.entries), "plans": list(self.plans)}


def due_in(connection: Connection, before: datetime, *, planned: bool = True) -> Purged:
    """Return what would be forgotten, changing nothing. ``planned``: the journal is new enough to hold plans."""
    old = _old(before)
    gone = tuple(connection.execute(select(entries.c.seq).where(old).order_by(entries.c.seq)).scalars())
    if not planned:
        return Purged(gone)
    aged = (plans.c.made_at < stamped(before)) & (plans.c.body != PURGED_PLAN)
    counts = (_steps_not_in(OVER).label("open"), _steps_not_in((*OVER, "planned")).label("begun"))
    over, kept = list[str](), list[str]()
    for row in connection.execute(select(plans.c.id, *counts).where(aged).order_by(plans.c.id)).all():
        ended = not row.open or (not row.begun and _expired(connection, row.id, before))
        (over if ended else kept).append(row.id)
    return Purged(gone, tuple(over), tuple(kept))


def _steps_not_in(states: tuple[str, ...]) -> Any:
    """Count the steps of a plan that are in none of these states."""
    return select(func.count()).where((steps.c.plan == plans.c.id) & steps.c.state.not_in(states)).scalar_subquery()


def _expired(connection: Connection, plan: str, before: datetime) -> bool:
    """Tell whether a plan had expired by a moment: what was not begun of it by then nobody can ever do."""
    body = connection.execute(select(plans.c.body).where(plans.c.id == plan)).scalar()
    try:
        return datetime.fromisoformat(json.loads(body or "")["expires_at"]) < before
    except FORGED:
        return False


def purge_in(connection: Connection, before: datetime, where: str) -> Purged:
    """Forget inside a writing transaction.

    Raises:
        JournalError: the result of a step cannot be read, so that nobody can tell what of it is to go.
    """
    gone = due_in(connection, before)
    if gone.entries:
        connection.execute(update(entries).where(_old(before)).values(personal=None))
    for plan in gone.plans:
        connection.execute(update(plans).where(plans.c.id == plan).values(body=PURGED_PLAN))
        for row in connection.execute(select(steps).where((steps.c.plan == plan) & steps.c.result.is_not(None))).all():
            try:
                kept = open_part(json.loads(row.result))
            except FORGED:
                raise row_unreadable(where, plan=row.plan, step=row.step) from None
            mine = (steps.c.plan == plan) & (steps.c.step == row.step)
            connection.execute(update(steps).where(mine).values(result=canonical(kept)))
    return gone


def _old(before: datetime) -> Any:
    return (entries.c.at < stamped(before)) & entries.c.personal.is_not(None)


def wipe(engine: Engine, where: str) -> None:
    """Clear what the database itself still keeps of forgotten rows: SQLite's log, PostgreSQL's dead rows.

    Raises:
        JournalError: another program reads a moment of the journal that has passed, so that its log must stay.
    """
    # PostgreSQL's own write-ahead log and backups age out by the settings of the server: the docs say so.
    statements = ["PRAGMA wal_checkpoint(TRUNCATE)"]
    if engine.dialect.name == "postgresql":
        statements = ["VACUUM FULL entries", "VACUUM FULL plans", "VACUUM FULL steps"]
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT", reading=True) as connection:
        connection.commit()
        for statement in statements:
            done = connection.exec_driver_sql(statement)
            # SQLite tells by a row, not by an error, that it could not empty its log.
            if done.returns_rows and done.scalar():
                raise JournalError(_READ.fill(log=f"{where}-wal"), where=where, remedy=_REPEAT)
