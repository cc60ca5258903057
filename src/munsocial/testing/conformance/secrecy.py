"""The search for keys in everything that a program may show or keep."""

from __future__ import annotations

import io
import logging
import os
import pickle
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from munsocial import errors
from munsocial.testing.conformance.keeping import Holding
from munsocial.testing.conformance.stage import Bench, Stage
from munsocial.transport.port import Request
from munsocial.transport.redact import Redactor

__all__ = ["noting_what_is_written", "secret_kept_nowhere", "secret_nowhere"]

_AT_FIRST = dict(os.environ)
"""The environment before any adapter was at work."""


def secret_nowhere(
    bench: Bench, value: Any, error: BaseException | None, records: Iterable[logging.LogRecord], printed: str
) -> None:
    """Look for every key, in every spelling of it."""
    hidden = bench.stage.hidden()
    redactor = _redactor(hidden)
    shown = (*_shown(bench), *_results(value, error), *_logged(records), ("the output", printed))
    for place, text in shown:
        clean = redactor.text(text)
        assert clean == text, f"a key is seen in {place}: {_around(clean)}"
    for request in bench.port.requests:
        _told(request, hidden)
    _kept(Holding(bench).own(), redactor)


def secret_kept_nowhere(bench: Bench, written: Iterable[tuple[str, str]] = ()) -> None:
    """Look for every key in what classes and modules of the adapter's package keep when all is over, and in what was
    ``written`` elsewhere meanwhile."""
    redactor = _redactor(bench.stage.hidden())
    _kept(written, redactor)
    _kept(Holding(bench).around(), redactor)


@contextmanager
def noting_what_is_written(stage: Stage) -> Iterator[Callable[[], list[tuple[str, str]]]]:
    """Watch files that are opened for writing, and the environment; the value tells what stands there, by places.

    What an author put into the environment for keys to be taken from, or had there before the tests, is left out.
    """
    given = {key.reference.removeprefix("env:") for key in stage.keys.keys}
    opened: list[Path] = []
    usual = io.open

    def opening(file: Any, mode: str = "r", *rest: Any, **more: Any) -> Any:
        if isinstance(file, (str, os.PathLike)) and set(mode) & set("wax+"):
            opened.append(Path(file))
        return usual(file, mode, *rest, **more)

    def told() -> list[tuple[str, str]]:
        now = [(name, text) for name, text in os.environ.items() if name not in given and _AT_FIRST.get(name) != text]
        files = [
            (f"the file {path}", path.read_bytes().decode("utf-8", "replace")) for path in opened if path.is_file()
        ]
        return [*files, *((f"os.environ[{name!r}]", text) for name, text in now)]

    with patch("builtins.open", opening), patch("io.open", opening):
        yield told


def _redactor(hidden: Iterable[str]) -> Redactor:
    """Return what knows the keys in every spelling, in hexadecimal digits too."""
    digits = [one.encode().hex() for one in hidden]
    return Redactor((*hidden, *digits, *(one.upper() for one in digits)))


def _kept(held: Iterable[tuple[str, str]], redactor: Redactor) -> None:
    texts = list(held)
    whole = "\n".join(text for _, text in texts)
    if redactor.text(whole) == whole:
        return
    for place, text in texts:
        assert redactor.text(text) == text, f"a key is kept in {place}: reveal it inside the call only"


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
