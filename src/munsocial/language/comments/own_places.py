"""Where own words of a municipality stand in a text: all of them are looked up at once, by the words of the text.

A text that holds none of them costs one look at its words, however many own words there are.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from munsocial.language.comments.own_forms import case_forms

__all__ = ["Apart", "OwnPlaces", "Place"]

_WORD: Final = re.compile(rb"[\xe0-\xff]+")
_PARTS: Final = re.compile(r"([ -])")


class Place(NamedTuple):
    """Where an own word stands, and which of the words that were given it is."""

    start: int
    end: int
    number: int


class _Next(NamedTuple):
    """A further word of a phrase: its spellings, or its stem where any ending may follow."""

    forms: frozenset[bytes]
    stem: bytes | None
    hyphen: bool  # it must stand at a hyphen; else anything but Russian letters may be between

    def stands(self, seen: bytes, before: int, start: int, end: int) -> bool:
        if self.hyphen and seen[before:start] != b"-":
            return False
        return seen[start:end] in self.forms or (self.stem is not None and seen.startswith(self.stem, start))


class _Phrase(NamedTuple):
    number: int
    rest: tuple[_Next, ...]


class OwnPlaces:
    """Own words made ready to be looked up."""

    def __init__(self, words: Mapping[int, str]) -> None:
        self._by_form: dict[bytes, list[_Phrase]] = defaultdict(list)
        self._by_stem: dict[bytes, list[_Phrase]] = defaultdict(list)
        for number, word in words.items():
            first, *rest = _parts(word)
            phrase = _Phrase(number, tuple(rest))
            for form in first.forms:
                self._by_form[form].append(phrase)
            if first.stem is not None:
                self._by_stem[first.stem].append(phrase)
        self._lengths = sorted({len(stem) for stem in self._by_stem})

    def find(self, seen: bytes) -> Iterator[Place]:
        """Yield the places, in bytes, in the order of the text; where several own words begin at one, each of them."""
        if not self._may_be_there(seen):
            return
        words = [found.span() for found in _WORD.finditer(seen)]
        for index, (start, end) in enumerate(words):
            for phrase in self._begun(seen[start:end]):
                last = _end(seen, words, index, phrase)
                if last is not None:
                    yield Place(start, last, phrase.number)

    def _may_be_there(self, seen: bytes) -> bool:
        words = _WORD.findall(seen)
        if not self._by_form.keys().isdisjoint(words):
            return True
        return any(not self._by_stem.keys().isdisjoint([word[:length] for word in words]) for length in self._lengths)

    def _begun(self, word: bytes) -> Iterator[_Phrase]:
        yield from self._by_form.get(word, ())
        for length in self._lengths:
            if len(word) >= length:
                yield from self._by_stem.get(word[:length], ())


class Apart:
    """Places put together where they overlap, so that one that is asked about is found at once."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._places: list[Place] = []
        for place in places:
            before = self._places[-1] if self._places else None
            if before is not None and place.start < before.end:
                self._places[-1] = before._replace(end=max(before.end, place.end))
            else:
                self._places.append(place)
        self._starts = [place.start for place in self._places]
        self._ends = [place.end for place in self._places]

    def __bool__(self) -> bool:
        return bool(self._places)

    def over(self, start: int, end: int) -> list[Place]:
        """Return the places that share something with this one."""
        return self._places[bisect_right(self._ends, start) : bisect_left(self._starts, end)]

    def around(self, start: int, end: int) -> Place | None:
        """Return the place in which the whole of this one lies."""
        return next((place for place in self.over(start, end) if place.start <= start and end <= place.end), None)


def _end(seen: bytes, words: list[tuple[int, int]], index: int, phrase: _Phrase) -> int | None:
    """Where the phrase ends if its other words follow this one."""
    end = words[index][1]
    for further, part in enumerate(phrase.rest, index + 1):
        if further == len(words) or not part.stands(seen, end, *words[further]):
            return None
        end = words[further][1]
    return end


def _parts(word: str) -> Iterator[_Next]:
    """Cut a word or phrase, with ``~`` at its end for any ending, into the words that must follow each other."""
    pieces = _PARTS.split(word.lower().replace("ё", "е"))
    for written, between in zip(pieces[::2], ["", *pieces[1::2]], strict=True):
        stem = written[:-1].encode("cp1251") if written.endswith("~") else None
        forms = frozenset() if stem is not None else frozenset(form.encode("cp1251") for form in case_forms(written))
        yield _Next(forms, stem, between == "-")
