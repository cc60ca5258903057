"""Waivers in force: what is excused, for whom, until when. A waived demand is judged and shown all the same."""

from __future__ import annotations

from datetime import date

from munsocial.model.registry import Registry
from munsocial.model.statements import Waiver

__all__ = ["Waivers"]


class Waivers:
    """The waivers of a register that hold on one day."""

    def __init__(self, registry: Registry, day: date) -> None:
        self._by_key: dict[tuple[str, str], Waiver] = {}
        for one in registry.waivers:
            if (one.since is None or one.since <= day) and day <= one.last_day:
                self._by_key.setdefault((one.requirement, one.subject), one)

    def __bool__(self) -> bool:
        return bool(self._by_key)

    def of(self, act: str, requirement: str, subjects: tuple[str, ...]) -> Waiver | None:
        """The waiver of a requirement for a subject or for the body behind it, None if there is none."""
        for subject in subjects:
            for name in (f"{act}#{requirement}", requirement):
                found = self._by_key.get((name, subject))
                if found:
                    return found
        return None
