"""Until when an answer is due: by the terms of the acts, in working time where the act counts so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from munsocial.model.registry import Registry
from munsocial.policy.act import Act
from munsocial.policy.force import force_of
from munsocial.policy.params import ReplyDeadline, Unit
from munsocial.policy.terms import Calendar

__all__ = ["Due", "Terms"]

_CUSTOM = 9
"""Working hours when no act names a term for messages: by the same time of the next working day, as most acts say."""


class Due(NamedTuple):
    """When an answer is due; ``at`` None: the calendar of that year is not known. ``clause`` empty: custom, no act."""

    at: datetime | None
    act: str = ""
    clause: str = ""


class Terms:
    """The terms of a district; the strictest of those that fit a question, in force on the day of asking, counts.

    A term that starts when a message is detected, assigned or registered is counted from the moment of asking: the
    other moments are never earlier, so nothing is missed by it.
    """

    def __init__(self, registry: Registry, acts: Sequence[Act] = ()) -> None:
        self._zone = ZoneInfo(registry.municipality.timezone)
        self._calendar = Calendar()
        self._terms = [
            (act.id, requirement.clause, requirement.params, force_of(act, requirement))
            for act in acts
            for requirement in act.requirements
            if isinstance(requirement.params, ReplyDeadline) and requirement.params.limit is not None
        ]

    def due(self, asked: datetime, *, priority: str = "normal", appeal: bool = False) -> Due:
        """Return until when a question asked at a moment has to be answered.

        The 30 days of an appeal count only once it is registered as one; until then it is a message like others.
        """
        found: list[Due] = []
        day = asked.astimezone(self._zone).date()
        for act, clause, params, force in self._terms:
            if not force.covers(day):
                continue
            if params.applies_when == "appeal_under_59_fz" and not (appeal and params.start != "registered"):
                continue
            if params.priority not in ("any", priority) or params.limit is None or params.unit is None:
                continue
            found.append(Due(self._count(asked, params.limit, params.unit), act, clause))
        known = [one for one in found if one.at is not None]
        if known:
            return min(known, key=lambda one: one.at or asked)
        return found[0] if found else Due(self._count(asked, _CUSTOM, "working_hours"))

    def _count(self, asked: datetime, limit: int, unit: Unit) -> datetime | None:
        return self._calendar.due(asked, limit, unit, self._zone)
