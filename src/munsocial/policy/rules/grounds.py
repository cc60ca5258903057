"""Grounds of removal: which an act lists, and whether a ground noted in the log is one of them.

Criticism is never a ground, by whatever word it goes and whatever a list says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from munsocial.policy.act import Act
from munsocial.policy.catalogue import KINDS
from munsocial.policy.params import ModerationGrounds
from munsocial.policy.words import WORDS

__all__ = ["LAW", "Grounds", "grounds_of"]

LAW = ("threat", "extremism", "drugs", "personal_data")
"""Grounds finer than "violation of law", and inside it."""

_CRITICISM = "criticism"
_KNOWN = KINDS["moderation.grounds"].words["grounds"]


def _plain(word: str) -> str:
    return word.casefold().replace("ё", "е")


# People write "Спам" and "оскорбление" where files say spam and insult.
_CODES = {_plain(name): code for code in (*_KNOWN, _CRITICISM) for name in (code, *WORDS.get(code, ()))}


def _code(word: str) -> str:
    plain = _plain(word)
    return _CODES.get(plain, plain)


@dataclass(frozen=True, slots=True)
class Grounds:
    """A list of grounds; what is not in a ``closed`` one is no ground."""

    codes: frozenset[str]
    closed: bool

    @classmethod
    def of(cls, words: Iterable[str], *, closed: bool = True) -> Grounds:
        """Take the words of an act; with "violation of law" come the grounds inside it."""
        codes = {_code(word) for word in words}
        if "law_violation" in codes:
            codes.update(LAW)
        return cls(frozenset(codes - {_CRITICISM}), closed)

    def hold(self, ground: str) -> bool | None:
        """Tell whether a noted ground is one of the list; None where the list is open, and a person has to say."""
        code = _code(ground)
        if code in self.codes:
            return True
        return False if self.closed or code == _CRITICISM else None


def grounds_of(act: Act) -> Grounds:
    """The grounds on which an act lets comments be removed; those commonly known where it quotes no list."""
    lists = [one.params for one in act.requirements if isinstance(one.params, ModerationGrounds)]
    words = [word for one in lists for word in one.grounds if not word.startswith("(")]
    if not words:
        return Grounds.of(_KNOWN, closed=False)
    return Grounds.of(words, closed=not any(one.open_list for one in lists))
