"""The ports over HTTP: the one module that knows the HTTP library.

`httpx` builds requests (forms, multipart, addresses) and its engine `httpcore` carries them. The client of httpx stands
aside on purpose: it keeps cookies between accounts, logs addresses, reads proxies from the environment and inflates
without a bound. Network backends of our own hold the total time over every single read, also while headers drip, and
connect to the very addresses that were checked.
"""

from __future__ import annotations

import contextlib
import os
import ssl
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any
from urllib.parse import unquote

import anyio
import httpcore
import httpx

from munsocial.errors import FileRefused, InputError, NetworkError
from munsocial.transport import faults
from munsocial.transport.addresses import check_reach, is_loopback, resolve
from munsocial.transport.backends import AsyncBackend, BlockingBackend
from munsocial.transport.flight import Flight, in_flight
from munsocial.transport.inflate import Body
from munsocial.transport.jobs import Job, in_tasks, in_threads, unhurried
from munsocial.transport.outgoing import OutgoingFile, later, measured, stream_of
from munsocial.transport.port import Answer, Request
from munsocial.transport.redact import Redactor, guard_logs, guarding
from munsocial.transport.settings import TransportSettings
from munsocial.wording import Text

__all__ = ["AsyncPort", "BlockingPort"]

_HEADERS = {"accept": "*/*", "accept-encoding": "gzip", "user-agent": "munsocial"}
"""Deflate is not asked for: half of those who send it leave out what tells it (RFC 9110, 8.4.1.2)."""
_LOGGERS = tuple(f"httpcore.{part}" for part in ("connection", "http11", "http2", "proxy", "socks"))
_LIMITS = {"max_connections": 100, "max_keepalive_connections": 20, "keepalive_expiry": 5.0}
_SLACK = 0.02
"""Seconds by which a wait may end before its time: clocks are coarse."""
_TROUBLE = (
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
)


class _Http:
    """What both ports share: settings, building of requests, naming of faults."""

    def __init__(self, settings: TransportSettings | None = None) -> None:
        self.settings = settings or TransportSettings()
        self._proxy = _proxy(self.settings.proxy)
        guard_logs(_LOGGERS)

    def now(self) -> float:
        """Return seconds of the monotonic clock of this computer."""
        return time.monotonic()

    def _flight(self, request: Request, timeout: float) -> Flight:
        # A proxy that is reached through TLS adds a layer of its own.
        addresses = (request.url, self.settings.proxy)
        layers = sum(address[:8].lower() == "https://" for address in addresses)
        reach = request.reach if not self._proxy else "any"
        return Flight(timeout, connect=self.settings.connect, reach=reach, layers=layers)

    def _pool_options(self, *, secure: bool) -> dict[str, Any]:
        context = self._tls if secure else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        return {**_LIMITS, "ssl_context": context, "proxy": self._proxy}

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        context = httpx.create_ssl_context(trust_env=False)
        context.load_default_certs()
        bundle = self.settings.ca_bundle
        if bundle:
            try:
                context.load_verify_locations(cafile=bundle)
            except (OSError, ssl.SSLError) as error:
                raise _bad_bundle(bundle) from error
        return context

    def _carried(self, built: httpx.Request, timeout: float) -> httpcore.Request:
        limit = min(timeout, self.settings.standstill)
        return httpcore.Request(
            built.method,
            httpcore.URL(
                scheme=built.url.raw_scheme, host=built.url.raw_host, port=built.url.port, target=built.url.raw_path
            ),
            headers=built.headers.raw,
            content=built.stream,
            extensions={"timeout": {"connect": limit, "read": limit, "write": limit, "pool": limit}},
        )

    def _body(self, response: httpcore.Response) -> tuple[dict[str, str], Body]:
        headers = _headers(response)
        return headers, Body(
            self.settings.max_body,
            encoding=headers.get("content-encoding", ""),
            length=headers.get("content-length", ""),
        )

    def _named(self, error: Exception, flight: Flight) -> NetworkError:
        """Make an error of ours of one of the library; nothing of that one is kept, since it holds the request."""
        if isinstance(error, httpcore.PoolTimeout):
            return faults.stood_still(min(flight.timeout, self.settings.standstill), sent=False)
        if isinstance(error, httpcore.ConnectTimeout):
            return faults.no_connection(bool(self._proxy), timeout=True)
        if isinstance(error, httpcore.ConnectError):
            trouble = _tls_trouble(error)
            if isinstance(trouble, ssl.SSLCertVerificationError):
                return faults.certificate(trouble.verify_message or "certificate")
            return faults.no_tls() if trouble else faults.no_connection(bool(self._proxy))
        if isinstance(error, (httpcore.UnsupportedProtocol, httpcore.LocalProtocolError)):
            return faults.not_sent(type(error).__name__)
        if isinstance(error, httpcore.ProxyError) or (self._proxy is not None and not flight.sent):
            return faults.proxy_failed()
        if isinstance(error, httpcore.TimeoutException):
            if flight.left() > _SLACK:
                return faults.stood_still(self.settings.standstill, sent=flight.sent)
            return faults.too_late(flight.timeout, sent=flight.sent)
        return faults.cut() if flight.answering else faults.no_answer(flight.sent)


