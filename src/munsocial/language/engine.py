"""The engine of patterns: RE2, linear by design, over texts of one byte a letter."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import re2

__all__ = ["compiled_pattern", "engine_options", "which_of"]


@cache
def engine_options() -> Any:
    """Read bytes as they are; the memory bound is for the states which are made while reading."""
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.max_mem = 64 << 20
    options.log_errors = False
    return options


def compiled_pattern(pattern: bytes) -> Any:
    """Return the pattern made ready to be searched for."""
    return re2.compile(pattern, engine_options())


def which_of(patterns: Iterable[bytes]) -> Callable[[bytes], list[int] | None]:
    """Return what tells the numbers of the patterns that are in a text; it is the quickest way to ask for one, too."""
    made = re2.Set.SearchSet(engine_options())
    for pattern in patterns:
        made.Add(pattern)
    made.Compile()
    found: Callable[[bytes], list[int] | None] = made.Match
    return found
