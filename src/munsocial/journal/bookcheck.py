"""Do plans and states of steps say what the chain says? They change as work goes on, so each is compared at the end."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Float, Integer, Table, select

from munsocial.journal.entries import canonical, open_part, private_part, stamped
from munsocial.journal.forged import FORGED
from munsocial.journal.purging import PURGED_PLAN
from munsocial.journal.tables import plans, steps
from munsocial.wording import Text

__all__ = ["BookCheck", "Books", "body_digest", "books_in", "rows_digest"]

_PLAN = Text("план {id}", "plan {id}")
_STEP = Text("шаг {step} плана {id}", "step {step} of plan {id}")
_GONE = Text("его нет, хотя цепочка о нём говорит.", "it is gone, though the chain tells of it.")
_ADDED = Text("он добавлен в обход журнала.", "it was added without an entry.")
_DIGEST = Text("его отпечаток изменён.", "its digest was changed.")
_BODY = Text("его содержимое изменено.", "its content was changed.")
_MADE = Text("время его составления изменено.", "the moment at which it was made was changed.")
_ROWS = Text("строки его шагов изменены.", "the rows of its steps were changed.")
_STATE = Text(
    "состояние изменено: записано «{is_}», по цепочке «{was}».", "its state was changed: {is_!r}, by the chain {was!r}."
)
_KEY = Text("его ключ изменён.", "its key was changed.")
_RESULT = Text("его итог изменён.", "its result was changed.")
_STARTED = Text("время первой попытки изменено.", "the moment of its first attempt was changed.")
_DUE = Text("его срок или место в плане изменены.", "its due time or its place in the plan was changed.")
_TWICE = Text("он стоит дважды.", "it stands twice.")
_MISFIT = Text("в столбце {column} стоит то, чего там не бывает.", "its column {column} holds what never stands there.")
_BOOKS = Text("планы и шаги", "plans and steps")
_UNREADABLE = Text("их строки не читаются.", "their rows cannot be read.")

Books = tuple[Iterable[Any], Iterable[Any]]
"""Rows of plans and rows of steps, of a database or of an export."""

Found = tuple[Text, Text]
"""Which row, and what is wrong with it."""


def body_digest(body: str) -> str:
    """Return the digest of a plan as it is stored."""
    return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()


def rows_digest(rows: Iterable[tuple[Any, ...]]) -> str:
    """Return the digest of what never changes in the rows of a plan's steps: (step, place, key, due)."""
    return body_digest(canonical([list(row) for row in rows]))


def books_in(connection: Connection) -> Books:
    """Return the books of a database; they are read when they are looked into."""
    in_order = select(plans).order_by(plans.c.made_at, plans.c.id), select(steps).order_by(steps.c.plan, steps.c.place)
    kept, states = (_read(connection, query) for query in in_order)
    return kept, states


def _read(connection: Connection, query: Any) -> Iterator[Any]:
    yield from connection.execute(query)


