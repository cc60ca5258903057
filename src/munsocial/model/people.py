"""Who answers for accounts: persons and their appointments."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from munsocial.model.base import Id, Line, Period, Record

__all__ = ["ActReference", "Absence", "Appointment", "Duty", "Person"]


class Duty(StrEnum):
    """Duties that acts of this set name; others are open words."""

    CUSTODY = "credential_custody"
    HANDOVER = "credential_handover"
    RUNNING = "running"
    MODERATION = "moderation"


class ActReference(Record):
    """The document by which somebody was appointed, or something was decided."""

    number: str = ""
    date: date
    title: str = ""
    file: str = ""


class Absence(Record):
    """Days on which a person is away, both included: vacation, illness, business trip."""

    since: date
    until: date
    reason: str = ""


class Person(Period):
    """An employee; ``until`` is the last working day."""

    id: Id
    name: Line
    body: Id | None = None
    position: str = ""
    contractor: bool = False
    """Works for a contractor, not for the body: the order knows only responsible persons of the body."""
    profiles: dict[str, str] = {}
    """Network name to the person's immutable id there: by it page administrators are recognised."""
    absences: tuple[Absence, ...] = ()


class Appointment(Period):
    """A person answers for duties of a body (or of some of its accounts) by an act, from day to day."""

    person: Id
    body: Id
    duties: tuple[str, ...]
    act: ActReference | None = None
    role: str = ""
    deputy: Id | None = None
    accounts: tuple[Id, ...] = ()
    """Empty: all accounts of the body."""
