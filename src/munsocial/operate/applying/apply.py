"""Applying a plan: each step once, its key stored before the first attempt, an unclear end read back, never guessed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta

from munsocial.errors import InputError, RestrictedNetwork
from munsocial.journal.booked import Booked
from munsocial.journal.journal import Journal
from munsocial.journal.stepbook import FINAL, StepBook
from munsocial.model.checking.secretlike import shown
from munsocial.model.registry import Registry
from munsocial.network.adapter import Adapter
from munsocial.operate.applying.deeds import REFER
from munsocial.operate.applying.outcomes import Applied, StepOutcome
from munsocial.operate.applying.unclear import check_plan
from munsocial.operate.applying.working import Work, uploading
from munsocial.operate.plans.plan import Plan, Step
from munsocial.operate.restrictions import acknowledged_in, restriction_of
from munsocial.wording import Text

__all__ = ["GRACE", "NEVER", "Applied", "StepOutcome", "apply_plan", "check_limit", "tried_at"]

GRACE = timedelta(seconds=120)
"""So long a network without keys may still be at work on a call whose answer was lost."""

_NO_NUMBER = Text("предел шагов — не целое число от нуля.", "the limit of steps is no whole number from zero on.")
_NUMBER = Text("Укажите, например, limit=10 или None.", "Give limit=10, for example, or None.")
_LEASE = 300.0
NEVER = datetime.min.replace(tzinfo=UTC)
"""When a step was tried that never was, or that is over."""


def check_limit(limit: object) -> None:
    """See to it that a limit of steps is a whole number of at least zero, or none.

    Raises:
        InputError: it is something else.
    """
    if limit is not None and (not isinstance(limit, int) or limit < 0):
        raise InputError(_NO_NUMBER, where=f"limit = {shown(limit)}", remedy=_NUMBER)


async def apply_plan(
    plan: Plan,
    *,
    registry: Registry,
    adapters: Mapping[str, Adapter],
    journal: Journal,
    now: Callable[[], datetime],
    limit: int | None = None,
    acknowledge: Iterable[str] = (),
    ask_late: bool = True,
    grace: timedelta = GRACE,
    only: Collection[str] | None = None,
    told: Callable[[StepOutcome], None] | None = None,
    by: str = "",
) -> Applied:
    """Do the steps of a plan that may be done now, at most ``limit`` of them; nothing is done twice.

    ``now`` gives the present moment. ``acknowledge`` names networks restricted by law in which the caller acts all the
    same. With ``ask_late`` a step after its last moment is skipped. ``grace`` is as `GRACE` says. ``only`` names the
    steps to look at, ``told`` is called after each. ``by`` is who decides on removals by applying the plan, else its
    maker. With ``limit``, settled steps are passed over in silence, and what was tried longest ago, or never, is first.

    Raises:
        InputError: a limit that is no whole number. PlanRefused: the plan may not be applied at all. JournalError:
            nothing is done unrecorded. RestrictedNetwork: one was not acknowledged; nothing was done.
    """
    check_limit(limit)
    check_plan(plan, registry, journal, now(), by=by)
    _refuse_restricted(plan, registry, now(), acknowledged_in(acknowledge))
    book = StepBook(journal, lease=_lease(plan))
    rows = [(step.id, step.key, step.due) for step in plan.steps]
    book.enter(plan.id, plan.digest, plan.model_dump_json(exclude_defaults=True), rows)
    work = Work(plan, registry, adapters, book, now, ask_late, grace, by or plan.made_by)
    outcomes: list[StepOutcome] = []
    try:
        for step in plan.steps if limit is None else _by_turns(plan, work.ends.found):
            if limit is not None and work.tried >= max(0, limit):
                break
            if only is not None and step.id not in only:
                continue
            outcome = await work.one(step)
            if limit is not None and outcome.before:
                continue
            outcomes.append(outcome)
            if told:
                told(outcome)
    finally:
        book.close()
    return Applied(plan.id, tuple(outcomes), work.tried)


def _by_turns(plan: Plan, found: Iterable[Booked]) -> list[Step]:
    """Return the steps, those that were tried longest ago, or never, first; none before one for which it waits."""
    tried = {one.step: tried_at(one) for one in found}
    for step in plan.steps:
        tried[step.id] = max([tried.get(step.id, NEVER), *(tried.get(earlier, NEVER) for earlier in step.after)])
    return sorted(plan.steps, key=lambda step: tried[step.id])


def tried_at(booked: Booked) -> datetime:
    """Return when a step was tried last; what was never tried, or is over, keeps nobody waiting."""
    return NEVER if booked.started_at is None or booked.state in FINAL else booked.started_at


def _lease(plan: Plan) -> float:
    """Return for how many seconds a taken step is ours: longer than its calls may last."""
    return _LEASE + max((uploading(step) for step in plan.steps), default=0.0)


def _refuse_restricted(plan: Plan, registry: Registry, now: datetime, acknowledged: frozenset[str]) -> None:
    for network in sorted({step.network for step in plan.steps if step.action != REFER} - acknowledged):
        if status := restriction_of(network, now, registry.municipality.timezone):
            raise RestrictedNetwork(
                Text("Сеть ограничена законом: {basis}.", "The network is restricted by law: {basis}.").fill(
                    basis=status.basis or status.status
                ),
                where=network,
                remedy=Text(
                    "Уберите эти шаги или назовите сеть в acknowledge (--acknowledge {network}).",
                    "Take these steps out, or name the network in acknowledge (--acknowledge {network}).",
                ).fill(network=network),
            )
