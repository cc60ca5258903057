"""All the ways of looking at one text, from the cheapest to the rarest; what each finds is put side by side."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from munsocial.language import personal, spam, unmask
from munsocial.language.lexicon import CATEGORIES, rules
from munsocial.language.matcher import Find, Matcher
from munsocial.language.vocabulary import Vocabulary

__all__ = ["Find", "finds", "readings"]


# Read together in one pass. Not all at once: the automaton of everything would not fit into its memory, three do.
_TOGETHER = (("obscenity", "insult"), ("threat", "extremism", "drugs"), ("personal_data",))


class _Matchers(NamedTuple):
    plain: tuple[Matcher, ...]
    masked: tuple[Matcher, ...]


@cache
def _matchers() -> _Matchers:
    # Spam is decided by a sum of signals and has a matcher of its own.
    plain = tuple(_matcher(names, "plain") for names in _TOGETHER)
    return _Matchers(plain=plain, masked=plain[:2])


@cache
def _rare(view: str) -> tuple[Matcher, ...]:
    """Build the matcher of a reading that few texts need when the first of them comes."""
    return (_matcher(CATEGORIES, view),)


def _matcher(names: Sequence[str], view: str) -> Matcher:
    return Matcher(rule for rule in rules() if rule.category in names and rule.view == view)


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
