"""What a person says of a step: done, left out with a reason, signed, or the whole handover given up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from munsocial.errors import InputError
from munsocial.journal.entries import Entry
from munsocial.journal.journal import Journal
from munsocial.model.credentials import Handover
from munsocial.model.registry import Registry
from munsocial.operate.days import local_day
from munsocial.operate.handover.procedure import GivenKey, Procedure, Standing, StepState, handover_of
from munsocial.operate.handover.steps import READ_STEPS, StepKind
from munsocial.wording import Text

__all__ = ["leave_out", "records_of", "standing_entry", "state", "stop"]

_NO_STEP = Text("такого шага в этой передаче нет.", "this handover has no such step.")
_SEE_STEPS = Text("Шаги: munsocial handover show РЕЕСТР", "Steps: munsocial handover show REGISTRY")
_ENDED = Text("эта передача уже окончена.", "this handover has ended.")
_BEGIN = Text(
    "Начните новую: munsocial handover start РЕЕСТР --giver ID --taker ID",
    "Begin another: munsocial handover start REGISTRY --giver ID --taker ID",
)
_NO_NAME = Text("не указано, кто подтверждает.", "nobody is named who states it.")
_NAME = Text("Укажите --by.", "Give --by.")
_NO_REASON = Text("не указана причина.", "no reason is given.")
_GIVE_REASON = Text("Укажите --note.", "Give --note.")
_CHECK_FIRST = Text("этот шаг сначала проверяется чтением.", "this step is checked by reading first.")
_CHECK = Text("Выполните: munsocial handover check РЕЕСТР --yes", "Run: munsocial handover check REGISTRY --yes")
_SHOWN_UNDONE = Text(
    "чтение показало, что это не сделано: {why}", "reading showed that it is not done: {why}"
)  # fmt: skip
_DO_IT = Text(
    "Сделайте и проверьте снова: munsocial handover check РЕЕСТР --yes",
    "Do it and check again: munsocial handover check REGISTRY --yes",
)
_TOO_EARLY = Text("подписывать рано, не сделано: {left}.", "too early to sign, not done: {left}.")
_OWN_HAND = Text("подпись ставит сам подписывающий: {who}.", "a signature is one's own: {who}.")
_OWN = Text("Укажите --by {id}.", "Give --by {id}.")
_SIGN_ANYWAY = Text(
    "Подпись не пропускают. Если человек не может подписать, прекратите передачу (handover stop) и начните новую без "
    "передающего.",
    "A signature is not left out. If the person cannot sign, give the handover up (handover stop) and begin another "
    "without a giver.",
)
_REFUTED = Text("{shown} Причина: {why}", "{shown} Reason: {why}")
_SIGNATURE = Text("это подпись.", "this is a signature.")


def state(
    journal: Journal, registry: Registry, procedure: str, step: str, *, by: str, note: str = "", write: bool = True
) -> Procedure:
    """Note that a person did a step and answers for it. The last signature ends the handover.

    The handover is looked for in the district of the registry.
    ``by`` is an id of the table people, or a name. The same word said again is written once. Without ``write`` it is
    only looked whether this could be noted.

    Raises:
        InputError: no such step, nobody named, reading showed otherwise or was not tried, or too early to sign.
    """
    said = Text(note, note) if note else None
    if not write:
        return _may_state(journal, registry, procedure, step, by, said)[0]
    # The last signature and the end are one entry of the database: nothing comes between them, nobody signs twice.
    with journal.writing() as connection:
        now, standing = _may_state(journal, registry, procedure, step, by, said)
        if _said(standing, by, said):
            return now
        told = replace(standing, state=StepState.STATED, why=said, by=by)
        moment = journal.clock()
        entries = [standing_entry(now, told, moment)]
        if all(one.step.id == step for one in now.left):
            after = replace(now, standings=tuple(told if one is standing else one for one in now.standings))
            records = [one.model_dump(mode="json", exclude_none=True) for one in records_of(after, registry, moment)]
            entries.append(Entry("handover.ended", now.id, {"records": records}, moment))
        journal.append_in(connection, entries)
    return handover_of(journal, now.id)


def _said(standing: Standing, by: str, why: Text | None) -> bool:
    """Tell whether this very word stands already: a command that was killed is given again."""
    return (standing.state, standing.by, standing.why) == (StepState.STATED, by, why)


def _may_state(
    journal: Journal, registry: Registry, procedure: str, step: str, by: str, said: Text | None
) -> tuple[Procedure, Standing]:
    now = handover_of(journal, procedure, registry.municipality.id)
    known = now.standing(step)
    if known is not None and _said(known, by, said):
        return now, known
    standing = _step(now, step, by)
    if standing.step.kind in READ_STEPS:
        _read_before(now, standing)
    if standing.step.kind is StepKind.SIGN:
        _may_sign(now, standing, by)
    return now, standing


def leave_out(
    journal: Journal,
    procedure: str,
    step: str,
    *,
    by: str,
    why: str,
    district: str | None = None,
    write: bool = True,
) -> Procedure:
    """Leave a step out with a reason; both it and what reading showed stand in the act. Signatures are not left out.

    ``district`` as in `handovers`.

    Raises:
        InputError: no such step, nobody named, no reason.
    """
    if not write:
        return _may_leave_out(journal, district, procedure, step, by, why)[0]
    with journal.writing() as connection:
        now, standing = _may_leave_out(journal, district, procedure, step, by, why)
        told = Text(why, why)
        before = standing.why.ru if standing.why else ""
        if standing.state is StepState.WAIVED and standing.by == by and before.endswith(why):
            return now
        if standing.state is StepState.FAILED and standing.why is not None:
            told = _REFUTED.fill(shown=standing.why, why=why)
        left = replace(standing, state=StepState.WAIVED, why=told, by=by)
        journal.append_in(connection, [standing_entry(now, left, journal.clock())])
    return handover_of(journal, now.id)


def _may_leave_out(
    journal: Journal, district: str | None, procedure: str, step: str, by: str, why: str
) -> tuple[Procedure, Standing]:
    now = handover_of(journal, procedure, district)
    standing = _step(now, step, by)
    if not why.strip():
        raise InputError(_NO_REASON, where=step, remedy=_GIVE_REASON)
    if standing.step.kind is StepKind.SIGN:
        raise InputError(_SIGNATURE, where=step, remedy=_SIGN_ANYWAY)
    return now, standing


def stop(journal: Journal, procedure: str, *, by: str, why: str, write: bool = True) -> Procedure:
    """Give a handover up; what was done stays written.

    Raises:
        InputError: it has ended, nobody named, no reason.
    """
    if not write:
        return _may_stop(journal, procedure, by, why)
    with journal.writing() as connection:
        now = _may_stop(journal, procedure, by, why)
        if not now.stopped:
            entry = Entry("handover.stopped", now.id, {"by": by, "why": why}, journal.clock())
            journal.append_in(connection, [entry])
    return handover_of(journal, now.id)


def _may_stop(journal: Journal, procedure: str, by: str, why: str) -> Procedure:
    now = handover_of(journal, procedure)
    if now.stopped and now.stopped == why:
        return now
    _open(now, by)
    if not why.strip():
        raise InputError(_NO_REASON, where=now.id, remedy=_GIVE_REASON)
    return now


def standing_entry(procedure: Procedure, told: Standing, moment: datetime) -> Entry:
    """Return what the journal keeps of a step. Reasons may name people: they are kept with personal data."""
    body: dict[str, Any] = {"step": told.step.id, "state": told.state.value}
    if told.by:
        body["by"] = told.by
    personal = {"why": told.why._asdict()} if told.why is not None else None
    return Entry("handover.step", procedure.id, body, moment, personal)


def _step(procedure: Procedure, step: str, by: str) -> Standing:
    _open(procedure, by)
    standing = procedure.standing(step)
    if standing is None:
        raise InputError(_NO_STEP, where=step, remedy=_SEE_STEPS)
    return standing


def _open(procedure: Procedure, by: str) -> None:
    if procedure.ended_at is not None:
        raise InputError(_ENDED, where=procedure.id, remedy=_BEGIN)
    if not by.strip():
        raise InputError(_NO_NAME, where=procedure.id, remedy=_NAME)


def _read_before(procedure: Procedure, standing: Standing) -> None:
    if standing.state is StepState.OPEN:
        raise InputError(_CHECK_FIRST, where=standing.step.id, remedy=_CHECK)
    if standing.state is StepState.FAILED:
        told = _SHOWN_UNDONE.fill(why=standing.why or "")
        raise InputError(told, where=standing.step.id, remedy=_DO_IT)


def _may_sign(procedure: Procedure, standing: Standing, by: str) -> None:
    left = [one.step.id for one in procedure.left if one.step.kind is not StepKind.SIGN]
    if left:
        remedy = _SEE_STEPS
        raise InputError(_TOO_EARLY.fill(left=", ".join(left)), where=standing.step.id, remedy=remedy)
    if by != standing.step.subject:
        who = standing.step.subject
        raise InputError(_OWN_HAND.fill(who=who), where=standing.step.id, remedy=_OWN.fill(id=who))


def records_of(procedure: Procedure, registry: Registry, moment: datetime) -> tuple[Handover, ...]:
    """Return the lines of the table ``handovers`` that a handover leaves: one for each key, else for each account.

    What was only stated is not called verified: ``verified`` and ``revoked`` are true when reading showed it.
    """
    day = local_day(moment, registry)
    records = [_record(procedure, day, one.account, one) for one in procedure.keys]
    silent = [one for one in procedure.accounts if one not in {held.account for held in procedure.keys}]
    return (*records, *(_record(procedure, day, one, None) for one in silent))


def _record(procedure: Procedure, day: date, account: str, given: GivenKey | None) -> Handover:
    key = given.key if given is not None and given.program else ""
    changed = procedure.standing(f"{StepKind.ROTATE}:{key}" if key else f"{StepKind.PASSWORD}:{account}")
    tried = procedure.standing(f"{StepKind.VERIFY}:{key}")
    seen = True if tried is not None and tried.state is StepState.SEEN else None
    rotated = None if changed is None or not changed.done else changed.state is not StepState.WAIVED
    return Handover(
        account=account,
        credential=given.credential if given is not None else None,
        giver=procedure.giver,
        taker=procedure.taker,
        date=day,
        rotated=rotated,
        verified=seen,
        revoked=seen,
    )
