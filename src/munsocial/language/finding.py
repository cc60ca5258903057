"""All the ways of looking at one text, from the cheapest to the rarest; what each finds is put side by side."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from functools import cache
from itertools import groupby
from typing import NamedTuple

from munsocial.language import personal, spam, unmask
from munsocial.language.lexicon import Rule, rules
from munsocial.language.matcher import Find, Matcher
from munsocial.language.vocabulary import Vocabulary

__all__ = ["Find", "finds", "readings"]


# So many lines are read in one pass. More would be quicker on texts seen before and slower on new ones: the states of
# an automaton multiply with the number of lines that may be half found at the same place.
_LINES_TOGETHER = 20


_DIGIT = re.compile(rb"[0-9]")


class _Matchers(NamedTuple):
    plain: tuple[Matcher, ...]
    digits: tuple[Matcher, ...]
    masked: tuple[Matcher, ...]


@cache
def _matchers() -> _Matchers:
    # Spam is decided by a sum of signals and has matchers of its own.
    plain = [rule for rule in rules() if rule.view == "plain" and rule.category != "spam"]
    ready = tuple(map(Matcher, parts(rule for rule in plain if not rule.digits)))
    return _Matchers(
        plain=ready,
        digits=tuple(map(Matcher, parts(rule for rule in plain if rule.digits))),
        masked=tuple(matcher for matcher in ready if matcher.masked),
    )


def parts(chosen: Iterable[Rule]) -> Iterator[list[Rule]]:
    """Cut rules into parts of one category and of a size that is read quickly."""
    for _, of_category in groupby(chosen, key=lambda rule: rule.category):
        part: list[Rule] = []
        for rule in of_category:
            if part and sum(len(one.lines) for one in part) + len(rule.lines) > _LINES_TOGETHER:
                yield part
                part = []
            part.append(rule)
        yield part


@cache
def _rare(view: str) -> tuple[Matcher, ...]:
    """Build the matcher of a reading that few texts need when the first of them comes."""
    return (Matcher(rule for rule in rules() if rule.view == view),)


def finds(text: str, vocabulary: Vocabulary | None = None, known: Container[str] = ()) -> Iterator[Find]:
    """Yield all finds in a text; a municipality's own words are added, its protected names are spared.

    Categories in ``known`` are passed over; the caller may add to it while the finds are taken.
    """
    found = _all_finds(text, known)
    return found if vocabulary is None else vocabulary.applied(text, found)


def _all_finds(text: str, known: Container[str]) -> Iterator[Find]:
    plain = unmask.plain_view(text)
    joined = None
    for name, matchers, view in _readings(text, plain):
        joined = view if name == "runs" else joined
        for matcher in matchers:
            yield from (find for find in matcher.finds(view, known) if _plausible(find))
    yield from spam.finds(text, plain, joined)
    yield from personal.finds(plain)


def readings(text: str) -> Iterator[tuple[str, tuple[Matcher, ...], unmask.View]]:
    """Yield the readings of a text that are worth a look, each with its name and the rules that apply to it."""
    return _readings(text, unmask.plain_view(text))


def _readings(text: str, plain: unmask.View) -> Iterator[tuple[str, tuple[Matcher, ...], unmask.View]]:
    known = _matchers()
    yield "plain", known.plain, plain
    if _DIGIT.search(plain.seen):
        yield "digits", known.digits, plain
    hidden = unmask.hidden_view(plain)
    if hidden is not None:
        yield "hidden", _rare("hidden"), hidden
    tight = unmask.tight_view(plain)
    if tight is not None:
        yield "tight", known.masked, tight
        runs = unmask.letter_runs(tight)
        if runs is not None:
            yield "runs", known.masked, runs
    latin = unmask.latin_view(plain)
    if latin is not None:
        yield "latin", _rare("latin"), latin
        yield "layout", _rare("layout"), unmask.layout_view(text)


def _plausible(find: Find) -> bool:
    """Refuse a word of which too much is hidden: it may be anything; a sign after every letter hides nothing."""
    if find.view.kind != "hidden":
        return True
    word = find.view.seen[find.start : find.end]
    hidden = word.count(unmask.HIDDEN)
    groups = sum(1 for part in word.split(unmask.HIDDEN)[1:-1] if part) + 1
    return hidden > 0 and groups <= 2 and 2 * hidden <= len(word) - hidden + 1