def _parsed(address: str, query: Mapping[str, str] | None = None) -> httpx.URL | None:
    """Return an address of http(s) with its query; None: it is none, or no letters stand behind its «xn--»."""
    try:
        url = httpx.URL(address)
        if query:
            url = url.copy_merge_params(dict(query))
        return url if url.scheme in ("http", "https") and url.host else None
    except (httpx.InvalidURL, ValueError):
        return None


def _proxy(address: str) -> httpcore.Proxy | None:
    if not address:
        return None
    url = _parsed(address)
    if url is None:
        raise InputError(
            Text("Это не адрес прокси.", "This is not the address of a proxy."),
            where="proxy",
            remedy=Text("Укажите адрес вида http://узел:порт.", "Give an address like http://host:port."),
        )
    auth = (unquote(url.username), unquote(url.password)) if url.userinfo else None
    place = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=b"/")
    return httpcore.Proxy(place, auth=auth)


def _bad_bundle(path: str) -> FileRefused:
    return FileRefused(
        Text("Файл удостоверяющих центров не прочитан.", "The file of authorities cannot be read."),
        where=f"ca_bundle / {path}",
        remedy=Text("Укажите файл PEM с сертификатами.", "Give a PEM file with certificates."),
    )


def _tls_trouble(error: BaseException | None) -> ssl.SSLError | None:
    while error is not None and not isinstance(error, ssl.SSLError):
        error = error.__cause__ or error.__context__
    return error


def _headers(response: httpcore.Response) -> dict[str, str]:
    """Return headers by lower-case names; one that recurs is joined by commas."""
    found: dict[str, str] = {}
    for name, value in response.headers:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        found[key] = f"{found[key]}, {text}" if key in found else text
    return found


def _excess(response: httpcore.Response) -> bool | None:
    """Did more come than the answer, once its body was read to the end? None when the engine does not tell.

    Only the parser of the engine knows where an answer ends: by its length, its chunks, or its status that has no body.
    What lies behind that end would be taken for the answer to the next request on that connection. The engine keeps its
    parser to itself; should it move, no connection is used twice, and a test says so. A mocked engine has none.
    """
    connection = getattr(getattr(response.stream, "_stream", None), "_connection", None)
    parser = getattr(connection, "_h11_state", None)
    return bool(parser.trailing_data[0]) if parser is not None else None


def _url(request: Request) -> httpx.URL:
    """Return the address with its query, refused unless it is https or leads to this very computer."""
    url = _parsed(request.url, request.query)
    if url is None:
        raise faults.not_sent("URL")
    if url.scheme == "http" and not is_loopback(url.host):
        # A key in clear text over a foreign network would be anybody's key.
        raise faults.not_sent("http")
    return url


@contextlib.contextmanager
def _built(request: Request, *, blocking: bool) -> Iterator[httpx.Request]:
    """Build a request with its files open, and close them whatever happens."""
    url = _url(request)
    with contextlib.ExitStack() as opened:
        files: list[Any] = []
        for part in request.files:
            stream = OutgoingFile(opened.enter_context(stream_of(part)), part.name)
            files.append((part.field, (part.name, stream, part.media_type)))
        content: Any = request.content
        if callable(content):
            pieces = measured(content(), request.headers)
            content = pieces if blocking else later(pieces)
        try:
            built = httpx.Request(
                request.method,
                url,
                headers={**_HEADERS, **request.headers},
                data=dict(request.form) if request.form is not None else None,
                files=files or None,
                content=content,
            )
        except (UnicodeError, ValueError, TypeError):
            built = None
        if built is None:
            raise faults.not_sent("header")
        yield built


