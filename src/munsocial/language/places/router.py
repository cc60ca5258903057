"""Whose question it is: the settlement that a text asks about (clause 11: answering under upstream posts)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple, Protocol, runtime_checkable

from munsocial.language.places.declension import Part, adjectival
from munsocial.language.places.homonyms import own_regions, region_after
from munsocial.language.places.index import Index
from munsocial.language.places.landmarks import Landmarks
from munsocial.language.places.mentions import Mention, foreign_by_form, mentions, stands_as_place
from munsocial.language.places.subject import subject
from munsocial.language.places.surroundings import previous_word, type_before
from munsocial.language.places.toponyms import Toponym, number_moved, shorter, toponym
from munsocial.language.questions import is_question
from munsocial.language.reading.legible import folded, legible_text
from munsocial.language.reading.tables import rows
from munsocial.language.reading.words import Words, fold, read
from munsocial.language.streams import one_by_one
from munsocial.model.given import each_is, is_a

__all__ = ["OTHER", "Router", "router"]

OTHER = "other"
"""The answer for a place that belongs to none of the bodies."""

_SETTLEMENT_NAME = re.compile(r"([а-я-]{4,}(?:ского|цкого|ого|его)) (?:сельск|городск)\w+ (?:поселени|округ)")
_LONGEST = 10_000
"""Characters of a text that are read; no network takes a longer comment."""
_RIDE = re.compile(r"\b(?:автобус|маршрутк|электричк|поезд|рейс|расписани|билет)")
# «Гонят в Краснодар»: where people are sent, not what they ask about.
_SENT = re.compile(
    r"(?:гонят|отправляют|отправили|направляют|направили|посылают|послали|возят|возим|ездим|ездить|ездят|мотаемся|мотаться|катаемся)"
    r"(?: \w+)? (?:в|на|до)"
)
# A hyphen or a capital inside a word, in any script: looser than what cuts, it only spares the look at each letter.
_MAY_BE_CUT = re.compile(r"\w[-‑]\w|[^\W\dA-ZА-ЯЁ][^\W\da-zа-яё]")
_RIDE_TO = frozenset(["на", "до", "через", "к", "и"])


class _Place(NamedTuple):
    body: str
    name: Toponym


@cache
def _elsewhere() -> Index:
    names = [toponym(fold(name)) for row in rows("places/towns.txt") for name in row[0].split(",")]
    known = [name for name in names if name is not None]
    return Index([*known, *(short for short in map(shorter, known) if short is not None)], forgiving=False)


def _names_of(body: Any) -> list[str]:
    names = list(body.places)
    found = _SETTLEMENT_NAME.search(folded(getattr(body, "name", None) or ""))
    if found is not None:
        stem = found[1][:-3]
        names.append(stem + ("ое" if found[1].endswith("ого") else "ее"))
    return names


def _places(bodies: Iterable[Any]) -> list[_Place]:
    places: dict[tuple[str, str, str], _Place] = {}
    for body in bodies:
        for written in _names_of(body):
            name = toponym(folded(written))
            if name is not None:
                places.setdefault((body.id, name.plain, name.kind), _Place(body.id, name))
    whole = list(places.values())
    said = [_Place(body, short) for body, name in whole if (short := shorter(name)) is not None]
    taken = Counter(name.plain for _, name in [*whole, *said])
    moved = [_Place(body, other) for body, name in whole if (other := number_moved(name)) is not None]
    return [*whole, *moved, *(place for place in said if taken[place.name.plain] == 1)]


@runtime_checkable
class Body(Protocol):
    """What a router must know of a body."""

    id: str
    places: Iterable[str]


class Router:
    """Routes texts to the bodies whose places they name; made once, used for many texts."""

    def __init__(self, bodies: Iterable[Any]) -> None:
        self._bodies = listed = tuple(bodies)
        self._places = _places(listed)
        self._index = Index([place.name for place in self._places], forgiving=True)
        self._landmarks = Landmarks(listed)
        self._regions = own_regions(listed)

    def __reduce__(self) -> tuple[type[Router], tuple[tuple[Any, ...]]]:
        """Travel to another process as the bodies that it is made of."""
        return Router, (self._bodies,)

    def route(self, text: str) -> str | None:
        """The id of a body; `"other"` when the text asks about a place of none of them; None when it names no place.

        Raises:
            InputError: it is no text.
        """
        is_a(str, text, "text")
        words = _apart(read(legible_text(text[:_LONGEST])), self._index)
        found = [mention for mention in mentions(words, self._index) if not _a_town_rather(words, mention)]
        ours = [mention for mention in found if not self._in_another_region(words, mention)]
        if ours:
            return self._body(words, ours)
        if found:  # in another region; a registry that names none of its own cannot tell: then it is nobody's
            return OTHER if self._regions and _asked(text) else None
        towns = _elsewhere()
        elsewhere = [
            one
            for one in mentions(words, towns)
            if stands_as_place(words, one, towns.places[one.place].plain) and not self._like_ours(words, one.first)
        ]
        foreign = (i for i in range(len(words.plain)) if foreign_by_form(words, i) and not self._like_ours(words, i))
        if not elsewhere and next(foreign, None) is None:
            return self._landmarks.find(words)
        if not _asked(text) or _only_a_ride(words, elsewhere) or _only_sent(words, elsewhere):
            return None
        return OTHER

    def _in_another_region(self, words: Words, mention: Mention) -> bool:
        region = region_after(words, mention.last)
        return bool(region) and region not in self._regions

    def _like_ours(self, words: Words, i: int) -> bool:
        """«На Садовой» where the registry has the хутор Садовый: no place of ours, but none elsewhere for sure."""
        hits = () if type_before(words, i) else self._index.exactly(words.plain[i])
        return any(hit.part is Part.NAME and adjectival(self._index.places[hit.place].plain) for hit in hits)

    def _body(self, words: Words, found: list[Mention]) -> str | None:
        """The body of the place that the text is about; of namesakes the one that something else points to."""
        about = subject(words, found)
        named = {self._places[one.place].body for one in found if (one.first, one.last) == (about.first, about.last)}
        if len(named) > 1:
            others = {self._places[one.place].body for one in found if one.first != about.first} & named
            street = self._landmarks.find(words)
            named = others or ({street} & named if street is not None else named) or named
        return named.pop() if len(named) == 1 else None

    def route_many(self, texts: Iterable[str]) -> Iterator[str | None]:
        """Route a stream of texts, one answer for each, in order."""
        return one_by_one(self.route, texts)


def _asked(text: str) -> bool:
    return "?" in text or is_question(text)


def _apart(words: Words, index: Index) -> Words:
    """«Гривенская-Лебеди» and «#НовыеВыселки» as two words, where the whole is no name and a piece of it is."""
    if _MAY_BE_CUT.search(words.text) is None:
        return words
    cuts = {i: pieces for i in range(len(words.plain)) if len(pieces := list(_pieces(words, i))) > 1}
    if not cuts:
        return words
    plain: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for i, word in enumerate(words.plain):
        pieces = cuts.get(i, [(word, words.starts[i])])
        if len(pieces) > 1 and not _names_inside(words, i, [piece for piece, _ in pieces], index):
            pieces = [(word, words.starts[i])]
        for piece, at in pieces:
            plain.append(piece)
            starts.append(at)
            ends.append(at + len(piece))
        ends[-1] = words.ends[i]
    return words._replace(plain=plain, starts=starts, ends=ends)


