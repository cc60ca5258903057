"""Events of group messages: what a stranger on the network may send, and what OK sends."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from munsocial_ok.webhook import receive

EVENT = {
    "sender": {"user_id": "user:500000000001", "name": "Анна Примерова"},
    "recipient": {"chat_id": "chat:C0000000aa"},
    "message": {"text": "Здравствуйте", "seq": 98211023614189660, "mid": "mid:C0000000aa.1"},
    "timestamp": 1764000000000,
}
PATH = "/hook/l0ng-and-secret"


def hook(event: Any, **facts: Any) -> Any:
    body = event if isinstance(event, bytes) else json.dumps(event).encode()
    return receive(body, **{"path": PATH, "secret_path": PATH, **facts})


def test_an_event_is_a_message_once() -> None:
    received = hook(EVENT, source="217.20.145.200")
    assert received.status == 200
    (event,) = received.events
    assert (event.kind, event.id, event.message.text) == ("MESSAGE_CREATED", "mid:C0000000aa.1", "Здравствуйте")
    assert event.message.author_id == "500000000001"
    assert hook(EVENT, seen={event.id}).events == ()
    assert hook(EVENT, seen={event.id}).status == 200


@pytest.mark.parametrize("source", ["217.20.145.200", "::ffff:217.20.145.200", "::ffff:d914:91c8"])
def test_an_event_comes_from_the_networks_of_ok_however_the_server_writes_them(source: str) -> None:
    assert hook(EVENT, source=source).status == 200


def test_each_press_of_a_button_is_told_once_though_its_message_was_seen() -> None:
    (created,) = hook(EVENT).events
    press = {**EVENT, "webhookType": "MESSAGE_CALLBACK", "payload": "yes", "timestamp": 1764000005000}
    presses = [press, {**press, "payload": "no"}, {**press, "timestamp": 1764000009000}, {**press, "payload": {"a": 1}}]
    seen = {created.id}
    for one in presses:
        (event,) = hook(one, seen=seen).events
        assert (event.kind, event.message.id) == ("MESSAGE_CALLBACK", "mid:C0000000aa.1")
        seen.add(event.id)
    assert len(seen) == 5
    assert all(hook(one, seen=seen).events == () for one in [EVENT, *presses])


@pytest.mark.parametrize("place", ["top", "message"])
def test_a_pressed_button_carries_its_load_wherever_it_stands(place: str) -> None:
    event = json.loads(json.dumps(EVENT))
    (event if place == "top" else event["message"])["payload"] = "yes"
    (found,) = hook(event).events
    assert (found.kind, found.payload) == ("MESSAGE_CALLBACK", "yes")


@pytest.mark.parametrize(
    ("event", "facts", "status"),
    [
        (EVENT, {"path": "/hook/guessed"}, 404),
        (EVENT, {"source": "203.0.113.5"}, 404),
        (EVENT, {"source": "not an address"}, 404),
        (b"<html>", {}, 400),
        (b" " * (2 << 20), {}, 400),
        ({"webhookType": "CHAT_SYSTEM"}, {}, 200),
        ({"webhookType": "MESSAGE_CREATED"}, {}, 400),
        ({"webhookType": ""}, {}, 400),
        ({"webhookType": 5}, {}, 400),
        ({**EVENT, "message": {"mid": "", "text": "да"}}, {}, 400),
        (EVENT, {"path": "//["}, 404),
        (EVENT, {"path": "http://[::1/"}, 404),
        (EVENT, {"path": "//[abc]/x"}, 404),
        (EVENT, {"path": PATH + "\ud800"}, 404),
        (EVENT, {"source": "::ffff:203.0.113.5"}, 404),
        (EVENT, {"source": "2001:db8::1"}, 404),
        ({**EVENT, "webhookType": "CHAT_SYSTEM", "timestamp": None}, {}, 200),
    ],
    ids=[
        "guessed path",
        "strange source",
        "no source",
        "no JSON",
        "too big",
        "about no message",
        "no message",
        "no kind",
        "a strange kind",
        "no id",
        "half an address",
        "half a host",
        "no host",
        "half a letter",
        "strange mapped source",
        "strange newer source",
        "of a chat, no moment",
    ],
)
def test_what_is_no_event_has_no_effect(event: Any, facts: dict[str, Any], status: int) -> None:
    received = hook(event, **facts)
    assert (received.status, received.events) == (status, ())


@pytest.mark.parametrize("kind", [None, "MESSAGE_CREATED", "MESSAGE_CALLBACK"])
@pytest.mark.parametrize(
    "changed",
    [
        {"recipient": None},
        {"recipient": {"chat_id": None, "user_id": "user:5"}},
        {"timestamp": None},
        {"timestamp": "now"},
    ],
    ids=repr,
)
def test_an_event_that_tells_too_little_of_its_message_is_handed_over_once(
    changed: dict[str, Any], kind: str | None
) -> None:
    """The message itself is read by the API; a refusal would come again and in the end cost the subscription."""
    event = {**EVENT, **changed, "webhookType": kind}
    received = hook(event)
    (found,) = received.events
    assert (received.status, found.kind, found.message) == (200, kind or "MESSAGE_CREATED", None)
    assert found.id.startswith("mid:C0000000aa.1")
    assert hook(event, seen={found.id}).events == ()


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_a_webhook_takes_any_bytes(body: bytes) -> None:
    assert hook(body).status in (200, 400)
