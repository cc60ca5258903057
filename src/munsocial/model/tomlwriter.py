"""Writing a register as TOML that people go on editing: one table per record, short values on one line.

The libraries for writing TOML put every list item on a line of its own, or move short tables to the top; a clerk
would not find the record again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

__all__ = ["toml_text"]

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def toml_text(tables: Mapping[str, Any]) -> str:
    """Return plain tables (texts, numbers, days, lists, mappings; no None) as a TOML document."""
    return "\n".join(_tables(tables))


def _tables(tables: Mapping[str, Any]) -> Iterator[str]:
    for name, value in tables.items():
        if isinstance(value, list):
            for record in value:
                yield f"[[{_key(name)}]]"
                yield from _fields(record)
        elif all(isinstance(one, Mapping) for one in value.values()) and value:
            for inner, fields in value.items():
                yield f"[{_key(name)}.{_key(inner)}]"
                yield from _fields(fields)
        else:
            yield f"[{_key(name)}]"
            yield from _fields(value)


def _fields(record: Mapping[str, Any]) -> Iterator[str]:
    for name, value in record.items():
        yield f"{_key(name)} = {_value(value)}"
    yield ""


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _text(text: str) -> str:
    # JSON escapes are a part of those of TOML; only the delete sign is legal in one and not in the other.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def _value(value: Any) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(name)} = {_value(one)}" for name, one in value.items()) + "}"
    return repr(value)
