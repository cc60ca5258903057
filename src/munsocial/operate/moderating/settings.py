"""How a municipality moderates: from which confidence, what may go without a person, how much at a time; as a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time, tzinfo
from pathlib import Path
from types import MappingProxyType, NoneType
from typing import Any

from munsocial.errors import InputError
from munsocial.files import read_text
from munsocial.model.given import is_a
from munsocial.model.parsing import parse_toml
from munsocial.operate.grounds import NO_GROUND, THERE_ARE
from munsocial.wording import Text

__all__ = ["AUTO_ALLOWED", "REMOVABLE", "Settings", "load_settings"]

AUTO_ALLOWED = frozenset({"obscenity", "spam"})
"""Categories that may be acted upon without a person, if the municipality says so."""

REMOVABLE = ("obscenity", "insult", "spam")
"""Closed grounds of removal (clause 9.3), the gravest first. Everything else only a person can judge."""

_SURE = MappingProxyType({"obscenity": 0.9, "insult": 0.85, "spam": 0.9})
_BAN_DAYS = MappingProxyType({"obscenity": 14, "insult": 14, "spam": 30, "threat": 90, "extremism": 90, "drugs": 90})
_MOST = 1 << 20
_MOST_DAYS = 3650
_MOST_COMMENTS = 1_000_000

_ONLY = Text("без человека можно только: obscenity, spam.", "only obscenity and spam may go without a person.")
_OUT = Text("Уберите остальное из auto.", "Take the rest out of auto.")
_CRITICISM = Text("критика не бывает основанием.", "criticism is never a ground.")
_REMOVE = Text("Уберите это слово.", "Take the word out.")
_RANGE = Text("уверенность — число от 0 до 1.", "a confidence is a number from 0 to 1.")
_NUMBER = Text("нужно целое число не меньше нуля и не больше {most}.", "a whole number from zero to {most} is wanted.")
_DAYS = Text(
    "срок блокировки — целое число дней не меньше одного и не больше {most}.",
    "the term of a ban is a whole number of days from one to {most}.",
)
_EXAMPLE = Text("Пишите так: {example}", "Write it so: {example}")
_WORDS = Text("нужен список слов.", "a list of words is wanted.")
_TABLE = Text("нужна таблица: слово и число.", "a table of words and numbers is wanted.")
_TEXT = Text("нужен текст.", "a text is wanted.")
_DAY = Text("нужна дата или момент времени.", "a day or a moment is wanted.")
_UNKNOWN = Text("такой настройки нет.", "there is no such setting.")


@dataclass(frozen=True, slots=True)
class Settings:
    """How a municipality moderates.

    ``sure`` is the confidence from which a removal is proposed, by category; below it the comment is only shown to a
    person. Whoever applies a plan decides on its removals; for a ground in ``signed`` a second person has to sign,
    since telling an insult from harsh criticism is a judgement. ``auto`` names categories that count as done without
    a person, with ceilings of their own, where the network can hide; nothing by default. Numbers of comments are
    counted for the whole district.
    """

    sure: Mapping[str, float] = field(default_factory=lambda: dict(_SURE))
    signed: frozenset[str] = frozenset({"insult"})
    auto: frozenset[str] = frozenset()
    ceiling: int = 200
    """The most removals of one plan."""
    auto_per_run: int = 20
    """The most that one plan does without a person; what is over waits for a signature."""
    auto_per_hour: int = 50
    since: date | None = None
    """Only comments written from this moment on; a day, or a moment without a zone, is the district's."""
    ban_days: Mapping[str, int] = field(default_factory=lambda: dict(_BAN_DAYS))
    """The term of a ban by its ground; a ground that is not named is no ground for a ban."""
    ban_after: int = 2
    """So many logged removals of one author within ``ban_within_days`` before a ban is proposed."""
    ban_within_days: int = 90
    appeal: str = ""
    """Where a banned person may complain; goes into the note of the ban."""

    def __post_init__(self) -> None:
        if set(self.auto) - AUTO_ALLOWED:
            raise InputError(_ONLY, where=f"auto = {sorted(self.auto)}", remedy=_OUT)
        for name in sorted(self.signed):
            _check_ground(name, "signed", REMOVABLE)
        for name, value in self.sure.items():
            _check_ground(name, "sure", REMOVABLE)
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
                raise InputError(_RANGE, where=f"sure.{name} = {value}", remedy=_EXAMPLE.fill(example=f"{name} = 0.9"))
        for name, days in self.ban_days.items():
            _check_ground(name, "ban_days", tuple(_BAN_DAYS))
            _check_number(days, f"ban_days.{name}", _MOST_DAYS, least=1, what=_DAYS)
        _check_number(self.ban_within_days, "ban_within_days", _MOST_DAYS)
        for name in ("ceiling", "auto_per_run", "auto_per_hour", "ban_after"):
            _check_number(getattr(self, name), name, _MOST_COMMENTS)
        if not isinstance(self.appeal, str):
            raise _wrong(_TEXT, "appeal", self.appeal, 'appeal = "lesnoy@example.org"')
        if not isinstance(self.since, (date, NoneType)):
            raise _wrong(_DAY, "since", self.since, "since = 2026-01-31")

    def start(self, zone: tzinfo) -> datetime | None:
        """Return the moment from which comments are read, in a district of this zone."""
        if self.since is None:
            return None
        moment = self.since if isinstance(self.since, datetime) else datetime.combine(self.since, time(0))
        return moment if moment.tzinfo else moment.replace(tzinfo=zone)

    def threshold(self, ground: str) -> float:
        """Return the confidence from which a removal on a ground is proposed."""
        return float(self.sure.get(ground, _SURE.get(ground, 1.0)))