class BookCheck:
    """Collects from the chain what plans and steps should be, then compares."""

    def __init__(self) -> None:
        self.plans: dict[str, dict[str, Any]] = {}
        self.steps: dict[tuple[str, str], dict[str, Any]] = {}
        self.purged: set[str] = set()

    def see(self, row: Any) -> None:
        """Take one entry, in order."""
        if row.kind.startswith("step.") and row.kind != "step.scheduled":
            self._step(row, row.kind.removeprefix("step."), json.loads(row.body))
        elif row.kind == "plan.entered":
            self.plans[row.subject] = json.loads(row.body)
        elif row.kind == "plan.signed":
            self.plans.setdefault(row.subject, {}).update(json.loads(row.body))
        elif row.kind == "journal.purged":
            self.purged.update(json.loads(row.body).get("plans", ()))

    def _step(self, row: Any, word: str, body: dict[str, Any]) -> None:
        known = self.steps.setdefault((row.subject, body.pop("step")), {})
        if word == "started":
            # Older journals did not mark later attempts: there the moment and the result of the first one stayed.
            anew = body.get("again") or "started" not in known
            known |= {
                "state": "sending",
                "key": body.get("key"),
                **({"started": row.at, "result": None} if anew else {}),
            }
            return
        private = private_part(json.loads(row.personal)["data"]) if row.personal else {}
        # Forgotten on term: nobody can tell any more what stood there.
        forgotten = bool(row.seal) and row.personal is None
        known |= {"state": word, "result": {**body, **private}, "forgotten": forgotten}

    def compare(self, books: Books) -> Found | None:
        """Return the first row that says something else than the chain."""
        try:
            return next(self._differences(*books), None)
        except FORGED:  # forged beyond any reading
            return _BOOKS, _UNREADABLE

    def _differences(self, kept: Iterable[Any], states: Iterable[Any]) -> Iterator[Found]:
        bodies: dict[str, dict[str, dict[str, Any]]] = {}
        there = set()
        for row in kept:
            if what := _TWICE if row.id in there else self._plan(row) or _misfit(plans, row):
                yield _PLAN.fill(id=row.id), what
            there.add(row.id)
            bodies[row.id] = _steps_in(row.body)
        for missing in sorted(self.plans.keys() - there):
            yield _PLAN.fill(id=missing), _GONE
        yield from self._differing_steps(states, there, bodies)

    def _differing_steps(
        self, states: Iterable[Any], there: set[str], bodies: dict[str, dict[str, dict[str, Any]]]
    ) -> Iterator[Found]:
        met = set()
        fixed: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        for row in states:
            name = _STEP.fill(step=row.step, id=row.plan)
            if (row.plan, row.step) in met:
                yield name, _TWICE
            met.add((row.plan, row.step))
            fixed[row.plan].append((row.place, row.step, row.key, row.due))
            if row.plan not in there:
                yield name, _ADDED
            elif what := self._row(row, bodies[row.plan]) or _misfit(steps, row):
                yield name, what
        expected = {*self.steps, *((plan, step) for plan, known in bodies.items() for step in known)}
        for plan, step in sorted(expected - met):
            yield _STEP.fill(step=step, id=plan), _GONE
        for plan in sorted(there):
            # Where the texts of a plan were forgotten nothing else tells how its steps stood in it.
            said = self.plans[plan].get("rows")
            rows = ((step, place, key, due) for place, step, key, due in sorted(fixed[plan], key=itemgetter(0)))
            if said is not None and said != rows_digest(rows):
                yield _PLAN.fill(id=plan), _ROWS

    def _plan(self, row: Any) -> Text | None:
        known = self.plans.get(row.id)
        if known is None:
            return _ADDED
        if row.digest != known.get("digest", row.digest):
            return _DIGEST
        if not isinstance(row.body, str):
            return _BODY
        if row.made_at != known.get("made_at", row.made_at):
            return _MADE
        if row.body == PURGED_PLAN:
            return None if row.id in self.purged else _BODY
        # Plans entered before version 0003 carry no digest of their body in the chain.
        return _BODY if body_digest(row.body) != known.get("body", body_digest(row.body)) else None

    def _row(self, row: Any, planned: dict[str, dict[str, Any]]) -> Text | None:
        known = self.steps.get((row.plan, row.step), {})
        was = known.get("state", "planned")
        # A step that was uncertain is taken for another look without an entry of its own.
        if row.state != was and not (was == "uncertain" and row.state == "sending"):
            return _STATE.fill(is_=row.state, was=was)
        if "key" in known and row.key != known["key"]:
            return _KEY
        if row.started_at != known.get("started"):
            return _STARTED
        forgotten = known.get("forgotten", False) or row.plan in self.purged
        if not _same(_result(row.result), known.get("result"), forgotten=forgotten):
            return _RESULT
        return _against_plan(row, planned)


def _result(stored: Any) -> Any:
    """Return the result of a step; what is no result is given as it is, and equals none."""
    try:
        found = json.loads(stored) if isinstance(stored, str) else stored
    except (ValueError, RecursionError):
        return stored
    return found if isinstance(found, dict) else stored


def _same(result: Any, expected: dict[str, Any] | None, *, forgotten: bool) -> bool:
    if not isinstance(result, dict) or expected is None or not forgotten:
        return bool(result == expected)
    return open_part(result) == open_part(expected)


def _misfit(table: Table, row: Any) -> Text | None:
    """Tell of a value that the table was not made for: SQLite and exports take anything anywhere."""
    for column in table.columns:
        if not _fits(column, getattr(row, column.name)):
            return _MISFIT.fill(column=f"{table.name}.{column.name}")
    return None


def _fits(column: Any, value: Any) -> bool:
    if value is None:
        return bool(column.nullable)
    if isinstance(value, bool):
        return False
    if isinstance(column.type, Integer):
        return isinstance(value, int) and 0 <= value < 2**31
    if isinstance(column.type, Float):
        return isinstance(value, int | float)
    return isinstance(value, str) and value.encode("utf-8", "replace") == value.encode("utf-8", "surrogatepass")


def _steps_in(body: str) -> dict[str, dict[str, Any]]:
    try:
        found = json.loads(body).get("steps", ())
        return {one["id"]: {**one, "place": place} for place, one in enumerate(found)}
    except FORGED:
        return {}


def _against_plan(row: Any, planned: dict[str, dict[str, Any]]) -> Text | None:
    if not planned:
        return None
    one = planned.get(row.step)
    if one is None:
        return _ADDED
    if row.key != one.get("key"):
        return _KEY
    due = stamped(datetime.fromisoformat(one["due"])) if one.get("due") else None
    return _DUE if row.due != due or row.place != one["place"] else None
