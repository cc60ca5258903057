"""Demands that only people can answer for: attestations, coordination, control, recommendations, reports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from munsocial.model.bodies import Body
from munsocial.policy.case import Ask, Case
from munsocial.policy.facts.reactions import Reactions, Some, reactions
from munsocial.policy.params import Attested, ControlOfficer, Coordination, PeriodicReporting, PolicyAlignment
from munsocial.policy.rules.attesting import (
    attested_or_unknown,
    last_statement,
    missing_statement,
    stated,
    stated_on,
)
from munsocial.policy.rules.seen import on_record
from munsocial.policy.verdict import Outcome, Verdict
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


def attested(case: Case, ask: Ask[Attested], body: Body) -> Iterator[Verdict]:
    """Judge by an attestation of the named statement, for the body or one of its accounts."""
    names = ask.requirement.attested_as(ask.act.id)
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
        yield Verdict(Outcome.MET, _OFFICER, {"who": who}, on_record(*(one.person for one in employed)))
    else:
        yield attested_or_unknown(case, ask, None, ask.params.valid_days)


def reporting(case: Case, ask: Ask[PeriodicReporting]) -> Iterator[Verdict]:
    """Judge by an attestation not older than the period."""
    yield attested_or_unknown(case, ask, None, _PERIODS[ask.params.period])


def alignment(case: Case, ask: Ask[PolicyAlignment], body: Body) -> Iterator[Verdict]:
    """Judge the reactions to recommendations, then the yearly attestation. A reasoned refusal is a reaction."""
    fault = _fault(ask.params, reactions(case, ask.force, case.pages_of.get(body.id, ())))
    if fault and fault.outcome is Outcome.NOT_MET:
        yield fault
        return
    verdict = stated_on(case, ask, body, ask.params.valid_days)
    if verdict is None or (verdict.outcome is Outcome.MET and fault):
        verdict = fault or missing_statement(ask.requirement.kind)
    yield verdict


def _fault(params: PolicyAlignment, made: Reactions) -> Verdict | None:
    facts: dict[str, Any] = {
        "count": made.received.number,
        "ignored": _told(made.ignored),
        "ignored_count": made.ignored.number,
        "refused": _told(made.refused),
        "unreasoned": _told(made.unreasoned),
        "waiting": _told(made.waiting),
    }
    evidence = on_record(*made.ids)
    if made.ignored.number:
        return Verdict(Outcome.NOT_MET, _IGNORED, facts, evidence, _REACT)
    if made.unreasoned.number:
        return Verdict(Outcome.NOT_MET, _UNREASONED, facts, evidence, _REACT)
    if params.mode == "conform" and made.refused.number:
        return Verdict(Outcome.NOT_MET, _DEFIED, facts, evidence, _FOLLOW)
    return Verdict(Outcome.UNKNOWN, _WAITING, facts, evidence, _REACT) if made.waiting.number else None


def _told(some: Some) -> list[str | Text]:
    rest = some.number - len(some.names)
    return [*some.names, *([Text(f"и ещё {rest}", f"and {rest} more")] if rest else [])]
