"""States of steps, shared by all programs that open the journal: each step is taken by one of them and done once.

`MOVES` is the whole machine. ``sending`` is stored together with the key before an attempt. A program that dies leaves
it behind; whoever takes the step then gets it as ``uncertain`` and has to look in the network before anything else.
"""

from __future__ import annotations

import json
import time
import weakref
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from munsocial.errors import PlanRefused
from munsocial.journal.bookcheck import body_digest, rows_digest
from munsocial.journal.booked import Booked, booked_of
from munsocial.journal.entries import Entry, canonical, open_part, private_part, stamped
from munsocial.journal.forged import FORGED, entry_unreadable, row_unreadable
from munsocial.journal.holders import Life, holder_name, life_of
from munsocial.journal.journal import Journal
from munsocial.journal.purging import PURGED_PLAN
from munsocial.journal.tables import entries, plans, steps
from munsocial.wording import Text

__all__ = ["FINAL", "MOVES", "StepBook"]

MOVES: Mapping[str, frozenset[str]] = {
    "planned": frozenset({"sending", "skipped"}),
    "sending": frozenset({"planned", "uncertain", "confirmed", "rejected", "manual", "skipped"}),
    "uncertain": frozenset({"sending"}),
    "manual": frozenset({"confirmed", "skipped"}),
    "confirmed": frozenset(),
    "rejected": frozenset(),
    "skipped": frozenset(),
}
"""From each state of a step, those that it may come to; whatever else is asked is refused. One word stands above the
table: a program that lost its lease in the middle of a call, and then learns that it was done, says ``confirmed``."""

FINAL = frozenset(state for state, following in MOVES.items() if not following)
"""States in which nothing more happens; ``manual`` waits for a person, ``uncertain`` for a look."""

_OPEN = ("planned", "sending", "uncertain")
_BATCH = 500

_OTHER = Text(
    "в журнале под этим именем стоит план с другим содержанием.", "in the journal this name stands for another plan."
)
_AGAIN = Text("Составьте план заново.", "Make the plan again.")
_ELSEWHERE = Text("его шаги уже стоят в плане {plan}.", "its steps stand in the plan {plan} already.")
_APPLY = Text("Применяйте тот план: munsocial apply РЕЕСТР {plan}", "Apply that one: munsocial apply REGISTRY {plan}")

_BOOKS: weakref.WeakValueDictionary[str, StepBook] = weakref.WeakValueDictionary()
"""Books of this program that are in use, by holder: two threads with a book each see that the other one lives."""


