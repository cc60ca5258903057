"""A small linear model shipped as numbers: letter n-grams of words, pairs of words, and signals from the caller.

Trained by `tools/language/train.py` from lines that stand in this repository. Whole numbers only at rest, so that the
file is the same on every machine.
"""

from __future__ import annotations

import json
import math
from base64 import b85decode
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import accumulate
from operator import itemgetter, mul
from typing import NamedTuple
from zlib import crc32

from munsocial.language.shipped import shipped

__all__ = ["BUCKETS", "Linear", "buckets_of_pair", "buckets_of_word", "load"]

BUCKETS = 1 << 13
_LONGEST = 24
_STEM = 6
_PAIR_STEM = 5


def _encoded(feature: str) -> bytes:
    return feature.encode("utf-8", "replace")


def _offsets(letters: str, size: int) -> Sequence[int]:
    """Where each letter begins among the bytes, and the end."""
    if size == 2 * len(letters) - 2:  # Russian between the two brackets
        return (0, *range(1, size, 2), size)
    return (0, *accumulate(len(_encoded(letter)) for letter in letters))


def buckets_of_word(word: str) -> tuple[int, ...]:
    """Where the weights of one folded word stand: the word, its beginning, and its letters by three to five."""
    padded = f"<{word[:_LONGEST]}>"
    data = _encoded(padded)
    at = _offsets(padded, len(data))
    grams = {data[low:high] for size in (3, 4, 5) for low, high in zip(at, at[size:], strict=False)}
    return tuple(crc32(feature) % BUCKETS for feature in {data, _encoded("s" + word[:_STEM]), *grams})


def buckets_of_pair(one: str, two: str) -> tuple[int, ...]:
    """Where the weight of two neighbouring words stands; the text begins after an empty word."""
    return (crc32(_encoded(f"{one[:_PAIR_STEM]} {two[:_PAIR_STEM]}")) % BUCKETS,)


class _Stored(NamedTuple):
    classes: tuple[str, ...]
    bias: tuple[float, ...]
    signals: tuple[tuple[float, ...], ...]  # by signal, then by class
    weights: tuple[memoryview, ...]  # by class, then by bucket
    scale: float


class Linear:
    """One trained model: words and signals in, one number a class out."""

    def __init__(self, stored: _Stored) -> None:
        self.classes = stored.classes
        self._stored = stored
        self._by_class = tuple(zip(*stored.signals, strict=True)) or ((),) * len(stored.classes)
        self._word = lru_cache(maxsize=1 << 15)(lambda word: self._sum(buckets_of_word(word)))
        self._pair = lru_cache(maxsize=1 << 15)(lambda one, two: self._sum(buckets_of_pair(one, two)))

    def _sum(self, buckets: tuple[int, ...]) -> tuple[float, ...]:
        root = math.sqrt(len(buckets))
        chosen = itemgetter(*buckets, 0)  # two places at least, so that many come back
        return tuple(self._stored.scale * (sum(chosen(w)) - w[0]) / root for w in self._stored.weights)

    def scores(self, words: Sequence[str], signals: Sequence[float]) -> list[float]:
        """One number for each class of `classes`, larger is likelier; comparable only within one text."""
        stored = self._stored
        stems = [word[:_PAIR_STEM] for word in words]
        parts = [self._word(word[:_LONGEST]) for word in words]
        parts += map(self._pair, ["", *stems], stems)
        totals = [sum(values, 0.0) for values in zip(*parts, strict=True)] or [0.0] * len(stored.classes)
        root = math.sqrt(max(1, len(words)))
        return [
            bias + total / root + sum(map(mul, column, signals))
            for bias, total, column in zip(stored.bias, totals, self._by_class, strict=True)
        ]


@cache
def load(name: str) -> Linear:
    """The shipped model of that name, read once."""
    raw = json.loads(shipped(f"models/{name}.json"))
    unit = raw["unit"]
    return Linear(
        _Stored(
            classes=tuple(raw["classes"]),
            bias=tuple(value * unit for value in raw["bias"]),
            signals=tuple(tuple(value * unit for value in row) for row in raw["signals"].values()),
            weights=tuple(memoryview(b85decode(packed)).cast("b") for packed in raw["weights"]),
            scale=raw["scale"],
        )
    )
