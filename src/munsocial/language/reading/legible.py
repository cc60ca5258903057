"""A text as it is read: without the signs that nobody sees, and in one alphabet within a word.

Stress marks, soft hyphens and zero-width signs stand inside words and hide them from tables; й and ё may come in two
pieces; «Oсуществляет» may begin with a Latin O.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from munsocial.language.reading.words import fold

__all__ = ["Legible", "folded", "legible", "legible_text"]

_UNSEEN = re.compile(r"[\u00ad\u0300-\u036f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]+")
_STRESS = "\u0300\u0301"
_MARKS = "".join(map(chr, range(0x300, 0x370)))
_TWINS = str.maketrans("aceopxykABCEHKMOPTXY", "асеорхукАВСЕНКМОРТХУ")
_MIXED = re.compile(r"[a-z][а-яё]|[а-яё][a-z]", re.IGNORECASE)
_LETTERS = re.compile(r"[a-zа-яё]+", re.IGNORECASE)


class Legible(NamedTuple):
    """What is read, and where each of its characters begins and ends in the text (None: all where they were)."""

    text: str
    starts: list[int] | None = None
    ends: list[int] | None = None


def legible_text(text: str) -> str:
    """The text without unseen signs and marks, where nobody asks for places; of a plain one nothing is copied."""
    return legible(text).text


def folded(text: str) -> str:
    """The text as it is read, in lower case and with е for ё: for tables and patterns that ask for no places."""
    return fold(legible_text(text))


def legible(text: str) -> Legible:
    """The text without unseen signs and marks, and where its characters stood; a letter ends behind its marks."""
    seen = Legible(text) if _UNSEEN.search(text) is None else _without_unseen(text)
    if _MIXED.search(seen.text) is None:
        return seen
    return seen._replace(text=_LETTERS.sub(_in_one_alphabet, seen.text))


def _without_unseen(text: str) -> Legible:
    shown: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for found in _UNSEEN.finditer(text):
        shown.append(text[at : found.start()])
        starts.extend(range(at, found.start()))
        ends.extend(range(at + 1, found.start() + 1))
        if shown[-1]:
            shown[-1] = shown[-1][:-1] + _whole(shown[-1][-1], found[0])
            ends[-1] += len(found[0]) - len(found[0].lstrip(_MARKS))
        at = found.end()
    shown.append(text[at:])
    starts.extend(range(at, len(text)))
    ends.extend(range(at + 1, len(text) + 1))
    return Legible("".join(shown), starts, ends)


def _whole(letter: str, marks: str) -> str:
    """The letter with the first mark that makes another letter of it: й, ё, ў; a stress makes none."""
    mark = next((m for m in marks if unicodedata.combining(m) and m not in _STRESS), "")
    whole = unicodedata.normalize("NFC", letter + mark)
    return whole if len(whole) == 1 else letter


def _in_one_alphabet(found: re.Match[str]) -> str:
    """The word with Russian letters for their Latin twins, where all its Latin letters have one: not «SMSка»."""
    word = found[0]
    if _MIXED.search(word) is None:
        return word
    russian = word.translate(_TWINS)
    return word if any(letter.isascii() for letter in russian) else russian
