"""responsible.appointed and who answers on a day: appointments, gaps between them, absences (clause 3.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from munsocial.model.bodies import Body
from munsocial.model.people import Appointment
from munsocial.policy.case import Ask, Case, Page
from munsocial.policy.facts.roles import role_fits
from munsocial.policy.params import ResponsibleAppointed
from munsocial.policy.rules.seen import on_record
from munsocial.policy.speech import days
from munsocial.policy.verdict import Evidence, Level, Means, Outcome, Verdict
from munsocial.wording import Text

__all__ = ["appointed", "appointed_for_body", "ends", "holders"]

_APPOINTED = Text("Ответственные назначены: {people}.", "Responsible persons are appointed: {people}.")
_LACKING = Text("Не назначены ответственные за: {lacking}.", "Nobody is appointed for: {lacking}.")
_LEFT = Text(
    "Не назначены ответственные за: {lacking}. Прежний ответственный ({left}) ушёл {left_on}.",
    "Nobody is appointed for: {lacking}. The former one ({left}) left on {left_on}.",
)
_ENDED = Text(
    "Не назначены ответственные за: {lacking}. Прежнее назначение ({left}) действовало по {left_on}.",
    "Nobody is appointed for: {lacking}. The former appointment ({left}) was good until {left_on}.",
)
_NO_ACT = Text("Назначены без акта: {without_act}.", "Appointed without an act: {without_act}.")
_WRONG_ROLE = Text(
    "Назначены не те, кого называет акт ({roles}): {people}.", "Not those whom the act names ({roles}): {people}."
)
_NO_ROLE = Text(
    "Назначены: {people}; те ли это, кого называет акт ({roles}), не записано.",
    "Appointed: {people}; whether these are whom the act names ({roles}) is not on record.",
)
_NOTE_ROLE = Text(
    "Впишите в реестр роль по акту о назначении (role) или должность (position).",
    "Enter the role by the act of appointment (role) or the position (position) into the register.",
)
_GAP = Text("{period} никто не отвечал за: {duty}.", "{period} nobody answered for: {duty}.")
_ALONE = Text(
    "Отсутствует {period}: {person}. Замещающего по обязанности «{duty}» нет.",
    "Away {period}: {person}. Nobody stands in for: {duty}.",
)
_CONTRACTOR = Text("{person} — работник подрядчика, а не органа.", "{person} works for a contractor, not for the body.")
_OWN_MAN = Text("Возложите обязанность на работника органа.", "Put the duty on an employee of the body.")
_RECORD_GAP = Text(
    "Назначайте преемника со следующего дня после ухода прежнего.", "Appoint the next one from the very next day."
)
_APPOINT = Text(
    "Назначьте ответственных актом и внесите их в реестр.", "Appoint by an act and enter it into the register."
)
_DEPUTY = Text("Назначьте замещающего.", "Appoint a deputy.")
_ONE_DAY = timedelta(days=1)


def ends(case: Case, one: Appointment) -> date | None:
    """The last day of an appointment: its own, or the last working day of the person, whichever comes first."""
    person = case.registry.person_by_id.get(one.person)
    known = [day for day in (one.until, person.until if person else None) if day is not None]
    return min(known, default=None)


def holders(case: Case, body: str, account: str | None, duty: str, day: date) -> list[Appointment]:
    """Appointments by which somebody answers for a duty on a day; one for other accounts does not count."""
    return [one for one in _for(case, body, account, duty) if _holds(case, one, day)]


def _for(case: Case, body: str, account: str | None, duty: str) -> list[Appointment]:
    known = case.registry.appointments_of.get(body, ())
    return [
        one for one in known if duty in one.duties and (not one.accounts or account is None or account in one.accounts)
    ]


def _holds(case: Case, one: Appointment, day: date) -> bool:
    last, person = ends(case, one), case.registry.person_by_id.get(one.person)
    begun = (one.since is None or one.since <= day) and (person is None or person.since is None or person.since <= day)
    return begun and (last is None or day <= last)


def appointed(case: Case, ask: Ask[ResponsibleAppointed], page: Page) -> Iterator[Verdict]:
    """Judge one account on the day, then say what follows though the act does not: gaps, absences, contractors."""
    return _judged(case, ask, page.body, page)


def appointed_for_body(case: Case, ask: Ask[ResponsibleAppointed], body: Body) -> Iterator[Verdict]:
    """Judge a body that has no account yet: appointing does not wait for one."""
    return _judged(case, ask, body, None)


def _judged(case: Case, ask: Ask[ResponsibleAppointed], body: Body, page: Page | None) -> Iterator[Verdict]:
    account = page.id if page else None
    held = {duty: holders(case, body.id, account, duty, case.day) for duty in ask.params.duties}
    yield _today(case, ask.params, body.id, account, held)
    for duty, found in held.items():
        if page:
            yield from _gaps(case, page, duty, ask.force.first)
        yield from _away(case, ask.params, duty, found)
    yield from _contractors(case, held.values())


def _today(
    case: Case, params: ResponsibleAppointed, body: str, account: str | None, held: dict[str, list[Appointment]]
) -> Verdict:
    lacking = [duty for duty, found in held.items() if not found]
    every = [one for found in held.values() for one in found]
    facts: dict[str, Any] = {
        "lacking": lacking,
        "who": {duty: _names(case, found) for duty, found in held.items() if found},
        "people": _by_person(case, held),
    }
    evidence = tuple(dict.fromkeys(_evidence(one) for one in every)) or on_record(body)
    if lacking:
        left = _who_left(case, body, account, lacking)
        text = _LACKING if not left else _LEFT if left["gone"] else _ENDED
        return Verdict(Outcome.NOT_MET, text, {**facts, **left}, evidence, _APPOINT)
    without_act = [_name(case, one) for one in every if one.act is None or one.act.date > case.day]
    if params.act_required and without_act:
        facts["without_act"] = sorted(set(without_act))
        return Verdict(Outcome.NOT_MET, _NO_ACT, facts, evidence, _APPOINT)
    fits = _of_roles(case, every, params.roles) if params.roles else True
    if fits is None:
        return Verdict(Outcome.UNKNOWN, _NO_ROLE, {**facts, "roles": params.roles}, evidence, _NOTE_ROLE)
    if not fits:
        return Verdict(Outcome.NOT_MET, _WRONG_ROLE, {**facts, "roles": params.roles}, evidence, _APPOINT)
    return Verdict(Outcome.MET, _APPOINTED, facts, evidence)


def _by_person(case: Case, held: dict[str, list[Appointment]]) -> dict[str, list[str]]:
    duties: dict[str, list[str]] = {}
    for duty, found in held.items():
        for name in dict.fromkeys(_name(case, one) for one in found):
            duties.setdefault(name, []).append(duty)
    return duties


def _of_roles(case: Case, found: Sequence[Appointment], roles: Sequence[str]) -> bool | None:
    """Tell whether one holder has a role or position that the act names; None: it is not on record, or only half."""
    people = case.registry.person_by_id
    fits = [role_fits(roles, one.role, person.position if (person := people.get(one.person)) else "") for one in found]
    return True if True in fits else None if None in fits else False


def _who_left(case: Case, body: str, account: str | None, lacking: Iterable[str]) -> dict[str, Any]:
    past = [
        (last, one)
        for duty in lacking
        for one in _for(case, body, account, duty)
        if (last := ends(case, one)) is not None and last < case.day
    ]
    if not past:
        return {}
    last, one = max(past, key=lambda pair: (pair[0], pair[1].person))
    person = case.registry.person_by_id.get(one.person)
    return {"left": _name(case, one), "left_on": last, "gone": person is not None and person.until == last}


def _gaps(case: Case, page: Page, duty: str, demanded: date | None) -> Iterator[Verdict]:
    """Days on which nobody answered, though somebody did before and does again.

    Only days that were seen, on which the demand was in force and there was an account to answer for.
    """
    known = sorted(_for(case, page.body.id, page.id, duty), key=lambda one: one.since or date.min)
    covered: date | None = None
    began = (case.local_day(case.seen_from), page.account.first_day, page.body.since, demanded)
    window = max(day for day in began if day is not None)
    for one in known:
        if covered is not None and one.since and covered + _ONE_DAY < one.since <= case.day and one.since > window:
            since, until = max(covered + _ONE_DAY, window), one.since - _ONE_DAY
            facts = {"since": since, "until": until, "period": days(since, until), "duty": duty}
            yield Verdict(Outcome.NOT_MET, _GAP, facts, (_evidence(one),), _RECORD_GAP, Level.SHOULD, "gap")
        last = ends(case, one)
        if last is None or last == date.max:
            return
        covered = last if covered is None else max(covered, last)


def _away(case: Case, params: ResponsibleAppointed, duty: str, found: Sequence[Appointment]) -> Iterator[Verdict]:
    """Warn when everybody who holds a duty is away for long and nobody stands in."""
    absences = [_absence(case, one.person, params.absent_days) for one in found]
    if not found or any(absence is None for absence in absences) or any(_stood_in(case, one) for one in found):
        return
    absence = absences[0]
    if absence is not None:
        since, until = absence
        facts = {
            "person": _name(case, found[0]),
            "since": since,
            "until": until,
            "period": days(since, until),
            "duty": duty,
        }
        yield Verdict(Outcome.NOT_MET, _ALONE, facts, (_evidence(found[0]),), _DEPUTY, Level.SHOULD, "absence")


def _stood_in(case: Case, one: Appointment) -> bool:
    """Tell whether the deputy is at work that day: one who has left, or is away too, stands in for nobody."""
    deputy = case.registry.person_by_id.get(one.deputy or "")
    if deputy is None:
        return bool(one.deputy)
    return deputy.covers(case.day) and not any(away.since <= case.day <= away.until for away in deputy.absences)


def _absence(case: Case, person: str, longer_than: int) -> tuple[date, date] | None:
    known = case.registry.person_by_id.get(person)
    for one in known.absences if known else ():
        if one.since <= case.day <= one.until and (one.until - one.since).days + 1 > longer_than:
            return one.since, one.until
    return None


def _contractors(case: Case, held: Iterable[Sequence[Appointment]]) -> Iterator[Verdict]:
    people = dict.fromkeys(one.person for found in held for one in found)
    for person in people:
        known = case.registry.person_by_id.get(person)
        if known and known.contractor:
            facts = {"person": known.name}
            yield Verdict(Outcome.NOT_MET, _CONTRACTOR, facts, on_record(person), _OWN_MAN, Level.SHOULD, "contractor")


def _name(case: Case, one: Appointment) -> str:
    return case.person_name(one.person)


def _names(case: Case, found: Iterable[Appointment]) -> str:
    return ", ".join(dict.fromkeys(_name(case, one) for one in found))


def _evidence(one: Appointment) -> Evidence:
    number = f"{one.act.number} {one.act.date.isoformat()}".strip() if one.act else ""
    return Evidence(Means.REGISTRY, through=number, item=one.person)
