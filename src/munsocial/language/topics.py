"""What a post is about, in the words of clauses 2.2 and 3.3: the head, the body's own work, what everybody must know.

Signs found by rules and a small trained model over the words decide together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, cast, get_args

from munsocial.language.linear import load
from munsocial.language.reading.forms import command
from munsocial.language.reading.legible import folded
from munsocial.language.reading.signs import shown
from munsocial.language.reading.tables import signs as sign_pattern
from munsocial.language.reading.words import plain_words
from munsocial.language.streams import one_by_one
from munsocial.model.given import is_a

__all__ = ["SIGNALS", "TOPICS", "Topic", "measure", "topic", "topic_many"]

Topic = Literal["head_event", "activity", "socially_important", "other"]
TOPICS: tuple[Topic, ...] = get_args(Topic)
SIGNALS = (
    "head",
    "head_away",
    "social",
    "body",
    "other",
    "head_only",
    "we_did",
    "done",
    "asks",
    "command",
    "number",
    "short",
    "nothing",
    "animal",
    "trade",
)

_WE_DID = re.compile(r"\b(?:мы|наш[аи]?|наши)\b.{0,60}?[а-я]{2,20}(?:ли|ла|л)\b|^[а-я]{3,20}(?:ли|аем|уем|им)\b")
_DONE = re.compile(r"\b(?:про|от|за|вы|на|по|у|под|пере|рас|об|со|с|при)[а-я]{2,20}(?:ил|ал|ел|ял|ул)(?:и|а|о)?\b")
_LONGEST = 5000
_SECTIONS = ("head", "head_away", "social", "body", "other", "animal", "trade")


def measure(text: str) -> tuple[list[str], list[float]]:
    """Words of a text and its `SIGNALS`, as the model was trained on them."""
    plain = folded(text[:_LONGEST])
    words = plain_words(plain)
    signs = shown(plain, _SECTIONS)
    head, away, social, body, other = (name in signs for name in _SECTIONS[:5])
    found = (
        head,
        away,
        social,
        body,
        other,
        head and not away,
        _WE_DID.search(plain) is not None,
        _DONE.search(plain) is not None,
        "?" in plain,
        any(map(command, words)),
        any(word.isdigit() for word in words),
        len(words) <= 3,
        not (head or social or body or other),
        "animal" in signs,
        "trade" in signs,
    )
    return words, [float(one) for one in found]


def topic(text: str) -> Topic:
    """Name the topic of a post; a text without words, or of single letters, is `"other"`.

    Raises:
        InputError: it is no text.
    """
    is_a(str, text, "text")
    words, signals = measure(text)
    if all(len(word) == 1 for word in words):
        return "other"
    if sign_pattern("chapter").match(folded(text[:_LONGEST])):  # a chapter of a story is no head
        return "other"
    model = load("topic")
    scores = model.scores(words, signals)
    return cast(Topic, model.classes[scores.index(max(scores))])


def topic_many(texts: Iterable[str]) -> Iterator[Topic]:
    """Read a stream of posts, one topic for each, in order."""
    return one_by_one(topic, texts)
