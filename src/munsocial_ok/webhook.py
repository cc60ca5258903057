"""Events of group messages: a pure function from what came to events and an answer. Knows no server.

OK signs nothing. What protects: an address nobody can guess, the source networks of OK where they are known to the
server, and that an event is only a hint: the message is to be read through the API before anything is done with it.
Events come again until they are answered 200 within five seconds, so work is done later, and repeats are dropped by id.
After eight hours without a 200 OK may drop the subscription, so a true event is never refused for what it is about.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from pydantic import TypeAdapter

from munsocial.errors import NetworkError
from munsocial.model.content import Message
from munsocial.transport.port import Answer
from munsocial_ok.answers import json_of, reader
from munsocial_ok.graph_wire import GraphMessage, message_of

__all__ = ["SOURCES", "MessageEvent", "Received", "receive"]

SOURCES = tuple(ipaddress.ip_network(one) for one in ("217.20.145.192/28", "217.20.151.160/28", "217.20.153.48/28"))
"""Networks that events come from by the vendor's page; they may change."""

_CREATED, _CALLBACK = "MESSAGE_CREATED", "MESSAGE_CALLBACK"
_MAX_BODY = 1 << 20
_EVENT = reader(TypeAdapter(GraphMessage))


@dataclass(frozen=True, slots=True)
class MessageEvent:
    """Something that happened in the group's messages; ``kind`` in OK's own words."""

    kind: str
    id: str
    """By which repeats are known: of a new message its own id, of what happened to one later (a press) another."""
    message: Message | None
    """None: OK left out when or where it was written; it is found by reading the messages through the API."""
    payload: str | None = None
    """What the pressed button carries."""


@dataclass(frozen=True, slots=True)
class Received:
    """What to answer, and what happened; ``events`` is empty for repeats and for what is refused."""

    status: int
    events: tuple[MessageEvent, ...] = ()


def receive(
    body: bytes, *, path: str, secret_path: str, source: str | None = None, seen: Collection[str] = ()
) -> Received:
    """Read one request to the webhook.

    ``secret_path`` is the path that was subscribed; ``source`` the address of the sender, None when a proxy hides it;
    ``seen`` the ids of earlier events. 404 for a stranger, 400 for what is no event, else 200.
    """
    if not _same_path(path, secret_path):
        return Received(404)
    if source is not None and not _from_ok(source):
        return Received(404)
    if len(body) > _MAX_BODY:
        return Received(400)
    try:
        event = _event(_EVENT(Answer(200, {}, body)).value)
    except NetworkError:
        return Received(200 if _is_of_another_kind(body) else 400)
    if event is None:
        # Readable but of another kind (a system event): answered, so that it does not come again.
        return Received(200)
    return Received(200, () if event.id in seen else (event,))


def _same_path(path: str, secret_path: str) -> bool:
    try:
        asked = urlsplit(path).path
    except ValueError:
        return False  # "//[" and the like: scanners ask for anything
    return hmac.compare_digest(_octets(asked), _octets(urlsplit(secret_path).path))


def _octets(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _is_of_another_kind(body: bytes) -> bool:
    """Tell whether this is an event of OK that is about no message, as those of whole chats, whose shape is unknown."""
    try:
        event = json_of(Answer(200, {}, body))
    except NetworkError:
        return False
    kind = event.get("webhookType") if isinstance(event, dict) else None
    return isinstance(kind, str) and kind not in ("", _CREATED, _CALLBACK)


def _from_ok(source: str) -> bool:
    try:
        address = ipaddress.ip_address(source)
    except ValueError:
        return False
    # A server that listens to both kinds of addresses names those of the older kind inside the newer.
    address = getattr(address, "ipv4_mapped", None) or address
    return any(address in network for network in SOURCES)


def _event(one: GraphMessage) -> MessageEvent | None:
    message = message_of(one)
    payload = one.payload if one.payload is not None else one.message.payload
    # Older pages show events without their kind: a button's load tells a callback.
    kind = one.webhookType or (_CALLBACK if payload is not None else _CREATED)
    if message is None and kind not in (_CREATED, _CALLBACK):
        return None
    id = one.message.mid if kind == _CREATED else _id_of(kind, one, payload)
    return MessageEvent(kind, id, message, payload if isinstance(payload, str) else None)


def _id_of(kind: str, one: GraphMessage, payload: Any) -> str:
    """Return the id of what happened to a message: a press bears the id of the message that was seen long ago."""
    told = json.dumps([kind, one.timestamp, one.sender.user_id, payload], sort_keys=True)
    return f"{one.message.mid}/{hashlib.sha256(told.encode()).hexdigest()[:32]}"
