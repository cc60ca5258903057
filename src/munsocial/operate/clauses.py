"""Which clause of the acts in force stands behind a deed: the first act of the stack that asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from munsocial.policy.act import Act
from munsocial.policy.force import demands_on

__all__ = ["clause_of"]


def clause_of(acts: Iterable[Act], *kinds: str, on: date, custom: str = "") -> str:
    """Return the clause of the first requirement of one of these kinds that holds on a day.

    Acts stand in the order of the stack, kinds in the order of preference. ``custom`` is the clause where no act has
    any of these kinds; where an act has one that does not hold on the day there is none.
    """
    stack = tuple(acts)
    if not any(one.kind in kinds for act in stack for one in act.requirements):
        return custom
    holding = [one for _, one in demands_on(stack, on)]
    return next((one.clause for kind in kinds for one in holding if one.kind == kind), "")
