"""All the ways of looking at one text, from the cheapest to the rarest; what each finds is put side by side."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import cache

from munsocial.language.comments import adwords, by_words, personal, pictures, spam, unmask
from munsocial.language.comments.clues import clues
from munsocial.language.comments.lexicon import CATEGORIES, rules
from munsocial.language.comments.matcher import Find, HiddenMatcher, Matcher, PlainMatcher, SetMatcher
from munsocial.language.comments.vocabulary import OwnWord, Vocabulary
from munsocial.model.given import is_a

__all__ = ["Find", "finds", "readings", "spared"]

_PRIVATE = "personal_data"
_ALL_BUT_PRIVATE = frozenset(CATEGORIES) - {_PRIVATE}


@cache
def _plain() -> PlainMatcher:
    return PlainMatcher(spam=False)


@cache
def _rare(view: str) -> Matcher:
    """Build the matcher of a reading that few texts need when the first of them comes."""
    return HiddenMatcher() if view == "hidden" else SetMatcher(rule for rule in rules() if rule.view == view)


def finds(
    text: str, vocabulary: Vocabulary | None = None, known: Container[str] = (), *, where: bool = True
) -> Iterator[Find]:
    """Yield all finds in a text; a municipality's own words are added, its protected names are spared.

    Categories in ``known`` are passed over; the caller may add to it while the finds are taken. Who does not ask
    ``where`` a find stands is answered sooner.
    """
    if vocabulary is None:
        return _all_finds(text, known, where=where)
    is_a(Vocabulary, vocabulary, "vocabulary")
    return vocabulary.applied(text, _all_finds(text, known), _again)


def spared(text: str, vocabulary: Vocabulary) -> Iterator[tuple[Find, OwnWord]]:
    """Yield the finds that own words of a municipality spare, each with the word; for explanations."""
    for find, word in vocabulary.judged(text, _all_finds(text, ()), _again):
        if word is not None:
            yield find, word


def _again(text: str) -> Iterator[Find]:
    return _all_finds(text, ())


def _all_finds(text: str, known: Container[str], *, where: bool = True) -> Iterator[Find]:
    plain = unmask.plain_view(text)
    told = clues(plain.seen)
    joined, of_whom = None, False
    if told or plain.mixed or not _plain().passes(plain):  # most comments pass
        for name, matcher, view in _readings(text, plain, told):
            joined = view if name == "runs" else joined
            placed = where or view.kind == "hidden"  # what is plausible is told by the word
            for find in filter(_plausible, matcher.finds(view, known, where=placed)):
                if find.category == _PRIVATE and adwords.answers(plain.seen):
                    of_whom = True
                else:
                    yield find
    if of_whom:  # the name of a mention is of nobody whose address or illness is told
        yield from _plain().finds(unmask.unaddressed(plain), _ALL_BUT_PRIVATE, where=where)
    if joined is None and "noisy" in told and unmask.is_spelled(plain):
        joined = unmask.tight_view(plain)
    yield from spam.finds(text, plain, told, joined)
    if "drugs" not in known:
        yield from pictures.finds(text, plain)
    if "number" in told:
        yield from personal.finds(plain)
    yield from by_words.finds(joined or plain, known)


def readings(text: str) -> Iterator[tuple[str, Matcher, unmask.View]]:
    """Yield the readings of a text that are worth a look, each with its name and the rules that apply to it."""
    plain = unmask.plain_view(text)
    return _readings(text, plain, clues(plain.seen))


def _readings(text: str, plain: unmask.View, told: set[str]) -> Iterator[tuple[str, Matcher, unmask.View]]:
    known = _plain()
    yield "plain", known, plain
    hidden = unmask.hidden_view(plain) if plain.mixed or "hiding" in told else None
    if hidden is not None:
        yield "hidden", _rare("hidden"), hidden
    if "noisy" in told:
        tight = unmask.tight_view(plain)
        if known.meets_more(tight, plain):
            yield "tight", known, tight
        runs = unmask.letter_runs(tight)
        if runs is not None:
            yield "runs", known, runs
            yield "joined", known, unmask.joined_view(tight)
    latin = unmask.latin_view(plain) if "latin" in told else None
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
    if not (hidden > 0 and groups <= 2 and 2 * hidden <= len(word) - hidden + 1):
        return False
    root = _SEEN_OF_ROOT.get(find.rule)
    return hidden < 2 or root is None or root.search(word) is not None


# When two letters or more are hidden, these of the root must be seen: «в**ет» is anything, «х**ня» is not.
_SEEN_OF_ROOT = {
    "h": re.compile("х".encode("cp1251")),
    "p": re.compile("п.*[здц]".encode("cp1251")),
    "e": re.compile("[еб]".encode("cp1251")),
    "b": re.compile("б.*[лядт]".encode("cp1251")),
}
