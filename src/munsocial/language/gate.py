"""Which lines a text may match: told by bits of its words, before any pattern runs.

Most comments hold nothing that a rule is about. A text is put into a plain form and cut into words; for each word it is
remembered which *lists* of bits it meets. A line is tried only when the text goes one of the *ways* to match it: the
trigger is met, each list of the way is met somewhere, and those that are its links stand in order, near enough, the
first of them at the beginning of a sentence where the line wants that. The ways are found with the rules
(`tools/language/spellings.py`), so nothing is guessed here.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from functools import cache, lru_cache, reduce
from itertools import chain
from operator import itemgetter, or_
from typing import Any, Final, NamedTuple

from munsocial.language.lexicon import compiled, rules
from munsocial.language.ways import ALL_BUT_SIGNS, SEAMED, Place, Triggered, Way, Word, Words

__all__ = ["Gate", "Opened", "gate"]

_END: Final = b".!?\n;)]\xa4"  # what may stand at the end of a sentence, and the end of a mention


def _seen_as(code: int) -> int:
    """Keep letters; any digit is «0», the end of a sentence «.», and all else parts words."""
    if code >= 0xE0 or 97 <= code <= 122:
        return code
    return 48 if 48 <= code <= 57 else 46 if code in _END else 32


_TOLD = bytes(map(_seen_as, range(256)))
# «[id12345|Анна], …» begins most answers in VK: its digits are nobody's number.
_MENTION = re.compile(rb"\[(?:id|club)[0-9]+\|")
_MOST_PARTS = 64
_MOST_FOUND = 150  # triggers of one part; where there are more, trying the patterns is less work than asking for order
_MET = itemgetter(1)


class Opened(NamedTuple):
    """One text before the gate: the branches that may match, in the order of the rules."""

    shown: tuple[Place, ...]
    apart: tuple[Place, ...]


_NOTHING = Opened((), ())


class Gate:
    """Bits and ways of all lines, as `tools/language/compile_rules.py` writes them; some lines may be kept apart."""

    def __init__(self, needs: Mapping[str, Any], apart: Container[int] = ()) -> None:
        self._words = Words(needs)
        self._apart = apart
        # Spam and all the rest ask about the same text in turn, and about each part of a long one.
        self.opened = lru_cache(maxsize=_MOST_PARTS)(self._open)

    def meets_more(self, seen: bytes, before: bytes) -> bool:
        """Tell whether words of this view that are not in the one before it meet anything."""
        words = self._words
        known, told = (_told(one).replace(b".", b" ").split() for one in (before, seen))
        new = map(words.__getitem__, {*told}.difference(known))
        return any(ways or met > SEAMED or with_digits for ways, met, with_digits in new)

    def _open(self, seen: bytes) -> Opened:
        """Return these bytes of a view as they are before the gate."""
        told = _told(seen)
        words: list[Word] = []
        begins: set[int] = set()
        for sentence in told.split(b"."):
            begins.add(len(words))
            words += map(self._words.__getitem__, sentence.split())
        signs = [self._words.signs[sign] for sign in set(seen.translate(None, ALL_BUT_SIGNS))]
        digits = told.count(b"0")
        found = [(place, word) for place, word in enumerate(words) if word[0] or word[2]]
        if not found and not signs:
            return _NOTHING
        met = reduce(or_, map(_MET, chain(words, signs)), 0)
        loose = bool(met & SEAMED)
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


def _of_digits(ways: Triggered, digits: int) -> Triggered:
    return tuple((lists, way) for lists, way in ways if way.digits <= digits)


def _goes(way: Way, words: Sequence[Word], begins: Container[int], place: int, *, loose: bool) -> bool:
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


def _stands_nearer(words: Sequence[Word], place: int, bit: int, first: int, last: int) -> bool:
    return any(word[1] & bit for word in words[max(0, place + min(first, 0)) : place + max(last, 0) + 1])


@cache
def gate() -> Gate:
    """Return the gate of the shipped rules: its lines are those of all plain rules in turn, spam is kept apart."""
    categories = [rule.category for rule in rules() if rule.view == "plain" for _ in rule.lines]
    return Gate(compiled().needs, {line for line, category in enumerate(categories) if category == "spam"})
