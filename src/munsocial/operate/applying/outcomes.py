"""What became of the steps of a plan: five ends, each with its reason, and whether the step may be taken again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from munsocial.operate.plans.plan import Step
from munsocial.wording import Lang, Text

__all__ = ["ENDS", "Applied", "StepOutcome", "why_of"]

ENDS = ("confirmed", "rejected", "uncertain", "manual", "skipped")

_SAID = {
    "confirmed": Text("сделано", "done"),
    "rejected": Text("отказано", "rejected"),
    "uncertain": Text("неясно, будет прочитано ещё раз", "uncertain, will be read back again"),
    "manual": Text("нужно сделать вручную", "to be done by hand"),
    "skipped": Text("пропущено", "skipped"),
}
_SCHEDULED_EARLIER = Text("сеть поставила на время раньше", "scheduled by the network before")
_SCHEDULED = Text("сеть поставила на время", "scheduled by the network")
_EARLIER = {
    "confirmed": Text("сделано раньше", "done before"),
    "rejected": Text("отказано раньше", "rejected before"),
    "uncertain": Text(
        "неясно с прошлого раза, будет прочитано ещё раз", "unclear since before, will be read back again"
    ),
    "manual": Text("по-прежнему ждёт человека", "still waits for a person"),
    "skipped": Text("пропущено раньше", "skipped before"),
}
_COUNTS = {
    "confirmed": Text("сделано", "done"),
    "rejected": Text("отказано", "rejected"),
    "uncertain": Text("неясно", "uncertain"),
    "manual": Text("вручную", "by hand"),
    "skipped": Text("пропущено", "skipped"),
}
_SETTLED = ("confirmed", "rejected", "skipped")


@dataclass(frozen=True, slots=True)
class StepOutcome:
    """What became of one step; ``result`` holds ids that the network gave.

    ``state`` is one of `ENDS`. ``again``: another application takes the step up by itself (its time comes, a key is
    mended, a signature is added, an unclear end is read back). ``before``: it was settled by an earlier application.
    ``by_person``: it waits until a person has passed a check, or looked at what the network does not show.
    """

    step: Step
    state: str
    why: Text | None = None
    result: Mapping[str, Any] = field(default_factory=dict)
    again: bool = False
    before: bool = False
    by_person: bool = False

    def say(self, lang: Lang = "ru") -> str:
        """Return one line for a person."""
        if self.state == "confirmed" and self.result.get("scheduled"):
            state = _SCHEDULED_EARLIER if self.before else _SCHEDULED
        else:
            state = (_EARLIER if self.before else _SAID)[self.state]
        return f"{self.step.say(lang)} — {state.say(lang)}" + (f": {self.why.say(lang)}" if self.why else "")


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of a plan, step by step."""

    plan: str
    outcomes: tuple[StepOutcome, ...]
    tried: int = 0
    """Steps that used up the limit: attempts and ends, not mere readings back of what is unclear."""

    def of(self, state: str) -> tuple[StepOutcome, ...]:
        """Return the steps that ended in a state."""
        return tuple(one for one in self.outcomes if one.state == state)

    @property
    def done(self) -> bool:
        """True when every step was confirmed."""
        return all(one.state == "confirmed" for one in self.outcomes)

    @property
    def counts(self) -> dict[str, int]:
        """How many steps came to each end, in the order of `ENDS`; ends with none are absent."""
        found = Counter(one.state for one in self.outcomes)
        return {state: found[state] for state in ENDS if found[state]}

    def amiss(self, now: datetime) -> tuple[StepOutcome, ...]:
        """Return the steps that were to be done by now and are not: refused, unclear, or put off by the network.

        What its own time, or that of a step before it, has not come for is as it should be.
        """
        early: set[str] = set()
        found = []
        for one in self.outcomes:
            due = one.step.due
            if one.state == "skipped" and one.again:
                if (due is not None and now < due) or not early.isdisjoint(one.step.after):
                    early.add(one.step.id)
                else:
                    found.append(one)
            elif one.state in ("rejected", "uncertain"):
                found.append(one)
        return tuple(found)

    def lines(self, lang: Lang = "ru") -> tuple[str, ...]:
        """Return a line for each step."""
        return tuple(one.say(lang) for one in self.outcomes)

    def total(self, lang: Lang = "ru") -> str:
        """Return the counts as one line; what an earlier application settled is told apart from what this one did."""
        found = Counter((one.state, one.before and one.state in _SETTLED) for one in self.outcomes)
        words = {False: _COUNTS, True: _EARLIER}
        kinds = [(state, before) for state in ENDS for before in (False, True) if found[state, before]]
        told = [f"{words[before][state].say(lang)} {found[state, before]}" for state, before in kinds]
        return ", ".join(told) or "—"


def why_of(result: Mapping[str, Any]) -> Text | None:
    """Return the reason that a settled step carries in the journal."""
    why = result.get("why")
    return Text(why["ru"], why["en"]) if isinstance(why, dict) else None
