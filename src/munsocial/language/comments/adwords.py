"""How much the words of a text are those of lures or of harm: linear models over the words, shipped as numbers.

Rules name what is said by those who advertise, deal, threaten or abuse; this tells how they speak, so that what no rule
knows is seen as well. Each word has a weight in each category, made of its letter n-grams and remembered; a text costs
one addition a word.
Trained by `tools/language/train_words.py` from lines that stand in this repository. For spam it is one signal among
those of `spam`; for the other categories `by_words` asks it where no rule has found anything.
"""

from __future__ import annotations

import json
import math
import re
import struct
from collections.abc import Set
from functools import cache, lru_cache
from itertools import compress
from typing import Final, NamedTuple
from zlib import crc32

from munsocial.language.comments.unmask import BAR
from munsocial.language.engine import which_of
from munsocial.language.shipped import shipped

__all__ = [
    "BUCKETS",
    "CATEGORIES",
    "FEWEST",
    "SIGNALS",
    "Reading",
    "adwords",
    "answers",
    "bits_of",
    "bucket_of",
    "read",
]

CATEGORIES: Final = ("spam", "threat", "extremism", "insult", "drugs", "personal_data")
BUCKETS: Final = 1 << 15
_LAST: Final = BUCKETS - 1
FEWEST: Final = 4  # two words of an answer say little: a shorter text counts as one of so many words
SIGNALS: Final = ("asks", "answers", "number", "digits", "calls", "names", "cries", "denies")
_LONGEST = 24
_MOST_WORDS = 1 << 16
_SHOWN = 4
_WHOLE: Final = 1 << 16  # weights of words are kept as so many parts of one: whole numbers add up alike in any order
# «[id12345|Анна], …» begins most answers in VK; the name says nothing, the answer does.
_MENTION = re.compile(rb"\[(?:id|club)[0-9]+\|[^\]\n]{0,80}\],?")
# Where somebody is sent is told of by rules; letters of an address are no words.
_ADDRESS = re.compile(rb"https?://[^ \n]+|@[a-z0-9_]+|[a-z0-9-]+\.[a-z]{2}[^ \n]*")
_IS_ADDRESS, _IS_NUMBER, _IS_DIGIT, _CALLS, _NAMES, _DENIES = range(6)
_ASK, _CRY = b"?!"
_there = which_of(
    [
        rb"//|@[a-z0-9_]|[a-z0-9-]\.[a-z]{2}",
        rb"[0-9](?:[ ()+-]{0,2}[0-9]){4}",  # of a phone or a paper, no house
        rb"[0-9]",
        rb"^[^\xe0-\xff]*[\xe0-\xff]+,",  # «Сосед, …»
        rb"^[^\xe0-\xff]*[\xe0-\xff]+ [\xe0-\xff]+,",  # «Добрый сосед, …»
        ", а не ".encode("cp1251"),
    ]
)


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
    signals: tuple[bool, ...]  # in the order of `SIGNALS`


def answers(seen: bytes) -> bool:
    """Tell whether a plain view speaks to somebody by a mention."""
    return BAR in seen and _MENTION.search(seen) is not None


@lru_cache(maxsize=4)  # whoever asks a model asks for the words of the same text in turn
def read(seen: bytes) -> Reading:
    """Take the words out of the bytes of a plain view."""
    answering = answers(seen)
    if answering:
        seen = _MENTION.sub(b" ", seen)
    there = _there(seen) or ()
    if _IS_ADDRESS in there:
        seen = _ADDRESS.sub(b" ", seen)
        there = _there(seen) or ()
    number = _IS_NUMBER in there
    digits = not number and _IS_DIGIT in there
    spoken = (_CALLS in there, _NAMES in there, _CRY in seen, _DENIES in there)
    return Reading(frozenset(seen.translate(_TOLD).split()), (_ASK in seen, answering, number, digits, *spoken))


def bits_of(word: bytes) -> list[bytes]:
    """Return what has a weight of a word: the word, its beginning, and its letters by four."""
    padded = b"<" + word[:_LONGEST] + b">"
    return [padded, b"^" + word[:6], *[padded[start : start + 4] for start in range(len(padded) - 2)]]


