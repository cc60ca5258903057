"""A plan as the journal keeps it."""

from __future__ import annotations

from munsocial.journal.stepbook import StepBook
from munsocial.operate.plans.plan import Plan

__all__ = ["plan_in"]


def plan_in(book: StepBook, name: str) -> Plan | None:
    """Return a plan as it was entered, by its id; None when it is not known, or its texts were forgotten on term.

    Raises:
        JournalError: it was changed by other means.
    """
    body = book.plan_body(name)
    return Plan.model_validate_json(body) if body else None
