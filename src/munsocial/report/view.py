"""A report arranged for reading: what to do first, then clause by clause, then what could not be seen.

Findings that say the same stand together with everybody whom they are about: a district may have thousands of accounts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from munsocial.policy.citing import cited, unnumbered
from munsocial.policy.finding import Finding
from munsocial.policy.report import ActSummary, Report, SubjectSummary
from munsocial.policy.verdict import Outcome
from munsocial.report.words import clause_order, standing
from munsocial.wording import Text

__all__ = ["Arranged", "ClauseView", "Matrix", "Row", "arrange"]

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
    waived: tuple[Finding, ...]
    clauses: tuple[ClauseView, ...]
    unseen: tuple[Finding, ...]
    matrices: tuple[Matrix, ...]


def arrange(report: Report) -> Arranged:
    """Arrange a report; every finding stands in its clause, whatever else lists it."""
    return Arranged(
        report,
        todo=_todo(report),
        waived=report.waived,
        clauses=tuple(_clauses(report)),
        unseen=tuple(one for one in report.findings if one.outcome is Outcome.UNKNOWN),
        matrices=tuple(_matrix(report, act) for act in report.acts),
    )


def _rows(findings: Iterable[Finding]) -> tuple[Row, ...]:
    groups: dict[tuple[object, ...], list[Finding]] = defaultdict(list)
    for one in findings:
        groups[standing(one)[0], one.level, one.derived, one.clause, one.say("ru"), one.advise("ru")].append(one)
    return tuple(Row(tuple(group)) for group in groups.values())


def _todo(report: Report) -> tuple[tuple[SubjectSummary, tuple[Finding, ...]], ...]:
    groups: dict[str, list[Finding]] = defaultdict(list)
    for one in (*report.violations, *report.remarks):
        groups[one.subject].append(one)
    ordered = sorted(groups.items(), key=lambda item: (-sum(one.violation for one in item[1]), item[0]))
    return tuple((_subject(report.subjects, subject), tuple(found)) for subject, found in ordered)


def _subject(subjects: Mapping[str, SubjectSummary], subject: str) -> SubjectSummary:
    return subjects.get(subject) or SubjectSummary(subject, "", subject)


def _clauses(report: Report) -> Iterable[ClauseView]:
    groups: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for one in report.findings:
        groups[one.act, one.clause].append(one)
    for act in report.acts:
        numbers = {*act.clauses, *(clause for owner, clause in groups if owner == act.id)}
        for number in sorted(numbers, key=clause_order):
            found = tuple(groups.get((act.id, number), ()))
            if found or number in act.clauses:
                yield ClauseView(act, number, act.clauses.get(number) or _words(act, number), found)


def _words(act: ActSummary, number: str) -> Text:
    """The words of all clauses on which a demand of several rests."""
    found = [act.clauses[one] for one in cited(number) if one in act.clauses]
    return Text(" ".join(one.ru for one in found), " ".join(one.en for one in found))


def _matrix(report: Report, act: ActSummary) -> Matrix:
    cells: dict[tuple[str, str], Finding] = {}
    for one in report.findings:
        if one.act == act.id:
            place = (one.subject, one.clause)
            cells[place] = min(cells.get(place, one), one, key=_badness)
    clauses = tuple(sorted({clause for _, clause in cells}, key=clause_order))
    subjects = sorted({subject for subject, _ in cells}, key=lambda one: _row_order(report, one))
    rows = tuple(
        (_subject(report.subjects, subject), tuple(cells.get((subject, clause)) for clause in clauses))
        for subject in subjects
    )
    return Matrix(act, clauses, rows)


def _badness(finding: Finding) -> tuple[bool, bool, int]:
    return not finding.violation, not finding.remark, _WORST.index(finding.outcome)


def _row_order(report: Report, subject: str) -> tuple[str, bool, str]:
    one = _subject(report.subjects, subject)
    return one.body or one.id, one.kind == "account", one.id
