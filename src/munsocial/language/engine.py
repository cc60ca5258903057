"""The engine of patterns: RE2, linear by design, over texts of one byte a letter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
from typing import Any

import re2

__all__ = ["Pattern", "compiled_pattern", "engine_options", "which_of"]


_MOST_PLACES = 20  # of one pattern in a text: without a bound a hostile text would cost a search for each


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


class Pattern:
    """A pattern, bounded by its neighbours; each way of asking is made ready when it is first asked for.

    To tell that it is in a text costs two thirds of telling where, and most that are tried are not there.
    """

    def __init__(self, written: bytes) -> None:
        self._written = written

    @cached_property
    def _which(self) -> Callable[[bytes], list[int] | None]:
        return which_of([self._written])

    @cached_property
    def _found(self) -> Any:
        return compiled_pattern(self._written)

    def is_there(self, seen: bytes) -> bool:
        """Tell whether the pattern is in a text."""
        return bool(self._which(seen))

    def spans(self, seen: bytes) -> Iterator[tuple[int, int]]:
        """Yield the places without the neighbours that bound them; a neighbour may bound two places."""
        at = 0
        for _ in range(_MOST_PLACES):
            found = self._found.search(seen, at)
            if found is None:
                return
            start, end = found.span()
            if found.lastindex:  # a line that begins a sentence: what stands before is not part of the find
                yield found.span(found.lastindex)
            else:
                yield (start + 1 if start else start), max(end - 1, start + 1)
            at = max(end - 1, at + 1)
