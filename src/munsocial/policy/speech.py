"""Facts put into sentences: machine words become people's words, dates become dates, lists become lists."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from munsocial.policy.words import WORDS
from munsocial.wording import Lang, Text

__all__ = ["literal", "plain", "speak"]


def speak(template: Text, facts: Mapping[str, Any], lang: Lang) -> str:
    """Fill one sentence; a fact that is absent shows as a dash, so that no report breaks over a word."""
    return template.say(lang).format_map(_Spoken(facts, lang))


class _Spoken(dict[str, str]):
    """Facts as words, made when a placeholder asks for them."""

    def __init__(self, facts: Mapping[str, Any], lang: Lang) -> None:
        super().__init__()
        self._facts = facts
        self._lang = lang

    def __missing__(self, name: str) -> str:
        return _word(self._facts.get(name), self._lang)


def _word(value: Any, lang: Lang) -> str:
    if isinstance(value, Text):
        return value.say(lang)
    if isinstance(value, str):
        known = WORDS.get(value)
        return known.say(lang) if known else value
    if isinstance(value, bool):
        return {"ru": ("нет", "да"), "en": ("no", "yes")}[lang][value]
    if isinstance(value, datetime):
        return value.strftime("%d.%m.%Y %H:%M" if lang == "ru" else "%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y" if lang == "ru" else "%Y-%m-%d")
    if isinstance(value, Mapping):
        return ", ".join(f"{_word(key, lang)} — {_word(one, lang)}" for key, one in value.items()) or "—"
    if isinstance(value, (tuple, list, set, frozenset)):
        return ", ".join(_word(one, lang) for one in value) or "—"
    return "—" if value is None else str(value)


def literal(text: Text) -> Text:
    """Make a finished sentence safe to be spoken again: its braces are no placeholders."""
    return Text(*(part.replace("{", "{{").replace("}", "}}") for part in text))


def plain(value: Any) -> Any:
    """Return a fact as JSON can hold it: days and moments as ISO text, sentences as their two twins."""
    if isinstance(value, Text):
        return {"ru": value.ru, "en": value.en}
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted(plain(one) for one in value)
    if isinstance(value, (tuple, list)):
        return [plain(one) for one in value]
    if isinstance(value, str):
        return str(value)
    return value