class StepBook:
    """The states of steps in a journal; every change is one transaction together with its entry in the chain."""

    def __init__(self, journal: Journal, *, lease: float = 180.0, seconds: Callable[[], float] = time.time) -> None:
        self.journal = journal
        self.lease = lease
        self.seconds = seconds
        self.holder = holder_name()
        """Own for each book: two threads with a book each do not take one another's steps."""
        _BOOKS[self.holder] = self
        self._released: set[tuple[str, str]] | None = None
        """Read once: a plan of thousands of later steps would else read the whole journal for each of them."""

    def enter(self, plan: str, digest: str, body: str, rows: Iterable[tuple[str, str, datetime | None]]) -> None:
        """Write a plan down with its steps (id, key, due).

        Of a plan that stands there already only the signatures are brought up to date: its digest holds the rest.

        Raises:
            PlanRefused: the name stands for another plan, or a step of it stands in another plan under the same key.
        """
        now = self.journal.clock()
        with self.journal.writing() as connection:
            known = connection.execute(select(plans.c.digest).where(plans.c.id == plan)).scalar()
            if known is not None:
                if known != digest:
                    raise PlanRefused(_OTHER, where=plan, remedy=_AGAIN)
                changed = (plans.c.id == plan) & plans.c.body.not_in((body, PURGED_PLAN))
                if connection.execute(update(plans).where(changed).values(body=body)).rowcount:
                    signed = {"body": body_digest(body)}
                    self.journal.append_in(connection, [Entry("plan.signed", plan, signed, now)])
                return
            given = [_fresh(plan, place, row) for place, row in enumerate(rows)]
            if other := _holds(connection, [one["key"] for one in given]):
                raise PlanRefused(_ELSEWHERE.fill(plan=other), where=plan, remedy=_APPLY.fill(plan=other))
            connection.execute(insert(plans), {"id": plan, "digest": digest, "made_at": stamped(now), "body": body})
            if given:
                connection.execute(insert(steps), given)
            entry = {
                "digest": digest,
                "steps": len(given),
                "body": body_digest(body),
                "rows": rows_digest((one["step"], one["place"], one["key"], one["due"]) for one in given),
                "made_at": stamped(now),
            }
            self.journal.append_in(connection, [Entry("plan.entered", plan, entry, now)])

    def take(self, plan: str, step: str) -> Booked | None:
        """Take a step for the next attempt; None when it is final, waits for a person, or another program has it.

        The answer's state is ``planned`` for a new attempt and ``uncertain`` when an earlier one may have worked: look
        first, and call `anew` before trying again. From here on the journal says ``sending``.
        """
        with self.journal.writing() as connection:
            row = _row(connection, plan, step)
            if row is None or row.state not in _OPEN or self._is_held(row):
                return None
            held = {"state": "sending", "holder": self.holder, "held_until": self.seconds() + self.lease}
            connection.execute(_at(plan, step).values(**held))
            if row.state == "planned":
                return self._booked(row, "planned", self._start(connection, row))
            return self._booked(row, "uncertain", row.started_at)

    def anew(self, plan: str, step: str) -> datetime | None:
        """Start another attempt of a taken step whose earlier one certainly left nothing; returns its moment.

        None: another program has taken the step meanwhile, so that it must be left alone.
        """
        with self.journal.writing() as connection:
            row = connection.execute(select(steps).where(*self._mine(plan, step))).first()
            return datetime.fromisoformat(self._start(connection, row)) if row else None

    def keep(self, plan: str, step: str) -> bool:
        """Tell whether a taken step is still ours, and make it ours for another lease.

        To be asked right before a call: a program that slept, or whose clock jumped, may have lost it.

        Raises:
            JournalError: the file of the journal is gone, so that nobody would know of the call.
        """
        self.journal.check_place()
        with self.journal.reading() as connection:
            until = connection.execute(select(steps.c.held_until).where(*self._mine(plan, step))).scalar()
        if until is None or self.seconds() + self.lease / 2 < until:
            return until is not None
        with self.journal.writing() as connection:
            longer = update(steps).where(*self._mine(plan, step)).values(held_until=self.seconds() + self.lease)
            return bool(connection.execute(longer).rowcount)

    def _mine(self, plan: str, step: str) -> tuple[Any, ...]:
        return steps.c.plan == plan, steps.c.step == step, steps.c.state == "sending", steps.c.holder == self.holder

    def _start(self, connection: Connection, row: Any) -> str:
        """Write down that an attempt is about to be made: its moment is what reading back will look around."""
        now = self.journal.clock()
        later = {"again": True} if row.started_at else {}
        connection.execute(_at(row.plan, row.step).values(started_at=stamped(now), result=None))
        body = {"step": row.step, "key": row.key, **later}
        self.journal.append_in(connection, [Entry("step.started", row.plan, body, now)])
        return stamped(now)

    def settle(
        self,
        plan: str,
        step: str,
        state: str,
        result: Mapping[str, Any],
        *,
        also: Iterable[Entry] = (),
        closing: Callable[[], Iterable[tuple[str, str, Mapping[str, Any]]]] = tuple,
    ) -> bool:
        """Write the outcome of an attempt; ``planned`` lets the step go for a new attempt.

        What of the result may name or quote a citizen (`PRIVATE`) is sealed with personal data. ``also`` are entries
        that stand or fall with it, and ``closing`` gives (plan, step, result) of steps that wait for a person and are
        confirmed by it: asked under the writers' lock. False when another program has the step by now and its word
        stands: nothing was written. Only a confirmation is written all the same, because what was done was done.
        """
        with self.journal.writing() as connection:
            row = _row(connection, plan, step)
            if row is None or not self._may(row, state):
                return False
            for its_plan, its_step, said in closing():
                self._write(connection, _row(connection, its_plan, its_step), "confirmed", said)
            self._write(connection, row, state, result, also)
        return True

    def hand_over(
        self,
        plan: str,
        step: str,
        result: Mapping[str, Any],
        *,
        twin: Callable[[Sequence[tuple[str, str]]], Mapping[str, Any] | None],
        also: Iterable[Entry] = (),
    ) -> tuple[str, dict[str, Any]] | None:
        """Leave a taken step to a person, unless ``twin`` finds the same among the (plan, step) that wait for one.

        ``also`` are entries that stand or fall with it and come before it. A step that has its like is skipped with the
        reason that ``twin`` returns. Returns the state and the result; None when another program has the step by now.
        Under the writers' lock: two programs put one task out.
        """
        with self.journal.writing() as connection:
            row = _row(connection, plan, step)
            if row is None or not self._may(row, "manual"):
                return None
            waiting = select(steps.c.plan, steps.c.step).where(steps.c.state == "manual")
            why = twin([(one.plan, one.step) for one in connection.execute(waiting.order_by(steps.c.plan))])
            state, found = ("manual", dict(result)) if why is None else ("skipped", dict(why))
            if why is None:
                self.journal.append_in(connection, also)  # the evidence, then the deed
            self._write(connection, row, state, found)
        return state, found

    def give_up(self, plan: str, step: str, result: Mapping[str, Any]) -> bool:
        """Decide that a planned step will not be done; False when it is not planned any more.

        A step whose end is unclear cannot be given up: nobody's word changes what was sent.
        """
        return self._told("planned", plan, step, "skipped", result)

    def tell(self, plan: str, step: str, state: str, result: Mapping[str, Any], *, also: Iterable[Entry] = ()) -> bool:
        """End a step that waits for a person by that person's word; False when it waits no more. ``also`` as above."""
        return self._told("manual", plan, step, state, result, also)

    def _told(
        self, before: str, plan: str, step: str, state: str, result: Mapping[str, Any], also: Iterable[Entry] = ()
    ) -> bool:
        with self.journal.writing() as connection:
            row = _row(connection, plan, step)
            if row is None or row.state != before:
                return False
            self._write(connection, row, state, result, also)
        return True

    def _write(
        self, connection: Connection, row: Any, state: str, result: Mapping[str, Any], also: Iterable[Entry] = ()
    ) -> None:
        change = {"state": state, "holder": None, "held_until": None, "result": canonical(dict(result))}
        connection.execute(_at(row.plan, row.step).values(**change))
        body = {"step": row.step, **open_part(result)}
        entry = Entry(f"step.{state}", row.plan, body, self.journal.clock(), private_part(result) or None)
        self.journal.append_in(connection, [entry, *also])

    def _may(self, row: Any, state: str) -> bool:
        if row.holder == self.holder or row.state == "manual":
            return state in MOVES[row.state]
        # The lease was lost: another program has the step, or had it and put it down.
        return state == "confirmed" and row.state != "confirmed"

    def close(self) -> None:
        """Say that this book works on nothing any more: what it left unfinished may be taken up at once."""
        _BOOKS.pop(self.holder, None)

    def release(self, plan: str, step: str) -> None:
        """Note that a step waits for its time by a person's will: the outbox may do it then. Once for each step."""
        if self._released is None:
            self._released = set(self.released())
        if (plan, step) not in self._released:
            self.journal.append("step.scheduled", plan, {"step": step})
            self._released.add((plan, step))

    def released(self) -> frozenset[tuple[str, str]]:
        """Return (plan, step) of all steps that were left to the outbox."""
        found = set()
        for one in self.journal.entries(kind="step.scheduled"):
            if not isinstance(one.body.get("step"), str):
                raise entry_unreadable(one.seq, self.journal.where)
            found.add((one.subject, one.body["step"]))
        return frozenset(found)

    def of(self, plan: str) -> tuple[Booked, ...]:
        """Return all steps of a plan in order."""
        return self._read(select(steps).where(steps.c.plan == plan).order_by(steps.c.place))

    def waiting(self, states: Iterable[str]) -> tuple[Booked, ...]:
        """Return all steps of all plans in the given states, the earliest due first."""
        wanted = select(steps).where(steps.c.state.in_(list(states)))
        return self._read(wanted.order_by(steps.c.due, steps.c.plan, steps.c.place))

    def _read(self, query: Any) -> tuple[Booked, ...]:
        if not self.journal.has_steps:
            return ()
        with self.journal.reading() as connection:
            return tuple(self._booked(row, row.state, row.started_at) for row in connection.execute(query))

    def plan_body(self, plan: str) -> str | None:
        """Return a plan as it was entered; None when it is not known, or its texts were forgotten on term.

        Raises:
            JournalError: it was changed by other means: what stands there now nobody planned or signed.
        """
        if not self.journal.has_steps:
            return None
        with self.journal.reading() as connection:
            found: str | None = connection.execute(select(plans.c.body).where(plans.c.id == plan)).scalar()
            if found is None or found == PURGED_PLAN:
                return None
            told = _told_of(connection, plan)
        try:
            said = json.loads(told).get("body") if told is not None else None
            if not isinstance(json.loads(found), dict) or said not in (None, body_digest(found)):
                raise ValueError
        except FORGED:
            raise row_unreadable(self.journal.where, plan=plan) from None
        return found

    def _booked(self, row: Any, state: str, started: str | None) -> Booked:
        try:
            return booked_of(row, state, started)
        except FORGED:
            raise row_unreadable(self.journal.where, plan=row.plan, step=row.step) from None

    def _is_held(self, row: Any) -> bool:
        try:
            return self._held(row)
        except FORGED:
            raise row_unreadable(self.journal.where, plan=row.plan, step=row.step) from None

    def _held(self, row: Any) -> bool:
        """Tell whether another living program is at work on it; our own unfinished work is ours to take up.

        A program of this machine is known to live or to be dead, whatever its lease says: the clock may have jumped.
        """
        if row.state != "sending" or row.holder is None or row.holder == self.holder:
            return False
        life = life_of(row.holder)
        if life is Life.OURS:
            return row.holder in _BOOKS
        if life is not Life.UNKNOWN:
            return life is Life.ALIVE
        return row.held_until is not None and self.seconds() < row.held_until


