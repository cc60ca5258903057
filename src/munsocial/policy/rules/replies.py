"""Citizens' messages on their way to an answer: terms, routing, content, escalation, the boundary with appeals.

One verdict for a body over all its messages; the evidence names each message that decided it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from munsocial.model.bodies import Body
from munsocial.model.statements import ExemptPeriod, Inquiry
from munsocial.policy.act import Requirement
from munsocial.policy.case import Ask, Case
from munsocial.policy.force import Force, force_of
from munsocial.policy.params import (
    AppealBoundary,
    ReplyContent,
    ReplyDeadline,
    ReplyEscalation,
    ReplyRouting,
    Unit,
)
from munsocial.policy.subjects import exempt, resting, spoken_to
from munsocial.policy.verdict import Evidence, Means, Outcome, Verdict
from munsocial.policy.words import coded
from munsocial.wording import Text

__all__ = ["appeal_boundary", "content", "deadline", "escalation", "routing"]

_NONE = Text("Таких сообщений нет.", "There are no such messages.")
_LATE = Text("Не в срок: {bad} из {count:сообщения|сообщений|сообщений}.", "Late: {bad} of {count:message|messages}.")
_IN_TIME = Text("Все сообщения ({count}) обработаны в срок.", "All messages ({count}) were handled in time.")
_PENDING = Text(
    "Решить пока нельзя: ждут ответа — {pending}, не записано, когда что было, — {dark}, всего сообщений — {count}.",
    "Not to be decided yet: waiting for an answer: {pending}, moments not noted: {dark}, messages in all: {count}.",
)
_UNCOUNTED = Text(
    "Производственный календарь на эти дни не известен, рабочий срок не сосчитать: сообщений {uncounted} из {count}.",
    "The calendar of working days is not known for these days, the term cannot be counted: messages {uncounted} of "
    "{count}.",
)
_PENDING_UNCOUNTED = Text(
    "Решить пока нельзя: ждут ответа — {pending}, не записано, когда что было, — {dark}. "
    "Производственный календарь известен не на все дни, рабочий срок не сосчитать: сообщений {uncounted} из {count}.",
    "Not to be decided yet: waiting for an answer: {pending}, moments not noted: {dark}. "
    "The calendar of working days is not known for all days, the term cannot be counted: messages {uncounted} of "
    "{count}.",
)
_UPDATE = Text(
    "Обновите библиотеку календарей: pip install -U holidays; если календарь года ещё не утверждён, подождите его.",
    "Update the library of calendars: pip install -U holidays; where a year's calendar is not out yet, wait for it.",
)
_NO_TERM = Text("Какой срок назначил акт, не известно.", "The act's term is not known.")
_LOOK_UP = Text("Найдите срок в тексте акта и впишите его.", "Look the term up in the act and enter it.")
_HURRY = Text(
    "Ответьте, пока срок не вышел, и запишите, когда что было.", "Answer in time, and note when things happened."
)
_HURRY_AND_UPDATE = Text(f"{_HURRY.ru} {_UPDATE.ru}", f"{_HURRY.en} {_UPDATE.en}")
_NOTE = Text("Отметьте в журнале, что содержат ответы.", "Note what the answers hold.")
_ANSWER = Text("Ответьте на просроченные сообщения.", "Answer the overdue messages.")
_SOONER = Text("На них уже ответили; впредь отвечайте до конца срока.", "They were answered; answer within the term.")
_PASS_ON = Text("Передавайте сообщения исполнителю сразу.", "Pass messages on at once.")
_COMPLETE = Text("Ответы ({count}) содержат всё нужное.", "The answers ({count}) hold what they must.")
_ADD = Text("Дополните ответы.", "Complete the answers.")
_INCOMPLETE = Text(
    "Неполных ответов: {bad} из {count}; нужно: {must_have}.",
    "Incomplete answers: {bad} of {count}; wanted: {must_have}.",
)
_UNREAD = Text(
    "Что содержат ответы, не записано ({unsure} из {count}).",
    "What the answers hold is not on record ({unsure} of {count}).",
)
_REGISTER = Text("Не зарегистрировано как обращения: {bad} из {count}.", "Not registered as appeals: {bad} of {count}.")
_REGISTERED = Text(
    "Граница с 59-ФЗ соблюдена; проверено сообщений: {count}.",
    "The boundary with law 59-FZ is kept; messages: {count}.",
)
_OVER = Text(
    "Как обращения зарегистрированы сообщения, которые ими не являются: {bad} из {count}.",
    "Registered as appeals without being any: {bad} of {count}.",
)
_DO_REGISTER = Text("Зарегистрируйте обращения по 59-ФЗ.", "Register the appeals under law 59-FZ.")
_DO_NOT = Text("Отвечайте на них как на сообщения.", "Answer them as messages.")
_REPORTED = Text("О важных сообщениях ({count}) доложено.", "The important messages ({count}) were reported.")
_UNREPORTED = Text(
    "О важных сообщениях не доложено: {bad} из {count}.", "Important messages were not reported: {bad} of {count}."
)
_REPORT = Text("Доложите тому, кого называет акт: {to}.", "Report to whom the act names: {to}.")
_REPORTED_TO = Text(
    "О важных сообщениях доложено, но кому, не записано ({unsure} из {count}); нужно: {to}.",
    "The important messages were reported; to whom is not on record ({unsure} of {count}); wanted: {to}.",
)
_NOTE_TO_WHOM = Text("Впишите в реестр, кому доложено (escalated_to).", "Enter to whom it was reported (escalated_to).")
_TO_NOTE = {_UNREAD: _NOTE, _REPORTED_TO: _NOTE_TO_WHOM}

_State = bool | None  # in order, not in order, not known (or the term still runs)


class _Duty(NamedTuple):
    """How it stands with one message, the last moment for what was owed, and when that was done."""

    state: _State
    last: datetime | None = None
    done: datetime | None = None
    uncounted: bool = False
    """When it began is known, and how long its working time lasts is not."""


def deadline(case: Case, ask: Ask[ReplyDeadline], body: Body) -> Iterator[Verdict]:
    """Judge the answers of a body by the act's term, in working time where the act says so."""
    params = ask.params
    if params.limit is None and params.final_limit is None:
        yield resting(case, body, ask.requirement.kind) or Verdict(Outcome.UNKNOWN, _NO_TERM, remedy=_LOOK_UP)
        return
    judged = [one for one in _of(case, ask, body, lambda one: _start(one, params)) if _meant(case, one, params)]
    apart = _first_allowed_apart(ask)
    states = [(one, _answered(case, one, params, _allowed_apart(case, body, one, apart))) for one in judged]
    facts = {"limit": params.limit, "unit": params.unit}
    yield _summed(case, ask, body, states, (_IN_TIME, _LATE, _PENDING, _ANSWER), facts)


