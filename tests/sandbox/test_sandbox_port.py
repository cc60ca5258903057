"""Ports into a sandbox: each fault as a caller meets it, counts, and a clock that only sleeping moves."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import anyio
import pytest

from echo_face import EchoFace
from munsocial.errors import Unreachable, UnreadableAnswer
from munsocial.sandbox.faults import CallName, Fault, FaultKind, Faults
from munsocial.sandbox.port import AsyncSandboxPort, SandboxPort
from munsocial.sandbox.things import Page
from munsocial.sandbox.world import World
from munsocial.transport.port import Request, drive

NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)
PUBLISH = Request("POST", "https://api.echo.example/publish", form={"gid": "g", "text": "Привет"})


def _world() -> World:
    world = World(NOW)
    world.add_page(Page("echo", "g"))
    return world


def _port(*faults: Fault, **settings: Any) -> tuple[World, SandboxPort]:
    world = _world()
    return world, SandboxPort({"echo": EchoFace(world)}, Faults(*faults), **settings)


def _send(port: SandboxPort, request: Request = PUBLISH, *, timeout: float = 10) -> Any:
    return drive(port.send(request, timeout=timeout))


LOST = [
    # what goes wrong, was the post made, what the caller may conclude about execution
    (FaultKind.UNREACHABLE, 0, False),
    (FaultKind.LOST_BEFORE, 0, None),
    (FaultKind.LOST_AFTER, 1, None),
]


@pytest.mark.parametrize(("kind", "posts", "executed"), LOST)
def test_a_lost_answer_says_no_more_than_a_caller_can_know(kind: FaultKind, posts: int, executed: bool | None) -> None:
    world, port = _port(Fault(kind))
    with pytest.raises(Unreachable) as lost:
        _send(port)
    assert lost.value.executed is executed
    assert len(world.wall("echo", "g")) == posts
    assert _send(port).status == 200


SPOILT = [
    (FaultKind.CUT, 200, b'{"id'),
    (FaultKind.EMPTY, 200, b""),
    (FaultKind.HTML, 200, b"<html>"),
    (FaultKind.GARBAGE, 200, b'{"\xff'),
    (FaultKind.STATUS, 502, b"<html>"),
    (FaultKind.NOWHERE, 404, b"<html>"),
    (FaultKind.REDIRECT, 302, b""),
    (FaultKind.RATE, 200, b'{"error":"rate"}'),
    (FaultKind.QUOTA, 429, b"<html>"),  # this face has no words for it
]


@pytest.mark.parametrize(("kind", "status", "begins"), SPOILT)
def test_a_spoilt_answer_comes_as_it_would_from_a_network(kind: FaultKind, status: int, begins: bytes) -> None:
    _, port = _port(Fault(kind))
    answer = _send(port)
    assert answer.status == status
    assert answer.body.startswith(begins)
    assert (len(answer.body) == 0) == (begins == b"")


@pytest.mark.parametrize("kind", [FaultKind.RATE, FaultKind.STATUS, FaultKind.KEY, FaultKind.REDIRECT])
def test_a_refusal_does_nothing(kind: FaultKind) -> None:
    world, port = _port(Fault(kind, times=None))
    _send(port)
    assert world.events == []


def test_a_huge_answer_is_not_handed_over() -> None:
    _, port = _port(Fault(FaultKind.HUGE, size=2000), max_bytes=1000)
    with pytest.raises(UnreadableAnswer):
        _send(port)


def test_a_late_answer_takes_time_and_too_late_is_none() -> None:
    world, port = _port(Fault(FaultKind.DELAY, seconds=5, times=2))
    assert _send(port, timeout=10).status == 200
    assert port.now() == 5
    with pytest.raises(Unreachable) as lost:
        _send(port, timeout=3)
    assert (port.now(), lost.value.executed) == (8, None)
    assert len(world.wall("echo", "g")) == 2


def test_an_unknown_host_is_unreachable_and_nothing_was_sent() -> None:
    _, port = _port()
    with pytest.raises(Unreachable) as refused:
        _send(port, Request("GET", "https://elsewhere.example/"))
    assert refused.value.executed is False


def test_calls_are_counted_by_method_and_account() -> None:
    _, port = _port()
    _send(port)
    _send(port)
    _send(port, Request("GET", "https://api.echo.example/posts", query={"gid": "g"}))
    assert port.calls == {CallName("echo", "publish", "g"): 2, CallName("echo", "posts", "g"): 1}


def test_a_knob_waits_strikes_and_stops_by_count() -> None:
    _, port = _port(Fault(FaultKind.EMPTY, method="pub*", after=1, times=2))
    assert [len(_send(port).body) == 0 for _ in range(5)] == [False, True, True, False, False]
    assert [kind for _, kind in port.faces.faults.happened] == [FaultKind.EMPTY] * 2


def test_a_knob_for_another_account_does_not_strike() -> None:
    _, port = _port(Fault(FaultKind.EMPTY, account="h", times=None))
    assert _send(port).body


def test_chance_is_seeded() -> None:
    def run(seed: int) -> list[bool]:
        faults = Faults(Fault(FaultKind.EMPTY, chance=0.5, times=None), seed=seed)
        return [faults.pick(CallName("a", "b", "c")) is not None for _ in range(64)]

    assert run(1) == run(1)
    assert run(1) != run(2)
    assert 10 < sum(run(1)) < 54


def test_sleeping_moves_the_world() -> None:
    world, port = _port()
    drive(port.sleep(90))
    assert (world.now() - NOW).total_seconds() == 90


async def _pace(port: AsyncSandboxPort, order: list[tuple[str, float]]) -> None:
    def job(name: str, seconds: float) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            await port.sleep(seconds)
            order.append((name, port.now()))

        return run

    await port.together([job("late", 3), job("early", 1), job("between", 2)], width=3)


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_sleepers_of_the_asynchronous_port_wake_in_order_and_share_the_time(backend: str) -> None:
    world = _world()
    order: list[tuple[str, float]] = []
    anyio.run(_pace, AsyncSandboxPort({"echo": EchoFace(world)}), order, backend=backend)
    assert order == [("early", 1), ("between", 2), ("late", 3)]


async def _fail(port: AsyncSandboxPort, started: list[int]) -> None:
    def job(number: int) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            started.append(number)
            await port.sleep(1)
            if number == 0:
                raise KeyError(number)

        return run

    await port.together([job(number) for number in range(6)], width=2)


def test_the_first_error_of_a_job_ends_the_run() -> None:
    started: list[int] = []
    with pytest.raises(KeyError):
        anyio.run(_fail, AsyncSandboxPort({"echo": EchoFace(_world())}), started)
    assert started == [0, 1]


def test_both_ports_answer_alike() -> None:
    blocking = _send(_port()[1])
    asynchronous = AsyncSandboxPort({"echo": EchoFace(_world())})

    async def ask() -> Any:
        return await asynchronous.send(PUBLISH, timeout=10)

    assert anyio.run(ask) == blocking
