"""Grounds of removal: which an act lists, and whether a ground noted in the log is one of them.

Criticism is never a ground, by whatever word it goes and whatever a list says. Words that nobody recognises are for a
person: a log in the act's own words is no breach.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from munsocial.model.statements import Removal, Removed
from munsocial.policy.act import Act
from munsocial.policy.catalogue import KINDS
from munsocial.policy.facts.ground_words import CRITICISM, DISLIKE, clause_numbers, read_ground
from munsocial.policy.params import ModerationGrounds
from munsocial.policy.words import folded

__all__ = ["LAW", "Grounds", "clauses_of", "grounds_of"]

LAW = ("threat", "extremism", "drugs", "personal_data")
"""Grounds finer than "violation of law", and inside it."""

_KNOWN = KINDS["moderation.grounds"].words["grounds"]

Clauses = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Grounds:
    """A list of grounds; what is not in a ``closed`` one is no ground. ``clauses`` says what a clause number means.

    ``of_messages`` are those of an act that names messages for some grounds and comments alone for others.
    """

    codes: frozenset[str]
    closed: bool
    clauses: Clauses = field(default_factory=dict)
    of_messages: Grounds | None = None

    @classmethod
    def of(cls, words: Iterable[str], *, closed: bool = True, clauses: Clauses | None = None) -> Grounds:
        """Take the words of an act; with "violation of law" come the grounds inside it."""
        return cls(_codes(tuple(words)), closed, clauses or {})

    def hold(self, removal: Removal) -> bool | None:
        """Tell whether a removal was noted on a ground of the list; None where only a person can say."""
        return None if self.only_comments(removal) else self._hold(removal)

    def only_comments(self, removal: Removal) -> bool:
        """Tell whether a private message was removed on a ground that the act names for comments alone."""
        if self.of_messages is None or removal.kind is not Removed.MESSAGE:
            return False
        return self._hold(removal) is True and self.of_messages.hold(removal) is not True

    def _hold(self, removal: Removal) -> bool | None:
        if folded(removal.ground) in self.codes:
            return True
        noted = read_ground(removal.ground)
        if noted.codes & self.codes:
            return None if noted.codes & {CRITICISM, DISLIKE} else True
        if CRITICISM in noted.codes:
            return False
        meant = self._meant(removal)
        if noted.whole:
            # The word is plain and not listed; a clause that says otherwise leaves it to a person.
            return None if meant & self.codes or not self.closed else False
        if not meant:
            return None
        if meant <= self.codes:
            return True
        return None if meant & self.codes else False

    def _meant(self, removal: Removal) -> frozenset[str]:
        """The grounds of the clauses to which a record refers."""
        numbers = clause_numbers(removal.clause, field=True) | clause_numbers(removal.ground)
        return frozenset(code for number in numbers for code in self.clauses.get(number, ()))


@lru_cache(maxsize=256)  # an act's lists are asked for once a page
def _codes(words: tuple[str, ...]) -> frozenset[str]:
    """The codes of an act's own words; a word that is no code stands as it is."""
    codes: set[str] = set()
    for word in words:
        codes.update({folded(word)} if folded(word) in _KNOWN else {folded(word), *_named(word)})
    if "law_violation" in codes:
        codes.update(LAW)
    return frozenset(codes - {CRITICISM})


def _named(word: str) -> frozenset[str]:
    noted = read_ground(word)
    return noted.codes if noted.whole and len(noted.codes) == 1 else frozenset()


def clauses_of(acts: Iterable[Act]) -> Clauses:
    """Which grounds of removal stand in which clause."""
    found: dict[str, frozenset[str]] = {}
    for one in (one for act in acts for one in act.requirements):
        if isinstance(one.params, ModerationGrounds):
            for number in clause_numbers(one.clause, field=True):
                found[number] = found.get(number, frozenset()) | _codes(tuple(one.params.grounds))
    return found


def grounds_of(act: Act) -> Grounds:
    """The grounds on which an act lets comments be removed; those commonly known where it quotes no list.

    A list that is not quoted may hold any ground: beside it no other is closed, and of messages none is known to lack.
    """
    lists = [one.params for one in act.requirements if isinstance(one.params, ModerationGrounds)]
    words = [word for one in lists for word in one.grounds if not word.startswith("(")]
    if not words:
        return Grounds.of(_KNOWN, closed=False, clauses=clauses_of((act,)))
    closed, clauses = not any(one.open_list or not _quoted(one) for one in lists), clauses_of((act,))
    every = Grounds.of(words, closed=closed, clauses=clauses)
    for_messages = [one for one in lists if "messages" in one.objects]
    if not for_messages or not all(map(_quoted, for_messages)):
        return every
    messages = [word for one in for_messages for word in one.grounds]
    return replace(every, of_messages=Grounds.of(messages, closed=closed, clauses=clauses))


def _quoted(one: ModerationGrounds) -> bool:
    return bool(one.grounds) and not any(word.startswith("(") for word in one.grounds)
