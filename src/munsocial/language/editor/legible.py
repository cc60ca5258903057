"""A text as it is read: without the signs that nobody sees.

Stress marks, soft hyphens and zero-width signs stand inside words and hide them from tables; й and ё may come in two
pieces.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["legible", "legible_text"]

_UNSEEN = re.compile(r"[\u00ad\u0300-\u036f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]+")
_STRESS = "\u0300\u0301"


def legible_text(text: str) -> str:
    """The text without unseen signs and marks, where nobody asks for places; of a plain one nothing is copied."""
    return legible(text)[0]


def legible(text: str) -> tuple[str, list[int] | None]:
    """The text without unseen signs and marks, and where each of its characters stood; one more tells the end.

    None stands for places that are where they were: there was nothing to leave out.
    """
    if _UNSEEN.search(text) is None:
        return text, None
    shown: list[str] = []
    origin: list[int] = []
    at = 0
    for found in _UNSEEN.finditer(text):
        shown.append(text[at : found.start()])
        origin.extend(range(at, found.start()))
        if shown[-1]:
            shown[-1] = shown[-1][:-1] + _whole(shown[-1][-1], found[0])
        at = found.end()
    shown.append(text[at:])
    origin.extend(range(at, len(text) + 1))
    return "".join(shown), origin


def _whole(letter: str, marks: str) -> str:
    """The letter with the first mark that makes another letter of it: й, ё, ў; a stress makes none."""
    mark = next((m for m in marks if unicodedata.combining(m) and m not in _STRESS), "")
    whole = unicodedata.normalize("NFC", letter + mark)
    return whole if len(whole) == 1 else letter
