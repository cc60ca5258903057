"""A report arranged for reading: what to do first, then clause by clause, then what could not be seen.

Findings that say the same stand together with everybody whom they are about: a district may have thousands of accounts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from textwrap import shorten

from munsocial.model.grouping import grouped
from munsocial.policy.citing import cited, unnumbered
from munsocial.policy.finding import Finding
from munsocial.policy.report import ActSummary, Report, SubjectSummary
from munsocial.policy.verdict import Outcome
from munsocial.report.words import clause_order, standing
from munsocial.wording import Text

__all__ = ["Arranged", "ClauseView", "Matrix", "Row", "act_names", "arrange", "subject_of"]

_WORST = (Outcome.NOT_MET, Outcome.UNKNOWN, Outcome.MET, Outcome.SUSPENDED, Outcome.NOT_APPLICABLE)
"""A duty met in the networks that are left is met, whatever rests beside it."""


@dataclass(frozen=True, slots=True)
class Row:
    """Findings under one clause that say the same; the first stands for all."""

    findings: tuple[Finding, ...]

    @property
    def finding(self) -> Finding:
        """The one whose words are shown."""
        return self.findings[0]


@dataclass(frozen=True)
class ClauseView:
    """One clause of one act with its findings."""

    act: ActSummary
    number: str
    text: Text
    findings: tuple[Finding, ...]
    jointly: tuple[str, ...] = ()
    """Citations of several clauses, this one among them, under which findings stand: it was judged there."""

    @cached_property
    def about(self) -> Text:
        """The words of the clause for a place that shows its number; ``text`` is the quotation as the act has it."""
        return Text(unnumbered(self.number, self.text.ru), unnumbered(self.number, self.text.en))

    @cached_property
    def counts(self) -> dict[Outcome, int]:
        """How many findings have each outcome; outcomes that do not occur are left out."""
        counted = Counter(one.outcome for one in self.findings)
        return {outcome: counted[outcome] for outcome in Outcome if outcome in counted}

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The findings by what they say, the worst first."""
        return _rows(sorted(self.findings, key=_badness))


@dataclass(frozen=True, slots=True)
class Matrix:
    """Accounts and bodies against clauses: the worst finding of each crossing."""

    act: ActSummary
    clauses: tuple[str, ...]
    rows: tuple[tuple[SubjectSummary, tuple[Finding | None, ...]], ...]


@dataclass(frozen=True, slots=True)
class Arranged:
    """The parts of a readable report, in the order of reading."""

    report: Report
    todo: tuple[tuple[SubjectSummary, tuple[Finding, ...]], ...]
    """Violations and remarks by subject, subjects with the most violations first."""
    clauses: tuple[ClauseView, ...]
    unseen: tuple[Finding, ...]
    matrices: tuple[Matrix, ...]


def arrange(report: Report) -> Arranged:
    """Arrange a report; every finding stands in its clause, whatever else lists it."""
    return Arranged(
        report,
        todo=_todo(report),
        clauses=tuple(_clauses(report)),
        unseen=tuple(one for one in report.findings if one.outcome is Outcome.UNKNOWN),
        matrices=tuple(_matrix(report, act) for act in report.acts),
    )


def act_names(report: Report) -> dict[str, str]:
    """Return a short name for each act where there are several: a finding must say whose clause it cites."""
    if len(report.acts) < 2:
        return {}
    return {act.id: shorten(act.title, 44, placeholder="…") for act in report.acts}


def _rows(findings: Iterable[Finding]) -> tuple[Row, ...]:
    def told(one: Finding) -> tuple[object, ...]:
        return standing(one)[0], one.level, one.derived, one.clause, one.say("ru"), one.advise("ru")

    return tuple(map(Row, grouped(findings, told).values()))


def _todo(report: Report) -> tuple[tuple[SubjectSummary, tuple[Finding, ...]], ...]:
    groups = grouped((*report.violations, *report.remarks), lambda one: one.subject)
    ordered = sorted(groups.items(), key=lambda item: (-sum(one.violation for one in item[1]), item[0]))
    return tuple((subject_of(report, subject), found) for subject, found in ordered)


def subject_of(report: Report, subject: str) -> SubjectSummary:
    """Return whom a finding is about; of one that the report does not list only the id is known."""
    return report.subjects.get(subject) or SubjectSummary(subject, "", subject)


def _clauses(report: Report) -> Iterable[ClauseView]:
    groups = grouped(report.findings, lambda one: (one.act, one.clause))
    for act in report.acts:
        citations = sorted((clause for owner, clause in groups if owner == act.id), key=clause_order)
        for number in sorted({*act.clauses, *citations}, key=clause_order):
            found = groups.get((act.id, number), ())
            together = tuple(one for one in citations if number in cited(one) and one != number)
            yield ClauseView(act, number, act.words(number), found, together)


def _matrix(report: Report, act: ActSummary) -> Matrix:
    cells: dict[tuple[str, str], Finding] = {}
    for one in report.findings:
        if one.act == act.id:
            place = (one.subject, one.clause)
            cells[place] = min(cells.get(place, one), one, key=_badness)
    clauses = tuple(sorted({clause for _, clause in cells}, key=clause_order))
    subjects = sorted({subject for subject, _ in cells}, key=lambda one: _row_order(report, one))
    rows = tuple(
        (subject_of(report, subject), tuple(cells.get((subject, clause)) for clause in clauses)) for subject in subjects
    )
    return Matrix(act, clauses, rows)


def _badness(finding: Finding) -> tuple[bool, bool, int]:
    return not finding.violation, not finding.remark, _WORST.index(finding.outcome)


def _row_order(report: Report, subject: str) -> tuple[str, bool, str]:
    one = subject_of(report, subject)
    return one.body or one.id, one.kind == "account", one.id
