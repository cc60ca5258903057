"""What of a list in VK's answer could be read, and a gap for each item that could not: no count is silently short."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from munsocial.model.snapshot import Missing, Why

__all__ = ["Kept", "gap_of", "keep", "unread"]

T = TypeVar("T")
_WORDS = {
    "post": "запись",
    "text of post": "текст записи",
    "attachments of post": "вложения записи",
    "comment": "комментарий",
    "text of comment": "текст комментария",
    "thread": "ответы на комментарий",
    "manager": "руководитель",
    "ban": "блокировка",
    "dialog": "диалог",
    "message": "сообщение",
    "link": "ссылка",
    "subscription": "подписка",
}


@dataclass(frozen=True, slots=True)
class Kept(Generic[T]):
    """Items that could be read, and a gap for each that could not."""

    items: tuple[T, ...]
    gaps: tuple[Missing, ...] = ()


def keep(
    items: Iterable[Any] | None, make: Callable[[Any], T | None], what: str, gap: Callable[[Any], Missing] | None = None
) -> Kept[T]:
    """Make what can be made of the items of an answer; ``what`` names their kind in the gaps that ``gap`` does not."""
    kept: list[T] = []
    lost: list[Missing] = []
    for item in items or ():
        made = make(item) if item is not None else None
        if made is None:
            lost.append(gap(item) if gap else gap_of(what, str(getattr(item, "id", None) or "?")))
        else:
            kept.append(made)
    return Kept(tuple(kept), tuple(lost))


def unread(item: Any, field: str) -> bool:
    """Tell whether VK said something of a field that is null or cannot be read: what is not told at all is not."""
    return field in item.model_fields_set and getattr(item, field) is None


def gap_of(what: str, name: str, item: str = "") -> Missing:
    """Return the gap of one item: ``name`` stands in its sentence, and in its ``item`` unless that is given."""
    return Missing(
        why=Why.UNREADABLE,
        ru=f"В ответе ВКонтакте не читается: {_WORDS[what]} {name}.",
        en=f"An item of VK's answer cannot be read: {what} {name}.",
        item=item or name,
    )
