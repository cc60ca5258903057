"""What both faces do to the world, as coroutines over a connection: written once, driven or awaited by the faces."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from munsocial.social.link import Link

if TYPE_CHECKING:
    from munsocial.operate.outcomes import Applied, StepOutcome
    from munsocial.operate.plan import Plan

    Told = Callable[[StepOutcome], None]

__all__ = ["apply"]


async def apply(
    link: Link,
    plan: Plan,
    *,
    limit: int | None,
    acknowledge: Iterable[str],
    ask_late: bool,
    told: Told | None = None,
) -> Applied:
    """Apply a plan over a connection; see `munsocial.operate.apply.apply_plan`."""
    from munsocial.operate.apply import apply_plan

    return await apply_plan(
        plan,
        registry=link.registry,
        adapters=link.adapters,
        journal=link.journal,
        now=link.clock,
        limit=limit,
        acknowledge=acknowledge,
        ask_late=ask_late,
        told=told,
    )
