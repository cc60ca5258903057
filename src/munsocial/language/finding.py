"""All the ways of looking at one text, from the cheapest to the rarest; what each finds is put side by side."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from munsocial.language import personal, spam, unmask
from munsocial.language.lexicon import rules
from munsocial.language.matcher import Find, Matcher
from munsocial.language.vocabulary import Vocabulary

__all__ = ["Find", "finds", "readings"]


class _Matchers(NamedTuple):
    plain: Matcher
    masked: Matcher
    latin: Matcher
    layout: Matcher


@cache
def _matchers() -> _Matchers:
    # Spam is decided by a sum of signals and has a matcher of its own.
    known = [rule for rule in rules() if rule.category != "spam"]
    return _Matchers(
        plain=Matcher(rule for rule in known if rule.view == "plain"),
        masked=Matcher(rule for rule in known if rule.view == "plain" and rule.masked),
        latin=Matcher(rule for rule in known if rule.view == "latin"),
        layout=Matcher(rule for rule in known if rule.view == "layout"),
    )


def finds(text: str, vocabulary: Vocabulary | None = None) -> Iterator[Find]:
    """Yield all finds in a text; a municipality's own words are added, its protected names are spared."""
    found = _all_finds(text)
    return found if vocabulary is None else vocabulary.applied(text, found)


def _all_finds(text: str) -> Iterator[Find]:
    for _, matcher, view in readings(text):
        yield from matcher.finds(view)
    plain = unmask.plain_view(text)
    yield from spam.finds(text, plain)
    yield from personal.finds(plain)


def readings(text: str) -> Iterator[tuple[str, Matcher, unmask.View]]:
    """Yield the readings of a text that are worth a look, each with its name and the rules that apply to it."""
    known = _matchers()
    plain = unmask.plain_view(text)
    yield "plain", known.plain, plain
    with_ye = unmask.ye_for_three(plain)
    if with_ye is not None:
        yield "three", known.masked, with_ye
    tight = unmask.tight_view(plain)
    if tight is not None:
        yield "tight", known.masked, tight
        runs = unmask.letter_runs(tight)
        if runs is not None:
            yield "runs", known.masked, runs
    latin = unmask.latin_view(text)
    if latin is not None:
        yield "latin", known.latin, latin
        yield "layout", known.layout, unmask.layout_view(text)