def settings_given(settings: Settings | None) -> Settings:
    """Return the settings that a caller gave, the usual ones for None.

    Raises:
        InputError: they are none, a table of their words perhaps.
    """
    if settings is None:
        return Settings()
    is_a(Settings, settings, "settings")
    return settings


def load_settings(path: Path) -> Settings:
    """Read settings from a TOML file with the names of `Settings`; a name that is left out keeps its default.

    Raises:
        FileRefused: it cannot be read or is no TOML. InputError: an unknown name, a wrong value; it says which.
    """
    given = parse_toml(read_text(path, at_most=_MOST), where=str(path))
    known = {one.name for one in fields(Settings)}
    for name in given.keys() - known:
        names = Text(", ".join(sorted(known)), ", ".join(sorted(known)))
        raise InputError(_UNKNOWN, where=f"{path}: {name}", remedy=THERE_ARE.fill(names=names))
    try:
        return Settings(**_shaped(given))
    except InputError as error:
        raise InputError(error.what, where=f"{path}: {error.where}", remedy=error.remedy) from None


def _shaped(given: Mapping[str, Any]) -> dict[str, Any]:
    shaped = dict(given)
    for name in {"auto", "signed"} & shaped.keys():
        words = shaped[name]
        if not isinstance(words, list) or not all(isinstance(one, str) for one in words):
            raise _wrong(_WORDS, name, words, f'{name} = ["spam"]')
        shaped[name] = frozenset(words)
    for name, defaults in (("sure", _SURE), ("ban_days", _BAN_DAYS)):
        if name in shaped:
            if not isinstance(shaped[name], dict):
                raise _wrong(_TABLE, name, shaped[name], f"{name} = {{spam = {defaults['spam']}}}")
            shaped[name] = {**defaults, **shaped[name]}
    return shaped


def _wrong(what: Text, name: str, value: object, example: str) -> InputError:
    return InputError(what, where=f"{name} = {value}", remedy=_EXAMPLE.fill(example=example))


def _check_ground(name: str, where: str, known: tuple[str, ...]) -> None:
    if name == "criticism":
        raise InputError(_CRITICISM, where=f"{where}.{name}", remedy=_REMOVE)
    if name not in known:
        raise InputError(NO_GROUND, where=f"{where}.{name}", remedy=THERE_ARE.fill(names=", ".join(known)))


def _check_number(value: Any, where: str, most: int, *, least: int = 0, what: Text = _NUMBER) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise _wrong(what.fill(most=most), where, value, f"{where} = 20")
