"""What a word means to the rules: the ways to match a line which it triggers, and the lists which it meets.

Each word met is put into a plain form (letters that repeat are one, a new word where scripts meet), one automaton
(Aho-Corasick) finds in it the bits of all lists, and what it means is remembered. Lists and ways are written by
`tools/language/compile_rules.py`; what is never met is never read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Any, Final, NamedTuple, TypeVar

import ahocorasick

__all__ = [
    "ALL_BUT_SIGNS",
    "SEAMED",
    "Links",
    "Place",
    "Way",
    "WithDigits",
    "Word",
    "Words",
    "bits_in",
    "spelling",
]

ALL_BUT_SIGNS: Final = bytes(set(range(256)) - set(b"*#@$%&\xa4_+=/|?"))  # that lines ask for
SEAMED: Final = 1  # the lowest bit of what is met: a word of letters and digits stands for several words
_WITH_TRIGGER, _WITH_LINK = 1, 2  # where a sentence begins
# Inside a word: where Russian letters, Latin ones and digits meet, a new word begins.
_SEAM = re.compile(rb"(?<=[\xe0-\xff])(?=[a-z0])|(?<=[a-z])(?=[\xe0-\xff0])|(?<=0)(?=[a-z\xe0-\xff])")
_RUSSIAN_AND_BLANK = bytes(range(0xE0, 0x100)) + b" "
_SAME_AS_NEXT = re.compile(rb"([^0])(?=\1)")
_LONGEST_REMEMBERED = 40
_MOST_WORDS = 1 << 15

Meaning = TypeVar("Meaning")

Place = tuple[int, int]
"""A line and a branch of it."""


class Step(NamedTuple):
    """A link beside the trigger: the bit of its list, and the places it may stand at, counted from the trigger."""

    bit: int
    first: int
    last: int


class Links(NamedTuple):
    """How the words of a way stand: the links near its trigger, and how it may begin."""

    place: Place
    steps: tuple[Step, ...]
    begins: bool  # with the trigger
    opening: Step | None  # with another link


class Way:
    """One way to match a branch of a line, seen from its trigger: how its words stand is read when it is asked for."""

    __slots__ = ("_written", "links")

    def __init__(self, written: str) -> None:
        self._written = written
        self.links: Links | None = None

    def look_up(self) -> Links:
        """Work out how the words of the way stand; most ways are never met by the lists of a text."""
        place, begins, steps = ([*map(int, part.split())] for part in self._written.split(";"))
        links = [
            Step(_bit(number), *places) for number, *places in zip(steps[::3], steps[1::3], steps[2::3], strict=True)
        ]
        opening = links.pop(0) if begins == [_WITH_LINK] else None
        self.links = Links((place[0], place[1]), tuple(links), begins == [_WITH_TRIGGER], opening)
        return self.links


Triggered = tuple[tuple[int, Way], ...]
"""Ways, each behind its lists as bits of a number."""

WithDigits = tuple[tuple[int, Triggered], ...]
"""Ways that want so many digits beside their trigger."""

Word = tuple[Triggered, int, WithDigits]
"""What is remembered of a word: the ways it triggers, the lists it meets that are asked for beside a trigger, and the
ways that want digits beside it."""


def spelling(told: bytes) -> str:
    """Return words in the form in which bits are met, bytes as signs of Latin-1: an automaton of text reads those."""
    edged = b" %b " % told
    if edged.translate(None, _RUSSIAN_AND_BLANK):
        edged = _SEAM.sub(b" ", edged)
    return _SAME_AS_NEXT.sub(b"", edged).decode("latin-1")


class _Bits:
    """Bits that stand in the same lists: those lists as bits of a number, and those of them that trigger ways."""

    __slots__ = ("_written", "known")

    def __init__(self, written: str) -> None:
        self._written = written
        self.known: tuple[int, Sequence[str]] | None = None

    def look_up(self) -> tuple[int, Sequence[str]]:
        """Work out what the bits mean; most of them are never met."""
        asked, triggers = self._written.split(";")
        self.known = _as_bits(asked), triggers.split()
        return self.known


def bits_in(written: Iterable[str], meanings: Iterable[Meaning]) -> Callable[[str], Iterable[tuple[int, Meaning]]]:
    """Return what finds bits in a spelling (Aho-Corasick), each with where it ends and what it means.

    Bits of one meaning are written with «|» between them; no bit stands in two of them.
    """
    automaton = ahocorasick.Automaton()
    # All at once: thousands of calls less.
    spelled = "\n".join(written).encode("cp1251").decode("latin-1").split("\n")
    for joined, meaning in zip(spelled, meanings, strict=True):
        for bit in joined.split("|"):
            automaton.add_word(bit, meaning)
    automaton.make_automaton()
    found: Callable[[str], Iterable[tuple[int, Meaning]]] = automaton.iter
    return found


class Words(dict[bytes, Word]):
    """Every word met so far with what it meets; bounded, because texts are anybody's."""

    def __init__(self, needs: Mapping[str, Any]) -> None:
        super().__init__()
        self._written: Mapping[str, Sequence[str]] = needs["ways"]
        self.all_lists = _bit(needs["asked"]) - 1
        self._triggered_by = cache(self._made)
        self._bits_in = bits_in(needs["bits"], map(_Bits, needs["lists"]))
        self.signs = {sign: self._of_sign(sign) for sign in set(range(256)).difference(ALL_BUT_SIGNS)}

    def __missing__(self, word: bytes) -> Word:
        met = self._read(word)
        if len(word) <= _LONGEST_REMEMBERED:
            if len(self) >= _MOST_WORDS:
                self.clear()
            self[word] = met
        return met

    def _read(self, word: bytes) -> Word:
        spelled = spelling(word)
        met = SEAMED * (" " in spelled[1:-1])
        triggers: set[str] = set()
        for _, bits in self._bits_in(spelled):
            lists, triggering = bits.known or bits.look_up()
            met |= lists
            if triggering:
                triggers.update(triggering)
        plain, with_digits = self._ways_of(triggers) if triggers else ((), ())
        return plain, met, with_digits

    def _of_sign(self, sign: int) -> Word:
        found = [bits for _, bits in self._bits_in(chr(sign))]
        met, triggers = found[0].look_up() if found else (0, ())
        plain, with_digits = self._ways_of(triggers)
        return plain, met, with_digits

    def _ways_of(self, triggers: Iterable[str]) -> tuple[Triggered, WithDigits]:
        """Return the ways of several triggers, those that want no digits apart."""
        by_digits: dict[int, Triggered] = {}
        for digits, ways in chain.from_iterable(map(self._triggered_by, triggers)):
            by_digits[digits] = by_digits.get(digits, ()) + ways
        return by_digits.pop(0, ()), tuple(by_digits.items())

    def _made(self, trigger: str) -> WithDigits:
        by_digits: dict[int, list[tuple[int, Way]]] = {}
        for written in self._written[trigger]:
            digits, beside, way = written.split(";", 2)
            by_digits.setdefault(int(digits), []).append((_as_bits(beside), Way(way)))
        return tuple((digits, tuple(ways)) for digits, ways in by_digits.items())


def _bit(number: int) -> int:
    return 2 << number


def _as_bits(numbers: str) -> int:
    return sum(map(_bit, map(int, numbers.split())))
