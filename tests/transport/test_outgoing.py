"""A file that fails or changes while it is sent: an error of ours that names it, and nothing came whole."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest

from faulty_server import answer, say, serving
from munsocial.errors import FileRefused
from munsocial.transport import AsyncPort, BlockingPort, FilePart, Request, drive
from munsocial.transport.outgoing import OutgoingFile

FACES = pytest.mark.parametrize("face", ["blocking", "asyncio", "trio"])
SIZE = 300_000


class Failing(io.BytesIO):
    """A stream on a disk that fails when it is read a second time."""

    times = 0

    def read(self, size: int | None = -1) -> bytes:
        self.times += 1
        if self.times > 1:
            raise OSError(5, "Input/output error")
        return super().read(size)


class Unseekable(io.RawIOBase):
    """A stream of unknown length, as a pipe is."""

    def __init__(self, *pieces: bytes) -> None:
        self.pieces = list(pieces)

    def read(self, size: int = -1) -> bytes:
        return self.pieces.pop(0) if self.pieces else b""


def changing(path: Path, size: int) -> Callable[[], Any]:
    """Return what opens a file that has another size once its first piece was read."""

    class Changing(io.FileIO):
        def read(self, wanted: int | None = -1) -> bytes:
            piece = super().read(wanted)
            path.write_bytes(bytes(size))
            return piece

    def fresh() -> Changing:
        path.write_bytes(bytes(SIZE))
        return Changing(path)

    return fresh


def failing_midway() -> Iterator[bytes]:
    yield b"abc"
    raise OSError(5, "Input/output error")


def sent(face: str, *requests: Request) -> list[Any]:
    """Send one after another over one port; an error of a file stands in place of its answer."""

    async def each(port: BlockingPort | AsyncPort) -> list[Any]:
        outcomes: list[Any] = []
        for request in requests:
            try:
                outcomes.append((await port.send(request, timeout=5)).body)
            except FileRefused as error:
                outcomes.append(error)
        return outcomes

    async def run() -> list[Any]:
        async with AsyncPort() as port:
            return await each(port)

    if face != "blocking":
        return anyio.run(run, backend=face)
    with BlockingPort() as port:
        return drive(each(port))


def one_file(opened: Callable[[], Any]) -> dict[str, Any]:
    return {"files": (FilePart("photo", "снимок.jpg", opened),)}


def stream(pieces: Callable[[], Iterator[bytes]], length: int) -> dict[str, Any]:
    return {"content": pieces, "headers": {"Content-Length": str(length)}}


CASES: dict[str, tuple[Callable[[Path], dict[str, Any]], str]] = {
    "the disk fails under a file": (lambda path: one_file(lambda: Failing(bytes(SIZE))), "снимок.jpg: Файл не дочитан"),
    "a file shrinks": (lambda path: one_file(changing(path, 1000)), "снимок.jpg: Файл изменился"),
    "a file grows": (lambda path: one_file(changing(path, 2 * SIZE)), "снимок.jpg: Файл изменился"),
    "the disk fails under a stream": (lambda path: stream(failing_midway, 10), "Файл не дочитан"),
    "a stream is shorter than declared": (lambda path: stream(lambda: iter([b"abc"]), 10), "Файл изменился"),
    "a stream is longer than declared": (lambda path: stream(lambda: iter([b"abc"] * 9), 10), "Файл изменился"),
}


@FACES
@pytest.mark.parametrize("case", CASES)
def test_a_file_that_fails_or_changes_is_named_and_nothing_came_whole(face: str, case: str, tmp_path: Path) -> None:
    made, said = CASES[case]
    with serving({"/good": say(answer())}) as server:
        bad = Request("POST", f"{server.base}/good", **made(tmp_path / "p.jpg"))
        refused, good = sent(face, bad, Request("POST", f"{server.base}/good"))
        assert len(server.seen) == 1
    assert said in str(refused)
    assert refused.remedy is not None
    assert good == b'{"response": 1}'


def test_a_stream_of_unknown_length_is_read_as_it_comes() -> None:
    pipe = OutgoingFile(Unseekable(b"abc", b"def"), "pipe")  # type: ignore[arg-type]  # reads as one
    with pytest.raises(io.UnsupportedOperation):
        pipe.seek(0, io.SEEK_END)
    assert [pipe.read(10) for _ in range(3)] == [b"abc", b"def", b""]
