"""Ploshchad through its interface: what it can do, and doing it."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import quote

from munsocial.errors import CapabilityMissing, DraftRefused, NotFound, Problem
from munsocial.model.accounts import NetworkAccount as Account
from munsocial.model.content import Ban, Comment, Post, Profile
from munsocial.network import Ability, Adapter, Capabilities, Draft, Limits, Page, PostId, absent, manual, native
from munsocial.transport.addresses import check_base_url
from munsocial.transport.port import Request
from munsocial.transport.session import Call, Pace, Repeat
from munsocial.wording import Text
from munsocial_ploshchad import wire

T = TypeVar("T")
Path = tuple[str, ...]
BASE, TEXT, KEYS = "https://api.ploshchad.example", 4_000, ("page_key",)
_DONE = (Ability.DELETE_POST, Ability.DELETE_COMMENT, Ability.BAN, Ability.UNBAN)
_READ = (Ability.READ_PROFILE, Ability.RESOLVE_HANDLE, Ability.LIST_POSTS, Ability.LIST_COMMENTS, Ability.READ_BANS)


class Ploshchad(Adapter):
    """The invented network, whole."""

    name = "ploshchad"
    title = "Площадь"
    version = "0.1.0"
    api = "1"
    capabilities = Capabilities(
        {
            **dict.fromkeys((*_READ, *_DONE), native(keys=KEYS, limits=Limits(page=50))),
            Ability.PUBLISH: native(keys=KEYS, limits=Limits(text=TEXT, media=0), keyed=True),
            Ability.REPLY: native(keys=KEYS, limits=Limits(text=TEXT), keyed=True),
            Ability.PIN_POST: manual(
                Text("У сети нет такого метода.", "The network has no such method."),
                Text("Откройте {link} и нажмите «Закрепить».", "Open {link} and press «Закрепить»."),
            ),
            Ability.SCHEDULE: absent(Text("Отложить публикацию сеть не умеет.", "The network cannot delay a post.")),
        },
        features=frozenset({"description", "avatar"}),
    )

    async def read_profile(self, account: Account) -> Profile:
        return (await self._get("page", ("pages", await self._id(account)), wire.WirePage, account)).model()

    async def resolve_handle(self, handle: str) -> str | None:
        with suppress(NotFound):
            return (await self._get("resolve", ("handles", handle), wire.Made, None)).id
        return None

    async def list_posts(
        self, account: Account, *, since: datetime, until: datetime, cursor: str | None = None
    ) -> Page[Post]:
        page, span = await self._id(account), {"since": since.isoformat(), "until": until.isoformat(), "cursor": cursor}
        found = await self._get("posts", ("pages", page, "posts"), wire.Listing[wire.WirePost], account, **span)
        return Page(tuple(one.model(page) for one in found.items), found.next)

    async def list_comments(self, account: Account, post: str, *, cursor: str | None = None) -> Page[Comment]:
        path = ("pages", await self._id(account), "posts", post, "comments")
        found = await self._get("comments", path, wire.Listing[wire.WireComment], account, cursor=cursor)
        return Page(tuple(one.model(post, path[1]) for one in found.items), found.next)

    async def read_bans(self, account: Account, *, cursor: str | None = None) -> Page[Ban]:
        path = ("pages", await self._id(account), "bans")
        found = await self._get("bans", path, wire.Listing[wire.WireBan], account, cursor=cursor)
        return Page(tuple(one.model() for one in found.items), found.next)

    async def publish(self, account: Account, draft: Draft, *, key: str) -> PostId:
        text = _fitting(draft.text_for(self.name))
        if draft.media or draft.poll or draft.link or draft.publish_at or draft.comments_closed:
            raise _refused("Сеть принимает только текст, сразу.", "The network takes nothing but texts, at once.")
        path = ("pages", await self._id(account), "posts")
        return PostId(id=(await self._write("publish", "POST", path, wire.Made, account, {"text": text}, key)).id)

    async def reply(
        self, account: Account, text: str, *, post: str, to: str | None = None, under: Account | None = None, key: str
    ) -> str:
        body = {"text": _fitting(text), "answers": to}
        path = ("pages", await self._id(under or account), "posts", post, "comments")
        return (await self._write("reply", "POST", path, wire.Made, account, body, key)).id

    async def delete_post(self, account: Account, post: str) -> None:
        await self._remove("delete_post", ("pages", await self._id(account), "posts", post), account)

    async def delete_comment(self, account: Account, comment: str) -> None:
        await self._remove("delete_comment", ("pages", await self._id(account), "comments", comment), account)

    async def ban(self, account: Account, user: str, *, ground: str, until: datetime | None, **_notes: object) -> None:
        path = ("pages", await self._id(account), "bans", user)
        term = {"reason": ground, "until": until.isoformat() if until else None}
        await self._write("ban", "PUT", path, wire.WireBan, account, term, f"ban-{user}-{until}-{ground}")

    async def unban(self, account: Account, user: str) -> None:
        await self._remove("unban", ("pages", await self._id(account), "bans", user), account)

    async def _id(self, account: Account) -> str:
        if found := account.network_id or await self.resolve_handle(account.handle):
            return found
        raise NotFound(Text("Страница не найдена.", "The page is not found."), account=account.id)

    async def _get(self, method: str, path: Path, kind: type[T], account: Account | None, **query: str | None) -> T:
        given = {name: value for name, value in query.items() if value}
        return await self._send(method, "GET", path, kind, account, Repeat.READ, query=given)

    async def _write(self, name: str, verb: str, path: Path, kind: type[T], account: Account, body: Any, key: str) -> T:
        """Write under an idempotency key: Ploshchad drops a repetition, so a lost answer may be asked for again."""
        headers = {"Content-Type": "application/json", "Idempotency-Key": quote(key, safe="")}
        content = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        return await self._send(name, verb, path, kind, account, Repeat.KEYED, headers=headers, content=content)

    async def _remove(self, method: str, path: Path, account: Account) -> None:
        with suppress(NotFound):  # what is gone already is no error
            await self._write(method, "DELETE", path, type(None), account, None, "/".join(path))

    async def _send(
        self, method: str, verb: str, path: Path, kind: type[T], account: Account | None, repeat: Repeat, **parts: Any
    ) -> T:
        id = account.id if account else ""
        others = self.keys.any_of(KEYS) if repeat is Repeat.READ else ()  # a page is changed with its own key
        key = next(iter((*self.keys.of(id, KEYS), *others)), None)
        if key is None:
            remedy = Text("Нужен ключ вида page_key.", "A key of the kind page_key is needed.")
            raise CapabilityMissing(Text("Нет ключа страницы.", "There is no key."), where=self.name, remedy=remedy)
        secret = key.reveal()
        base = check_base_url(str(self.equipment.settings.get("base_url", BASE))).rstrip("/")
        url = "/".join((base, "v1", *(quote(part, safe="") for part in path)))  # an id may hold any sign
        headers = {"Authorization": f"Bearer {secret}"} | parts.pop("headers", {})
        request = Request(verb, url, headers, secrets=(secret,), **parts)
        return await self.session.call(Call(request, wire.reader(kind), method, id, Pace(key.reference, 5), repeat))


def _fitting(text: str) -> str:
    if not text.strip() or len(text) > TEXT:
        raise _refused(f"Нужен текст до {TEXT} знаков.", f"A text of up to {TEXT} characters is needed.")
    return text


def _refused(ru: str, en: str) -> DraftRefused:
    remedy = Text("Измените публикацию.", "Change it.")
    return DraftRefused(Text(ru, en), (Problem("publication", "ploshchad", "text", Text(ru, en), remedy),))
