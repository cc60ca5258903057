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

    ``keep`` should only put the event away. If it fails, VK gets 500 and sends the event again.
    """

    async def app(scope: dict[str, Any], receive: _Receive, send: _Send) -> None:
        if scope["type"] != "http":
            return
        body = await _whole(receive)
        answer = callbacks.receive(body) if scope["method"] == "POST" else CallbackAnswer(405, "POST only")
        try:
            if answer.event is not None:
                await keep(answer.event)
        except Exception:
            if answer.event is not None:
                callbacks.forget(answer.event)
            await _send_text(send, CallbackAnswer(500, "failed"))
            raise
        await _send_text(send, answer)

    return app


async def _whole(receive: _Receive) -> bytes:
    """Read a body, but no more than an event can have: a longer one is read as too long."""
    body: bytes = b""
    while True:
        message = await receive()
        body += bytes(message.get("body", b""))
        if len(body) > _LARGEST or not message.get("more_body"):
            return body


async def _send_text(send: _Send, answer: CallbackAnswer) -> None:
    headers = [(name.encode(), value.encode()) for name, value in (("content-type", "text/plain"), *answer.headers)]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.text.encode()})
