"""Which lines a text may match: told by bits of its words, before any pattern runs.

Most comments hold nothing that a rule is about. A text is put into a plain form and cut into words; for each word it is
remembered which *lists* of bits it meets. A line is tried only when the text goes one of the *ways* to match it: the
trigger is met, each list of the way is met somewhere, and those that are its links stand in order, near enough, the
first of them at the beginning of a sentence where the line wants that. The ways are found with the rules
(`tools/language/spellings.py`), so nothing is guessed here.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence, Set
from functools import cache, lru_cache, reduce
from itertools import accumulate, chain
from operator import or_
from typing import Any, Final, NamedTuple

from munsocial.language.comments.lexicon import compiled, rules
from munsocial.language.comments.unmask import BAR, MENTION
from munsocial.language.comments.ways import ALL_BUT_SIGNS, SEAMED, Links, Place, Way, Word, Words

__all__ = ["Gate", "Opened", "gate", "parted"]

_END: Final = b".!?\n;)]\xa4"  # what may stand at the end of a sentence, and the end of a mention


def _seen_as(code: int) -> int:
    """Keep letters; any digit is «0», the end of a sentence «.», and all else parts words."""
    if code >= 0xE0 or 97 <= code <= 122:
        return code
    return 48 if 48 <= code <= 57 else 46 if code in _END else 32


_TOLD = bytes(map(_seen_as, range(256)))
_PARTED = _TOLD.replace(b".", b" ")
_MOST_PARTS = 64
_MOST_FOUND = 150  # triggers of one part; where there are more, trying the patterns is less work than asking for order


class Opened(NamedTuple):
    """One text before the gate: the branches that may match, in the order of the rules."""

    shown: tuple[Place, ...]
    apart: tuple[Place, ...]
    met: int  # the lists that its words meet


class Gate:
    """Bits and ways of all lines, as `tools/language/compile_rules.py` writes them; some lines may be kept apart."""

    def __init__(
        self, needs: Mapping[str, Any], apart: Container[int] = (), masked: Container[int] | None = None
    ) -> None:
        self._words = Words(needs)
        self._apart, self._masked = apart, masked
        # Spam and all the rest ask about the same text in turn, and about each part of a long one.
        self.opened = lru_cache(maxsize=_MOST_PARTS)(self._open)
        self._signs_of = lru_cache(maxsize=_MOST_PARTS)(lambda signs: [self._words.signs[sign] for sign in {*signs}])

    def meets_more(self, seen: bytes, before: bytes) -> bool:
        """Tell whether words of this view that are not in the one before it may matter to the masked lines.

        They do where they trigger a way, or meet a list that no word met before.
        """
        new = [self._words[word] for word in {*parted(seen).split()}.difference(parted(before).split())]
        met, met_before = reduce(or_, [met for _, met, _ in new], 0), self.opened(before).met | SEAMED
        return bool(met & ~met_before) or any(map(self._triggers_masked, new))

    def _triggers_masked(self, word: Word) -> bool:
        masked, (ways, _, with_digits) = self._masked, word
        triggered = chain(ways, *(pairs for _, pairs in with_digits))
        return any(masked is None or _links(way).place[0] in masked for _, way in triggered)

    def _open(self, seen: bytes) -> Opened:
        """Return these bytes of a view as they are before the gate."""
        told = parted(seen)
        # Signs have no place among the words: they stand behind them.
        words = [*map(self._words.__getitem__, told.split()), *self._signs_of(seen.translate(None, ALL_BUT_SIGNS))]
        mets = [met for _, met, _ in words]
        met = reduce(or_, mets, 0)
        digits, missing = told.count(b"0"), self._words.all_lists & ~met
        if len(words) > _MOST_FOUND and sum(map(_triggers, words)) > _MOST_FOUND:
            alike = {id(word): word for word in words}.values()
            places = {_links(way).place for _, way in _met(alike, digits, missing)}
        elif met_ways := _met(words, digits, missing):
            places = _Order(seen, mets, loose=bool(met & SEAMED)).going(met_ways)
        else:
            return Opened((), (), met)
        shown: list[Place] = []
        apart: list[Place] = []
        for place in sorted(places):
            (apart if place[0] in self._apart else shown).append(place)
        return Opened(tuple(shown), tuple(apart), met)


def _met(words: Iterable[Word], digits: int, missing: int) -> list[tuple[int, Way]]:
    """Return the ways that words trigger, each with the place of its word, where no list is missing that it needs."""
    met = [(at, way) for at, (ways, _, _) in enumerate(words) if ways for lists, way in ways if not lists & missing]
    if digits:
        met += [
            (at, way)
            for at, (_, _, with_digits) in enumerate(words)
            for least, ways in with_digits
            if least <= digits
            for lists, way in ways
            if not lists & missing
        ]
    return met


def _links(way: Way) -> Links:
    return way.links or way.look_up()


def _triggers(word: Word) -> bool:
    return bool(word[0] or word[2])


class _Order:
    """The words of a text in their order, each as the lists it meets.

    In a text with words that stand for several (it is ``loose``), a link may stand nearer than it otherwise could.
    """

    __slots__ = ("_begins", "_loose", "_mets", "_seen")

    def __init__(self, seen: bytes, mets: Sequence[int], *, loose: bool) -> None:
        self._seen, self._mets, self._loose = seen, mets, loose
        self._begins: Set[int] | None = None

    def going(self, ways: Iterable[tuple[int, Way]]) -> set[Place]:
        """Return the places of the ways whose links stand where they may beside their trigger, which stands here."""
        places: set[Place] = set()
        for at, way in ways:
            links = way.links or way.look_up()
            if links.place not in places and self._goes(links, at):
                places.add(links.place)
        return places

    def _goes(self, links: Links, place: int) -> bool:
        begins, steps, opening = links.begins, links.steps, links.opening
        if begins and place not in self._beginnings():
            return False
        mets = self._mets
        for bit, first, last in steps:
            start, end = place + first, place + last + 1
            for met in mets[start if start > 0 else 0 : end if end > 0 else 0]:
                if met & bit:
                    break
            else:
                if not (self._loose and self._stands_nearer(place, bit, first, last)):
                    return False
        return opening is None or self._is_begun(place, *opening)

    def _stands_nearer(self, place: int, bit: int, first: int, last: int) -> bool:
        return any(met & bit for met in self._mets[max(0, place + min(first, 0)) : place + max(last, 0) + 1])

    def _is_begun(self, place: int, bit: int, first: int, last: int) -> bool:
        places = range(max(0, place + min(first, 0)), min(len(self._mets), place + max(last, 0) + 1))
        return any(there in self._beginnings() and self._mets[there] & bit for there in places)

    def _beginnings(self) -> Set[int]:
        """Return where sentences begin; few ways ask for it."""
        if self._begins is None:
            lengths = [len(sentence.split()) for sentence in _told_of(self._seen).split(b".")]
            self._begins = {0, *accumulate(lengths)}
        return self._begins


def parted(seen: bytes) -> bytes:
    """Return words of letters and noughts with blanks between them."""
    return _without_mentions(seen).translate(_PARTED)


def _told_of(seen: bytes) -> bytes:
    """Return the same, with a stop where a sentence may end."""
    return _without_mentions(seen).translate(_TOLD)


def _without_mentions(seen: bytes) -> bytes:
    return MENTION.sub(b" ", seen) if BAR in seen else seen


@cache
def gate() -> Gate:
    """Return the gate of the shipped rules: its lines are those of all plain rules in turn, spam is kept apart."""
    plain = [rule for rule in rules() if rule.view == "plain" for _ in rule.lines]
    spam = {line for line, rule in enumerate(plain) if rule.category == "spam"}
    return Gate(compiled().needs, spam, {line for line, rule in enumerate(plain) if rule.masked})
