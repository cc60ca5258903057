"""Ploshchad's face in the sandbox: the same interface over a world in memory."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from munsocial.sandbox.faces import bearer, fields_of, json_answer, parts_of
from munsocial.sandbox.things import Ban, Comment, Page, Post, Refusal, User
from munsocial.sandbox.world import World
from munsocial.transport.port import Answer, Request

NET = "ploshchad"
SIZE = 50
STATUS = {"bad_key": 401, "forbidden": 403, "not_found": 404, "slow_down": 429, "broken": 500}
FAULTS = {"rate": "slow_down", "key": "bad_key", "permission": "forbidden", "server": "broken"}


class No(Exception):
    """The network refuses, with one of its words."""


class PloshchadFace:
    """The network as its interface shows it."""

    hosts = frozenset({"api.ploshchad.example"})

    def __init__(self, world: World) -> None:
        self.world = world

    def handle(self, request: Request) -> Answer:
        """Answer one request."""
        try:
            owner = self._owner(request)
            return json_answer(self._do(request, parts_of(request)[1:], owner))
        except No as no:
            return _error(str(no))
        except Refusal as no:
            return _error("forbidden" if no.why in ("comments_closed", "is_closed", "is_manager") else "not_found")

    def refuse(self, fault: str, request: Request) -> Answer | None:
        """Return the network's own words for a fault."""
        return _error(FAULTS[fault]) if fault in FAULTS else None

    def _owner(self, request: Request) -> str:
        """Return the id of the page whose key this is."""
        try:
            key = self.world.key(bearer(request))
        except Refusal:
            raise No("bad_key") from None
        if key.network != NET or key.page is None:
            raise No("bad_key")
        return key.page

    def _do(self, request: Request, path: list[str], owner: str) -> Any:
        match (request.method, *path):
            case ("GET", "handles", handle):
                return {"id": self.world.find(NET, handle).id}
            case ("GET", "pages", page):
                return self._page(self.world.page(NET, page))
            case ("GET", "pages", page, "posts"):
                return self._posts(page, fields_of(request))
            case ("GET", "pages", page, "posts", post, "comments"):
                said = self.world.post(NET, page, post).comments
                return self._listed(sorted(said, key=lambda one: one.at), self._comment, fields_of(request))
            case ("POST", "pages", page, "posts", post, "comments"):
                return self._reply(request, page, post, owner)
            case (_, "pages", page, *rest) if page == owner:
                return self._own(request, page, rest)
            case ("POST" | "PUT" | "DELETE", "pages", *_):
                raise No("forbidden")
        raise No("not_found")

    def _own(self, request: Request, page: str, path: list[str]) -> Any:
        """Answer what only the key of the page itself may ask."""
        match (request.method, *path):
            case ("GET", "bans"):
                bans = list(self.world.page(NET, page).bans.values())
                return self._listed(bans, _ban, fields_of(request))
            case ("POST", "posts"):
                text = _text(request)
                return {"id": self.world.publish(NET, page, text, key=_key(request)).id}
            case ("DELETE", "posts", post):
                self._alive(page, post)
                self.world.delete_post(NET, page, post)
            case ("DELETE", "comments", comment):
                self.world.delete_comment(NET, page, comment)
            case ("PUT", "bans", user):
                body = _body(request)
                until = datetime.fromisoformat(body["until"]) if body["until"] else None
                ban = Ban(user, self.world.now(), until, str(body["reason"]))
                self.world.ban(NET, page, ban)
                return _ban(ban)
            case ("DELETE", "bans", user):
                self.world.unban(NET, page, user)
            case _:
                raise No("not_found")
        return None

    def _alive(self, page: str, post: str) -> Post:
        found = self.world.post(NET, page, post)
        if found.state != "published":
            raise No("not_found")
        return found

    def _reply(self, request: Request, page: str, post: str, owner: str) -> Any:
        to, text = _body(request).get("answers"), _text(request)
        one = self.world.comment(NET, page, post, text, author=owner, as_page=True, reply_to=to, key=_key(request))
        return {"id": one.id}

    def _posts(self, page: str, fields: dict[str, str]) -> Any:
        since, until = datetime.fromisoformat(fields["since"]), datetime.fromisoformat(fields["until"])
        posts = [post for post in self.world.wall(NET, page) if since <= post.at < until]
        return self._listed(posts, _post, fields)

    def _listed(self, items: Sequence[Any], shape: Callable[[Any], Any], fields: dict[str, str]) -> Any:
        cursor = fields.get("cursor") or "0"
        if not (cursor.isascii() and cursor.isdecimal()):
            raise No("not_found")
        begin = int(cursor)
        end = begin + SIZE
        some = [shape(item) for item in items[begin:end]]
        return {"items": some, "next": str(end) if end < len(items) else None}

    def _page(self, page: Page) -> Any:
        picture = "https://img.ploshchad.example/1.png" if page.avatar else ""
        return {
            "id": page.id,
            "name": page.name,
            "about": page.description,
            "address": page.handle,
            "picture": picture,
            "followers": page.subscribers,
        }

    def _comment(self, one: Comment) -> Any:
        if one.deleted:
            return {"id": one.id, "at": one.at.isoformat()}
        who: User | Page | None = self.world.users.get((NET, one.author)) or self.world.pages.get((NET, one.author))
        shape = {"id": one.id, "at": one.at.isoformat(), "text": one.text, "author": one.author}
        return {**shape, "name": who.name if who else None, "official": one.as_page, "answers": one.reply_to}


def _post(post: Post) -> Any:
    said = sum(not one.deleted for one in post.comments)
    shape = {"id": post.id, "at": post.at.isoformat(), "text": post.text, "author": post.author, "comments": said}
    parts = [*(["text"] if post.text else []), *(one.kind for one in post.attachments)]
    return {**shape, "parts": parts, "shared": post.kind == "repost"}


def _ban(ban: Ban) -> Any:
    return {"user": ban.user, "until": ban.until.isoformat() if ban.until else None, "reason": ban.reason}


def _body(request: Request) -> dict[str, Any]:
    content = request.content if isinstance(request.content, bytes) else b"{}"
    return dict(json.loads(content))


def _text(request: Request) -> str:
    text = str(_body(request).get("text", ""))
    if not 0 < len(text) <= 4000:
        raise No("too_long")
    return text


def _key(request: Request) -> str:
    return next((value for name, value in request.headers.items() if name.lower() == "idempotency-key"), "")


def _error(word: str) -> Answer:
    return json_answer({"error": word}, status=STATUS.get(word, 400))
