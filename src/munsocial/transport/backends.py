"""Connections for the HTTP engine: to checked addresses, and never beyond the total time of the request.

The engine asks for a name; we resolve it once, check every address it leads to, and connect to these numbers. The name
itself stays in TLS and in the header ``Host``.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from typing import Any

import anyio
import httpcore

from munsocial.transport import faults
from munsocial.transport.addresses import check_reach, known, numbers_of, resolve
from munsocial.transport.flight import Flight, current

__all__ = ["AsyncBackend", "BlockingBackend"]


def _checked(numbers: tuple[str, ...], flight: Flight) -> tuple[str, ...]:
    """Return addresses when all of them are allowed: one private address among public ones is a trap."""
    for number in numbers:
        check_reach(number, flight.reach)
    return numbers


def _share(flight: Flight, place: int, count: int, limit: float | None) -> float:
    """Return the time for one address of several, so that a dead one leaves time for the next."""
    whole = flight.left(flight.connect if limit is None else min(flight.connect, limit))
    return whole / (count - place)


def _told(inner: httpcore.NetworkStream | httpcore.AsyncNetworkStream, info: str) -> Any:
    """Tell of a stream what the engine asks; before it sends again, whether something waits unread.

    The engine looks at the socket only. TLS that is fed by hand takes from it as much as there is: what a server sent
    behind its answer waits in there, and would be read as the next answer.
    """
    told = inner.get_extra_info(info)
    tls = inner.get_extra_info("ssl_object") if info == "is_readable" and not told else None
    if not isinstance(tls, ssl.SSLObject):
        return told
    try:
        tls.read(1)
    except ssl.SSLWantReadError:
        return False
    except ssl.SSLError:
        return True
    return True


class _BlockingStream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream, layer: int = 0) -> None:
        self._inner = inner
        self._layer = layer
        current().connected(layer)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        flight = current()
        if flight.over:
            raise httpcore.ReadTimeout
        piece = self._inner.read(max_bytes, flight.left(timeout))
        flight.read(piece)
        return piece

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        flight = current()
        if flight.over:
            raise httpcore.WriteTimeout
        flight.wrote(self, self._layer)
        self._inner.write(buffer, flight.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        within = self._inner.start_tls(ssl_context, server_hostname, current().left(timeout))
        return _BlockingStream(within, self._layer + 1)

    def get_extra_info(self, info: str) -> Any:
        return _told(self._inner, info)


class BlockingBackend(httpcore.NetworkBackend):
    """Connects in the calling thread."""

    def __init__(self) -> None:
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        flight = current()
        flight.connecting()
        try:
            numbers = resolve(host, port, flight.left(flight.connect))
        except OSError:
            numbers = ()
        numbers = _checked(numbers, flight)
        for place, number in enumerate(numbers, start=1):
            limit = _share(flight, place - 1, len(numbers), timeout)
            try:
                return _BlockingStream(self._inner.connect_tcp(number, port, limit, local_address, socket_options))
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if place == len(numbers):
                    raise
        raise faults.no_name(host)


class _AsyncStream(httpcore.AsyncNetworkStream):
    def __init__(self, inner: httpcore.AsyncNetworkStream, layer: int = 0) -> None:
        self._inner = inner
        self._layer = layer
        current().connected(layer)

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        flight = current()
        if flight.over:
            raise httpcore.ReadTimeout
        piece = await self._inner.read(max_bytes, flight.left(timeout))
        flight.read(piece)
        return piece

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        flight = current()
        if flight.over:
            raise httpcore.WriteTimeout
        flight.wrote(self, self._layer)
        await self._inner.write(buffer, flight.left(timeout))

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        within = await self._inner.start_tls(ssl_context, server_hostname, current().left(timeout))
        return _AsyncStream(within, self._layer + 1)

    def get_extra_info(self, info: str) -> Any:
        return _told(self._inner, info)


class AsyncBackend(httpcore.AsyncNetworkBackend):
    """Connects in the running loop, of asyncio or trio."""

    def __init__(self) -> None:
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        flight = current()
        flight.connecting()
        numbers = _checked(await _resolved(host, port, flight), flight)
        for place, number in enumerate(numbers, start=1):
            limit = _share(flight, place - 1, len(numbers), timeout)
            try:
                return _AsyncStream(await self._inner.connect_tcp(number, port, limit, local_address, socket_options))
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if place == len(numbers):
                    raise
        raise faults.no_name(host)


async def _resolved(host: str, port: int, flight: Flight) -> tuple[str, ...]:
    numbers = known(host)
    if numbers is not None:
        return numbers
    with anyio.move_on_after(flight.left(flight.connect)):
        try:
            return numbers_of(await anyio.getaddrinfo(host, port, type=1))
        except (OSError, UnicodeError):
            return ()
    return ()
