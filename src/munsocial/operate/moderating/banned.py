"""Who is banned by a deed of the journal, until when, and when the ban is to be looked at again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from munsocial.journal.journal import Journal
from munsocial.journal.stepbook import StepBook

__all__ = ["Banned", "banned_in"]


@dataclass(frozen=True, slots=True)
class Banned:
    """A ban that was done and not undone. ``until`` None is without a term; ``review`` None: nobody set a day."""

    account: str
    user: str
    until: datetime | None
    review: datetime | None
    plan: str
    step: str


def banned_in(journal: Journal, district: str) -> tuple[Banned, ...]:
    """Return the bans that stand in a district by the journal: the last deed on a user of a page counts."""
    book, steps = StepBook(journal), dict[str, dict[str, Any]]()
    standing: dict[tuple[str, str], Banned] = {}
    for entry in journal.entries(kind="step.confirmed"):
        user = (entry.personal or {}).get("user") or entry.body.get("user")
        if user is None:
            continue  # no deed on a person, or forgotten on term
        if entry.subject not in steps:
            steps[entry.subject] = _steps(book.plan_body(entry.subject), district)
        step = steps[entry.subject].get(entry.body["step"], {})
        action, account, params = step.get("action"), step.get("account", ""), step.get("params", {})
        name = (account, user)
        if action == "unban":
            standing.pop(name, None)
        elif action == "ban":
            until = _moment(entry.body.get("until") or params.get("until"))
            review = _moment(params.get("review"))
            standing[name] = Banned(account, user, until, review, entry.subject, entry.body["step"])
    return tuple(standing.values())


def _steps(body: str | None, district: str) -> dict[str, dict[str, Any]]:
    """Return the steps of a plan by id; none of a plan of another district that shares the journal."""
    plan: dict[str, Any] = json.loads(body) if body else {}
    return {one["id"]: one for one in plan.get("steps", ()) if plan.get("municipality") == district}


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
