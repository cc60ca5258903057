"""The port through which everything leaves us: a request, an answer, and the three things that wait.

Adapters and the session see only this page. With a blocking port no coroutine ever suspends, so `drive` runs it
to the end in one step; with an asynchronous port the same coroutine is awaited by the caller's event loop.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass, field
from typing import IO, Any, Literal, Protocol, TypeVar

__all__ = ["Answer", "FilePart", "Port", "Request", "StrangeWait", "drive"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FilePart:
    """One file of a multipart body; ``open`` gives a fresh stream each time, since an attempt may be repeated.

    Streams are read in pieces: a file never enters memory whole.
    """

    field: str
    name: str
    open: Callable[[], IO[bytes]]
    media_type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True, repr=False)
class Request:
    """What is to be sent. At most one of ``form``, ``content``, ``files`` (``files`` may go with ``form``) is set.

    ``secrets`` are the values that must not appear anywhere else: the session redacts them from every error and log.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    query: Mapping[str, str] = field(default_factory=dict, repr=False)
    form: Mapping[str, str] | None = field(default=None, repr=False)
    content: bytes | Callable[[], Iterable[bytes]] | None = field(default=None, repr=False)
    files: tuple[FilePart, ...] = ()
    secrets: tuple[str, ...] = field(default=(), repr=False)
    reach: Literal["any", "public", "loopback"] = "any"
    """Where its host may lead; set by `munsocial.transport.addresses.handed_over`."""

    def __repr__(self) -> str:
        from munsocial.transport.redact import Redactor

        return f"Request({self.method!r}, {Redactor(self.secrets).text(self.url)!r})"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, headers (names in lower case) and the whole body, inflated and bounded in size."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


class Port(Protocol):
    """The border to the world: a network and a clock to wait on."""

    async def send(self, request: Request, *, timeout: float) -> Answer:
        """Carry one request; never follows redirects.

        Raises:
            NetworkError: nothing came back; ``executed`` is False only when nothing can have been sent.
        """
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        ...

    async def together(self, jobs: Iterable[Callable[[], Awaitable[None]]], *, width: int) -> None:
        """Run jobs, at most ``width`` at once, and return when all have ended. Jobs are started in order.

        The first error of a job is raised when the running ones have ended; no further job is started.
        """
        ...

    def now(self) -> float:
        """Return seconds of a clock that never jumps back."""
        ...


class StrangeWait(RuntimeError):
    """An adapter awaited something that is not its port, an event loop for instance: nothing here would wake it."""

    def __init__(self) -> None:
        super().__init__("an adapter awaited something that is not its port")


_PATIENCE = 100_000
"""Strange waits of one run: a district has not so many accounts, and whoever waits for ever must not hold us."""


def drive(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine over a blocking port to its end.

    A strange wait is an error at the place that waits, so that whoever called the adapter names it and goes on with
    others.

    Raises:
        StrangeWait: the coroutine awaited something that is not its port, and nobody in it dealt with that.
    """
    try:
        coroutine.send(None)
        for _ in range(_PATIENCE):
            coroutine.throw(StrangeWait())
    except StopIteration as done:
        return done.value  # type: ignore[no-any-return]  # StopIteration carries Any
    coroutine.close()
    raise StrangeWait
