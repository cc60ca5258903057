"""Unwrapping of answers: the body read as JSON, errors named, what does not fit left out and counted.

Errors come with status 200, success may be a bare value, ``null`` or nothing at all, and old answers were now and then
broken JSON with control characters inside texts. Fields of a wrong shape are removed one by one, so that one strange
item does not hide the rest; every removal is reported to the caller. Knows no transport.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import TypeAdapter, ValidationError

from munsocial.errors import NetworkError, UnreadableAnswer
from munsocial.transport import faults
from munsocial.transport.port import Answer
from munsocial.wording import Text
from munsocial_ok.errors import error_of
from munsocial_ok.wire import BRANCHES, Anchored

__all__ = ["Read", "agreed", "json_of", "reader", "said_yes", "value_of"]

T = TypeVar("T")

_MARKS = (b'"error_code"', b'"error"')
_SHORT = 4096
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_EVERY = "*"
_ONWARD = frozenset({"anchor", "has_more", "marker"})
"""Without these a listing would seem to end."""
_NO_LIST = frozenset({"tuple_type", "list_type"})
_ROUNDS = 8
"""How often what does not fit is removed before the whole is given up: nesting is not deeper than this."""

_UNREADABLE = Text("Ответ ОК не удалось прочитать.", "The answer of OK could not be read.")


class Read(NamedTuple, Generic[T]):
    """A value, and the places of what was left out because its shape was wrong: fields, items of lists, whole lists.

    The place of a whole list ends in ``*``.
    """

    value: T
    left_out: tuple[str, ...] = ()

    @property
    def lost(self) -> int:
        """How much of the answer's own list is unknown: items left out, the whole of it, and the way to the rest."""
        return sum(_loses(place.split(".")) for place in self.left_out)

    def unread(self, harmless: frozenset[str]) -> int:
        """How much of the answer was left out, without fields of these names: figures, and names of people."""
        return sum(harmless.isdisjoint(place.split(".")) for place in self.left_out)


def reader(adapter: TypeAdapter[T]) -> Callable[[Answer], Read[T]]:
    """Return a decoder of answers into that type.

    The decoder raises:
        NetworkError: the network reported an error (any of our classes), or the answer is unreadable.
    """

    def read(answer: Answer) -> Read[T]:
        if 200 <= answer.status < 300 and not (
            len(answer.body) < _SHORT and any(mark in answer.body for mark in _MARKS)
        ):
            try:
                value = adapter.validate_json(answer.body)
            except ValidationError:
                pass  # broken or strange: the slow way below says exactly what
            else:
                if not _may_report(value, answer.body):
                    return Read(value)
        return value_of(json_of(answer), adapter)

    return read


def _may_report(value: Any, body: bytes) -> bool:
    """Tell whether an answer may hold an error of the network; long pages are not searched, they say it by a field."""
    if isinstance(value, Anchored):
        return value.error_code is not None or value.error is not None
    return len(body) >= _SHORT and any(mark in body for mark in _MARKS)


def json_of(answer: Answer) -> Any:
    """Return the JSON value of an answer; an empty body is None.

    Raises:
        NetworkError: the network reported an error, or the body is no JSON.
    """
    try:
        value = _parse(answer.body)
    except (ValueError, RecursionError):
        raise _no_json(answer) from None
    if isinstance(value, dict) and (error := _reported(value)) is not None:
        raise error
    if not 200 <= answer.status < 300:
        # No error of OK's own: the session knows what a status means.
        raise UnreadableAnswer(_UNREADABLE, remedy=faults.CHECK)
    return value


def value_of(value: Any, adapter: TypeAdapter[T]) -> Read[T]:
    """Check a JSON value, leaving out what does not fit.

    Raises:
        UnreadableAnswer: too much of it does not fit.
    """
    left_out: list[str] = []
    for _ in range(_ROUNDS):
        try:
            return Read(adapter.validate_python(value), tuple(left_out))
        except ValidationError as error:
            found = error.errors(include_url=False, include_input=False)
        culprits = {
            _culprit(one["loc"], one["type"]): one["type"] in _NO_LIST for one in found if BRANCHES[1] not in one["loc"]
        }
        # From the end, since an item that is taken out moves those behind it.
        places = sorted(culprits, key=lambda place: [(isinstance(step, int), step) for step in place], reverse=True)
        removed = [(place, taken) for place in places if (taken := _remove(value, place))]
        if not removed:
            break
        left_out.extend(_named_place(place, culprits[place]) for place, taken in reversed(removed) if taken != [None])
    raise UnreadableAnswer(_UNREADABLE, remedy=faults.CHECK)


