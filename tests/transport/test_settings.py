"""Settings of the transport: a wrong one is named before anything is sent."""

from __future__ import annotations

from typing import Any

import pytest

from munsocial.errors import InputError
from munsocial.transport import TransportSettings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("deadline", "30"),
        ("deadline", 0),
        ("deadline", -1.0),
        ("deadline", float("nan")),
        ("deadline", float("inf")),
        ("deadline", True),
        ("attempts", 2.5),
        ("attempts", 0),
        ("retry_quota", -1),
        ("max_body", None),
        ("proxy", 3128),
        ("ca_bundle", None),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: Any) -> None:
    with pytest.raises(InputError, match=name):
        TransportSettings(**{name: value})


def test_repetition_may_be_switched_off() -> None:
    assert TransportSettings(retry_quota=0, attempts=1, backoff=0).retry_quota == 0
