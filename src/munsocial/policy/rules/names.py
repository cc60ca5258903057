"""Whether the name of a page is that of its body.

Words that every second body shares (administration, settlement, district) tell nobody apart: the other words and the
numbers do. An abbreviation may stand for any words, so a person decides about it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["Fit", "compared"]

_TOKEN = re.compile(r"[а-яёa-z]+|[0-9]+", re.IGNORECASE)
_SHARED = re.compile(
    r"(?:администраци|поселени|сельск|городск|район|муниципальн|округ|станиц|хутор|сел[оа]$|пос[её]л|город|органа?$|"
    r"местн|самоуправлени|управлени|отдел|комитет|департамент|учреждени|официальн|страниц)"
)
_ENDING = re.compile(r"(?:[аеиоуыэюяйь][а-я]{0,2})?")
_LONGEST_ABBREVIATION = 5
_MOST = 0.75  # of all words, the shared ones too
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


def compared(official: str, shown: str) -> Fit:
    """Compare the name that a page shows with the official one: its telling words, numbers, abbreviations."""
    wanted, seen = _read(official), _read(shown)
    found = [one for one in wanted.words if _among(one, seen.words)]
    share = len(found) / len(wanted.words) if wanted.words else 0.0
    if wanted.numbers and seen.numbers and not wanted.numbers & seen.numbers:
        return Fit(False, share)
    if (
        wanted.numbers <= seen.numbers
        and share >= _MOST
        and all(one in found for one in (*wanted.telling, *wanted.abbreviations))
    ):
        return Fit(True, share)
    short = seen.abbreviations - set(wanted.words) or (not wanted.telling and wanted.abbreviations)
    if short or (share > 0 and not wanted.telling) or any(one in found for one in wanted.telling):
        return Fit(None, share)
    return Fit(False, share)


def _read(name: str) -> _Name:
    tokens = _TOKEN.findall(unicodedata.normalize("NFC", name))[:_TOKENS]
    words = [one for one in tokens if not one.isdigit() and len(one) > 1]
    short = [one for one in words if one.isupper() and len(one) <= _LONGEST_ABBREVIATION]
    plain = tuple(dict.fromkeys(_plain(one) for one in words if len(one) > 2 or one in short))
    numbers = frozenset(one.lstrip("0") for one in tokens if one.isdigit())
    return _Name(plain, numbers, frozenset(_plain(one) for one in short))


def _plain(word: str) -> str:
    return word.casefold().replace("ё", "е")


def _among(word: str, others: Sequence[str]) -> bool:
    return any(_same_word(word, one) for one in others)


def _same_word(one: str, other: str) -> bool:
    """Tell whether two words differ in their endings only: "Приреченский" and "Приреченского", not "Приречный"."""
    if one == other:
        return True
    alike = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    # Endings may begin alike: "-ого" and "-ое".
    stems = range(max(alike - 2, 3), alike + 1)
    return any(all(_ENDING.fullmatch(word, stem) for word in (one, other)) for stem in stems)
