"""One cell of a workbook: from a value of a record and back. Nothing is evaluated, nothing written as a formula."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

from munsocial.model.workbook.columns import Form
from munsocial.wording import Text

__all__ = ["CellRefused", "read_cell", "written"]

_APOSTROPHES = re.compile(r"'{2,}")
"""An empty text that must stay empty is written as two apostrophes; texts of apostrophes get two more."""
_RUSSIAN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_YES, _NO = frozenset({"да", "true", "истина", "yes", "1"}), frozenset({"нет", "false", "ложь", "no", "0"})
_QUOTES = frozenset(('""', "''", "«»", "“”", "„“"))
_EXACT = 10**15
"""Excel keeps fifteen digits of a number; longer ids must be texts."""

_AS_TEXT = Text("Задайте столбцу формат «Текстовый» и введите заново.", "Format the column as text and type it again.")


class CellRefused(ValueError):
    """A cell that says nothing certain: what is wrong and what to do."""

    def __init__(self, what: Text, remedy: Text) -> None:
        super().__init__(what.en)
        self.what, self.remedy = what, remedy


def written(value: Any, form: Form) -> str | dt.date:
    """Return what stands in a cell for a value."""
    if form == "flag":
        return "да" if value else "нет"
    if form == "day" and isinstance(value, dt.date):
        return value
    if form == "moment":
        return str(value.isoformat())
    if form == "list":
        return _list_text([str(one) for one in value])
    if form in ("mapping", "flags"):
        return _pairs_text(value, form)
    text = str(value)
    return f"''{text}" if not text or _APOSTROPHES.fullmatch(text) else text


def read_cell(value: Any, form: Form) -> Any:
    """Return the plain value of a cell that is not empty; the model judges it further.

    Raises:
        CellRefused: the cell cannot be understood.
    """
    if form == "flag":
        return _flag(value)
    if form in ("day", "moment"):
        return _day(value) if form == "day" else value
    if isinstance(value, (dt.date, dt.time)):
        raise CellRefused(Text("Excel превратил текст в дату.", "Excel has turned the text into a date."), _AS_TEXT)
    if isinstance(value, bool):
        value = "да" if value else "нет"
    text = _number(value) if isinstance(value, (int, float)) else str(value)
    if form == "list":
        return _list(text)
    if form == "flags":
        return {name: _flag(one) for name, one in _mapping(text).items()}
    if form == "mapping":
        return _mapping(text)
    return text[2:] if _APOSTROPHES.fullmatch(text) else text


def _number(value: float) -> str:
    if abs(value) >= _EXACT:
        raise CellRefused(Text("Excel потерял последние цифры.", "Excel has lost the last digits."), _AS_TEXT)
    return str(int(value)) if value == int(value) else repr(value)


def _flag(value: Any) -> Any:
    word = str(value).strip().casefold()
    return True if word in _YES else False if word in _NO else value


def _day(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.date() if value.time() == dt.time() else value
    found = _RUSSIAN_DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else value


def _list_text(items: list[str]) -> str:
    plain = items and not items[0].startswith("[") and all(item and not re.search(r"[;\n]", item) for item in items)
    return "; ".join(items) if plain else json.dumps(items, ensure_ascii=False)


def _list(text: str) -> list[Any]:
    if text.startswith("["):
        return list(_parsed(text, list))
    return [item.strip() for item in re.split(r"[;\n]", text) if item.strip()]


def _pairs_text(pairs: dict[str, Any], form: Form) -> str:
    """Pairs as a person types them, where they read back the same."""
    plain = "; ".join(f"{name}: {written(one, 'flag') if form == 'flags' else one}" for name, one in pairs.items())
    try:
        same = plain.isprintable() and read_cell(plain, form) == pairs
    except CellRefused:
        same = False
    return plain if plain and same else json.dumps(pairs, ensure_ascii=False)


def _mapping(text: str) -> dict[str, Any]:
    """``{"vk": "1"}`` as it is written, or ``vk: 1; ok: 2`` as a person types it, with quotes or without."""
    if text.startswith("{"):
        return dict(_parsed(text, dict))
    pairs = [item.partition(":") for item in re.split(r"[;\n]", text) if item.strip()]
    if not all(mark for _, mark, _ in pairs):
        raise CellRefused(
            Text("нужны пары «имя: значение».", "pairs of name: value are needed."),
            Text("Напишите, например: vk: 123; ok: 456.", "Write for example: vk: 123; ok: 456."),
        )
    return {_unquoted(name): _unquoted(value) for name, _, value in pairs}


def _unquoted(text: str) -> str:
    text = text.strip()
    return text[1:-1] if len(text) > 1 and text[0] + text[-1] in _QUOTES else text


def _parsed(text: str, kind: type) -> Any:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, kind):
        raise CellRefused(
            Text("скобки в ячейке не закрыты.", "the brackets in the cell are broken."),
            Text("Перечислите через точку с запятой.", "List the items with semicolons."),
        )
    return value
