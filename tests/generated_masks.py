"""Words masked by the techniques people use, made by rule and seed: for measuring, with no list of masked words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from random import Random

__all__ = ["TECHNIQUES", "masked"]

_VOWELS = frozenset("аеёиоуыэюя")
_DRAWN = dict(zip("аеорсухкмт", "aeopcyxkmt", strict=True))
_LEET = {"а": "@", "о": "0", "з": "3", "б": "6", "и": "1"}
_SOUNDS = dict(zip("абвгдеёзийклмнопрстуфхыэ", "abvgdeeziyklmnoprstufhye", strict=True))
_SOUNDS |= {"ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch", "ь": "", "ъ": "", "ю": "yu", "я": "ya"}
_KEYS = dict(zip("йцукенгшщзхъфывапролджэячсмитьбюё", "qwertyuiop[]asdfghjkl;'zxcvbnm,.`", strict=True))
_FRAMES = ("{}", "да {} всё это", "ну вы {} конечно", "администрация {}", "опять {} с дорогой", "{}, когда уже починят")


def _replaced(word: str, pairs: dict[str, str], random: Random, most: int) -> str:
    places = [place for place, letter in enumerate(word) if letter in pairs]
    chosen = random.sample(places, min(len(places), random.randint(1, most))) if places else []
    return "".join(pairs[letter] if place in chosen else letter for place, letter in enumerate(word))


def _cut(word: str, random: Random, between: Sequence[str]) -> str:
    place = random.randint(1, len(word) - 1)
    return word[:place] + random.choice(between) + word[place:]


def _at_vowel(word: str, random: Random, change: Callable[[str], str]) -> str:
    places = [place for place, letter in enumerate(word) if place and letter in _VOWELS] or [len(word) - 1]
    place = random.choice(places)
    return word[:place] + change(word[place]) + word[place + 1 :]


def _each(word: str, table: dict[str, str]) -> str:
    return "".join(table[letter] for letter in word)


TECHNIQUES: dict[str, Callable[[str, Random], str]] = {
    "latin": lambda word, random: _replaced(word, _DRAWN, random, 9),
    "leet": lambda word, random: _replaced(word, _LEET, random, 2),
    "star": lambda word, random: _at_vowel(word, random, lambda _: random.choice("*#@%")),
    "dots": lambda word, random: random.choice(".-_").join(word),
    "spaces": lambda word, _: " ".join(word),
    "onedot": lambda word, random: _cut(word, random, ".-_*"),
    "case": lambda word, random: "".join(random.choice((letter, letter.upper())) for letter in word),
    "repeat": lambda word, random: _at_vowel(word, random, lambda letter: letter * random.randint(3, 6)),
    "combining": lambda word, _: "".join(letter + "\u0336" for letter in word),
    "zerowidth": lambda word, random: _cut(word, random, "\u200b\u200c\u2060\u00ad"),
    "translit": lambda word, _: _each(word, _SOUNDS),
    "mixed": lambda word, random: _cut(_replaced(word, _DRAWN, random, 9), random, " .-*_"),
    "emoji": lambda word, random: _cut(word, random, "💩🔥😂"),
    "double": lambda word, _: "".join(letter * 2 for letter in word),
    "layout": lambda word, _: _each(word, _KEYS),
    "split": lambda word, random: _cut(word, random, ("\n", "-\n")) if len(word) > 4 else word,
}


def masked(words: Sequence[str], seed: int) -> Iterator[tuple[str, str, str]]:
    """Yield for each word and technique its name, the word and a text with the masked word."""
    random = Random(seed)
    for word in words:
        for name, technique in TECHNIQUES.items():
            yield name, word, random.choice(_FRAMES).format(technique(word, random))
