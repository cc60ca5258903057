"""What is known about one request on its way: its time, where it may lead, how far it came. Knows no HTTP library."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from typing import Any

from munsocial.transport.addresses import Reach

__all__ = ["Flight", "current", "in_flight"]

_END_OF_HEAD = b"\r\n\r\n"
_END_OF_CHUNKS = b"0\r\n\r\n"
_LARGEST_HEAD = 128 * 1024


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
        self.stream: Any = None
        self._until = time.monotonic() + timeout
        self._connected_until = float("inf")
        self._head = bytearray()
        self._body_from = 0
        self._received = 0
        self._tail = b""

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

    @property
    def answering(self) -> bool:
        """Did anything come back?"""
        return self._received > 0

    def wrote(self, stream: Any, layer: int) -> None:
        """Note that something was sent; what came before belonged to another conversation (a proxy's)."""
        self.sent = layer >= self.layers
        self.stream = stream
        self._head.clear()
        self._body_from = self._received = 0

    def read(self, piece: bytes) -> None:
        """Note what came back, up to the end of its head, and how much."""
        self._received += len(piece)
        self._tail = (self._tail + piece)[-len(_END_OF_CHUNKS) :]
        if self._body_from or len(self._head) > _LARGEST_HEAD:
            return
        self._head += piece
        at = 0
        while (end := self._head.find(_END_OF_HEAD, at)) >= 0:
            if self._head[at + 8 : at + 10] != b" 1":
                self._body_from = end + len(_END_OF_HEAD)
                return
            at = end + len(_END_OF_HEAD)  # an interim answer such as 103

    def excess(self, headers: Mapping[str, str]) -> bool:
        """Did more come than the answer declares?

        The rest would be taken for the answer to the next request on that connection.
        """
        if not self._body_from:
            return False
        if "chunked" in headers.get("transfer-encoding", "").lower():
            return self._tail != _END_OF_CHUNKS and not self._tail.endswith(_END_OF_HEAD)
        length = headers.get("content-length", "")
        return length.isascii() and length.isdigit() and self._received - self._body_from > int(length[:20])


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
