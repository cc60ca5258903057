"""What the tests of all abilities ask of an error, of moments, of pages. Each fails with a sentence for the author."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, TypeVar

import pytest
from pydantic import BaseModel

from munsocial import errors
from munsocial.model.content import Profile
from munsocial.network.drafts import Page
from munsocial.sandbox.faults import FaultKind
from munsocial.testing.conformance.overseer import AFTER, BEFORE, IN_WORDS
from munsocial.testing.conformance.stage import Bench

__all__ = [
    "EXPECTED",
    "MOST_PAGES",
    "alike",
    "caught",
    "items_of",
    "moments",
    "ours",
    "pages_of",
    "refusal_is_ours",
    "saying",
    "turned_to_nothing",
]

T = TypeVar("T")

_ON_THE_WAY = (errors.Unreachable, errors.DeadlineExceeded)
_NO_RIGHT = (errors.PermissionDenied, errors.KeyKindRefused, errors.CapabilityMissing)
_SPOILT = (errors.UnreadableAnswer, errors.ServerFault, errors.Unreachable)

MOST_PAGES = 300
"""A listing that goes on for longer is taken for one without an end."""

_NONE = re.compile(r"\bNone\b")
"""What is left of a value that was not there, in a name or an address put together."""

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
    FaultKind.NOWHERE: (*_SPOILT, errors.RequestRefused),
    FaultKind.REDIRECT: (*_SPOILT, errors.UnsafeAddress, errors.RequestRefused),
    FaultKind.CUT: _SPOILT,
    FaultKind.EMPTY: _SPOILT,
    FaultKind.HTML: _SPOILT,
    FaultKind.GARBAGE: _SPOILT,
}
"""What each fault has to end in, when it does not pass."""


def caught(bench: Bench, work: Any) -> tuple[Any, BaseException | None]:
    """Run to the end; return what was returned, and what was raised or None."""
    try:
        return bench.run(work), None
    except Exception as error:  # noqa: BLE001  # whatever an adapter raises is judged by the caller
        return None, error


@contextmanager
def saying(where: str) -> Iterator[None]:
    """Name the place of whatever fails inside; an error of munsocial is a failure here."""
    try:
        yield
    except (AssertionError, errors.MunsocialError) as error:
        raise AssertionError(f"{where}: {error}") from error


def ours(error: BaseException | None, what: str) -> None:
    """Check that nothing was raised, or an error of munsocial."""
    if error is not None and not isinstance(error, errors.MunsocialError):
        raise AssertionError(f"{what}: {type(error).__name__} is no error of munsocial: {error}") from error


def refusal_is_ours(
    bench: Bench, error: BaseException | None, kind: FaultKind, *, named: bool = True, value: Any = None
) -> None:
    """Check that a fault ended in the fitting error of munsocial with all its facts.

    ``named`` False: the ability knows no account (a handle is looked up for anybody).
    """
    assert error is not None, f"{kind}: the fault was swallowed, as if the network had answered: {value!r:.200}"
    ours(error, kind.value)
    assert isinstance(error, errors.MunsocialError), kind.value
    wanted = (errors.MunsocialError,) if kind in IN_WORDS and bench.speechless(kind.value) else EXPECTED[kind]
    if kind in AFTER and bench.port.struck > 1:  # a repetition may be refused, and of that the status alone is left
        wanted = (*wanted, errors.RequestRefused)
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


def alike(one: Any, other: Any) -> None:
    """Check that two readings gave the same."""
    assert one == other, f"the two faces differ:\n  blocking: {one!r:.400}\n  async:    {other!r:.400}"


def turned_to_nothing(before: Any, after: Any, place: str = "", *, gone: bool = False) -> Iterator[str]:
    """Yield places where a figure became zero, a fact of a profile its empty counterpart, or a word Python's None.

    Where a field is ``gone`` a "no" may not become a "yes" either; null is a word that may mean one: a ban without end.
    """
    if isinstance(before, Page) and isinstance(after, Page):
        before, after = before.items, after.items
    if isinstance(before, (tuple, list)) and isinstance(after, (tuple, list)):
        if len(before) == len(after):
            for number, (one, other) in enumerate(zip(before, after, strict=True)):
                yield from turned_to_nothing(one, other, f"{place}[{number}]", gone=gone)
    elif isinstance(before, dict) and isinstance(after, dict):
        for name in before.keys() & after.keys():
            yield from turned_to_nothing(before[name], after[name], f"{place}[{name!r}]", gone=gone)
    elif isinstance(before, BaseModel) and isinstance(after, BaseModel):
        for name in type(before).model_fields:
            was, now = getattr(before, name), getattr(after, name, None)
            if isinstance(before, Profile) and was and now in (False, ""):
                yield f"{place}.{name}: {was!r} became {now!r}"
            if was is False and now is True and gone:
                yield f"{place}.{name}: False became True"
            yield from turned_to_nothing(was, now, f"{place}.{name}", gone=gone)
    elif isinstance(before, str) and isinstance(after, str) and _NONE.search(after) and not _NONE.search(before):
        yield f"{place}: {before!r:.80} became {after!r:.80}"
    elif isinstance(before, int) and not isinstance(before, bool) and before > 0 and after == 0 and after is not False:
        yield f"{place}: {before} became 0"


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


def pages_of(bench: Bench, fetch: Any) -> list[Any]:
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
            assert len(pages) < MOST_PAGES, f"the listing did not end after {MOST_PAGES} pages"
            cursor = page.cursor

    return bench.run(walk())


def items_of(pages: Iterable[Page[T]]) -> list[T]:
    """Return the items of all pages."""
    return [item for page in pages for item in page.items]
