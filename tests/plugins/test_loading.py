"""A plugin that breaks is named, and the rest work."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import ClassVar

import pytest

from munsocial.network import Adapter, Capabilities
from munsocial.plugins import hookimpl, load_plugins


class Fennet(Adapter):
    name: ClassVar[str] = "fennet"
    title: ClassVar[str] = "Fennet"
    capabilities: ClassVar[Capabilities] = Capabilities({})


class Nameless(Adapter):
    pass


def plugin(**hooks: object) -> SimpleNamespace:
    namespace = SimpleNamespace(**hooks)
    for name, hook in hooks.items():
        assert callable(hook)
        setattr(namespace, name, hookimpl(hook))
    return namespace


def gives(*adapters: object) -> SimpleNamespace:
    def munsocial_adapters() -> Sequence[object]:
        return adapters

    return plugin(munsocial_adapters=munsocial_adapters)


def test_an_adapter_given_by_a_plugin_is_found_by_its_name() -> None:
    assert load_plugins([gives(Fennet)], installed=False).adapters == {"fennet": Fennet}


def failing() -> Sequence[object]:
    raise RuntimeError("no library")


@pytest.mark.parametrize(
    ("situation", "bad", "told"),
    [
        ("the hook raises", plugin(munsocial_adapters=failing), "no library"),
        ("a thing that is no adapter", gives("text"), "not a subclass"),
        ("an adapter without a name", gives(Nameless), "lacks name, title, capabilities"),
        ("a name already taken", gives(Fennet), "already taken"),
    ],
)
def test_a_broken_plugin_is_named_and_the_rest_work(situation: str, bad: object, told: str) -> None:
    plugins = load_plugins([gives(Fennet), bad], installed=False)
    assert plugins.adapters == {"fennet": Fennet}, situation
    assert [told in str(error) for error in plugins.broken] == [True]
    assert "extra-2" in str(plugins.broken[0])


def test_acts_and_faces_come_through_the_same_door() -> None:
    def munsocial_acts() -> Sequence[Path]:
        return [Path("fen.toml")]

    def munsocial_faces() -> dict[str, object]:
        return {"fennet": dict}

    plugins = load_plugins([plugin(munsocial_acts=munsocial_acts, munsocial_faces=munsocial_faces)], installed=False)
    assert plugins.acts == (Path("fen.toml"),)
    assert list(plugins.faces) == ["fennet"]


def test_our_own_adapters_come_through_the_door_for_strangers() -> None:
    plugins = load_plugins()
    assert {"vk", "ok"} <= set(plugins.adapters)
    assert plugins.versions["vk"].startswith("munsocial ")