def _of(
    case: Case, ask: Ask[Any], body: Body, began: Callable[[Inquiry], datetime | None] | None = None
) -> list[Inquiry]:
    """Messages that had come by the moment judged; one known to be outside competence is not the body's to answer.

    A demand on some networks does not speak of messages that came through others, nor of those whose duty ``began``
    (when they came, where nothing else is said or known) before it was in force.
    """
    known = case.inquiries_of.get(body.id, ())
    return [
        one
        for one in known
        if one.within_competence is not False
        and not _later(one, case.at)
        and _under(case, ask, (began and began(one)) or _came(one))
        and _through(case, ask.requirement, one)
    ]


def _through(case: Case, demand: Requirement, one: Inquiry) -> bool:
    """Tell whether a demand may speak of the network of a message; through which one it came may not be on record."""
    account = case.known_account(one.account)
    return demand.networks is None or account is None or account.network in demand.networks


def _came(one: Inquiry) -> datetime | None:
    return one.asked_at or one.detected_at or one.assigned_at or one.registered_at


def _later(one: Inquiry, at: datetime) -> bool:
    first = _came(one)
    return first is not None and first > at


def _under(case: Case, ask: Ask[Any], began: datetime | None) -> bool:
    """Tell whether a duty arose while the demand was in force; one of which no moment is known may have."""
    return began is None or case.held(ask.force, began)


def _meant(case: Case, one: Inquiry, params: ReplyDeadline) -> bool:
    if params.applies_when == "appeal_under_59_fz" and not one.appeal and not case.by_now(one.registered_at):
        return False
    return params.priority == "any" or one.priority == params.priority


def _first_allowed_apart(ask: Ask[ReplyDeadline]) -> list[tuple[Requirement, Force]]:
    """Provisions without a term in which the act allows a first answer, with its days: it keeps the act's terms."""
    return [
        (one, force_of(ask.act, one))
        for one in ask.act.requirements
        if isinstance(one.params, ReplyDeadline)
        and one.params.interim_allowed
        and one.params.limit is None
        and one.params.priority in ("any", ask.params.priority)
        and one.params.applies_when == ask.params.applies_when  # the appeals law knows no first answer to messages
    ]


