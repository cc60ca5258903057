"""The example of a third adapter passes the kit: everything that it declares."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from munsocial.testing.conformance import Stage, sandbox_stage
from munsocial.testing.conformance.every import *  # noqa: F403

sys.path.append(str(Path(__file__).resolve().parents[2] / "examples" / "adapter-ploshchad" / "src"))
from munsocial_ploshchad.adapter import Ploshchad
from munsocial_ploshchad.sandbox import PloshchadFace


@pytest.fixture
def stage() -> Stage:
    return sandbox_stage(Ploshchad, PloshchadFace)
