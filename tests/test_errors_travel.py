"""An error is the same after it was pickled or copied: a pool of processes hands it over so, and hangs if it cannot."""

from __future__ import annotations

import copy
import pickle
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest

import munsocial
from munsocial import errors
from munsocial.errors import HumanCheckNeeded, MunsocialError, NetworkError, Problem
from munsocial.wording import Text

WHAT, REMEDY = Text("Не вышло.", "It failed."), Text("Повторите.", "Again.")
PROBLEM = Problem("accounts", "a-vk", "kind", WHAT, REMEDY)
WAYS: dict[str, Callable[[Any], Any]] = {
    "pickled": lambda error: pickle.loads(pickle.dumps(error)),
    "copied": copy.copy,
    "copied deeply": copy.deepcopy,
}


def _kinds(of: type[MunsocialError] = MunsocialError) -> Iterator[type[MunsocialError]]:
    yield of
    for kind in of.__subclasses__():
        yield from _kinds(kind)


def _everywhere() -> list[type[MunsocialError]]:
    """All kinds, those of operate and of the two adapters as well."""
    for name in ("munsocial.operate", "munsocial.transport", "munsocial_vk", "munsocial_ok"):
        for module in pkgutil.iter_modules(import_module(name).__path__, f"{name}."):
            import_module(module.name)
    return sorted(
        {kind for kind in _kinds() if kind.__module__.startswith("munsocial")},
        key=lambda kind: f"{kind.__module__}.{kind.__qualname__}",
    )


def _example(kind: type[MunsocialError]) -> MunsocialError:
    if issubclass(kind, HumanCheckNeeded):
        return kind(WHAT, network="vk", link="https://vk.com/check", resume=("captcha_sid",), remedy=REMEDY)
    if issubclass(kind, NetworkError):
        return kind(WHAT, network="vk", method="wall.get", account="a-vk", attempt=2, remedy=REMEDY)
    if issubclass(kind, errors._Refused):
        return kind(WHAT, (PROBLEM,), where="district.toml", remedy=REMEDY)
    return kind(WHAT, where="district.toml", remedy=REMEDY)


def test_all_public_kinds_are_tried() -> None:
    public = {getattr(errors, name) for name in errors.__all__} - {Problem}
    assert public <= set(_everywhere())


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", _everywhere(), ids=lambda kind: kind.__name__)
def test_an_error_is_the_same_afterwards(kind: type[MunsocialError], way: str) -> None:
    error = _example(kind)
    error.add_note("while reading a-vk")
    again = WAYS[way](error)
    assert type(again) is kind
    assert vars(again) == vars(error)
    assert (again.args, again.say("ru"), again.say("en")) == (error.args, error.say("ru"), error.say("en"))


def test_a_process_of_a_pool_hands_our_errors_over() -> None:
    """Once from a real pool, for `fork` and `spawn` alike pickle what a call raises."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        told = pool.submit(munsocial.load_registry, "missing.toml").exception(60)
    assert isinstance(told, errors.FileRefused)
    assert told.where == "missing.toml"
