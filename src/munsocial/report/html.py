"""The report as one self-contained HTML file: Russian with an English twin, readable on a telephone and on paper."""

from __future__ import annotations

from typing import Any

from munsocial.policy.finding import Finding
from munsocial.policy.report import Report
from munsocial.policy.verdict import Evidence, Outcome
from munsocial.report.view import arrange
from munsocial.report.words import LEVELS, MEANS, OUTCOMES, SIGNS, local, standing
from munsocial.wording import Text

__all__ = ["render"]

_SHOWN_EVIDENCE = 12


def render(report: Report) -> bytes:
    """Return the page as UTF-8; it asks nothing of any server and runs no script."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("munsocial.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["both"] = _both
    page = environment.get_template("report.html.j2").render(
        report=report,
        view=arrange(report),
        Outcome=Outcome,
        outcomes=OUTCOMES,
        signs=SIGNS,
        levels=LEVELS,
        standing=standing,
        said=_said,
        advised=_advised,
        proofs=_proofs,
        hidden=_hidden,
        means=lambda one: MEANS[one.means],
        at=lambda moment: Text(local(moment, report.timezone, "ru"), local(moment, report.timezone, "en")),
        parted=_parted,
    )
    return page.encode("utf-8", "replace")


def _both(text: Text) -> Any:
    """Write both twins, each under its language; a page shows one of them."""
    from markupsafe import Markup, escape

    if text.ru == text.en:
        return escape(text.ru)
    return Markup('<span lang="ru">{}</span><span lang="en">{}</span>').format(text.ru, text.en)


def _said(finding: Finding) -> Text:
    return Text(finding.say("ru"), finding.say("en"))


def _advised(finding: Finding) -> Text | None:
    return Text(finding.advise("ru"), finding.advise("en")) if finding.remedy else None


def _proofs(finding: Finding) -> tuple[Evidence, ...]:
    return finding.evidence[:_SHOWN_EVIDENCE]


def _hidden(finding: Finding) -> int:
    return max(0, len(finding.evidence) - _SHOWN_EVIDENCE)


def _parted(one: Evidence) -> tuple[str, str, str]:
    """Return a quotation in three parts: before the found place, the place, and after it."""
    if one.start is None or one.end is None:
        return one.quote, "", ""
    return one.quote[: one.start], one.quote[one.start : one.end], one.quote[one.end :]
