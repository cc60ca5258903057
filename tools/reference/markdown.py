"""Small pieces of Markdown, and what docstrings and source say about a thing."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

__all__ = ["GENERATED", "anchor", "cell", "field_notes", "paragraph", "table"]

GENERATED = "<!-- Made by `python -m tools.reference`: edit the source, not this page. -->\n"


def anchor(name: str) -> str:
    """Return a heading's fixed anchor for a dotted name, in the spelling of `attr_list`."""
    return "{ #" + re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") + " }"


def cell(text: object) -> str:
    """Return a text fit for a cell of a table."""
    return re.sub(r"\s+", " ", str(text)).replace("|", "\\|").strip()


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table, or nothing when it has no rows."""
    lines = ["| " + " | ".join(cell(one) for one in row) + " |" for row in rows]
    if not lines:
        return ""
    return "\n".join(["| " + " | ".join(head) + " |", "|" + "---|" * len(head), *lines]) + "\n"


def paragraph(text: str | None) -> str:
    """Return a docstring as Markdown: literals in single backticks, without its section on errors."""
    plain = inspect.cleandoc(text or "").split("\nRaises:")[0].strip()
    return plain.replace("``", "`")


def field_notes(model: type[Any]) -> dict[str, str]:
    """Return what stands under each field of a class and its bases, by field: the attribute docstrings."""
    notes: dict[str, str] = {}
    for base in reversed(model.__mro__):
        if base.__module__.startswith("munsocial"):
            notes |= _own_notes(base)
    return notes


def _own_notes(model: type[Any]) -> dict[str, str]:
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(model))).body
    assert isinstance(definition, ast.ClassDef)
    notes = {}
    for field, following in zip(definition.body, [*definition.body[1:], None], strict=True):
        if not (isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)):
            continue
        if isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant):
            notes[field.target.id] = paragraph(str(following.value.value))
    return notes
