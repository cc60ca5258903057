"""The faces of a world on a loopback address, so that any client can be pointed at them.

Three ways lead to a face, whichever a client can be taught:
* the first segment of the path names a host or a network: ``http://127.0.0.1:8765/api.vk.ru/method/wall.get``;
* the header ``Host`` is that of a face (a client with its own table of addresses);
* the server is set as an HTTP proxy, so that the whole address stands in the request line.
Addresses in answers (upload addresses) are rewritten to lead here too. There is no TLS, so nothing else is served.
"""

from __future__ import annotations

import contextlib
import ipaddress
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from munsocial.errors import InputError
from munsocial.plugins.manager import load_plugins
from munsocial.sandbox.faces import Face
from munsocial.sandbox.faults import Faults
from munsocial.sandbox.multipart import parts_of
from munsocial.sandbox.port import Faces
from munsocial.sandbox.trouble import Lost, Outcome
from munsocial.sandbox.world import World
from munsocial.transport.port import Answer, Request
from munsocial.wording import Text

__all__ = ["SandboxServer", "faces_over", "serve", "serving"]

_MAX_BODY = 64 << 20
_LINE = 1000
"""Octets of a line that tells how long a piece is."""


def faces_over(world: World) -> dict[str, Face]:
    """Make every face that the installed plugins offer."""
    return {name: make(world) for name, make in load_plugins().faces.items()}


class SandboxServer(ThreadingHTTPServer):
    """A server on a loopback address; ``faces.calls`` counts, ``faces.faults`` makes trouble."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, faces: Faces, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; port 0 takes a free one.

        Raises:
            InputError: not a loopback address, or the port cannot be had.
        """
        self.faces = faces
        _only_loopback(host)
        try:
            super().__init__((host, port), _Handler)
        except OSError as error:
            what = Text("Адрес {a} занят или недоступен.", "The address {a} is taken or cannot be had.")
            raise InputError(
                what.fill(a=f"{host}:{port}"),
                remedy=Text("Укажите другой порт: --port 0.", "Name another port: --port 0."),
            ) from error

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Pass over a client that went away in the middle; anything else is told as usual."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    @property
    def root(self) -> str:
        """Return the address of the server, without a trailing slash."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def base(self, host_or_network: str) -> str:
        """Return the address that stands for a host of a face, or for a network's first host."""
        return f"{self.root}/{host_or_network}"


def _only_loopback(host: str) -> None:
    with contextlib.suppress(ValueError):
        if host == "localhost" or ipaddress.ip_address(host).is_loopback:
            return
    raise InputError(
        Text("Песочница доступна только на локальном адресе.", "A sandbox is served on a loopback address only."),
        where=host,
        remedy=Text("Укажите --host 127.0.0.1.", "Use --host 127.0.0.1."),
    )


def serve(
    world: World,
    host: str = "127.0.0.1",
    port: int = 8765,
    *,
    faces: Mapping[str, Face] | None = None,
    faults: Faults | None = None,
) -> None:
    """Serve a world until interrupted; by default with the faces of all installed plugins."""
    with SandboxServer(Faces(faces or faces_over(world), faults), host, port) as server:
        server.serve_forever()


@contextlib.contextmanager
def serving(
    world: World, *, faces: Mapping[str, Face] | None = None, faults: Faults | None = None, port: int = 0
) -> Iterator[SandboxServer]:
    """Serve a world in a thread for the length of a ``with`` block."""
    with SandboxServer(Faces(faces or faces_over(world), faults), port=port) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def _length(told: str, base: int) -> int | None:
    """Read a length; None where it is none, or longer than a body may be: one below nought would be read to the end."""
    try:
        length = int(told, base)
    except ValueError:
        return None
    return length if 0 <= length <= _MAX_BODY else None


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: SandboxServer

    def do_GET(self) -> None:
        self._do()

    def do_POST(self) -> None:
        self._do()

    def do_PUT(self) -> None:
        self._do()

    def log_message(self, format: str, *args: object) -> None:
        """Write no log: a line would hold the key of a careless client."""

    def _do(self) -> None:
        body = self._body()
        found = self._route()
        if body is None or found is None:
            self._write(Answer(404 if body is not None else 413, {"content-type": "text/plain"}, b""))
            return
        network, url = found
        self._deliver(self.server.faces.answer(network, self._request(url, body)))

    def _body(self) -> bytes | None:
        """Read the body; None if it is too long or nobody can tell how long, and then the connection ends."""
        if self.headers.get("transfer-encoding", "").lower() == "chunked":
            body = self._chunks()
        else:
            length = _length(self.headers.get("content-length") or "0", 10)
            body = None if length is None else self.rfile.read(length)
        self.close_connection = self.close_connection or body is None
        return body

    def _chunks(self) -> bytes | None:
        body = bytearray()
        while size := _length(self.rfile.readline(_LINE).partition(b";")[0].decode("latin-1") or "0", 16):
            body += self.rfile.read(size)
            if len(body) > _MAX_BODY:
                return None
            self.rfile.readline(_LINE)
        if size is None:
            return None
        self.rfile.readline(_LINE)
        return bytes(body)

    def _route(self) -> tuple[str, str] | None:
        """Return the network and the address as the network would see it."""
        faces, target = self.server.faces, urlsplit(self.path)
        tail = f"?{target.query}" if target.query else ""
        for host in (target.hostname, urlsplit(f"//{self.headers.get('host', '')}").hostname):
            if host in faces.by_host:
                return faces.by_host[host], f"https://{host}{target.path}{tail}"
        first, _, rest = target.path.lstrip("/").partition("/")
        if first in faces.by_network:
            first = min(faces.by_network[first].hosts, key=lambda host: (not host.startswith("api."), host))
        if first in faces.by_host:
            return faces.by_host[first], f"https://{first}/{rest}{tail}"
        return None

    def _request(self, url: str, body: bytes) -> Request:
        headers, kind = dict(self.headers.items()), self.headers.get("content-type", "")
        if kind.startswith("multipart/form-data"):
            fields, files = parts_of(body, kind)
            return Request(self.command, url, headers, form=fields, files=files)
        if "urlencoded" in kind:
            form = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
            return Request(self.command, url, headers, form=form)
        return Request(self.command, url, headers, content=body or None)

    def _deliver(self, outcome: Outcome) -> None:
        if outcome.delay:
            time.sleep(outcome.delay)
        if isinstance(outcome.answer, Lost):
            self.close_connection = True
            return
        with contextlib.suppress(ConnectionError):  # the client went away: its right
            self._write(self._pointing_here(outcome.answer), promised=outcome.promised)

    def _pointing_here(self, answer: Answer) -> Answer:
        body = answer.body
        for host in self.server.faces.by_host:
            body = body.replace(f"https://{host}/".encode(), f"{self.server.base(host)}/".encode())
        return Answer(answer.status, answer.headers, body)

    def _write(self, answer: Answer, *, promised: int | None = None) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header(
            "Content-Length", str(len(answer.body) if promised is None else max(promised, len(answer.body) + 1))
        )
        self.end_headers()
        self.wfile.write(answer.body)
        if promised is not None:
            self.close_connection = True
