"""Reading one thing at a time: the abilities of VK that look and change nothing."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from munsocial.errors import NotFound, PermissionDenied
from munsocial.model.accounts import AccountKind, NetworkAccount
from munsocial.model.content import Ban, Comment, Link, Manager, Message, Post, Profile, Stats
from munsocial.model.snapshot import AccountView, Missing
from munsocial.network.drafts import Page, Window
from munsocial.wording import Text
from munsocial_vk import wire
from munsocial_vk.base import VkBase, placed
from munsocial_vk.collecting import collect
from munsocial_vk.decode import (
    bans_of,
    blocked_of,
    comments_of,
    groups_of,
    handle_in,
    id_in,
    links_of,
    managers_of,
    messages_of,
    moment,
    posts_of,
    subscriptions_of,
)
from munsocial_vk.envelope import opener
from munsocial_vk.listing import AGAIN, WallQuery, place_in, queries_in, queries_out, unshown
from munsocial_vk.methods import USER, Method, method_of
from munsocial_vk.places import group_id, number_of, owner_id, post_of
from munsocial_vk.profile import GROUP_FIELDS, USER_FIELDS, profile_of_group, profile_of_user
from munsocial_vk.statistics import stats_of, stats_params
from munsocial_vk.viewing import NO_LINKS_SHOWN

__all__ = ["Reading"]

_MAX_PAGES = 200
"""A network that repeats itself must not hold us for ever."""
_POST_OF_GROUP = re.compile(r"(?:^|[/=])wall-(\d{1,18})_\d")
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
            users = await self.calls.get(account.id, "users.get", _USERS, params)
            found: wire.Group | wire.User | None = next(iter(users), None)
        else:
            params = {"group_ids": name, "fields": GROUP_FIELDS}
            found = next(
                iter(await self.calls.call(account.id, "groups.getById", wire.Groups, params, groups_of)), None
            )
        known = account.network_id.removeprefix("-")
        if found is None or (known and found.id is not None and str(found.id) != known):
            raise self._nobody(account)
        return found

    async def resolve_handle(self, handle: str) -> str | None:
        """Find the number behind a short name or an address; a person and a community may bear the same number."""
        of_post, address = (
            _POST_OF_GROUP.search(handle),
            handle.strip() if "/" in handle else f"vk.com/{handle.strip()}",
        )
        if number := of_post[1] if of_post else id_in(address) or id_in(address, person=True):
            return number
        name = handle_in(handle.strip()) or handle.strip().rstrip("/").rpartition("/")[2]
        shape = wire.Resolved | list[Any]
        try:
            found = await self.calls.get("", "utils.resolveScreenName", shape, {"screen_name": name})
        except NotFound:
            return None
        # Older versions answer an empty list when nothing is found.
        return str(found.object_id) if isinstance(found, wire.Resolved) and found.object_id is not None else None

    async def list_posts(
        self, account: NetworkAccount, *, since: datetime, until: datetime, cursor: str | None = None
    ) -> Page[Post]:
        """List the wall; the pinned post comes first whatever its date. The cursor is an offset."""
        del until  # newer posts come first: they have to be passed anyway
        owner: int | str = owner_id(account) if number_of(account) else account.handle
        return await self._wall(account, WallQuery(owner).at(cursor), since)

    async def _wall(
        self, account: NetworkAccount, query: WallQuery, since: datetime, method: Method | None = None
    ) -> Page[Post]:
        decode = opener(wire.WallReply, _same, method="wall.get")
        reply = await self.calls.first_serving(account.id, method or method_of("wall.get"), query.params(), decode)
        kept, following = posts_of(reply), query.following(reply, since)
        gaps = [*kept.gaps, *unshown(reply, query.offset, "posts"), *([AGAIN] if query.is_again(reply) else ())]
        return Page(kept.items, following.out() if following else None, tuple(gaps))

    @placed
    async def list_waiting(
        self, account: NetworkAccount, *, suggested: bool = False, cursor: str | None = None
    ) -> Page[Post]:
        """List scheduled posts, or those that guests suggested; wants the user key of an administrator."""
        query = WallQuery(owner_id(account), filter="suggests" if suggested else "postponed")
        # What is not public yet a service key does not see; VK may say so by an empty list.
        method = replace(method_of("wall.get"), kinds=(USER,), right="wall")
        return await self._wall(account, query.at(cursor), datetime.min.replace(tzinfo=UTC), method)

    @placed
    async def list_comments(self, account: NetworkAccount, post: str, *, cursor: str | None = None) -> Page[Comment]:
        """List comments with their threads, under a post (``17``), ``photo:5``, ``video:77`` or ``board:9``."""
        queries = queries_in(cursor, post_of(account, post))
        query, rest = queries[0], queries[1:]
        method = query.spot.method("getComments")
        reply = await self.calls.get(account.id, method, wire.CommentReply, query.params())
        thread = None if query.thread is None else str(query.thread)
        kept = comments_of(reply, post=query.spot.post, owner=query.spot.owner, thread=thread)
        gaps = [*kept.gaps, *unshown(reply, query.offset, query.spot.post)]
        gaps += [AGAIN] if query.is_again(reply) else []
        return Page(kept.items, queries_out(rest + query.following(reply)), tuple(gaps))

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
        links: dict[str | None, Link] = {}
        cursor: str | None = None
        for _ in range(_MAX_PAGES):
            place = place_in(cursor)
            params = {"user_id": owner_id(account), "extended": True, "count": 200, "offset": place.offset or None}
            shape = wire.SubscriptionsReply
            reply = await self.calls.get(account.id, "users.getSubscriptions", shape, params)
            found = subscriptions_of(reply)
            links |= {one.network_id: one for one in found}
            cursor = place.following([one.network_id or "" for one in found], reply.count, len(reply.items or ()))
            if cursor is None:
                break
        return tuple(links.values())

    @placed
    async def read_managers(self, account: NetworkAccount) -> tuple[Manager, ...]:
        """Read persons with roles: creator, administrator, editor, moderator, advertiser.

        Raises:
            PermissionDenied: VK named persons and hid the role of one, so that the list would not be whole.
        """
        params = {"group_id": group_id(account), "filter": "managers", "count": 1000, "fields": "screen_name"}
        reply = await self.calls.get(account.id, "groups.getMembers", wire.MembersReply, params)
        kept = managers_of(reply.items)
        if kept.gaps or unshown(reply, 0, "managers"):
            raise PermissionDenied(
                Text("ВКонтакте не показала роли руководителей.", "VK did not show the roles of managers."),
                network="vk",
                method="groups.getMembers",
                account=account.id,
                remedy=Text("Нужен ключ администратора сообщества.", "The key of an administrator is wanted."),
            )
        return kept.items

    @placed
    async def read_bans(self, account: NetworkAccount, *, cursor: str | None = None) -> Page[Ban]:
        """Read the black list of a community, or whom a person has blocked."""
        place = place_in(cursor)
        params: dict[str, Any] = {"count": 200, "offset": place.offset or None}
        if account.kind is AccountKind.PROFILE:
            shape: Any = wire.BlockedReply
            reply = await self.calls.get(account.id, "account.getBanned", shape, params)
            kept = blocked_of(reply)
        else:
            params |= {"group_id": group_id(account)}
            reply = await self.calls.get(account.id, "groups.getBanned", wire.BannedReply, params)
            kept = bans_of(reply)
        onward = place.following([one.user_id for one in kept.items], reply.count, len(reply.items or ()))
        return Page(kept.items, onward, (*kept.gaps, *unshown(reply, place.offset, "bans")))

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
        """List messages newest first, dialog by dialog; the cursor is ``peer:place`` of dialogs still to be read."""
        if cursor is None:
            return await self._dialogs(account, since)
        head, _, rest = cursor.partition(" ")
        peer, _, shown = head.partition(":")
        place = place_in(shown)
        params = {"peer_id": peer, "group_id": group_id(account), "count": 200, "offset": place.offset or None}
        reply = await self.calls.get(account.id, "messages.getHistory", wire.HistoryReply, params)
        kept = messages_of(reply.items)
        inside = tuple(one for one in kept.items if one.at >= since)
        onward = place.following([one.id for one in kept.items], reply.count, len(reply.items or ()))
        more = onward if len(inside) == len(kept.items) else None
        left = " ".join(part for part in (f"{peer}:{more}" if more else "", rest) if part)
        return Page(inside, left or None, (*kept.gaps, *unshown(reply, place.offset, peer)))

    async def _dialogs(self, account: NetworkAccount, since: datetime) -> Page[Message]:
        """Find the dialogs with something new; VK lists those of the latest message first."""
        peers: dict[str, None] = {}
        gaps: list[Missing] = []
        cursor: str | None = None
        for _ in range(_MAX_PAGES):
            place = place_in(cursor)
            params = {"group_id": group_id(account), "count": 200, "offset": place.offset or None}
            reply = await self.calls.get(account.id, "messages.getConversations", wire.Dialogs, params)
            recent = [peer for one in reply.items or () if one is not None and (peer := _peer_since(one, since))]
            gaps += unshown(reply, place.offset, "messages")
            cursor = place.following(recent, reply.count, len(reply.items or ()))
            fresh = [peer for peer in recent if peer not in peers]
            peers |= dict.fromkeys(fresh)
            if not fresh or cursor is None:
                break
        return Page((), " ".join(f"{peer}:0" for peer in peers) or None, tuple(gaps))

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


def _peer_since(dialog: wire.Dialog, since: datetime) -> str | None:
    """Return the peer of a dialog with something new; what does not say when it was is taken for new."""
    last, peer = dialog.last_message, dialog.conversation.peer if dialog.conversation else None
    at = moment(last.date) if last is not None else None
    number = (last.peer_id if last is not None else None) or (peer.id if peer is not None else None)
    return str(number) if number and (at is None or at >= since) else None
