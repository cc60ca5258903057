"""The report as one self-contained HTML file: Russian with an English twin, readable on a telephone and on paper.

What a page of a browser can hold is limited: of a big district the accounts with the most violations are shown in
full, the others in a line each, and every finding is in the JSON and the workbook.
"""

from __future__ import annotations

import re
from typing import Any

from munsocial.policy.catalogue import KINDS
from munsocial.policy.citing import pointed
from munsocial.policy.finding import Finding
from munsocial.policy.report import ActSummary, Report
from munsocial.policy.speech import plural, spoken
from munsocial.policy.verdict import Evidence, Outcome
from munsocial.policy.words import word_of
from munsocial.report.view import Arranged, Row, act_names, arrange, subject_of
from munsocial.report.words import LEVELS, MEANS, OUTCOMES, SIGNS, first_link, local, standing, status
from munsocial.wording import Text, decimal, printable_bytes

__all__ = ["render"]

_SHOWN_PROOFS = 12
_SHOWN_SUBJECTS = 300
"""Subjects whose violations and remarks are told in full; a page with 300 of them has about 5 MB."""
_SHOWN_ROWS = 400
"""Rows of an overview, and lines under a clause."""
_SHOWN_NAMES = 60
"""Names under one sentence."""
_BARE = {"remark": "(✗)", "waived": "[✗]"}
"""Signs of the overview, where no word stands beside them: colour alone tells nothing to many, on paper to nobody."""
_NOT_A_NAME = re.compile(r"[^\w.-]+")


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
    environment.filters["ident"] = id
    environment.filters["decimal"] = decimal
    limits = {"SUBJECTS": _SHOWN_SUBJECTS, "ROWS": _SHOWN_ROWS, "NAMES": _SHOWN_NAMES, "PROOFS": _SHOWN_PROOFS}
    page = environment.get_template("report.html.j2").render(report=report, **_names(report), **limits)
    # A citizen's text may hold signs that turn the order of letters round; in a page they would turn ours too.
    return printable_bytes(page)


def _names(report: Report) -> dict[str, Any]:
    """Return what the template asks for."""
    view = arrange(report)
    return {
        "view": view,
        "cards": _cards(view),
        "Outcome": Outcome,
        "outcomes": OUTCOMES,
        "signs": SIGNS,
        "bare": _BARE,
        "today": local(report.at, report.timezone).partition(" ")[0],
        "levels": LEVELS,
        "standing": standing,
        "status": _status,
        "network": word_of,
        "pointed": pointed,
        "anchor": _anchor,
        "number": _number,
        "said": Text.of,
        "advised": _advised,
        "first_link": first_link,
        "who": lambda one: subject_of(report, one.subject),
        "act_of": act_names(report),
        "means": lambda one: MEANS[one.means],
        "at": lambda moment: Text(local(moment, report.timezone, "ru"), local(moment, report.timezone, "en")),
        "parted": _parted,
        "day": lambda day: spoken(Text("{day}", "{day}"), {"day": day}),
        "unseen": _unseen(view),
        "asked": _asked,
    }


def _both(text: Text) -> Any:
    """Write both twins, each under its language; a page shows one of them."""
    from markupsafe import Markup, escape

    if text.ru == text.en:
        return escape(text.ru)
    return Markup('<span lang="ru">{}</span><span lang="en">{}</span>').format(text.ru, text.en)


def _status(act: ActSummary) -> Text | None:
    """Return the status of an act, unless its title says so itself."""
    said = status(act.status)
    return None if not said.ru or said.ru in act.title else said


def _number(count: int, ru: str, en: str) -> Text:
    """Return the noun that goes with a number."""
    return Text(plural(count, ru), plural(count, en))


def _anchor(act: str, clause: str) -> str:
    """Return the place of a clause in the page: no spaces, whatever the clause is called."""
    return f"c-{_NOT_A_NAME.sub('-', act)}-{_NOT_A_NAME.sub('-', clause)}"


def _cards(view: Arranged) -> dict[int, int]:
    """Number the findings that have a card of their own; a finding is known by its identity."""
    shown = (one for _, found in view.todo[:_SHOWN_SUBJECTS] for one in found)
    return {id(one): number for number, one in enumerate(shown, 1)}


def _unseen(view: Arranged) -> list[tuple[str, Row]]:
    """Return what could not be known, clause by clause: (act, row)."""
    return [
        (clause.act.id, row) for clause in view.clauses for row in clause.rows if row.finding.outcome is Outcome.UNKNOWN
    ]


def _asked(finding: Finding) -> Text:
    """Say what the demand is about: «no network shows this» alone leaves a reader guessing what."""
    kind = KINDS.get(finding.kind)
    return kind.says if kind else Text(finding.kind, finding.kind)


def _advised(finding: Finding) -> Text | None:
    return Text(finding.advise("ru"), finding.advise("en")) if finding.remedy else None


def _parted(one: Evidence) -> tuple[str, str]:
    """Return a quotation as (plain, pointed out): with a place known, the quotation is what stands there."""
    return (one.quote, "") if one.start is None else ("", one.quote)
