"""Which lines a text may match: told by bits of it, in one pass, before any pattern runs.

Most comments hold nothing that a rule is about. A text is put into a plain form (letters that repeat are one, any digit
is «0», everything else a blank), and one automaton (Aho-Corasick) finds in it the atoms of all lines. A line is tried
only when the text goes one of the *ways* to match it: an atom of each of its lists is met, and those of its chain stand
in order and near enough. The ways are found with the rules (`tools/language/spellings.py`), so nothing is guessed here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple

import ahocorasick

from munsocial.language.engine import which_of
from munsocial.language.lexicon import compiled, rules

__all__ = ["Gate", "Opened", "Way", "gate"]


def _seen_as(code: int) -> int:
    """Keep letters, let any digit be «0», and let all else part words."""
    return code if code >= 0xE0 or 97 <= code <= 122 else 48 if 48 <= code <= 57 else 32


_ALL_BUT_HIDING = bytes(set(range(256)) - set(b"*#@$%&\xa4_"))  # signs that stand for letters
_TOLD = bytes(map(_seen_as, range(256)))
# Where Russian letters, Latin ones and digits meet, a word ends.
_HAS_SEAM = which_of([rb"[\xe0-\xff][a-z0]|[a-z][\xe0-\xff0]|0[a-z\xe0-\xff]"])
_SEAM = re.compile(rb"(?<=[\xe0-\xff])(?=[a-z0])|(?<=[a-z])(?=[\xe0-\xff0])|(?<=0)(?=[a-z\xe0-\xff])")
_SAME_AS_NEXT = re.compile(rb"([^0])(?=\1)")
# «[id12345|Анна], …» begins most answers in VK: its digits are nobody's number.
_MENTION = re.compile(rb"\[(?:id|club)[0-9]+\|")
# No atom is as long as this, and nobody's number is.
_LONG_NUMBER = b"0" * 32
_REST_OF_NUMBER = re.compile(rb"(?<=" + _LONG_NUMBER + rb")0+")
_FAR = 99
_TOO_MANY = 600
_MOST_PARTS = 64

_Hit = tuple[int, tuple[tuple[int, ...], int]]
"""Where an atom ends (its last sign), the lists it stands in, and how long it is."""


class Way(NamedTuple):
    """One way to match a branch of a line: lists of which each is met, and some of them in order."""

    line: int
    branch: int
    others: frozenset[int]
    chain: tuple[int, ...]
    gaps: tuple[int, ...]


class Gate:
    """Atoms and ways of all lines, as `tools/language/compile_rules.py` writes them; some lines may be kept apart."""

    def __init__(self, needs: Mapping[str, Any], apart: Container[int] = ()) -> None:
        self._iterate = _automaton(needs["atoms"], needs["lists"])
        self._usual = {int(number): _bytes(atoms) for number, atoms in needs["usual"].items()}
        self._apart = apart
        self._ways: dict[int, list[Way]] = {}
        for line, branch, lists, *in_order in needs["ways"]:
            links, gaps = in_order or ((), ())
            way = Way(line, branch, frozenset(lists[1:]), tuple(links), tuple(gaps))
            self._ways.setdefault(lists[0], []).append(way)
        # Spam and all the rest ask about the same text in turn, and about each part of a long one.
        self.opened = lru_cache(maxsize=_MOST_PARTS)(self._open)

    def _open(self, seen: bytes) -> Opened:
        """Return these bytes of a view as they are before the gate."""
        kept = _MENTION.sub(b" ", seen) if b"|" in seen else seen
        told = b" %b " % kept.translate(_TOLD)
        seams = bool(_HAS_SEAM(told))
        told = _SAME_AS_NEXT.sub(b"", _SEAM.sub(b" ", told) if seams else told)
        if _LONG_NUMBER in told:
            told = _REST_OF_NUMBER.sub(b"", told)
        if kept.translate(None, _ALL_BUT_HIDING):
            told += b"*"
        hits: list[_Hit] = list(self._iterate(told.decode("latin-1")))
        met = set(chain.from_iterable(map(_FIRST, map(_SECOND, hits))))
        ways = [way for trigger in met & self._ways.keys() for way in self._ways[trigger] if way.others <= met]
        if not ways:
            return _NOTHING
        ways.sort(key=_FIRST)
        shown, apart = (
            [way for way in ways if way.line not in self._apart],
            [way for way in ways if way.line in self._apart],
        )
        order = _Order(told, hits, self._usual, seams=seams) if len(hits) < _TOO_MANY else None
        return Opened(shown, apart, order)


class Opened:
    """One text before the gate: the ways whose lists it meets, in the order of the rules.

    Where a part of a long text is full of atoms their order is not known: trying the patterns is less work.
    """

    def __init__(self, shown: list[Way], apart: list[Way], order: _Order | None) -> None:
        self.shown, self.apart, self._order = shown, apart, order

    def goes(self, way: Way) -> bool:
        """Tell whether the text goes the way: its lists are met one after another, near enough."""
        return not way.chain or self._order is None or self._order.holds(way)


_FIRST, _SECOND = itemgetter(0), itemgetter(1)
_NOTHING = Opened([], [], None)


class _Order:
    """Where the atoms of one text stand, worked out when the first way asks."""

    def __init__(self, told: bytes, hits: list[_Hit], usual: Mapping[int, list[bytes]], *, seams: bool) -> None:
        self._told, self._hits, self._usual, self._seams = told, hits, usual, seams
        self._places: dict[int, list[tuple[int, int]]] | None = None

    def holds(self, way: Way) -> bool:
        """Tell whether the lists of the way's chain are met one after another, near enough."""
        before = self._of(way.chain[0])
        for number, gap in zip(way.chain[1:], way.gaps, strict=True):
            ends = sorted(end for _, end in before)
            before = [place for place in self._of(number) if self._near(ends, place[0], gap)]
            if not before:
                return False
        return bool(before)

    def _near(self, ends: list[int], start: int, gap: int) -> bool:
        """Tell whether something ends near before this start; the blank after one may be the blank before the other.

        The blanks of seams do not count, so where there are seams none are counted.
        """
        nearest = bisect_right(ends, start + 1) - 1
        if nearest < 0:
            return False
        return gap >= _FAR or self._seams or self._told.count(b" ", ends[nearest], start) <= gap

    def _of(self, number: int) -> list[tuple[int, int]]:
        if self._places is None:
            self._places = {}
            for last, (lists, length) in self._hits:
                for one in lists:
                    self._places.setdefault(one, []).append((last + 1 - length, last + 1))
        if number not in self._places:
            self._places[number] = [place for atom in self._usual.get(number, ()) for place in self._found(atom)]
        return self._places[number]

    def _found(self, atom: bytes) -> list[tuple[int, int]]:
        places = []
        at = self._told.find(atom)
        while at >= 0:
            places.append((at, at + len(atom)))
            at = self._told.find(atom, at + 1)
        return places


def _bytes(atoms: str) -> list[bytes]:
    return [atom.encode("cp1251") for atom in atoms.split("|")]


def _automaton(atoms: Sequence[str], lists: Iterable[Sequence[int]]) -> Callable[[str], Iterable[_Hit]]:
    """Build the automaton; it reads bytes as signs of Latin-1, which costs nothing."""
    automaton = ahocorasick.Automaton()
    as_bytes = "\n".join(atoms).encode("cp1251").decode("latin-1").split("\n")  # all at once: thousands of calls less
    for joined, numbers in zip(as_bytes, lists, strict=True):
        alike = tuple(numbers)
        for atom in joined.split("|"):
            automaton.add_word(atom, (alike, len(atom)))
    automaton.make_automaton()
    found: Callable[[str], Iterable[_Hit]] = automaton.iter
    return found


@cache
def gate() -> Gate:
    """Return the gate of the shipped rules: its lines are those of all plain rules in turn, spam is kept apart."""
    categories = [rule.category for rule in rules() if rule.view == "plain" for _ in rule.lines]
    return Gate(compiled().needs, {line for line, category in enumerate(categories) if category == "spam"})
