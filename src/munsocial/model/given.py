"""What a program hands to a public call: a value of another kind is named there, not deep inside."""

from __future__ import annotations

from collections.abc import Iterable

from munsocial.errors import InputError
from munsocial.wording import Text

__all__ = ["each_is", "is_a"]

_OTHER = Text("сюда передают {kind}, а передан {given}.", "this takes {kind}, and was given {given}.")
_WAYS = {
    "Act": Text("Прочитайте акты: load_acts(['kalininsky']).", "Load the acts: load_acts(['kalininsky'])."),
    "Registry": Text("Прочитайте реестр: load_registry(путь).", "Load the registry: load_registry(path)."),
    "Snapshot": Text(
        "Соберите снимок или прочитайте его: load_snapshot(путь).",
        "Collect a snapshot or load one: load_snapshot(path).",
    ),
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
