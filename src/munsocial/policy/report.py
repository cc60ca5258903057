"""The answer of an audit: findings with what is needed to read them without the registry or the acts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from munsocial.errors import FileRefused, InputError
from munsocial.model.checking.mistakes import unknown_name
from munsocial.model.checking.secretlike import shown
from munsocial.model.given import is_a
from munsocial.model.statements import Waiver
from munsocial.policy.catalogue import KINDS
from munsocial.policy.citing import cited, pointed
from munsocial.policy.finding import Finding
from munsocial.policy.speech import literal, plain
from munsocial.policy.verdict import Evidence, Level, Means, Outcome
from munsocial.wording import Text, join_texts

__all__ = ["REPORT_SCHEMA", "ActSummary", "Report", "SubjectSummary"]

REPORT_SCHEMA: Literal["munsocial.report/1"] = "munsocial.report/1"
_NO_WORD = Text("такого значения нет: {word}.", "there is no such value: {word}.")


@dataclass(frozen=True, slots=True)
class ActSummary:
    """An act as the report needs it: title, status, and the words of each clause."""

    id: str
    title: str
    status: str
    clauses: Mapping[str, Text]

    def words(self, citation: str) -> Text:
        """The words of the clauses that a demand cites, one after another; empty where the act does not quote them."""
        if citation in self.clauses:
            return self.clauses[citation]
        return join_texts(" ", (self.clauses[one] for one in cited(citation) if one in self.clauses))


@dataclass(frozen=True, slots=True)
class SubjectSummary:
    """Whom findings are about; ``kind`` is ``account``, ``body`` or ``municipality``."""

    id: str
    kind: str
    name: str
    body: str = ""
    network: str = ""
    url: str = ""


@dataclass(frozen=True)
class Report:
    """All findings of one audit, in the order of the acts, their demands, and the registry.

    ``at`` is the moment for which was judged, ``taken_at`` the moment when the networks were read.
    """

    municipality: str
    name: str
    timezone: str
    at: datetime
    taken_at: datetime
    since: datetime
    source: str
    acts: tuple[ActSummary, ...] = field(repr=False)
    subjects: Mapping[str, SubjectSummary] = field(repr=False)
    findings: tuple[Finding, ...] = field(repr=False)

    @cached_property
    def violations(self) -> tuple[Finding, ...]:
        """Duties not met and not waived."""
        return tuple(one for one in self.findings if one.violation)

    @cached_property
    def remarks(self) -> tuple[Finding, ...]:
        """Recommendations not met and not waived."""
        return tuple(one for one in self.findings if one.remark)

    @cached_property
    def waived(self) -> tuple[Finding, ...]:
        """What would be a violation or a remark without its waiver."""
        return tuple(one for one in self.findings if one.waiver and one.outcome is Outcome.NOT_MET)

    def of(
        self,
        *,
        kind: str | None = None,
        clause: str | None = None,
        subject: str | None = None,
        outcome: str | None = None,
        act: str | None = None,
        requirement: str | None = None,
        level: str | None = None,
        derived: str | None = None,
    ) -> tuple[Finding, ...]:
        """Select findings; what is not named is not looked at.

        ``clause="9"`` takes in 9.1 to 9.4, ``clause="2, 3"`` what rests on both; ``subject`` may be a body and then
        takes in its accounts.

        Raises:
            InputError: the clause is a number (9.10 would be 9.1), or there is no such kind, outcome or level: a test
                that asks for it would never fail.
        """
        _known(KINDS, kind, "kind")
        _known(tuple(Outcome), outcome, "outcome")
        _known(tuple(Level), level, "level")
        if not isinstance(clause, str | None):
            what = Text("пункт — это текст, а не число.", "a clause is a text, not a number.")
            raise InputError(what, where="clause", remedy=Text(f'Пишите: "{clause}".', f'Write "{clause}".'))
        exact = {"kind": kind, "outcome": outcome, "act": act, "requirement": requirement, "level": level,
                 "derived": derived}  # fmt: skip
        wanted = {name: value for name, value in exact.items() if value is not None}
        return tuple(
            one
            for one in self.findings
            if all(getattr(one, name) == value for name, value in wanted.items())
            and (clause is None or one.cites(clause))
            and (subject is None or subject in (one.subject, one.body))
        )

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many findings have each outcome; every outcome is named."""
        counted = Counter(str(one.outcome) for one in self.findings)
        return {str(outcome): counted[outcome] for outcome in Outcome}

    @cached_property
    def summary(self) -> dict[str, Any]:
        """Figures for the head of a report, and by act and clause the counts of outcomes."""
        clauses: dict[str, dict[str, Counter[str]]] = {}
        for one in self.findings:
            clauses.setdefault(one.act, {}).setdefault(one.clause, Counter())[str(one.outcome)] += 1
        return {
            "findings": len(self.findings),
            "violations": len(self.violations),
            "remarks": len(self.remarks),
            "waived": len(self.waived),
            "outcomes": self.counts,
            "clauses": {act: {clause: dict(n) for clause, n in rows.items()} for act, rows in clauses.items()},
        }

    def say(self, finding: Finding, lang: Literal["ru", "en"] = "ru") -> str:
        """Return a finding with the name of its subject and its clause, one line for a person."""
        is_a(Finding, finding, "finding")
        who = self.subjects.get(finding.subject)
        return f"{who.name if who else finding.subject}, {pointed(finding.clause).say(lang)}: {finding.say(lang)}"

    def to_json(self) -> dict[str, Any]:
        """Return the whole report as JSON can hold it (schema ``munsocial.report/1``)."""
        return {**self.heading_to_json(), "findings": [one.as_plain() for one in self.findings]}

    def heading_to_json(self) -> dict[str, Any]:
        """Return all of `to_json` but the findings, which may be many."""
        return {
            "schema": REPORT_SCHEMA,
            "municipality": {"id": self.municipality, "name": self.name, "timezone": self.timezone},
            "at": self.at.isoformat(),
            "snapshot": {
                "since": self.since.isoformat(),
                "taken_at": self.taken_at.isoformat(),
                "source": self.source,
            },
            "acts": [_act_as_plain(act) for act in self.acts],
            "subjects": [asdict(one) for one in self.subjects.values()],
            "summary": self.summary,
        }

    @classmethod
    def from_json(cls, raw: str | bytes | Mapping[str, Any]) -> Report:
        """Rebuild a report from what `to_json` gave: it says the same, and `to_json` of it gives the same.

        What findings hold is as JSON holds it: in ``facts`` dates are texts and a `Text` is a table of its twins, and
        the ``text`` of a finding is the whole sentence, without placeholders. So a report that was read equals another
        that was read, and not the one that was written.

        Raises:
            FileRefused: it is not a report of this version, it is cut, or a moment in it has no time zone.
        """
        try:
            data = json.loads(raw) if isinstance(raw, (str, bytes)) else raw
            if data["schema"] != REPORT_SCHEMA:
                raise ValueError(data["schema"])
            return _rebuilt(data)
        except (ValueError, KeyError, TypeError, AttributeError) as broken:
            raise FileRefused(
                Text("это не отчёт munsocial этой версии.", "this is no munsocial report of this version."),
                remedy=Text("Сделайте отчёт заново командой audit.", "Make it again with the command audit."),
            ) from broken

    def save(self, path: str | Path) -> None:
        """Write the report; the suffix chooses the form: .html .json .xlsx .xml (JUnit) .sarif.

        Raises:
            OutputRefused: unknown suffix, or the target cannot be written. InputError: ``path`` is none.
        """
        # By name: policy must not import the layer above it.
        import_module("munsocial.report").save(self, path)


