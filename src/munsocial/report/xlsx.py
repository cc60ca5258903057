"""The report as an Excel workbook: a sheet of figures, of what to mend, of every finding, and of what was not seen.

Texts of citizens are written as texts: nothing that begins like a formula becomes one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from munsocial.model.workbook.paper import on_paper, put_row
from munsocial.model.workbook.writing import lettered, sheets_closed
from munsocial.policy.citing import pointed
from munsocial.policy.finding import Finding
from munsocial.policy.report import Report
from munsocial.policy.words import word_of
from munsocial.report.packing import packed
from munsocial.report.view import arrange, subject_of
from munsocial.report.words import LEVELS, OUTCOMES, local, standing

__all__ = ["render"]

_HEAD = ("Состояние", "Уровень", "Акт", "Пункт", "Кто", "Сеть", "Что", "Что сделать", "Ссылка", "Исключение", "Вид")
_WIDTHS = (16, 17, 12, 10, 26, 16, 50, 38, 30, 20, 22)
_FIGURES = (34, 60)
_CELL_MOST = 32_000
"""A cell of Excel holds 32 767 characters."""
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MOST_ROWS = 1_000_000
_STYLE = "munsocial"
_SOURCES = {"sandbox": "песочница, данные вымышлены", "networks": "сети"}


def render(report: Report) -> bytes:
    """Return the workbook's bytes."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, NamedStyle

    view = arrange(report)
    with sheets_closed(Workbook(write_only=True)) as book:
        book.properties.title, book.properties.creator = _ILLEGAL.sub("?", report.name)[:255], "munsocial"
        book.add_named_style(
            NamedStyle(name=_STYLE, font=lettered(), alignment=Alignment(wrap_text=True, vertical="top"))
        )
        _figures(book.create_sheet("Сводка"), report)
        _findings(book.create_sheet("Что исправить"), report, (one for _, found in view.todo for one in found))
        _findings(book.create_sheet("Все выводы"), report, report.findings)
        _findings(book.create_sheet("Не удалось узнать"), report, view.unseen)
        return packed(book, report.at)


def _figures(sheet: Any, report: Report) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = _FIGURES
    on_paper(sheet)
    rows: tuple[tuple[str, str | int], ...] = (
        ("Район", report.name),
        ("Проверено на", local(report.at, report.timezone)),
        ("Сети прочитаны", local(report.taken_at, report.timezone)),
        ("Источник", _SOURCES.get(report.source, report.source)),
        ("Акты", "; ".join(act.title for act in report.acts)),
        ("Нарушений", len(report.violations)),
        ("Замечаний", len(report.remarks)),
        ("Под исключением", len(report.waived)),
        *((f"Выводов: {word.ru}", report.counts[outcome.value]) for outcome, word in OUTCOMES.items()),
    )
    for number, (name, value) in enumerate(rows, 1):
        told = value if isinstance(value, int) else _text(sheet, value)
        put_row(sheet, number, [_text(sheet, name), told], _FIGURES)


def _findings(sheet: Any, report: Report, findings: Iterable[Finding]) -> None:
    from openpyxl.utils import get_column_letter

    for number, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    on_paper(sheet)
    sheet.print_title_rows = "1:1"
    sheet.append(_head(sheet))
    count, cells = 1, [_text(sheet, "") for _ in _HEAD]
    for one in findings:
        count += 1
        if count > _MOST_ROWS:
            break
        filled = [_refilled(cell, value) for cell, value in zip(cells, _row(report, one), strict=True)]
        put_row(sheet, count, filled, _WIDTHS)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(_HEAD))}{max(count, 2)}"


def _head(sheet: Any) -> list[Any]:
    cells = [_text(sheet, title) for title in _HEAD]
    for cell in cells:
        cell.font = lettered(bold=True)
    return cells


def _row(report: Report, one: Finding) -> Sequence[str]:
    return (
        standing(one)[1].ru,
        LEVELS[one.level].ru,
        one.act,
        one.clause or pointed(one.clause).ru,
        subject_of(report, one.subject).name,
        word_of(one.network).ru,
        one.say("ru"),
        one.advise("ru"),
        next((proof.link for proof in one.evidence if proof.link), ""),
        one.waiver.reason if one.waiver else "",
        one.kind,
    )


def _text(sheet: Any, value: str) -> Any:
    """Make a cell that Excel takes for text whatever stands in it."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet)
    # One style of the book, by name: an alignment of its own for each cell took nine tenths of the time.
    cell.style = _STYLE
    # The mark of a cell typed as text: editing it does not turn it into a formula either.
    cell.quotePrefix = True
    return _refilled(cell, value) or cell


def _refilled(cell: Any, value: str) -> Any:
    """Put a text into a cell; a row is written at once, so that its cells with their style serve for the next one."""
    if not value:
        return None
    cell.value = _ILLEGAL.sub("?", value)[:_CELL_MOST]
    cell.data_type = "s"
    return cell
