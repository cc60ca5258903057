"""The report for programs is written finding by finding, and reads as if it were written at once."""

from __future__ import annotations

import json

import pytest

from munsocial.policy.report import Report
from munsocial.policy.verdict import Evidence, Level, Means, Outcome
from munsocial.report import rendered
from report_samples import HOSTILE, finding, report

QUOTED = Evidence(Means.TEXT, link="javascript:alert(1)", quote=f"{HOSTILE}\n\\n", start=0, end=8, confidence=0.9)


@pytest.mark.parametrize(
    "given",
    [
        report(),
        report(finding(Outcome.MET)),
        report(finding(Outcome.NOT_MET, evidence=(QUOTED,)), finding(Outcome.UNKNOWN, Level.SHOULD)),
    ],
)
def test_json_in_pieces_is_that_of_the_whole(given: Report) -> None:
    whole = json.dumps(given.to_json(), ensure_ascii=False, indent=2).encode("utf-8", "replace") + b"\n"
    assert rendered(given, ".json") == whole
