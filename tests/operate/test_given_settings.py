"""Settings that a program gives with `connect`: its own mistake is named, and is no fault of an adapter."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

import munsocial as ms
from munsocial.errors import InputError
from munsocial.plugins import load_plugins
from munsocial.sandbox.demo import sample
from munsocial.social import Social

NOW = datetime(2026, 11, 25, 7, tzinfo=UTC)
AS_TABLES = "Give a dictionary for each network: settings={'vk': {'deadline': 30}}, for example."

NO_TABLES: list[tuple[str, Any, str]] = [
    ("a number", 5, "settings"),
    ("a list", [], "settings"),
    ("a word", "vk", "settings"),
    ("a number for a network", {"vk": 5}, "settings / vk"),
    ("nothing for a network", {"vk": {}, "ok": None}, "settings / ok"),
    ("a number as a network", {7: {}}, "settings / 7"),
]


def _connect(settings: Any, plugins: Any = None) -> Social:
    stage = sample(NOW)
    return ms.connect(
        stage.registry, settings=settings, secrets=stage.secrets, port=stage.port(), clock=lambda: NOW, plugins=plugins
    )


@pytest.mark.parametrize(("situation", "settings", "where"), NO_TABLES, ids=[one[0] for one in NO_TABLES])
def test_what_is_no_table_is_refused_at_once(situation: str, settings: Any, where: str) -> None:
    with pytest.raises(InputError) as refused:
        _connect(settings)
    assert refused.value.say("en") == f"{where}: settings of networks are not given as tables. {AS_TABLES}", situation
    with pytest.raises(InputError):
        ms.aconnect(sample(NOW).registry, settings=settings)


def test_a_network_that_nobody_knows_is_named() -> None:
    with pytest.raises(InputError) as refused, _connect({"vkk": {"base_url": "https://x.example/"}}):
        pass
    assert refused.value.say("en") == "settings / vkk: there is no adapter for this network. Did you mean vk?"

    async def connected() -> None:
        async with ms.aconnect(sample(NOW).registry, settings={"vkk": {}}):
            pass

    with pytest.raises(InputError, match="vkk"):
        asyncio.run(connected())


@pytest.mark.parametrize("settings", [None, {}, {"vk": {}}, {"vk": {"deadline": 20.0}, "twitter": {}}])
def test_known_networks_and_those_of_the_register_are_taken(settings: Any) -> None:
    """The register of the sample has accounts in networks for which no adapter is installed."""
    assert "twitter" not in load_plugins().adapters
    with _connect(settings) as social:
        assert social.adapter("vk").session.settings.deadline == (settings or {}).get("vk", {}).get("deadline", 30.0)


class Breaking:
    """A plugin that breaks before it says which adapters it holds."""

    @ms.hookimpl
    def munsocial_adapters(self) -> list[type[ms.Adapter]]:
        raise RuntimeError("broken")


def test_a_network_whose_plugin_may_have_broken_is_left_in_peace() -> None:
    plugins = load_plugins([Breaking()])
    assert plugins.broken
    with _connect({"mynet": {}}, plugins) as social:
        assert social.adapter("vk")
