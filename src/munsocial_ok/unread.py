"""What an unread part of an answer leaves: a gap beside what was read, or an error where the rest would be no fact."""

from __future__ import annotations

from munsocial.errors import UnreadableAnswer
from munsocial.model.snapshot import Missing, Why
from munsocial.transport import faults
from munsocial.wording import Text

__all__ = ["concealed", "hidden", "nobody_shown", "part_lost", "unreadable", "unsaid", "unshown"]

_HIDDEN = Text(
    "ОК отвечает, что участники группы скрыты: показаны не все.",
    "OK answers that the members of the group are hidden: not all are shown.",
)
_LOOK = Text("Посмотрите список на сайте ОК.", "Look at the list on the site of OK.")


def unreadable(count: int, item: str) -> tuple[Missing, ...]:
    """Return the gap that so many unread items leave; none leave none."""
    if not count:
        return ()
    ru, en = f"Часть ответа ОК не прочитана: {count}.", f"A part of OK's answer could not be read: {count}."
    return (Missing(why=Why.UNREADABLE, ru=ru, en=en, item=item),)


def unshown(counted: int, shown: int, item: str) -> tuple[Missing, ...]:
    """Return the gap of a list that counts more than it shows: closed profiles, or a count of more than was asked."""
    if counted <= shown:
        return ()
    ru = f"ОК насчитал {counted}, показал {shown}: остальные не видны или посчитаны сверх запрошенного."
    en = f"OK counts {counted}, shows {shown}: the others are hidden, or counted beyond what was asked for."
    return (Missing(why=Why.UNREADABLE, ru=ru, en=en, item=item),)


def hidden(item: str) -> Missing:
    """Return the gap of a list of people that OK says it hides."""
    return Missing.of(Why.UNREADABLE, _HIDDEN, item)


def concealed(method: str, account: str) -> UnreadableAnswer:
    """Return the error of a list that OK says it hides, where the list must be whole."""
    return unsaid(_HIDDEN, _LOOK, method, account)


def nobody_shown(counted: int, method: str, account: str) -> UnreadableAnswer:
    """Return the error of a list that shows nobody though somebody is there: it is not known to be empty."""
    many = Text(f"ОК насчитал {counted}, но не показал никого.", f"OK counts {counted} and shows nobody.")
    none = Text("ОК не показал никого, а кто-то там есть.", "OK shows nobody, and somebody is there.")
    return unsaid(many if counted else none, _LOOK, method, account)


def unsaid(what: Text, remedy: Text, method: str, account: str) -> UnreadableAnswer:
    """Return the error of an answer that does not say what is to be known; of a write it is not known what was done."""
    return UnreadableAnswer(what, network="ok", method=method, account=account, remedy=remedy)


def part_lost(count: int, method: str, account: str, *, executed: bool | None = None) -> UnreadableAnswer:
    """Return the error of an answer whose unread part decides; ``executed`` False before anything was written."""
    error = unsaid(unreadable(count, method)[0].told, faults.AGAIN, method, account)
    error.executed = executed
    return error