class BlockingPort(_Http):
    """A port that blocks: for threads and for the blocking face. Safe to share between threads.

    Ports that are used together are given one ``halted``: an interruption (Ctrl-C) of one's jobs stops those of all.
    """

    def __init__(self, settings: TransportSettings | None = None, *, halted: threading.Event | None = None) -> None:
        super().__init__(settings)
        self._pools: dict[tuple[int, str, bool], httpcore.ConnectionPool] = {}
        self._lock = threading.Lock()
        self._halted = halted or threading.Event()

    async def send(self, request: Request, *, timeout: float) -> Answer:
        """Carry one request; see `munsocial.transport.port.Port`."""
        if self._halted.is_set():
            raise KeyboardInterrupt
        flight = self._flight(request, timeout)
        failure: NetworkError
        try:
            with guarding(Redactor(request.secrets)), in_flight(flight), _built(request, blocking=True) as built:
                return self._exchange(request, built, flight)
        except NetworkError as error:
            failure = error
        except _TROUBLE as error:
            failure = self._named(error, flight)
        raise failure

    def _exchange(self, request: Request, built: httpx.Request, flight: Flight) -> Answer:
        if self._proxy is not None:
            _check_behind_proxy(request, built, flight)
        pool = self._pool(request.reach, secure=built.url.scheme == "https")
        response = pool.handle_request(self._carried(built, flight.timeout))
        try:
            headers, body = self._body(response)
            for piece in response.iter_stream():
                body.feed(piece)
            whole = body.close()
            excess = _excess(response)
            if excess is not False and flight.stream is not None:
                # Closed before it is given back: nobody may read the rest as his answer.
                flight.stream.close()
            if excess:
                raise faults.wrong_length()
        finally:
            response.close()
        return Answer(response.status, headers, whole)

    def _pool(self, reach: str, *, secure: bool) -> httpcore.ConnectionPool:
        """Return the pool; addresses that networks handed over share no connection with others, nor do processes."""
        mine = (os.getpid(), reach, secure)
        with self._lock:
            pool = self._pools.get(mine)
            if pool is None:
                options = self._pool_options(secure=secure)
                pool = httpcore.ConnectionPool(network_backend=BlockingBackend(), **options)
                self._pools[mine] = pool
            return pool

    async def sleep(self, seconds: float) -> None:
        """Wait in this thread."""
        if seconds > 0 and self._halted.wait(seconds):
            raise KeyboardInterrupt

    async def together(self, jobs: Iterable[Job], *, width: int) -> None:
        """Run jobs in ``width`` threads; see `munsocial.transport.port.Port`."""
        if width > 1:
            in_threads(jobs, width, self._halted)
            return
        for job in jobs:
            await job()

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            pools, self._pools = self._pools, {}
        for pool in pools.values():
            pool.close()

    def __enter__(self) -> BlockingPort:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _check_behind_proxy(request: Request, built: httpx.Request, flight: Flight) -> None:
    """Check where an address leads that a proxy will resolve; a name that only the proxy knows passes."""
    if request.reach == "any":
        return
    try:
        numbers = resolve(built.url.host, built.url.port or 443, flight.left(flight.connect))
    except OSError:
        return
    for number in numbers:
        check_reach(number, request.reach)


class AsyncPort(_Http):
    """A port for an event loop, of asyncio or trio. Belongs to one loop; uses no threads but to resolve names."""

    def __init__(self, settings: TransportSettings | None = None) -> None:
        super().__init__(settings)
        self._pools: dict[tuple[str, bool], httpcore.AsyncConnectionPool] = {}

    async def send(self, request: Request, *, timeout: float) -> Answer:
        """Carry one request; see `munsocial.transport.port.Port`."""
        flight = self._flight(request, timeout)
        failure: NetworkError
        try:
            with guarding(Redactor(request.secrets)), in_flight(flight), _built(request, blocking=False) as built:
                return await unhurried(self._exchange(request, built, flight))
        except NetworkError as error:
            failure = error
        except _TROUBLE as error:
            failure = self._named(error, flight)
        raise failure

    async def _exchange(self, request: Request, built: httpx.Request, flight: Flight) -> Answer:
        if self._proxy is not None:
            await anyio.to_thread.run_sync(_check_behind_proxy, request, built, flight)
        pool = self._pool(request.reach, secure=built.url.scheme == "https")
        response = await pool.handle_async_request(self._carried(built, flight.timeout))
        try:
            headers, body = self._body(response)
            async for piece in response.aiter_stream():
                body.feed(piece)
            whole = body.close()
            excess = _excess(response)
            if excess is not False and flight.stream is not None:
                await flight.stream.aclose()
            if excess:
                raise faults.wrong_length()
        finally:
            with anyio.CancelScope(shield=True):
                await response.aclose()
        return Answer(response.status, headers, whole)

    def _pool(self, reach: str, *, secure: bool) -> httpcore.AsyncConnectionPool:
        pool = self._pools.get((reach, secure))
        if pool is None:
            options = self._pool_options(secure=secure)
            pool = httpcore.AsyncConnectionPool(network_backend=AsyncBackend(), **options)
            self._pools[reach, secure] = pool
        return pool

    async def sleep(self, seconds: float) -> None:
        """Wait without blocking the loop."""
        await anyio.sleep(max(0.0, seconds))

    async def together(self, jobs: Iterable[Job], *, width: int) -> None:
        """Run jobs as tasks; see `munsocial.transport.port.Port`."""
        await in_tasks(jobs, width)

    async def aclose(self) -> None:
        """Close all connections."""
        pools, self._pools = self._pools, {}
        for pool in pools.values():
            await pool.aclose()

    async def __aenter__(self) -> AsyncPort:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()
