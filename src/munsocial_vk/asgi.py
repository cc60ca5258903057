"""An ASGI application around `Callbacks`: a few lines, for whatever server is at hand."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from munsocial_vk.events import CallbackAnswer, Callbacks, Event

__all__ = ["callback_app"]

_LARGEST = 1024 * 1024
_Receive = Callable[[], Awaitable[dict[str, Any]]]
_Send = Callable[[dict[str, Any]], Awaitable[None]]


def callback_app(
    callbacks: Callbacks, keep: Callable[[Event], Awaitable[None]]
) -> Callable[..., Coroutine[Any, Any, None]]:
    """Return an application that hands each new event to ``keep`` before it answers ``ok``.

    ``keep`` should only put the event away. If it fails, VK gets 500 and sends the event again; so it does when it is
    broken off. A repeat that comes while ``keep`` is at work gets 503: nobody knows yet whether it will succeed.
    """

    async def app(scope: dict[str, Any], receive: _Receive, send: _Send) -> None:
        if scope["type"] != "http":
            return
        body = await _whole(receive)
        posted = scope["method"] == "POST"
        answer = callbacks.receive(body, holding=True) if posted else CallbackAnswer(405, "POST only")
        if answer.event is not None:
            try:
                await _kept(callbacks, keep, answer.event)
            except Exception:
                await _send_text(send, CallbackAnswer(500, "failed"))
                raise
        await _send_text(send, answer)

    return app


async def _kept(callbacks: Callbacks, keep: Callable[[Event], Awaitable[None]], event: Event) -> None:
    try:
        await keep(event)
    except BaseException:
        # Also when the server breaks the work off because whoever asked has gone away.
        callbacks.forget(event)
        raise
    callbacks.kept(event)


async def _whole(receive: _Receive) -> bytes:
    """Read a body, but no more than an event can have: a longer one is read as too long."""
    body = bytearray()  # octets would be copied whole for each piece, and pieces may be of one octet
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > _LARGEST or not message.get("more_body"):
            return bytes(body)


async def _send_text(send: _Send, answer: CallbackAnswer) -> None:
    headers = [(name.encode(), value.encode()) for name, value in (("content-type", "text/plain"), *answer.headers)]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.text.encode()})
