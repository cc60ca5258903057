"""The blocking face of coroutines over a blocking port: one typed facade for all adapters.

``blocking(adapter.read_profile)(account)`` has the parameters of the method and its result, without ``await``.
Listings are pages with a cursor; `walk` and `walk_blocking` turn them into iterators for both worlds.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeVar

from munsocial.errors import UnreadableAnswer
from munsocial.transport.port import drive
from munsocial.wording import Text

__all__ = ["Listing", "blocking", "blocking_iterator", "walk", "walk_blocking"]

P = ParamSpec("P")
T = TypeVar("T")
Item = TypeVar("Item", covariant=True)


class Listing(Protocol[Item]):
    """A page: its items, and the cursor of the next one or None."""

    @property
    def items(self) -> tuple[Item, ...]: ...

    @property
    def cursor(self) -> str | None: ...


def blocking(method: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, T]:
    """Return the blocking twin of a coroutine function; it must be over a blocking port."""

    @wraps(method)
    def call(*args: P.args, **kwargs: P.kwargs) -> T:
        return drive(method(*args, **kwargs))

    return call


def blocking_iterator(method: Callable[P, AsyncIterator[T]]) -> Callable[P, Iterator[T]]:
    """Return the blocking twin of an asynchronous generator function.

    The generator is closed when the iteration ends, also when it is left early.
    """

    @wraps(method)
    def call(*args: P.args, **kwargs: P.kwargs) -> Iterator[T]:
        source = method(*args, **kwargs)
        try:
            while True:
                try:
                    item = drive(_next(source))
                except StopAsyncIteration:
                    return
                yield item
        finally:
            close = getattr(source, "aclose", None)
            if close is not None:
                drive(close())

    return call


async def _next(source: AsyncIterator[T]) -> T:
    return await anext(source)


async def walk(fetch: Callable[[str | None], Awaitable[Listing[T]]]) -> AsyncIterator[T]:
    """Yield the items of all pages; ``fetch`` gets a cursor, None for the first page.

    Raises:
        UnreadableAnswer: a cursor came back a second time, so the listing would never end.
    """
    seen: set[str] = set()
    cursor: str | None = None
    while True:
        page = await fetch(cursor)
        for item in page.items:
            yield item
        cursor = page.cursor
        if cursor is None:
            return
        if cursor in seen:
            raise UnreadableAnswer(Text("Листание идёт по кругу.", "The listing goes round in circles."), executed=None)
        seen.add(cursor)


def walk_blocking(fetch: Callable[[str | None], Coroutine[Any, Any, Listing[T]]]) -> Iterator[T]:
    """Yield the items of all pages over a blocking port; see `walk`."""
    return blocking_iterator(walk)(fetch)
