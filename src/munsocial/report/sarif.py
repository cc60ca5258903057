"""The report as SARIF 2.1.0, for tools that show findings of checkers. Every demand of an act is a rule."""

from __future__ import annotations

import json
from typing import Any

from munsocial import __version__
from munsocial.policy.citing import pointed
from munsocial.policy.finding import Finding
from munsocial.policy.report import Report
from munsocial.policy.verdict import Level, Outcome
from munsocial.report.naming import named
from munsocial.report.words import first_link

__all__ = ["render"]

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(report: Report) -> bytes:
    """Return UTF-8 JSON; what is met or not applicable is passed over."""
    told = (Outcome.NOT_MET, Outcome.UNKNOWN, Outcome.SUSPENDED)
    shown = [(one, name) for one, name in named(report.findings) if one.outcome in told]
    rules = list({_rule_id(one): _rule(report, one) for one, _ in shown}.values())
    run = {
        "tool": {"driver": {"name": "munsocial", "version": __version__, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, name) for one, name in shown],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2).encode("utf-8", "replace") + b"\n"


def _rule_id(one: Finding) -> str:
    return f"{one.act}/{one.requirement}"


def _rule(report: Report, one: Finding) -> dict[str, Any]:
    act = next((act for act in report.acts if act.id == one.act), None)
    clause = act.words(one.clause) if act else None
    return {
        "id": _rule_id(one),
        "name": one.kind,
        "shortDescription": {"text": f"{act.title if act else one.act}, {pointed(one.clause).ru}"},
        "fullDescription": {"text": (clause.ru if clause else "") or one.kind},
    }


def _result(one: Finding, name: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": _rule_id(one),
        "level": _level(one),
        "kind": "fail" if one.outcome is Outcome.NOT_MET else "review",
        "message": {"text": " ".join(filter(None, (one.say("ru"), one.advise("ru"))))},
        "locations": [_location(one)],
        "partialFingerprints": {"subject/v1": _fingerprint(one, name)},
    }
    if one.waiver:
        result["suppressions"] = [{"kind": "external", "justification": one.waiver.reason}]
    return result


def _fingerprint(one: Finding, name: str) -> str:
    """Name what a tool may take for the same finding next time; each week of a page is a finding of its own."""
    return f"{_rule_id(one)}/{one.subject}/{name}".rstrip("/")


def _level(one: Finding) -> str:
    if one.outcome is not Outcome.NOT_MET:
        return "none"
    return {Level.MUST: "error", Level.SHOULD: "warning", Level.MAY: "note"}[one.level]


def _location(one: Finding) -> dict[str, Any]:
    location: dict[str, Any] = {"logicalLocations": [{"name": one.subject, "kind": "resource"}]}
    if link := first_link(one):
        location["physicalLocation"] = {"artifactLocation": {"uri": link}}
    return location
