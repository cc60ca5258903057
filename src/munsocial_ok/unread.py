"""What an unread part of an answer leaves: a gap beside what was read, or an error where the rest would be no fact."""

from __future__ import annotations

from munsocial.errors import UnreadableAnswer
from munsocial.model.snapshot import Missing, Why
from munsocial.wording import Text

__all__ = ["nobody_shown", "part_lost", "unreadable", "unshown"]


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


def nobody_shown(counted: int, method: str, account: str) -> UnreadableAnswer:
    """Return the error of a list that counts people and shows none: it is not known to be empty."""
    return UnreadableAnswer(
        Text(f"ОК насчитал {counted}, но не показал никого.", f"OK counts {counted} and shows nobody."),
        network="ok",
        method=method,
        account=account,
        remedy=Text("Посмотрите список на сайте ОК.", "Look at the list on the site of OK."),
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
