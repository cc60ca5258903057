"""Sentences for people: Russian first, an English twin beside it. The lowest module: imports nothing of ours."""

from __future__ import annotations

from typing import Literal, NamedTuple

__all__ = ["Lang", "Text"]

Lang = Literal["ru", "en"]


class Text(NamedTuple):
    """One sentence in two languages; both twins carry the same ``{placeholders}``."""

    ru: str
    en: str

    def say(self, lang: Lang = "ru") -> str:
        """Return the twin of the asked language."""
        return self.ru if lang == "ru" else self.en

    def fill(self, **facts: object) -> Text:
        """Put facts into the placeholders of both twins; a fact that is itself a `Text` goes twin to twin.

        A literal brace inside a fact is harmless: facts are inserted, never parsed again.
        """
        ru = {name: fact.ru if isinstance(fact, Text) else fact for name, fact in facts.items()}
        en = {name: fact.en if isinstance(fact, Text) else fact for name, fact in facts.items()}
        return Text(self.ru.format_map(ru), self.en.format_map(en))
