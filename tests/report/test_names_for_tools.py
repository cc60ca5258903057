"""JUnit and SARIF: tools that merge by name must merge no two findings, and know a finding again."""

from __future__ import annotations

import json
from datetime import date
from xml.etree import ElementTree as Xml

from munsocial.policy.report import Report
from munsocial.policy.verdict import Outcome
from munsocial.report import rendered
from munsocial.wording import Text
from report_samples import finding, report

APART = (
    {"facts": {"since": date(2026, 11, 9)}},
    {"facts": {"since": date(2026, 11, 16)}},
    {"derived": "custody"},
    {"derived": "custody", "facts": {"key": Text("логин", "login")}},
    {"facts": {"duty": "running", "since": date(2026, 11, 9)}},
    {"facts": {"item": "obscenity"}},
    {"facts": {"object": "messages"}},
    {"facts": {"network_name": ("facebook", "instagram")}},
    {"facts": {"statement": "posting.style"}},
    {"facts": {"statement": "posting.style"}},  # nothing tells it from the one above
)


def _names(one: Report) -> tuple[list[tuple[str, str]], list[str]]:
    cases = Xml.fromstring(rendered(one, ".xml")).iter("testcase")
    results = json.loads(rendered(one, ".sarif"))["runs"][0]["results"]
    names = [(case.get("classname") or "", case.get("name") or "") for case in cases]
    return names, [result["partialFingerprints"]["subject/v1"] for result in results]


def test_tools_that_merge_by_name_merge_no_two_findings() -> None:
    """A violation behind a finding of the same name that is met would vanish."""
    cases, prints = _names(report(*(finding(Outcome.NOT_MET, **changes) for changes in APART)))
    assert [name for name in cases if cases.count(name) > 1] == []
    assert [name for name in prints if prints.count(name) > 1] == []
    assert cases[0] == ("kalininsky.5.posting.frequency", "posts-weekly [lipovka-vk] (2026-11-09)")
    assert (cases[3][1], cases[9][1]) == (
        "posts-weekly [lipovka-vk] (custody, логин)",
        "posts-weekly [lipovka-vk] (posting.style #2)",
    )


def test_a_finding_keeps_its_name_when_it_is_mended() -> None:
    """Only what is not met is in SARIF: what is met must still be counted among those of one name."""
    before = _names(report(finding(Outcome.NOT_MET, facts={"count": 3}), finding(Outcome.NOT_MET)))
    after = _names(report(finding(Outcome.MET, facts={"count": 5}), finding(Outcome.NOT_MET)))
    assert after == (before[0], before[1][1:])
