"""What the modules of broken adapters share: a case, and the class by which the kit is run on it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from munsocial.network import Ability, Capabilities, native
from munsocial.testing.conformance import Stage, sandbox_stage

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "examples" / "adapter-ploshchad" / "src"))

from munsocial_ploshchad import wire
from munsocial_ploshchad.adapter import KEYS, Ploshchad
from munsocial_ploshchad.sandbox import PloshchadFace

__all__ = ["KEYS", "Case", "Ploshchad", "PloshchadFace", "declaring", "suites", "wire"]


def declaring(*abilities: Ability, **changed: Any) -> Capabilities:
    """Return Ploshchad's declaration with more abilities in it."""
    more = dict.fromkeys(abilities, native(keys=KEYS))
    return Capabilities({**Ploshchad.capabilities.abilities, **more, **changed.get("but", {})})


@dataclass(frozen=True)
class Case:
    """A broken adapter, the class and the test of the kit that catches it, and a word of its message."""

    adapter: type
    kit: type
    test: str
    says: str
    face: Callable[[Any], Any] = PloshchadFace
    stage: Callable[[Any], Stage] | None = None
    """How a stage is made of the adapter; None: the simple way, with ``face``."""

    @property
    def name(self) -> str:
        return f"Test{self.adapter.__name__}{self.kit.__name__.removesuffix('Conformance')}"


def suites(cases: Iterable[Case], module: str) -> dict[str, type]:
    """Return the classes by which pytest runs the kit on broken adapters."""
    return {case.name: _suite(case, module) for case in cases}


def _suite(case: Case, module: str) -> type:
    def stage(self: Any) -> Stage:
        return case.stage(case.adapter) if case.stage else sandbox_stage(case.adapter, case.face)

    return type(case.name, (case.kit,), {"stage": pytest.fixture(stage), "__module__": module})
