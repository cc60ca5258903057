"""The report as JUnit XML, for build servers: a suite for each act, a case for each finding.

A violation is a failure; what is unknown, suspended, waived or only recommended is skipped with its sentence.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as Xml

from munsocial.policy.finding import Finding
from munsocial.policy.report import Report
from munsocial.policy.verdict import Outcome
from munsocial.report.naming import named

__all__ = ["render"]

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report) -> bytes:
    """Return the XML as UTF-8; signs that XML cannot hold become question marks."""
    findings = tuple(named(report.findings))
    root = Xml.Element("testsuites", name=_fit(report.name))
    for act in report.acts:
        found = [(one, name) for one, name in findings if one.act == act.id]
        suite = Xml.SubElement(
            root,
            "testsuite",
            name=_fit(act.title),
            tests=str(len(found)),
            failures=str(sum(one.violation for one, _ in found)),
            skipped=str(sum(_skipped(one) for one, _ in found)),
            errors="0",
            timestamp=report.at.isoformat(timespec="seconds"),
        )
        for one, name in found:
            _case(suite, one, name)
    Xml.indent(root)
    content: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def _case(suite: Xml.Element, one: Finding, name: str) -> None:
    # Build servers merge the cases of one name, and a violation would vanish behind what is met.
    told = f" ({name})" if name else ""
    case = Xml.SubElement(
        suite,
        "testcase",
        classname=_fit(f"{one.act}.{one.clause}.{one.kind}"),
        name=_fit(f"{one.requirement} [{one.subject}]{told}"),
    )
    if one.violation:
        failure = Xml.SubElement(case, "failure", message=_fit(one.say("ru")), type=one.kind)
        links = [proof.link or proof.item for proof in one.evidence]
        failure.text = _fit("\n".join([one.say("ru"), one.advise("ru"), *filter(None, links)]))
    elif _skipped(one):
        Xml.SubElement(case, "skipped", message=_fit(f"{one.outcome.value}: {one.say('ru')}"))


def _skipped(one: Finding) -> bool:
    return one.outcome is not Outcome.MET and not one.violation


def _fit(text: str) -> str:
    return _FORBIDDEN.sub("?", text)
