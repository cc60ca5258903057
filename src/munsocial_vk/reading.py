"""Reading one thing at a time: the abilities of VK that look and change nothing."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar

from munsocial.errors import NotFound, PermissionDenied
from munsocial.model.accounts import AccountKind, NetworkAccount
from munsocial.model.content import Ban, Comment, Link, Manager, Post, Profile, Stats
from munsocial.model.snapshot import AccountView, Why
from munsocial.network.drafts import Page, Window
from munsocial.wording import Text
from munsocial_vk import wire
from munsocial_vk.addresses import handle_in, id_in
from munsocial_vk.base import placed
from munsocial_vk.collecting import collect
from munsocial_vk.decode import (
    bans_of,
    blocked_of,
    comments_of,
    links_of,
    managers_of,
    posts_of,
    subscriptions_of,
)
from munsocial_vk.dialogs import Dialogs
from munsocial_vk.envelope import open_answer, unreadable
from munsocial_vk.errors import tells_gone
from munsocial_vk.listing import (
    ENDLESS,
    MOST_PAGES,
    NO_LIST,
    Progress,
    WallQuery,
    place_in,
    queries_in,
    queries_out,
    unshown,
)
from munsocial_vk.methods import USER, Method, method_of
from munsocial_vk.places import comment_of, group_id, number_of, owner_id, post_of
from munsocial_vk.profile import NO_PAGE, pages_asked, pages_in, profile_of_group, profile_of_user
from munsocial_vk.statistics import stats_of, stats_params
from munsocial_vk.unread import Kept
from munsocial_vk.viewing import NO_LINKS_SHOWN

__all__ = ["Reading"]

T = TypeVar("T")
_POST_OF_GROUP = re.compile(r"(?:^|[/=])wall-(\d{1,18})_\d")
_PAGE = 200
_NO_COMMENT = Text("В ответе нет комментария.", "The answer holds no comment.")


class Reading(Dialogs):
    """Profile, handles, posts, comments, links, managers, bans, statistics; messages are those of `Dialogs`."""

    async def read_profile(self, account: NetworkAccount) -> Profile:
        """Read a community or a person's page."""
        seen = await self._page(account)
        profile = profile_of_user(seen) if isinstance(seen, wire.User) else profile_of_group(seen)
        if profile is None:
            raise self._nobody(account)
        return profile

    async def _page(self, account: NetworkAccount) -> wire.Group | wire.User:
        known = account.network_id.removeprefix("-")
        method, params, shape = pages_asked(account.kind, known or account.handle)
        pages, whole = await self.calls.call(account.id, method, shape, params, pages_in)
        found = next(iter(pages), None)
        if found is None and not whole:
            raise unreadable(NO_PAGE, method=method)
        if found is None or (known and str(found.id) != known):
            raise self._nobody(account)
        return found

    async def resolve_handle(self, handle: str) -> str | None:
        """Find the number behind a short name or an address; a person and a community may bear the same number."""
        if of_post := _POST_OF_GROUP.search(handle):
            return of_post[1]
        handle = handle.strip()
        address = handle if "/" in handle else f"vk.com/{handle}"
        if number := id_in(address) or id_in(address, person=True):
            return number
        name = handle_in(handle) or handle.rstrip("/").rpartition("/")[2]
        try:
            found = await self.calls.get("", "utils.resolveScreenName", wire.Resolution, {"screen_name": name})
        except NotFound:
            return None
        return str(found.object_id) if isinstance(found, wire.Resolved) else None

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
        decode = partial(open_answer, shape=wire.WallReply, method="wall.get")
        reply = await self.calls.first_serving(account.id, method or method_of("wall.get"), query.params(), decode)
        kept = posts_of(reply, query.owner)
        following, cut = query.following(reply, since)
        gaps = (*kept.gaps, *unshown(reply, query.offset, "posts"), *cut)
        return Page(kept.items, following.out() if following else None, gaps)

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
        following, cut = query.following(reply)
        gaps = [*kept.gaps, *query.unshown(reply), *cut]
        left = [replace(one, page=query.page + 1) for one in rest + following]
        if left and query.page >= MOST_PAGES:
            return Page(kept.items, None, (*gaps, ENDLESS))
        return Page(kept.items, queries_out(left), tuple(gaps))

    @placed
    async def read_comment(self, account: NetworkAccount, post: str, comment: str) -> Comment | None:
        """Return one comment as it is now; None when it is gone.

        Raises:
            UnreadableAnswer: the answer shows neither the comment nor that it is gone.
        """
        spot, wanted = post_of(account, post), comment_of(account, comment)
        if spot.place != "wall":
            return await self._look_for(account, post, comment)
        method, params = "wall.getComment", {"owner_id": spot.owner, "comment_id": wanted.comment}
        try:
            reply = await self.calls.get(account.id, method, wire.CommentReply, params)
        except NotFound as error:
            if tells_gone(error):
                return None
            raise
        one = next((one for one in comments_of(reply, post=post, owner=spot.owner).items if one.id == comment), None)
        if one is None:
            raise unreadable(_NO_COMMENT, method=method)
        return None if one.deleted else one

    async def _look_for(self, account: NetworkAccount, post: str, comment: str) -> Comment | None:
        """Look for a comment in the list of its place: only a wall shows a single one."""
        cursor: str | None = None
        whole = True
        while True:
            page = await self.list_comments(account, post, cursor=cursor)
            whole, cursor = whole and not page.gaps, page.cursor
            if one := next((one for one in page.items if one.id == comment), None):
                return None if one.deleted else one
            if cursor is None:
                break
        if not whole:
            raise unreadable(_NO_COMMENT, method=post_of(account, post).method("getComments"))
        return None

    async def read_links(self, account: NetworkAccount) -> tuple[Link, ...]:
        """Read the block of links of a community, or what a person is subscribed to.

        Raises:
            UnreadableAnswer: a row names no address or no community: what is there is not known whole.
            PermissionDenied: VK showed no block of links.
        """
        if account.kind is AccountKind.PROFILE:
            return await self._subscriptions(account)
        seen = await self._page(account)
        if isinstance(seen, wire.Group) and seen.links is not None:
            return _whole(links_of(seen), "groups.getById", account)
        raise PermissionDenied(NO_LINKS_SHOWN.told, network="vk", account=account.id)

    @placed
    async def _subscriptions(self, account: NetworkAccount) -> tuple[Link, ...]:
        """Read all of them or none: a tuple cannot say that something is wanting."""
        links: dict[str | None, Link] = {}
        progress, offset = Progress(_PAGE), 0
        while True:
            params = {"user_id": owner_id(account), "extended": True, "count": _PAGE, "offset": offset or None}
            shape = wire.SubscriptionsReply
            reply = await self.calls.call(account.id, "users.getSubscriptions", shape, params, _listed)
            found = subscriptions_of(reply)
            marks = [one and (one.type, one.id) for one in reply.items]
            onward = progress.step(marks, offset, reply.count, len(marks))
            kept = replace(found, gaps=(*found.gaps, *onward.gaps))
            links |= {one.network_id: one for one in _whole(kept, "users.getSubscriptions", account)}
            if onward.offset is None:
                return tuple(links.values())
            offset = onward.offset

    @placed
    async def read_managers(self, account: NetworkAccount) -> tuple[Manager, ...]:
        """Read persons with roles: creator, administrator, editor, moderator, advertiser.

        Raises:
            UnreadableAnswer: there is no list in the answer, or a row of it names no person.
            PermissionDenied: VK named persons and hid the role of one, so that the list would not be whole.
        """
        params = {"group_id": group_id(account), "filter": "managers", "count": 1000, "fields": "screen_name"}
        reply = await self.calls.call(account.id, "groups.getMembers", wire.MembersReply, params, _listed)
        kept = managers_of(reply.items)
        hidden = any(gap.why is Why.NO_RIGHT for gap in kept.gaps)
        if hidden or unshown(reply, 0, "managers"):
            raise PermissionDenied(
                Text("ВКонтакте не показала роли руководителей.", "VK did not show the roles of managers."),
                network="vk",
                method="groups.getMembers",
                account=account.id,
                remedy=Text("Нужен ключ администратора сообщества.", "The key of an administrator is wanted."),
            )
        return _whole(kept, "groups.getMembers", account)

    @placed
    async def read_bans(self, account: NetworkAccount, *, cursor: str | None = None) -> Page[Ban]:
        """Read the black list of a community, or whom a person has blocked."""
        place = place_in(cursor)
        params: dict[str, Any] = {"count": _PAGE, "offset": place.offset or None}
        if account.kind is AccountKind.PROFILE:
            shape: Any = wire.BlockedReply
            reply = await self.calls.get(account.id, "account.getBanned", shape, params)
            kept = blocked_of(reply)
        else:
            params |= {"group_id": group_id(account)}
            reply = await self.calls.get(account.id, "groups.getBanned", wire.BannedReply, params)
            kept = bans_of(reply)
        ids, shown = [one.user_id for one in kept.items], len(reply.items or ())
        onward, cut = place.following(ids, reply.count, shown, _PAGE)
        return Page(kept.items, onward, (*kept.gaps, *unshown(reply, place.offset, "bans"), *cut))

    @placed
    async def read_stats(self, account: NetworkAccount, window: Window) -> Stats:
        """Read figures of a page for a span of time, by days of VK's own zone."""
        shape = list[wire.Loose[wire.StatsPeriod]]
        params = stats_params(group_id(account), window)
        return await self.calls.call(account.id, "stats.get", shape, params, lambda found: stats_of(found, window))

    async def collect_many(
        self, accounts: Sequence[NetworkAccount], window: Window, want: frozenset[str]
    ) -> AsyncIterator[AccountView]:
        """Read many accounts packed: 20 communities with 7 commented posts each take 7 calls."""
        by_id = {account.id: account for account in accounts}
        async with aclosing(collect(self.calls, accounts, window, want, now=self.moment, can=self._can)) as packed:
            async for view in packed:
                if "messages" in want:
                    seen = await self.all_messages(by_id[view.account], window)
                    yield view.model_copy(update={"messages": seen})
                else:
                    yield view


def _whole(kept: Kept[T], method: str, account: NetworkAccount) -> tuple[T, ...]:
    """Return all items, or raise the first gap: a tuple cannot say that something is wanting."""
    if kept.gaps:
        raise unreadable(kept.gaps[0].told, method=method, account=account.id)
    return kept.items


def _listed(reply: Any) -> Any:
    """Return an answer that holds a list: where the result cannot carry a gap, a list that is wanting is an error."""
    if reply.items is None:
        raise unreadable(NO_LIST.told)
    return reply
