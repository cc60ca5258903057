"""Whose question it is: the settlement that a text asks about (clause 11: answering under upstream posts)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

from munsocial.language.editor.tables import rows
from munsocial.language.editor.words import Words, fold, read
from munsocial.language.places.index import Index
from munsocial.language.places.landmarks import Landmarks
from munsocial.language.places.mentions import foreign_by_form, mentions, stands_as_place
from munsocial.language.places.subject import subject
from munsocial.language.places.toponyms import Toponym, toponym
from munsocial.language.questions import is_question

__all__ = ["OTHER", "Router", "router"]

OTHER = "other"
"""The answer for a place that belongs to none of the bodies."""

_SETTLEMENT_NAME = re.compile(r"([а-я-]{4,}(?:ского|цкого|ого|его)) (?:сельск|городск)\w+ (?:поселени|округ)")
_LONGEST = 20_000
"""Characters of a text that are read; no network takes a longer comment."""
_RIDE = re.compile(r"\b(?:автобус|маршрутк|электричк|поезд|рейс|расписани|билет)")


class _Place(NamedTuple):
    body: str
    name: Toponym


@cache
def _elsewhere() -> Index:
    names = [toponym(name, fold(name)) for row in rows("places/towns.txt") for name in row[0].split(",")]
    return Index([name for name in names if name is not None], forgiving=False)


def _names_of(body: Any) -> list[str]:
    names = list(body.places)
    found = _SETTLEMENT_NAME.search(fold(body.name or ""))
    if found is not None:
        stem = found[1][:-3]
        names.append(stem + ("ое" if found[1].endswith("ого") else "ее"))
    return names


def _places(bodies: Iterable[Any]) -> list[_Place]:
    places: dict[tuple[str, str, str], _Place] = {}
    for body in bodies:
        for written in _names_of(body):
            name = toponym(written, fold(written))
            if name is not None:
                places.setdefault((body.id, name.plain, name.kind), _Place(body.id, name))
    return list(places.values())


class Router:
    """Routes texts to the bodies whose places they name; made once, used for many texts."""

    def __init__(self, bodies: Iterable[Any]) -> None:
        listed = list(bodies)
        self._places = _places(listed)
        self._index = Index([place.name for place in self._places], forgiving=True)
        self._landmarks = Landmarks(listed)

    def route(self, text: str) -> str | None:
        """The id of a body; `"other"` when the text asks about a place of none of them; None when it names no place."""
        words = read(text[:_LONGEST])
        found = list(mentions(words, self._index))
        if found:
            return self._places[subject(words, found).place].body
        if _names_elsewhere(words):
            return OTHER if is_question(text) and not _only_a_ride(words) else None
        return self._landmarks.find(words)

    def route_many(self, texts: Iterable[str]) -> Iterable[str | None]:
        """Route a stream of texts, one answer for each, in order."""
        return map(self.route, texts)


def _names_elsewhere(words: Words) -> bool:
    named = any(stands_as_place(words, mention) for mention in mentions(words, _elsewhere()))
    return named or any(foreign_by_form(words, i) for i in range(len(words.plain)))


def _only_a_ride(words: Words) -> bool:
    """«Автобус на Краснодар» starts here: the town is where it goes, not what is asked about."""
    return _RIDE.search(words.folded) is not None


def router(bodies: Any) -> Router:
    """Make a router from bodies, or from a registry that has `.bodies`; a body has `id`, `places`, `name`."""
    listed: Sequence[Any] = bodies.bodies if hasattr(bodies, "bodies") else list(bodies)
    return Router(listed)
