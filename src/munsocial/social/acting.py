"""What both faces do to the world, as coroutines over a connection: written once, driven or awaited by the faces."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from munsocial.social.link import Link

if TYPE_CHECKING:
    from munsocial.operate.apply import Applied
    from munsocial.operate.plan import Plan

__all__ = ["apply"]


async def apply(link: Link, plan: Plan, *, limit: int | None, acknowledge: Iterable[str], ask_late: bool) -> Applied:
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
    )