def _fresh(plan: str, place: int, row: tuple[str, str, datetime | None]) -> dict[str, Any]:
    step, key, due = row
    return {
        "plan": plan,
        "step": step,
        "place": place,
        "state": "planned",
        "due": stamped(due) if due else None,
        "key": key,
    }


def _holds(connection: Connection, keys: Sequence[str]) -> str | None:
    """Return the plan in which one of these keys stands for a deed that was not given up."""
    for place in range(0, len(keys), _BATCH):
        there = steps.c.key.in_(keys[place : place + _BATCH]) & steps.c.state.not_in(("rejected", "skipped"))
        found: str | None = connection.execute(select(steps.c.plan).where(there).limit(1)).scalar()
        if found is not None:
            return found
    return None


def _told_of(connection: Connection, plan: str) -> Any:
    """Return what the chain says last of the content of a plan; older journals told no digest of it."""
    mine = (entries.c.subject == plan) & entries.c.kind.in_(("plan.entered", "plan.signed"))
    return connection.execute(select(entries.c.body).where(mine).order_by(entries.c.seq.desc()).limit(1)).scalar()


def _row(connection: Connection, plan: str, step: str) -> Any:
    return connection.execute(select(steps).where(steps.c.plan == plan, steps.c.step == step)).first()


def _at(plan: str, step: str) -> Any:
    return update(steps).where(steps.c.plan == plan, steps.c.step == step)
