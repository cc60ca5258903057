"""What can still be checked of a register with mistakes: its records without the fields that are wrong.

All problems are to be told at once, also those between records, and also those of a record that has another mistake.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

__all__ = ["NOTHING_LOST", "Salvaged", "salvaged"]

_WHOLE = ""
"""Stands for a field when the record itself is none."""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """Tables without what is broken in them."""

    tables: dict[str, Any] = field(default_factory=dict)
    known: Mapping[str, Set[str]] = field(default_factory=dict)
    """Ids that stand in the file, also those of records left out: a reference to one of them does not dangle."""
    numbers: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """For a table from which records were left out: where each remaining one stands in the file, from 0."""
    lost: Mapping[str, Mapping[int, Mapping[str, Any]]] = field(default_factory=dict)
    """By the same places what can be read of the records left out: their references may dangle as well."""

    def without(self, errors: Sequence[Mapping[str, Any]]) -> Salvaged:
        """Leave out the records that these errors name."""
        rows = {name: set(broken) for name, broken in _broken(errors).items()}
        tables, numbers, gone = dict(self.tables), dict(self.numbers), dict(self.lost)
        for name, lost in rows.items():
            if not isinstance(tables.get(name), list) or -1 in lost:
                tables.pop(name, None)
                continue
            kept = [index for index in range(len(tables[name])) if index not in lost]
            before = numbers.get(name, range(len(tables[name])))
            broken = {before[index]: tables[name][index] for index in lost if isinstance(tables[name][index], dict)}
            gone[name] = {**gone.get(name, {}), **broken}
            tables[name] = [tables[name][index] for index in kept]
            numbers[name] = [before[index] for index in kept]
        return Salvaged(tables, self.known, numbers, gone)


NOTHING_LOST = Salvaged()


def salvaged(tables: Mapping[str, Any], errors: Sequence[Mapping[str, Any]]) -> Salvaged:
    """Take the fields that errors of pydantic name out of the tables, and whole records where they are none."""
    broken = _broken(errors)
    whole = [error for error in errors if _fields(error)[2] == _WHOLE]
    left = dict(tables)
    for name, rows in broken.items():
        if isinstance(left.get(name), list):
            left[name] = [
                {key: value for key, value in row.items() if key not in rows.get(index, ())}
                if isinstance(row, dict)
                else row
                for index, row in enumerate(left[name])
            ]
    known = {name: _ids(tables.get(name)) for name in broken}
    return Salvaged(left, known).without(whole)


def _broken(errors: Sequence[Mapping[str, Any]]) -> dict[str, dict[int, set[str]]]:
    """Table to row to names of fields; row -1 is the table itself."""
    broken: dict[str, dict[int, set[str]]] = {}
    for error in errors:
        table, row, name = _fields(error)
        broken.setdefault(table, {}).setdefault(row, set()).add(name)
    return broken


def _fields(error: Mapping[str, Any]) -> tuple[str, int, str]:
    table, *rest = error["loc"]
    if not rest or not isinstance(rest[0], int):
        return str(table), -1, _WHOLE
    return str(table), rest[0], str(rest[1]) if len(rest) > 1 else _WHOLE


def _ids(rows: Any) -> set[str]:
    rows = rows if isinstance(rows, list) else [rows]
    return {row["id"] for row in rows if isinstance(row, dict) and isinstance(row.get("id"), str)}
