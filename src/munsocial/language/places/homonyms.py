"""Another place with the name of ours: one in a region elsewhere, or Малая Сосновка where ours is Сосновка."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from munsocial.language.places.agreement import adjective_end, noun_after
from munsocial.language.places.around import listed
from munsocial.language.places.declension import Part, adjectival
from munsocial.language.places.index import Hit
from munsocial.language.places.surroundings import in_street, previous_word
from munsocial.language.places.toponyms import Toponym
from munsocial.language.reading.legible import folded
from munsocial.language.reading.words import Words

__all__ = ["named_apart", "own_regions", "region_after"]

_REGION = re.compile(
    r"(?P<stem>[а-я-]{2,}[сц]к)(?:ой|ая|ую|ого|ий|ом|ому) (?:област[ьи]|обл|кра[йяюе]|республик[аиеу]|губерни[яию])\b"
    r"|(?:республик[аиеу]|респ) (?P<name>[а-я]{3,})"
)
_AGREES = {
    "f": ("ая", "ую", "ою", "ой", "ей"), "m": ("ый", "ой", "ого", "ому", "ым", "ом"),
    "n": ("ое", "ого", "ому", "ым", "ом"), "pl": ("ые", "ых", "ым", "ыми", "их"),
}  # fmt: skip
_ENDING = re.compile(r"[аеиоуыэюяйь]*$")
_LONGEST = 3  # words in which a region is named, with a shortened «обл.»


def _regions(folded: str) -> Iterator[str]:
    for found in _REGION.finditer(folded):
        yield found["stem"] or _ENDING.sub("", found["name"])


def own_regions(bodies: Iterable[Any]) -> frozenset[str]:
    """The regions that a registry names itself by, in names of its bodies, places and organisations."""
    return frozenset(
        region
        for body in bodies
        for written in (getattr(body, "name", None) or "", *body.places, *getattr(body, "organisations", ()))
        for region in _regions(folded(written))
    )


def region_after(words: Words, last: int) -> str:
    """The region named right after word `last`: «Сосновка Тамбовской области», «(Тамбовская обл.)»; empty: none."""
    if last + 1 >= len(words.plain) or words.gap(last) not in (" ", ", ", " (", " — ", " - "):
        return ""
    found = _REGION.match(" ".join(words.plain[last + 1 : last + 1 + _LONGEST]))
    return next(_regions(found[0]), "") if found else ""


def named_apart(words: Words, place: Toponym, hit: Hit, i: int, *, lazy: bool) -> bool:
    """«В Малой Сосновке», «из Верхней Сосновки»: an adjective of size or age that the name of the registry lacks."""
    if hit.part not in (Part.NAME, Part.SHORT) or i == 0 or words.gap(i - 1) != " ":
        return False
    before = previous_word(words, i)
    end = adjective_end(before)
    stem = before[: -len(end)] if end else ""
    if stem not in listed("setting_apart") or (place.whole or place.plain).startswith(stem):
        return False
    if end not in _AGREES[_gender(words.plain[i], place, hit)] or in_street(words, i - 1, i - 1):
        return False
    if not (words.capital(i - 1) or lazy or words.text.isupper()):
        return False
    return not (adjectival(place.plain) and noun_after(words, i))


def _gender(word: str, place: Toponym, hit: Hit) -> str:
    """That of what is said: the short Сосновка is feminine, though the name is Сосновское."""
    stem = word.removesuffix(hit.ending)
    short = hit.part is Part.SHORT and not place.weak and adjectival(place.plain)
    return "f" if short and stem.endswith("к") and not stem.endswith(("ск", "цк")) else place.gender
