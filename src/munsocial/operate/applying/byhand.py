"""What falls to a person: one task for one deed, however many plans ask for it, and its evidence kept with it.

Who repeats a command after a power cut makes a second plan, and a step of the first may be taken up later: both lead to
the same comment, and a person would be sent to it twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from munsocial.journal.stepbook import StepBook
from munsocial.operate.applying.keeping import evidence_entry, keeps_evidence
from munsocial.operate.plans.booked_plan import plan_in
from munsocial.operate.plans.plan import Plan, Step
from munsocial.wording import Text

__all__ = ["ByHand"]

_NOTES = frozenset({"url", "author", "alone", "note", "show_note", "until", "title", "how_ru", "how_en", "question"})
"""Parameters that say something of a deed beside what it does to whom."""

_Deed = tuple[str, str, dict[str, Any]]
"""What is done: the account, the action, and the parameters without notes."""

_THERE = Text("то же самое уже ждёт человека: задание {task}", "the same waits for a person already: task {task}")


class ByHand:
    """Puts tasks out for one application of a plan."""

    def __init__(self, plan: Plan, book: StepBook, by: str) -> None:
        self.plan = plan
        self.book = book
        self.by = by
        self._plans: dict[str, Mapping[str, _Deed]] = {}

    def put_out(self, step: Step, how: Text) -> tuple[str, dict[str, Any]] | None:
        """Write down that a person has to do a step; returns its state and result, None: another program has it."""
        kept = (evidence_entry(self.plan, step, self.book.journal.clock(), by=self.by),)
        also = kept if keeps_evidence(step) else ()
        result = {"why": how._asdict()}
        return self.book.hand_over(self.plan.id, step.id, result, twin=lambda rows: self._twin(step, rows), also=also)

    def _twin(self, step: Step, rows: Iterable[tuple[str, str]]) -> Mapping[str, Any] | None:
        """Return why a step is no task of its own, when one of these waiting ones asks for the same."""
        deed = _deed(step)
        for plan, name in rows:
            if self._of(plan).get(name) == deed:
                return {"why": _THERE.fill(task=f"{plan}/{name}")._asdict()}
        return None

    def _of(self, plan: str) -> Mapping[str, _Deed]:
        if plan not in self._plans:
            booked = plan_in(self.book, plan)
            # Of districts that share a journal accounts may be called alike.
            ours = booked is not None and booked.municipality == self.plan.municipality
            self._plans[plan] = {one.id: _deed(one) for one in booked.steps} if booked and ours else {}
        return self._plans[plan]


def _deed(step: Step) -> _Deed:
    return step.account, step.action, {name: value for name, value in step.params.items() if name not in _NOTES}
