"""Answers as a network may change them any day: further fields, words never seen, fields gone or of another type.

Places inside an answer are named with list indices as ``*``: one change strikes all items alike.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from munsocial.testing.conformance.overseer import Spoil
from munsocial.transport.port import Answer

__all__ = ["STRANGE", "UNSEEN", "Site", "Sites", "changed", "leading_to", "with_unknown_fields"]

Site = tuple[str, ...]

UNSEEN = "conformance_unseen"
_WORD = re.compile(r"[A-Za-z][A-Za-z_]{1,23}")
_NAMES = re.compile(r"(?:.*[_a-z])?(?:id|Id|ids|name|Name|next|cursor|anchor|hash|key|token|user|author|handle)")
_GONE = object()

STRANGE: dict[str, Any] = {
    "gone": _GONE,
    "null": None,
    "text": "…",
    "list": [[]],
    "object": {"a": {}},
    "huge": 10**30,
    "negative": -1,
    "yes": True,
}
"""What may stand where something else was promised."""


def _parsed(answer: Answer) -> Any:
    try:
        return json.loads(answer.body)
    except ValueError:
        return _GONE


def _remade(answer: Answer, change: Callable[[Any], Any]) -> Answer:
    """Return an answer with what it says changed; one that is no JSON stays as it is."""
    said = _parsed(answer)
    if said is _GONE:
        return answer
    return Answer(answer.status, answer.headers, json.dumps(change(said), ensure_ascii=False).encode())


class Sites:
    """Collects the places of the answers that pass, and the values there."""

    def __init__(self) -> None:
        self.found: dict[Site, list[Any]] = {}

    def __call__(self, answer: Answer) -> Answer:
        """Look at an answer and let it pass."""
        for site, value in _leaves(_parsed(answer), ()):
            self.found.setdefault(site, []).append(value)
        return answer

    def words(self) -> list[Site]:
        """Return places inside listed items that hold a word of the network: a kind, a state, a role."""
        return [site for site, values in self.found.items() if "*" in site and _is_kind(site, values)]

    def tells(self, site: Site, omits: frozenset[str]) -> bool:
        """Tell whether something has to be noticed when a place is empty.

        Not where the network leaves out what is empty (``omits``), nor for an item, or a part of one that holds
        further items: without it the answer is only a smaller one.
        """
        within = "*" in site and any(_holds_items(one) for one in self.found[site])
        return site[-1] not in omits and site[-1] != "*" and not within


def _holds_items(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_holds_items(one) for one in value.values())
    return isinstance(value, list)


def _is_kind(site: Site, values: list[Any]) -> bool:
    return not _NAMES.fullmatch(site[-1]) and all(isinstance(one, str) and _WORD.fullmatch(one) for one in values)


def _leaves(value: Any, site: Site) -> Iterator[tuple[Site, Any]]:
    if site:
        yield site, value
    if isinstance(value, dict):
        for name, one in value.items():
            yield from _leaves(one, (*site, name))
    elif isinstance(value, list):
        for one in value:
            yield from _leaves(one, (*site, "*"))


def changed(site: Site, into: Any) -> Spoil:
    """Return a spoiler that puts something into one place; the kinds of `STRANGE` are named by their word."""
    value = STRANGE.get(into, into)
    return lambda answer: _remade(answer, lambda said: _put(said, site, value))


def _put(value: Any, site: Site, into: Any) -> Any:
    if not site:
        return into
    head, rest = site[0], site[1:]
    if isinstance(value, list) and head == "*":
        items = [_put(one, rest, into) for one in value]
        return [one for one in items if one is not _GONE]
    if isinstance(value, dict) and head in value:
        fresh = {**value, head: _put(value[head], rest, into)}
        return {name: one for name, one in fresh.items() if one is not _GONE}
    return value


def leading_to(address: str) -> Spoil:
    """Return a spoiler that puts an address into the place of every address of the answer."""
    return lambda answer: _remade(answer, lambda said: _led(said, address))


def _led(value: Any, address: str) -> Any:
    if isinstance(value, dict):
        return {name: _led(one, address) for name, one in value.items()}
    if isinstance(value, list):
        return [_led(one, address) for one in value]
    return address if isinstance(value, str) and value.startswith(("http://", "https://")) else value


def with_unknown_fields(answer: Answer) -> Answer:
    """Return the answer with a field more in every object; objects that are maps by number stay."""
    return _remade(answer, _wider)


def _wider(value: Any) -> Any:
    if isinstance(value, list):
        return [_wider(one) for one in value]
    if not isinstance(value, dict):
        return value
    inner = {name: _wider(one) for name, one in value.items()}
    if not value or all(name.lstrip("-").isdigit() for name in value):
        return inner
    # Where all are numbers it may be a map of figures: a new one is a number too.
    figures = all(isinstance(one, int) and not isinstance(one, bool) for one in value.values())
    return {**inner, UNSEEN: 1 if figures else {"of": [1, None, "2"]}}
