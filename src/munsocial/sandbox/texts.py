"""Texts of the sample district: dealt like cards, filled with names and places, never the same twice."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from munsocial.policy.speech import MONTHS

__all__ = ["Card", "Citizen", "PostText", "Texts", "data"]

_OPENERS = (
    "",
    "",
    "",
    "",
    "Здравствуйте! ",
    "Добрый день. ",
    "Добрый вечер! ",
    "Доброе утро! ",
    "Соседи, ",
    "Друзья, ",
)
_CLOSERS = ("", "", "", "", " 🙂", " 👍", " 🙏", " 😄", " ❤", " 👏", ")", "))", " 🌧", " ☀")
_FILES = frozenset({"administration", "settlement", "press", "upstream"})
"""Kinds of publications with a file of their own."""
_DAYS = ("в понедельник", "во вторник", "в среду", "в четверг", "в пятницу", "в субботу", "в воскресенье")
_CASES = (("ая", "ой"), ("ое", "ом"), ("ый", "ом"), ("ний", "нем"), ("ий", "ьем"))
_MANY = [number for number in range(5, 99) if number % 10 in (0, 5, 6, 7, 8, 9)]
"""Numbers after which Russian counts in the genitive plural."""
_TRIES = 12
_SENTENCE = re.compile(r"(^|[.!?]\s+)(улица)")
_LOCATIVE = {
    "станица": "в станице",
    "хутор": "на хуторе",
    "село": "в селе",
    "посёлок": "в посёлке",
    "деревня": "в деревне",
}


Card = dict[str, Any]
"""One ``[[post]]`` of a data file."""


@cache
def data(name: str) -> dict[str, Any]:
    """Return one data file of the sandbox by its stem."""
    return tomllib.loads((files("munsocial.sandbox") / "data" / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class PostText:
    """A written publication: text, kinds of attachments, poll (question, then answers)."""

    text: str
    attachments: tuple[str, ...] = ()
    poll: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citizen:
    """What a citizen writes, with the answer that an attentive body gives, and the marks of a bad comment."""

    text: str
    answer: str = ""
    marks: tuple[str, ...] = ()


class Texts:
    """Deals texts of one district; the same seed deals the same."""

    def __init__(self, seed: int = 0) -> None:
        self._dice = random.Random(seed)  # for a story, not for secrets
        self._used: set[str] = set()
        self._clean = [one["text"] for one in data("comments")["comment"] if "marks" not in one]
        self._bad = [one for one in data("comments")["comment"] if "marks" in one]
        self._questions = list(data("comments")["question"])
        self._messages = list(data("comments")["message"])

    def person(self) -> tuple[str, str]:
        """Return first and last name of somebody."""
        names, sex = data("names"), self._dice.choice(("men", "women"))
        return self._dice.choice(names[f"first_{sex}"]), self._dice.choice(names[f"last_{sex}"])

    def deck(self, kinds: Sequence[str]) -> list[Card]:
        """Return the unwritten publications of these kinds, each kind shuffled."""
        dealt: list[Card] = []
        for kind in kinds:
            file = f"posts_{kind if kind in _FILES else 'bodies'}"
            cards = [one for one in data(file)["post"] if one.get("by", kind) == kind]
            self._dice.shuffle(cards)
            dealt.extend(cards)
        return dealt

    def upstream(self, role: str) -> list[Card]:
        """Return the unwritten publications of an account above."""
        return [one for one in data("posts_upstream")["post"] if one.get("role", role) == role]

    def write(
        self, card: Card, at: datetime, *, places: Sequence[str] = (), streets: Sequence[str] = ()
    ) -> PostText | None:
        """Fill a publication for its moment: days that it names follow it. None: it was written in all its ways."""
        for _ in range(_TRIES):
            text = self._fill(card["text"].strip(), at, places, streets)
            if text not in self._used:
                self._used.add(text)
                return PostText(text, tuple(card.get("with", ())), tuple(card.get("poll", ())))
        return None

    def comment(self, at: datetime) -> str:
        """Return a harmless comment that nobody has written yet."""
        while True:
            text = self._fill(self._dice.choice(self._clean), at)
            opener, closer = self._dice.choice(_OPENERS), self._dice.choice(_CLOSERS)
            text = text.removesuffix(".") if closer.startswith(")") else text
            said = f"{opener}{text[0].lower() + text[1:] if opener.endswith(', ') else text}{closer}"
            if said not in self._used:
                self._used.add(said)
                return said

    def bad(self, mark: str) -> Citizen:
        """Return a comment that should be removed, for the reason ``mark``; each is dealt once, then they recur."""
        fitting = [one for one in self._bad if mark in one["marks"]]
        fresh = [one for one in fitting if one["text"] not in self._used] or fitting
        self._used.add(fresh[0]["text"])
        return Citizen(fresh[0]["text"], marks=tuple(fresh[0]["marks"]))

    def question(self, place: str, street: str) -> Citizen:
        """Return the next question about a place, such as «станица Ольховская»."""
        one = self._questions.pop(0)
        self._questions.append(one)
        text = one["text"].format(in_place=_where(place), bare_street=street)
        answer = one.get("answer", "Здравствуйте! Проверим и ответим здесь же до конца недели.")
        return Citizen(_upper(text), answer)

    def message(self) -> Citizen:
        """Return the next private message."""
        one = self._messages.pop(0)
        self._messages.append(one)
        return Citizen(one["text"], one.get("answer", ""), tuple(one.get("marks", ())))

    def _fill(self, text: str, at: datetime, places: Sequence[str] = (), streets: Sequence[str] = ()) -> str:
        dice, day = self._dice, at + timedelta(days=self._dice.randint(1, 6))
        filled = text.format(
            place=_upper(dice.choice(list(places) or ["посёлок Приреченск"])),
            street=f"улица {dice.choice(list(streets) or data('names')['streets'])}",
            house=dice.randint(1, 90),
            day=f"{day.day} {MONTHS['ru'][day.month - 1]}",
            weekday=_DAYS[day.weekday()],
            hour=dice.randint(8, 12),
            n=dice.choice(_MANY[:20]),
            m=dice.choice(_MANY[20:]),
            name=" ".join(self.person()),
            age=dice.randint(95, 99),
            phone=f"2-{dice.randint(10, 99)}-{dice.randint(10, 99)}",
        )
        return _SENTENCE.sub(lambda start: start[1] + _upper(start[2]), filled)


def _where(place: str) -> str:
    """Say «в станице Ольховской» for «станица Ольховская»; a name of several words stays as it is."""
    kind, _, name = place.partition(" ")
    for ending, other in _CASES:
        if " " not in name and name.endswith(ending):
            name = name.removesuffix(ending) + other
            break
    return f"{_LOCATIVE.get(kind, 'в')} {name or place}"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
