"""What was handed to a person about a comment, closed once a person has decided of the comment as it read then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from munsocial.journal.stepbook import StepBook
from munsocial.operate.applying.deeds import DEEDS, REFER
from munsocial.operate.applying.digests import read_digest
from munsocial.operate.applying.keeping import undoing
from munsocial.operate.grounds import OWED
from munsocial.operate.plans.booked_plan import plan_in
from munsocial.operate.plans.plan import Step
from munsocial.wording import Text

__all__ = ["Referrals"]

_STANDS = Text(
    "комментарий решено оставить: вопрос виден в munsocial inbox РЕЕСТР",
    "it was decided to leave the comment: see the question in munsocial inbox REGISTRY",
)


class Referrals:
    """The tasks of one district that hand a comment to a person."""

    def __init__(self, book: StepBook, district: str) -> None:
        self._book = book
        self._district = district
        self._plans: dict[str, Mapping[str, Step]] = {}

    def confirm(self, plan: str, step: Step, result: Mapping[str, Any], at: datetime, *, by: str) -> bool:
        """Write that a step's effect stands, with all that follows from it, in one transaction.

        That is what it takes back and, after a removal, the end of what asked a person to decide. False as of `settle`.
        """
        also, closing = undoing(self._district, plan, step, at, by=by), partial(self._decided_by, step, by)
        return self._book.settle(plan, step.id, "confirmed", result, also=also, closing=closing)

    def _decided_by(self, step: Step, by: str) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
        deed, item = DEEDS.get(step.action), step.params.get("comment")
        if deed is None or not deed.removes or not item:
            return
        digest = read_digest(step.evidence[0].text) if step.evidence else None
        for plan, one in self._waiting(step.account, item, digest):
            if one.ground != OWED:  # the answer that a removed comment is owed is a matter of its own
                yield plan, one.id, _decided(by)

    def left(self, account: str, item: str, digest: str | None, by: str) -> None:
        """Close all that waits about a comment that was left as it reads; with None whatever it says."""
        for plan, one in self._waiting(account, item, digest):
            if one.ground == OWED:
                why = {"ru": _STANDS.ru, "en": _STANDS.en}
                self._book.tell(plan, one.id, "skipped", {"by": by, "why": why})
            else:
                self._book.tell(plan, one.id, "confirmed", _decided(by))

    def _waiting(self, account: str, item: str, digest: str | None) -> Iterator[tuple[str, Step]]:
        for booked in self._book.waiting(["manual"]):
            step = self._of(booked.plan).get(booked.step)
            if step is None or (step.account, step.params.get("comment")) != (account, item):
                continue
            # Changed by its author it was another comment: another decision.
            if digest is None or step.params.get("as_read", digest) == digest:
                yield booked.plan, step

    def _of(self, name: str) -> Mapping[str, Step]:
        """Return the steps of a plan that hand something to a person, by id; none of a plan of another district."""
        if name not in self._plans:
            plan = plan_in(self._book, name)
            ours = plan is not None and plan.municipality == self._district
            steps = plan.steps if plan and ours else ()
            self._plans[name] = {one.id: one for one in steps if one.action == REFER}
        return self._plans[name]


def _decided(by: str) -> Mapping[str, Any]:
    return {"by": by, "checked": "word"}
