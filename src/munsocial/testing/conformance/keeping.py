"""What an adapter keeps when a call is over: in itself, its classes, its modules, and in functions that it made."""

from __future__ import annotations

import functools
import gc
import sys
import types
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from munsocial.network.adapter import Adapter, Equipment
from munsocial.network.keys import Key, KeyRing
from munsocial.testing.conformance.reaching import homes_of
from munsocial.testing.conformance.stage import Bench
from munsocial.transport.session import Session

__all__ = ["Holding"]

_KEEPERS = (Equipment, KeyRing, Key, Session)
"""What holds keys by its nature, or is ours."""
_DEEP = 5
_CACHE = type(functools.lru_cache(len))


class Holding:
    """The texts that an adapter holds. What keeps keys by its nature is left out."""

    def __init__(self, bench: Bench) -> None:
        self._adapter = bench.adapter
        self._homes = frozenset(homes_of(type(bench.adapter)) or [_root(type(bench.adapter))])
        stores = (bench.stage.secrets, *(getattr(key, "_secrets", None) for key in bench.stage.keys.keys))
        self._stores = {id(store) for store in stores}

    def own(self) -> Iterator[tuple[str, str]]:
        """Yield each text of the adapter itself with its place."""
        yield from self.texts(self._adapter, "adapter", _DEEP)

    def around(self) -> Iterator[tuple[str, str]]:
        """Yield each text that classes and modules of the package keep for all adapters."""
        for name, module in sorted(sys.modules.items()):
            if name.partition(".")[0] not in self._homes or not isinstance(module, types.ModuleType):
                continue
            for known, one in list(vars(module).items()):
                if known.startswith("__"):
                    continue
                if isinstance(one, type):
                    if one.__module__ == name:
                        yield from self._of_class(one)
                else:
                    yield from self.texts(one, f"{name}.{known}", _DEEP)

    def _of_class(self, kind: type) -> Iterator[tuple[str, str]]:
        for name, one in list(vars(kind).items()):
            if not name.startswith("__"):
                yield from self.texts(one, f"{kind.__module__}.{kind.__name__}.{name}", _DEEP)

    def texts(self, value: Any, place: str, deep: int) -> Iterator[tuple[str, str]]:
        """Yield each text with its place."""
        if isinstance(value, str):
            yield place, str(value)
        elif isinstance(value, (bytes, bytearray)):
            yield place, bytes(value).decode("utf-8", "replace")
        elif deep > 0 and not isinstance(value, _KEEPERS) and id(value) not in self._stores:
            for name, one in self._parts(value):
                yield from self.texts(one, f"{place}{name}", deep - 1)

    def _parts(self, value: Any) -> Iterator[tuple[str, Any]]:
        if isinstance(value, dict):
            for name, one in list(value.items()):
                yield "[key]", name
                yield f"[{name!r:.40}]", one
        elif isinstance(value, (list, tuple, set, frozenset)):
            for one in list(value):
                yield "[]", one
        elif isinstance(value, types.FunctionType):
            yield from _closed_in(value)
        elif isinstance(value, functools.partial):
            yield "()", (value.args, value.keywords, value.func)
        elif isinstance(value, _CACHE):
            yield "()", gc.get_referents(value)
        elif isinstance(value, (Adapter, BaseModel)) or _root(type(value)) in self._homes:
            yield from _fields(value)


def _root(kind: type) -> str:
    return kind.__module__.partition(".")[0]


def _closed_in(function: types.FunctionType) -> Iterator[tuple[str, Any]]:
    """Yield what a function carries with it."""
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
        try:
            yield f"({name})", cell.cell_contents
        except ValueError:
            continue  # not filled yet
    yield "()", (function.__defaults__, function.__kwdefaults__, vars(function))


def _fields(value: Any) -> Iterator[tuple[str, Any]]:
    own = getattr(value, "__dict__", {})
    slots = (name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ()))
    for name in (*own, *slots):
        if name != "__dict__" and hasattr(value, name):
            yield f".{name}", getattr(value, name)
