"""Words declined otherwise inside a name of several: numbers that count (Пять Дворов), owners (Тарасовы Выселки).

And which half of a name with a hyphen is said alone: Спас-Раменье is Раменье.
"""

from __future__ import annotations

import re

from munsocial.language.places.declension import Part, Stem

__all__ = ["counted", "half_said", "owner"]

_OBLIQUE = frozenset(["ам", "ами", "ах", "ов", "а", "ы", "ям", "ями", "ях", "ей"])
_NUMBERS = {
    forms[0]: forms
    for forms in (
        ("два", "двух", "двум", "двумя"), ("две", "двух", "двум", "двумя"), ("три", "трех", "трем", "тремя"),
        ("четыре", "четырех", "четырем", "четырьмя"), ("пять", "пяти", "пятью"), ("шесть", "шести", "шестью"),
        ("семь", "семи", "семью"), ("восемь", "восьми", "восемью"), ("девять", "девяти", "девятью"),
        ("десять", "десяти", "десятью"), ("сорок", "сорока"), ("сто", "ста"),
    )
}  # fmt: skip
_COUNTED_ENDS = re.compile(r"(?:ов|ев|ей|а|я|ы|и)$")
_OWNER = re.compile(r"[а-я]{2,}(?:ов|ев|ин|ын)[аоы]?")
_OWNER_ENDS = frozenset(["", "а", "о", "ы", "у", "ым", "ом", "ой", "ою", "ых", "ыми", "е"])
_SAINTS = frozenset(
    [
        "спас",
        "николо",
        "троице",
        "покрово",
        "ильинско",
        "петро",
        "козьмо",
        "кузьмо",
        "архангело",
        "борисо",
        "богородице",
    ]
)
_TIED = re.compile(r"усть|верх|соль|кара|.*[ое]")
_HALF_FROM = 5


def counted(number: str, noun: str) -> tuple[list[Stem], list[Stem]] | None:
    """Stems of «Пять» and of «Дворов», or None where the first word counts nothing."""
    found = _NUMBERS.get(number)
    if found is None:
        return None
    stem = _COUNTED_ENDS.sub("", noun)
    own = noun[len(stem) :]
    return [Stem(form, frozenset([""]), Part.NAME) for form in found], [Stem(stem, _OBLIQUE | {own}, Part.NAME)]


def owner(word: str) -> list[Stem]:
    """Stems of a first word that says whose: Тарасовых Выселках, Ивановой Горе."""
    if _OWNER.fullmatch(word) is None:
        return []
    return [Stem(word.rstrip("аоы"), _OWNER_ENDS, Part.NAME)]


def half_said(written: str) -> str | None:
    """The half of a name with a hyphen said for the whole: of Спас-Раменье the last, of Багряж-Елхов the first."""
    first, hyphen, last = written.partition("-")
    if not hyphen or "-" in last:
        return None
    if first in _SAINTS:
        return last if len(last) >= _HALF_FROM else None
    return first if len(first) >= _HALF_FROM and _TIED.fullmatch(first) is None else None
