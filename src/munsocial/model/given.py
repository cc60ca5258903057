"""What a program hands to a public call: a value of another kind is named there, not deep inside."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TypeGuard

from munsocial.errors import InputError, NaiveTime
from munsocial.wording import Text

__all__ = ["each_is", "has_zone", "is_a", "is_aware", "several"]

_OTHER = Text("сюда передают {kind}, а передан {given}.", "this takes {kind}, and was given {given}.")
_ONE = Text(
    "сюда передают список, а передана одна строка: она была бы прочитана по буквам.",
    "this takes a list, and was given one string: it would be read letter by letter.",
)
_AS_LIST = Text("Передайте, например, {example}.", "Give {example}, for example.")
_NO_ZONE = Text("нужен момент с часовым поясом.", "a moment with a time zone is needed.")
_ADD_ZONE = Text(
    "Напишите, например, datetime(2026, 12, 1, 10, tzinfo=ZoneInfo('Europe/Moscow')).",
    "Write datetime(2026, 12, 1, 10, tzinfo=ZoneInfo('Europe/Moscow')), for example.",
)
_WAYS = {
    "Act": Text("Прочитайте акты: load_acts(['kalininsky']).", "Load the acts: load_acts(['kalininsky'])."),
    "Draft": Text('Составьте запись: Draft(text="...").', 'Make a draft: Draft(text="...").'),
    "Plan": Text("Прочитайте план: load_plan(путь).", "Load the plan: load_plan(path)."),
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


def several(values: object, where: str, example: str) -> None:
    """See to it that a list is no single text, which is a sequence of texts as well.

    Raises:
        InputError: it is one; ``example`` shows what to write.
    """
    if isinstance(values, str | bytes):
        raise InputError(_ONE, where=where, remedy=_AS_LIST.fill(example=example))
