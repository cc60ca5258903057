"""The words of VKScript: a text taken apart into values, names and signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

__all__ = ["ScriptError", "tokens"]

_TOKEN = re.compile(
    r"""\s*(?://[^\n]*\n\s*|/\*.*?\*/\s*)*(?:
    (?P<number>\d+(?:\.\d+)?)|(?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(?P<name>[A-Za-z_]\w*)
    |(?P<sign>@\.|[=!<>]=|&&|\|\||[-+*/%]=|[-+*/%=<>!?(){}\[\],;:.]))""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPED = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


class ScriptError(ValueError):
    """The script does not compile."""


def tokens(code: str) -> Iterator[tuple[str, Any]]:
    """Yield pairs of a kind (value, name, sign, end) and what was read.

    Raises:
        ScriptError: something is none of these.
    """
    place, code = 0, code.strip()
    while place < len(code):
        found = _TOKEN.match(code, place)
        if found is None or found.lastgroup is None:
            raise ScriptError(f"unexpected text at {place}")
        kind, text, place = found.lastgroup, found[found.lastgroup], found.end()
        if kind == "number":
            yield "value", float(text) if "." in text else int(text)
        elif kind == "text":
            yield "value", _ESCAPED.sub(lambda one: _unescaped(one[1]), text[1:-1])
        else:
            yield kind, text
    yield "end", ""


def _unescaped(mark: str) -> str:
    return chr(int(mark[1:], 16)) if len(mark) == 5 else _ESCAPES.get(mark, mark)
