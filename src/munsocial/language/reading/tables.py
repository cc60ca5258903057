"""The tables beside the code, each read once and only when asked for. Knows their layout, not their meaning.

A table is a text file under `language/data`: one entry a line, columns parted by ` | ` with blanks (a bare `|` belongs
to a column), `#` begins a remark.
A file of word lists has sections: `[name]` and then words parted by blanks.
"""

from __future__ import annotations

import re
from functools import cache

from munsocial.language.shipped import shipped

__all__ = ["rows", "sign_lines", "signs", "stem_pattern", "word_set"]


def _lines(name: str) -> list[str]:
    text = shipped(name).decode()
    return [line for line in (raw.partition("#")[0].strip() for raw in text.splitlines()) if line]


def rows(name: str) -> list[tuple[str, ...]]:
    """Entries of a table in the order of its file, columns stripped."""
    return [tuple(part.strip() for part in line.split(" | ")) for line in _lines(name)]


@cache
def _sections() -> dict[str, str]:
    sections: dict[str, list[str]] = {}
    words: list[str] = []
    for line in _lines("editor/words.txt"):
        if line.startswith("["):
            words = sections.setdefault(line.strip("[]"), [])
        else:
            words.append(line)
    return {name: " ".join(parts) for name, parts in sections.items()}


@cache
def word_set(section: str) -> frozenset[str]:
    """Words of one section, as they stand (lower case, е for ё)."""
    return frozenset(_sections()[section].split())


@cache
def stem_pattern(section: str) -> re.Pattern[str]:
    """A pattern that matches a word beginning with any stem of the section, the longest first."""
    stems = sorted(_sections()[section].split(), key=len, reverse=True)
    return re.compile("(?:" + "|".join(map(re.escape, stems)) + ")")


@cache
def _signals() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in shipped("editor/signals.txt").decode().splitlines():
        if line.startswith("[") and line.endswith("]") and line[1:-1].isidentifier():
            lines = found.setdefault(line[1:-1], [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return {section: tuple(lines) for section, lines in found.items()}


def sign_lines(section: str) -> tuple[str, ...]:
    """The signs of one section of `signals.txt`, each a regular expression over folded text."""
    return _signals()[section]


@cache
def signs(section: str) -> re.Pattern[str]:
    """The signs of one section as one pattern, to be searched in folded text."""
    return re.compile("|".join(sign_lines(section)))
