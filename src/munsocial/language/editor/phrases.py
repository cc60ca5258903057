"""Phrases written as patterns over words, and finding all of them in one walk over a text.

A pattern is a line of words; each may be
  слово        that very word            слов*       the stem with up to five letters more
  слов~        the stem with any ending of an adjective
  один|другой  any of these              ?слово      may be missing
  <vn> <adj> <gen> <num> <any> <cap> <agent> <did> <named>   a class of words
  ^            first in its sentence     $           last in its sentence
  ( ... )      must stand there but is not part of what is found; !слово: must not stand there
Whoever uses phrases decides what a found one means: this file does not know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Generic, TypeVar

from munsocial.language.reading.forms import (
    dependent_adjective,
    in_genitive,
    instrumental_agent,
    nominative_adjective,
    past_verb,
    verbal_noun,
)
from munsocial.language.reading.words import SENTENCE_END, Words

__all__ = ["Found", "Phrases", "joined"]

T = TypeVar("T")
_Test = Callable[[Words, int], bool]

_LONGEST = 40
_MORE = 5  # letters that a stem may be followed by
_ADJECTIVE_ENDS = frozenset([
    "ый", "ая", "ое", "ые", "ого", "ой", "ому", "ую", "ым", "ом", "ых", "ыми", "ий", "ее", "ие", "его", "ей", "ему",
    "юю", "яя", "им", "ем", "их", "ими", "ою", "ею",
])  # fmt: skip
_NUMBERS = frozenset(
    [
        "один",
        "одна",
        "два",
        "две",
        "три",
        "четыре",
        "пять",
        "шесть",
        "семь",
        "восемь",
        "девять",
        "десять",
        "сорок",
        "сто",
        "тысяча",
        "тысячи",
        "несколько",
    ]
)
_NUMBER = re.compile(r"\d+|(?:двенадцат|пятнадцат|двадцат|тридцат|пятьдесят|пятидесят|сорока|восьмидесят)[а-я]*")


@dataclass(frozen=True, slots=True)
class _Step:
    test: _Test
    counted: bool
    optional: bool = False
    forbids: bool = False
    literal: Callable[[str], bool] | None = None  # the test, where it needs nothing but the word


@dataclass(frozen=True, slots=True, eq=False)
class _Pattern(Generic[T]):
    steps: tuple[_Step, ...]
    second: Callable[[str], bool] | None  # what the second word must be; None where it may be any
    at_start: bool
    at_end: bool
    value: T


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A phrase found: words `first`..`last` (inclusive) and what was written beside the pattern."""

    first: int
    last: int
    value: T


class _Option:
    """One word of a pattern: whole words, stems with up to five letters more, stems of adjectives."""

    __slots__ = ("_adjectives", "_stems", "_words")

    def __init__(self, spec: str) -> None:
        options = spec.split("|")
        self._words = frozenset(option for option in options if option[-1] not in "*~")
        self._stems = tuple(option[:-1] for option in options if option[-1] == "*")
        self._adjectives = tuple(option[:-1] for option in options if option[-1] == "~")

    def __call__(self, word: str) -> bool:
        if word in self._words:
            return True
        if self._stems and word.startswith(self._stems):
            return any(word.startswith(stem) and _short_end(word[len(stem) :]) for stem in self._stems)
        if self._adjectives and word.startswith(self._adjectives):
            return any(word.startswith(a) and word[len(a) :] in _ADJECTIVE_ENDS for a in self._adjectives)
        return False


def _short_end(end: str) -> bool:
    return not end or (len(end) <= _MORE and end.isalnum())


def _is_number(words: Words, i: int) -> bool:
    return words.plain[i] in _NUMBERS or _NUMBER.fullmatch(words.plain[i]) is not None


_CLASSES: dict[str, _Test] = {
    "<vn>": lambda words, i: verbal_noun(words.plain[i]),
    "<adj>": lambda words, i: dependent_adjective(words.plain[i]),
    "<agent>": lambda words, i: instrumental_agent(words.plain[i]),
    "<gen>": lambda words, i: in_genitive(words.plain[i]),
    "<num>": _is_number,
    "<any>": lambda words, i: True,
    "<cap>": lambda words, i: words.capital(i),
    "<did>": lambda words, i: past_verb(words.plain[i]),
    "<named>": lambda words, i: nominative_adjective(words.plain[i]),
}


@cache
def _literal(spec: str) -> Callable[[str], bool] | None:
    return None if spec in _CLASSES else _Option(spec)


