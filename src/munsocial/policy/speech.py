"""Facts put into sentences: machine words become people's words, dates and numbers get their words, lists are joined.

A template says ``{count:публикация|публикации|публикаций}`` for a number with its noun (English: one form or two), and
``{count:~опубликована|опубликованы|опубликовано}`` for the word alone, chosen by the number.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from munsocial.errors import InputError
from munsocial.policy.words import WORDS
from munsocial.wording import Lang, Text

__all__ = ["MONTHS", "counted", "days", "literal", "month_of", "plain", "plural", "speak", "spoken", "year_of"]

_LONGEST = 300  # characters of one fact: a page's description may be a novel, a sentence may not
MONTHS = {
    "ru": (
        "января", "февраля", "марта", "апреля", "мая", "июня",
        "июля", "августа", "сентября", "октября", "ноября", "декабря",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
"""Months as a date names them; the Russian ones stand in the genitive."""
_LANGS: tuple[Lang, Lang] = ("ru", "en")
_YEAR = {"ru": " года", "en": ""}
_AT = {"ru": " в ", "en": ", "}
_NO_LANG = Text("нет такого языка.", "there is no such language.")
_GIVE_LANG = Text("Передайте 'ru' или 'en'.", "Give 'ru' or 'en'.")


def speak(template: Text, facts: Mapping[str, Any], lang: Lang) -> str:
    """Fill one sentence; a fact that is absent shows as a dash, so that no report breaks over a word.

    Raises:
        InputError: the language is none of the two.
    """
    if lang not in _LANGS:
        raise InputError(_NO_LANG, where="lang", remedy=_GIVE_LANG)
    return _begun(template.say(lang).format_map(_Spoken(facts, lang)))


def spoken(template: Text, facts: Mapping[str, Any]) -> Text:
    """Fill a part of a sentence in both languages; it is put into another sentence as a fact."""
    return Text(*(part.format_map(_Spoken(facts, lang)) for part, lang in zip(template, _LANGS, strict=True)))


def plural(number: int, forms: str) -> str:
    """Choose the form of a word for a number: three forms are Russian (1, 2, 5), two English (1, 2), one is for all."""
    known = forms.split("|")
    if len(known) < 3:
        return known[0] if abs(number) == 1 else known[-1]
    ten, hundred = abs(number) % 10, abs(number) % 100
    if 10 < hundred < 20 or ten == 0 or ten > 4:
        return known[2]
    return known[0] if ten == 1 else known[1]


def counted(number: int, ru: str, en: str) -> Text:
    """Return a number with its noun, ``counted(2, "репост|репоста|репостов", "repost|reposts")``."""
    return Text(f"{number} {plural(number, ru)}", f"{number} {plural(number, en)}")


@lru_cache(maxsize=4096)
def days(first: date, last: date) -> Text:
    """Return a run of days, both included, as people say it: "с 16 по 22 ноября 2026 года"."""
    return Text(*(_run(first, last, lang) for lang in ("ru", "en")))


def month_of(day: date) -> Text:
    """Return the month of a day, for what is known no closer: "марта 2022 года"."""
    return Text(*(f"{MONTHS[lang][day.month - 1]} {day.year}{_YEAR[lang]}" for lang in _LANGS))


def year_of(day: date) -> Text:
    """Return the year of a day, for what is known no closer: "2022 года"."""
    return Text(*(f"{day.year}{_YEAR[lang]}" for lang in _LANGS))


def _run(first: date, last: date, lang: Lang) -> str:
    if first == last:
        return _day(last, lang) if lang == "ru" else f"on {_day(last, lang)}"
    begin = _day(first, lang)
    if first.year == last.year:
        begin = str(first.day) if first.month == last.month else f"{first.day} {MONTHS[lang][first.month - 1]}"
    return {"ru": "с {} по {}", "en": "from {} to {}"}[lang].format(begin, _day(last, lang))


class _Word(str):
    """A spoken fact; it remembers its number, so that a template can make nouns agree with it."""

    __slots__ = ("number",)
    number: int | None

    def __format__(self, forms: str) -> str:
        if not forms:
            return str(self)
        if self.number is None:
            return f"{self} {forms.removeprefix('~').split('|')[-1]}"
        word = plural(self.number, forms.removeprefix("~"))
        return word if forms.startswith("~") else f"{self} {word}"


class _Spoken(dict[str, str]):
    """Facts as words, made when a placeholder asks for them."""

    def __init__(self, facts: Mapping[str, Any], lang: Lang) -> None:
        super().__init__()
        self._facts = facts
        self._lang = lang

    def __missing__(self, name: str) -> str:
        value = self._facts.get(name)
        word = _Word(_word(value, self._lang))
        word.number = value if isinstance(value, int) and not isinstance(value, bool) else None
        return word


def _word(value: Any, lang: Lang) -> str:
    if isinstance(value, Text):
        return value.say(lang)
    if isinstance(value, str):
        known = WORDS.get(value)
        return known.say(lang) if known else _short(value)
    if isinstance(value, bool):
        return {"ru": ("нет", "да"), "en": ("no", "yes")}[lang][value]
    if isinstance(value, datetime):
        return f"{_day(value, lang)}{_AT[lang]}{value:%H:%M}"
    if isinstance(value, date):
        return _day(value, lang)
    if isinstance(value, Mapping):
        between = "; " if any(isinstance(one, (list, tuple)) for one in value.values()) else ", "
        return between.join(f"{_word(key, lang)} — {_word(one, lang)}" for key, one in value.items()) or "—"
    if isinstance(value, (tuple, list, set, frozenset)):
        return ", ".join(_word(one, lang) for one in value) or "—"
    return "—" if value is None else str(value)


def _day(day: date, lang: Lang) -> str:
    return f"{day.day} {MONTHS[lang][day.month - 1]} {day.year}{_YEAR[lang]}"


def _short(text: str) -> str:
    """A text of people inside a sentence: on one line, and cut where it would drown the sentence."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"


def _begun(sentence: str) -> str:
    """A sentence may begin with a fact; it begins with a capital letter all the same."""
    return sentence[:1].upper() + sentence[1:]


def literal(text: Text) -> Text:
    """Make a finished sentence safe to be spoken again: its braces are no placeholders."""
    return Text(*(part.replace("{", "{{").replace("}", "}}") for part in text))


def plain(value: Any) -> Any:
    """Return a fact as JSON can hold it: days and moments as ISO text, sentences as their two twins."""
    if isinstance(value, Text):
        return value._asdict()
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
