"""What the tests of all abilities ask: of an error, of a secret, of moments. Each fails with a sentence for the author."""

from __future__ import annotations

import logging
import pickle
import traceback
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, TypeVar

import pytest
from pydantic import BaseModel

from munsocial import errors
from munsocial.network.drafts import Page
from munsocial.sandbox.faults import FaultKind
from munsocial.testing.conformance.overseer import BEFORE, IN_WORDS
from munsocial.testing.conformance.stage import Bench
from munsocial.transport.redact import Redactor

__all__ = ["EXPECTED", "alike", "caught", "moments", "refusal_is_ours", "secret_nowhere"]

T = TypeVar("T")

_ON_THE_WAY = (errors.Unreachable, errors.DeadlineExceeded)
_NO_RIGHT = (errors.PermissionDenied, errors.KeyKindRefused, errors.CapabilityMissing)
_SPOILT = (errors.UnreadableAnswer, errors.ServerFault, errors.Unreachable)

EXPECTED: dict[FaultKind, tuple[type[errors.MunsocialError], ...]] = {
    FaultKind.RATE: (errors.RateLimited,),
    FaultKind.FLOOD: (errors.FloodRefused, errors.RateLimited),
    FaultKind.QUOTA: (errors.QuotaSpent, errors.RateLimited),
    FaultKind.KEY: (errors.KeyInvalid,),
    FaultKind.CAPTCHA: (errors.HumanCheckNeeded,),
    FaultKind.PERMISSION: _NO_RIGHT,
    FaultKind.SERVER: (errors.ServerFault, errors.Unreachable),
    FaultKind.UNREACHABLE: _ON_THE_WAY,
    FaultKind.LOST_BEFORE: _ON_THE_WAY,
    FaultKind.LOST_AFTER: _ON_THE_WAY,
    FaultKind.STATUS: _SPOILT,
    FaultKind.REDIRECT: (*_SPOILT, errors.UnsafeAddress, errors.RequestRefused),
    FaultKind.CUT: _SPOILT,
    FaultKind.EMPTY: _SPOILT,
    FaultKind.HTML: _SPOILT,
    FaultKind.GARBAGE: _SPOILT,
}
"""What each fault has to end in, when it does not pass."""


def caught(bench: Bench, work: Any) -> BaseException | None:
    """Run to the end and return what was raised, None when nothing was."""
    try:
        bench.run(work)
    except Exception as error:  # noqa: BLE001  # whatever an adapter raises is judged by the caller
        return error
    return None


def refusal_is_ours(bench: Bench, error: BaseException | None, kind: FaultKind, *, named: bool = True) -> None:
    """Check that a fault ended in the fitting error of munsocial with all its facts.

    ``named`` False: the ability knows no account (a handle is looked up for anybody).
    """
    assert error is not None, f"{kind}: the fault was swallowed: something was returned as if the network had answered"
    assert isinstance(error, errors.MunsocialError), f"{kind}: {type(error).__name__} is no error of munsocial: {error}"
    speechless = bench.port.witness is None or kind.value in bench.port.witness.speechless
    wanted = (errors.MunsocialError,) if speechless and kind in IN_WORDS else EXPECTED[kind]
    names = " or ".join(one.__name__ for one in wanted)
    assert isinstance(error, wanted), f"{kind}: {type(error).__name__} instead of {names}: {error}"
    assert error.say("ru").strip(), f"{kind}: the error says nothing in Russian"
    assert error.say("en").strip(), f"{kind}: the error says nothing in English"
    if isinstance(error, errors.NetworkError):
        _facts(bench, error, kind, named)


def _facts(bench: Bench, error: errors.NetworkError, kind: FaultKind, named: bool) -> None:
    network, account = bench.stage.network, bench.stage.account.id
    assert error.network == network, f"{kind}: the error names the network {error.network!r}, not {network!r}"
    assert error.method, f"{kind}: the error does not name the network's method"
    known = {account, *(one.id for one in bench.stage.accounts.values()), *(() if named else ("",))}
    assert error.account in known, f"{kind}: the error names the account {error.account!r}, not {account!r}"
    assert error.attempt >= 1, f"{kind}: the attempt is {error.attempt}"
    said_no = kind in IN_WORDS and kind is not FaultKind.SERVER and not isinstance(error, errors.ServerFault)
    if kind is FaultKind.UNREACHABLE or said_no:
        assert error.executed is False, f"{kind}: nothing was sent or done, but executed is {error.executed}"
    elif kind not in IN_WORDS and kind not in BEFORE:
        assert error.executed is not False, f"{kind}: the work may have been done, but executed is False"


