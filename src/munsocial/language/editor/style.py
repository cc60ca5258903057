"""How a post of an authority reads, with its weak places and what to write instead (clause 8 of the order).

Advice only: whoever calls decides what follows from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from munsocial.language.editor.exempt import exempt, quoted_law
from munsocial.language.editor.findings import CERTAIN, Weak, weak_places
from munsocial.language.editor.prose import Prose, prose
from munsocial.language.editor.readability import Readability, of_words, said_words
from munsocial.language.editor.voice import voice
from munsocial.language.streams import one_by_one
from munsocial.model.given import is_a
from munsocial.wording import Text

__all__ = ["LONGEST", "Remark", "Style", "style", "style_many"]

LONGEST = 50_000
"""Characters of a text that are read, three times the longest post of any network: reading is quick on any text."""

_TOO_SHORT = 4
_MIDDLE = 50
_JUDGED = 1000
"""Words by which the whole is judged: more than any post has."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A weak place: `text[start:end]`, what it is, and advice in Russian that can be followed at once."""

    category: str
    """light_verb, verbal_noun, denominal_prep, passive, cliche, word, genitive_chain, press_opening or third_person."""
    start: int
    end: int
    advice: str
    weight: float
    """1 (said at home too) .. 3 (nobody says so aloud)."""


@dataclass(frozen=True, slots=True)
class Style:
    """What was found in one text."""

    remarks: tuple[Remark, ...]
    """In the order of the text, never overlapping."""
    score: int
    """0 (press release) .. 100 (talk); 50 where nothing is said."""
    reads_as: Literal["press", "talk"] | None
    """None: too short to say, or exempt."""
    exempt: Text | None
    """Why style is not judged: a warning, an obituary, a quotation of law, another language; else None."""
    readability: Readability


def _remarks(found: Prose, places: list[Weak]) -> tuple[Remark, ...]:
    words = found.words
    law = quoted_law(words)
    remarks = []
    for weak in places:
        start, end = words.starts[weak.first], words.ends[weak.last]
        if weak.weight >= CERTAIN and not any(a <= start < b for a, b in law):
            remarks.append(Remark(weak.category, *found.place(start, end), weak.advice, weak.weight))
    return tuple(remarks)


def style(text: str) -> Style:
    """Read one post; any text is accepted, of one longer than `LONGEST` the beginning is read.

    Raises:
        InputError: it is no text.
    """
    is_a(str, text, "text")
    found = prose(text[:LONGEST])
    words = found.words
    measures = of_words(words)
    reason = exempt(words)
    if reason is not None:
        return Style((), _MIDDLE, None, reason, measures)
    places = weak_places(words)
    remarks = _remarks(found, places)
    if said_words(words) < _TOO_SHORT:
        return Style(remarks, _MIDDLE, None, None, measures)
    talk = voice(words.first(_JUDGED), [place for place in places if place.last < _JUDGED])
    return Style(remarks, round(100 * talk), "talk" if talk >= 0.5 else "press", None, measures)


def style_many(texts: Iterable[str]) -> Iterator[Style]:
    """Read a stream of posts, one answer for each, in order."""
    return one_by_one(style, texts)
