"""Building a register: every table is checked, every mistake gathered, and only a whole one is given."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from math import isfinite
from typing import Any

from pydantic import BaseModel, ValidationError

from munsocial.errors import Problem, RegistryRefused
from munsocial.model.checking.crosscheck import cross_check, record_name
from munsocial.model.checking.mistakes import DATE_FIX, MOMENT_FIX, problem_of, unknown_name
from munsocial.model.checking.salvage import NOTHING_LOST, Salvaged, salvaged
from munsocial.model.checking.secretlike import (
    PUBLIC_WORDS,
    SECRET_NAMES,
    SHORTEST,
    may_hold_secret,
    secret_like,
    shown,
)
from munsocial.model.cycle_collector import collector_resting
from munsocial.model.registry import Registry
from munsocial.model.tables import MUNICIPALITY, TABLES, model_inside
from munsocial.wording import Text

__all__ = ["build_registry"]

LONGEST = 30_000
"""Characters in one value: a cell of a workbook takes no more than 32 767."""

_TOO_BIG = 10**640
"""No Python is set to write fewer digits of a number; a longer one, read from hexadecimal, may not be written again."""

_NETWORKS = "networks"
_STAND_IN = {"id": "unknown", "name": "unknown"}


def build_registry(
    tables: Mapping[str, Any],
    *,
    where: str,
    found: tuple[Problem, ...] = (),
    placed: Callable[[Problem], Problem] | None = None,
) -> Registry:
    """Return the register that these plain tables describe.

    ``found`` are problems that the reader of the file has already seen; they are told together with the rest, and alone
    at their places: what was refused there is not also missing. ``placed`` names places as the file's people do.

    Raises:
        RegistryRefused: something is wrong; its ``problems`` list everything at once.
    """
    noted: list[Problem] = []
    problems: list[Problem] = []
    with collector_resting():
        registry, saved = _shaped(_cleaned(tables, noted), problems)
        if registry is not None:
            problems.extend(cross_check(registry, saved.known, saved.numbers, saved.lost))
    if noted or problems or found or registry is None:
        seen = _ordered([*noted, *_elsewhere(problems, noted)])
        told = [placed(one) for one in seen] if placed else [*_numbered(seen, tables)]
        raise _refusal((*_elsewhere(told, found), *found), where)
    return registry


def _elsewhere(problems: Iterable[Problem], told: Iterable[Problem]) -> Iterator[Problem]:
    """Leave out what stands where something was told already: a value that was refused is not also missing."""
    places = {(one.table, one.record, one.field, one.row) for one in told}
    return (one for one in problems if (one.table, one.record, one.field, one.row) not in places)


def _numbered(problems: Iterable[Problem], tables: Mapping[str, Any]) -> Iterator[Problem]:
    """Tell two records of one name apart by their numbers."""
    names: dict[str, Counter[str]] = {}
    for one in problems:
        if one.row is None:
            yield one
            continue
        if one.table not in names:
            rows = tables.get(one.table)
            named = enumerate(rows) if isinstance(rows, list) else ()
            names[one.table] = Counter(record_name(row, index) for index, row in named if isinstance(row, dict))
        number = f" (№ {one.row + 1})" if names[one.table][one.record] > 1 else ""
        yield replace(one, record=f"{one.record}{number}", row=None)


def _ordered(problems: list[Problem]) -> tuple[Problem, ...]:
    """Each problem once, table by table as the file is read."""
    order = {name: place for place, name in enumerate(Registry.model_fields)}
    return tuple(sorted(dict.fromkeys(problems), key=lambda one: order.get(one.table, len(order))))


def _refusal(problems: tuple[Problem, ...], where: str) -> RegistryRefused:
    count = len(problems)
    return RegistryRefused(
        Text(f"реестр не принят, замечаний: {count}.", f"the registry is refused, problems: {count}."),
        problems,
        where=where,
        remedy=Text("Исправьте всё перечисленное и повторите.", "Correct everything listed and try again."),
    )


def _shaped(tables: dict[str, Any], problems: list[Problem]) -> tuple[Registry | None, Salvaged]:
    """Validate everything; on problems go on with what can be saved of it, so that the rest is checked too."""
    try:
        return Registry.model_validate(tables), NOTHING_LOST
    except ValidationError as failed:
        # Values stay out of what is raised later: they may be secrets.
        errors = failed.errors(include_url=False)
    problems.extend(_described(error, tables) for error in errors)
    saved = salvaged(tables, errors)
    saved.tables.setdefault(MUNICIPALITY, _STAND_IN)
    try:
        return Registry.model_validate(saved.tables), saved
    except ValidationError as failed:
        # Only a record that lost a field it cannot be without fails now.
        saved = saved.without(failed.errors(include_url=False))
    try:
        return Registry.model_validate(saved.tables), saved
    except ValidationError:
        return None, saved


def _described(error: Any, tables: Mapping[str, Any]) -> Problem:
    table, *rest = error["loc"]
    if table not in Registry.model_fields:
        known = Registry.model_fields
        what = Text("такой таблицы нет.", "there is no such table.")
        return Problem(shown(table), "", "", what, unknown_name(str(table), known))
    record, index = "", None
    if rest and isinstance(rest[0], int):
        index = rest[0]
        row = tables[table][index]
        record = record_name(row, index) if isinstance(row, dict) else f"№ {index + 1}"
        rest = rest[1:]
    said = problem_of({**error, "loc": tuple(rest)}, str(table), record, _names_at(str(table), rest))
    return replace(said, row=index)


def _names_at(table: str, loc: list[int | str]) -> set[str]:
    """Return the fields known where an unknown one stands."""
    model: Any = TABLES[table].record if table in TABLES else None
    for part in loc[:-1]:
        if isinstance(part, int) or model is None:
            continue
        field = model.model_fields.get(part)
        model = model_inside(field.annotation) if field is not None else None
    return set(model.model_fields) if model is not None else set()


def _cleaned(tables: Mapping[str, Any], problems: list[Problem]) -> dict[str, Any]:
    """Copy the tables with uniform line ends and without empty values; note secrets and damaged texts."""
    cleaned: dict[str, Any] = {}
    for name, rows in tables.items():
        table = str(name)
        if isinstance(rows, list) and table != _NETWORKS:
            cleaned[table] = [
                _Cleaner(table, row, index, problems).clean(row) if isinstance(row, dict) and not _clean(row) else row
                for index, row in enumerate(rows)
            ]
        elif isinstance(rows, dict) and table == _NETWORKS:
            cleaned[table] = {
                str(network): _Cleaner(table, {"id": network}, 0, problems).clean(settings, setting=True)
                for network, settings in rows.items()
                if _Cleaner(table, None, None, problems).name(str(network))
            }
        else:
            cleaned[table] = _Cleaner(table, rows, None, problems).clean(rows)
    return {name: rows for name, rows in cleaned.items() if rows is not None}


def _clean(row: dict[str, Any]) -> bool:
    """Tell at once, for the bulk of all records, that nothing of one is to be changed or told."""
    if not row.keys() <= _FIELDS:
        return False
    texts: list[str] = []
    for name, value in row.items():
        kind = type(value)
        if kind is str:
            if name in _DAYS and value[4:5] != "-":
                return False
            texts.append(value)
        elif kind is list and all(type(one) is str for one in value):
            texts += value
        elif not (kind is bool or kind is date or (kind is dict and _clean(value))):
            return False
    together = " ".join(texts)
    return len(together) <= LONGEST and together.isprintable() and not may_hold_secret(together)


class _Cleaner:
    """Walks the values of one record; most are plain texts, so that this must stay cheap."""

    def __init__(self, table: str, row: Any, index: int | None, problems: list[Problem]) -> None:
        self._table, self._row, self._index, self._problems = table, row, index, problems

    def clean(self, value: Any, field: str = "", *, setting: bool = False) -> Any:
        """Return the value as it is kept; ``setting`` marks free settings of adapters."""
        if isinstance(value, str):
            if not setting and field in _DAYS and _NUMBER.fullmatch(value):
                return self._number_for_a_day(field)
            return self._text(value, field, setting)
        if isinstance(value, dict):
            return {
                str(key): one
                if type(one) is str and not setting and key not in _DAYS and _plain(one)
                else self.clean(one, str(key), setting=setting or key == "settings")
                for key, one in value.items()
                if one is not None and self.name(str(key), field)
            }
        if isinstance(value, (list, tuple)):
            return [self.clean(one, field, setting=setting) for one in value]
        if setting:
            return self._setting(value, field)
        if isinstance(value, (int, float)) and not isinstance(value, bool) and field in _DAYS:
            return self._number_for_a_day(field)
        return value

    def _number_for_a_day(self, field: str) -> None:
        """A number would be read as seconds since 1970, and nobody means those."""
        what = Text("дата записана числом.", "a date is written as a number.")
        self._note(field, what, MOMENT_FIX if field in _MOMENTS else DATE_FIX)

    def _text(self, value: str, field: str, setting: bool) -> str:
        text = value.replace("\r\n", "\n").replace("\r", "\n") if "\r" in value else value
        reference = text.startswith(("env:", "keyring:", "file:"))
        named = setting and field in SECRET_NAMES and not reference
        if named or secret_like(text, field, public=(self._table, field) in PUBLIC_WORDS):
            self._note(
                field,
                Text("похоже на сам секрет.", "this looks like a secret itself."),
                Text(
                    "Удалите его отсюда, смените и оставьте ссылку env:, keyring: или file:.",
                    "Remove it from here, rotate it, and leave a reference env:, keyring: or file:.",
                ),
            )
            return ""
        if not text.isprintable() and any(_unprintable(sign) for sign in text):
            self._note(
                field,
                Text("в тексте управляющие или повреждённые знаки.", "the text holds control or damaged characters."),
                Text("Удалите их.", "Remove them."),
            )
        elif len(text) > LONGEST:
            self._note(
                field,
                Text(f"длиннее {LONGEST} знаков.", f"longer than {LONGEST} characters."),
                Text("Сократите текст.", "Shorten the text."),
            )
        return text

    def name(self, name: str, field: str = "") -> bool:
        """Tell whether a name of a field, a setting or a network may stay; it is not repeated in what is noted."""
        if len(name) >= SHORTEST and name not in _FIELDS and secret_like(name):
            what = Text("имя поля похоже на секрет.", "the name of a field looks like a secret.")
            self._note(field, what, Text("Удалите его и смените секрет.", "Remove it and rotate the secret."))
            return False
        if not name.isprintable() and any(_unprintable(sign) for sign in name):
            what = Text("в имени управляющие или повреждённые знаки.", "a name holds control or damaged characters.")
            self._note(field, what, Text("Удалите их.", "Remove them."))
            return False
        return True

    def _setting(self, value: Any, field: str) -> Any:
        """Settings are free, but must come back the same from every format: days become texts."""
        if isinstance(value, (datetime, date, time)):
            return value.isoformat()
        if value is None or (isinstance(value, float) and not isfinite(value)):
            self._note(
                field,
                Text("такое значение не сохранить.", "such a value cannot be kept."),
                Text("Уберите его.", "Remove it."),
            )
            return 0
        if isinstance(value, int) and abs(value) >= _TOO_BIG:
            self._note(
                field,
                Text("число слишком длинное.", "the number is too long."),
                Text("Запишите его текстом.", "Write it as a text."),
            )
            return 0
        return value

    def _note(self, field: str, what: Text, remedy: Text) -> None:
        record = record_name(self._row, self._index) if self._index is not None else ""
        self._problems.append(Problem(shown(self._table), record, shown(field), what, remedy, self._index))


def _plain(text: str) -> bool:
    """Tell at once, for the bulk of all values, that there is nothing to look for: too short for a secret."""
    return len(text) < SHORTEST and text.isprintable()


def _unprintable(sign: str) -> bool:
    """Control signs, halves of signs that no file can hold, and two more that no workbook can; not line ends."""
    return (
        (sign < " " and sign not in "\n\t")
        or "\x7f" <= sign <= "\x9f"
        or "\ud800" <= sign <= "\udfff"
        or sign in "\ufffe\uffff"
    )


def _fields_of(model: type[BaseModel], sort: str) -> Iterator[str]:
    """Names of the fields, also of records inside, whose type is a day or a moment."""
    for name, field in model.model_fields.items():
        if sort in str(field.annotation):
            yield name
        inner = model_inside(field.annotation)
        if inner is not None:
            yield from _fields_of(inner, sort)


_MOMENTS = frozenset(name for table in TABLES.values() for name in _fields_of(table.record, "AwareDatetime"))
_DAYS = _MOMENTS.union(name for table in TABLES.values() for name in _fields_of(table.record, "datetime.date"))
_NUMBER = re.compile(r"\s*[+-]?\d[\d_]*(?:\.\d*)?\s*")
_FIELDS = frozenset(name for table in TABLES.values() for name in table.record.model_fields)
