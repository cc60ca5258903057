"""How a demand cites its clauses: one, or several with commas between. So the name of a clause holds no comma."""

from __future__ import annotations

from functools import lru_cache

__all__ = ["cited", "cites"]


@lru_cache(maxsize=4096)
def cited(clause: str) -> tuple[str, ...]:
    """Return the clauses named."""
    return tuple(part.strip() for part in clause.split(",") if part.strip())


def cites(clause: str, wanted: str) -> bool:
    """Tell whether a citation is of a clause or of a point of it: ``9`` takes in ``9.1``, not ``91``."""
    return any(one == wanted or one.startswith(f"{wanted}.") for one in cited(clause))