def secret_nowhere(bench: Bench, error: BaseException | None, records: Iterable[logging.LogRecord]) -> None:
    """Look for every key, in every spelling of it, in all that a program may show or keep."""
    redactor = Redactor(bench.stage.hidden())
    for place, text in _shown(bench, error, records):
        assert redactor.text(text) == text, f"a key is seen in {place}: {redactor.text(text)[:300]}"
    for request in bench.port.requests:
        plain = [request.url, *request.headers.values(), *request.query.values(), *(request.form or {}).values()]
        if isinstance(request.content, bytes):
            plain.append(request.content.decode("utf-8", "replace"))
        for secret in bench.stage.hidden():
            used = any(secret in text for text in plain)
            told = secret in request.secrets
            assert told or not used, f"{request!r}: a key is sent but not named in Request.secrets, so nobody hides it"


def _shown(
    bench: Bench, error: BaseException | None, records: Iterable[logging.LogRecord]
) -> Iterator[tuple[str, str]]:
    yield "repr(adapter)", repr(bench.adapter)
    yield "repr(adapter.keys)", repr(bench.adapter.keys)
    yield "repr(adapter.equipment)", repr(bench.adapter.equipment)
    yield "repr(adapter.session)", repr(bench.adapter.session)
    for request in bench.port.requests:
        yield "repr(request)", repr(request)
    for record in records:
        yield f"the log {record.name}", f"{record.getMessage()} {record.exc_text or ''} {record.__dict__}"
    if error is None:
        return
    yield "the error", f"{error} {error!r} {vars(error)}"
    yield "the chain of the error", "".join(traceback.format_exception(error))
    if isinstance(error, errors.MunsocialError):
        yield "the error", f"{error.say('ru')} {error.say('en')}"
    if isinstance(error, errors.NetworkError):
        yield "the pickled error", repr(pickle.loads(pickle.dumps(error)).__dict__)  # noqa: S301  # our own bytes


def alike(one: Any, other: Any) -> None:
    """Check that two readings gave the same."""
    assert one == other, f"the two faces differ:\n  blocking: {one!r:.400}\n  async:    {other!r:.400}"


def moments(value: Any, place: str = "") -> Iterator[tuple[str, datetime]]:
    """Yield every moment of a value with its place, and fail at once on one without a zone or not in UTC."""
    if isinstance(value, datetime):
        assert value.utcoffset() is not None, f"{place}: a moment without a time zone: {value}"
        assert value.utcoffset() == timedelta(0), f"{place}: not in UTC: {value}"
        yield place, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from moments(getattr(value, name), f"{place}.{name}")
    elif isinstance(value, Page):
        yield from moments(value.items, f"{place}.items")
    elif isinstance(value, (tuple, list)):
        for number, one in enumerate(value):
            yield from moments(one, f"{place}[{number}]")


def pages_of(bench: Bench, fetch: Any, *, most: int = 300) -> list[Any]:
    """Read a listing to its end; fails when it does not end or goes round in circles."""

    async def walk() -> list[Any]:
        pages: list[Any] = []
        seen: set[str] = set()
        cursor: str | None = None
        while True:
            page = await fetch(cursor)
            if not isinstance(page, Page):
                pytest.fail(f"a listing returned {type(page).__name__} instead of munsocial.network.Page")
            pages.append(page)
            if page.cursor is None:
                return pages
            assert page.cursor not in seen, f"the cursor {page.cursor!r} came a second time: the listing never ends"
            seen.add(page.cursor)
            assert len(pages) < most, f"the listing did not end after {most} pages"
            cursor = page.cursor

    return bench.run(walk())


def items_of(pages: Iterable[Page[T]]) -> list[T]:
    """Return the items of all pages."""
    return [item for page in pages for item in page.items]
