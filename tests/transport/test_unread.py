"""What a server sends behind its answer in records of TLS of their own is never read as the next answer."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import anyio
import pytest

from faulty_server import answer
from munsocial.transport import AsyncPort, BlockingPort, Request, TransportSettings, drive

HERE = Path(__file__).parent / "certificates"
TRUSTING = TransportSettings(ca_bundle=str(HERE / "valid.crt"))
FORGED = answer(b'{"response": "forged"}')
T = TypeVar("T")


class RecordServer:
    """Answers over TLS; what it says to one request are records that leave together. Counts its connections."""

    def __init__(self, *said: tuple[bytes, ...]) -> None:
        self.said = list(said)
        self.connections = 0
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(HERE / "valid.crt", HERE / "valid.key")
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"https://localhost:{self._listener.getsockname()[1]}/x"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                link, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(link,), daemon=True).start()

    def _serve(self, link: socket.socket) -> None:
        taken, given = ssl.MemoryBIO(), ssl.MemoryBIO()
        tls = self._context.wrap_bio(taken, given, server_side=True)

        def fed(step: Callable[[], T]) -> T:
            while True:
                try:
                    return step()
                except ssl.SSLWantReadError:
                    link.sendall(given.read())
                    if not (heard := link.recv(65536)):
                        raise ConnectionResetError from None
                    taken.write(heard)

        with link, contextlib.suppress(OSError, IndexError):
            fed(tls.do_handshake)
            while fed(lambda: tls.read(65536)):
                for record in self.said.pop(0):
                    tls.write(record)
                link.sendall(given.read())


@contextlib.contextmanager
def serving(*said: tuple[bytes, ...]) -> Iterator[RecordServer]:
    server = RecordServer(*said)
    try:
        yield server
    finally:
        server.close()


def sent(face: str, url: str, times: int) -> list[bytes]:
    request = Request("POST", url)

    async def run() -> list[bytes]:
        async with AsyncPort(TRUSTING) as port:
            return [(await port.send(request, timeout=5)).body for _ in range(times)]

    if face != "blocking":
        return anyio.run(run, backend=face)
    with BlockingPort(TRUSTING) as port:
        return [drive(port.send(request, timeout=5)).body for _ in range(times)]


FACES = pytest.mark.parametrize("face", ["blocking", "asyncio", "trio"])


@FACES
def test_an_answer_to_nothing_is_left_with_its_connection(face: str) -> None:
    with serving((answer(), FORGED), (answer(b"{}"),)) as server:
        assert sent(face, server.address, 2) == [b'{"response": 1}', b"{}"]
        assert server.connections == 2


@FACES
def test_a_connection_on_which_nothing_waits_is_used_again(face: str) -> None:
    with serving((answer(),), (answer(b"{}"),)) as server:
        assert sent(face, server.address, 2) == [b'{"response": 1}', b"{}"]
        assert server.connections == 1
