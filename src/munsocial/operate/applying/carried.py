"""What was carried for a step and stands in the network: the next attempt names it and does not carry it again.

A video stands on the page as soon as it is carried, whatever becomes of the post, and no key drops a second one.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from munsocial.journal.booked import Booked
from munsocial.journal.journal import Journal
from munsocial.network.protocols import RemembersCarried
from munsocial.operate.applying.looks import Scene

__all__ = ["Carried", "certainly_carried", "perhaps_carried"]

_NOTED = "files.carried"


class Carried:
    """Files by step of a plan: the names under which the network has them; an empty one where nobody knows."""

    def __init__(self, journal: Journal, plan: str) -> None:
        self._journal = journal
        self._plan = plan
        self._of: dict[str, Mapping[str, str]] = {}

    def taken(self, booked: Booked) -> None:
        """Take over what earlier attempts have carried for a step, those of other programs too."""
        killed = booked.state == "uncertain" and not booked.result
        result = self._kept_before(booked) if killed else booked.result
        self._of[booked.step] = result.get("carried", {})

    def _kept_before(self, booked: Booked) -> Mapping[str, Any]:
        """Return what was noted last before a program was killed: in its attempt, or when that began."""
        entries = self._journal.entries(subject=booked.plan, newest_first=True)
        kept = (one.body for one in entries if one.kind in (_NOTED, "step.planned", "step.uncertain"))
        return next((body for body in kept if body["step"] == booked.step), {})

    @contextlib.contextmanager
    def known_to(self, scene: Scene) -> Iterator[None]:
        """Tell the adapter what earlier attempts have carried, and learn from it after this one what stands there."""
        adapter = scene.adapter
        if not isinstance(adapter, RemembersCarried):
            yield
            return
        adapter.remember_carried(scene.key, self._of.get(scene.step.id, {}), partial(self._note, scene.step.id))
        try:
            yield
        finally:
            self._of[scene.step.id] = adapter.carried_for(scene.key)

    def _note(self, step: str, files: Mapping[str, str]) -> None:
        self._journal.append(_NOTED, self._plan, {"step": step, "carried": dict(files)})

    def kept(self, step: str) -> dict[str, Any]:
        """Return what is kept with a step that goes on later."""
        files = self._of.get(step)
        return {"carried": dict(files)} if files else {}


def perhaps_carried(result: Mapping[str, Any]) -> list[str]:
    """Return the files that may have been carried for a step, so that only a person can say how it goes on."""
    return [Path(path).name for path, name in result.get("carried", {}).items() if not name]


def certainly_carried(result: Mapping[str, Any]) -> dict[str, Any]:
    """Return what stays of it once a person has looked: of what was perhaps carried they have seen to it."""
    files = {path: name for path, name in result.get("carried", {}).items() if name}
    return {"carried": files} if files else {}
