"""Harm told by its words, where no rule knows it: a model is asked for each category that rules have not found.

What excuses every rule of a category (reports, films, sport, garden work) excuses these finds as well.
"""

from __future__ import annotations

import math
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
_OF_QUARRELS: Final = ("threat", "extremism", "insult")
# Spam is told in a way of its own (`spam`).
_ENOUGH: Final = tuple(_KINDS[name].enough if name in _KINDS else math.inf for name in CATEGORIES)


@cache
def _excuses(category: str) -> Excuses:
    """Return the harmless readings that stand at the head of a page."""
    return next(rule.excuses[-1] for rule in rules() if rule.category == category and rule.view == "plain")


def finds(view: View, known: Container[str] = ()) -> Iterator[Find]:
    """Yield a find for each category that is not known yet and of which the words are enough.

    Threats, calls and insults in answers to somebody are left to the rules: most answers quarrel.
    """
    quarrels = answers(view.seen)
    reading = read(view.seen)
    count = len(reading.words)
    if not _FEWEST <= count <= _MOST:
        return
    more = _PER_WORD * max(0, count - _USUAL)
    scores = adwords().scores(reading)
    for category, score, enough in zip(CATEGORIES, scores, _ENOUGH, strict=True):
        if score - more <= enough or category in known or (quarrels and category in _OF_QUARRELS) or _is_apart(reading):
            continue
        if readings(_excuses(category), view.seen):
            continue
        why = _KINDS[category].why.fill(words=", ".join(adwords().loudest(reading, category)))
        yield Find.of_whole(category, "words", round(min(_SUREST, 0.7 + 0.02 * score), 2), why, view)


def _is_apart(reading: Reading) -> bool:
    """Tell letters written apart: they are no words."""
    return 2 * sum(len(word) == 1 for word in reading.words) > len(reading.words)
