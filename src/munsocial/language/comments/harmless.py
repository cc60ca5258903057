"""Harmless readings of a text: a find which one of them overlaps is dropped.

They are many and long, and a text holds few of them. So each is made ready when a text first holds bits that it needs;
the bits are found with the rules (`tools/language/atoms.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from munsocial.language.comments.gate import parted
from munsocial.language.comments.lexicon import Excuses
from munsocial.language.comments.ways import ALL_BUT_SIGNS, bits_in, spelling
from munsocial.language.engine import Pattern

__all__ = ["readings"]


class _Readings:
    """The readings of one rule, or of one page, behind the bits that they need."""

    def __init__(self, excuses: Excuses) -> None:
        lines_of: dict[str, list[int]] = {}
        for line, bits in enumerate(excuses.bits):
            for bit in bits.split("|"):
                lines_of.setdefault(bit, []).append(line)
        self._lines_in = bits_in(lines_of, lines_of.values())
        self._pattern = cache(lambda line: Pattern(excuses.pattern(line)))

    def there(self, spelled: str, seen: bytes) -> Iterator[Pattern]:
        """Yield the lines that are in a text; few of those near it are."""
        near = map(self._pattern, {line for _, lines in self._lines_in(spelled) for line in lines})
        return (pattern for pattern in near if pattern.is_there(seen))


@cache
def _readings(excuses: Excuses) -> _Readings:
    return _Readings(excuses)


@lru_cache(maxsize=16)  # the lines of a rule, and the rules of a page, ask about the same text in turn
def readings(excuses: Excuses, seen: bytes) -> tuple[tuple[int, int], ...]:
    """Return the places of harmless readings in these bytes of a view."""
    return tuple(span for pattern in _readings(excuses).there(_spelled(seen), seen) for span in pattern.spans(seen))


@lru_cache(maxsize=4)  # the rules of several categories ask about the same text in turn
def _spelled(seen: bytes) -> str:
    signs = bytes(set(seen.translate(None, ALL_BUT_SIGNS))).decode("latin-1")
    return spelling(parted(seen)) + signs
