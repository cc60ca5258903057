"""What an unread part of an answer leaves: a gap beside what was read, or an error where the rest would be no fact."""

from __future__ import annotations

from munsocial.errors import UnreadableAnswer
from munsocial.model.snapshot import Missing, Why
from munsocial.wording import Text

__all__ = ["part_lost", "unreadable"]


def unreadable(count: int, item: str) -> tuple[Missing, ...]:
    """Return the gap that so many unread items leave; none leave none."""
    if not count:
        return ()
    return (
        Missing(
            why=Why.UNREADABLE,
            ru=f"Часть ответа ОК не прочитана: {count}.",
            en=f"A part of OK's answer could not be read: {count}.",
            item=item,
        ),
    )


def part_lost(count: int, method: str, account: str, *, executed: bool | None = None) -> UnreadableAnswer:
    """Return the error of an answer whose unread part decides; ``executed`` False before anything was written."""
    gap = unreadable(count, method)[0]
    return UnreadableAnswer(
        Text(gap.ru, gap.en),
        network="ok",
        method=method,
        account=account,
        executed=executed,
        remedy=Text("Повторите позже.", "Repeat later."),
    )
