"""Events that must not be lost, and servers of events that must not hold us: what is under way, repeated or stuck."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from munsocial.errors import Unreachable, UnreadableAnswer
from munsocial.transport.port import Answer, drive
from munsocial_vk.asgi import callback_app
from munsocial_vk.events import Callbacks, Event
from vk_world import NOW, account, scripted

RAW = {"id": 5, "date": int(NOW.timestamp()), "post_id": 1, "owner_id": -1, "from_id": 5, "text": "Когда?"}
TOLD = {"type": "wall_reply_new", "event_id": "e1", "group_id": 1, "object": RAW}
BODY = json.dumps(TOLD | {"secret": "s"}).encode()


class Requests:
    """Requests of VK with one event to an application; ``answers`` holds the statuses in their order."""

    def __init__(self, keep: Callable[[Event], Awaitable[None]]) -> None:
        self.app = callback_app(Callbacks("1", "s", "c0de"), keep)
        self.answers: list[int] = []

    async def again(self) -> None:
        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": BODY}

        async def send(message: dict[str, Any]) -> None:
            self.answers += [message["status"]] if "status" in message else []

        await self.app({"type": "http", "method": "POST"}, receive, send)


def test_an_event_whose_keeping_was_broken_off_is_taken_when_it_comes_again() -> None:
    kept: list[str] = []
    slow = [True]

    async def run() -> list[int]:
        begun = asyncio.Event()

        async def keep(event: Event) -> None:
            begun.set()
            if slow:
                await asyncio.Event().wait()
            kept.append(event.id)

        requests = Requests(keep)
        first = asyncio.create_task(requests.again())
        await begun.wait()
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        slow.clear()
        await requests.again()
        await requests.again()
        return requests.answers

    assert (asyncio.run(run()), kept) == ([200, 200], ["e1"])


@pytest.mark.parametrize(("fails", "answers", "kept"), [(True, [503, 500, 200], 1), (False, [503, 200, 200], 1)])
def test_a_repeat_of_what_is_under_way_is_asked_to_come_later(fails: bool, answers: list[int], kept: int) -> None:
    done: list[str] = []
    failing = [fails]

    async def run() -> list[int]:
        begun, go = asyncio.Event(), asyncio.Event()

        async def keep(event: Event) -> None:
            begun.set()
            await go.wait()
            if failing.pop() if failing else False:
                raise OSError("the disk is full")
            done.append(event.id)

        requests = Requests(keep)
        first = asyncio.create_task(requests.again())
        await begun.wait()
        await requests.again()
        go.set()
        await asyncio.wait([first])
        assert isinstance(first.exception(), OSError) is fails
        await requests.again()
        return requests.answers

    assert (asyncio.run(run()), len(done)) == (answers, kept)


SERVER = {"server": "https://lp.vk.ru/wh1", "key": "k", "ts": "1"}


def heard(*answers: Any) -> tuple[list[tuple[str, str]], Any]:
    """Listen to answers in turn, the last one for ever, to the end; return kinds and ids of the events."""
    left = list(answers)
    adapter, port = scripted("community", groups_getLongPollServer=SERVER)
    port.answers["wh1"] = lambda _: json.dumps(left.pop(0) if len(left) > 1 else left[0]).encode()
    events: list[tuple[str, str]] = []

    async def take() -> None:
        async for event in adapter.listen(account()):
            events.append((event.kind, event.id))
            assert len(events) < 50, "the same comes again and again"

    with pytest.raises(UnreadableAnswer):
        drive(take())
    return events, port


async def first(adapter: Any) -> Event:
    event: Event = await anext(adapter.listen(account()))
    return event


@pytest.mark.parametrize("status", [404, 410])
def test_for_a_server_that_is_gone_a_new_one_is_asked_for(status: int) -> None:
    servers = iter([SERVER, {"server": "https://lp.vk.ru/wh2", "key": "k2", "ts": "9"}])
    adapter, port = scripted("community", groups_getLongPollServer=lambda _: next(servers))
    port.answers["wh1"] = Answer(status, {}, b"not found")
    port.answers["wh2"] = json.dumps({"ts": "2", "updates": [TOLD]}).encode()

    assert drive(first(adapter)).id == "e1"
    calls = [(method, fields.get("key"), fields.get("ts")) for method, fields in port.asked]
    server = "groups.getLongPollServer"
    # It goes on from where it was: what came meanwhile is not lost.
    assert calls == [(server, None, None), ("wh1", "k", "1"), (server, None, None), ("wh2", "k2", "1")]


def test_a_server_of_events_that_is_always_gone_ends_the_listening() -> None:
    adapter, port = scripted("community", groups_getLongPollServer=SERVER)
    port.answers["wh1"] = Answer(404, {}, b"")

    with pytest.raises(Unreachable):
        drive(first(adapter))
    assert [method for method, _ in port.asked].count("wh1") == 8


@pytest.mark.parametrize("ts", ["1", 1, None])
def test_a_server_that_does_not_move_on_has_failed(ts: Any) -> None:
    events, port = heard({"ts": ts, "updates": [TOLD]})
    assert (events, port.sent) == ([("wall_reply_new", "e1")], 9)
    assert port.clock > 120


def test_an_event_that_is_given_again_comes_once() -> None:
    other = {"type": "group_join", "event_id": "e2", "object": {"user_id": 5}}
    nothing = {"failed": 77}
    events, _ = heard({"ts": "2", "updates": [TOLD, other]}, {"ts": "3", "updates": [other, TOLD]}, nothing)
    assert [one for one in events if one[1]] == [("wall_reply_new", "e1"), ("group_join", "e2")]