def _act_as_plain(act: ActSummary) -> dict[str, Any]:
    return {
        "id": act.id,
        "title": act.title,
        "status": act.status,
        "clauses": {number: plain(text) for number, text in act.clauses.items()},
    }


def _rebuilt(data: Mapping[str, Any]) -> Report:
    place, seen = data["municipality"], data["snapshot"]
    return Report(
        municipality=place["id"],
        name=place["name"],
        timezone=place["timezone"],
        at=_moment(data["at"]),
        taken_at=_moment(seen["taken_at"]),
        since=_moment(seen["since"]),
        source=seen["source"],
        acts=tuple(
            ActSummary(act["id"], act["title"], act["status"], {n: Text(**text) for n, text in act["clauses"].items()})
            for act in data["acts"]
        ),
        subjects={one["id"]: SubjectSummary(**one) for one in data["subjects"]},
        findings=tuple(_finding(one) for one in data["findings"]),
    )


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.utcoffset() is None:
        raise ValueError(text)
    return moment


def _finding(raw: Mapping[str, Any]) -> Finding:
    return Finding(
        act=raw["act"],
        requirement=raw["requirement"],
        clause=raw["clause"],
        kind=raw["kind"],
        level=Level(raw["level"]),
        subject=raw["subject"],
        outcome=Outcome(raw["outcome"]),
        text=literal(Text(**raw["text"])),
        facts=raw["facts"],
        evidence=tuple(_evidence(one) for one in raw["evidence"]),
        remedy=literal(Text(**raw["remedy"])) if raw["remedy"] else None,
        waiver=Waiver.model_validate(raw["waiver"]) if raw["waiver"] else None,
        body=raw["body"],
        network=raw["network"],
        derived=raw["derived"],
    )


def _evidence(raw: Mapping[str, Any]) -> Evidence:
    known = dict(raw)
    known["means"] = Means(raw["means"])
    known["at"] = _moment(raw["at"]) if raw["at"] else None
    known["note"] = Text(**raw["note"]) if raw["note"] else None
    return Evidence(**known)


def _known(words: Collection[str], word: str | None, where: str) -> None:
    if word is not None and not (isinstance(word, str) and word in words):
        remedy = unknown_name(str(word), words)
        raise InputError(_NO_WORD.fill(word=shown(word)), where=where, remedy=remedy)
