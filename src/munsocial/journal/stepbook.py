"""States of steps, shared by all programs that open the journal: each step is taken by one of them and done once.

    planned ──take──▶ sending ──▶ confirmed | rejected | manual | skipped      (final)
       ▲                 │
       │                 ▼
       └─ not there ─ uncertain ── found ──▶ confirmed

``sending`` is stored together with the key before the first attempt. A program that dies leaves it behind; whoever
takes the step then gets it as ``uncertain`` and has to look in the network before anything else.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from munsocial.journal.bookcheck import body_digest
from munsocial.journal.entries import PRIVATE, Entry, canonical, stamped
from munsocial.journal.journal import Journal
from munsocial.journal.purging import PURGED_PLAN
from munsocial.journal.tables import plans, steps

__all__ = ["FINAL", "Booked", "StepBook", "holder_name"]

FINAL = frozenset({"confirmed", "rejected", "skipped"})
"""States in which nothing more happens; ``manual`` waits for a person, ``uncertain`` for a look."""

_OPEN = ("planned", "sending", "uncertain")


@dataclass(frozen=True, slots=True)
class Booked:
    """A step as it stands in the journal. ``started_at`` is when its first attempt was about to be made."""

    plan: str
    step: str
    state: str
    key: str
    place: int
    due: datetime | None
    started_at: datetime | None
    result: Mapping[str, Any]


class StepBook:
    """The states of steps in a journal; every change is one transaction together with its entry in the chain."""

    def __init__(self, journal: Journal, *, lease: float = 180.0, seconds: Callable[[], float] = time.time) -> None:
        self.journal = journal
        self.lease = lease
        self.seconds = seconds
        self.holder = holder_name()
        """Own for each book: two threads with a book each do not take one another's steps."""
        self._released: set[tuple[str, str]] | None = None
        """Read once: a plan of thousands of later steps would else read the whole journal for each of them."""

    def enter(self, plan: str, digest: str, body: str, rows: Iterable[tuple[str, str, datetime | None]]) -> None:
        """Write a plan down with its steps (id, key, due).

        Of a plan that stands there already only the signatures are brought up to date: its digest holds the rest.
        """
        made = stamped(self.journal.clock())
        with self.journal.writing() as connection:
            dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
            fresh = dialect.insert(plans).on_conflict_do_nothing()
            done = connection.execute(fresh, {"id": plan, "digest": digest, "made_at": made, "body": body})
            if done.rowcount == 0:
                known = (plans.c.id == plan) & (plans.c.digest == digest)
                changed = known & plans.c.body.not_in((body, PURGED_PLAN))
                if connection.execute(update(plans).where(changed).values(body=body)).rowcount:
                    signed = {"body": body_digest(body)}
                    self.journal.append_in(connection, [Entry("plan.signed", plan, signed, self.journal.clock())])
                return
            given = [_fresh(plan, place, row) for place, row in enumerate(rows)]
            if given:
                connection.execute(dialect.insert(steps), given)
            entry = {"digest": digest, "steps": len(given), "body": body_digest(body)}
            self.journal.append_in(connection, [Entry("plan.entered", plan, entry, self.journal.clock())])

    def take(self, plan: str, step: str) -> Booked | None:
        """Take a step for the next attempt; None when it is final, waits for a person, or another program has it.

        The answer's state is ``planned`` for a first attempt and ``uncertain`` when an earlier one may have worked.
        From here on the journal says ``sending``.
        """
        with self.journal.writing() as connection:
            row = connection.execute(select(steps).where(steps.c.plan == plan, steps.c.step == step)).first()
            if row is None or row.state not in _OPEN or self._held(row):
                return None
            before = "planned" if row.state == "planned" else "uncertain"
            now = self.journal.clock()
            started = row.started_at or stamped(now)
            taken = {
                "state": "sending",
                "holder": self.holder,
                "held_until": self.seconds() + self.lease,
                "started_at": started,
            }
            connection.execute(_at(plan, step).values(**taken))
            if before == "planned":
                body = {"step": step, "key": row.key}
                self.journal.append_in(connection, [Entry("step.started", plan, body, now)])
            return _booked(row, before, started)

    def settle(
        self,
        plan: str,
        step: str,
        state: str,
        result: Mapping[str, Any],
        *,
        personal: Mapping[str, Any] | None = None,
    ) -> None:
        """Write the outcome of an attempt; ``planned`` lets the step go for a new attempt.

        What of the result may name or quote a citizen (`PRIVATE`) is sealed with personal data.
        """
        open_part = {name: value for name, value in result.items() if name not in PRIVATE}
        private = {name: result[name] for name in PRIVATE if name in result} | dict(personal or {})
        with self.journal.writing() as connection:
            change = {"state": state, "holder": None, "held_until": None, "result": canonical(dict(result))}
            connection.execute(_at(plan, step).values(**change))
            body = {"step": step, **open_part}
            entry = Entry(f"step.{state}", plan, body, self.journal.clock(), private or None)
            self.journal.append_in(connection, [entry])

    def release(self, plan: str, step: str) -> None:
        """Note that a step waits for its time by a person's will: the outbox may do it then. Once for each step."""
        if self._released is None:
            self._released = set(self.released())
        if (plan, step) not in self._released:
            self.journal.append("step.scheduled", plan, {"step": step})
            self._released.add((plan, step))

    def released(self) -> frozenset[tuple[str, str]]:
        """Return (plan, step) of all steps that were left to the outbox."""
        return frozenset((one.subject, one.body["step"]) for one in self.journal.entries(kind="step.scheduled"))

    def of(self, plan: str) -> tuple[Booked, ...]:
        """Return all steps of a plan in order."""
        with self.journal.reading() as connection:
            rows = connection.execute(select(steps).where(steps.c.plan == plan).order_by(steps.c.place))
            return tuple(_booked(row, row.state, row.started_at) for row in rows)

    def waiting(self, states: Iterable[str]) -> tuple[Booked, ...]:
        """Return all steps of all plans in the given states, the earliest due first."""
        with self.journal.reading() as connection:
            query = (
                select(steps).where(steps.c.state.in_(list(states))).order_by(steps.c.due, steps.c.plan, steps.c.place)
            )
            return tuple(_booked(row, row.state, row.started_at) for row in connection.execute(query))

    def plan_body(self, plan: str) -> str | None:
        """Return a plan as it was entered; None when it is not known, or its texts were forgotten on term."""
        with self.journal.reading() as connection:
            found: str | None = connection.execute(select(plans.c.body).where(plans.c.id == plan)).scalar()
            return None if found == PURGED_PLAN else found

    def plan_ids(self) -> tuple[str, ...]:
        """Return the ids of all plans, the newest last."""
        with self.journal.reading() as connection:
            return tuple(connection.execute(select(plans.c.id).order_by(plans.c.made_at, plans.c.id)).scalars())

    def _held(self, row: Any) -> bool:
        """Tell whether another living program is at work on it; our own unfinished work is ours to take up."""
        if row.state != "sending" or row.holder is None:
            return False
        if _dead(row.holder):
            return False
        return row.holder != self.holder and row.held_until is not None and self.seconds() < row.held_until


def holder_name() -> str:
    """Name this program so that another one on the same machine can see whether it still lives."""
    return f"{socket.gethostname()}:{os.getpid()}:{_born(os.getpid())}:{secrets.token_hex(4)}"


def _born(process: int) -> str:
    """Return when a process started, where the system tells: numbers of processes are used again."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def _dead(holder: str) -> bool:
    host, process, born, _ = holder.rsplit(":", 3)
    if host != socket.gethostname() or not born or not process.isdigit():
        return False
    return _born(int(process)) != born


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


def _at(plan: str, step: str) -> Any:
    return update(steps).where(steps.c.plan == plan, steps.c.step == step)


def _booked(row: Any, state: str, started: str | None) -> Booked:
    return Booked(
        plan=row.plan,
        step=row.step,
        state=state,
        key=row.key,
        place=row.place,
        due=datetime.fromisoformat(row.due) if row.due else None,
        started_at=datetime.fromisoformat(started) if started else None,
        result=json.loads(row.result) if row.result else {},
    )
