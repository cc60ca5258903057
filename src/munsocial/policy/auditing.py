"""The audit: every requirement of every act, for everyone to whom it speaks. A pure function of its arguments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from munsocial.errors import InputError, NaiveTime
from munsocial.model.bodies import Body
from munsocial.model.cycle_collector import collector_resting
from munsocial.model.districts import same_district
from munsocial.model.given import each_is, is_a, is_aware
from munsocial.model.registry import Registry
from munsocial.model.snapshot import Snapshot
from munsocial.model.years import NO_SENSE, YEARS, makes_sense
from munsocial.policy.act import Act, Requirement
from munsocial.policy.case import Ask, Case, Page
from munsocial.policy.finding import Finding
from munsocial.policy.force import force_of
from munsocial.policy.nobody import NO_ACCOUNT, NO_BODIES, NO_RIGHTS, NO_RIGHTS_ALONE, NOBODY, NOT_IN_FORCE
from munsocial.policy.readings import Readings
from munsocial.policy.report import ActSummary, Report, SubjectSummary
from munsocial.policy.rules import RULES
from munsocial.policy.rules.existence import takeovers
from munsocial.policy.rules.seen import on_record
from munsocial.policy.speech import speak
from munsocial.policy.subjects import Gate, addressed, judged_on, passed_over, resting, resting_as_a_whole
from munsocial.policy.verdict import Level, Outcome, Verdict
from munsocial.policy.waivers import Waivers
from munsocial.wording import Text

__all__ = ["audit"]

_PERMITTED = Text(
    "Это право, а не обязанность, и оно не использовано. {so_far}",
    "This is a permission, not a duty, and it is not used. {so_far}",
)
_NOTHING_SAID = Text(
    "Проверить нечего: ни одно слово требования программе не знакомо.",
    "There is nothing to check: no word of the demand is known to the program.",
)
_LOOK_AT_THE_ACT = Text(
    "Исправьте слова в акте: munsocial acts check назовёт их.",
    "Correct the act's words: munsocial acts check names them.",
)
_LOST = "takeover"
_OF_THE_DUTY = frozenset({"gap", "absence", "silence", "credential_without_appointment"})
"""Checks of ours that remark on the duty itself, which is not owed before its term."""
_NOT_YET_DUE = Text(
    "Срок исполнения — {deadline}, он ещё не вышел. {so_far}", "Due on {deadline}, which is not over yet. {so_far}"
)

_NO_ZONE = Text("момент проверки указан без часового пояса.", "the moment of the audit has no time zone.")
_TEXT_FOR_A_MOMENT = Text(
    "момент проверки — это datetime, а передан текст.", "the moment of the audit is a datetime, and a text was given."
)
_WRITE_A_MOMENT = Text(
    'Напишите, например, datetime.fromisoformat("2026-11-23T10:00:00+03:00").',
    'Write e.g. datetime.fromisoformat("2026-11-23T10:00:00+03:00").',
)


def audit(
    registry: Registry,
    snapshot: Snapshot,
    acts: Sequence[Act],
    at: datetime,
    *,
    readings: Readings | None = None,
) -> Report:
    """Judge a district at a moment.

    Texts are read on the way unless ``readings`` already holds them; what was not seen comes out as unknown.

    Raises:
        NaiveTime: ``at`` has no time zone, or is a day or a text.
        InputError: ``at`` is in a year of another century, where weeks and terms leave the calendar; or a value is
            of another kind.
        SnapshotRefused: the snapshot is of another municipality.
    """
    acts = each_is(Act, acts, "acts", "load_acts(['kalininsky'])")
    is_a(Registry, registry, "registry")
    is_a(Snapshot, snapshot, "snapshot")
    if readings is not None:
        is_a(Readings, readings, "readings")
    if not is_aware(at):
        raise NaiveTime(_TEXT_FOR_A_MOMENT if isinstance(at, str) else _NO_ZONE, where="at", remedy=_WRITE_A_MOMENT)
    if not makes_sense(at):
        raise InputError(NO_SENSE.fill(year=at.year), remedy=YEARS)
    same_district(registry, snapshot)
    case = Case(registry, snapshot, acts, at, readings or Readings.of(registry))
    with collector_resting():
        return _report(case, tuple(_findings(case)))


def _findings(case: Case) -> Iterator[Finding]:
    waivers = Waivers(case.registry, case.day)
    for act in case.acts:
        yield from _lost_once(_under(case, act, waivers))


def _under(case: Case, act: Act, waivers: Waivers) -> list[Finding]:
    gate, found = Gate(case, act), list[Finding]()
    for requirement in act.requirements:
        finding = _Maker(case, act, requirement, waivers).finding
        for judged, verdicts in _judged(case, act, requirement, gate):
            found += [finding(judged, verdict) for verdict in verdicts]
    return found


def _lost_once(findings: Sequence[Finding]) -> Iterator[Finding]:
    """A lost address is told once under each act, by the strictest demand on the page; a permission demands nothing."""
    lost = [one for one in findings if one.derived == _LOST]
    told: dict[str, Finding] = {}
    for level in (Level.MUST, Level.SHOULD):
        for one in lost:
            if one.level is level:
                told.setdefault(one.subject, one)
    kept = {id(one) for one in told.values()}
    return (one for one in findings if one.derived != _LOST or id(one) in kept)


Judged = tuple[Page | Body | None, Iterable[Verdict]]


def _judged(case: Case, act: Act, requirement: Requirement, gate: Gate) -> Iterator[Judged]:
    force = force_of(act, requirement)
    if not force.covers(case.day):
        yield None, (Verdict(Outcome.NOT_APPLICABLE, NOT_IN_FORCE, {"day": case.day}),)
        return
    on = judged_on(requirement)
    judge = RULES[requirement.kind]
    ask = Ask(act, requirement, requirement.params, force)
    if on == "municipality":
        rest = resting(case, None, requirement.kind)
        yield None, (rest,) if rest else _or_unknown(judge.municipality(case, ask))
        return
    nobody = True
    for body, pages in addressed(case, requirement):
        nobody = False
        if requirement.kind == "account.exists" and not body.legal_entity and body.served_by:
            yield body, (_without_rights(case, body),)
        elif on == "body":
            rest = resting_as_a_whole(case, body, requirement.kind)
            yield body, _at_rest(requirement, rest, pages) if rest else _or_unknown(judge.body(case, ask, body))
        else:
            yield from _pages(case, ask, body, pages, gate)
    if requirement.kind == "account.exists":
        for body in passed_over(case, requirement):
            nobody = False
            yield body, (_without_rights(case, body),)
    if nobody:
        facts = {"addressees": requirement.applies_to}
        yield None, (Verdict(Outcome.NOT_APPLICABLE, NOBODY if requirement.applies_to else NO_BODIES, facts),)


def _or_unknown(verdicts: Iterable[Verdict]) -> Iterator[Verdict]:
    """A rule that understands no word of a demand says nothing, and nothing must not look like everything in order."""
    silent = True
    for verdict in verdicts:
        silent = False
        yield verdict
    if silent:
        yield Verdict(Outcome.UNKNOWN, _NOTHING_SAID, remedy=_LOOK_AT_THE_ACT)


def _at_rest(requirement: Requirement, rest: Verdict, pages: Sequence[Page]) -> Iterator[Verdict]:
    """A duty that rests is not judged; who asks for accounts tells all the same which addresses were lost."""
    yield rest
    if requirement.kind == "account.exists":
        yield from takeovers(pages)


def _without_rights(case: Case, body: Body) -> Verdict:
    facts = {"served_by": body.served_by, "server": case.body_name(body.served_by)}
    text = NO_RIGHTS if body.served_by else NO_RIGHTS_ALONE
    return Verdict(Outcome.NOT_APPLICABLE, text, facts, on_record(body.id))


def _pages(case: Case, ask: Ask[Any], body: Body, pages: Sequence[Page], gate: Gate) -> Iterator[Judged]:
    judge = RULES[ask.requirement.kind]
    networks = ask.requirement.networks
    wanted = [page for page in pages if networks is None or page.account.network in networks]
    if not wanted:
        without, rest = judge.without, resting(case, body, ask.requirement.kind)
        nobody = rest or Verdict(Outcome.NOT_APPLICABLE, NO_ACCOUNT)
        yield body, without(case, ask, body) if without and not rest else (nobody,)
    for page in wanted:
        stopped = gate.stops(page, ask.requirement)
        yield page, (stopped,) if stopped else _or_unknown(judge.account(case, ask, page))
        if page.view.handle_now.value is not None:
            yield page, takeovers((page,))


class _Maker:
    """Ties the verdicts of one requirement to their subjects."""

    def __init__(self, case: Case, act: Act, requirement: Requirement, waivers: Waivers) -> None:
        self._municipality = case.registry.municipality.id
        self._day = case.day
        self._act = act
        self._requirement = requirement
        self._waivers = waivers

    def finding(self, judged: Page | Body | None, verdict: Verdict) -> Finding:
        subject, body, network = self._subject(judged)
        requirement = self._requirement
        level = verdict.level or requirement.level
        waiver = None
        # No demand asks for a page of strangers: an excuse from one does not speak of a lost address.
        if self._waivers and verdict.derived != _LOST:
            subjects = (verdict.subject or subject, subject, body, self._municipality)
            waiver = self._waivers.of(self._act.id, requirement.id, subjects)
        outcome, text, facts = self._settled(verdict, level)
        return Finding(
            self._act.id,
            requirement.id,
            requirement.clause,
            requirement.kind,
            level,
            verdict.subject or subject,
            outcome,
            text,
            facts,
            verdict.evidence,
            None if level is Level.MAY and outcome is Outcome.NOT_APPLICABLE else verdict.remedy,
            waiver,
            body,
            network,
            verdict.derived or ("reading" if requirement.derived else ""),
        )

    def _subject(self, judged: Page | Body | None) -> tuple[str, str, str]:
        if judged is None:
            return self._municipality, "", ""
        if isinstance(judged, Page):
            return judged.id, judged.body.id, judged.account.network
        return judged.id, judged.id, ""

    def _settled(self, verdict: Verdict, level: Level) -> tuple[Outcome, Text, Mapping[str, Any]]:
        """A permission that is not used breaks nothing, and a term that still runs is not missed.

        No term excuses what is a fault of its own: a ban with no ground, a stranger among the administrators.
        """
        if verdict.outcome is not Outcome.NOT_MET:
            return verdict.outcome, verdict.text, verdict.facts
        deadline = self._requirement.deadline
        due = deadline is None or self._day > deadline or (verdict.derived and verdict.derived not in _OF_THE_DUTY)
        if level is Level.MAY or not due:
            said = Text(speak(verdict.text, verdict.facts, "ru"), speak(verdict.text, verdict.facts, "en"))
            facts = {**verdict.facts, "deadline": deadline, "so_far": said}
            if level is Level.MAY:
                return Outcome.NOT_APPLICABLE, _PERMITTED, facts
            return Outcome.UNKNOWN, _NOT_YET_DUE, facts
        return verdict.outcome, verdict.text, verdict.facts


def _report(case: Case, findings: tuple[Finding, ...]) -> Report:
    place = case.registry.municipality
    return Report(
        municipality=place.id,
        name=place.name,
        timezone=place.timezone,
        at=case.at.astimezone(case.zone),
        taken_at=case.snapshot.taken_at,
        since=case.snapshot.since,
        source=case.snapshot.source,
        acts=tuple(
            ActSummary(act.id, act.title, act.status, {n: Text(one.ru, one.en) for n, one in act.clauses.items()})
            for act in case.acts
        ),
        subjects={one.id: one for one in _subjects(case)},
        findings=findings,
    )


def _subjects(case: Case) -> Iterator[SubjectSummary]:
    place = case.registry.municipality
    yield SubjectSummary(place.id, "municipality", place.name)
    for body in case.registry.bodies:
        yield SubjectSummary(body.id, "body", body.name, body.id)
    for page in case.pages.values():
        profile = page.view.profile.value
        name = page.account.title or (profile.name if profile and profile.name else page.account.handle) or page.id
        url = (profile.url if profile else None) or ""
        yield SubjectSummary(page.id, "account", name, page.body.id, page.account.network, url)
