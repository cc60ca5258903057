"""Which clause of the acts in force stands behind a deed: the first act of the stack that asks for it."""

from __future__ import annotations

from collections.abc import Iterable

from munsocial.policy.act import Act

__all__ = ["clause_of"]


def clause_of(acts: Iterable[Act], *kinds: str) -> str:
    """Return the clause of the first requirement of one of these kinds; empty when no act has any.

    Acts stand in the order of the stack, kinds in the order of preference.
    """
    stack = tuple(acts)
    return next((one.clause for kind in kinds for act in stack for one in act.requirements if one.kind == kind), "")
