"""Reading of the packs that clients send to ``execute``: ``return [API.users.get({...}), ...];`` and no more.

VKScript itself is a language; a sandbox needs the part that packing clients write.
"""

from __future__ import annotations

import json
import re
from typing import Any

__all__ = ["ScriptError", "calls_of"]

_START = re.compile(r"\s*return\s*\[")
_CALL = re.compile(r"\s*API\.([A-Za-z]+\.[A-Za-z]+)\(\s*")
_DECODER = json.JSONDecoder()


class ScriptError(ValueError):
    """The script is not a list of calls."""


def calls_of(code: str) -> list[tuple[str, dict[str, Any]]]:
    """Return methods with their parameters, in order.

    Raises:
        ScriptError: it is something else; VK would say that it does not compile.
    """
    start = _START.match(code)
    if start is None:
        raise ScriptError("no list of calls is returned")
    calls: list[tuple[str, dict[str, Any]]] = []
    place = start.end()
    while (found := _CALL.match(code, place)) is not None:
        params, place = _params(code, found.end())
        calls.append((found[1], params))
        while place < len(code) and code[place] in ", \t\r\n":
            place += 1
    if code[place:].strip().rstrip("; \n") != "]":
        raise ScriptError(f"unexpected text at {place}")
    return calls


def _params(code: str, place: int) -> tuple[dict[str, Any], int]:
    params: Any = {}
    if not code.startswith(")", place):
        try:
            params, place = _DECODER.raw_decode(code, place)
        except ValueError:
            raise ScriptError(f"parameters at {place} are no JSON") from None
    if not isinstance(params, dict) or not code.startswith(")", place):
        raise ScriptError(f"a call at {place} does not end")
    return params, place + 1
