"""How an attempt ends: each end is written into the journal first, or another program's word stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from munsocial import errors
from munsocial.errors import MunsocialError
from munsocial.journal.stepbook import FINAL, StepBook
from munsocial.operate.applying.carried import Carried
from munsocial.operate.applying.looks import Scene
from munsocial.operate.applying.made import Made
from munsocial.operate.applying.outcomes import StepOutcome, why_of
from munsocial.operate.applying.pauses import kept_of, passes, rests_until
from munsocial.operate.applying.referrals import Referrals
from munsocial.operate.applying.targets import Differs
from munsocial.operate.keys.at_hand import KEYS
from munsocial.operate.plans.plan import Plan, Step
from munsocial.wording import Text

__all__ = ["Ends"]

_BUSY = Text("выполняет другая программа", "another program is at it")
_RETRY = Text("вызов не выполнен, повторится при следующем применении: {why}",
              "the call was not done, the next application repeats it: {why}")  # fmt: skip
_REST = Text("{why} Очередь повторит после {when}.", "{why} The outbox repeats it after {when}.")
_MENDABLE = (
    errors.KeyInvalid,
    errors.KeyKindRefused,
    errors.PermissionDenied,
    errors.CapabilityMissing,
    errors.SecretUnavailable,
    errors.FileRefused,
)
"""Refusals that a person mends outside of the plan: rejected now, and taken up by the next application."""


class Ends:
    """The ends of the steps of one application, as the journal has them."""

    def __init__(self, plan: Plan, book: StepBook, now: Callable[[], datetime], by: str) -> None:
        self.plan = plan
        self.book = book
        self.now = now
        self.by = by
        self.found = book.of(plan.id)
        self.states: dict[str, tuple[str, Mapping[str, Any]]] = {
            one.step: (one.state, one.result) for one in self.found
        }
        self.made = Made(book, plan.municipality)
        self.carried = Carried(book.journal, plan.id)
        self.referrals = Referrals(book, plan.municipality)
        self.flooded: dict[str, datetime] = {}
        """Accounts of which the network has had enough, with the moment until which their steps are not tried."""

    def confirm(self, scene: Scene, result: Mapping[str, Any]) -> StepOutcome:
        """Settle a step whose effect stands, with the page on which the network made something."""
        step, found = scene.step, self.made.placed(scene, result)
        if not self.referrals.confirm(self.plan.id, step, found, self.now(), by=self.by):
            return self.as_it_stands(step)
        self.states[step.id] = ("confirmed", found)
        return StepOutcome(step, "confirmed", result=found)

    def settle(
        self, step: Step, state: str, why: Text | None = None, result: Mapping[str, Any] | None = None
    ) -> StepOutcome:
        found = {**(result or {}), **self.carried.kept(step.id), **({"why": why._asdict()} if why else {})}
        if not self.book.settle(self.plan.id, step.id, state, found):
            return self.as_it_stands(step)
        self.states[step.id] = (state, found)
        return StepOutcome(step, state, why, found, again=state == "uncertain")

    def let_go(
        self,
        step: Step,
        state: str,
        why: Text,
        cause: Exception | None = None,
        *,
        live: Text | None = None,
        kept: Mapping[str, Any] | None = None,
        by_person: bool = False,
    ) -> StepOutcome:
        """End an attempt so that the next application takes the step up; the outbox does so if its cause passes.

        ``live`` is told now in place of the reason that is kept, ``kept`` stands for what follows from the cause.
        """
        found = {"why": why._asdict(), **(kept or kept_of(cause, self.now())), **self.carried.kept(step.id)}
        if not self.book.settle(self.plan.id, step.id, "planned", found):
            return self.as_it_stands(step)
        self.states[step.id] = ("planned", found)
        by_person = by_person or isinstance(cause, errors.HumanCheckNeeded)
        return StepOutcome(step, state, live or why, again=True, by_person=by_person)

    def refused(self, step: Step, error: MunsocialError, keys: str = "") -> StepOutcome:
        """Settle a step whose deed certainly was not done; ``keys`` is what was at hand where one was wanting."""
        if isinstance(error, errors.FloodRefused):
            until = self.flooded[step.account] = rests_until(error, self.now())
            if passes(error):
                error.remedy = None  # it says not to repeat, and when is told here
                whys = Text.of(error), error.kept()
                live, kept = (_REST.fill(why=why, when=self.plan.local(until)) for why in whys)
                return self.let_go(step, "rejected", kept, error, live=live)
        if passes(error):
            why, live = _RETRY.fill(why=error.kept()), _RETRY.fill(why=Text.of(error))
            return self.let_go(step, "skipped", why, error, live=live)
        if isinstance(error, _MENDABLE):
            return self.let_go(step, "rejected", error.kept(), kept={"passes": False, KEYS: keys} if keys else None)
        return self.settle(step, "rejected", error.kept())

    def differing(self, step: Step, differs: Differs) -> StepOutcome:
        what = differs.what
        if isinstance(differs.cause, errors.FloodRefused):
            until = self.flooded[step.account] = rests_until(differs.cause, self.now())
            if passes(differs.cause):
                what = _REST.fill(why=what, when=self.plan.local(until))
        if differs.final and not (differs.by_person and self.is_left(step)):
            return self.settle(step, "skipped", what)
        state = "rejected" if differs.refused else "skipped"
        kept = {"passes": True} if differs.by_person else None
        return self.let_go(step, state, what, differs.cause, kept=kept, by_person=differs.by_person)

    def is_left(self, step: Step) -> bool:
        """Tell whether a step was left to the outbox before: nobody reads what becomes of it there."""
        return step.due is not None or "passes" in self.states.get(step.id, ("", {}))[1]

    def as_it_stands(self, step: Step) -> StepOutcome:
        """Say what another program makes, or has made, of a step."""
        booked = next((one for one in self.book.of(self.plan.id) if one.step == step.id), None)
        if booked is None or booked.state not in (*FINAL, "manual"):
            return StepOutcome(step, "skipped", _BUSY, again=True)
        self.states[step.id] = (booked.state, booked.result)
        return StepOutcome(step, booked.state, why_of(booked.result), booked.result, before=True)
