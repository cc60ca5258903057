"""Demands that only people can answer for: attestations, coordination, control, recommendations, reports."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from munsocial.model.bodies import Body
from munsocial.model.statements import Recommendation
from munsocial.policy.case import Ask, Case
from munsocial.policy.params import Attested, ControlOfficer, Coordination, PeriodicReporting, PolicyAlignment
from munsocial.policy.rules.attesting import (
    attested_or_unknown,
    last_statement,
    missing_statement,
    names_of,
    stated,
    subjects_of,
)
from munsocial.policy.verdict import Evidence, Means, Outcome, Verdict
from munsocial.wording import Text

__all__ = ["alignment", "attested", "control_officer", "coordination", "reporting"]

_OFFICER = Text("Контроль возложен, отвечает {who}.", "Control is put on {who}.")
_IGNORED = Text(
    "Нет реакции на рекомендации ({ignored_count} из {count}): {ignored}.",
    "No reaction to recommendations ({ignored_count} of {count}): {ignored}.",
)
_UNREASONED = Text("Рекомендации отклонены без причины: {unreasoned}.", "Refused without a reason: {unreasoned}.")
_WAITING = Text(
    "Рекомендации недавно получены и ждут реакции: {waiting}.", "Recommendations wait for a reaction: {waiting}."
)
_DEFIED = Text(
    "Акт требует следовать рекомендациям, а они отклонены: {refused}.",
    "The act wants recommendations followed, and these were refused: {refused}.",
)
_FOLLOW = Text("Исполните рекомендацию или согласуйте отказ.", "Carry it out, or agree on the refusal.")
_REACT = Text("Исполните рекомендацию или запишите причину отказа.", "Carry it out, or record why not.")
_PERIODS = {"continuous": 31, "day": 1, "week": 7, "month": 31, "quarter": 92, "half_year": 184, "year": 366}
_REACTION = timedelta(days=7)  # derived: time for a first reaction; the order names none


def attested(case: Case, ask: Ask[Attested], body: Body) -> Iterator[Verdict]:
    """Judge by an attestation of the named statement, for the body or one of its accounts."""
    names = (ask.params.statement,)
    subjects = (body.id, *(page.id for page in case.pages_of.get(body.id, ())), case.registry.municipality.id)
    found = last_statement(case, names, subjects, ask.params.valid_days, ask.params.by)
    yield stated(case, found, ask.params.statement) or missing_statement(ask.params.statement)


def coordination(case: Case, ask: Ask[Coordination]) -> Iterator[Verdict]:
    """Judge by attestation for the municipality."""
    yield attested_or_unknown(case, ask, None, ask.params.valid_days)


def control_officer(case: Case, ask: Ask[ControlOfficer]) -> Iterator[Verdict]:
    """Look for an appointment with the duty of control, or in the role that the act names; else for an attestation."""
    officer = (ask.params.officer or "").casefold()
    people = case.registry.person_by_id
    found = [
        one
        for one in case.registry.appointments
        if one.covers(case.day) and ("control" in one.duties or (officer and one.role.casefold() == officer))
    ]
    employed = [one for one in found if one.person in people and people[one.person].covers(case.day)]
    if employed:
        who = sorted({people[one.person].name for one in employed})
        evidence = tuple(Evidence(Means.REGISTRY, item=one.person) for one in employed)
        yield Verdict(Outcome.MET, _OFFICER, {"who": who}, evidence)
    else:
        yield attested_or_unknown(case, ask, None, ask.params.valid_days)


def reporting(case: Case, ask: Ask[PeriodicReporting]) -> Iterator[Verdict]:
    """Judge by an attestation not older than the period."""
    yield attested_or_unknown(case, ask, None, _PERIODS[ask.params.period])


def alignment(case: Case, ask: Ask[PolicyAlignment], body: Body) -> Iterator[Verdict]:
    """Judge the reactions to recommendations, then the yearly attestation. A reasoned refusal is a reaction."""
    pages = {page.id for page in case.pages_of.get(body.id, ())}
    received = [
        one
        for one in case.registry.recommendations
        if one.date <= case.day and (not one.accounts or pages.intersection(one.accounts))
    ]
    fault = _fault(case, ask.params, received)
    if fault and fault.outcome is Outcome.NOT_MET:
        yield fault
        return
    found = last_statement(case, names_of(ask), subjects_of(case, body), ask.params.valid_days)
    verdict = stated(case, found, ask.requirement.kind)
    if verdict is None or (verdict.outcome is Outcome.MET and fault):
        verdict = fault or missing_statement(ask.requirement.kind)
    yield verdict


def _fault(case: Case, params: PolicyAlignment, received: list[Recommendation]) -> Verdict | None:
    reacted = [one for one in received if _by(one.done, case) or _by(one.refused, case)]
    without = [one for one in received if one not in reacted]
    ignored = [one for one in without if case.day - one.date > _REACTION]
    unreasoned = [one for one in reacted if not _by(one.done, case) and not one.reason.strip()]
    facts: dict[str, Any] = {
        "count": len(received),
        "ignored": [_name(one) for one in ignored],
        "ignored_count": len(ignored),
        "refused": [_name(one) for one in reacted if not _by(one.done, case)],
        "unreasoned": [_name(one) for one in unreasoned],
        "waiting": [_name(one) for one in without],
    }
    evidence = tuple(Evidence(Means.REGISTRY, item=one.id) for one in received[:20])
    if ignored:
        return Verdict(Outcome.NOT_MET, _IGNORED, facts, evidence, _REACT)
    if unreasoned:
        return Verdict(Outcome.NOT_MET, _UNREASONED, facts, evidence, _REACT)
    if params.mode == "conform" and facts["refused"]:
        return Verdict(Outcome.NOT_MET, _DEFIED, facts, evidence, _FOLLOW)
    return Verdict(Outcome.UNKNOWN, _WAITING, facts, evidence, _REACT) if without else None


def _by(day: Any, case: Case) -> bool:
    return day is not None and day <= case.day


def _name(one: Recommendation) -> str:
    return f"{one.from_whom} № {one.number}" if one.number else f"{one.from_whom} («{one.summary}»)"
