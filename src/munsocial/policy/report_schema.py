"""The published JSON Schema of a report file."""

from __future__ import annotations

from typing import Any

from munsocial.policy.catalogue import KINDS
from munsocial.policy.report import REPORT_SCHEMA
from munsocial.policy.verdict import Level, Means, Outcome

__all__ = ["report_schema"]

_WORDS = {"type": "string"}
_MOMENT = {"type": "string", "format": "date-time"}
_BOTH = {"type": "object", "required": ["ru", "en"], "properties": {"ru": _WORDS, "en": _WORDS}}


def report_schema() -> dict[str, Any]:
    """Return the JSON Schema of what `Report.to_json` gives."""
    fields = {
        "schema": {"const": REPORT_SCHEMA},
        "municipality": _object(id=_WORDS, name=_WORDS, timezone=_WORDS),
        "at": _MOMENT,
        "snapshot": _object(since=_MOMENT, taken_at=_MOMENT, source=_WORDS),
        "acts": _list(_object(id=_WORDS, title=_WORDS, status=_WORDS, clauses=_map(_BOTH))),
        "subjects": _list(_subject()),
        "summary": _summary(),
        "findings": _list(_finding()),
    }
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "munsocial report", **_object(**fields)}


def _object(**fields: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(fields), "properties": fields, "additionalProperties": False}


def _list(of: Any) -> dict[str, Any]:
    return {"type": "array", "items": of}


def _map(of: Any) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": of}


def _or_null(schema: Any) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}


def _subject() -> dict[str, Any]:
    kind = {"enum": ["municipality", "body", "account"]}
    return _object(id=_WORDS, kind=kind, name=_WORDS, body=_WORDS, network=_WORDS, url=_WORDS)


def _summary() -> dict[str, Any]:
    number = {"type": "integer", "minimum": 0}
    outcomes = _object(**{str(one): number for one in Outcome})
    return _object(
        findings=number,
        violations=number,
        remarks=number,
        waived=number,
        outcomes=outcomes,
        clauses=_map(_map(_map(number))),
    )


def _finding() -> dict[str, Any]:
    return _object(
        act=_WORDS,
        requirement=_WORDS,
        clause={"type": "string", "description": "as in the act: 5, 9.1; empty when the act's clause is not known"},
        kind={"enum": sorted(KINDS)},
        level={"enum": [str(one) for one in Level]},
        subject=_WORDS,
        body=_WORDS,
        network=_WORDS,
        outcome={"enum": [str(one) for one in Outcome]},
        text=_BOTH,
        remedy=_or_null(_BOTH),
        facts={"type": "object"},
        evidence=_list(_evidence()),
        waiver=_or_null({"type": "object"}),
        derived={"type": "string", "description": "a check which only follows from the act; empty: the act says it"},
    )


def _evidence() -> dict[str, Any]:
    place = _or_null({"type": "integer", "minimum": 0})
    return _object(
        means={"enum": [str(one) for one in Means]},
        at=_or_null(_MOMENT),
        through=_WORDS,
        link=_WORDS,
        item=_WORDS,
        quote=_WORDS,
        start=place,
        end=place,
        confidence=_or_null({"type": "number"}),
        note=_or_null(_BOTH),
    )
