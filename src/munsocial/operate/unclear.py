"""Steps whose end is unclear, of a plan that may not be applied any more: a person looks at the page and tells."""

from __future__ import annotations

from munsocial.errors import PlanRefused
from munsocial.journal.stepbook import StepBook
from munsocial.operate.plan import AGAIN
from munsocial.wording import Text

__all__ = ["SETTLE", "unclear_first"]

SETTLE = Text(
    "посмотрите на странице и скажите: munsocial outbox settle РЕЕСТР {place} --done --yes или --not-done --yes",
    "look at the page and say: munsocial outbox settle REGISTRY {place} --done --yes, or --not-done --yes",
)
"""The remedy where no program may read back any more what became of a step."""
_FIRST = Text(
    "Составьте план заново; но сначала — шаги с неясным исходом ({count}): {settle}.",
    "Make the plan again; but first the steps whose end is unclear ({count}): {settle}.",
)


def unclear_first(refused: PlanRefused, book: StepBook, plan: str) -> PlanRefused:
    """Return a refusal that does not send into doing a thing twice: what is unclear stands before a new plan."""
    if refused.remedy is not AGAIN:
        return refused
    unclear = [one.step for one in book.of(plan) if one.state in ("sending", "uncertain")]
    if not unclear:
        return refused
    settle = SETTLE.fill(place=f"{plan}/{unclear[0]}")
    return PlanRefused(refused.what, where=refused.where, remedy=_FIRST.fill(count=len(unclear), settle=settle))
