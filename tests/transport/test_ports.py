"""What the ports carry: forms, files in pieces, streams; several jobs at once; connections used again."""

from __future__ import annotations

import asyncio
import io
import json
import os
import threading
import tracemalloc
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from functools import partial
from pathlib import Path

import anyio
import pytest

from faulty_server import FaultyServer, answer, say, serving
from munsocial.errors import FileRefused, UnreadableAnswer
from munsocial.transport import (
    Answer,
    AsyncPort,
    BlockingPort,
    Call,
    FilePart,
    Repeat,
    Request,
    Session,
    TransportSettings,
    drive,
)
from munsocial.transport.faces import blocking, blocking_iterator, walk, walk_blocking


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    with serving({"/good": say(answer()), "/long": say(answer(length=8))}) as running:
        yield running


def send(request: Request, face: str) -> Answer:
    if face == "blocking":
        with BlockingPort() as port:
            return drive(port.send(request, timeout=20))

    async def run() -> Answer:
        async with AsyncPort() as port:
            return await port.send(request, timeout=20)

    return anyio.run(run, backend=face)


FACES = pytest.mark.parametrize("face", ["blocking", "asyncio", "trio"])


@FACES
def test_only_a_compression_that_has_one_form_is_asked_for(face: str, server: FaultyServer) -> None:
    send(Request("GET", f"{server.base}/good"), face)
    assert b"\r\naccept-encoding: gzip\r\n" in server.seen[-1].lower()


@FACES
def test_form_query_and_headers_arrive_as_they_are(face: str, server: FaultyServer) -> None:
    request = Request(
        "POST", f"{server.base}/good?v=5", query={"q": "a b&c"}, headers={"x-a": "1"}, form={"text": "Привет 👋\n"}
    )
    got = send(request, face)
    assert (got.status, got.body) == (200, b'{"response": 1}')
    head, _, body = server.seen[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /good?v=5&q=a+b%26c HTTP/1.1")
    assert b"x-a: 1" in head
    assert body == b"text=%D0%9F%D1%80%D0%B8%D0%B2%D0%B5%D1%82+%F0%9F%91%8B%0A"
    assert b"cookie" not in head.lower()


@FACES
def test_files_are_opened_for_each_attempt_and_closed(face: str, server: FaultyServer, tmp_path: Path) -> None:
    path = tmp_path / "фото.jpg"
    path.write_bytes(b"\xff\xd8picture")
    opened: list[io.BufferedReader] = []

    def fresh() -> io.BufferedReader:
        opened.append(path.open("rb"))
        return opened[-1]

    request = Request(
        "POST", f"{server.base}/good", form={"a": "1"}, files=(FilePart("photo", path.name, fresh, "image/jpeg"),)
    )
    for _ in range(2):
        send(request, face)
    assert [one.closed for one in opened] == [True, True]
    assert all(b"\xff\xd8picture" in one and b'name="photo"' in one for one in server.seen)
    assert "фото.jpg".encode() in server.seen[0]


class Huge(io.BytesIO):
    """A stream of many zeros that takes no place."""

    def __init__(self, size: int) -> None:
        self.size, self.at = size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.at

    def seek(self, offset: int, whence: int = 0) -> int:
        self.at = (0, self.at, self.size)[whence] + offset
        return self.at

    def read(self, size: int | None = -1) -> bytes:
        size = max(0, min(self.size if size is None or size < 0 else size, self.size - self.at))
        self.at += size
        return bytes(size)


def swallow(server: FaultyServer, expected: int) -> threading.Thread:
    """Take a long body without keeping it, then answer."""
    import socket

    listener = socket.create_server(("127.0.0.1", 0))
    server.port = listener.getsockname()[1]

    def run() -> None:
        link, _ = listener.accept()
        with link, listener:
            got, tail, buffer = 0, b"", bytearray(1 << 20)
            while not tail.endswith((b"--\r\n", b"\r\n0\r\n\r\n")) and (count := link.recv_into(buffer)):
                got += count
                tail = (tail + buffer[max(0, count - 8) : count])[-8:]
            if got > expected:
                link.sendall(answer())

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread


@pytest.mark.parametrize("face", ["blocking", "asyncio"])
@pytest.mark.parametrize("way", ["file", "content"])
def test_a_large_upload_never_enters_memory(face: str, way: str, server: FaultyServer) -> None:
    size = 1500 << 16
    thread = swallow(server, size)
    url = f"http://127.0.0.1:{server.port}/upload"
    request = Request("POST", url, files=(FilePart("video", "v.mp4", lambda: Huge(size)),))
    if way == "content":
        request = Request("POST", url, content=lambda: (bytes(1 << 16) for _ in range(size >> 16)))
    tracemalloc.start()
    try:
        got = send(request, face)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    thread.join(5)
    assert got.status == 200
    assert peak < 20_000_000


@FACES
def test_a_file_that_is_gone_is_named_and_nothing_sent(face: str, server: FaultyServer, tmp_path: Path) -> None:
    part = FilePart("photo", "gone.jpg", lambda: (tmp_path / "gone.jpg").open("rb"))
    with pytest.raises(FileRefused, match=r"gone\.jpg"):
        send(Request("POST", f"{server.base}/good", files=(part,)), face)
    assert server.seen == []


FORGED = answer(b'{"response": "forged"}')


def chunked(body: bytes, *, trailer: bytes = b"", status: bytes = b"200 OK") -> bytes:
    head = b"HTTP/1.1 " + status + b"\r\nTransfer-Encoding: chunked\r\n\r\n"
    return head + b"%x\r\n%s\r\n0\r\n%s\r\n" % (len(body), body, trailer)


TOO_MUCH = {
    "behind its length": answer() + FORGED,
    "behind a length told twice": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}" + FORGED,
    "behind the last chunk": chunked(b"{}") + FORGED,
    "behind the last chunk, in chunks": chunked(b"{}") + chunked(b'{"response": "forged"}'),
    "behind the last chunk, without a body": chunked(b"{}") + b"HTTP/1.1 204 No Content\r\n\r\n",
    "behind fields that follow the chunks": chunked(b"{}", trailer=b"X-Sum: 1\r\n") + FORGED,
    "behind a status that has no body": b"HTTP/1.1 204 No Content\r\nContent-Length: %d\r\n\r\n" % len(FORGED) + FORGED,
    "chunks behind a status that has no body": chunked(b"{}", status=b"304 Not Modified"),
}


