"""Turns at a key: spacing, fairness, holds, jumping clocks. Time is handed in, nothing waits."""

from __future__ import annotations

import asyncio
import gc
import json
import threading
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faulty_server import FaultyServer, answer, say, serving
from munsocial.errors import RateLimited
from munsocial.transport import AsyncPort, BlockingPort, Call, Pace, Pacer, Repeat, Request, Session, drive
from munsocial.transport.pace import Ticket


def run_queue(pacer: Pacer, tickets: list[tuple[str, Ticket]], now: float = 0.0) -> list[tuple[float, str]]:
    """Let all wait in virtual time; return starts with their accounts."""
    wakes = [(now, number) for number in range(len(tickets))]
    starts: list[tuple[float, str]] = []
    while wakes:
        wakes.sort()
        moment, number = wakes.pop(0)
        account, ticket = tickets[number]
        wait = pacer.delay(ticket, moment)
        if wait == 0.0:
            starts.append((moment, account))
        else:
            wakes.append((moment + wait, number))
    return starts


@given(st.integers(1, 40), st.sampled_from([1.0, 3.0, 20.0]))
def test_starts_are_spaced_and_no_time_is_lost(count: int, rate: float) -> None:
    pacer = Pacer()
    tickets = [("a", pacer.join(Pace("k", rate), "a")) for _ in range(count)]
    moments = [moment for moment, _ in run_queue(pacer, tickets)]
    assert all(later - earlier >= 1 / rate for earlier, later in pairwise(moments))
    assert moments[-1] <= (count - 1) / rate / 0.95 + 1e-6


def test_an_account_with_one_call_does_not_stand_behind_anothers_hundred() -> None:
    pacer = Pacer()
    pace = Pace("k", 3)
    tickets = [("many", pacer.join(pace, "many")) for _ in range(100)] + [("one", pacer.join(pace, "one"))]
    order = [account for _, account in run_queue(pacer, tickets)]
    assert order.index("one") <= 1


def test_keys_do_not_wait_for_each_other() -> None:
    pacer = Pacer()
    assert [pacer.delay(pacer.join(Pace(f"key-{n}", 3), "a"), 0.0) for n in range(50)] == [0.0] * 50


def test_who_leaves_gives_his_place_away() -> None:
    pacer = Pacer()
    first, second, third = (pacer.join(Pace("k", 1), "a") for _ in range(3))
    assert pacer.delay(first, 0.0) == 0.0
    pacer.leave(second)
    pacer.leave(second)
    assert pacer.delay(third, 0.0) == pytest.approx(1.015 * 1.034)  # the first one opens the connection


@pytest.mark.parametrize("jump", [-1e6, -10.0, 1e6])
def test_a_clock_that_jumps_freezes_no_key(jump: float) -> None:
    pacer = Pacer()
    assert pacer.delay(pacer.join(Pace("k", 3), "a"), 1000.0) == 0.0
    pacer.hold("k", 5.0, 1000.0)
    assert pacer.delay(pacer.join(Pace("k", 3), "a"), 1000.0 + jump) <= 5.0 + 0.34


@pytest.mark.parametrize("rate", [0, -1, float("inf"), float("nan")])
def test_a_pace_is_a_positive_number(rate: float) -> None:
    with pytest.raises(ValueError, match="pace"):
        Pace("k", rate)


def _calls(base: str, key: str, account: str = "a") -> Call[object]:
    request = Request("POST", f"{base}/good")
    return Call(request, lambda got: json.loads(got.body), "m", account, Pace(key, 50), Repeat.READ)


def test_threads_and_tasks_share_a_key() -> None:
    pacer = Pacer()
    with serving({"/good": say(answer())}) as server:

        def in_threads() -> None:
            with BlockingPort() as port:
                session = Session(port, network="vk", pacer=pacer)

                async def job() -> None:
                    await session.call(_calls(server.base, "k", "threads"))

                drive(session.together([job] * 10, width=4))

        async def in_tasks() -> None:
            async with AsyncPort() as port:
                session = Session(port, network="vk", pacer=pacer)
                await asyncio.gather(*(session.call(_calls(server.base, "k", "tasks")) for _ in range(10)))

        thread = threading.Thread(target=in_threads)
        thread.start()
        asyncio.run(in_tasks())
        thread.join()
        starts = sorted(server.starts)
    assert len(starts) == 20
    # With a pace for each it would be 9 / 50. A busy computer may notice the first call some hundredths late.
    assert starts[-1] - starts[0] >= 15 / 50


