"""The cases of a Russian place name, by rule: stems, each with the endings that may follow. Knows no single name."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

__all__ = [
    "ENDINGS",
    "HARD",
    "PEOPLE_AN",
    "PEOPLE_ICH",
    "PEOPLE_TS",
    "Part",
    "Stem",
    "adjectival",
    "name_stems",
    "plain_base",
    "slipped",
]


class Part(StrEnum):
    """What a word made of a place name is."""

    NAME = "name"
    ADJECTIVE = "adjective"
    PEOPLE = "people"
    SHORT = "short"  # a colloquial short form: weaker than a full one


class Stem(NamedTuple):
    """Letters that stay, the endings that may follow, and what the whole word then is."""

    letters: str
    endings: frozenset[str]
    part: Part


def _set(endings: str) -> frozenset[str]:
    return frozenset("" if end == "0" else end for end in endings.split())


# The last five are slips: «в Степнянскай», «Степнянсково», «в Степнянскои».
HARD = _set("ый ий ой ая ое ые ие ого ому ую ою ым им ом ых их ыми ими ай ово ои ыи ии")
_SLIPPED = _set("аая аяя оой ойй уую уюю оое оее оом омм яа йо юу ео мо оя ае юю ам аго ага ога око я й ю м го ог гоо")
_SWAPPED = _set("акя окй укю оке окм")  # «гривенсакя»
_SOFT = _set("ий яя ее ие его ему юю ею им ем их ими ей")
_POSSESSIVE = _set("я е и его ему ю ею ей им ем их ими")  # казачь|его, лись|я
_KA = _set("а и е у ой ою")
_FEM = _set("а ы и е у ой ою ей ею ам ами ах ов")
_FEM_SOFT = _set("я и е ю ей ею")
_NEUT = _set("о а у ом е")
_OVO = _set("о а у ом е ым")
_NEUT_SOFT = _set("е я ю ем и а у")
_MASC = _set("0 а у ом ем е ы ым")
_FLED = _set("а у ом ем е ы и ов ев ами ах")
_SOFT_SIGN = _set("ь я ю ем е и ью")
_SHORT_I = _set("й я ю ем е и")
_FLED_SOFT = _set("я ю ем е и")
_PLURAL = _set("и ы а я ей ов ев ям ам ями ами ях ах 0")
_BARE = frozenset({""})
PEOPLE_TS = _set("ы ам ами ах ев у а ем")
PEOPLE_AN = _set("е 0 ам ами ах ин ина ину ином ка ки ке ку кой ок")
PEOPLE_ICH = _set("и ей ам ами ах")

ENDINGS: frozenset[str] = frozenset().union(
    HARD, _SLIPPED, _SWAPPED, _SOFT, _POSSESSIVE, _FEM, _FEM_SOFT, _OVO, _NEUT_SOFT, _MASC, _FLED,
    _SOFT_SIGN, _SHORT_I, _PLURAL, PEOPLE_TS, PEOPLE_AN, PEOPLE_ICH
)  # fmt: skip

_ADJECTIVE_END = re.compile(r"(?:ая|яя|ое|ее|ый|ий|ой|ые|ие)$")
_VOWELS = "аеиоуыэюя"
_LONG = 7
_GENDER = {"ая": "f", "яя": "f", "ое": "n", "ее": "n", "ые": "pl", "ие": "pl"}


def adjectival(word: str) -> bool:
    """Whether a name is declined like an adjective: Гривенская, Лесной, Красное."""
    return len(word) > 4 and _ADJECTIVE_END.search(word) is not None


def name_stems(word: str) -> tuple[list[Stem], str]:
    """The stems of the name itself, the first being the plainest, and its gender (f, m, n, pl)."""
    if adjectival(word):
        return _as_adjective(word)
    found, gender = _as_noun(word)
    return [Stem(letters, endings, Part.NAME) for letters, endings in found if letters], gender


def _as_adjective(word: str) -> tuple[list[Stem], str]:
    stem, end = word[:-2], word[-2:]
    soft = end in ("яя", "ее") or (end in ("ий", "ие") and stem.endswith("н"))
    found = [(stem, _SOFT if soft else HARD)]
    if stem.endswith(("ж", "ш", "ч", "щ")):  # Горячий: Горячего; Казачий: Казачьего
        found = [(stem, HARD | _SOFT)]
    if end in ("ий", "ое", "ее", "ой", "ие") and not stem.endswith(("ск", "цк")):
        found.append((stem + "ь", _POSSESSIVE))
        found += _as_noun(word)[0]  # Заречие, Санаторий, Покой
    return [Stem(letters, endings, Part.NAME) for letters, endings in found], _GENDER.get(end, "m")


def _as_noun(word: str) -> tuple[list[tuple[str, frozenset[str]]], str]:
    base, end = word[:-1], word[-1:]
    if end in ("а", "о") or word.endswith("ье"):
        return _open(word, base, end)
    if end == "я":
        return [(base, _FEM_SOFT | (_POSSESSIVE if base.endswith("ь") else _BARE - _BARE))], "f"
    if end in ("и", "ы"):
        return [(base, _PLURAL | (_POSSESSIVE if base.endswith("ь") else _BARE - _BARE)), *_genitive_plural(base)], "pl"
    if end == "ь":
        return [(base, _SOFT_SIGN), *([(base[:-2] + "н", _FLED_SOFT)] if base.endswith("ен") else [])], "m"
    if end == "й":
        return [(base, _SHORT_I), *([(base[:-1] + "ь", _FLED_SOFT)] if base.endswith("е") else [])], "m"
    if end == "е":
        return [(base, _NEUT_SOFT)], "n"
    if end in _VOWELS:
        return [(word, _BARE)], "n"  # Улан-Удэ, Баку
    return [(word, _MASC), *((stem, _FLED) for stem in _fleeting(word))], "m"


def _open(word: str, base: str, end: str) -> tuple[list[tuple[str, frozenset[str]]], str]:
    if end == "а":
        return [(base, _FEM)], "f"
    if end == "о":
        return [(base, _OVO if base.endswith(("ов", "ев", "ин", "ын")) else _NEUT)], "n"
    return [(base, _NEUT_SOFT | _POSSESSIVE)], "n"


def _genitive_plural(base: str) -> list[tuple[str, frozenset[str]]]:
    """Горки: Горок; Сосенки: Сосенок; Вишни: Вишен; Люберцы: Люберец."""
    if len(base) < 3 or base[-2] in _VOWELS:
        return []
    head = base[:-2] if base[-2] in "ьй" else base[:-1]
    return [(head + vowel + base[-1], _BARE) for vowel in "ео"] if base[-1] in "кнлцрм" else []


def _fleeting(word: str) -> list[str]:
    """Елец: Ельц-, Елц-; Городок: Городк-; Орёл: Орл-."""
    if len(word) < 4 or word[-2] not in "ео" or word[-1] not in "цклр":
        return []
    head, last = word[:-2], word[-1]
    if word[-1] in "лр" and len(word) > 6:  # not Тополёвол-: long names keep their vowel
        return []
    if head[-1] in _VOWELS:
        return [head + "й" + last]
    return [head + last, *([head + "ь" + last] if head[-1] in "лн" else [])]


def slipped(stem: Stem) -> list[Stem]:
    """What a hurried hand makes of the end of a long name: «гривенксая», «гривенсой», «гривенскаая»."""
    letters = stem.letters
    if stem.part is not Part.NAME or len(letters) < _LONG:
        return []
    if letters.endswith("ск"):
        return [
            Stem(letters[:-2] + "кс", stem.endings | _SLIPPED, stem.part),
            Stem(letters[:-1], HARD | _SWAPPED, stem.part),
            Stem(letters, _SLIPPED, stem.part),
        ]
    return [Stem(letters[:-2] + "кв", stem.endings, stem.part)] if letters.endswith("вк") else []


def plain_base(word: str) -> str:
    """The name without its ending: Горловк, Гривенск, Пушкин, Шал."""
    if adjectival(word):
        return word[:-2]
    if word[-1:] in _VOWELS or word[-1:] in "ьй":
        return word[:-1]
    return word
