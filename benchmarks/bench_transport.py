"""Own time of a call against raw httpx, and the share of the allowed rate that is used.

Run: ``python benchmarks/bench_transport.py``.

Both clients speak to the same server, in a process of its own, by turns in the same run. Prints a line per goal and
exits with 1 when one is missed.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import socket
import statistics
import sys
import threading
import time
from collections.abc import Callable
from itertools import pairwise
from multiprocessing.connection import Connection

import httpx

from munsocial.transport import Answer, AsyncPort, BlockingPort, Call, Pace, Repeat, Request, Session, drive

ROUNDS, CALLS = 9, 200
OWN_TIME_MS = 0.3
SHARE = 0.95
FORM = {"owner_id": "-1", "count": "100", "v": "5.199"}
ANSWER = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{"response": 1}'


def serve(pipe: Connection) -> None:
    """Answer every request on every connection at once."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    pipe.send(listener.getsockname()[1])
    while True:
        link, _ = listener.accept()
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=answer_all, args=(link,), daemon=True).start()


def answer_all(link: socket.socket) -> None:
    tail = b"v=" + FORM["v"].encode()
    data = b""
    while piece := link.recv(65536):
        data += piece
        if data.endswith(tail):
            link.sendall(ANSWER)
            data = b""


def make(url: str, pace: Pace | None = None) -> Call[object]:
    return Call(Request("POST", url, form=FORM), lambda got: json.loads(got.body), "m", "a", pace, Repeat.READ)


def each(work: Callable[[], object]) -> float:
    """Return milliseconds for one call."""
    began = time.perf_counter()
    for _ in range(CALLS):
        work()
    return (time.perf_counter() - began) / CALLS * 1000


def own_time_blocking(url: str) -> tuple[float, float]:
    call = make(url)
    with httpx.Client() as raw, BlockingPort() as port:
        session = Session(port, network="bench")
        rounds = [
            (each(lambda: json.loads(raw.post(url, data=FORM).content)), each(lambda: drive(session.call(call))))
            for _ in range(ROUNDS)
        ]
    return statistics.median(one for one, _ in rounds), statistics.median(two for _, two in rounds)


async def own_time_async(url: str) -> tuple[float, float]:
    call = make(url)
    rounds = []
    async with httpx.AsyncClient() as raw, AsyncPort() as port:
        session = Session(port, network="bench")
        for _ in range(ROUNDS):
            began = time.perf_counter()
            for _ in range(CALLS):
                json.loads((await raw.post(url, data=FORM)).content)
            half = time.perf_counter()
            for _ in range(CALLS):
                await session.call(call)
            rounds.append(((half - began) / CALLS * 1000, (time.perf_counter() - half) / CALLS * 1000))
    return statistics.median(one for one, _ in rounds), statistics.median(two for _, two in rounds)


class NotingPort(BlockingPort):
    """Notes when each request starts."""

    def __init__(self) -> None:
        super().__init__()
        self.starts: list[float] = []

    async def send(self, request: Request, *, timeout: float) -> Answer:
        self.starts.append(time.monotonic())
        return await super().send(request, timeout=timeout)


class NotingAsyncPort(AsyncPort):
    """Notes when each request starts."""

    def __init__(self) -> None:
        super().__init__()
        self.starts: list[float] = []

    async def send(self, request: Request, *, timeout: float) -> Answer:
        self.starts.append(time.monotonic())
        return await super().send(request, timeout=timeout)


def starts_blocking(url: str, rate: float, count: int) -> list[float]:
    port = NotingPort()
    with port:
        session = Session(port, network="bench")
        call = make(url, Pace("k", rate))

        async def job() -> None:
            await session.call(call)

        drive(session.together([job] * count, width=4))
    return sorted(port.starts)


async def starts_async(url: str, rate: float, count: int) -> list[float]:
    port = NotingAsyncPort()
    async with port:
        session = Session(port, network="bench")
        call = make(url, Pace("k", rate))
        await asyncio.gather(*(session.call(call) for _ in range(count)))
    return sorted(port.starts)


def verdict(what: str, value: float, goal: float, good: bool, unit: str) -> bool:
    print(f"{'ok    ' if good else 'MISSED'} {what}: {value:.3f} {unit} (goal {goal} {unit})")
    return good


def pace_goals(name: str, starts: list[float], rate: float) -> list[bool]:
    used = (len(starts) - 1) / (starts[-1] - starts[0]) / rate
    tightest = min(later - earlier for earlier, later in pairwise(starts))
    return [
        verdict(f"share of {rate:g}/s used, {name}", used, SHARE, SHARE <= used <= 1.0, "x"),
        verdict(f"smallest spacing at {rate:g}/s, {name}", tightest * rate, 0.98, tightest * rate >= 0.98, "slots"),
    ]


def main() -> int:
    here, there = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(there,), daemon=True)
    server.start()
    url = f"http://127.0.0.1:{here.recv()}/method/wall.get"
    goals: list[bool] = []
    for name, (raw, ours) in (
        ("blocking", own_time_blocking(url)),
        ("async", asyncio.run(own_time_async(url))),
    ):
        print(f"       a call, {name}: raw httpx {raw:.3f} ms, ours {ours:.3f} ms, ratio {ours / raw:.2f}")
        beyond = ours - raw
        goals.append(verdict(f"own time beyond raw httpx, {name}", beyond, OWN_TIME_MS, beyond <= OWN_TIME_MS, "ms"))
    for rate, count in ((3.0, 13), (20.0, 61)):
        goals += pace_goals("blocking", starts_blocking(url, rate, count), rate)
        goals += pace_goals("async", asyncio.run(starts_async(url, rate, count)), rate)
    server.terminate()
    return 0 if all(goals) else 1


if __name__ == "__main__":
    sys.exit(main())
