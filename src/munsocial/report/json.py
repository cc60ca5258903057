"""The report for programs: schema ``munsocial.report/1``, clause numbers as text, outcomes by their English names."""

from __future__ import annotations

import json
from typing import Any

from munsocial.policy.report import Report

__all__ = ["render"]


def render(report: Report) -> bytes:
    """Return UTF-8 JSON, two spaces deep.

    Findings are turned one by one: of thousands of accounts they are tens of thousands, and all at once as plain data
    they take ten times the memory of the file.
    """
    if not report.findings:
        return _deep(report.to_json()) + b"\n"
    # Of a text that JSON holds no line ends are left, so each of these is one between lines.
    findings = (_deep(one.as_plain()).replace(b"\n", b"\n    ") for one in report.findings)
    heading = _deep(report.heading_to_json()).removesuffix(b"\n}")
    return heading + b',\n  "findings": [\n    ' + b",\n    ".join(findings) + b"\n  ]\n}\n"


def _deep(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode("utf-8", "replace")
