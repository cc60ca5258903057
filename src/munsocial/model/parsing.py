"""From text to plain tables: TOML and JSON, with line and column of what is broken."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

from munsocial.errors import FileRefused
from munsocial.model.checking.secretlike import shown
from munsocial.wording import Text

__all__ = ["line_and_column", "parse_json", "parse_toml", "too_deep"]

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)|\(at end of document\)")
_CHAIN = re.compile(
    r"""(?<![^\s\[{,])(?:(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){100}""",
)
"""A name of a hundred names: of ``a.a.a = 1`` tomllib keeps each beginning, so a small file would fill the memory."""


def parse_toml(text: str, *, where: str) -> dict[str, Any]:
    """Return the tables of a TOML document.

    Raises:
        FileRefused: it is broken; line and column are named.
    """
    if _CHAIN.search(text):
        raise too_deep("TOML", where)
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise too_deep("TOML", where) from None
    except ValueError as failed:  # of tomllib; a date such as 2026-02-31 reaches us from datetime itself
        raise _broken("TOML", text, str(failed), where) from None


def parse_json(text: str, *, where: str) -> Any:
    """Return what a JSON document says.

    Raises:
        FileRefused: it is broken or cut; line and column are named.
    """
    try:
        return json.loads(text, object_pairs_hook=_once)
    except _Twice as failed:
        raise FileRefused(
            Text(f"в JSON поле «{failed}» повторено.", f"the field '{failed}' stands twice in the JSON."),
            where=where,
            remedy=Text("Оставьте одно из значений.", "Keep one of the values."),
        ) from None
    except json.JSONDecodeError as failed:
        what = (
            Text("файл JSON обрезан", "the JSON file is cut")
            if _cut(failed, text)
            else Text("ошибка в JSON", "broken JSON")
        )
        place = Text(f"строка {failed.lineno}, столбец {failed.colno}", f"line {failed.lineno}, column {failed.colno}")
        raise FileRefused(
            Text(f"{what.ru}: {place.ru}.", f"{what.en}: {place.en}: {failed.msg}."),
            where=where,
            remedy=Text("Возьмите целый файл или исправьте это место.", "Take the whole file or correct that place."),
        ) from None
    except RecursionError:
        raise too_deep("JSON", where) from None
    except ValueError as failed:  # an integer of thousands of digits
        raise FileRefused(Text("число в JSON слишком длинное.", f"broken JSON: {failed}."), where=where) from None


class _Twice(Exception):
    """A field stands twice in one object: one of its values would be lost unseen."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    known = dict(pairs)
    if len(known) != len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(shown(next(name for name in names if names.count(name) > 1)))
    return known


def line_and_column(content: bytes) -> tuple[int, int, bool]:
    """Return where broken JSON breaks, counted from 1, and whether it is simply cut there."""
    text = content.decode("utf-8", errors="replace")
    try:
        json.loads(text)
    except json.JSONDecodeError as failed:
        return failed.lineno, failed.colno, _cut(failed, text)
    except (RecursionError, ValueError):
        return 1, 1, False
    # Read leniently it is JSON: only a byte that is not UTF-8 can have stopped the strict reader.
    line = text.count("\n", 0, max(text.find("\ufffd"), 0)) + 1
    return line, 1, False


def _cut(failed: json.JSONDecodeError, text: str) -> bool:
    return failed.pos >= len(text.rstrip()) or "Unterminated" in failed.msg


def _broken(kind: str, text: str, message: str, where: str) -> FileRefused:
    found = _PLACE.search(message)
    reason = _PLACE.sub("", message).strip().rstrip(":")
    if found and found.group(1):
        line, column = int(found.group(1)), int(found.group(2))
    else:
        line, column = text.count("\n") + 1, len(text) - text.rfind("\n")
    hint = next((ru for start, ru in _HINTS if reason.startswith(start)), "проверьте кавычки и скобки")
    return FileRefused(
        Text(
            f"ошибка в {kind}: строка {line}, столбец {column}: {hint}.",
            f"broken {kind}: line {line}, column {column}: {reason}.",
        ),
        where=where,
        remedy=Text("Исправьте это место и повторите.", "Correct that place and try again."),
    )


_HINTS = (
    ("Cannot declare", "таблица объявлена второй раз"),
    ("Cannot overwrite a value", "поле повторено"),
    ("Duplicate inline table key", "поле повторено"),
    ("Cannot mutate immutable namespace", "таблица объявлена второй раз"),
    ("Expected '=' after a key", "после имени поля нужен знак ="),
    ("Expected newline", "после значения лишние знаки"),
    ("Expected ']", "в имени таблицы не закрыта скобка"),
    ("Invalid initial character", "имя поля пишется латиницей без кавычек"),
    ("Invalid value", "значение не читается: текст берут в кавычки"),
    ("Invalid statement", "строка не читается"),
    ("Unterminated string", "кавычка не закрыта"),
    ("Unclosed array", "скобка ] не закрыта"),
    ("Unclosed inline table", "скобка } не закрыта"),
    ("Unescaped", "обратную черту \\ в тексте удваивают"),
    ("Illegal character", "недопустимый знак (перенос строки внутри кавычек?)"),
    ("Found invalid character", "недопустимый знак"),
    ("Invalid date", "такой даты нет"),
)
"""What tomllib says (English, by its beginning) and what it means to a clerk."""


def too_deep(kind: str, where: str) -> FileRefused:
    """The refusal of a file whose tables stand inside each other by the hundred."""
    return FileRefused(
        Text(f"вложенность в {kind} слишком велика.", f"the {kind} is nested too deeply."),
        where=where,
        remedy=Text("Проверьте, тот ли это файл.", "Check that it is the right file."),
    )
