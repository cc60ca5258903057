"""Letter noise: a text that says nothing, because keys were pressed as they lie under the hand.

A word is noise when its letters lie side by side on the keyboard, or when a few neighbouring keys are pressed over and
over. Cries, laughter and words of two sounds («ваааау», «хахаха», «ку-ку») are talk.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

__all__ = ["BEGINNING", "is_noise"]

_ROWS: Final = ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_KEYS: Final = tuple(row.encode("cp1251") for row in _ROWS)
_BEGUN: Final = frozenset(row[:4] for row in _KEYS)
_BEGUN_SHORTLY: Final = frozenset(row[:3] for row in _KEYS)
_SHORTEST, _LONGEST = 4, 400
# Letters that nobody cries or laughs with.
_MUTE: Final = "бвгджйкнпцчщъь".encode("cp1251") + b"bcdfgjklnpqtvwx"
_CRIED = re.compile("[аоуиеэюяeuioa][бвгджзклмнпрстфхцчшщ]|[бвгджзклмнпрстфхцчшщa-z][аоуиеэюяeuioa]".encode("cp1251"))
_SOUNDED = re.compile("[аоуиеэюыяeuioa]".encode("cp1251"))
_WORD = re.compile(rb"[a-z\xe0-\xff]+")

_BEFORE = r"[^a-zа-я]*(?:[a-zа-я][^a-zа-я]+)*"  # signs, and words of one letter
BEGINNING: Final = (
    f"^{_BEFORE}(?:[a-zа-я]+[^a-zа-я]{_BEFORE})?(?:{'|'.join(f'[{row}]{{4,}}' for row in _ROWS)})(?:[^a-zа-я]|$)"
).encode("cp1251")
"""How noise begins: one of its first two words is of one row of keys; much else begins so, too."""


def is_noise(seen: bytes) -> bool:
    """Tell whether the words of a plain view are noise, of four and more all but one; one letter is no word."""
    if not _SHORTEST + 2 <= len(seen) <= _LONGEST:
        return False
    words = [word for word in _WORD.findall(seen) if len(word) > 1]
    cried = len(words) == 1 and words[0][:1] not in _MUTE
    others = sum(not (_is_pressed(word) or (_is_one_letter(word) and not cried)) for word in words)
    return bool(words) and others <= (len(words) > 3)


def _is_one_letter(word: bytes) -> bool:
    return len(word) > 4 and len(set(word)) == 1


def _is_pressed(word: bytes) -> bool:
    row = next((row for row in _KEYS if not word.translate(None, row)), None)
    if row is None:
        return False
    places = [row.index(letter) for letter in word]
    steps = [after - before for before, after in pairwise(places) if after != before]
    length, farthest, different = len(steps) + 1, max(map(abs, steps), default=0), len(set(word))
    if farthest == 1 and different > 2 and length > 3:
        straight = len(set(steps)) == 1
        return length > 5 or word[:4] in _BEGUN or (straight and (length == 5 or not _SOUNDED.search(word)))
    if farthest == 2 and different > 4 and length > 6:  # «пропорол» has four letters
        return True
    return farthest <= 3 and different > 1 and _is_over_and_over(word, farthest)


def _is_over_and_over(word: bytes, farthest: int) -> bool:
    """Tell a few keys pressed again and again; two letters that can be cried («кукуку») are a cry."""
    period = next((length for length in range(2, 6) if word[:-length] == word[length:]), len(word))
    if period == 2:
        return farthest == 1 and len(word) > 5 and not _CRIED.match(word)
    often = 2 if period > 3 or word[:3] in _BEGUN_SHORTLY or not _SOUNDED.search(word) else 3
    return len(word) >= often * period and farthest < period
