"""What a program hands to a public call: a value of another kind is named there, not deep inside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from os import PathLike
from pathlib import Path
from typing import TypeGuard, TypeVar

from munsocial.errors import InputError, NaiveTime
from munsocial.wording import Text

__all__ = [
    "as_path", "each_is", "has_zone", "is_a", "is_aware", "is_day", "is_function", "pairs", "several", "table_of",
    "whole",
]  # fmt: skip

T = TypeVar("T")

_OTHER = Text("сюда передают {kind}, а передан {given}.", "this takes {kind}, and was given {given}.")
_ONE = Text(
    "сюда передают список, а передана одна строка: она была бы прочитана по буквам.",
    "this takes a list, and was given one string: it would be read letter by letter.",
)
_AS_LIST = Text("Передайте, например, {example}.", "Give {example}, for example.")
_PATH = Text("путь", "a path")
_FUNCTION = Text("функцию", "a function")
_PAIR = Text("пару", "a pair")
_BOUNDS = Text("нужно целое число от {least} до {most}.", "a whole number from {least} to {most} is wanted.")
_AS_PATH = Text('Передайте, например, "district.toml" или Path.', 'Give "district.toml" or a Path, for example.')
_NO_ZONE = Text("нужен момент с часовым поясом.", "a moment with a time zone is needed.")
_ADD_ZONE = Text(
    "Напишите, например, datetime(2026, 12, 1, 10, tzinfo=ZoneInfo('Europe/Moscow')).",
    "Write datetime(2026, 12, 1, 10, tzinfo=ZoneInfo('Europe/Moscow')), for example.",
)
_WAYS = {
    "Act": Text("Прочитайте акты: load_acts(['kalininsky']).", "Load the acts: load_acts(['kalininsky'])."),
    "Draft": Text('Составьте запись: Draft(text="...").', 'Make a draft: Draft(text="...").'),
    "ContentPlan": Text(
        "Прочитайте контент-план: load_content_plan(путь, реестр).",
        "Load the content plan: load_content_plan(path, registry).",
    ),
    "date": Text("Передайте день: например, date(2026, 11, 1).", "Give a day: date(2026, 11, 1), for example."),
    "Finding": Text("Возьмите одну из report.findings.", "Take one of report.findings."),
    "int": Text("Передайте целое число: например, 4.", "Give a whole number: 4, for example."),
    "KeyReport": Text("Возьмите ответы social.check_keys().", "Take the answers of social.check_keys()."),
    "Mapping": Text('Передайте словарь: например, {"a": …}.', 'Give a table: {"a": ...}, for example.'),
    "Observed": Text(
        "Прочитайте запись: social.read_post(аккаунт, номер).", "Read the post: social.read_post(account, number)."
    ),
    "Plan": Text("Прочитайте план: load_plan(путь).", "Load the plan: load_plan(path)."),
    "Plugins": Text("Загрузите плагины: load_plugins().", "Load the plugins: load_plugins()."),
    "Question": Text("Возьмите вопрос из social.inbox(снимок).", "Take a question of social.inbox(snapshot)."),
    "Readings": Text("Составьте их: Readings.of(реестр).", "Make them: Readings.of(registry)."),
    "Registry": Text("Прочитайте реестр: load_registry(путь).", "Load the registry: load_registry(path)."),
    "Report": Text("Проведите проверку: audit(…).", "Make an audit: audit(...)."),
    "Settings": Text("Составьте настройки: Settings(…).", "Make the settings: Settings(...)."),
    "Snapshot": Text(
        "Соберите снимок или прочитайте его: load_snapshot(путь).",
        "Collect a snapshot or load one: load_snapshot(path).",
    ),
    "str": Text('Где текста нет, передайте "".', 'Where there is no text, give "".'),
    "Template": Text("Прочитайте шаблоны: load_templates(папка).", "Load the templates: load_templates(folder)."),
    "Vocabulary": Text("Составьте его: Vocabulary.of(registry.words).", "Make it: Vocabulary.of(registry.words)."),
}


def is_a(kind: type, value: object, where: str, remedy: Text | None = None) -> None:
    """See to it that an argument is of a kind.

    Raises:
        InputError: it is of another; how to come by the right one is told.
    """
    if not isinstance(value, kind):
        raise _other(kind.__name__, value, where, remedy or _WAYS.get(kind.__name__))


def _other(kind: str | Text, value: object, where: str, remedy: Text | None) -> InputError:
    return InputError(_OTHER.fill(kind=kind, given=type(value).__name__), where=where, remedy=remedy)


def each_is(kind: type[T], values: Iterable[T], where: str, example: str) -> tuple[T, ...]:
    """Return what a list holds, each of a kind.

    Raises:
        InputError: it is no list, or something in it is of another kind; ``example`` shows what to write.
    """
    several(values, where, example)
    found = tuple(values)
    remedy = None if kind is not str and kind.__name__ in _WAYS else _AS_LIST.fill(example=example)
    for number, value in enumerate(found):
        is_a(kind, value, f"{where}[{number}]", remedy)
    return found


def pairs(values: Iterable[tuple[str, str]], where: str, example: str) -> tuple[tuple[str, str], ...]:
    """Return what a list of pairs of texts holds.

    Raises:
        InputError: it is no list, or something in it is no such pair.
    """
    several(values, where, example)
    found = tuple(values)
    for number, value in enumerate(found):
        if not isinstance(value, tuple) or len(value) != 2 or not all(isinstance(one, str) for one in value):
            raise _other(_PAIR, value, f"{where}[{number}]", _AS_LIST.fill(example=example))
    return found


def table_of(kind: type, values: object, where: str) -> None:
    """See to it that an argument is a table whose values are of a kind.

    Raises:
        InputError: it is none, or a value is of another.
    """
    is_a(Mapping, values, where)
    assert isinstance(values, Mapping)
    for name, value in values.items():
        is_a(kind, value, f"{where}.{name}")


def is_day(value: object, where: str) -> None:
    """See to it that an argument is a day: a moment, which Python takes for one, cannot be compared with days.

    Raises:
        InputError: it is none.
    """
    if not isinstance(value, date) or isinstance(value, datetime):
        raise _other("date", value, where, _WAYS["date"])


def is_function(value: object, where: str, example: str) -> None:
    """See to it that an argument can be called, or is none.

    Raises:
        InputError: it cannot; ``example`` shows what to write.
    """
    if value is not None and not callable(value):
        raise _other(_FUNCTION, value, where, _AS_LIST.fill(example=example))


def whole(number: object, where: str, *, most: int, least: int = 0) -> None:
    """See to it that an argument is a whole number that makes sense.

    Raises:
        InputError: it is no whole number, or lies outside.
    """
    is_a(int, number, where)
    if number not in range(least, most + 1):
        raise InputError(_BOUNDS.fill(least=least, most=most), where=f"{where} = {number}", remedy=_WAYS["int"])


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
        raise _other(_PATH, place, where, _AS_PATH)
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
