"""Marks: what in a text deserves a person's look, where it stands, how sure we are and why.

Text analysis advises: a mark is never a ground to delete or ban by itself, and criticism is never marked.
Every function takes any string whatever, lone surrogates included, and takes time linear in its length.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from munsocial.language.comments.finding import Find, finds
from munsocial.language.comments.vocabulary import Vocabulary
from munsocial.language.streams import one_by_one
from munsocial.model.given import is_a
from munsocial.wording import Lang, Text

__all__ = ["THRESHOLDS", "Mark", "categories", "categories_many", "marks", "marks_many"]

# Below its threshold a find is not shown. The precision which each gives: docs/explanation/moderation-figures.md.
THRESHOLDS = {
    "obscenity": 0.5,
    "insult": 0.5,
    "spam": 0.5,
    "threat": 0.5,
    "extremism": 0.5,
    "drugs": 0.5,
    "personal_data": 0.5,
}


# What is said stands between signs that are no part of it; a sign may be a hidden letter of an obscene word.
_SAID = frozenset({"insult", "threat", "extremism"})
_EDGES = ' \t\n\xa0,.!?:;()«»"—–-'


@dataclass(frozen=True, slots=True)
class Mark:
    """One place in a text: ``text[start:end]`` and what it looks like.

    ``confidence`` lies in 0..1 and orders the marks for a reader; it is the precision of the rule on labelled
    texts, not a probability for this comment. ``rule`` is a stable name for logs and exceptions.
    """

    category: str
    start: int
    end: int
    confidence: float
    why: Text
    rule: str

    @property
    def span(self) -> tuple[int, int]:
        """Return the place as a pair, in characters of the original text."""
        return (self.start, self.end)

    def say(self, lang: Lang = "ru") -> str:
        """Tell the reason to a person."""
        return self.why.say(lang)


def marks(text: str, *, vocabulary: Vocabulary | None = None) -> tuple[Mark, ...]:
    """Return everything worth a look in the text, in the order of places, one mark for a category and a place.

    Raises:
        InputError: it is no text.
    """
    is_a(str, text, "text")
    return _settled(_mark(text, find) for find in finds(text, vocabulary))


def marks_many(texts: Iterable[str], *, vocabulary: Vocabulary | None = None) -> Iterator[tuple[Mark, ...]]:
    """Yield the marks of each text as they are asked for; a stream of any length needs memory for one text."""
    return one_by_one(partial(marks, vocabulary=vocabulary), texts)


def categories(text: str, *, vocabulary: Vocabulary | None = None) -> frozenset[str]:
    """Return the names of the categories that the text has marks of.

    Raises:
        InputError: it is no text.
    """
    is_a(str, text, "text")
    known: set[str] = set()
    for find in finds(text, vocabulary, known, where=False):
        if find.weight >= THRESHOLDS[find.category]:
            known.add(find.category)
    return frozenset(known)


def categories_many(texts: Iterable[str], *, vocabulary: Vocabulary | None = None) -> Iterator[frozenset[str]]:
    """Yield the categories of each text as they are asked for."""
    return one_by_one(partial(categories, vocabulary=vocabulary), texts)


def _mark(text: str, find: Find) -> Mark:
    start, end = find.place()
    if find.category in _SAID:
        said = text[start:end]
        start, end = end - len(said.lstrip(_EDGES)), start + len(said.rstrip(_EDGES))
    return Mark(find.category, start, end, find.weight, find.why, find.rule)


def _settled(found: Iterable[Mark]) -> tuple[Mark, ...]:
    """Keep the surest of overlapping marks of one category."""
    kept: list[Mark] = []
    last: dict[str, int] = {}
    for mark in sorted(found, key=lambda mark: (mark.start, -mark.confidence, -mark.end)):
        if mark.confidence < THRESHOLDS[mark.category]:
            continue
        before = last.get(mark.category)
        if before is not None and mark.start < kept[before].end:
            if mark.confidence > kept[before].confidence:
                kept[before] = mark
            continue
        last[mark.category] = len(kept)
        kept.append(mark)
    return tuple(sorted(kept, key=lambda mark: (mark.start, mark.end, mark.category)))
