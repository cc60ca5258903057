"""Harm told by its words, where no rule knows it: a model is asked for each category that rules have not found.

What excuses every rule of a category (reports, films, sport, garden work) excuses these finds as well.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import cache
from typing import Final, NamedTuple

from munsocial.language.comments.adwords import CATEGORIES, Reading, adwords, answers, read
from munsocial.language.comments.harmless import readings
from munsocial.language.comments.lexicon import Excuses, rules
from munsocial.language.comments.matcher import Find
from munsocial.language.comments.unmask import View
from munsocial.wording import Text

__all__ = ["finds"]

_FEWEST: Final = 2
_MOST: Final = 60  # different words: a longer text is a story
# Weak words meet by chance in a long text: for each word beyond so many the score must be higher.
_USUAL, _PER_WORD = 12, 0.25
# Ordinary sentences around one that threatens drown its words; a text whose score is farther away holds none.
_NEAR: Final = -3.0
_ONE_OF_SEVERAL: Final = 1.0  # more than enough: every sentence is one more chance to be taken wrongly
_END: Final = re.compile(rb"[.!?]+[ \n]+(?=[^ \n])|\n+(?=[^ \n])")  # of a sentence that another follows
_SUREST: Final = 0.79  # a rule that finds the same is surer


class _Kind(NamedTuple):
    """How one category is told: the score from which the words are enough."""

    enough: float
    why: Text


# The scores were chosen on lines that neither rules nor models had seen; see docs/explanation/moderation-figures.md.
_KINDS: Final = {
    "threat": _Kind(0.6, Text(ru="слова как в угрозах: {words}", en="words as in threats: {words}")),
    "extremism": _Kind(
        0.8, Text(ru="слова как в призывах к насилию: {words}", en="words as in calls to violence: {words}")
    ),
    "insult": _Kind(1.7, Text(ru="слова как в оскорблениях: {words}", en="words as in insults: {words}")),
    "drugs": _Kind(0.15, Text(ru="слова как у торговцев наркотиками: {words}", en="words as dealers write: {words}")),
    "personal_data": _Kind(
        0.7,
        Text(ru="слова как при раскрытии чужих данных: {words}", en="words as where private data are told: {words}"),
    ),
}
# Spam is told in a way of its own (`spam`).
_PLACES: Final = tuple(place for place, name in enumerate(CATEGORIES) if name in _KINDS)


@cache
def _excuses(category: str) -> Excuses:
    """Return the harmless readings that stand at the head of a page."""
    return next(rule.excuses[-1] for rule in rules() if rule.category == category and rule.view == "plain")


def finds(view: View, known: Container[str] = ()) -> Iterator[Find]:
    """Yield a find for each category that is not known yet and of which the words are enough, or those of a sentence.

    Answers to somebody are left to the rules: most of them quarrel.
    """
    if answers(view.seen):
        return
    whole = _Part.of(view.seen, 0, len(view.seen))
    near = [place for place in _PLACES if whole.scores[place] > _NEAR and CATEGORIES[place] not in known]
    if not near or whole.words < _FEWEST or _is_apart(read(view.seen)):
        return
    sentences = _sentences(view.seen)
    for place in near:
        loud = (
            [whole] if whole.is_enough(place) else [one for one in sentences if one.is_enough(place, _ONE_OF_SEVERAL)]
        )
        for part in loud:
            if not readings(_excuses(CATEGORIES[place]), view.seen[part.start : part.end]):
                yield _find(place, view, part)
                break


class _Part(NamedTuple):
    """A text or one of its sentences: where it stands, how many different words it has, and its scores."""

    start: int
    end: int
    words: int
    scores: tuple[float, ...]

    @classmethod
    def of(cls, seen: bytes, start: int, end: int) -> _Part:
        reading = read(seen[start:end])
        return cls(start, end, len(reading.words), adwords().scores(reading))

    def is_enough(self, place: int, beyond: float = 0.0) -> bool:
        """Tell whether the words are enough for the category at that place of `CATEGORIES`."""
        score = self.scores[place] - _PER_WORD * max(0, self.words - _USUAL)
        return _FEWEST <= self.words <= _MOST and score > _KINDS[CATEGORIES[place]].enough + beyond


def _sentences(seen: bytes) -> list[_Part]:
    """Return the sentences of a text that has several."""
    ends = [found.end() for found in _END.finditer(seen)]
    places = zip([0, *ends], [*ends, len(seen)], strict=True) if ends else ()
    return [_Part.of(seen, start, end) for start, end in places]


def _find(place: int, view: View, part: _Part) -> Find:
    category, reading = CATEGORIES[place], read(view.seen[part.start : part.end])
    why = _KINDS[category].why.fill(words=", ".join(adwords().loudest(reading, category)))
    sure = round(min(_SUREST, 0.7 + 0.02 * part.scores[place]), 2)
    return Find(category, "words", sure, why, view, max(part.start, 1), part.end - 1)


def _is_apart(reading: Reading) -> bool:
    """Tell letters written apart: they are no words."""
    return 2 * sum(len(word) == 1 for word in reading.words) > len(reading.words)
