"""When a demand holds: the days on which both its act and the demand itself are in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from munsocial.policy.act import Act, Requirement

__all__ = ["Force", "demands_on", "force_of"]


@dataclass(frozen=True, slots=True)
class Force:
    """The first and the last day of a demand, None where nobody set one."""

    first: date | None = None
    last: date | None = None

    def covers(self, day: date) -> bool:
        """Tell whether the demand holds on a day."""
        return self.holds_all(day, day)

    def begun(self, day: date) -> bool:
        """Tell whether the demand had come into force by a day; what was done before it nobody owed."""
        return self.first is None or self.first <= day

    def ended(self, day: date) -> bool:
        """Tell whether the demand had gone out of force before a day."""
        return self.last is not None and self.last < day

    def holds_all(self, first: date, last: date) -> bool:
        """Tell whether the demand holds on every day of a run of days."""
        return (self.first is None or self.first <= first) and (self.last is None or last <= self.last)


def force_of(act: Act, requirement: Requirement) -> Force:
    """The days of a demand: the later beginning and the earlier end of the act's bounds and its own.

    An act whose entry into force nobody noted holds no earlier than it was signed.
    """
    first = max((one for one in (act.in_force_from or act.date, requirement.since) if one), default=None)
    last = min((one for one in (act.in_force_until, requirement.until) if one), default=None)
    return Force(first, last)


def demands_on(acts: Iterable[Act], day: date) -> Iterator[tuple[Act, Requirement]]:
    """Give the demands that hold on a day, each with its act, in the order of the stack."""
    return ((act, one) for act in acts for one in act.requirements if force_of(act, one).covers(day))
