"""Ploshchad through its interface: what it can do, and doing it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import quote

from munsocial.errors import CapabilityMissing, DraftRefused, NotFound, Problem
from munsocial.model.accounts import NetworkAccount
from munsocial.model.content import Ban, Comment, Post, Profile
from munsocial.network import Ability, Adapter, Capabilities, Draft, Limits, Page, PostId, absent, manual, native
from munsocial.transport.addresses import check_base_url
from munsocial.transport.port import Answer, Request
from munsocial.transport.session import Call, Pace, Repeat
from munsocial.wording import Text
from munsocial_ploshchad import wire

T = TypeVar("T")

TEXT = 4_000
KEYS = ("page_key",)


class Ploshchad(Adapter):
    """The invented network, whole."""

    name = "ploshchad"
    title = "Площадь"
    version = "0.1.0"
    api = "1"
    capabilities = Capabilities(
        {
            **dict.fromkeys(
                (
                    Ability.READ_PROFILE,
                    Ability.RESOLVE_HANDLE,
                    Ability.LIST_POSTS,
                    Ability.LIST_COMMENTS,
                    Ability.READ_BANS,
                    Ability.DELETE_POST,
                    Ability.DELETE_COMMENT,
                    Ability.BAN,
                    Ability.UNBAN,
                ),
                native(keys=KEYS, limits=Limits(page=50)),
            ),
            Ability.PUBLISH: native(keys=KEYS, limits=Limits(text=TEXT, media=0), keyed=True),
            Ability.REPLY: native(keys=KEYS, limits=Limits(text=TEXT), keyed=True),
            Ability.PIN_POST: manual(
                Text("У сети нет такого метода.", "The network has no such method."),
                Text("Откройте {link} и нажмите «Закрепить».", "Open {link} and press «Закрепить»."),
            ),
            Ability.SCHEDULE: absent(Text("Отложить публикацию сеть не умеет.", "The network cannot delay a post.")),
        },
        formats=frozenset({"text"}),
        features=frozenset({"description", "avatar"}),
    )

    async def read_profile(self, account: NetworkAccount) -> Profile:
        """See a page."""
        return wire.profile(await self._get("page", f"pages/{await self._id(account)}", wire.WirePage, account))

    async def resolve_handle(self, handle: str) -> str | None:
        """Return the id to which a handle leads now."""
        try:
            return (await self._get("resolve", f"handles/{quote(handle, safe='')}", wire.Made, None)).id
        except NotFound:
            return None

    async def list_posts(
        self, account: NetworkAccount, *, since: datetime, until: datetime, cursor: str | None = None
    ) -> Page[Post]:
        """List posts of the window, newest first."""
        page = await self._id(account)
        query = {"since": since.isoformat(), "until": until.isoformat(), "cursor": cursor or ""}
        found = await self._get("posts", f"pages/{page}/posts", wire.Listing[wire.WirePost], account, query)
        return Page(tuple(wire.post(one, page) for one in found.items), found.next)

    async def list_comments(self, account: NetworkAccount, post: str, *, cursor: str | None = None) -> Page[Comment]:
        """List comments of a post."""
        path = f"pages/{await self._id(account)}/posts/{post}/comments"
        found = await self._get("comments", path, wire.Listing[wire.WireComment], account, {"cursor": cursor or ""})
        return Page(tuple(wire.comment(one, post) for one in found.items), found.next)

    async def read_bans(self, account: NetworkAccount, *, cursor: str | None = None) -> Page[Ban]:
        """List the black list."""
        path = f"pages/{await self._id(account)}/bans"
        found = await self._get("bans", path, wire.Listing[wire.WireBan], account, {"cursor": cursor or ""})
        return Page(tuple(wire.ban(one) for one in found.items), found.next)

    async def publish(self, account: NetworkAccount, draft: Draft, *, key: str) -> PostId:
        """Publish; the same ``key`` never publishes twice."""
        text = draft.text_for(self.name)
        if not text.strip() or len(text) > TEXT or draft.media or draft.poll or draft.link or draft.publish_at:
            raise _refused(f"Нужен текст до {TEXT} знаков без вложений.", f"A text up to {TEXT} characters is needed.")
        path = f"pages/{await self._id(account)}/posts"
        made = await self._write("publish", "POST", path, wire.Made, account, {"text": text}, key)
        return PostId(id=made.id)

    async def delete_post(self, account: NetworkAccount, post: str) -> None:
        """Delete a post; one that is gone is no error."""
        await self._remove("delete_post", f"pages/{await self._id(account)}/posts/{post}", account)

    async def reply(
        self,
        account: NetworkAccount,
        text: str,
        *,
        post: str,
        to: str | None = None,
        under: NetworkAccount | None = None,
        key: str,
    ) -> str:
        """Answer under a post in the name of the page."""
        if not text.strip() or len(text) > TEXT:
            raise _refused(f"Ответ пуст или длиннее {TEXT} знаков.", f"The answer is empty or over {TEXT} characters.")
        path = f"pages/{await self._id(under or account)}/posts/{post}/comments"
        body = {"text": text, "answers": to}
        return (await self._write("reply", "POST", path, wire.Made, account, body, key)).id

    async def delete_comment(self, account: NetworkAccount, comment: str) -> None:
        """Delete a comment; one that is gone is no error."""
        await self._remove("delete_comment", f"pages/{await self._id(account)}/comments/{comment}", account)

    async def ban(
        self,
        account: NetworkAccount,
        user: str,
        *,
        ground: str,
        until: datetime | None,
        note: str = "",
        show_note: bool = False,
    ) -> None:
        """Put a user into the black list; the network has no note."""
        path = f"pages/{await self._id(account)}/bans/{user}"
        body = {"reason": ground, "until": until.isoformat() if until else None}
        await self._write("ban", "PUT", path, wire.WireBan, account, body, f"ban-{user}-{until}")

    async def unban(self, account: NetworkAccount, user: str) -> None:
        """End a ban; one that has ended is no error."""
        await self._remove("unban", f"pages/{await self._id(account)}/bans/{user}", account)

    async def _id(self, account: NetworkAccount) -> str:
        found = account.network_id or await self.resolve_handle(account.handle)
        if not found:
            raise NotFound(Text("Страница не найдена.", "The page is not found."), account=account.id)
        return found

    async def _get(
        self,
        method: str,
        path: str,
        kind: type[T],
        account: NetworkAccount | None,
        query: Mapping[str, str] | None = None,
    ) -> T:
        given = {name: value for name, value in (query or {}).items() if value}
        return await self._send(method, Request("GET", self._url(path), query=given), kind, account, Repeat.READ)

    async def _write(
        self, method: str, verb: str, path: str, kind: type[T], account: NetworkAccount, body: Any, key: str
    ) -> T:
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        content = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        request = Request(verb, self._url(path), headers=headers, content=content)
        return await self._send(method, request, kind, account, Repeat.KEYED)

    async def _remove(self, method: str, path: str, account: NetworkAccount) -> None:
        try:
            await self._write(method, "DELETE", path, type(None), account, None, path)
        except NotFound:
            return

    async def _send(
        self, method: str, request: Request, kind: type[T], account: NetworkAccount | None, repeat: Repeat
    ) -> T:
        id = account.id if account else ""
        key = next(iter((*self.keys.of(id, KEYS), *self.keys.any_of(KEYS))), None)
        if key is None:
            remedy = Text("Нужен ключ вида page_key.", "A key of the kind page_key is needed.")
            raise CapabilityMissing(Text("Нет ключа страницы.", "There is no key."), where=self.name, remedy=remedy)
        secret = key.reveal()
        headers = {**request.headers, "Authorization": f"Bearer {secret}"}
        sent = Request(
            request.method, request.url, headers, query=request.query, content=request.content, secrets=(secret,)
        )
        decode: Callable[[Answer], T] = wire.reader(kind)
        pace = Pace(f"{self.name}:{key.reference}", 5)
        return await self.session.call(Call(sent, decode, method, id, pace, repeat))

    def _url(self, path: str) -> str:
        base = str(self.equipment.settings.get("base_url", "https://api.ploshchad.example"))
        return f"{check_base_url(base).rstrip('/')}/v1/{path}"


def _refused(ru: str, en: str) -> DraftRefused:
    remedy = Text("Измените публикацию.", "Change it.")
    return DraftRefused(Text(ru, en), (Problem("publication", "ploshchad", "text", Text(ru, en), remedy),))
