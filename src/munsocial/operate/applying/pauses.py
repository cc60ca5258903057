"""Refusals that pass by waiting: which they are, and until when the outbox leaves an account alone after one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from munsocial import errors

__all__ = ["SHORTEST", "kept_of", "kept_beside", "passes", "paused_until", "rests_until"]

SHORTEST = timedelta(minutes=30)
"""After a refusal for flood that names no time: what OK's mildest one asks for."""

_LATER = (
    errors.RateLimited,
    errors.Unreachable,
    errors.DeadlineExceeded,
    errors.ServerFault,
    errors.QuotaSpent,
    errors.HumanCheckNeeded,
)
_UNLESS_LASTING = (errors.FloodRefused, errors.UnreadableAnswer)
"""They pass unless the same again is refused again: a text that is taken for spam, an answer too big."""


def passes(error: Exception | None) -> bool:
    """Tell whether a call that certainly was not done may be made again once some time has gone."""
    if isinstance(error, _UNLESS_LASTING):
        return not error.lasting
    return isinstance(error, _LATER)


def kept_of(error: Exception | None, now: datetime) -> dict[str, Any]:
    """Return what is kept with a step that was let go: whether the outbox takes it up again, and not before when."""
    kept: dict[str, Any] = {"passes": passes(error)}
    pause = _pause(error)
    return kept | ({"not_before": (now + pause).isoformat()} if kept["passes"] and pause else {})


def rests_until(error: errors.FloodRefused, now: datetime) -> datetime:
    """Return until when an account is left alone that was refused for flood."""
    return now + (_pause(error) or SHORTEST)


def kept_beside(until: datetime) -> dict[str, Any]:
    """Return what is kept with a step that was not tried because its neighbour was refused for flood.

    It waits as long as that one, also where that one has ended: a text that is taken for spam is not its own.
    """
    return {"passes": True, "not_before": until.isoformat()}


def _pause(error: Exception | None) -> timedelta | None:
    told = error.retry_after if isinstance(error, errors.NetworkError) else None
    if told:
        return timedelta(seconds=min(told, 86400.0))
    return SHORTEST if isinstance(error, errors.FloodRefused) else None


def paused_until(result: Mapping[str, Any]) -> datetime | None:
    """Return the moment that was kept with the step."""
    kept = result.get("not_before")
    return datetime.fromisoformat(kept) if kept else None
