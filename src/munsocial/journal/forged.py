"""A row that no program of ours wrote: what reading it may raise, and how that is told."""

from __future__ import annotations

from munsocial.errors import JournalError
from munsocial.wording import Text

__all__ = ["FORGED", "RESTORE", "entry_unreadable", "not_whole", "row_unreadable"]

FORGED = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What reading a row may raise that was changed by other means."""

RESTORE = Text(
    "Проверьте его (munsocial journal verify РЕЕСТР) и верните из копии.",
    "Check it (munsocial journal verify REGISTRY) and take it back from a copy.",
)
_UNREADABLE = Text(
    "{row} не читается: журнал правили в обход программы.",
    "{row} cannot be read: somebody changed the journal by other means.",
)
_NOT_WHOLE = Text("прочитать его не удалось. {why}", "it could not be read. {why}")
_COPY = Text("Верните журнал из копии.", "Take the journal back from a copy.")
_ENTRY = Text("запись {seq}", "entry {seq}")
_STEP = Text("шаг {step} плана {plan}", "step {step} of plan {plan}")
_PLAN = Text("план {plan}", "plan {plan}")


def entry_unreadable(seq: object, where: str) -> JournalError:
    """Return the error for an entry."""
    return JournalError(_UNREADABLE.fill(row=_ENTRY.fill(seq=seq)), where=where, remedy=RESTORE)


def not_whole(why: Text, where: str) -> JournalError:
    """Return the error for a journal of which verifying has said what is broken."""
    return JournalError(_NOT_WHOLE.fill(why=why), where=where, remedy=_COPY)


def row_unreadable(where: str, *, plan: object, step: object = None) -> JournalError:
    """Return the error for a plan, or for a step of it."""
    row = _PLAN.fill(plan=plan) if step is None else _STEP.fill(step=step, plan=plan)
    return JournalError(_UNREADABLE.fill(row=row), where=where, remedy=RESTORE)
