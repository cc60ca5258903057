"""Fields of records as rows of a table: what may stand there, what stands there otherwise, what it means."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from tools.reference.markdown import field_notes

__all__ = ["field_rows"]

_PLAIN = {"string": "text", "boolean": "true or false", "integer": "whole number", "number": "number", "null": "-"}
_FORMATS = {"date": "date", "date-time": "moment with a zone"}


def field_rows(model: type[BaseModel], *, skip: tuple[str, ...] = ()) -> Iterator[tuple[str, str, str, str]]:
    """Give name, what it takes, default and note of each field."""
    schema = model.model_json_schema(by_alias=True)
    notes = field_notes(model)
    required = set(schema.get("required", ()))
    for name, field in model.model_fields.items():
        key = field.alias or name
        if name in skip:
            continue
        shown = schema["properties"][key]
        default = "**required**" if key in required else _default(shown)
        note = " ".join(one for one in (notes.get(name, ""), shown.get("description", "")) if one)
        yield f"`{key}`", _takes(shown, schema.get("$defs", {})), default, note


def _default(shown: dict[str, Any]) -> str:
    value = shown.get("default")
    if value is None or value in ("", [], {}):
        return ""
    return f"`{json.dumps(value, ensure_ascii=False)}`"


def _takes(shown: dict[str, Any], defs: dict[str, Any]) -> str:
    if "$ref" in shown:
        return _takes(defs[shown["$ref"].rsplit("/", 1)[1]], defs)
    if "anyOf" in shown:
        return " or ".join(_takes(one, defs) for one in shown["anyOf"] if one.get("type") != "null")
    if "enum" in shown:
        return ", ".join(f"`{one}`" for one in shown["enum"])
    if "const" in shown:
        return f"`{shown['const']}`"
    kind = shown.get("type")
    if kind == "array":
        return f"list of {_takes(shown.get('items', {}), defs)}"
    if kind == "object":
        return _table(shown, defs)
    if shown.get("format") in _FORMATS:
        return _FORMATS[shown["format"]]
    return f"{_PLAIN.get(str(kind), 'any value')}{_bounds(shown)}"


def _table(shown: dict[str, Any], defs: dict[str, Any]) -> str:
    if "properties" in shown:
        return "{" + ", ".join(f"`{name}`" for name in shown["properties"]) + "}"
    inner = shown.get("additionalProperties")
    return f"table of {_takes(inner, defs)}" if isinstance(inner, dict) else "table"


def _bounds(shown: dict[str, Any]) -> str:
    low = shown.get("minimum")
    return f" from {low}" if low else ""
