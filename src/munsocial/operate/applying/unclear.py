"""Steps whose end is unclear, of a plan that may not be applied any more: a person looks at the page and tells."""

from __future__ import annotations

from datetime import datetime

from munsocial.errors import PlanRefused
from munsocial.journal.journal import Journal
from munsocial.journal.stepbook import StepBook
from munsocial.model.registry import Registry
from munsocial.operate.plans.plan import AGAIN, Plan
from munsocial.wording import Text

__all__ = ["SETTLE", "check_plan"]

SETTLE = Text(
    "посмотрите на странице и скажите: munsocial outbox settle РЕЕСТР {place} --done --yes или --not-done --yes",
    "look at the page and say: munsocial outbox settle REGISTRY {place} --done --yes, or --not-done --yes",
)
"""The remedy for an unclear end, and the only one where no program may read it back any more."""
_FIRST = Text(
    "Составьте план заново; но сначала — шаги с неясным исходом ({count}): {settle}.",
    "Make the plan again; but first the steps whose end is unclear ({count}): {settle}.",
)


def check_plan(plan: Plan, registry: Registry, journal: Journal, now: datetime, *, by: str = "") -> None:
    """Check a plan as `Plan.check` does; its refusal never sends into doing a thing twice: what is unclear comes first.

    Raises:
        PlanRefused: as there. JournalError: it cannot be read.
    """
    try:
        plan.check(registry, now, by=by)
    except PlanRefused as refused:
        ours = plan.municipality == registry.municipality.id  # what another district has in the journal it settles
        raise (_unclear_first(refused, journal, plan) if ours else refused) from None


def _unclear_first(refused: PlanRefused, journal: Journal, plan: Plan) -> PlanRefused:
    if refused.remedy is not AGAIN:
        return refused
    unclear = [one.step for one in StepBook(journal).of(plan.id) if one.state in ("sending", "uncertain")]
    if not unclear:
        return refused
    settle = SETTLE.fill(place=f"{plan.id}/{unclear[0]}")
    return PlanRefused(refused.what, where=refused.where, remedy=_FIRST.fill(count=len(unclear), settle=settle))
