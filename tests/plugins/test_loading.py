"""A plugin that breaks is named, and the rest work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from types import MappingProxyType, SimpleNamespace
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


def leaving() -> Sequence[object]:
    raise SystemExit("no licence")


def made(**fields: object) -> type:
    return type("Odd", (Fennet,), {"name": "odd", **fields})


def faces(answer: object) -> SimpleNamespace:
    return plugin(munsocial_faces=lambda: answer)


def acts(answer: object) -> SimpleNamespace:
    return plugin(munsocial_acts=lambda: answer)


BROKEN: list[tuple[str, object, str]] = [
    ("the hook raises", plugin(munsocial_adapters=failing), "no library"),
    ("the hook ends the program", plugin(munsocial_adapters=leaving), "SystemExit: no licence"),
    ("a thing that is no adapter", gives("text"), "not a subclass"),
    ("an adapter without a name", gives(Nameless), "lacks name, title, capabilities"),
    ("a name already taken", gives(Fennet), "already taken"),
    ("a class where a list is wanted", plugin(munsocial_adapters=lambda: Fennet), "gave type"),
    ("a mapping where a list is wanted", plugin(munsocial_adapters=lambda: {"odd": made()}), "gave dict"),
    ("nothing where a list is wanted", plugin(munsocial_adapters=lambda: None), "gave NoneType"),
    ("a name that is none", gives(made(name=None)), "unfit name"),
    ("a name that is a list", gives(made(name=["odd"])), "unfit name"),
    ("an empty name", gives(made(name="")), "unfit name"),
    ("a name that no register can write", gives(made(name="Дворик Сеть")), "unfit name"),
    ("a title that is none", gives(made(title=None)), "unfit title"),
    ("an empty title", gives(made(title=" ")), "unfit title"),
    ("capabilities that are none", gives(made(capabilities={})), "unfit capabilities"),
    ("a version that is a number", gives(made(version=3)), "unfit version"),
    ("settings of the way that are none", gives(made(way=None)), "unfit way"),
    ("a list of faces", faces(["x"]), "munsocial_faces gave list"),
    ("a list of numbers for faces", faces([1]), "munsocial_faces gave list"),
    ("no faces at all", faces(None), "munsocial_faces gave NoneType"),
    ("a face that is named by a number", faces({1: dict}), "not named by a network"),
    ("a face that cannot be called", faces({"odd": None}), "cannot be called"),
    ("a number for an act", acts([1]), "int is given"),
    ("nothing for an act", acts([None]), "NoneType is given"),
    ("a text for a list of acts", acts("abc"), "munsocial_acts gave str"),
    ("an act that is not there", acts([Path("/nowhere/order.toml")]), "no file of an act at /nowhere/order.toml"),
    ("a slip in the name of a hook", plugin(munsocial_adapter=lambda: [made()]), "unknown function munsocial_adapter;"),
    ("no hook at all", SimpleNamespace(), "no function marked hookimpl"),
    ("a hook that wants what is not given", plugin(munsocial_acts=lambda config: []), "PluginValidationError"),
]


@pytest.mark.parametrize(("situation", "bad", "told"), BROKEN, ids=[one[0] for one in BROKEN])
def test_a_broken_plugin_is_named_and_the_rest_work(situation: str, bad: object, told: str) -> None:
    plugins = load_plugins([gives(Fennet), bad], installed=False)
    assert plugins.adapters == {"fennet": Fennet}, situation
    assert (plugins.faces, plugins.acts) == ({}, ())
    assert [told in error.say("en") for error in plugins.broken] == [True]
    assert "extra-2" in str(plugins.broken[0])


def test_one_wrong_item_spoils_no_other() -> None:
    plugins = load_plugins([gives(None, Fennet)], installed=False)
    assert plugins.adapters == {"fennet": Fennet}
    assert len(plugins.broken) == 1


def test_a_long_error_of_a_stranger_is_told_in_one_short_line() -> None:
    def munsocial_adapters() -> Sequence[object]:
        raise ValueError("many\nlines " + "x" * 5000)

    (error,) = load_plugins([plugin(munsocial_adapters=munsocial_adapters)], installed=False).broken
    assert "\n" not in error.say("en")
    assert len(error.say("en")) < 500


@pytest.mark.parametrize("wrapped", [dict, MappingProxyType])
def test_acts_and_faces_come_through_the_same_door(
    wrapped: Callable[[dict[str, object]], object], tmp_path: Path
) -> None:
    order = tmp_path / "fen.toml"
    order.touch()
    given = plugin(munsocial_acts=lambda: [order], munsocial_faces=lambda: wrapped({"fennet": dict}))
    plugins = load_plugins([given], installed=False)
    assert plugins.acts == (order,)
    assert list(plugins.faces) == ["fennet"]
    assert plugins.broken == ()


def test_our_own_adapters_come_through_the_door_for_strangers() -> None:
    plugins = load_plugins()
    assert {"vk", "ok"} <= set(plugins.adapters)
    assert plugins.versions["vk"].startswith("munsocial ")
