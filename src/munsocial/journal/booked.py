"""A step as it stands in the journal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

__all__ = ["Booked", "booked_of"]


@dataclass(frozen=True, slots=True)
class Booked:
    """One step of a plan. ``started_at`` is when its first attempt was about to be made."""

    plan: str
    step: str
    state: str
    key: str
    place: int
    due: datetime | None
    started_at: datetime | None
    result: Mapping[str, Any]


def booked_of(row: Any, state: str, started: str | None) -> Booked:
    """Read a row of the table of steps. Whatever of `FORGED` it raises, the row was changed by other means."""
    result = json.loads(row.result) if row.result else {}
    if not isinstance(result, dict):
        raise TypeError
    return Booked(
        plan=row.plan,
        step=row.step,
        state=state,
        key=row.key,
        place=row.place,
        due=datetime.fromisoformat(row.due) if row.due else None,
        started_at=datetime.fromisoformat(started) if started else None,
        result=result,
    )