def bucket_of(bit: bytes) -> int:
    """Where the weight of a bit of a word stands."""
    return crc32(bit) & _LAST


_ROW: Final = struct.Struct(f"<{len(CATEGORIES)}H")  # of a bucket, and of the some 26 bits that a word has at most
# What a word weighs in all categories stands in one number, side by side, so that a text is one sum.
_FIELDS: Final = struct.Struct(f"<{len(CATEGORIES)}Q")
_FIELD_BITS: Final = 64
_HALF: Final = 1 << _FIELD_BITS - 1  # is added to each field, so that none of them is below nought
_NO_WORD: Final = sum(_HALF << _FIELD_BITS * place for place in range(len(CATEGORIES)))


def _laid_apart(layout: struct.Struct, number: int) -> tuple[int, ...]:
    """Return the numbers that stand side by side in one."""
    return layout.unpack(number.to_bytes(layout.size, "little"))


class _Model(NamedTuple):
    """One trained model: how much its bytes are worth, the constant, and what signals add."""

    scale: float
    bias: float
    signals: tuple[float, ...]


class AdWords(dict[bytes, int]):
    """All models; as a dictionary it holds what each word met so far weighs in all `CATEGORIES`."""

    def __init__(self, models: tuple[_Model, ...], weights: bytes) -> None:
        super().__init__()
        self._models = models
        self._weights = weights  # a byte for each bucket, model after model
        self._row = cache(self._of_bucket)
        self._before_words = cache(self._of_signals)
        self._last: tuple[Reading | None, tuple[float, ...]] = (None, ())

    def __missing__(self, word: bytes) -> int:
        bits = bits_of(word)
        bytes_of = _laid_apart(_ROW, sum(map(self._row, map(bucket_of, bits))))
        nought, part, weights = _NOUGHT * len(bits), _WHOLE / math.sqrt(len(bits)), 0
        for place, (one, summed) in enumerate(zip(self._models, bytes_of, strict=True)):
            weights += round(one.scale * part * (summed - nought)) << _FIELD_BITS * place
        if len(word) <= _LONGEST:
            if len(self) >= _MOST_WORDS:
                self.clear()
            self[word] = weights
        return weights

    def _of_bucket(self, bucket: int) -> int:
        return int.from_bytes(_ROW.pack(*self._weights[bucket::BUCKETS]), "little")

    def scores(self, reading: Reading) -> tuple[float, ...]:
        """Return one number for each of `CATEGORIES`: log odds by the lines of training, no chance in any stream."""
        known, scores = self._last  # asked about one text by spam and by all the rest in turn
        if known is not reading:
            words, signals = reading
            fields = _laid_apart(_FIELDS, sum(map(self.__getitem__, words), _NO_WORD))
            root = _WHOLE * math.sqrt(max(FEWEST, len(words)))
            before = self._before_words(signals)
            scores = tuple([one + (field - _HALF) / root for one, field in zip(before, fields, strict=True)])
            self._last = (reading, scores)
        return scores

    def _of_signals(self, signals: tuple[bool, ...]) -> tuple[float, ...]:
        return tuple(one.bias + sum(compress(one.signals, signals)) for one in self._models)

    def loudest(self, reading: Reading, category: str) -> tuple[str, ...]:
        """Return the words that spoke most for the category."""
        place = CATEGORIES.index(category)
        weights = {word: self._weight(word, place) for word in reading.words}
        words = sorted(weights, key=lambda word: (-weights[word], word))[:_SHOWN]
        return tuple(word.decode("cp1251", "replace") for word in words if weights[word] > 0)

    def _weight(self, word: bytes, place: int) -> int:
        return _laid_apart(_FIELDS, self[word] + _NO_WORD)[place] - _HALF


@cache
def adwords() -> AdWords:
    """Return the shipped models, read once: numbers in words.json, the bytes of all categories in turn in words.bin."""
    told = json.loads(shipped("models/words.json"))
    weights = shipped("models/words.bin").translate(_FROM_NOUGHT)
    unit = told["unit"]
    models = []
    for category in CATEGORIES:
        numbers = told[category]
        signals = tuple(numbers[name] * unit for name in SIGNALS)
        models.append(_Model(numbers["scale"], numbers["bias"] * unit, signals))
    return AdWords(tuple(models), weights)
