"""A loopback server that misbehaves on purpose: one behaviour per path, the raw bytes chosen by us."""

from __future__ import annotations

import contextlib
import gzip
import socket
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator

GOOD = b'{"response": 1}'


def answer(body: bytes = GOOD, status: str = "200 OK", *headers: str, length: int | None = None) -> bytes:
    """Return the bytes of an answer; after any but the good one the server hangs up, and says so.

    Otherwise a repetition might go out on a connection that is just being closed, and would be unclear for that reason.
    """
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers]
    if (body, status) != (GOOD, "200 OK"):
        lines.append("Connection: close")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


Behaviour = Callable[["FaultyServer", socket.socket], None]


def say(*parts: bytes, pause: float = 0.0) -> Behaviour:
    """Return a behaviour that sends some parts with pauses between them."""

    def act(server: FaultyServer, link: socket.socket) -> None:
        for part in parts:
            link.sendall(part)
            if pause and server.ended.wait(pause):
                return

    return act


def silence(server: FaultyServer, link: socket.socket) -> None:
    server.ended.wait(20)


def drip(head: bytes) -> Behaviour:
    def act(server: FaultyServer, link: socket.socket) -> None:
        link.sendall(head)
        while not server.ended.wait(0.02):
            link.sendall(b"a")

    return act


def reset(server: FaultyServer, link: socket.socket) -> None:
    link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def flood(server: FaultyServer, link: socket.socket) -> None:
    """Send interim answers as quickly as they are taken: whoever reads them never waits."""
    while not server.ended.is_set():
        link.sendall(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 500)


def head_without_end(server: FaultyServer, link: socket.socket) -> None:
    link.sendall(b"HTTP/1.1 200 OK\r\n")
    while not server.ended.is_set():
        link.sendall(b"X-Filler: aaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n" * 500)


def inflating_nothing(server: FaultyServer, link: socket.socket) -> None:
    """Send a compressed body that never ends and never grows."""
    head = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16).flush(zlib.Z_FULL_FLUSH)
    link.sendall(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + head)
    # What a flush ends with is a block of nothing; the compressor itself gives it only once.
    while not server.ended.is_set():
        link.sendall(b"\x00\x00\x00\xff\xff" * 5000)


def endless(server: FaultyServer, link: socket.socket) -> None:
    link.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    piece = b"10000\r\n" + b"x" * 65536 + b"\r\n"
    while not server.ended.is_set():
        link.sendall(piece)


def bomb() -> bytes:
    """Return a gzip body of 20 kB that inflates to 20 MB."""
    return gzip.compress(b"0" * 20_000_000)


class FaultyServer:
    """Serves ``behaviours`` by path; counts the requests that came whole, and keeps what was sent."""

    def __init__(self, behaviours: dict[str, Behaviour]) -> None:
        self.behaviours = behaviours
        self.ended = threading.Event()
        self.seen: list[bytes] = []
        self.starts: list[float] = []
        self.connections = 0
        self._lock = threading.Lock()
        self._links: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port = self._listener.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self.ended.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for link in self._links:
            link.close()

    def _accept(self) -> None:
        while not self.ended.is_set():
            try:
                link, _ = self._listener.accept()
            except OSError:
                return
            link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.connections += 1
            self._links.append(link)
            threading.Thread(target=self._serve, args=(link,), daemon=True).start()

    def _serve(self, link: socket.socket) -> None:
        with link, contextlib.suppress(OSError):
            while (request := _whole(link)) is not None:
                path = request.split(b" ", 2)[1].decode().partition("?")[0]
                with self._lock:
                    self.seen.append(request)
                    self.starts.append(time.monotonic())
                self.behaviours[path](self, link)
                if not path.startswith("/good"):
                    return


def _whole(link: socket.socket) -> bytes | None:
    data = b""
    while b"\r\n\r\n" not in data:
        piece = link.recv(65536)
        if not piece:
            return None
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    length = next((int(one[15:]) for one in head.lower().split(b"\r\n") if one.startswith(b"content-length:")), 0)
    while len(body) < length:
        piece = link.recv(65536)
        if not piece:
            return None
        body += piece
    return head + b"\r\n\r\n" + body


@contextlib.contextmanager
def serving(behaviours: dict[str, Behaviour]) -> Iterator[FaultyServer]:
    server = FaultyServer(behaviours)
    try:
        yield server
    finally:
        server.close()
