"""OK connected as a program connects it: what the registry may set, and what the network wants of its own."""

from __future__ import annotations

from typing import Any

import pytest

import munsocial as ms
from munsocial.errors import InputError
from munsocial.sandbox.demo import sample
from ok_world import NOW


@pytest.mark.parametrize(
    ("given", "backoff", "most"),
    [({}, 2.0, 30.0), ({"backoff": 0.1}, 0.1, 30.0), ({"backoff_max": 5, "per_second": 3}, 2.0, 5.0)],
)
def test_a_read_is_tried_again_after_a_second_and_more_unless_told_otherwise(
    given: dict[str, Any], backoff: float, most: float
) -> None:
    stage = sample(NOW)
    settings = {"ok": given}
    with ms.connect(stage.registry, secrets=stage.secrets, port=stage.port(), settings=settings) as social:
        way = social.adapter("ok").session.settings
        other = social.adapter("vk").session.settings
    assert (way.backoff, way.backoff_max) == (backoff, most)
    assert other.backoff == 0.5


def test_an_unknown_setting_is_named() -> None:
    stage = sample(NOW)
    connected = ms.connect(stage.registry, secrets=stage.secrets, port=stage.port(), settings={"ok": {"pagge": 1}})
    with pytest.raises(InputError, match="pagge"), connected:
        pass
