"""What was made of recommendations from above: carried out, refused, passed over (clause 4).

Most are meant for everybody: these are looked through once for an audit, not again for each body.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from munsocial.model.statements import Recommendation
from munsocial.policy.case import Case, Page
from munsocial.policy.force import Force

__all__ = ["Reactions", "Some", "reactions"]

_REACTION = timedelta(days=7)  # derived: time for a first reaction; the order names none
_NAMED = 20  # of each sort, in one finding


class Some(NamedTuple):
    """How many recommendations of a sort there are, and the first of them by name."""

    number: int
    names: tuple[str, ...]

    def and_(self, other: Some) -> Some:
        """Both together."""
        return Some(self.number + other.number, (*self.names, *other.names)[:_NAMED])


class Reactions(NamedTuple):
    """Recommendations by what was made of them; a refusal with no reason is among the refused, too."""

    received: Some
    ids: tuple[str, ...]
    ignored: Some
    waiting: Some
    """No reaction yet, the ignored among them."""
    refused: Some
    unreasoned: Some

    def and_(self, other: Reactions) -> Reactions:
        """Both together."""
        return Reactions(
            self.received.and_(other.received),
            (*self.ids, *other.ids)[:_NAMED],
            self.ignored.and_(other.ignored),
            self.waiting.and_(other.waiting),
            self.refused.and_(other.refused),
            self.unreasoned.and_(other.unreasoned),
        )


def reactions(case: Case, force: Force, pages: Iterable[Page]) -> Reactions:
    """What was made of the recommendations that came since a demand holds and concern a body with these pages."""
    common = case.reactions.get(force.first)
    if common is None:
        common = case.reactions[force.first] = _sorted(case.recommendations_of.get("", ()), force, case.day)
    own = {id(one): one for page in pages for one in case.recommendations_of.get(page.id, ())}
    return common.and_(_sorted(tuple(own.values()), force, case.day)) if own else common


def _sorted(known: Iterable[Recommendation], force: Force, day: date) -> Reactions:
    ignored, waiting, refused, unreasoned = [], [], [], []
    received = [one for one in known if force.begun(one.date)]
    for one in received:
        if _by(one.done, day):
            continue
        if not _by(one.refused, day):
            if one.valid_until is not None and one.valid_until < day:
                continue  # its term is over: there is nothing left to react to
            waiting.append(one)
            if day - one.date > _REACTION:
                ignored.append(one)
            continue
        refused.append(one)
        if not one.reason.strip():
            unreasoned.append(one)
    ids = tuple(one.id for one in received[:_NAMED])
    return Reactions(_some(received), ids, *(_some(sort) for sort in (ignored, waiting, refused, unreasoned)))


def _by(noted: date | None, day: date) -> bool:
    return noted is not None and noted <= day


def _some(sort: Sequence[Recommendation]) -> Some:
    return Some(len(sort), tuple(_name(one) for one in sort[:_NAMED]))


def _name(one: Recommendation) -> str:
    return f"{one.from_whom} № {one.number}" if one.number else f"{one.from_whom} («{one.summary}»)"