def _allowed_apart(case: Case, body: Body, one: Inquiry, apart: Sequence[tuple[Requirement, Force]]) -> bool:
    """Tell whether one of those provisions held for this body and network when the first answer was given."""
    return one.interim_at is not None and any(
        case.held(force, one.interim_at)
        and (spoken_to(case, demand, body) or one.account in demand.applies_to)
        and _through(case, demand, one)
        for demand, force in apart
    )


def _answered(case: Case, one: Inquiry, params: ReplyDeadline, allowed_apart: bool) -> _Duty:
    """A first answer has the act's term, the final one then a term of its own: both have to be kept."""
    counts = params.interim_allowed or allowed_apart
    interim = one.interim_at if counts and case.by_now(one.interim_at) else None
    duties: list[_Duty] = []
    if params.limit is not None and params.unit is not None:
        first = _first(interim, one.answered_at)
        duties.append(_within(case, _start(one, params), first, params.limit, params.unit))
    if interim is not None and params.final_limit is not None and params.final_unit is not None:
        duties.append(_within(case, interim, one.answered_at, params.final_limit, params.final_unit))
    if not duties:
        return _Duty(True if case.by_now(one.answered_at) else None, None, one.answered_at)
    return min(duties, key=lambda duty: (duty.state is not False, duty.state is not None))


def _start(one: Inquiry, params: ReplyDeadline) -> datetime | None:
    return {
        "asked": one.asked_at,
        "detected": one.detected_at,
        "assigned": one.assigned_at,
        "registered": one.registered_at,
    }[params.start]


def _within(case: Case, start: datetime | None, done: datetime | None, limit: int, unit: Unit) -> _Duty:
    """Tell whether something was done in its term; None while the term runs or when it cannot be counted."""
    due = None if start is None else case.calendar.due(start, limit, unit, case.zone)
    if due is None:
        return _Duty(None, None, done, uncounted=start is not None and unit in ("working_hours", "working_days"))
    # A term in days ends with its last day: midnight belongs to the next one. A term in hours takes its last minute in.
    last = due - timedelta.resolution if unit in ("days", "working_days") else due
    if case.by_now(done):
        return _Duty(done <= last, last, done)
    return _Duty(None if case.at <= last else False, last)


def routing(case: Case, ask: Ask[ReplyRouting], body: Body) -> Iterator[Verdict]:
    """Judge how fast detected messages were passed to an executor."""
    limit, unit = ask.params.limit, ask.params.unit
    if limit is None or unit is None:
        yield resting(case, body, ask.requirement.kind) or Verdict(Outcome.UNKNOWN, _NO_TERM, remedy=_LOOK_UP)
        return
    judged = _of(case, ask, body, lambda one: one.detected_at)
    states = [
        (one, _within(case, one.detected_at, _first(one.forwarded_at, one.assigned_at), limit, unit)) for one in judged
    ]
    facts = {"limit": limit, "unit": unit, "role": ask.params.role}
    yield _summed(case, ask, body, states, (_IN_TIME, _LATE, _PENDING, _PASS_ON), facts)


def _first(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment is not None), default=None)


def content(case: Case, ask: Ask[ReplyContent], body: Body) -> Iterator[Verdict]:
    """Judge answers by what is recorded of them; ``or_...`` stands for all the rest."""
    known = _of(case, ask, body, lambda one: one.answered_at)
    answered = [one for one in known if case.by_now(one.answered_at)]
    states = [(one, _Duty(_complete(one, ask.params.must_have), one.answered_at, one.answered_at)) for one in answered]
    facts = {"must_have": ask.params.must_have}
    yield _summed(case, ask, body, states, (_COMPLETE, _INCOMPLETE, _UNREAD, _ADD), facts)


def _complete(one: Inquiry, must_have: Sequence[str]) -> _State:
    if not one.answer_has:
        return None
    instead = [item for item in must_have if item.startswith("or_")]
    others = [item.removeprefix("or_") for item in instead]
    has = {coded(item, (*must_have, *others)) for item in one.answer_has}
    if has & {*instead, *others}:
        return True
    return all(item in has for item in must_have if not item.startswith("or_"))


