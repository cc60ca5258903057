"""Streets and organisations that a registry lists: they name the body where no settlement is named."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from munsocial.language.places.surroundings import in_street
from munsocial.language.reading.legible import folded
from munsocial.language.reading.words import Words

__all__ = ["Landmarks"]

_STREET_WORDS = re.compile(
    r"\b(?:улица|ул|переулок|пер|проспект|пр-т|проезд|площадь|бульвар|шоссе|набережная|тупик)\b\.?"
)
_WORD = re.compile(r"[а-яa-z0-9-]+")
_ORGANISATION_NOISE = frozenset(
    [
        "мбоу",
        "мбдоу",
        "мку",
        "мбу",
        "мау",
        "маоу",
        "мадоу",
        "гбуз",
        "муп",
        "ооо",
        "ано",
        "имени",
        "им",
        "станицы",
        "хутора",
        "села",
        "поселка",
        "района",
        "муниципального",
        "образования",
        "муниципальное",
        "бюджетное",
        "казенное",
        "автономное",
        "учреждение",
        "общеобразовательное",
        "дошкольное",
        "образовательное",
        "средняя",
        "общеобразовательная",
        "школа",
        "сад",
        "детский",
        "культуры",
        "дом",
        "клуб",
        "библиотека",
        "больница",
        "амбулатория",
        "центр",
        "сош",
        "оош",
        "сдк",
        "дк",
        "цб",
        "црб",
        "фап",
        "сельский",
        "сельская",
        "районная",
        "районный",
        "центральная",
        "и",
        "в",
        "№",
        "n",
        "спорта",
        "спортивная",
    ]
)
_KINDS = {
    "школ": ("школ", "сош", "оош", "гимнази", "лице"),
    "сад": ("сад", "мбдоу", "мадоу", "дошкольн"),
    "больниц": ("больниц", "црб", "црбольниц"),
    "поликлиник": ("поликлиник",),
    "амбулатори": ("амбулатори",),
    "библиотек": ("библиотек",),
    "клуб": ("клуб", "дк", "сдк", "дом культуры"),
}
_CASE_ENDS = re.compile(
    r"(?:ого|ому|ыми|ими|его|ему|ый|ий|ой|ая|яя|ое|ее|ые|ие|ую|юю|ым|им|ом|ем|ых|их|ах|ях|ам|ям|а|у|е|ы|и|я|ю|о|ь|й)?$"
)


def _stem(word: str) -> str:
    return _CASE_ENDS.sub("", word, count=1) if len(word) > 3 else word


def _kind(name: str) -> str | None:
    for kind, signs in _KINDS.items():
        if any(sign in name for sign in signs):
            return kind
    return None


class Landmarks:
    """Looks a text over for streets and organisations; one that several bodies have names none of them."""

    def __init__(self, bodies: Iterable[Any]) -> None:
        self._streets: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._named: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._numbered: dict[tuple[str, str], set[str]] = defaultdict(set)
        for body in bodies:
            for street in getattr(body, "streets", ()):
                self._add_street(folded(street), body.id)
            for organisation in getattr(body, "organisations", ()):
                self._add_organisation(folded(organisation), body.id)

    def _add_street(self, name: str, body: str) -> None:
        words = tuple(map(_stem, _WORD.findall(_STREET_WORDS.sub(" ", name))))
        if words:
            self._streets[words].add(body)

    def _add_organisation(self, name: str, body: str) -> None:
        kind, number = _kind(name), re.search(r"\d+", name)
        if kind and number:
            self._numbered[kind, number[0]].add(body)
        own = tuple(
            _stem(word) for word in _WORD.findall(name) if word not in _ORGANISATION_NOISE and not word.isdigit()
        )
        if own:
            self._named[own].add(body)

    def find(self, words: Words) -> str | None:
        """The only body whose street or organisation the text names, or None."""
        if not (self._streets or self._named or self._numbered):
            return None
        stems = [_stem(word) for word in words.plain]
        found: set[str] = set()
        for i in range(len(stems)):
            found |= self._street_at(words, stems, i) | self._organisation_at(words, stems, i)
        return found.pop() if len(found) == 1 else None

    def _street_at(self, words: Words, stems: list[str], i: int) -> set[str]:
        for size in (3, 2, 1):
            bodies = self._streets.get(tuple(stems[i : i + size]))
            if bodies and (in_street(words, i, min(len(stems), i + size) - 1) or self._by_preposition(words, i)):
                return bodies
        return set()

    @staticmethod
    def _by_preposition(words: Words, i: int) -> bool:
        return i > 0 and words.plain[i - 1] in ("на", "по", "с") and (words.capital(i) or words.text.islower())

    def _organisation_at(self, words: Words, stems: list[str], i: int) -> set[str]:
        found: set[str] = set()
        for size in (4, 3, 2, 1):
            bodies = self._named.get(tuple(stems[i : i + size]))
            known = words.capital(i) or size > 1 or (i > 0 and _kind(words.plain[i - 1]) is not None)
            if bodies and known:
                found |= bodies
                break
        kind = _kind(words.plain[i])
        if kind:
            for near in words.plain[max(0, i - 2) : i + 3]:
                found |= self._numbered.get((kind, re.sub(r"\D", "", near)), set())
        return found
