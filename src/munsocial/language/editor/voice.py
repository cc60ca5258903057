"""Whether a post reads as a press release or as talk: a sum of signs, each with its weight."""

from __future__ import annotations

import math
import re

from munsocial.language.editor.findings import Weak
from munsocial.language.editor.forms import command, short_participle, verbal_noun, we_verb
from munsocial.language.editor.words import Words, sentence_lengths

__all__ = ["voice"]

_READER = frozenset(
    ["вы", "вас", "вам", "вами", "ваш", "ваша", "ваше", "ваши", "вашу", "ваших", "вашем", "вашего", "вашей", "мы", "нас", "нам", "нами", "наш", "наша", "наше", "наши", "нашу", "наших", "нашей", "я", "меня", "мне", "друзья", "соседи", "земляки", "ребята", "спасибо", "пожалуйста", "привет", "а", "но", "вот", "же", "ведь", "ну", "уж", "тоже"]
)
_VOWEL = re.compile("[аеиоуыэюя]")


def voice(words: Words, weak: list[Weak]) -> float:
    """The chance, 0..1, that the text is talk."""
    plain = words.plain
    count = len(plain)
    lengths = sentence_lengths(words)
    syllables = sum(len(_VOWEL.findall(word)) for word in plain) / count
    score = 1.2 - 2.2 * sum(w.weight for w in weak) / (count + 4) ** 0.5
    score += 3.0 * (2.6 - syllables)
    score -= 6.0 * sum(map(verbal_noun, plain)) / count
    score -= 8.0 * sum(map(short_participle, plain)) / count
    score += 0.9 * min(3, sum(word in _READER for word in plain))
    score += 1.2 * min(3, sum(map(command, plain))) + 0.9 * min(3, sum(map(we_verb, plain)))
    score += 0.8 * min(3, words.text.count("!") + words.text.count("?") + words.text.count("—"))
    score -= 0.1 * (count / max(1, len(lengths)) - 8)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
