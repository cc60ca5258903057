"""The report in a terminal: figures, what to do, and where each clause stands. Plain text when piped."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from textwrap import shorten
from typing import TYPE_CHECKING

from munsocial.policy.citing import pointed
from munsocial.policy.finding import Finding
from munsocial.policy.report import Report, SubjectSummary
from munsocial.policy.speech import counted
from munsocial.policy.verdict import Outcome
from munsocial.policy.words import word_of
from munsocial.report.view import Arranged, act_names, arrange
from munsocial.report.words import SIGNS, local, standing
from munsocial.wording import Lang, Text, printable

if TYPE_CHECKING:
    from pathlib import Path

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
_TAKEN = Text("Сети прочитаны {taken}.", "The networks were read {taken}.")
_OLD = Text(
    "Сети прочитаны {taken}: за {age} до момента проверки.",
    "The networks were read {taken}: {age} before the moment of judgement.",
)
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
_MORE = Text("…и ещё {count}: все — в отчёте ({report})", "…and {count} more: see the report ({report})")
_HOW = "-o report.html"
"""Stands for the report where none was saved: how to have one."""
_SHOWN = 12
_ABOUT, _LEAST_ABOUT = 48, 12
"""Signs of a clause shown: enough to recognise it; where even the fewer do not fit, only its number is shown."""
_LONGEST_NUMBER = 24
_WIDE = 100
"""On a narrower screen the figures stand under signs alone: the words are in the lines below."""
_ORDER = (Outcome.MET, Outcome.NOT_MET, Outcome.UNKNOWN, Outcome.SUSPENDED, Outcome.NOT_APPLICABLE)


def show(report: Report, lang: Lang = "ru", console: Console | None = None, *, saved: Sequence[Path] = ()) -> None:
    """Print a summary; for the rest it sends to the reports ``saved``. Texts of citizens are never taken for markup."""
    from rich.console import Console as RichConsole

    console = console or RichConsole(highlight=False)
    if not console.is_terminal:
        console = RichConsole(file=console.file, width=120, no_color=True, highlight=False)
    arranged = arrange(report)
    _head(console, report, lang)
    _clauses(console, arranged, lang)
    _todo(console, arranged, lang, ", ".join(map(str, saved)) or _HOW)


def _say(console: Console, line: str, style: str = "") -> None:
    console.print(printable(line), style=style or None, markup=False)


def _head(console: Console, report: Report, lang: Lang) -> None:
    _say(console, _HEAD.fill(name=report.name, at=local(report.at, report.timezone, lang)).say(lang), "bold")
    if report.taken_at != report.at:
        passed = (report.at - report.taken_at).days
        age = counted(passed, "день|дня|дней", "day|days")
        taken = local(report.taken_at, report.timezone, lang)
        _say(console, (_OLD if passed > 0 else _TAKEN).fill(taken=taken, age=age).say(lang))
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
    narrow = console.width < _WIDE
    for act in arranged.report.acts:
        clauses = [one for one in arranged.clauses if one.act.id == act.id and one.findings]
        if not clauses:
            continue
        heads = [column[0] if narrow else column for column in columns[2:]]
        left = min(max(len(one.number) for one in clauses), _LONGEST_NUMBER, console.width // 3)
        figure = max(len(str(count)) for one in clauses for count in one.counts.values())
        about = min(console.width - left - sum(max(len(head), figure) + 3 for head in heads) - 9, _ABOUT)
        table = Table(title=Cell(act.title), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
        table.add_column(columns[0], min_width=left)
        if about >= _LEAST_ABOUT:
            table.add_column(columns[1], no_wrap=True)
        for outcome, head in zip(_ORDER, heads, strict=True):
            table.add_column(head, justify="right", no_wrap=True, style=_COLOURS.get(outcome.value, ""))
        for clause in clauses:
            texts = [Cell(shorten(clause.about.say(lang), about, placeholder="…"))] if about >= _LEAST_ABOUT else []
            table.add_row(clause.number or "—", *texts, *(str(clause.counts.get(outcome, "")) for outcome in _ORDER))
        console.print(table)


def _todo(console: Console, arranged: Arranged, lang: Lang, whole: str) -> None:
    found = [(subject, one) for subject, findings in arranged.todo for one in findings]
    if not found:
        return
    _say(console, _TODO.say(lang), "bold")
    first = sorted(found, key=lambda pair: not pair[1].violation)[:_SHOWN]
    acts = act_names(arranged.report)
    for subject, shown in groupby(first, key=lambda pair: pair[0]):
        _say(console, _name(subject, lang), "bold")
        for _, one in shown:
            _finding(console, one, acts.get(one.act, ""), lang)
    if len(found) > _SHOWN:
        _say(console, _MORE.fill(count=len(found) - _SHOWN, report=whole).say(lang), "dim")


def _name(subject: SubjectSummary, lang: Lang) -> str:
    """Name the subject; a body may have accounts of one name in several networks."""
    return f"{subject.name} · {word_of(subject.network).say(lang)}" if subject.network else subject.name


def _finding(console: Console, one: Finding, act: str, lang: Lang) -> None:
    word, shown = standing(one)
    parts = (f"{SIGNS[one.outcome]} {shown.say(lang)}", pointed(one.clause).say(lang), act)
    _say(console, " · ".join(filter(None, parts)), _COLOURS[word])
    _indented(console, one.say(lang))
    if advice := one.advise(lang):
        _indented(console, f"→ {advice}", "dim")


def _indented(console: Console, line: str, style: str = "") -> None:
    from rich.padding import Padding
    from rich.text import Text as Line

    console.print(Padding(Line(printable(line), style=style), (0, 0, 0, 2), expand=False))
