"""How a demand cites its clause: ``9.1``, several points ``2, 3``, or a phrase that merely holds a comma."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["cited", "cites"]

_POINT = re.compile(r"^\d+(?:\.\d+)*$")


@lru_cache(maxsize=4096)
def cited(clause: str) -> tuple[str, ...]:
    """Return the clauses named; only a list of numbers is a list (``8-ФЗ, 270-ФЗ`` is one name)."""
    whole = clause.strip()
    parts = tuple(part.strip() for part in whole.split(",") if part.strip())
    if all(_POINT.match(part) for part in parts):
        return parts
    return (whole,)


def cites(clause: str, wanted: str) -> bool:
    """Tell whether a citation is of a clause or of a point of it: ``9`` takes in ``9.1``, not ``91``."""
    return any(one == wanted or one.startswith(f"{wanted}.") for one in cited(clause))
