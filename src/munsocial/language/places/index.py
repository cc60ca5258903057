"""Finding which place a word is made of: exact by stem and ending, or with a slip of the pen in a long stem."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from munsocial.language.places.toponyms import ENDINGS, Part, Toponym

__all__ = ["Hit", "Index"]

_LONGEST = 32
_LONG_ENDING = max(map(len, ENDINGS))
_SLIP_FROM = 6  # letters of a stem in which one slip is forgiven
_TWO_SLIPS_FROM = 11
_FORGIVEN = (Part.NAME, Part.ADJECTIVE)


class Hit(NamedTuple):
    """A word (or words) of a text made of the place with number `place`."""

    place: int
    part: Part
    ending: str
    exact: bool


class Index:
    """Stems of many places, looked up in time that does not grow with their number."""

    def __init__(self, places: Iterable[Toponym], *, forgiving: bool) -> None:
        self.places = tuple(places)
        self._stems: dict[str, list[tuple[int, Part, frozenset[str]]]] = defaultdict(list)
        self._firsts: dict[str, list[tuple[int, frozenset[str]]]] = defaultdict(list)
        for number, place in enumerate(self.places):
            for stem in place.joined if len(place.words) > 1 else place.words[0].stems:
                self._stems[stem.letters].append((number, stem.part, stem.endings))
            if len(place.words) > 1:
                first = place.words[0].stems[0]
                self._firsts[first.letters].append((number, first.endings))
        self._slips: dict[str, set[str]] = defaultdict(set)
        if forgiving:
            for letters, known in self._stems.items():
                if any(part in _FORGIVEN for _, part, _ in known):
                    whole_name = any(part is Part.NAME for _, part, _ in known)
                    for cut in _cuts(letters, _allowed(letters) if whole_name else min(1, _allowed(letters))):
                        self._slips[cut].add(letters)
        self._known = lru_cache(maxsize=1 << 15)(self._find)

    def find(self, word: str) -> tuple[Hit, ...]:
        """Every place the word may be made of; slips are tried only where nothing fits exactly."""
        return self._known(word) if 3 <= len(word) <= _LONGEST else ()

    def _find(self, word: str) -> tuple[Hit, ...]:
        exact = tuple(self._exact(word))
        return exact or (tuple(self._slipped(word)) if self._slips else ())

    def _exact(self, word: str) -> Iterator[Hit]:
        for stem, ending in _splits(word):
            for number, part, endings in self._stems.get(stem, ()):
                if ending in endings:
                    yield Hit(number, part, ending, True)

    def _slipped(self, word: str) -> Iterator[Hit]:
        for stem, ending in _splits(word):
            if len(stem) < _SLIP_FROM - 1:
                continue
            near: set[str] = set()
            for cut in _cuts(stem, _allowed(stem)):
                near |= self._slips.get(cut, set())
            for letters in near:
                if _ends_alike(letters, stem) and _distance(letters, stem) <= _allowed(letters):
                    for number, part, endings in self._stems[letters]:
                        if ending in endings and part in _FORGIVEN:
                            yield Hit(number, part, ending, False)

    def phrases(self, words: list[str], at: int) -> Iterator[tuple[Hit, int]]:
        """Names of several words that begin at word `at`, each with the number of words it takes."""
        for stem, ending in _splits(words[at]):
            for number, endings in self._firsts.get(stem, ()):
                shapes = self.places[number].words
                if ending not in endings or at + len(shapes) > len(words):
                    continue
                last = ending
                for shape, word in zip(shapes[1:], words[at + 1 : at + len(shapes)], strict=True):
                    fits = [e for s, e in _splits(word) if s == shape.stems[0].letters and e in shape.stems[0].endings]
                    if not fits:
                        break
                    last = fits[0]
                else:
                    yield Hit(number, Part.NAME, last, True), len(shapes)


def _splits(word: str) -> Iterator[tuple[str, str]]:
    for size in range(min(_LONG_ENDING, len(word) - 2) + 1):
        ending = word[len(word) - size :]
        if ending in ENDINGS:
            yield word[: len(word) - size], ending


def _ends_alike(one: str, two: str) -> bool:
    """A slip in the first letter or where the ending begins makes another word: Калинина is not of Калининская."""
    return one[0] == two[0] and one[-1] == two[-1]


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
