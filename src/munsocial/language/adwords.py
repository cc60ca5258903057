"""How much the words of a text are those of lures or of harm: linear models over the words, shipped as numbers.

Rules name what advertisers, dealers and those who threaten say; this tells how they speak, so that what no rule knows
is seen as well. Each word has one weight, made of its letter n-grams and remembered; a text costs one addition a word.
Trained by `tools/language/train_lures.py` from lines that stand in this repository. For spam it is one signal among
those of `spam`; `dealers` and `harm` ask it only where a text may be one of theirs.
"""

from __future__ import annotations

import json
import math
import re
from base64 import b85decode
from collections.abc import Callable, Set
from functools import cache, lru_cache
from operator import itemgetter
from pkgutil import get_data
from typing import Final, NamedTuple
from zlib import crc32

__all__ = ["BUCKETS", "FEWEST", "SIGNALS", "AdWords", "Reading", "adwords", "bits_of", "bucket_of", "is_answer", "read"]

BUCKETS: Final = 1 << 14
_LAST: Final = BUCKETS - 1
FEWEST: Final = 4  # two words of an answer say little: a shorter text counts as one of so many words
SIGNALS: Final = ("asks", "answers")
_LONGEST = 24
_MOST_WORDS = 1 << 16
_SHOWN = 4
# «[id12345|Анна], …» begins most answers in VK; the name says nothing, the answer does.
_MENTION = re.compile(rb"\[(?:id|club)[0-9]+\|[^\]\n]{0,80}\],?")
# Where somebody is sent is told of by rules; letters of an address are no words.
_ADDRESS = re.compile(rb"https?://[^ \n]+|@[a-z0-9_]+")


def _seen_as(code: int) -> int:
    """Keep letters; all else parts words: numbers and pictures are told of by rules."""
    return code if code >= 0xE0 or 97 <= code <= 122 else 32


_TOLD = bytes(map(_seen_as, range(256)))


# Weights are kept as bytes, which are read quicker than numbers with a sign: so much is nothing.
_NOUGHT: Final = 128
_FROM_NOUGHT = bytes((byte + _NOUGHT) % 256 for byte in range(256))


class Reading(NamedTuple):
    """What the model is told of a text: its different words and its signals."""

    words: Set[bytes]
    signals: tuple[bool, bool]


def is_answer(seen: bytes) -> bool:
    """Tell whether a text speaks to somebody by a mention."""
    return b"|" in seen and _MENTION.search(seen) is not None


@lru_cache(maxsize=4)  # whoever asks a model asks for the words of the same text in turn
def read(seen: bytes) -> Reading:
    """Take the words out of the bytes of a plain view."""
    answers = is_answer(seen)
    if answers:
        seen = _MENTION.sub(b" ", seen)
    if b"//" in seen or b"@" in seen:
        seen = _ADDRESS.sub(b" ", seen)
    return Reading(frozenset(seen.translate(_TOLD).split()), (b"?" in seen, answers))


def bits_of(word: bytes) -> list[bytes]:
    """Return what has a weight of a word: the word, its beginning, and its letters by four."""
    padded = b"<" + word[:_LONGEST] + b">"
    return [padded, b"^" + word[:6], *[padded[start : start + 4] for start in range(len(padded) - 2)]]


def bucket_of(bit: bytes) -> int:
    """Where the weight of a bit of a word stands."""
    return crc32(bit) & _LAST


@lru_cache(maxsize=1 << 12)  # the models ask about a new word in turn
def _weights_of(word: bytes) -> Callable[[bytes], tuple[int, ...]]:
    """Return what picks the weights of the bits of a word; a word has several bits."""
    return itemgetter(*map(bucket_of, bits_of(word)))


class AdWords(dict[bytes, float]):
    """One trained model; as a dictionary it holds the weight of every word met so far."""

    def __init__(self, weights: bytes, scale: float, bias: float, signals: tuple[float, ...]) -> None:
        super().__init__()
        self._weights, self._scale, self._bias, self._signals = weights, scale, bias, signals
        self._last: tuple[Reading | None, float] = (None, 0.0)

    def __missing__(self, word: bytes) -> float:
        weights = _weights_of(word)(self._weights)
        weight = self._scale * (sum(weights) - _NOUGHT * len(weights)) / math.sqrt(len(weights))
        if len(word) <= _LONGEST:
            if len(self) >= _MOST_WORDS:
                self.clear()
            self[word] = weight
        return weight

    def score(self, reading: Reading) -> float:
        """Return one number for a text: log odds by the lines of training, no chance in any stream."""
        known, score = self._last  # the model of spam is asked twice for one text: by spam and by sale of drugs
        if known is not reading:
            words, (asks, answers) = reading
            total = math.fsum(map(self.__getitem__, words))  # in any order the same
            total /= math.sqrt(max(FEWEST, len(words)))
            score = self._bias + total + asks * self._signals[0] + answers * self._signals[1]
            self._last = (reading, score)
        return score

    def loudest(self, reading: Reading) -> tuple[str, ...]:
        """Return the words that spoke most for the category."""
        words = sorted(reading.words, key=lambda word: (-self[word], word))[:_SHOWN]
        return tuple(word.decode("cp1251", "replace") for word in words if self[word] > 0)


@cache
def adwords(category: str) -> AdWords:
    """Return the shipped model of ``spam``, ``drugs``, ``threat`` or ``extremism``, read once."""
    raw = json.loads(get_data("munsocial.language", f"data/models/{category}.json") or b"")
    unit = raw["unit"]
    return AdWords(
        weights=b85decode(raw["weights"]).translate(_FROM_NOUGHT),
        scale=raw["scale"],
        bias=raw["bias"] * unit,
        signals=tuple(value * unit for value in raw["signals"].values()),
    )