def appeal_boundary(case: Case, ask: Ask[AppealBoundary], body: Body) -> Iterator[Verdict]:
    """Where the appeals law applies, appeals are registered; where it does not, ordinary messages are not."""
    judged = _of(case, ask, body)
    if ask.params.appeals_law_applies:
        states = [
            (one, _Duty(case.by_now(one.registered_at), _came(one), one.registered_at)) for one in judged if one.appeal
        ]
        yield _summed(case, ask, body, states, (_REGISTERED, _REGISTER, _PENDING, _DO_REGISTER), {})
    else:
        states = [
            (one, _Duty(one.appeal or not case.by_now(one.registered_at), one.registered_at, one.registered_at))
            for one in judged
        ]
        yield _summed(case, ask, body, states, (_REGISTERED, _OVER, _PENDING, _DO_NOT), {})


def escalation(case: Case, ask: Ask[ReplyEscalation], body: Body) -> Iterator[Verdict]:
    """Judge whether messages with one of the marks were reported."""
    marks = set(ask.params.when)
    marked = [(one, {coded(mark, marks) for mark in one.significant}) for one in _of(case, ask, body)]
    meant = [one for one, own in marked if own and (not marks or marks & own)]
    states = [(one, _Duty(_reported(case, one, ask.params.to), _came(one), one.escalated_at)) for one in meant]
    yield _summed(case, ask, body, states, (_REPORTED, _UNREPORTED, _REPORTED_TO, _REPORT), {"to": ask.params.to})


def _reported(case: Case, one: Inquiry, to: str | None) -> _State:
    """Tell whether a message was reported; None: it was, and to whom is not on record."""
    if not case.by_now(one.escalated_at):
        return False
    if not to or coded(one.escalated_to, (to,)) == to:
        return True
    return False if one.escalated_to else None


def _summed(
    case: Case,
    ask: Ask[Any],
    body: Body,
    judged: Sequence[tuple[Inquiry, _Duty]],
    texts: tuple[Text, Text, Text, Text],
    facts: dict[str, Any],
) -> Verdict:
    """One broken message breaks the demand, an undecided one leaves it open, one that fell into a rest is left out."""
    met, not_met, unknown, remedy = texts
    rests = case.exemptions(body, ask.requirement.kind)
    fell = [_rest(case, rests, duty) if rests else None for _, duty in judged]
    owed = [pair for pair, rest in zip(judged, fell, strict=True) if rest is None]
    bad = [one for one, duty in owed if duty.state is False]
    dark = [one for one, duty in owed if duty.state is None]
    uncounted = [one for one, duty in owed if duty.uncounted]
    pending = [one for one in dark if not case.by_now(one.answered_at)]
    unnoted = len(dark) - len(pending) - sum(case.by_now(one.answered_at) for one in uncounted)
    told = {**facts, "count": len(owed), "bad": len(bad), "pending": len(pending), "dark": unnoted}
    told |= {"unsure": len(dark), "uncounted": len(uncounted)}
    if not owed:
        past = next(filter(None, fell), None)
        excuse = exempt(past) if past else resting(case, body, ask.requirement.kind)
        return excuse or Verdict(Outcome.NOT_APPLICABLE, _NONE, told)
    if bad:
        answered = remedy is _ANSWER and all(case.by_now(one.answered_at) for one in bad)
        return Verdict(Outcome.NOT_MET, not_met, told, _evidence(bad), _SOONER if answered else remedy)
    if uncounted:
        if len(uncounted) == len(dark):
            return Verdict(Outcome.UNKNOWN, _UNCOUNTED, told, _evidence(dark), _UPDATE)
        return Verdict(Outcome.UNKNOWN, _PENDING_UNCOUNTED, told, _evidence(dark), _HURRY_AND_UPDATE)
    if dark:
        wait = _TO_NOTE.get(unknown, _HURRY)
        return Verdict(Outcome.UNKNOWN, unknown, told, _evidence(dark), wait)
    return Verdict(Outcome.MET, met, told, _evidence([one for one, _ in owed]))


def _rest(case: Case, rests: Sequence[ExemptPeriod], duty: _Duty) -> ExemptPeriod | None:
    """The rest into which a duty fell: its last moment came in it, and it was done, or is still not owed, within it.

    What was late before a rest stays late; what was left undone when it ended is owed again.
    """
    if duty.state is True:
        return None
    last = case.local_day(min(duty.last or case.at, case.at))
    done = case.local_day(duty.done) if case.by_now(duty.done) else case.day
    return next((one for one in rests if one.since <= last <= one.until and done <= one.until), None)


def _evidence(found: Sequence[Inquiry]) -> tuple[Evidence, ...]:
    return tuple(Evidence(Means.LOG, one.answered_at or one.asked_at, "", one.url, one.id) for one in found[:20])