async def twice(port: BlockingPort | AsyncPort, url: str) -> bytes:
    """Send two requests; the first answer is refused."""
    request = Request("POST", url)
    with pytest.raises(UnreadableAnswer, match="длиннее"):
        await port.send(request, timeout=5)
    return (await port.send(request, timeout=5)).body


@FACES
@pytest.mark.parametrize("first", TOO_MUCH.values(), ids=TOO_MUCH)
def test_what_an_answer_has_too_much_is_not_taken_for_the_next(face: str, first: bytes) -> None:
    def both(server: FaultyServer, link: object) -> None:
        link.sendall(first if len(server.seen) == 1 else answer())  # type: ignore[attr-defined]  # a socket

    async def run() -> bytes:
        async with AsyncPort() as port:
            return await twice(port, url)

    with serving({"/good": both}) as running:
        url = f"{running.base}/good"
        if face == "blocking":
            with BlockingPort() as port:
                body = drive(twice(port, url))
        else:
            body = anyio.run(run, backend=face)
        assert len(running.seen) == 2
    assert body == b'{"response": 1}'


@FACES
@pytest.mark.parametrize("good", [answer(), chunked(b"{}"), chunked(b"{}", trailer=b"X-Sum: 1\r\n")])
def test_connections_are_used_again(face: str, good: bytes) -> None:
    async def thrice(port: BlockingPort | AsyncPort) -> None:
        for _ in range(3):
            await port.send(Request("POST", f"{running.base}/good"), timeout=5)

    async def run() -> None:
        async with AsyncPort() as port:
            await thrice(port)

    with serving({"/good": say(good)}) as running:
        if face == "blocking":
            with BlockingPort() as port:
                drive(thrice(port))
        else:
            anyio.run(run, backend=face)
        assert running.connections == 1


def test_a_connection_stays_with_its_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes that speak through one socket, one forked of the other, would take each other's answers."""
    with serving({"/good": say(answer())}) as server, BlockingPort() as port:
        for process in (1, 2, 2):
            monkeypatch.setattr(os, "getpid", lambda process=process: process)
            drive(port.send(Request("GET", f"{server.base}/good"), timeout=9))
        monkeypatch.undo()
        assert server.connections == 2