def test_fifty_accounts_of_different_keys_at_once_with_no_thread() -> None:
    release = threading.Event()
    inside = threading.Semaphore(0)

    def wait(server: object, link: object) -> None:
        inside.release()
        release.wait(10)
        link.sendall(answer())  # type: ignore[attr-defined]  # a socket

    threads: list[set[str]] = []

    async def main() -> int:
        async with AsyncPort() as port:
            session = Session(port, network="vk")
            tasks = [asyncio.create_task(session.call(_calls(server.base, f"k{n}", f"a{n}"))) for n in range(50)]
            while len(server.seen) < 50:
                await asyncio.sleep(0.01)
            threads.append({one.name for one in threading.enumerate() if "_serve" not in one.name})
            release.set()
            return len(await asyncio.gather(*tasks))

    before = {one.name for one in threading.enumerate() if "_serve" not in one.name}
    with serving({"/good": wait}) as server:
        assert asyncio.run(main()) == 50
    assert {name for name in threads[0] - before if "_accept" not in name} == set()


def test_a_cancelled_call_leaves_the_queue_and_the_port_usable() -> None:
    pacer = Pacer()

    async def main() -> None:
        async with AsyncPort() as port:
            session = Session(port, network="vk", pacer=pacer)
            hanging = [asyncio.create_task(session.call(_slow(server.base))) for _ in range(5)]
            await asyncio.sleep(0.1)
            for task in hanging:
                task.cancel()
            ended = await asyncio.gather(*hanging, return_exceptions=True)
            assert all(isinstance(one, asyncio.CancelledError) for one in ended)
            await session.call(_calls(server.base, "k"))
            assert given_up == []

    def _slow(base: str) -> Call[object]:
        return Call(Request("POST", f"{base}/silence"), lambda got: got.status, "m", "a", Pace("k", 20), Repeat.READ)

    given_up: list[bool] = []

    def silent(server: FaultyServer, link: object) -> None:
        given_up.append(server.ended.wait(60))

    with serving({"/good": say(answer()), "/silence": silent}) as server:
        asyncio.run(main())


def test_a_refusal_by_rate_holds_the_key_for_everybody() -> None:
    refused = say(answer(b"", "429 Too Many Requests", "Retry-After: 3600"))
    with serving({"/429": refused, "/good": say(answer())}) as server, BlockingPort() as port:
        session = Session(port, network="vk")
        first = Call(Request("POST", f"{server.base}/429"), lambda got: got.status, "m", "a", Pace("k", 50))
        with pytest.raises(RateLimited) as caught:
            drive(session.call(first))
        assert caught.value.retry_after == 3600
        with pytest.raises(RateLimited) as second:
            drive(session.call(_calls(server.base, "k", "b")))
        assert second.value.executed is False
        assert len(server.seen) == 1
        assert drive(session.call(_calls(server.base, "other", "b"))) == {"response": 1}


# anyio before 4.16 may leave a socket to the collector when its connecting is cancelled in the last step.
@pytest.mark.filterwarnings("ignore:Exception ignored in. <function _Sel:pytest.PytestUnraisableExceptionWarning")
def test_cancellation_at_any_moment_loses_no_connection() -> None:
    async def main() -> list[object]:
        async with AsyncPort() as port:
            session = Session(port, network="vk")
            call = Call(Request("POST", f"{server.base}/good"), lambda got: got.status, "m", repeat=Repeat.READ)
            for wait in range(60):
                tasks = [asyncio.create_task(session.call(call)) for _ in range(4)]
                for task in tasks:
                    for _ in range(wait % 15):
                        await asyncio.sleep(0)
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
            pools = list(port._pools.values())
            return [one for pool in pools for one in pool.connections if not (one.is_idle() or one.is_closed())]

    with serving({"/good": say(answer())}) as server:
        assert asyncio.run(main()) == []
    gc.collect()  # so that what it finds is told here and not in some later test
