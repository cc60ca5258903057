"""Whether a post reads as a press release or as talk: signs of both, weighed by a small trained model."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import reduce
from operator import add

from munsocial.language.editor.findings import Weak, weak_places
from munsocial.language.editor.prose import prose
from munsocial.language.linear import load
from munsocial.language.reading.forms import any_participle, command, short_participle, verbal_noun, we_verb
from munsocial.language.reading.tables import word_set
from munsocial.language.reading.words import Words, sentence_lengths

__all__ = ["SIGNALS", "measure", "voice"]

SIGNALS = (
    "office", "syllables", "verbal_nouns", "office_participles", "participles", "reader", "commands", "we", "asks",
    "exclaims", "dashes", "long_sentences", "digits", "past",
)  # fmt: skip
_VOWEL = re.compile("[аеиоуыэюя]")
_PAST = re.compile(r"[а-я]{2,20}(?:ил|ал|ел|ял|ул|ыл)(?:и|а|о)?")


def _most(values: Iterable[object], limit: int = 3) -> float:
    return min(limit, sum(map(bool, values))) / limit


def signals(words: Words, weak: list[Weak]) -> list[float]:
    """The `SIGNALS` of a text with at least one word, each about 0..1."""
    plain = words.plain
    count = len(plain)
    syllables = sum(len(_VOWEL.findall(word)) for word in plain) / count
    return [
        # One after another: from Python 3.12 on `sum` rounds otherwise, and the model learnt from these very numbers.
        reduce(add, (w.weight for w in weak), 0.0) / math.sqrt(count + 4),
        min(4.0, syllables) - 2.4,
        sum(map(verbal_noun, plain)) / count * 3,
        sum(map(short_participle, plain)) / count * 3,
        sum(map(any_participle, plain)) / count * 3,
        _most(word in word_set("reader") for word in plain),
        _most(map(command, plain)),
        _most(map(we_verb, plain)),
        float("?" in words.text),
        float("!" in words.text),
        float("—" in words.text or " - " in words.text),
        min(3.0, count / max(1, len(sentence_lengths(words))) / 10),
        _most(word.isdigit() for word in plain),
        sum(1 for word in plain if _PAST.fullmatch(word)) / count * 3,
    ]


def measure(text: str) -> tuple[list[str], list[float]]:
    """Words of a text and its `SIGNALS`, as the model was trained on them."""
    words = prose(text).words
    return words.plain, signals(words, weak_places(words))


def voice(words: Words, weak: list[Weak]) -> float:
    """The chance, 0..1, that a text with at least one word is talk."""
    press, talk = load("press").scores(words.plain, signals(words, weak))
    return 1 / (1 + math.exp(max(-30.0, min(30.0, press - talk))))
