"""Whether the name of a page is that of its body.

Words that every second body shares (administration, settlement, district) tell nobody apart: the other words and the
numbers do, and they alone count. An abbreviation may stand for any words, a village gives its name to the settlement
("Джумайловка", "Джумайловское"), a name may name nobody: there a person decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["Fit", "compared"]

_TOKEN = re.compile(r"[а-яёa-z]+|[0-9]+", re.IGNORECASE)
_PLACE = r"поселени|сельск|городск|район|округ|станиц|хутор|сел[оа]$|пос[её]л|город"
_KIND = re.compile(_PLACE)
_SHARED = re.compile(
    rf"(?:администраци|{_PLACE}|муниципальн|органа?$|местн|самоуправлени|управлени|отдел|комитет|департамент|учреждени|"
    r"официальн|страниц)"
)
# What people write for words that every body shares. "Образование" alone is what a department is about.
_WRITTEN_SHORT = tuple(
    (re.compile(pattern, flags), f" {word} ")
    for pattern, flags, word in (
        (r"\bмуниципальн\w+\s+образовани\w+", re.IGNORECASE, "муниципальное"),
        (r"\bМО\b", 0, "муниципальное"),
        (r"\bСП\b|\b[сС]\s?[./]\s?[пП]\b\.?", 0, "сельское поселение"),
        (r"\bст-?цы\b|\bст\.", re.IGNORECASE, "станица"),
        (r"\bх\.", re.IGNORECASE, "хутор"),
        (r"\bпос\.", re.IGNORECASE, "посёлок"),
        (r"\bг\.", re.IGNORECASE, "город"),
    )
)
_HYPHENS = frozenset("-‐‑")
_HYPHEN = re.compile(r"([а-яёa-z]+)[-‐‑]([а-яёa-z]+)", re.IGNORECASE)
_ENDING = re.compile(r"(?:[аеиоуыэюяйь][а-я]{0,2})?")
_ADJECTIVE = re.compile(r".*(?:ск|н)(?:ого|его|ому|ему|ое|ее|ая|яя|ую|ой|ей|ий|ый|ые|ие|ых|их|ом|ем|ым|им)")
_VOWELS = str.maketrans("", "", "аеиоуыэюяйь")
_LONGEST_ABBREVIATION = 5
_STEM = 4
_ABOVE = re.compile(r"(?:район|края$|край$|област|округ)")
_MOST = 0.75  # of all words, the shared ones too: then a name may say more besides
_TOKENS = 60  # a name is no longer; what comes after is no name


class Fit(NamedTuple):
    """How a name fits: True, False, or None where a person has to look; and the share of words found again."""

    fits: bool | None
    share: float


class _Name(NamedTuple):
    words: tuple[str, ...]
    numbers: frozenset[str]
    abbreviations: frozenset[str]

    @property
    def telling(self) -> list[str]:
        """Words that tell one body from another."""
        return [one for one in self.words if one not in self.abbreviations and not _SHARED.match(one)]

    @property
    def kinds(self) -> list[str]:
        """Words for the kind of a place: a district, a settlement, a village."""
        return [one for one in self.words if _KIND.match(one)]


def compared(official: str, shown: str) -> Fit:
    """Compare the name that a page shows with the official one: its telling words, numbers, abbreviations."""
    ways = (False, True) if _HYPHENS.intersection(official + shown) else (False,)  # without one both read the same
    found = [_compared(_read(official, joined), _read(shown, joined)) for joined in ways]
    return max(found, key=lambda one: (one.fits is True, one.fits is None, one.share))


def _compared(wanted: _Name, seen: _Name) -> Fit:
    found = [one for one in wanted.words if _among(one, seen.words)]
    share = len(found) / len(wanted.words) if wanted.words else 0.0
    if wanted.numbers and seen.numbers and not wanted.numbers & seen.numbers:
        return Fit(False, share)
    if _fits(wanted, seen, found, share):
        return Fit(True, share)
    return Fit(None if _perhaps(wanted, seen, found) else False, share)


def _fits(wanted: _Name, seen: _Name, found: Sequence[str], share: float) -> bool:
    """Tell whether nothing that tells the body apart is lacking, and nothing says that another place is meant."""
    if not wanted.numbers <= seen.numbers:
        return False
    if _without_the_place_above(wanted, seen):
        return True
    if not all(one in found for one in (*wanted.telling, *wanted.abbreviations)):
        return False
    if share >= _MOST:
        return True
    named = wanted.telling or wanted.abbreviations or wanted.numbers
    of_the_kind = len(found) > len(wanted.telling) + len(wanted.abbreviations)
    more = [one for one in (*seen.telling, *seen.abbreviations, *seen.kinds) if not _among(one, wanted.words)]
    return bool(named) and of_the_kind and not more


def _without_the_place_above(wanted: _Name, seen: _Name) -> bool:
    """Tell whether a name is the official one without the district or region at its end."""
    head, tail = wanted.words[: len(seen.words)], wanted.words[len(seen.words) :]
    if len(tail) != 2 or not _ABOVE.match(tail[1]) or seen.numbers != wanted.numbers or not seen.telling:
        return False
    return all(_same_word(one, other) for one, other in zip(head, seen.words, strict=True))


def _perhaps(wanted: _Name, seen: _Name, found: Sequence[str]) -> bool:
    """Tell whether a name may be meant for the body, so that only a person can say."""
    if wanted.numbers & seen.numbers or wanted.abbreviations or seen.abbreviations:
        return bool(wanted.words)
    if any(one in found for one in wanted.telling):
        return True
    if found and not (wanted.telling and seen.telling):
        return True
    return any(_related(one, other) for one in wanted.telling for other in seen.telling)


def _read(name: str, joined: bool) -> _Name:
    text = unicodedata.normalize("NFC", name[:2000])
    for pattern, word in _WRITTEN_SHORT:
        text = pattern.sub(word, text)
    if joined:
        text = _HYPHEN.sub(_join, text)
    tokens = _TOKEN.findall(text)[:_TOKENS]
    words = [one for one in tokens if not one.isdigit() and len(one) > 1]
    short = [one for one in words if _is_short(one)]
    plain = tuple(dict.fromkeys(_plain(one) for one in words if len(one) > 2 or one in short))
    numbers = frozenset(one.lstrip("0") for one in tokens if one.isdigit())
    return _Name(plain, numbers, frozenset(_plain(one) for one in short))


def _join(found: re.Match[str]) -> str:
    one, other = found.groups()
    return found[0] if _is_short(one) and _is_short(other) else one + other


def _is_short(word: str) -> bool:
    return word.isupper() and len(word) <= _LONGEST_ABBREVIATION


def _plain(word: str) -> str:
    return word.casefold().replace("ё", "е")


def _among(word: str, others: Sequence[str]) -> bool:
    return any(_same_word(word, one) for one in others)


def _same_word(one: str, other: str) -> bool:
    """Tell whether two words differ in their endings only: "Приреченский" and "Приреченского", not "Приречный"."""
    if one == other:
        return True
    alike = _alike(one, other)
    # Endings may begin alike: "-ого" and "-ое".
    stems = range(max(alike - 2, 3), alike + 1)
    return any(all(_ENDING.fullmatch(word, stem) for word in (one, other)) for stem in stems)


def _related(one: str, other: str) -> bool:
    """Tell whether one word may be made of the other: "Новониколаевка" and "Новониколаевское", "Орёл" and "Орла".

    Two adjectives that differ name two places: "Красное" and "Красненское".
    """
    if _ADJECTIVE.fullmatch(one) and _ADJECTIVE.fullmatch(other):
        return False
    alike = _alike(one, other)
    if alike >= _STEM and min(len(one), len(other)) - alike <= 2:
        return True
    short = max(len(one), len(other)) <= _LONGEST_ABBREVIATION
    return short and one[:2] == other[:2] and one.translate(_VOWELS) == other.translate(_VOWELS)


def _alike(one: str, other: str) -> int:
    """How many letters two words have alike at their beginning."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
