"""Attestations: a person states what no network shows; dated, and only good for a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from munsocial.model.bodies import Body
from munsocial.model.statements import Attestation
from munsocial.policy.case import Ask, Case, Page
from munsocial.policy.verdict import Evidence, Means, Outcome, Verdict
from munsocial.wording import Text

__all__ = ["TO_STATE", "Statement", "attested_or_unknown", "last_statement", "stated", "stated_on", "statement_of"]

_HOLDS = Text(
    "Подтверждено {date} ({who}), действует по {valid_until}.", "Attested on {date} by {who}, good until {valid_until}."
)
_DENIED = Text("Заявлено {date} ({who}): не исполнено{why}.", "Stated on {date} by {who}: it is not so{why}.")
_EXPIRED = Text(
    "Подтверждение от {date} ({who}) действовало по {valid_until}.",
    "The attestation of {date} ({who}) was good until {valid_until}.",
)
_NOT_AT_WORK = Text(
    "Подтверждение от {date} не в счёт: {who} в тот день среди работников не значится.",
    "The attestation of {date} does not count: {who} did not work here on that day.",
)
_NONE = Text(
    "Сеть этого не показывает, а подтверждения в реестре нет.",
    "No network shows this, and the register has no attestation.",
)
TO_STATE = Text(
    "Внесите в реестр подтверждение ответственного лица («{statement}»).",
    "Enter an attestation of a responsible person (“{statement}”) into the register.",
)
_MEND = Text("Исполните требование и внесите новое подтверждение.", "Carry it out and enter a new attestation.")


@dataclass(frozen=True, slots=True)
class Statement:
    """The attestation that counts on a day, and the last day on which it counts."""

    record: Attestation
    valid_until: date
    valid: bool
    at_work: bool = True
    """Who stated it worked here on that day; else it never counted."""

    @property
    def evidence(self) -> Evidence:
        """Who stated it and when."""
        day = datetime.combine(self.record.date, time(0), UTC)
        return Evidence(Means.ATTESTATION, day, self.record.by, item=self.record.subject, quote=self.record.note)


def statement_of(case: Case, ask: Ask[Any], judged: Page | Body | None, valid_days: int) -> Statement | None:
    """The statement that counts on a demand and whoever is judged by it; the one way in which rules look for it."""
    return last_statement(case, ask.requirement.attested_as(ask.act.id), case.subjects_of(judged), valid_days)


def last_statement(
    case: Case, statements: Iterable[str], subjects: Iterable[str], valid_days: int, by: str | None = None
) -> Statement | None:
    """The newest statement up to the day, of the nearest subject whose newest one is still good.

    Without a good one an expired one is returned, and one of somebody who did not work here on its day only where
    there is no other.
    """
    names = tuple(statements)
    known = case.registry.attestations_of
    if not known:
        return None
    expired: Statement | None = None
    idle: list[Attestation] = []
    for subject in subjects:
        found = [one for name in names for one in known.get((name, subject), ()) if one.date <= case.day]
        found = [one for one in found if by is None or entitled(case, one, by)]
        working = [one for one in found if _at_work(case, one)]
        if working:
            newest = _statement(case, _newest(working), valid_days)
            if newest.valid:
                return newest
            expired = expired or newest
        idle = idle or found
    if expired:
        return expired
    return replace(_statement(case, _newest(idle), valid_days), valid=False, at_work=False) if idle else None


def _newest(found: Iterable[Attestation]) -> Attestation:
    """Of two statements of one day the one that denies counts, whatever their order."""
    return max(found, key=lambda one: (one.date, not one.holds))


def _at_work(case: Case, record: Attestation) -> bool:
    """Tell whether who attested worked here on that day; what the register does not know is not held against it."""
    person = case.registry.person_by_id.get(record.by)
    return person is None or person.covers(record.date)


def _statement(case: Case, record: Attestation, valid_days: int) -> Statement:
    try:
        good_until = record.date + timedelta(days=valid_days)
    except OverflowError:
        good_until = date.max
    until = min(record.valid_until or date.max, good_until)
    return Statement(record, until, case.day <= until)


def entitled(case: Case, record: Attestation, by: str) -> bool:
    """Tell whether who attested is whom the act wants: by id, body, position, or a duty or role held that day."""
    person = case.registry.person_by_id.get(record.by)
    held = [one for one in case.registry.appointments if one.person == record.by and one.covers(record.date)]
    words = {record.by, *(duty for one in held for duty in one.duties), *(one.role for one in held)}
    if person:
        words |= {person.position, person.body or ""}
    return by in words


def stated(case: Case, found: Statement | None, statement: str) -> Verdict | None:
    """Return the verdict which a statement gives, None when there is none at all."""
    if found is None:
        return None
    record = found.record
    note = record.note.strip().rstrip(".")
    facts = {
        "statement": statement,
        "by": record.by,
        "who": case.person_name(record.by),
        "why": f": {note}" if note else "",
        "date": record.date,
        "valid_until": found.valid_until,
        "note": record.note,
    }
    if not found.at_work:
        return Verdict(Outcome.UNKNOWN, _NOT_AT_WORK, facts, (found.evidence,), TO_STATE)
    if not found.valid:
        return Verdict(Outcome.UNKNOWN, _EXPIRED, facts, (found.evidence,), TO_STATE)
    if not record.holds:
        return Verdict(Outcome.NOT_MET, _DENIED, facts, (found.evidence,), _MEND)
    return Verdict(Outcome.MET, _HOLDS, facts, (found.evidence,))


def stated_on(case: Case, ask: Ask[Any], judged: Page | Body | None, valid_days: int) -> Verdict | None:
    """Return the verdict which the statement on a demand gives, None when nobody made one."""
    return stated(case, statement_of(case, ask, judged, valid_days), ask.requirement.kind)


def attested_or_unknown(
    case: Case, ask: Ask[Any], judged: Page | Body | None, valid_days: int, *, otherwise: Verdict | None = None
) -> Verdict:
    """Judge by attestation; without one it is unknown."""
    return stated_on(case, ask, judged, valid_days) or otherwise or missing_statement(ask.requirement.kind)


def missing_statement(statement: str) -> Verdict:
    """The verdict for a statement that nobody made."""
    return Verdict(Outcome.UNKNOWN, _NONE, {"statement": statement}, remedy=TO_STATE)
