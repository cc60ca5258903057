"""What an adapter declares and where secrets are goes to another process whole, and takes no secret along."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from munsocial.network import Ability, Capabilities, Limits, native, utf16_units
from munsocial.network.secrets import EnvSecrets

DECLARED = Capabilities(
    {Ability.PUBLISH: native(limits=Limits(text=4_096, measure=utf16_units))}, formats=frozenset({"text", "photo"})
)


@pytest.mark.parametrize(
    "way",
    [lambda value: pickle.loads(pickle.dumps(value)), copy.copy, copy.deepcopy],
    ids=["pickled", "copied", "copied deeply"],
)
class TestTravelling:
    def test_what_is_declared_is_the_same(self, way: Callable[[Any], Any]) -> None:
        again = way(DECLARED)
        assert again == DECLARED
        with pytest.raises(TypeError):
            again.abilities[Ability.REPLY] = native()

    def test_the_environment_stays_where_it_is(
        self, way: Callable[[Any], Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The process that gets it reads its own; what the first one holds is no part of the value."""
        monkeypatch.setenv("VK_KEY", "before")
        again = way(EnvSecrets())
        monkeypatch.setenv("VK_KEY", "after")
        assert again.get("env:VK_KEY") == "after"
        assert b"VK_KEY" not in pickle.dumps(again)
