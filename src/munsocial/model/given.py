"""What a program hands to a public call: a value of another kind is named there, not deep inside."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from os import PathLike
from pathlib import Path
from typing import TypeGuard

from munsocial.errors import InputError, NaiveTime
from munsocial.wording import Text

__all__ = ["each_is", "has_zone", "is_a", "is_aware", "as_path", "several"]

_OTHER = Text("сюда передают {kind}, а передан {given}.", "this takes {kind}, and was given {given}.")
_ONE = Text(
    "сюда передают список, а передана одна строка: она была бы прочитана по буквам.",
    "this takes a list, and was given one string: it would be read letter by letter.",
)
_AS_LIST = Text("Передайте, например, {example}.", "Give {example}, for example.")
_PATH = Text("путь", "a path")
_AS_PATH = Text('Передайте, например, "district.toml" или Path.', 'Give "district.toml" or a Path, for example.')
_NO_ZONE = Text("нужен момент с часовым поясом.", "a moment with a time zone is needed.")
_ADD_ZONE = Text(
    "Напишите, например, datetime(2026, 12, 1, 10, tzinfo=ZoneInfo('Europe/Moscow')).",
    "Write datetime(2026, 12, 1, 10, tzinfo=ZoneInfo('Europe/Moscow')), for example.",
)
_WAYS = {
    "Act": Text("Прочитайте акты: load_acts(['kalininsky']).", "Load the acts: load_acts(['kalininsky'])."),
    "Draft": Text('Составьте запись: Draft(text="...").', 'Make a draft: Draft(text="...").'),
    "date": Text("Передайте день: например, date(2026, 11, 1).", "Give a day: date(2026, 11, 1), for example."),
    "int": Text("Передайте целое число: например, 4.", "Give a whole number: 4, for example."),
    "Plan": Text("Прочитайте план: load_plan(путь).", "Load the plan: load_plan(path)."),
    "Plugins": Text("Загрузите плагины: load_plugins().", "Load the plugins: load_plugins()."),
    "Question": Text("Возьмите вопрос из social.inbox(снимок).", "Take a question of social.inbox(snapshot)."),
    "Registry": Text("Прочитайте реестр: load_registry(путь).", "Load the registry: load_registry(path)."),
    "Snapshot": Text(
        "Соберите снимок или прочитайте его: load_snapshot(путь).",
        "Collect a snapshot or load one: load_snapshot(path).",
    ),
    "str": Text('Где текста нет, передайте "".', 'Where there is no text, give "".'),
}


def is_a(kind: type, value: object, where: str) -> None:
    """See to it that an argument is of a kind.

    Raises:
        InputError: it is of another; how to come by the right one is told.
    """
    if not isinstance(value, kind):
        what = _OTHER.fill(kind=kind.__name__, given=type(value).__name__)
        raise InputError(what, where=where, remedy=_WAYS.get(kind.__name__))


def each_is(kind: type, values: Iterable[object], where: str) -> None:
    """See to it that each of several values is of a kind.

    Raises:
        InputError: one is of another.
    """
    for value in values:
        is_a(kind, value, where)


def is_aware(moment: object) -> TypeGuard[datetime]:
    """Tell whether a value is a moment with a time zone: a day is none."""
    return isinstance(moment, datetime) and moment.utcoffset() is not None


def has_zone(moment: object, where: str) -> None:
    """See to it that an argument is a moment of one zone, or none is given: others compare with nothing.

    Raises:
        NaiveTime: it has no zone, or is a day.
    """
    if moment is not None and not is_aware(moment):
        raise NaiveTime(_NO_ZONE, where=where, remedy=_ADD_ZONE)


def as_path(place: object, where: str) -> Path:
    """Return an argument that names a file as a path.

    Raises:
        InputError: it is neither a text nor a path.
    """
    if not isinstance(place, str | PathLike):
        raise InputError(_OTHER.fill(kind=_PATH, given=type(place).__name__), where=where, remedy=_AS_PATH)
    return Path(place)


def several(values: object, where: str, example: str) -> None:
    """See to it that a list is one, and no single text, which is a sequence of texts as well.

    Raises:
        InputError: it is none; ``example`` shows what to write.
    """
    one = isinstance(values, str | bytes)
    if one or not isinstance(values, Iterable):
        what = _ONE if one else _OTHER.fill(kind="list", given=type(values).__name__)
        raise InputError(what, where=where, remedy=_AS_LIST.fill(example=example))
