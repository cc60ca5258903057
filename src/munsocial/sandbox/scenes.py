"""What shall happen on the pages of the sample district: ``data/scenes.toml`` as values, and its calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from munsocial.sandbox.texts import data

__all__ = ["WEEKS", "Calendar", "Scene", "scenes"]

WEEKS = 6
"""Finished weeks that the story covers, before the running one."""


@dataclass(frozen=True)
class Scene:
    """One page: see the head of ``scenes.toml``."""

    texts: tuple[str, ...] = ("settlement",)
    weeks: tuple[int, ...] = (0,) * WEEKS
    running: int = 0
    press: int = 0
    talk: float = 0.0
    """Comments per publication, on average."""
    subscribers: int = 100
    description: str | None = None
    """None: an ordinary one."""
    avatar: bool = True
    cover: bool = True
    dynamic_cover: bool = False
    closed: str = "open"
    comments_closed: bool = False
    links: tuple[str, ...] = ()
    """Roles of the upstream accounts that it links to or follows."""
    answers: float | None = None
    replies: bool = False
    messages: int = 0
    left: tuple[str, ...] = ()
    banned: tuple[str, ...] = ()
    """Users in the black list with no removal to justify it."""
    strangers: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    """Persons of the register who keep power over the page although they have left."""
    moderated_by_press: bool = True
    troubles: frozenset[str] = frozenset()


def scenes() -> dict[str, Scene]:
    """Return the scenes of the sample district by account id."""
    return {account: _scene(facts) for account, facts in data("scenes").items()}


def _scene(facts: dict[str, Any]) -> Scene:
    made: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in facts.items()}
    made["troubles"] = frozenset(made.get("troubles", ()))
    return Scene(**made)


class Calendar:
    """Moments of the story in the district's own time, all counted from the present week."""

    def __init__(self, now: datetime, zone: str) -> None:
        self.now = now
        here = now.astimezone(ZoneInfo(zone))
        self._monday = here.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=here.weekday())

    def awake(self, moment: datetime) -> datetime:
        """Return the moment, or the next morning if people sleep then."""
        here = moment.astimezone(self._monday.tzinfo)
        if 7 <= here.hour < 23:
            return here
        morning = here.replace(hour=7) + timedelta(minutes=20)
        return morning if here.hour < 7 else morning + timedelta(days=1)

    def at(self, week: int, day: int, hour: int, minute: int = 0) -> datetime:
        """Return a moment: week 0 is the oldest, `WEEKS` the running one; day 0 is Monday."""
        start = self._monday + timedelta(weeks=week - WEEKS, days=day)
        return start.replace(hour=hour, minute=minute)
