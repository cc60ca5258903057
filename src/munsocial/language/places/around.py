"""Lists of words that stand beside names of places, read from `around.txt`."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from munsocial.language.reading.tables import rows

__all__ = ["is_listed", "listed"]


@cache
def _sections() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for section, words in rows("places/around.txt"):
        found[section].update(words.split())
    return {section: frozenset(words) for section, words in found.items()}


@cache
def _open(section: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    words = listed(section)
    begun = tuple(word[:-1] for word in words if word.endswith("~"))
    return begun, tuple(word[1:] for word in words if word.startswith("~"))


def listed(section: str) -> frozenset[str]:
    """The words of a section, as they stand."""
    return _sections()[section]


def is_listed(word: str, section: str) -> bool:
    """Whether a word stands in a section, or has the beginning or the end of one that is left open."""
    if word in listed(section):
        return True
    begun, ended = _open(section)
    return bool(word) and (word.startswith(begun) or word.endswith(ended))
