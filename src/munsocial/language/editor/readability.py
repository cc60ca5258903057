"""How easily a Russian text is read, by the formula of Flesch with I. V. Oborneva's constants for Russian (2006)."""

from __future__ import annotations

from dataclasses import dataclass

from munsocial.language.editor.prose import prose
from munsocial.language.reading.words import Words, sentence_lengths
from munsocial.model.given import is_a

__all__ = ["Readability", "of_words", "readability", "said_words"]

_VOWELS = "аеиоуыэюя"


@dataclass(frozen=True, slots=True)
class Readability:
    """Measures of one text; all are 0 where there is no word."""

    ease: float
    """Flesch with Russian constants: about 100 reads at once, about 0 needs a lawyer; not cut to 0..100.

    0 where there are only numbers."""
    words: int
    sentences: int
    words_per_sentence: float
    longest_sentence: int
    """Words in the longest sentence."""
    syllables_per_word: float


def readability(text: str) -> Readability:
    """Measure a text; abbreviations such as «ул.» do not end a sentence, links and handles are no words.

    Raises:
        InputError: it is no text.
    """
    is_a(str, text, "text")
    return of_words(prose(text).words)


def of_words(words: Words) -> Readability:
    """Measure a text already split into words."""
    lengths = sentence_lengths(words)
    count = len(words.plain)
    if not count:
        return Readability(0.0, 0, 0, 0.0, 0, 0.0)
    said = said_words(words)
    letters = "".join(words.plain)
    syllables = sum(map(letters.count, _VOWELS))
    per_sentence, per_word = count / len(lengths), syllables / max(1, said)
    ease = 206.835 - 1.3 * per_sentence - 60.1 * per_word if said else 0.0
    return Readability(round(ease, 1), count, len(lengths), round(per_sentence, 2), max(lengths), round(per_word, 2))


def said_words(words: Words) -> int:
    """How many words have letters: of numbers alone nobody can tell how they read."""
    return sum(1 for word in words.plain if not word.isdigit())
