"""Which lines a text may need: told by bits of its words, before any pattern runs.

Most comments hold no word of any rule. Each word is looked up once for the atoms in it (Aho-Corasick, one pass) and
remembered; a line is tried only when the text holds an atom of every list that the line needs. The lists are made
with the rules (`tools/language/atoms.py`), so nothing is guessed here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

import ahocorasick

from munsocial.language.lexicon import compiled

__all__ = ["Gate", "gate"]

_REPEATED = re.compile(r"(.)\1+")
_SIGNS = b"*#@$%&\xa4_"


def _seen_as(code: int) -> int:
    """Keep letters, let any digit be «0» and any sign that hides letters «*», and all else part words."""
    if code >= 0xE0 or 97 <= code <= 122:
        return code
    return 48 if 48 <= code <= 57 else 42 if code in _SIGNS else 32


_TOLD = bytes(map(_seen_as, range(256)))
# Where Russian letters, Latin ones, digits and signs meet, a word ends.
_SEAM = re.compile(r"(?<=[а-я])(?=[^а-я])|(?<=[a-z])(?=[^a-z])|(?<=0)(?=[^0])|(?<=\*)(?=[^*])")
# «[id12345|Анна], …» begins most answers in VK: its digits are nobody's number.
_MENTION = re.compile(rb"\[(?:id|club)[0-9]+\|")
# Words are remembered up to this number and length: texts are anybody's.
_MOST_WORDS = 1 << 16
_LONGEST_WORD = 40


class Gate:
    """Atoms of all lines: ``atoms`` are lists written with ``|``, ``needs`` the lists of each line, rarest first."""

    def __init__(self, atoms: Sequence[str], needs: Iterable[Sequence[int]]) -> None:
        self._words = _Words(_automaton(atoms))
        self._always: list[int] = []
        self._last: tuple[bytes, list[int]] = (b"", [])  # spam and all the rest ask about the same text in turn
        self._by_rarest: dict[int, list[tuple[int, frozenset[int]]]] = {}
        for line, lists in enumerate(needs):
            if lists:
                self._by_rarest.setdefault(lists[0], []).append((line, frozenset(lists[1:])))
            else:
                self._always.append(line)

    def lines(self, seen: bytes) -> list[int]:
        """Return the numbers of the lines that may match these bytes of a view, in the order of the rules."""
        last, lines = self._last
        if last is seen:
            return lines
        met = self._met(seen)
        lines = self._always.copy()
        for one in met & self._by_rarest.keys():
            lines += [line for line, others in self._by_rarest[one] if others <= met]
        lines.sort()
        self._last = (seen, lines)
        return lines

    def _met(self, seen: bytes) -> set[int]:
        if b"|" in seen:
            seen = _MENTION.sub(b" ", seen)
        words = set(seen.translate(_TOLD).split())
        return set().union(*map(self._words.__getitem__, words))


class _Words(dict[bytes, tuple[int, ...]]):
    """The lists that a word meets, found once and remembered."""

    def __init__(self, automaton: ahocorasick.Automaton) -> None:
        super().__init__()
        self._automaton = automaton

    def __missing__(self, word: bytes) -> tuple[int, ...]:
        spelled = _SEAM.sub(" ", _REPEATED.sub(r"\1", word.decode("cp1251")))
        found = {numbers for _, numbers in self._automaton.iter(f" {spelled} ")}
        lists = tuple({number for numbers in found for number in numbers})
        if len(word) <= _LONGEST_WORD:
            if len(self) >= _MOST_WORDS:
                self.clear()
            self[word] = lists
        return lists


def _automaton(atoms: Sequence[str]) -> ahocorasick.Automaton:
    lists: defaultdict[str, list[int]] = defaultdict(list)
    for number, joined in enumerate(atoms):
        for atom in joined.split("|"):
            lists[atom].append(number)
    automaton = ahocorasick.Automaton()
    for atom, numbers in lists.items():
        automaton.add_word(atom, tuple(numbers))
    automaton.make_automaton()
    return automaton


@cache
def gate() -> Gate:
    """Return the gate of the shipped rules; its lines are those of all plain rules, one after another."""
    page = compiled()
    return Gate(page.atoms, page.needs)
