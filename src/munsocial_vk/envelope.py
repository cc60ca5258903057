"""Opening an answer of VK: ``response`` out of it, or the error that it reports. Knows no method and no transport.

VK reports errors with status 200; an overloaded host may send an HTML page instead.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from munsocial import errors
from munsocial.transport import faults
from munsocial.transport.port import Answer
from munsocial.wording import Text
from munsocial_vk.errors import error_of, one_line, sentences
from munsocial_vk.wire import ApiError, Executed, Reply

__all__ = ["oauth_error", "open_answer", "open_pack", "opener", "unreadable", "validated"]

T = TypeVar("T")


def unreadable(
    what: Text, *, method: str = "", account: str = "", remedy: Text = faults.AGAIN
) -> errors.UnreadableAnswer:
    """Make the error of an answer that cannot be understood; where it may be that to a write, give `faults.CHECK`."""
    return errors.UnreadableAnswer(what, network="vk", method=method, account=account, remedy=remedy)


@cache
def _reply_of(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(Reply[shape])


@cache
def _adapter_of(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


_EXECUTED = TypeAdapter(Executed)


def opener(shape: Any, make: Callable[[Any], T], *, method: str = "") -> Callable[[Answer], T]:
    """Return a decoder: answer to the wire ``shape``, and that through ``make``."""
    return lambda answer: make(open_answer(answer, shape, method=method))


def open_answer(answer: Answer, shape: Any, *, method: str = "") -> Any:
    """Return ``response`` in the given shape.

    Raises:
        NetworkError: what the answer reports, or that it cannot be read.
    """
    _check_status(answer, method)
    reply = _parsed(_reply_of(shape), answer.body, method)
    _check_error(reply, method)
    if reply.response is None:
        what = Text("В ответе нет данных.", "The answer holds no data.")
        raise unreadable(what, method=method, remedy=faults.CHECK)
    return reply.response


def open_pack(answer: Answer) -> tuple[list[Any], list[ApiError]]:
    """Return the raw values of a pack and the errors beside them, both in the order of the calls."""
    _check_status(answer, "execute")
    reply = _parsed(_EXECUTED, answer.body, "execute")
    _check_error(reply, "execute")
    if reply.response is None:
        what = Text("Ответ на пакет вызовов не список.", "The answer to a pack is no list.")
        raise unreadable(what, method="execute")
    return reply.response, [one for one in reply.execute_errors or () if one is not None]


def validated(value: Any, shape: Any, *, method: str = "") -> Any:
    """Bring one raw value of a pack into a shape.

    Raises:
        UnreadableAnswer: it does not fit.
    """
    try:
        return _adapter_of(shape).validate_python(value)
    except (ValidationError, RecursionError):
        raise _misshapen(method, faults.AGAIN) from None  # packs only read


def _parsed(adapter: TypeAdapter[Any], body: bytes, method: str) -> Any:
    body = body.removeprefix(codecs.BOM_UTF8)
    if body.lstrip()[:1] == b"<":
        what = Text("Вместо JSON пришла страница HTML.", "An HTML page came instead of JSON.")
        raise unreadable(what, method=method, remedy=faults.CHECK)
    try:
        return adapter.validate_json(body)
    except (ValidationError, RecursionError):
        raise _misshapen(method, faults.CHECK) from None


def _misshapen(method: str, remedy: Text) -> errors.UnreadableAnswer:
    what = Text("Ответ не того вида, какой обещан.", "The answer is not of the promised shape.")
    return unreadable(what, method=method, remedy=remedy)


def _check_status(answer: Answer, method: str) -> None:
    if answer.status >= 500:
        what = Text("Сервер ответил {status}.", "The server answered {status}.").fill(status=answer.status)
        raise errors.ServerFault(what, network="vk", method=method, retry_after=_wait(answer), remedy=faults.CHECK)
    if answer.status == 429:
        what = Text("Сервер просит подождать.", "The server asks to wait.")
        raise errors.RateLimited(what, network="vk", method=method, retry_after=_wait(answer), remedy=faults.AGAIN)


def _wait(answer: Answer) -> float | None:
    value = answer.headers.get("retry-after", "")
    return float(value) if value.isascii() and value.isdigit() and len(value) < 6 else None


def _check_error(reply: Reply[Any] | Executed, method: str) -> None:
    if isinstance(reply.error, ApiError):
        error = error_of(reply.error, method=method)
        if reply.response:  # VK gives one of them: whether anything was done nobody knows
            what = Text("В ответе и данные, и отказ. {refusal}", "The answer holds both data and a refusal. {refusal}")
            raise unreadable(what.fill(refusal=error.what), method=method, remedy=faults.CHECK)
        raise error
    if isinstance(reply.error, str):
        raise oauth_error(reply.error, reply.error_description or "", method)


def oauth_error(word: str, description: str, method: str) -> errors.NetworkError:
    """Read the form of errors of OAuth hosts: a word and a sentence."""
    kind = errors.KeyInvalid if word in ("invalid_grant", "invalid_token", "invalid_client") else errors.RequestRefused
    what = Text("Вход не удался: {more}", "Signing in failed: {more}")
    remedy = Text("Пройдите вход заново.", "Sign in again.")
    code = one_line(word[:80])
    filled = what.fill(more=sentences(code, description))
    return kind(filled, network="vk", method=method, network_code=code, remedy=remedy)