def said_yes(value: Any) -> bool | None:
    """Tell what an answer says of success, bare or as ``success`` of an object; None when it is neither yes nor no."""
    word = value.get("success") if isinstance(value, dict) else value
    if isinstance(word, bool):
        return word
    return {"true": True, "false": False}.get(word) if isinstance(word, str) else None


def agreed(value: Any) -> bool:
    """Tell whether an answer is a success in any form that OK uses: a yes, a bare value, or nothing at all.

    A list is the answer for several people. Not to be used where a mistake would be told as a fact.
    """
    if isinstance(value, dict):
        return not value or ("success" in value and agreed(value["success"]))
    if isinstance(value, list):
        return bool(value) and all(agreed(one) for one in value)
    return value not in (False, "false")


def _parse(body: bytes) -> Any:
    text = body.decode().strip("\ufeff \t\r\n\x00")  # letters that are guessed would be nobody's words
    if not text:
        return None
    # Control characters inside texts were seen in live answers; strict=False lets them pass.
    value = json.loads(text, strict=False, parse_constant=_no_constant)
    return _written(value) if _SURROGATE.search(text) else value


def _written(value: Any) -> Any:
    """Return a value whose texts can be written down: half of a cut emoji becomes a question mark."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_written(one) for one in value]
    if isinstance(value, dict):
        return {_written(name): _written(one) for name, one in value.items()}
    return value


def _no_constant(_: str) -> Any:
    raise ValueError


def _reported(value: dict[str, Any]) -> NetworkError | None:
    """Return the error that an answer reports: by ``error_code``, or by ``error`` as OAuth and some of graph do."""
    code = value.get("error_code")
    if isinstance(code, int | str) and str(code).lstrip("-").isdecimal() and len(str(code)) < 10:
        return error_of(int(code), str(value.get("error_msg") or ""))
    word = value.get("error")
    if isinstance(word, dict):
        return _reported({"error_code": word.get("code", word.get("error_code", 0)), "error_msg": word.get("message")})
    if isinstance(word, str) and word:
        return _named(word, str(value.get("error_description") or ""))
    return error_of(0, str(value.get("error_msg") or "")) if "error_code" in value else None


def _named(word: str, description: str) -> NetworkError:
    """Return the error of an OAuth answer, which has a word in the place of a code."""
    code = 101 if word in ("invalid_client", "unauthorized_client") else 102
    known = word in ("invalid_token", "invalid_grant", "invalid_client", "unauthorized_client", "access_denied")
    return error_of(code if known else 0, f"{word} {description}")


def _no_json(answer: Answer) -> NetworkError:
    code = answer.headers.get("invocation-error", "")
    if code.isdecimal() and len(code) < 10:
        return error_of(int(code))
    return faults.unreadable(answer, "JSON")


def _named_place(place: tuple[int | str, ...], every: bool) -> str:
    return ".".join(map(str, (*place, _EVERY) if every else place))


def _loses(steps: list[str]) -> bool:
    return len(steps) <= 2 and (steps[-1].isdecimal() or steps[-1] == _EVERY or steps[-1] in _ONWARD)


def _culprit(place: tuple[int | str, ...], kind: str) -> tuple[int | str, ...]:
    """Return what has to go: of a missing field that is the thing which lacks it."""
    steps = tuple(step for step in place if step not in BRANCHES)
    return steps[:-1] if kind == "missing" else steps


def _remove(value: Any, place: tuple[int | str, ...]) -> list[Any]:
    """Take one thing out of a JSON value and return it in a list, which is empty when there was none."""
    if not place:
        return []
    for step in place[:-1]:
        try:
            value = value[step]
        except (LookupError, TypeError):
            # Places of other unions carry the branch's name too, which is no step.
            continue
    last = place[-1]
    there = (isinstance(value, dict) and last in value) or (
        isinstance(value, list) and isinstance(last, int) and last < len(value)
    )
    return [value.pop(last)] if there else []
