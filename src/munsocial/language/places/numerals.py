"""Numbers in names: 2, II, 2-й and «второй» are one, before the name or after it."""

from __future__ import annotations

import re

from munsocial.language.places.declension import HARD, Part, Stem

__all__ = ["ORDINAL_END", "number_of", "number_stems", "numbered_noun", "turned"]

ORDINAL_END = re.compile(r"(?:о?го|о?му|[ыо]?й|[ыои]?м|[ао]?я|[ую]?ю|о?е|[ыи]?х)")
_ORDINALS = {
    "перв": "1", "втор": "2", "трет": "3", "четверт": "4", "пят": "5", "шест": "6", "седьм": "7", "восьм": "8",
    "девят": "9", "десят": "10", "одиннадцат": "11", "двенадцат": "12",
}  # fmt: skip
_ORDINAL = re.compile(rf"({'|'.join(_ORDINALS)})(?:ый|ой|ий|ая|ое|ые|ья|ье|ьи)")
_ROMAN = {
    "i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10",
    "xi": "11", "xii": "12",
}  # fmt: skip
_THIRD = frozenset(["я", "е", "и", "его", "ему", "ю", "ей", "ею", "им", "ем", "их", "ими"])  # треть|его
_BARE = frozenset([""])
_DAY_OF = re.compile(r"(?:январ|феврал|апрел|июн|июл|сентябр|октябр|ноябр|декабр|ма)я|марта|августа")


def number_of(word: str) -> str:
    """The number that a word of a name is, in digits: of «2», «ii», «второй»; empty where it is none."""
    if word.isdigit():
        return word
    ordinal = _ORDINAL.fullmatch(word)
    return _ORDINALS[ordinal[1]] if ordinal else _ROMAN.get(word, "")


def number_stems(number: str) -> list[Stem]:
    """Every way to write a number in a text."""
    found = [Stem(number, _BARE, Part.NAME)]
    found += [Stem(roman, _BARE, Part.NAME) for roman, digits in _ROMAN.items() if digits == number]
    for stem, digits in _ORDINALS.items():
        if digits == number:
            found.append(Stem(stem, HARD, Part.NAME))
            found += [Stem(stem + "ь", _THIRD, Part.NAME)] if stem == "трет" else []
    return found


def numbered_noun(name: str) -> str:
    """A name without the number that stands first or last in it; empty where none does."""
    words = name.split()
    if len(words) < 2 or bool(number_of(words[0])) == bool(number_of(words[-1])):
        return ""
    return " ".join(words[1:] if number_of(words[0]) else words[:-1])


def turned(words: list[str]) -> list[str]:
    """The name with its number at the other end: «Второй Бейсужек» for «Бейсужек Второй»; empty where it has none.

    «Первое Мая» is never «Мая 1».
    """
    if not numbered_noun(" ".join(words)) or _DAY_OF.fullmatch(words[-1]):
        return []
    return [*words[1:], words[0]] if number_of(words[0]) else [words[-1], *words[:-1]]
