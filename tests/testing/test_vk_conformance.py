"""VK passes the kit: everything that it declares."""

from __future__ import annotations

import pytest

from munsocial.testing.conformance import Stage
from munsocial.testing.conformance.every import *  # noqa: F403
from vk_stage import vk_stage


@pytest.fixture
def stage() -> Stage:
    return vk_stage()
