"""How an account stood in a period: was its duty there on all days of it, on some, or on none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import Enum
from typing import NamedTuple

from munsocial.model.statements import ExemptPeriod
from munsocial.policy.case import Case, Page
from munsocial.policy.facts.periods import Span

__all__ = ["Stood", "Way", "stood"]


class Way(Enum):
    """From a full duty to none."""

    WHOLE = "whole"
    EXCUSED_IN_PART = "excused in part"
    SHORT = "short"  # opened, closed or laid up within the period, or its body was
    EXCUSED = "excused"
    LAID_UP = "laid up"  # mothballed: nothing is published there on purpose


class Stood(NamedTuple):
    """A page in a period; ``excuse`` is the exempt period that decided."""

    page: Page
    way: Way
    excuse: ExemptPeriod | None = None


def stood(case: Case, page: Page, span: Span, kind: str) -> Stood | None:
    """Tell how a page stood in a period; None when it did not exist on any day of it."""
    account, body = page.account, page.body
    first = max((day for day in (account.first_day, body.since) if day is not None), default=date.min)
    last = min((day for day in (account.last_day, body.until) if day is not None), default=date.max)
    if first > span.last or last < span.first:
        return None
    laid_up = account.mothballed or date.max
    if laid_up <= span.first:
        return Stood(page, Way.LAID_UP)
    excuses = [one for one in case.exemptions(page, kind) if one.since <= span.last and span.first <= one.until]
    if excuses and _covered(excuses, span):
        return Stood(page, Way.EXCUSED, excuses[0])
    if first > span.first or last < span.last or laid_up <= span.last:
        return Stood(page, Way.SHORT)
    return Stood(page, Way.EXCUSED_IN_PART, excuses[0]) if excuses else Stood(page, Way.WHOLE)


def _covered(excuses: Sequence[ExemptPeriod], span: Span) -> bool:
    """Tell whether exempt periods leave no day of a period between them."""
    day = span.first.toordinal()
    for one in sorted(excuses, key=lambda one: one.since):
        if one.since.toordinal() <= day:
            day = max(day, one.until.toordinal() + 1)
    return day > span.last.toordinal()