Work = Callable[[BlockingPort | AsyncPort, int], Awaitable[None]]


def run_together(face: str, work: Work, width: int, count: int) -> None:
    async def go(port: BlockingPort | AsyncPort) -> None:
        await port.together((partial(work, port, number) for number in range(count)), width=width)

    async def run() -> None:
        async with AsyncPort() as port:
            await go(port)

    if face == "blocking":
        with BlockingPort() as port:
            drive(go(port))
    else:
        anyio.run(run, backend=face)


@FACES
@pytest.mark.parametrize("width", [1, 3])
def test_jobs_run_at_most_so_many_at_once(face: str, width: int) -> None:
    running, most, done = 0, 0, []

    async def work(port: BlockingPort | AsyncPort, number: int) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await port.sleep(0.02)
        running -= 1
        done.append(number)

    run_together(face, work, width, 7)
    assert sorted(done) == list(range(7))
    assert most == width


@FACES
def test_the_first_error_ends_the_feeding_and_is_raised_when_others_have_ended(face: str) -> None:
    started: list[int] = []
    ended: list[int] = []

    async def work(port: BlockingPort | AsyncPort, number: int) -> None:
        started.append(number)
        if number == 1:
            raise ValueError("one")
        await port.sleep(0.05)
        ended.append(number)

    with pytest.raises(ValueError, match="one"):
        run_together(face, work, 2, 50)
    assert len(started) < 6
    assert set(ended) == set(started) - {1}


def test_ctrl_c_stops_jobs_that_sleep() -> None:
    slept_out: list[int] = []

    async def work(port: BlockingPort | AsyncPort, number: int) -> None:
        await port.sleep(60)
        slept_out.append(number)

    def feed(port: BlockingPort) -> Iterator[Callable[[], Awaitable[None]]]:
        for number in range(2):
            yield partial(work, port, number)
        raise KeyboardInterrupt

    with BlockingPort() as port, pytest.raises(KeyboardInterrupt):
        drive(port.together(feed(port), width=4))
    assert slept_out == []


@FACES
def test_a_body_of_countless_crumbs_costs_no_more_memory_than_its_size(face: str) -> None:
    crumbs = b"2\r\nab\r\n" * 10_000
    with serving(
        {"/good": say(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", crumbs, b"0\r\n\r\n")}
    ) as server:
        tracemalloc.start()
        try:
            got = send(Request("GET", f"{server.base}/good"), face)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert got.body == b"ab" * 10_000
    assert peak < 600_000


class Page:
    def __init__(self, items: tuple[int, ...], cursor: str | None) -> None:
        self.items, self.cursor = items, cursor


PAGES = {None: Page((1, 2), "b"), "b": Page((), "c"), "c": Page((3,), None)}


async def fetch(cursor: str | None) -> Page:
    return PAGES[cursor]


def test_pages_become_an_iterator_in_both_worlds() -> None:
    async def gather() -> list[int]:
        return [one async for one in walk(fetch)]

    assert list(walk_blocking(fetch)) == asyncio.run(gather()) == [1, 2, 3]


def test_a_listing_that_goes_in_circles_is_ended() -> None:
    async def circle(cursor: str | None) -> Page:
        return Page((1,), "again")

    with pytest.raises(UnreadableAnswer):
        list(walk_blocking(circle))


def test_the_blocking_face_keeps_name_parameters_and_result(server: FaultyServer) -> None:
    with BlockingPort() as port:
        session = Session(port, network="vk", settings=TransportSettings())

        async def read_one(page: str, *, times: int = 1) -> int:
            """Read."""
            call = Call(
                Request("GET", f"{server.base}/{page}"), lambda got: json.loads(got.body), "m", repeat=Repeat.READ
            )
            return int((await session.call(call))["response"]) * times

        twin = blocking(read_one)
        assert twin("good", times=3) == 3
        assert (twin.__name__, twin.__doc__) == ("read_one", "Read.")


def test_a_generator_left_early_is_closed() -> None:
    closed: list[bool] = []

    async def count() -> AsyncIterator[int]:
        try:
            for number in range(10):
                yield number
        finally:
            closed.append(True)

    source = blocking_iterator(count)()
    assert next(source) == 0
    source.close()  # type: ignore[attr-defined]  # a generator
    assert closed == [True]
