"""Finding which place a word is made of: exact by stem and ending, or with a slip of the pen in a long stem."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from munsocial.language.places.declension import ENDINGS, Part, slipped
from munsocial.language.places.numerals import ORDINAL_END
from munsocial.language.places.stems import StemTable
from munsocial.language.places.toponyms import Toponym

__all__ = ["Hit", "Index"]

_LONGEST = 32
_LONGEST_NAME = 6  # words


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
        self._one: StemTable[tuple[int, Part]] = StemTable(ENDINGS)
        self._inside: StemTable[tuple[int, int]] = StemTable(ENDINGS)
        for number, place in enumerate(self.places):
            several = len(place.words) > 1
            for stem in place.joined if several else place.words[0].stems:
                self._one.add(stem.letters, stem.endings, (number, stem.part), _slips(stem.part) if forgiving else 0)
                for odd in slipped(stem) if forgiving else ():
                    self._one.add(odd.letters, odd.endings, (number, odd.part), 0)
            for position, shape in enumerate(place.words if several else ()):
                for stem in shape.stems:
                    self._inside.add(stem.letters, stem.endings, (number, position), 1 if forgiving else 0)
        self._known = lru_cache(maxsize=1 << 15)(self._find)
        self._exact = lru_cache(maxsize=1 << 15)(self._find_exactly)
        self._words = lru_cache(maxsize=1 << 15)(self._find_inside)

    def find(self, word: str) -> tuple[Hit, ...]:
        """Every place the word may be made of; slips are tried only where nothing fits exactly."""
        return self._known(word) if 2 <= len(word) <= _LONGEST else ()

    def exactly(self, word: str) -> tuple[Hit, ...]:
        """Every place the word is made of with no slip."""
        return self._exact(word) if len(word) <= _LONGEST else ()

    def _find_exactly(self, word: str) -> tuple[Hit, ...]:
        return tuple(Hit(place, part, ending, True) for (place, part), ending in self._one.exactly(word))

    def known(self, words: list[str], at: int) -> bool:
        """Whether word `at` is a name, or a name of several words begins with it."""
        return bool(self.find(words[at].replace("-", ""))) or next(self.phrases(words, at), None) is not None

    def _find(self, word: str) -> tuple[Hit, ...]:
        return tuple(Hit(place, part, ending, exact) for (place, part), ending, exact in self._one.find(word))

    def _find_inside(self, word: str) -> dict[tuple[int, int], dict[int, tuple[str, bool]]]:
        """Names that have the word inside, by their length and its position; of each the ending, and if it is exact."""
        found: dict[tuple[int, int], dict[int, tuple[str, bool]]] = {}
        for (place, position), ending, exact in self._inside.find(word):
            found.setdefault((len(self.places[place].words), position), {})[place] = (ending, exact)
        return found

    def phrases(self, words: list[str], at: int) -> Iterator[tuple[Hit, int]]:
        """Names of several words that begin at word `at`, each with how many it takes; at most one has a slip."""
        if not self._inside or not 1 <= len(words[at]) <= _LONGEST:
            return
        if not self._words(words[at].partition("-")[0]):
            return
        pieces = list(_pieces(words, at))
        for count in range(2, len(pieces) + 1):
            if count < len(pieces) and pieces[count][1] == pieces[count - 1][1]:
                continue
            fits = [self._words(pieces[k][0]).get((count, k), {}) for k in range(count)]
            rarest = min(map(len, fits))  # many names share the first word, «Новая»
            for number in sorted(next(fit for fit in fits if len(fit) == rarest)):
                found = [fit[number] for fit in fits if number in fit]
                if len(found) == count and sum(not exact for _, exact in found) <= 1:
                    exactly = all(exact for _, exact in found)
                    yield Hit(number, Part.NAME, found[-1][0], exactly), pieces[count - 1][1] - at + 1


def _slips(part: Part) -> int:
    return {Part.NAME: 2, Part.ADJECTIVE: 1, Part.PEOPLE: 0, Part.SHORT: 0}[part]


def _pieces(words: list[str], at: int) -> Iterator[tuple[str, int]]:
    """The words from `at` on with the number of each, those with hyphens taken apart, «2-й» as «2»."""
    number = False
    for index in range(at, min(len(words), at + _LONGEST_NAME)):
        for piece in words[index].split("-"):
            if not (number and ORDINAL_END.fullmatch(piece)):
                yield piece[:_LONGEST], index
            number = piece.isdigit()
