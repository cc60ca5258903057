"""Sentences for people: Russian first, an English twin beside it. The lowest module: imports nothing of ours."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple, Protocol

__all__ = ["Lang", "Text", "decimal", "join_texts", "maybe", "printable", "printable_bytes"]

Lang = Literal["ru", "en"]


class Says(Protocol):
    """Something that can be told to a person: an error, a finding."""

    def say(self, lang: Lang, /) -> str:
        """Return it in the asked language."""
        ...


class Text(NamedTuple):
    """One sentence in two languages; both twins carry the same ``{placeholders}``."""

    ru: str
    en: str

    @classmethod
    def of(cls, one: Says) -> Text:
        """Return what something says in both languages."""
        return cls(one.say("ru"), one.say("en"))

    def say(self, lang: Lang = "ru") -> str:
        """Return the twin of the asked language."""
        return self.ru if lang == "ru" else self.en

    def inside(self) -> Text:
        """Return it as a reason inside another sentence: the full stop is that one's."""
        return Text(self.ru.rstrip("."), self.en.rstrip("."))

    def fill(self, **facts: object) -> Text:
        """Put facts into the placeholders of both twins; a fact that is itself a `Text` goes twin to twin.

        A literal brace inside a fact is harmless: facts are inserted, never parsed again.
        """
        ru = {name: fact.ru if isinstance(fact, Text) else fact for name, fact in facts.items()}
        en = {name: fact.en if isinstance(fact, Text) else fact for name, fact in facts.items()}
        return Text(self.ru.format_map(ru), self.en.format_map(en))


def join_texts(separator: str, texts: Iterable[Text]) -> Text:
    """Return several texts as one, twin to twin."""
    known = tuple(texts)
    return Text(separator.join(one.ru for one in known), separator.join(one.en for one in known))


def decimal(number: float, form: str = "") -> Text:
    """Return a number as each language writes it, a comma or a point before its fraction; ``form`` as for `format`."""
    told = format(number, form)
    return Text(told.replace(".", ","), told)


def maybe(*names: str) -> Text:
    """Return the question that follows a mistyped name: is one of these meant?"""
    *others, last = names
    before = [", ".join(others)] if others else []
    return Text(f"Может быть, {' или '.join([*before, last])}?", f"Did you mean {' or '.join([*before, last])}?")


# Controls (among them ESC, with which a text commands a terminal) and the signs that turn the order of letters round.
_COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """Return a text that may go to a terminal, whoever wrote it: signs that command one become ``�``."""
    return _COMMANDS.sub("�", text)


def printable_bytes(text: str) -> bytes:
    """Return the same as a file holds it; halves of surrogate pairs, which no file can hold, become ``?``."""
    return printable(text).encode("utf-8", "replace")
