"""What is known about one request on its way: its time, where it may lead, how far it came. Knows no HTTP library."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any

from munsocial.transport.addresses import Reach

__all__ = ["Flight", "current", "in_flight"]


class Flight:
    """One attempt. ``sent`` turns true when the first byte has left, ``answering`` when one came back.

    ``layers`` is in how many layers of TLS the request travels: what is said in fewer is a talk with a proxy.
    """

    def __init__(self, timeout: float, *, connect: float, reach: Reach, layers: int = 0) -> None:
        self.timeout = timeout
        self.connect = connect
        self.reach = reach
        self.layers = layers
        self.sent = False
        self.answering = False
        self.stream: Any = None
        self._until = time.monotonic() + timeout
        self._connected_until = float("inf")

    def left(self, limit: float | None = None) -> float:
        """Return the smaller of a limit and the rest of the total; a wait whose time is over ends at once."""
        rest = min(self._until, self._connected_until) - time.monotonic()
        return max(1e-6, rest if limit is None else min(rest, limit))

    @property
    def over(self) -> bool:
        """Is its time over? Whoever is flooded never waits, so no wait would end."""
        return time.monotonic() >= min(self._until, self._connected_until)

    def connecting(self) -> None:
        """Note that a connection is begun: name, connection, proxy and TLS have one limit together."""
        self._connected_until = time.monotonic() + self.connect

    def connected(self, layer: int) -> None:
        """Note that a layer stands; with the last one the connection does."""
        if layer >= self.layers:
            self._connected_until = float("inf")

    def wrote(self, stream: Any, layer: int) -> None:
        """Note that something was sent; what came before belonged to another conversation (a proxy's)."""
        self.sent = layer >= self.layers
        self.stream = stream
        self.answering = False

    def read(self, piece: bytes) -> None:
        """Note that something came back."""
        self.answering = self.answering or bool(piece)


_current: ContextVar[Flight] = ContextVar("munsocial_flight")


def current() -> Flight:
    """Return the flight of this thread or task."""
    return _current.get()


@contextlib.contextmanager
def in_flight(flight: Flight) -> Iterator[None]:
    """Make a flight the current one."""
    token = _current.set(flight)
    try:
        yield
    finally:
        _current.reset(token)
