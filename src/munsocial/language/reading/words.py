"""A text as words with places: folded to lower case without moving a single character. Knows no meaning of any word."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["SENTENCE_END", "Words", "fold", "plain_words", "read", "sentence_lengths"]

_WORD = re.compile(r"[а-яёa-z0-9]+(?:[-‑][а-яёa-z0-9]+)*")
# No lookahead here: a megabyte of dots must be one step, not a megabyte of attempts.
_SENTENCE_BREAK = re.compile(r"[.!?…\n]+")
# Longer than any word: what is cut is noise, and caches must not keep a megabyte of it.
_LONGEST = 64
_YO = str.maketrans("ё‑", "е-")
SENTENCE_END = frozenset(".!?…\n")

# A dot after these ends no sentence.
_SHORTENED = frozenset([
    "ул", "г", "ст", "пер", "пр", "просп", "пр-т", "наб", "ш", "мкр", "б-р", "д", "кв", "каб", "корп", "стр",
    "эт", "обл", "р-н", "ст-ца", "с", "х", "п", "пос", "пл", "им", "тел", "т", "е", "ч", "см", "рис", "табл",
    "проф", "акад", "доц", "зам", "пом", "нач", "гл", "ген", "инж", "рук", "уч", "гр", "св", "руб", "напр",
])  # fmt: skip
# A dot after these, with a number before them, ends a sentence where a capital follows: «в 2023 г. Он», «90 тыс. Он».
_MEASURES = frozenset([
    "г", "гг", "тыс", "млн", "млрд", "руб", "коп", "чел", "мин", "сек", "ч", "см", "м", "км", "кг", "га", "шт",
    "ед", "сут", "мес", "кв",
])  # fmt: skip
_AND_SO_ON = {"д": "т", "п": "т", "др": "и", "пр": "и"}  # «и т. д.», «и др.»


class Words(NamedTuple):
    """The words of one text: `plain[i]` stands at `text[starts[i]:ends[i]]`, in lower case and with е for ё."""

    text: str
    folded: str
    plain: list[str]
    starts: list[int]
    ends: list[int]

    def gap(self, i: int) -> str:
        """What stands between word `i` and the next one."""
        return self.text[self.ends[i] : self.starts[i + 1]]

    def after(self, i: int) -> str:
        """The word after word `i`, empty at the end."""
        return self.plain[i + 1] if i + 1 < len(self.plain) else ""

    def closed_before(self, i: int) -> bool:
        """Whether a sentence (or the text) begins with word `i`."""
        if i == 0:
            return True
        between = self.text[self.ends[i - 1] : self.starts[i]]
        return len(between) > 1 and not SENTENCE_END.isdisjoint(between)

    def first(self, count: int) -> Words:
        """The first `count` words with the text up to the last of them."""
        if len(self.plain) <= count:
            return self
        end = self.ends[count - 1]
        return Words(self.text[:end], self.folded[:end], self.plain[:count], self.starts[:count], self.ends[:count])

    def capital(self, i: int) -> bool:
        """Whether word `i` begins with a capital letter."""
        return self.text[self.starts[i]].isupper()


def fold(text: str) -> str:
    """Lower the case, letter for letter: the length never changes, so places in the result are places in the text."""
    low = text.lower()
    if len(low) != len(text):  # İ is the only letter that lowers to two
        low = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    return low.translate(_YO) if "ё" in low or "‑" in low else low


def plain_words(folded: str) -> list[str]:
    """The words of a folded text, where nobody asks for their places."""
    words: list[str] = _WORD.findall(folded)
    return words if max(map(len, words), default=0) <= _LONGEST else [word[:_LONGEST] for word in words]


def read(text: str) -> Words:
    """Split a text into words; a word joined by hyphens is one word."""
    folded = fold(text)
    spans = [found.span() for found in _WORD.finditer(folded)]
    plain = [folded[start:end] if end - start <= _LONGEST else folded[start : start + _LONGEST] for start, end in spans]
    return Words(text, folded, plain, [start for start, _ in spans], [end for _, end in spans])


def _breaks(words: Words, mark: str, after: int, last: int) -> bool:
    if mark[-1] == "\n":
        return True
    follows = words.text[after : after + 1]
    return not follows.isalnum() and (mark != "." or _full_stop(words, last))


def _full_stop(words: Words, last: int) -> bool:
    """Whether a dot after word `last` ends a sentence and not only the word."""
    word, before = words.plain[last], words.plain[last - 1] if last else ""
    capital = last + 1 < len(words.plain) and words.capital(last + 1)
    if word in _MEASURES and (before in _MEASURES or (before.isdigit() and (word != "г" or len(before) == 4))):
        return capital or last + 1 == len(words.plain)
    if word in _AND_SO_ON and before == _AND_SO_ON[word]:
        return capital
    if len(word) == 1 and word.isalpha() and words.capital(last):  # «И. И. Иванов»
        return False
    if word.isdigit() and _begins_line(words, last):  # «2. Второй»
        return False
    return word not in _SHORTENED


def _begins_line(words: Words, i: int) -> bool:
    between = words.text[words.ends[i - 1] if i else 0 : words.starts[i]]
    _, line, indent = between.rpartition("\n")
    return not indent.strip() and (not i or bool(line))


def sentence_lengths(words: Words) -> list[int]:
    """Number of words in each sentence, in order; sentences with no word are not counted."""
    lengths: list[int] = []
    begun = here = 0
    count = len(words.plain)
    for found in _SENTENCE_BREAK.finditer(words.text):
        while here < count and words.starts[here] < found.start():
            here += 1
        if here > begun and _breaks(words, found[0], found.end(), here - 1):
            lengths.append(here - begun)
            begun = here
    if begun < count:
        lengths.append(count - begun)
    return lengths
