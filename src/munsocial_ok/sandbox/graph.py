"""The Graph API of the face: private messages of a group, with the group's own token in the address."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from munsocial.sandbox.things import Page
from munsocial.transport.port import Request
from munsocial_ok.sandbox import shapes
from munsocial_ok.sandbox.calls import OkRefusal

if TYPE_CHECKING:
    from munsocial_ok.sandbox.face import OkFace

__all__ = ["graph_answer"]

_TYPES = frozenset({"MESSAGE_CREATED", "MESSAGE_CALLBACK", "CHAT_SYSTEM"})


def graph_answer(face: OkFace, path: str, fields: Mapping[str, str], request: Request) -> Any:
    """Answer one call of the Graph API."""
    key = face.world.keys.get(fields.get("access_token", ""))
    if key is None or key.network != "ok" or key.page is None or key.revoked:
        raise OkRefusal(103, "Invalid group token")
    page = face.world.page("ok", key.page)
    call = _Graph(face, page, fields, request)
    post = request.method == "POST"
    calls: dict[tuple[str, bool], Callable[[], Any]] = {
        ("me/info", False): call.info,
        ("me/chats", False): call.chats,
        ("me/subscriptions", False): call.subscriptions,
        ("me/subscribe", True): call.subscribe,
        ("me/unsubscribe", True): call.unsubscribe,
    }
    if (path, post) in calls:
        return calls[path, post]()
    if path.startswith("me/messages/"):
        chat = unquote(path.removeprefix("me/messages/"))
        return call.send(chat) if post else call.messages(chat)
    raise OkRefusal(2001, f"Unknown request {path}")


class _Graph:
    def __init__(self, face: OkFace, page: Page, fields: Mapping[str, str], request: Request) -> None:
        self.face = face
        self.page = page
        self.fields = fields
        self.request = request

    def info(self) -> Any:
        return {"name": self.page.name, "group_id": f"group:{self.page.id}"}

    def chats(self) -> Any:
        peers = sorted(self.page.dialogs)
        begin, count = self._number("marker", 0), self._number("count", 100)
        if not 1 <= count <= 100:
            raise OkRefusal(2001, "count")
        answer: dict[str, Any] = {"chats": [self._chat(peer) for peer in peers[begin : begin + count]]}
        if begin + count < len(peers):
            answer["marker"] = str(begin + count)
        return answer

    def _chat(self, peer: str) -> Any:
        last = shapes.millis(self.page.dialogs[peer][-1].at)
        return {
            "chat_id": f"chat:C{peer}",
            "type": "DIALOG",
            "status": "ACTIVE",
            "participants": {f"user:{peer}": last, f"group:{self.page.id}": last},
            "lastEventTime": last,
        }

    def messages(self, chat: str) -> Any:
        peer = self._peer(chat)
        later, earlier = self._number("from", 10**15), self._number("to", 0)
        if later < earlier:
            raise OkRefusal(2001, "from must be later than to")
        person = self.face.world.users.get(("ok", peer))
        inside = [
            one
            for one in reversed(self.page.dialogs[peer])
            if not one.deleted and earlier <= shapes.millis(one.at) <= later
        ]
        rows = [shapes.message(one, self.page, person.name if person else "") for one in inside]
        return {"messages": rows[: self._number("count", 100)]}

    def send(self, chat: str) -> Any:
        body = self._body()
        if "sender_action" in body:
            for one in self.page.dialogs[self._peer(chat)]:
                one.read = True
            return {"success": True}
        text = body.get("message", {}).get("text")
        if body.get("recipient", {}).get("chat_id") != chat or not isinstance(text, str) or not text:
            raise OkRefusal(2001, "recipient and message.text are expected")
        self.face.world.send_message("ok", self.page.id, self._peer(chat), text)
        return {"success": True}

    def subscriptions(self) -> Any:
        return {"subscriptions": [{"time": 0, "url": url} for url in self._webhooks()]}

    def subscribe(self) -> Any:
        body = self._body()
        url = body.get("url")
        if not isinstance(url, str) or not url.startswith("https://") or not set(body.get("types", [])) <= _TYPES:
            raise OkRefusal(2001, "url and types")
        if url not in self._webhooks():
            self._webhooks().append(url)
        return {"success": True}

    def unsubscribe(self) -> Any:
        url = str(self._body().get("url"))
        known = url in self._webhooks()
        if known:
            self._webhooks().remove(url)
        return {"success": known}

    def _webhooks(self) -> list[str]:
        return self.face.webhooks.setdefault(self.page.id, [])

    def _peer(self, chat: str) -> str:
        peer = chat.removeprefix("chat:C")
        if not chat.startswith("chat:C") or peer not in self.page.dialogs:
            raise OkRefusal(705, "Chat not found")
        return peer

    def _number(self, name: str, default: int) -> int:
        text = self.fields.get(name, str(default))
        if not text.isdecimal() or len(text) > 18:
            raise OkRefusal(2001, name)
        return int(text)

    def _body(self) -> dict[str, Any]:
        try:
            body = json.loads(self.request.content if isinstance(self.request.content, bytes) else b"")
        except ValueError:
            raise OkRefusal(2001, "Body is no JSON") from None
        if not isinstance(body, dict):
            raise OkRefusal(2001, "Body is no object")
        return body
