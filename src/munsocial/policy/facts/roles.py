"""Whether a role or position on record is one that an act names: positions are written in fuller words than roles."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["role_fits"]

_WORD = re.compile(r"[^\W_]+")
_STEM = 5  # letters; what comes after is mostly an ending
_SHORTEST = 4  # a shorter word says nothing of a position


def role_fits(roles: Sequence[str], role: str | None, position: str | None) -> bool | None:
    """Tell whether the role by the appointment or the position is one of those named; None where a person has to look.

    It fits where it holds the words of a role in their order: "заместитель главы администрации" for "заместитель
    главы". Where no role is noted and the position shares some words only, it may be the same in other words; so it
    may where the act was retold in Latin letters. A role in Latin letters (SMM) beside an act in Russian is another.
    """
    wanted = [_words(one) for one in roles]
    noted = [_words(one) for one in (role, position) if one]
    if any(_holds(words, one) for words in noted for one in wanted):
        return True
    shared = not role and position and any(_stems(_words(position)) & _stems(one) for one in wanted)
    retold = all(map(_latin, wanted)) and not any(map(_latin, noted))
    return None if not noted or shared or retold else False


def _latin(words: Sequence[str]) -> bool:
    return all(word.isascii() for word in words)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold().replace("ё", "е"))


def _holds(words: Sequence[str], part: Sequence[str]) -> bool:
    length = len(part)
    return bool(part) and any(words[n : n + length] == part for n in range(len(words) - length + 1))


def _stems(words: Sequence[str]) -> set[str]:
    return {word[:_STEM] for word in words if len(word) >= _SHORTEST}
