"""The search for keys in everything that a program may show or keep."""

from __future__ import annotations

import logging
import pickle
import traceback
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel

from munsocial import errors
from munsocial.network.adapter import Adapter, Equipment
from munsocial.network.keys import Key, KeyRing
from munsocial.testing.conformance.stage import Bench
from munsocial.transport.port import Request
from munsocial.transport.redact import Redactor
from munsocial.transport.session import Session

__all__ = ["secret_nowhere"]

_KEEPERS = (Equipment, KeyRing, Key, Session)
"""What holds keys by its nature, or is ours."""
_DEEP = 5


def secret_nowhere(
    bench: Bench, value: Any, error: BaseException | None, records: Iterable[logging.LogRecord], printed: str
) -> None:
    """Look for every key, in every spelling of it."""
    hidden = bench.stage.hidden()
    redactor = Redactor(hidden)
    shown = (*_shown(bench), *_results(value, error), *_logged(records), ("the output", printed))
    for place, text in shown:
        clean = redactor.text(text)
        assert clean == text, f"a key is seen in {place}: {_around(clean)}"
    for request in bench.port.requests:
        _told(request, hidden)
    for place, text in _Holding(bench).texts(bench.adapter, "adapter", _DEEP):
        assert not any(secret in text for secret in hidden), f"a key is kept in {place}: reveal it inside the call only"


def _around(clean: str) -> str:
    at = clean.find("***")
    return clean[max(0, at - 120) : at + 120]


def _told(request: Request, hidden: Iterable[str]) -> None:
    """Check that a request names the keys which it carries, for else nobody hides them."""
    plain = [request.url, *request.headers.values(), *request.query.values(), *(request.form or {}).values()]
    if isinstance(request.content, bytes):
        plain.append(request.content.decode("utf-8", "replace"))
    for secret in hidden:
        used = any(secret in text for text in plain)
        assert not used or secret in request.secrets, (
            f"{request.method} …: a key is sent but not named in Request.secrets, so nobody hides it"
        )


def _shown(bench: Bench) -> Iterator[tuple[str, str]]:
    adapter = bench.adapter
    yield "repr(adapter)", f"{adapter!r} {adapter}"
    for name in ("keys", "equipment", "session"):
        yield f"repr(adapter.{name})", repr(getattr(adapter, name))
    for request in bench.port.requests:
        yield "repr(request)", repr(request)


def _results(value: Any, error: BaseException | None) -> Iterator[tuple[str, str]]:
    yield "what was returned", repr(value)
    if error is None:
        return
    yield "the error", f"{error} {error!r} {vars(error)}"
    yield "the chain of the error", "".join(traceback.format_exception(error))
    if isinstance(error, errors.MunsocialError):
        yield "the error", f"{error.say('ru')} {error.say('en')}"
    if isinstance(error, errors.NetworkError):
        yield "the pickled error", repr(pickle.loads(pickle.dumps(error)).__dict__)


def _logged(records: Iterable[logging.LogRecord]) -> Iterator[tuple[str, str]]:
    for record in records:
        yield f"the log {record.name}", f"{record.getMessage()} {record.exc_text or ''} {record.__dict__}"


class _Holding:
    """The texts that an adapter holds. What keeps keys by its nature is left out."""

    def __init__(self, bench: Bench) -> None:
        self._home = type(bench.adapter).__module__.partition(".")[0]
        stores = (bench.stage.secrets, *(getattr(key, "_secrets", None) for key in bench.stage.keys.keys))
        self._stores = {id(store) for store in stores}

    def texts(self, value: Any, place: str, deep: int) -> Iterator[tuple[str, str]]:
        """Yield each text with its place."""
        if isinstance(value, str):
            yield place, value
        elif isinstance(value, bytes):
            yield place, value.decode("utf-8", "replace")
        elif deep > 0 and not isinstance(value, _KEEPERS) and id(value) not in self._stores:
            for name, one in self._parts(value):
                yield from self.texts(one, f"{place}{name}", deep - 1)

    def _parts(self, value: Any) -> Iterator[tuple[str, Any]]:
        if isinstance(value, dict):
            for name, one in value.items():
                yield "[key]", name
                yield f"[{name!r:.40}]", one
        elif isinstance(value, (list, tuple, set, frozenset)):
            for one in value:
                yield "[]", one
        elif isinstance(value, (Adapter, BaseModel)) or type(value).__module__.partition(".")[0] == self._home:
            yield from _fields(value)


def _fields(value: Any) -> Iterator[tuple[str, Any]]:
    own = getattr(value, "__dict__", {})
    slots = (name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ()))
    for name in (*own, *slots):
        if name != "__dict__" and hasattr(value, name):
            yield f".{name}", getattr(value, name)