def _step(part: str, inside: bool) -> tuple[_Step, str]:
    forbids, optional, spec = part.startswith("!"), part.startswith("?"), part.lstrip("!?")
    literal = _literal(spec)
    test = _CLASSES[spec] if literal is None else _of_word(literal)
    return _Step(test, not inside and not forbids, optional, forbids, literal), spec


def _of_word(literal: Callable[[str], bool]) -> _Test:
    return lambda words, i: literal(words.plain[i])


def _compile(line: str, value: T) -> tuple[_Pattern[T], str]:
    steps: list[_Step] = []
    specs: list[str] = []
    inside = at_start = at_end = False
    for part in line.replace("(", " ( ").replace(")", " ) ").split():
        if part in "()":
            inside = part == "("
        elif part == "^":
            at_start = True
        elif part == "$":
            at_end = True
        else:
            step, spec = _step(part, inside)
            steps.append(step)
            specs.append(spec)
    return _Pattern(tuple(steps), _second(steps), at_start, at_end, value), specs[0]


def _second(steps: list[_Step]) -> Callable[[str], bool] | None:
    """What the word after the first must be for the pattern to go on; None where any may stand there."""
    if len(steps) < 2 or steps[0].optional or steps[1].optional or steps[1].forbids:
        return None
    return steps[1].literal


class Phrases(Generic[T]):
    """Many patterns, each with a value, looked for together; the cost of a word does not grow with their number."""

    def __init__(self, patterns: Iterable[tuple[str, T]]) -> None:
        self._classed: list[_Pattern[T]] = []
        self._exact: dict[str, list[_Pattern[T]]] = {}
        self._stems: dict[str, list[tuple[str, _Pattern[T]]]] = {}
        for line, value in patterns:
            self._add(*_compile(line, value))
        self._starters = lru_cache(maxsize=1 << 15)(self._patterns_for)
        self._followed = lru_cache(maxsize=1 << 16)(self._patterns_before)

    def _add(self, pattern: _Pattern[T], spec: str) -> None:
        if spec.startswith("<"):
            self._classed.append(pattern)
            return
        for option in spec.split("|"):
            if option[-1] in "*~":
                self._stems.setdefault(option[:3].rstrip("*~"), []).append((option[:-1].rstrip("~*"), pattern))
            else:
                self._exact.setdefault(option, []).append(pattern)

    def _patterns_for(self, word: str) -> tuple[_Pattern[T], ...]:
        chosen = list(self._exact.get(word, ()))
        for size in (1, 2, 3):
            chosen += [p for stem, p in self._stems.get(word[:size], ()) if word.startswith(stem)]
        return (*dict.fromkeys(chosen), *self._classed)

    def _patterns_before(self, word: str, following: str) -> tuple[_Pattern[T], ...]:
        return tuple(p for p in self._starters(word) if p.second is None or p.second(following))

    def find(self, words: Words) -> Iterator[Found[T]]:
        """Every phrase, in the order of its first word; phrases may overlap."""
        followed = self._followed
        for i, (word, following) in enumerate(zip(words.plain, [*words.plain[1:], ""], strict=False)):
            for pattern in followed(word, following[:_LONGEST]) if len(word) <= _LONGEST else ():
                span = _match(pattern, words, i)
                if span is not None:
                    yield Found(*span, pattern.value)


def _match(pattern: _Pattern[T], words: Words, at: int) -> tuple[int, int] | None:
    if pattern.at_start and not words.closed_before(at):
        return None
    first = last = -1
    i, count = at, len(words.plain)
    for step in pattern.steps:
        fits = i < count and (i == at or _near(words, i, step)) and step.test(words, i)
        if step.forbids:
            if fits:
                return None
            continue
        if not fits:
            if step.optional:
                continue
            return None
        if step.counted:
            first, last = (i if first < 0 else first), i
        i += 1
    if pattern.at_end and i < count and not words.closed_before(i):
        return None
    return (first, last) if first >= 0 else None


def _near(words: Words, i: int, step: _Step) -> bool:
    """Whether word `i` may follow the one before; a class of words never reaches over a comma."""
    return joined(words, i) and (step.literal is not None or "," not in words.text[words.ends[i - 1] : words.starts[i]])


def joined(words: Words, i: int) -> bool:
    """Whether word `i` continues the sentence of the word before."""
    gap = words.text[words.ends[i - 1] : words.starts[i]]
    return gap == " " or SENTENCE_END.isdisjoint(gap)
