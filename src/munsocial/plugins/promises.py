"""What the answers of hooks must be: a stranger's answer is looked at before anything is done with it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from munsocial.network.abilities import Capabilities
from munsocial.network.adapter import Adapter
from munsocial.wording import Text

__all__ = ["fault_of_act", "fault_of_adapter", "fault_of_face", "listed", "paired"]

_NOT_LIST = Text("{hook} вернул {kind}, а нужен список", "{hook} gave {kind} where a list is wanted")
_NOT_PAIRS = Text("{hook} вернул {kind}, а нужен словарь", "{hook} gave {kind} where a mapping is wanted")
_NOT_ADAPTER = Text(
    "{what} — не подкласс munsocial.network.Adapter", "{what} is not a subclass of munsocial.network.Adapter"
)
_LACKS = Text("у {what} нет {lacking}", "{what} lacks {lacking}")
_WRONG = Text("у {what} негодное поле {field}; нужно: {wanted}", "{what} has an unfit {field}; wanted: {wanted}")
_NOT_NETWORK = Text("лицо песочницы названо не именем сети", "a face of the sandbox is not named by a network")
_NOT_FACE = Text("лицо сети «{network}» нельзя вызвать", "the face of {network!r} cannot be called")
_NOT_PATH = Text("вместо пути к файлу акта дано {kind}", "{kind} is given where the path of an act is wanted")
_NO_FILE = Text("файла акта {path} нет", "there is no file of an act at {path}")

_NEEDED = ("name", "title", "capabilities")
_NETWORK = re.compile(r"[a-z0-9][a-z0-9_.-]{0,79}")
"""What a register may call a network: `munsocial.model.base.Id`."""


def _is_network(name: Any) -> bool:
    return isinstance(name, str) and _NETWORK.fullmatch(name) is not None


def _is_title(title: Any) -> bool:
    return isinstance(title, str) and bool(title.strip())


_FIELDS: tuple[tuple[str, Callable[[Any], bool], Text], ...] = (
    ("name", _is_network, Text("имя из латинских строчных букв и цифр", "a name of lower-case Latin letters, digits")),
    ("title", _is_title, Text("непустое название", "a title that is not empty")),
    ("capabilities", lambda one: isinstance(one, Capabilities), Text("Capabilities(…)", "Capabilities(...)")),
    ("version", lambda one: isinstance(one, str), Text("текст", "a text")),
    ("api", lambda one: isinstance(one, str), Text("текст", "a text")),
    ("way", lambda one: isinstance(one, Mapping), Text("словарь", "a mapping")),
)


def listed(hook: str, answer: Any) -> list[Any] | Text:
    """Return the items of an answer that must be a list, or what is wrong with it."""
    if isinstance(answer, (str, bytes, Mapping)) or not isinstance(answer, Iterable):
        return _NOT_LIST.fill(hook=hook, kind=type(answer).__name__)
    return list(answer)


def paired(hook: str, answer: Any) -> list[Any] | Text:
    """Return the pairs of an answer that must be a mapping, or what is wrong with it."""
    if not isinstance(answer, Mapping):
        return _NOT_PAIRS.fill(hook=hook, kind=type(answer).__name__)
    return list(answer.items())


def fault_of_adapter(adapter: Any) -> Text | None:
    """Return what is wrong with something that should be the class of an adapter."""
    if not (isinstance(adapter, type) and issubclass(adapter, Adapter)):
        return _NOT_ADAPTER.fill(what=getattr(adapter, "__qualname__", type(adapter).__name__))
    what = adapter.__qualname__
    if lacking := [field for field in _NEEDED if not hasattr(adapter, field)]:
        return _LACKS.fill(what=what, lacking=", ".join(lacking))
    for field, fits, wanted in _FIELDS:
        if not fits(getattr(adapter, field)):
            return _WRONG.fill(what=what, field=field, wanted=wanted)
    return None


def fault_of_face(network: Any, maker: Any) -> Text | None:
    """Return what is wrong with a maker of faces and the network it is given for."""
    if not _is_network(network):
        return _NOT_NETWORK
    return None if callable(maker) else _NOT_FACE.fill(network=network)


def fault_of_act(path: Any) -> Text | None:
    """Return what is wrong with a path that should lead to the file of an act."""
    if not isinstance(path, (str, os.PathLike)):
        return _NOT_PATH.fill(kind=type(path).__name__)
    return None if Path(path).is_file() else _NO_FILE.fill(path=path)