def _pieces(words: Words, i: int) -> Iterator[tuple[str, int]]:
    """A word cut at hyphens and before its inner capitals, each piece with its place in the text."""
    word, at = words.plain[i], words.starts[i]
    written = words.text[at : at + len(word)]
    begun = 0
    for k in range(1, len(word)):
        if word[k] == "-" or (written[k].isupper() and written[k - 1].islower()):
            yield word[begun:k], at + begun
            begun = k + (word[k] == "-")
    yield word[begun:], at + begun


def _names_inside(words: Words, i: int, pieces: list[str], index: Index) -> bool:
    return not index.known(words.plain, i) and any(index.known(pieces, k) for k in range(len(pieces)))


def _a_town_rather(words: Words, mention: Mention) -> bool:
    """A slip of our name that is the right name of a town elsewhere is that town."""
    if mention.exact or mention.last > mention.first:
        return False
    return any(hit.exact and hit.part == "name" for hit in _elsewhere().find(words.plain[mention.first]))


def _only_sent(words: Words, elsewhere: list[Mention]) -> bool:
    before = (" ".join(words.plain[max(0, one.first - 3) : one.first]) for one in elsewhere)
    return bool(elsewhere) and all(_SENT.search(said) for said in before)


def _only_a_ride(words: Words, elsewhere: list[Mention]) -> bool:
    """«Автобус на Краснодар» starts here: the town is where it goes, not what is asked about."""
    if _RIDE.search(words.folded) is None:
        return False
    if len(elsewhere) > 1 and previous_word(words, elsewhere[0].first) in ("из", "от"):
        return False  # «из Тимашевска в Краснодар»: it is not from here
    return not elsewhere or any(previous_word(words, one.first) in _RIDE_TO for one in elsewhere)


def router(bodies: Any) -> Router:
    """Make a router from bodies, or from a registry that has `.bodies`; a body has `id` and `places`.

    Where a body has them, its `name`, `streets` and `organisations` are read too. A region that one of these names
    («Краснодарского края») is ours: a place with another region after it is `"other"`.

    Raises:
        InputError: they are no list, or one of them is no body.
    """
    listed = bodies.bodies if hasattr(bodies, "bodies") else bodies
    return Router(each_is(Body, listed, "bodies", "registry.bodies"))
