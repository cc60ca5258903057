"""The report in a terminal: figures, what to do, and where each clause stands. Plain text when piped."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING, Any

from munsocial.policy.citing import pointed
from munsocial.policy.report import Report
from munsocial.policy.verdict import Outcome
from munsocial.report.view import Arranged, arrange
from munsocial.report.words import SIGNS, local, standing
from munsocial.wording import Lang, Text

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["show"]

_COLOURS = {
    "violation": "bold red",
    "remark": "yellow",
    "waived": "magenta",
    "met": "green",
    "unknown": "cyan",
    "not_applicable": "dim",
    "suspended": "blue",
}

_HEAD = Text("{name}: проверка на {at}", "{name}: judged for {at}")
_SANDBOX = Text(
    "Песочница: люди, места и публикации вымышлены.", "A sandbox: people, places and publications are invented."
)
_FIGURES = Text(
    "Нарушений {violations}, замечаний {remarks}, под исключением {waived}, не удалось узнать {unknown}.",
    "Violations {violations}, remarks {remarks}, waived {waived}, could not be known {unknown}.",
)
_COLUMNS = Text("Пункт|О чём|✓ да|✗ нет|? неизв.|‖ приост.|– не прим.",
                "Clause|About|✓ met|✗ not|? unknown|‖ susp.|– n/a")  # fmt: skip
_TODO = Text("Что исправить", "What to mend")
_MORE = Text("…и ещё {count}: все — в отчёте (-o report.html)", "…and {count} more: see the report (-o report.html)")
_SHOWN = 12
_ABOUT = 48
"""Signs of a clause shown: enough to recognise it, and the figures still fit a narrow screen."""
_ORDER = (Outcome.MET, Outcome.NOT_MET, Outcome.UNKNOWN, Outcome.SUSPENDED, Outcome.NOT_APPLICABLE)


def show(report: Report, lang: Lang = "ru", console: Console | None = None) -> None:
    """Print a summary; texts of citizens are never taken for markup."""
    from rich.console import Console as RichConsole

    console = console or RichConsole(highlight=False)
    if not console.is_terminal:
        console = RichConsole(file=console.file, width=120, no_color=True, highlight=False)
    arranged = arrange(report)
    _head(console, report, lang)
    _clauses(console, arranged, lang)
    _todo(console, arranged, lang)


def _say(console: Console, line: str, style: str = "") -> None:
    console.print(line, style=style or None, markup=False)


def _head(console: Console, report: Report, lang: Lang) -> None:
    _say(console, _HEAD.fill(name=report.name, at=local(report.at, report.timezone, lang)).say(lang), "bold")
    if report.source == "sandbox":
        _say(console, _SANDBOX.say(lang), "dim")
    figures = _FIGURES.fill(
        violations=len(report.violations),
        remarks=len(report.remarks),
        waived=len(report.waived),
        unknown=report.counts[Outcome.UNKNOWN.value],
    )
    _say(console, figures.say(lang))


def _clauses(console: Console, arranged: Arranged, lang: Lang) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text as Cell

    columns = _COLUMNS.say(lang).split("|")
    for act in arranged.report.acts:
        table = Table(title=Cell(act.title), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
        table.add_column(columns[0])
        table.add_column(columns[1])
        for outcome, column in zip(_ORDER, columns[2:], strict=True):
            table.add_column(column, justify="right", style=_COLOURS.get(outcome.value, ""))
        for clause in arranged.clauses:
            if clause.act.id == act.id and clause.findings:
                counts = clause.counts
                about = Cell(shorten(clause.text.say(lang), _ABOUT, placeholder="…"))
                table.add_row(clause.number, about, *(str(counts.get(outcome, "")) for outcome in _ORDER))
        if table.row_count:
            console.print(table)


def _todo(console: Console, arranged: Arranged, lang: Lang) -> None:
    found = [(subject, one) for subject, findings in arranged.todo for one in findings]
    if not found:
        return
    _say(console, _TODO.say(lang), "bold")
    for subject, one in sorted(found, key=lambda pair: not pair[1].violation)[:_SHOWN]:
        _finding(console, subject.name, one, lang)
    if len(found) > _SHOWN:
        _say(console, _MORE.fill(count=len(found) - _SHOWN).say(lang), "dim")


def _finding(console: Console, subject: str, one: Any, lang: Lang) -> None:
    word, shown = standing(one)
    clause = pointed(one.clause).say(lang)
    _say(console, f"{SIGNS[one.outcome]} {shown.say(lang)} · {clause} · {subject}", _COLOURS[word])
    _say(console, f"  {one.say(lang)}")
    if advice := one.advise(lang):
        _say(console, f"  → {advice}", "dim")
