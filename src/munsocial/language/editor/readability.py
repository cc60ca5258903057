"""How easily a Russian text is read, by the formula of Flesch with I. V. Oborneva's constants for Russian (2006)."""

from __future__ import annotations

from dataclasses import dataclass

from munsocial.language.editor.words import Words, read, sentence_lengths

__all__ = ["Readability", "of_words", "readability"]

_VOWELS = "аеиоуыэюя"


@dataclass(frozen=True, slots=True)
class Readability:
    """Measures of one text; all are 0 where there is no word."""

    ease: float
    """Flesch with Russian constants: about 100 reads at once, about 0 needs a lawyer; not cut to 0..100."""
    words: int
    sentences: int
    words_per_sentence: float
    longest_sentence: int
    """Words in the longest sentence."""
    syllables_per_word: float


def readability(text: str) -> Readability:
    """Measure a text; abbreviations such as «ул.» do not end a sentence."""
    return of_words(read(text))


def of_words(words: Words) -> Readability:
    """Measure a text already split into words."""
    lengths = sentence_lengths(words)
    count = len(words.plain)
    if not count:
        return Readability(0.0, 0, 0, 0.0, 0, 0.0)
    letters = "".join(words.plain)
    syllables = sum(map(letters.count, _VOWELS))
    per_sentence, per_word = count / len(lengths), syllables / count
    ease = 206.835 - 1.3 * per_sentence - 60.1 * per_word
    return Readability(round(ease, 1), count, len(lengths), round(per_sentence, 2), max(lengths), round(per_word, 2))
