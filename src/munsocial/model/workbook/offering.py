"""What Excel offers where a cell is filled in: lists of words that are read back, a look at days, a word of advice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from munsocial.model.checking.meanings import MEANINGS, NETWORK_NAMES
from munsocial.model.checking.mistakes import MOMENT_FIX
from munsocial.model.people import Duty
from munsocial.model.workbook.columns import Column

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation

__all__ = ["offered", "words_offered"]

_OPEN = {
    "duties": tuple(Duty),
    "login_by": ("phone", "email", "state_portal"),
    "network": tuple(NETWORK_NAMES),
}
"""Columns in which other words may stand, too: these are the usual ones."""
_FLAGS = ("да", "нет")
_FIRST_DAY = "7306"
"""1 January 1920 as Excel counts: a year alone, such as 2026, would be a day in 1905."""
_LAST_ROW = 1_048_576

_CHOOSE = "Выберите слово из списка."
_YES_OR_NO = "Здесь пишут «да» или «нет», строчными буквами."
_DAY = "Напишите день как 01.02.2026 или 2026-02-01."
_TAKEN_OUT = "С минусом: слово убирается."
_SEVERAL = "Несколько пишут через точку с запятой."


def words_offered(column: Column) -> tuple[str, ...]:
    """Return the words of the list that opens in the cells of a column; none: it has no list."""
    return _FLAGS if column.form == "flag" else column.words or _OPEN.get(column.path, ())


def offered(column: Column, letter: str) -> DataValidation | None:
    """Return what Excel does in the cells of a column, under its header.

    Only a word that no reading accepts is kept out. Elsewhere Excel asks, for the reader understands more than it.
    """
    from openpyxl.worksheet.datavalidation import DataValidation

    place = f"{letter}2:{letter}{_LAST_ROW}"
    words = words_offered(column)
    if words:
        made = DataValidation("list", formula1=f'"{",".join(words)}"', allow_blank=True, sqref=place)
        made.prompt = _explained(column, words) or None
        made.error = _YES_OR_NO if column.form == "flag" else _CHOOSE
        made.errorStyle = "stop" if column.words else "warning"
        made.showErrorMessage = bool(column.words) or column.form == "flag"
    elif column.form == "day":
        made = DataValidation("date", formula1=_FIRST_DAY, operator="greaterThanOrEqual", allow_blank=True)
        made.sqref, made.error, made.errorStyle, made.showErrorMessage = place, _DAY, "warning", True
    elif column.form == "moment":
        made = DataValidation(prompt=MOMENT_FIX.ru, allow_blank=True, sqref=place)
    else:
        return None
    made.showInputMessage = made.prompt is not None
    return made


def _explained(column: Column, words: tuple[str, ...]) -> str:
    meanings = MEANINGS | NETWORK_NAMES
    told = [f"{word}: {meanings[word]}" for word in words if word in meanings]
    if column.form == "list":
        told.append(_SEVERAL)
    if any(word.startswith("-") for word in words):
        told.append(_TAKEN_OUT)
    return "\n".join(told)
