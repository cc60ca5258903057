"""What the modules of broken adapters share: a case, and the class by which the kit is run on it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from munsocial.network import Ability, Capabilities, Page, native
from munsocial.testing.conformance import Stage, sandbox_stage
from munsocial.transport.session import Repeat

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "examples" / "adapter-ploshchad" / "src"))

from munsocial_ploshchad import wire
from munsocial_ploshchad.adapter import KEYS, Ploshchad
from munsocial_ploshchad.sandbox import PloshchadFace

__all__ = ["KEYS", "Case", "NeverRepeats", "Ploshchad", "PloshchadFace", "altered", "declaring", "suites", "wire"]


def declaring(*abilities: Ability, **changed: Any) -> Capabilities:
    """Return Ploshchad's declaration with more abilities in it."""
    more = dict.fromkeys(abilities, native(keys=KEYS))
    return Capabilities({**Ploshchad.capabilities.abilities, **more, **changed.get("but", {})})


def altered(page: Page[Any], alter: Callable[[Any], dict[str, Any]]) -> Page[Any]:
    """Return the page with its items told otherwise: ``alter`` gives the fields of each that are wrong."""
    return Page(tuple(one.model_copy(update=alter(one)) for one in page.items), page.cursor)


class NeverRepeats(Ploshchad):
    """Whatever is lost on the way stays lost."""

    async def _send(
        self, method: str, verb: str, path: Any, kind: Any, account: Any, repeat: Repeat, **parts: Any
    ) -> Any:
        return await super()._send(method, verb, path, kind, account, Repeat.ONCE, **parts)


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
