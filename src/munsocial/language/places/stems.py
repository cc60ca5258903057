"""A table of stems with endings, searched by a word exactly or, where nothing fits, with a slip of the pen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Generic, TypeVar

__all__ = ["StemTable"]

_SLIP_FROM = 6  # letters of a stem in which one slip is forgiven
_FIRST_SLIP_FROM = 7
_TWO_SLIPS_FROM = 11
_HEAD = 2

K = TypeVar("K")


class StemTable(Generic[K]):
    """Stems, each with endings, a key and how many slips it forgives."""

    def __init__(self, endings: frozenset[str]) -> None:
        self._endings = endings
        self._longest = max(map(len, endings))
        self._stems: dict[str, list[tuple[frozenset[str], K, int]]] = defaultdict(list)
        self._cuts: dict[str, set[str]] = defaultdict(set)
        self._depth: dict[str, int] = {}
        self._edges: set[tuple[str, str, int]] = set()
        self._heads: set[str] = set()  # first letters of stems: most words have others and cost nothing more
        self._slip_heads: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._stems)

    def add(self, letters: str, endings: frozenset[str], key: K, slips: int) -> None:
        """Know one more stem; `slips` is the most that is forgiven in a stem long enough."""
        self._stems[letters].append((endings, key, slips))
        self._heads.add(letters[:_HEAD])
        deep = min(slips, _allowed(letters))
        if deep > self._depth.get(letters, 0):  # many names share words: each is cut once
            self._depth[letters] = deep
            for cut in _cuts(letters, deep):
                self._cuts[cut].add(letters)
            sizes = range(len(letters) - deep, len(letters) + deep + 1)
            self._edges.update((first, letters[-1], size) for first in letters[:2] for size in sizes)
            self._slip_heads.update(letters[:2])

    def find(self, word: str) -> Iterator[tuple[K, str, bool]]:
        """The keys a word may belong to, with the ending and whether it fits exactly; slips only where nothing fits."""
        nothing = True
        for key, ending in self.exactly(word):
            nothing = False
            yield key, ending, True
        if nothing and word[:1] in self._slip_heads:
            yield from self._slipped(word)

    def exactly(self, word: str) -> Iterator[tuple[K, str]]:
        """The keys a word belongs to with no slip, with the ending."""
        if self._heads.isdisjoint((word[:1], word[:_HEAD])):
            return
        for stem, ending in self._splits(word):
            for endings, key, _ in self._stems.get(stem, ()):
                if ending in endings:
                    yield key, ending

    def _slipped(self, word: str) -> Iterator[tuple[K, str, bool]]:
        for stem, ending in self._splits(word):
            if len(stem) < _SLIP_FROM - 1 or (stem[0], stem[-1], len(stem)) not in self._edges:
                continue  # no stem of ours begins and ends like this one
            near: set[str] = set()
            for cut in _cuts(stem, _allowed(stem)):
                near |= self._cuts.get(cut, set())
            for letters in sorted(near):
                away = _distance(letters, stem) if _ends_alike(letters, stem) else len(word)
                for endings, key, slips in self._stems[letters]:
                    if ending in endings and away <= min(slips, _allowed(letters)):
                        yield key, ending, False

    def _splits(self, word: str) -> Iterator[tuple[str, str]]:
        for size in range(max(0, min(self._longest, len(word) - 2)) + 1):
            ending = word[len(word) - size :]
            if ending in self._endings:
                yield word[: len(word) - size], ending


def _ends_alike(known: str, seen: str) -> bool:
    """A slip in the first letter or where the ending begins makes another word: Калинина is not of Калининская.

    In a long stem the first letter may be left out or change places with the second: «аклининская».
    """
    if known[-1] != seen[-1]:
        return False
    if known[0] == seen[0]:
        return True
    return len(known) >= _FIRST_SLIP_FROM and seen in (known[1:], known[1] + known[0] + known[2:])


def _allowed(letters: str) -> int:
    return 0 if len(letters) < _SLIP_FROM else 1 if len(letters) < _TWO_SLIPS_FROM else 2


def _cuts(letters: str, slips: int) -> set[str]:
    """The word without up to `slips` of its letters: two words a slip apart share such a cut."""
    found = {letters}
    edge = {letters}
    for _ in range(slips):
        edge = {word[:i] + word[i + 1 :] for word in edge for i in range(len(word))}
        found |= edge
    return found


def _distance(one: str, two: str) -> int:
    """Edit distance where two neighbouring letters changing places is one slip."""
    before: list[int] = []
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        older, before = before, row
        row = [i]
        for j, b in enumerate(two, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if older and i > 1 and j > 1 and a == two[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]
