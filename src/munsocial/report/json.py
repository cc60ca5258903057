"""The report for programs: schema ``munsocial.report/1``, clause numbers as text, outcomes by their English names."""

from __future__ import annotations

import json

from munsocial.policy.report import Report

__all__ = ["render"]


def render(report: Report) -> bytes:
    """Return UTF-8 JSON, two spaces deep."""
    return json.dumps(report.to_json(), ensure_ascii=False, indent=2).encode("utf-8", "replace") + b"\n"
