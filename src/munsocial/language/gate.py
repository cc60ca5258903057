"""Which lines a text may match: told by bits of its words, before any pattern runs.

Most comments hold nothing that a rule is about. A text is put into a plain form and cut into words; for each word it is
remembered which *lists* of bits it meets. A line is tried only when the text goes one of the *ways* to match it: the
trigger is met, each list of the way is met somewhere, and those that are its links stand in order, near enough, the
first of them at the beginning of a sentence where the line wants that. The ways are found with the rules
(`tools/language/spellings.py`), so nothing is guessed here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, reduce
from itertools import chain
from operator import itemgetter, or_
from typing import Any, Final, NamedTuple

import ahocorasick

from munsocial.language.lexicon import compiled, rules

__all__ = ["Gate", "Opened", "Place", "gate"]

_END: Final = b".!?\n;)]\xa4"  # what may stand at the end of a sentence, and the end of a mention


def _seen_as(code: int) -> int:
    """Keep letters; any digit is «0», the end of a sentence «.», and all else parts words."""
    if code >= 0xE0 or 97 <= code <= 122:
        return code
    return 48 if 48 <= code <= 57 else 46 if code in _END else 32


_ALL_BUT_SIGNS = bytes(set(range(256)) - set(b"*#@$%&\xa4_+=/|?"))  # that lines ask for
_TOLD = bytes(map(_seen_as, range(256)))
# «[id12345|Анна], …» begins most answers in VK: its digits are nobody's number.
_MENTION = re.compile(rb"\[(?:id|club)[0-9]+\|")
# Inside a word as it is remembered: where Russian letters, Latin ones and digits meet, a new word begins.
_SEAM = re.compile(rb"(?<=[\xe0-\xff])(?=[a-z0])|(?<=[a-z])(?=[\xe0-\xff0])|(?<=0)(?=[a-z\xe0-\xff])")
_RUSSIAN = bytes(range(0xE0, 0x100))
_SAME_AS_NEXT = re.compile(rb"([^0])(?=\1)")
_WITH_TRIGGER, _WITH_LINK = 1, 2  # where a sentence begins
_LONGEST_REMEMBERED = 40
_MOST_WORDS = 1 << 15
_MOST_PARTS = 64
_MOST_FOUND = 150  # triggers of one part; where there are more, trying the patterns is less work than asking for order
_MET = itemgetter(1)
_SEAMED = 1  # the lowest bit of what is met: a word of letters and digits stands for several words

Place = tuple[int, int]
"""A line and a branch of it."""


class _Step(NamedTuple):
    """A link beside the trigger: the bit of its list, and the places it may stand at, counted from the trigger."""

    bit: int
    first: int
    last: int


@dataclass(slots=True, eq=False)  # told apart by being one, and not frozen: both are quicker
class _Way:
    """One way to match a branch of a line, seen from its trigger: so many digits, links near it, how it may begin."""

    place: Place
    digits: int
    steps: tuple[_Step, ...]
    begins: bool  # with the trigger
    opening: _Step | None  # with another link


_Triggered = tuple[tuple[int, _Way], ...]
"""Ways, each behind its lists as bits of a number."""

_Word = tuple[_Triggered, int, _Triggered]
"""What is remembered of a word: the ways it triggers, the lists it meets that are asked for beside a trigger, and the
ways that want digits beside it."""


class Opened(NamedTuple):
    """One text before the gate: the branches that may match, in the order of the rules."""

    shown: tuple[Place, ...]
    apart: tuple[Place, ...]


_NOTHING = Opened((), ())


class Gate:
    """Bits and ways of all lines, as `tools/language/compile_rules.py` writes them; some lines may be kept apart."""

    def __init__(self, needs: Mapping[str, Any], apart: Container[int] = ()) -> None:
        self._words = _Words(needs)
        self._apart = apart
        # Spam and all the rest ask about the same text in turn, and about each part of a long one.
        self.opened = lru_cache(maxsize=_MOST_PARTS)(self._open)

    def meets_more(self, seen: bytes, before: bytes) -> bool:
        """Tell whether words of this view that are not in the one before it meet anything."""
        words = self._words
        known, told = (_told(one).replace(b".", b" ").split() for one in (before, seen))
        new = map(words.__getitem__, {*told}.difference(known))
        return any(ways or met > _SEAMED or with_digits for ways, met, with_digits in new)

    def _open(self, seen: bytes) -> Opened:
        """Return these bytes of a view as they are before the gate."""
        told = _told(seen)
        words: list[_Word] = []
        begins: set[int] = set()
        for sentence in told.split(b"."):
            begins.add(len(words))
            words += map(self._words.__getitem__, sentence.split())
        signs = [self._words.signs[sign] for sign in set(seen.translate(None, _ALL_BUT_SIGNS))]
        digits = told.count(b"0")
        found = [(place, word) for place, word in enumerate(words) if word[0] or word[2]]
        if not found and not signs:
            return _NOTHING
        met = reduce(or_, map(_MET, chain(words, signs)), 0)
        loose = bool(met & _SEAMED)
        dense = len(found) > _MOST_FOUND
        places: set[Place] = set()
        for place, word in {id(word): (place, word) for place, word in found}.values() if dense else found:
            ways = word[0] + _of_digits(word[2], digits) if digits and word[2] else word[0]
            for lists, way in ways:
                if lists & met == lists and (dense or _goes(way, words, begins, place, loose=loose)):
                    places.add(way.place)
        for ways, _, _ in signs:
            places |= {way.place for lists, way in ways if lists & met == lists}
        if not places:
            return _NOTHING
        apart = self._apart
        return Opened(
            tuple(sorted(place for place in places if place[0] not in apart)),
            tuple(sorted(place for place in places if place[0] in apart)),
        )


def _told(seen: bytes) -> bytes:
    """Return what is told of these bytes: words of letters and noughts, with a stop where a sentence may end."""
    return (_MENTION.sub(b" ", seen) if b"|" in seen else seen).translate(_TOLD)


def _of_digits(ways: _Triggered, digits: int) -> _Triggered:
    return tuple((lists, way) for lists, way in ways if way.digits <= digits)


def _goes(way: _Way, words: Sequence[_Word], begins: Container[int], place: int, *, loose: bool) -> bool:
    """Tell whether the links of the way are met where they may stand beside the trigger, which stands at this place.

    In a text with words that stand for several, a link may stand nearer than it otherwise could.
    """
    if way.begins and place not in begins:
        return False
    for bit, first, last in way.steps:
        start, end = place + first, place + last + 1
        for word in words[start if start > 0 else 0 : end if end > 0 else 0]:
            if word[1] & bit:
                break
        else:
            if not (loose and _stands_nearer(words, place, bit, first, last)):
                return False
    if way.opening is None:
        return True
    bit, first, last = way.opening
    places = range(max(0, place + min(first, 0)), min(len(words), place + max(last, 0) + 1))
    return any(there in begins and words[there][1] & bit for there in places)


def _stands_nearer(words: Sequence[_Word], place: int, bit: int, first: int, last: int) -> bool:
    return any(word[1] & bit for word in words[max(0, place + min(first, 0)) : place + max(last, 0) + 1])


class _Bits:
    """Bits that stand in the same lists: those lists as bits of a number, and the ways which they trigger."""

    __slots__ = ("_asked", "_lists", "_ways_of", "known")

    def __init__(self, lists: str, asked: int, ways: Callable[[str], _Triggered]) -> None:
        self._lists, self._asked, self._ways_of = lists, asked, ways
        self.known: tuple[int, _Triggered] | None = None

    def look_up(self) -> tuple[int, _Triggered]:
        """Work out what the bits mean; most of them are never met."""
        lists = self._lists.split(" ")
        met = sum([_bit(number) for number in map(int, lists) if number < self._asked])
        ways = tuple(chain.from_iterable(map(self._ways_of, lists)))
        self.known = met, ways
        return self.known


class _Words(dict[bytes, _Word]):
    """Every word met so far with what it meets; bounded, because texts are anybody's."""

    def __init__(self, needs: Mapping[str, Any]) -> None:
        super().__init__()
        self._written: Mapping[str, Sequence[str]] = needs["ways"]
        self._triggered_by = cache(self._made)
        self._bits_in = self._automaton(needs)
        self.signs = {sign: self._of_sign(sign) for sign in set(range(256)).difference(_ALL_BUT_SIGNS)}

    def __missing__(self, word: bytes) -> _Word:
        met = self._read(word)
        if len(word) <= _LONGEST_REMEMBERED:
            if len(self) >= _MOST_WORDS:
                self.clear()
            self[word] = met
        return met

    def _read(self, word: bytes) -> _Word:
        told = b" %b " % word
        if word.translate(None, _RUSSIAN):
            told = _SEAM.sub(b" ", told)
        found = {bits for _, bits in self._bits_in(_SAME_AS_NEXT.sub(b"", told).decode("latin-1"))}
        met = _SEAMED * (b" " in told[1:-1])
        triggered: list[_Triggered] = []
        for bits in found:
            lists, ways = bits.known or bits.look_up()
            met |= lists
            if ways:
                triggered.append(ways)
        if not triggered:
            return (), met, ()
        plain: list[tuple[int, _Way]] = []
        with_digits: list[tuple[int, _Way]] = []
        for pair in {pair[1]: pair for pair in chain.from_iterable(triggered)}.values():
            (with_digits if pair[1].digits else plain).append(pair)
        return tuple(plain), met, tuple(with_digits)

    def _of_sign(self, sign: int) -> _Word:
        found = [bits for _, bits in self._bits_in(chr(sign))]
        met, ways = found[0].look_up() if found else (0, ())
        return ways, met, ()

    def _made(self, number: str) -> _Triggered:
        return tuple(map(_way, self._written.get(number, ())))

    def _automaton(self, needs: Mapping[str, Any]) -> Callable[[str], Iterable[tuple[int, _Bits]]]:
        """Build the automaton (Aho-Corasick); it reads bytes as signs of Latin-1, which costs nothing."""
        automaton = ahocorasick.Automaton()
        # All at once: thousands of calls less.
        as_bytes = "\n".join(needs["bits"]).encode("cp1251").decode("latin-1").split("\n")
        for joined, numbers in zip(as_bytes, needs["lists"], strict=True):
            alike = _Bits(numbers, needs["asked"], self._triggered_by)
            for one in joined.split("|"):
                automaton.add_word(one, alike)
        automaton.make_automaton()
        found: Callable[[str], Iterable[tuple[int, _Bits]]] = automaton.iter
        return found


def _bit(number: int) -> int:
    return 2 << number


def _way(written: str) -> tuple[int, _Way]:
    place, beside, steps, rest = ([*map(int, part.split())] for part in written.split(";"))
    links = [_Step(_bit(number), *places) for number, *places in zip(steps[::3], steps[1::3], steps[2::3], strict=True)]
    begins, digits = rest
    opening = links.pop(0) if begins == _WITH_LINK else None
    way = _Way((place[0], place[1]), digits, tuple(links), begins == _WITH_TRIGGER, opening)
    return sum([_bit(number) for number in beside]), way


@cache
def gate() -> Gate:
    """Return the gate of the shipped rules: its lines are those of all plain rules in turn, spam is kept apart."""
    categories = [rule.category for rule in rules() if rule.view == "plain" for _ in rule.lines]
    return Gate(compiled().needs, {line for line, category in enumerate(categories) if category == "spam"})
