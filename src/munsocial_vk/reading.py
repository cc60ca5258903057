"""Reading one thing at a time: the abilities of VK that look and change nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any

from munsocial.errors import NotFound, PermissionDenied
from munsocial.model.accounts import AccountKind, NetworkAccount
from munsocial.model.content import Ban, Comment, Link, Manager, Message, Post, Profile, Stats
from munsocial.model.snapshot import AccountView
from munsocial.network.drafts import Page, Window
from munsocial.wording import Text
from munsocial_vk import wire
from munsocial_vk.base import VkBase, placed
from munsocial_vk.collecting import collect
from munsocial_vk.decode import (
    bans_of,
    comments_of,
    id_in,
    links_of,
    managers_of,
    messages_of,
    moment,
    posts_of,
    subscriptions_of,
)
from munsocial_vk.listing import WallQuery, offset_in, queries_in, queries_out
from munsocial_vk.places import group_id, owner_id, post_of
from munsocial_vk.profile import GROUP_FIELDS, USER_FIELDS, profile_of_group, profile_of_user
from munsocial_vk.statistics import stats_of, stats_params
from munsocial_vk.viewing import NO_LINKS_SHOWN

__all__ = ["Reading"]

_MAX_PAGES = 200
"""A network that repeats itself must not hold us for ever."""
_USERS = list[wire.Loose[wire.User]]


class Reading(VkBase):
    """Profile, handles, posts, comments, links, managers, bans, statistics, messages."""

    async def read_profile(self, account: NetworkAccount) -> Profile:
        """Read a community or a person's page."""
        seen = await self._page(account)
        profile = profile_of_user(seen) if isinstance(seen, wire.User) else profile_of_group(seen)
        if profile is None:
            raise self._nobody(account)
        return profile

    async def _page(self, account: NetworkAccount) -> wire.Group | wire.User:
        name = account.network_id.removeprefix("-") or account.handle
        if account.kind is AccountKind.PROFILE:
            params = {"user_ids": name, "fields": USER_FIELDS}
            users = await self.calls.call(account.id, "users.get", _USERS, params, _same)
            found: wire.Group | wire.User | None = next(iter(users), None)
        else:
            params = {"group_ids": name, "fields": GROUP_FIELDS}
            reply = await self.calls.call(account.id, "groups.getById", wire.GroupReply, params, _same)
            found = next(iter(reply.groups or ()), None)
        if found is None:
            raise self._nobody(account)
        return found

    async def resolve_handle(self, handle: str) -> str | None:
        """Find the number behind a short name or an address; a person and a community may bear the same number."""
        name = handle.strip().rstrip("/").rpartition("/")[2]
        if number := id_in(f"vk.com/{name}"):
            return number
        shape = wire.Resolved | list[Any]
        try:
            found = await self.calls.call("", "utils.resolveScreenName", shape, {"screen_name": name}, _same)
        except NotFound:
            return None
        # Older versions answer an empty list when nothing is found.
        return str(found.object_id) if isinstance(found, wire.Resolved) and found.object_id is not None else None

    async def list_posts(
        self, account: NetworkAccount, *, since: datetime, until: datetime, cursor: str | None = None
    ) -> Page[Post]:
        """List the wall; the pinned post comes first whatever its date. The cursor is an offset."""
        del until  # newer posts come first: they have to be passed anyway
        owner: int | str = owner_id(account) if account.network_id else account.handle
        query = WallQuery(owner, offset=offset_in(cursor))
        reply = await self.calls.call(account.id, "wall.get", wire.WallReply, query.params(), _same)
        kept, following = posts_of(reply), query.following(reply, since)
        return Page(kept.items, str(following.offset) if following else None, kept.gaps)

    @placed
    async def list_waiting(self, account: NetworkAccount, *, suggested: bool = False) -> Page[Post]:
        """List scheduled posts, or those that guests suggested; wants the user key of an administrator."""
        query = WallQuery(owner_id(account), filter="suggests" if suggested else "postponed")
        reply = await self.calls.call(account.id, "wall.get", wire.WallReply, query.params(), _same)
        kept = posts_of(reply)
        return Page(kept.items, gaps=kept.gaps)

    @placed
    async def list_comments(self, account: NetworkAccount, post: str, *, cursor: str | None = None) -> Page[Comment]:
        """List comments with their threads, under a post (``17``), ``photo:5``, ``video:77`` or ``board:9``."""
        queries = queries_in(cursor, post_of(account, post))
        query, rest = queries[0], queries[1:]
        method = query.spot.method("getComments")
        reply = await self.calls.call(account.id, method, wire.CommentReply, query.params(), _same)
        thread = None if query.thread is None else str(query.thread)
        kept = comments_of(reply, post=query.spot.post, owner=query.spot.owner, thread=thread)
        return Page(kept.items, queries_out(rest + query.following(reply)), kept.gaps)

    async def read_links(self, account: NetworkAccount) -> tuple[Link, ...]:
        """Read the block of links of a community, or what a person is subscribed to."""
        if account.kind is AccountKind.PROFILE:
            return await self._subscriptions(account)
        seen = await self._page(account)
        if isinstance(seen, wire.Group) and seen.links is not None:
            return links_of(seen)
        raise PermissionDenied(Text(NO_LINKS_SHOWN.ru, NO_LINKS_SHOWN.en), network="vk", account=account.id)

    @placed
    async def _subscriptions(self, account: NetworkAccount) -> tuple[Link, ...]:
        links: tuple[Link, ...] = ()
        offset = 0
        for _ in range(_MAX_PAGES):
            params = {"user_id": owner_id(account), "extended": True, "count": 200, "offset": offset or None}
            shape = wire.SubscriptionsReply
            reply = await self.calls.call(account.id, "users.getSubscriptions", shape, params, _same)
            links, offset = links + subscriptions_of(reply), offset + len(reply.items or ())
            if not reply.items or offset >= (reply.count or 0):
                break
        return links

    @placed
    async def read_managers(self, account: NetworkAccount) -> tuple[Manager, ...]:
        """Read persons with roles: creator, administrator, editor, moderator, advertiser."""
        params = {"group_id": group_id(account), "filter": "managers", "count": 1000, "fields": "screen_name"}
        reply = await self.calls.call(account.id, "groups.getMembers", wire.MembersReply, params, _same)
        return managers_of(reply.items).items

    @placed
    async def read_bans(self, account: NetworkAccount, *, cursor: str | None = None) -> Page[Ban]:
        """Read the black list; the cursor is an offset."""
        offset = offset_in(cursor)
        params = {"group_id": group_id(account), "count": 200, "offset": offset or None}
        reply = await self.calls.call(account.id, "groups.getBanned", wire.BannedReply, params, _same)
        kept, end = bans_of(reply), offset + len(reply.items or ())
        more = bool(reply.items) and end < (reply.count or 0)
        return Page(kept.items, str(end) if more else None, kept.gaps)

    @placed
    async def read_stats(self, account: NetworkAccount, window: Window) -> Stats:
        """Read figures of a page for a span of time, by days of VK's own zone."""
        shape = list[wire.Loose[wire.StatsPeriod]]
        params = stats_params(group_id(account), window)
        return await self.calls.call(account.id, "stats.get", shape, params, lambda found: stats_of(found, window))

    @placed
    async def list_messages(
        self, account: NetworkAccount, *, since: datetime, cursor: str | None = None
    ) -> Page[Message]:
        """List messages newest first, dialog by dialog; the cursor is ``peer:offset`` of dialogs still to be read."""
        if cursor is None:
            return await self._dialogs(account, since)
        head, _, rest = cursor.partition(" ")
        peer, _, shown = head.partition(":")
        offset = offset_in(shown)
        params = {"peer_id": peer, "group_id": group_id(account), "count": 200, "offset": offset or None}
        reply = await self.calls.call(account.id, "messages.getHistory", wire.HistoryReply, params, _same)
        kept, end = messages_of(reply.items), offset + len(reply.items or ())
        inside = tuple(one for one in kept.items if one.at >= since)
        more = len(inside) == len(kept.items) > 0 and end < (reply.count or 0)
        left = " ".join(part for part in (f"{peer}:{end}" if more else "", rest) if part)
        return Page(inside, left or None, kept.gaps)

    async def _dialogs(self, account: NetworkAccount, since: datetime) -> Page[Message]:
        """Find the dialogs with something new; VK lists those of the latest message first."""
        peers: list[str] = []
        offset = 0
        for _ in range(_MAX_PAGES):
            params = {"group_id": group_id(account), "count": 200, "offset": offset or None}
            reply = await self.calls.call(account.id, "messages.getConversations", wire.Dialogs, params, _same)
            recent = [one for one in reply.items or () if one is not None and _peer_since(one, since)]
            peers += [str(_peer_since(one, since)) for one in recent]
            offset += len(reply.items or ())
            if not recent or offset >= (reply.count or 0):
                break
        return Page((), " ".join(f"{peer}:0" for peer in dict.fromkeys(peers)) or None)

    async def collect_many(
        self, accounts: Sequence[NetworkAccount], window: Window, want: frozenset[str]
    ) -> AsyncIterator[AccountView]:
        """Read many accounts packed: 20 communities with 7 commented posts each take 7 calls."""
        packed = collect(self.calls, accounts, window, want, now=self.moment, can=self._can)
        by_id = {account.id: account for account in accounts}
        async for view in packed:
            if "messages" in want:
                yield await self._with_messages(view, by_id[view.account], window)
            else:
                yield view

    async def _with_messages(self, view: AccountView, account: NetworkAccount, window: Window) -> AccountView:
        from munsocial.model.snapshot import Observed
        from munsocial.network.missing import CAUGHT, missing_of

        found: list[Message] = []
        try:
            page = await self.list_messages(account, since=window.since)
            while page.cursor:
                page = await self.list_messages(account, since=window.since, cursor=page.cursor)
                found.extend(one for one in page.items if one.at < window.until)
            seen = Observed[tuple[Message, ...]](value=tuple(found), at=self.moment(), through="vk:messages.getHistory")
        except CAUGHT as error:
            seen = Observed[tuple[Message, ...]](missing=missing_of(error))
        return view.model_copy(update={"messages": seen})


def _same(value: Any) -> Any:
    return value


def _peer_since(dialog: wire.Dialog, since: datetime) -> int | None:
    last = dialog.last_message
    at = moment(last.date) if last is not None else None
    return last.peer_id if last is not None and at is not None and at >= since else None
