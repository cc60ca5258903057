"""Events: what is foreign is refused, what comes twice is dropped, what was lost is told."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from munsocial.errors import UnreadableAnswer, UnsafeAddress
from munsocial.model.content import Comment, Message, Post
from munsocial.transport.port import drive
from munsocial_vk.asgi import callback_app
from munsocial_vk.events import Callbacks, Event
from munsocial_vk.longpoll import LOST
from munsocial_vk.sandbox.events import event_body
from vk_schema import Drawn, schema
from vk_world import NOW, account, connect, make_world, scripted


def callbacks(**changes: Any) -> Callbacks:
    return Callbacks(**{"group_id": "123", "secret": "s", "confirmation": "c0de", **changes})


def body(**changes: Any) -> bytes:
    told = {"id": 31, "from_id": 555, "post_id": 17, "post_owner_id": -123, "date": 1700000100, "text": "Когда?"}
    event = {"type": "wall_reply_new", "event_id": "e1", "group_id": 123, "secret": "s", "object": told, **changes}
    return json.dumps(event).encode()


@pytest.mark.parametrize(
    ("situation", "given", "status", "text"),
    [
        ("an event", body(), 200, "ok"),
        ("confirmation without a secret", body(type="confirmation", secret=None, object=None), 200, "c0de"),
        ("confirmation of another group", body(type="confirmation", group_id=5), 403, "forbidden"),
        ("another secret", body(secret="x"), 403, "forbidden"),
        ("no secret", body(secret=None), 403, "forbidden"),
        ("another group", body(group_id=5), 403, "forbidden"),
        ("no JSON", b"<html>", 400, "bad request"),
        ("a list", b"[]", 400, "bad request"),
        ("too big", b" " * 2_000_000, 413, "too big"),
        ("a kind of tomorrow", body(type="hologram_new"), 200, "ok"),
    ],
)
def test_answers_to_callbacks(situation: str, given: Any, status: int, text: str) -> None:
    answer = callbacks().receive(given)
    assert (answer.status, answer.text) == (status, text), situation


def test_an_event_carries_what_happened_and_comes_once() -> None:
    receiving = callbacks()
    event = receiving.receive(body()).event
    assert event is not None
    assert isinstance(event.what, Comment)
    assert (event.what.id, event.what.post_id, event.what.author_id) == ("31", "17", "555")
    assert receiving.receive(body()).event is None
    receiving.forget(event)
    assert receiving.receive(body()).event is not None


def test_a_busy_receiver_asks_to_come_later() -> None:
    answer = callbacks(busy_seconds=99_999).receive(body())
    assert (answer.status, answer.event) == (503, None)
    assert dict(answer.headers)["retry-after"] == "10799"


def test_without_a_secret_of_ours_nothing_is_accepted() -> None:
    assert callbacks(secret="").receive(body(secret="")).status == 403


@pytest.mark.parametrize("failing", [False, True])
def test_the_application_keeps_before_it_answers(failing: bool) -> None:
    kept: list[Event] = []
    sent: list[dict[str, Any]] = []

    async def keep(event: Event) -> None:
        if failing:
            raise OSError("the disk is full")
        kept.append(event)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body()}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    receiving = callbacks()
    call = callback_app(receiving, keep)({"type": "http", "method": "POST"}, receive, send)
    if failing:
        with pytest.raises(OSError, match="full"):
            drive(call)
        assert receiving.receive(body()).event is not None
    else:
        drive(call)
        assert [one.id for one in kept] == ["e1"]
    assert sent[0]["status"] == (500 if failing else 200)


def test_a_body_that_comes_octet_by_octet_without_end_is_left_at_its_bound() -> None:
    """As long as an event may be it is read once; to copy what has come for each octet would take minutes."""
    sent: list[dict[str, Any]] = []
    asked = 0

    async def receive() -> dict[str, Any]:
        nonlocal asked
        asked += 1
        return {"type": "http.request", "body": b"[", "more_body": True}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def keep(event: Event) -> None:
        raise AssertionError(event)

    drive(callback_app(callbacks(), keep)({"type": "http", "method": "POST"}, receive, send))
    assert sent[0]["status"] == 413
    assert asked == 1024 * 1024 + 1


def test_events_of_the_sandbox_are_read_back() -> None:
    world = make_world()
    post = world.publish("vk", "1", "Новость")
    world.comment("vk", "1", post.id, "Спасибо", author="555")
    world.receive("vk", "1", "555", "Здравствуйте")
    receiving = callbacks(group_id="1")
    told = [event_body(world, one) for one in world.events]
    events = [receiving.receive(json.dumps(one | {"secret": "s"}).encode()).event for one in told if one]
    happened = [one.what for one in events if one is not None]
    assert [type(one) for one in happened] == [Post, Comment, Message]
    assert [one.text for one in happened if one is not None] == ["Новость", "Спасибо", "Здравствуйте"]


class Happening:
    """A port before whose requests for events something happens in the world."""

    def __init__(self, port: Any, deeds: list[Any]) -> None:
        self.port = port
        self.deeds = deeds

    def __getattr__(self, name: str) -> Any:
        return getattr(self.port, name)

    async def send(self, request: Any, *, timeout: float) -> Any:
        if "a_check" in request.query.values() and self.deeds:
            self.deeds.pop(0)()
        return await self.port.send(request, timeout=timeout)


def test_long_poll_gives_events_and_tells_of_lost_ones() -> None:
    world = make_world()
    post = world.publish("vk", "1", "Новость")
    adapter, port = connect(world, "community")
    drive(adapter.start_long_poll(account(), "wall_reply_new"))

    def write(text: str) -> Any:
        return lambda: world.comment("vk", "1", post.id, text, author="555")

    adapter.session.port = Happening(port, [write("Раз"), lambda: None, world.events.clear, write("Два")])

    async def take(count: int) -> list[Event]:
        listening = adapter.listen(account())
        return [await anext(listening) for _ in range(count)]

    first, lost, second = drive(take(3))
    assert lost.kind == LOST
    assert [one.what.text for one in (first, second) if one.what is not None] == ["Раз", "Два"]


def test_what_was_lost_is_found_by_reading_and_nothing_comes_twice() -> None:
    world = make_world()
    post = world.publish("vk", "1", "Старая", at=NOW - timedelta(days=2))
    world.comment("vk", "1", post.id, "Давно", author="555", at=NOW - timedelta(days=1))
    adapter, port = connect(world, "service", "community")

    def gap() -> None:
        world.comment("vk", "1", post.id, "Второй", author="555")
        world.publish("vk", "1", "Новая")
        world.receive("vk", "1", "555", "Здравствуйте")
        world.events.clear()

    first = lambda: world.comment("vk", "1", post.id, "Первый", author="555")  # noqa: E731
    adapter.session.port = Happening(port, [first, lambda: world.clock.sleep(600), gap])

    async def take(count: int) -> list[Event]:
        listening = adapter.listen(account())
        return [await anext(listening) for _ in range(count)]

    told = drive(take(5))
    found = {one.what.text: (one.kind, one.by_reading) for one in told if one.what is not None}
    assert [one.kind for one in told][:2] == ["wall_reply_new", LOST]
    assert found == {
        "Первый": ("wall_reply_new", False),
        "Второй": ("wall_reply_new", True),
        "Новая": ("wall_post_new", True),
        "Здравствуйте": ("message_new", True),
    }


SERVER = {"server": "https://lp.vk.ru/wh1", "key": "k", "ts": "1"}


@pytest.mark.parametrize(
    "answer",
    [
        {"failed": 1},
        {"failed": 2},
        {"failed": 3},
        {"failed": 77},
        {"failed": "x"},
        [],
        b"<html>",
        b"",
        {"ts": None, "updates": "no"},
        {"error": {"error_code": 10}},
    ],
)
def test_a_server_of_events_that_only_fails_ends_the_listening(answer: Any) -> None:
    body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    adapter, port = scripted("service", "community", groups_getLongPollServer=SERVER, wh1=body)

    async def take() -> list[Event]:
        return [event async for event in adapter.listen(account())]

    with pytest.raises(UnreadableAnswer):
        drive(take())
    assert port.sent < 100


def test_a_server_of_events_that_says_nothing_is_not_asked_all_the_time() -> None:
    adapter, port = scripted("community", groups_getLongPollServer=SERVER)
    quiet = iter([{"ts": str(n), "updates": []} for n in range(50)])
    port.answers["wh1"] = lambda _: json.dumps(next(quiet, {"ts": "99", "updates": [{"type": "x"}]})).encode()

    async def take() -> Event:
        return await anext(adapter.listen(account()))

    assert drive(take()).kind == "x"
    assert port.clock >= 50


@pytest.mark.parametrize("server", ["http://lp.vk.ru/wh1", "https://lp.example.org/wh1", "https://127.0.0.1/x", "lp"])
def test_a_server_of_events_elsewhere_is_not_asked(server: str) -> None:
    adapter, port = scripted("community", groups_getLongPollServer={**SERVER, "server": server})

    async def take() -> Event:
        return await anext(adapter.listen(account()))

    with pytest.raises(UnsafeAddress) as caught:
        drive(take())
    assert (caught.value.network, caught.value.method, caught.value.account) == ("vk", "longpoll", "adm1")
    assert port.sent == 1


def test_the_number_of_a_group_may_be_given_as_a_number() -> None:
    assert callbacks(group_id=123).receive(body()).event is not None


@pytest.mark.parametrize("spoiling", [0.0, 0.1])
def test_events_of_every_published_kind_are_taken_spoiled_or_not(spoiling: float) -> None:
    kinds = schema()["callback_events"]
    drawn = Drawn(7, spoiling=spoiling)
    for kind, shape in kinds.items():
        for number in range(20):
            told = drawn.value(schema()["definitions"][shape])
            answer = callbacks().receive(body(type=kind, event_id=f"{kind}-{number}", object=told))
            assert (answer.status, answer.text) == (200, "ok"), (kind, told)
            assert answer.event is not None
            assert answer.event.kind == kind
    assert len(kinds) >= 30
