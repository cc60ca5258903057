"""Values of VKScript: how they are added, compared, taken for true or for numbers, and what texts and lists can do."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

__all__ = ["METHODS", "add", "as_integer", "is_equal", "is_true", "number", "property_of"]

_LARGEST = 5 * 1024 * 1024
_WHOLE = re.compile(r"\s*(-?\d{1,300})")


def number(value: Any) -> int | float:
    """Take a value for a number; what is none counts as 0."""
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, str):
        try:
            return float(value) if "." in value else int(value)
        except ValueError:
            return 0
    return 0


def as_integer(value: Any) -> int:
    """Read the whole number at the beginning of a text."""
    found = _WHOLE.match(str(value))
    return int(found[1]) if found else 0


def is_true(value: Any) -> bool:
    """Tell what a condition makes of a value: 0, null, false and the empty text are false."""
    return value not in (None, False, 0, "")


def is_equal(left: Any, right: Any) -> bool:
    """Compare; a text equals the number that it spells."""
    if isinstance(left, str) != isinstance(right, str) and None not in (left, right):
        return str(_plain(left)) == str(_plain(right))
    return bool(left == right)


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value


def add(left: Any, right: Any) -> Any:
    """Add numbers, join texts and lists.

    Raises:
        ValueError: the result would be too big.
    """
    if isinstance(left, list) and isinstance(right, list):
        return _bounded(left + right)
    if isinstance(left, str) or isinstance(right, str):
        return _bounded(_text(left) + _text(right))
    return number(left) + number(right)


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(_text(one) for one in value)
    return "" if value is None else str(_plain(value))


def _bounded(value: Any) -> Any:
    if len(value) > _LARGEST:
        raise ValueError("a value is too big")
    return value


def property_of(thing: Any, key: Any) -> Any:
    """Return a member of a table, an item of a list, or the length of a list or text; null where there is none."""
    if key == "length" and isinstance(thing, (list, str)):
        return len(thing)
    if isinstance(thing, (list, str)):
        place = as_integer(key)
        return thing[place] if 0 <= place < len(thing) else None
    return thing.get(str(key)) if hasattr(thing, "get") else None


def _push(items: list[Any], *given: Any) -> int:
    items.extend(given)
    return len(_bounded(items))


def _splice(items: list[Any], start: int, count: int | None = None, *given: Any) -> list[Any]:
    end = len(items) if count is None else int(start) + int(count)
    taken = items[int(start) : end]
    items[int(start) : end] = given
    return taken


def _index_of(thing: Any, sought: Any) -> int:
    if isinstance(thing, str):
        return thing.find(_text(sought))
    return next((place for place, one in enumerate(thing) if is_equal(one, sought)), -1)


def _substr(text: str, start: int, count: int | None = None) -> str:
    return text[int(start) :] if count is None else text[int(start) : int(start) + int(count)]


METHODS: dict[str, Callable[..., Any]] = {
    "push": _push,
    "pop": lambda items: items.pop() if items else None,
    "shift": lambda items: items.pop(0) if items else None,
    "unshift": lambda items, *given: items.__setitem__(slice(0, 0), given) or len(items),
    "slice": lambda thing, start=0, end=None: thing[int(start) : None if end is None else int(end)],
    "splice": _splice,
    "indexOf": _index_of,
    "split": lambda text, mark: text.split(mark) if mark else list(text),
    "substr": _substr,
}
