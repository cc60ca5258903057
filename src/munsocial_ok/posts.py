"""Posts of one group in one window: ids from several sources, content in parcels, and what stayed unseen.

With several ids the number of blocks per post is limited to three, so posts that have more are asked for once again,
one by one. Statistics are for administrators, come late, and lack posts that nobody has seen yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import aclosing
from datetime import timedelta
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from munsocial.errors import NetworkError, NotFound, PermissionDenied
from munsocial.model.accounts import NetworkAccount
from munsocial.model.content import Post
from munsocial.model.snapshot import Missing, Why
from munsocial.network.drafts import Page, Window
from munsocial.network.missing import missing_of
from munsocial_ok import decode, wire
from munsocial_ok.answers import reader
from munsocial_ok.unread import part_lost, unreadable

if TYPE_CHECKING:
    from munsocial_ok.base import OkBase

__all__ = ["PostReader"]

_STATS = reader(TypeAdapter(wire.StatTopics))
_TOPICS = reader(TypeAdapter(wire.Topics))

_STAT_FIELDS = ("ID", "CREATED_MS", "VIEWS", "LIKES", "COMMENTS", "RESHARES")
_TOPIC_FIELDS = "media_topic.*"
_STAT_FIGURES = frozenset({"created_ms", "views", "likes", "comments", "reshares"})
_TOPIC_FIGURES = frozenset(
    {"discussion_summary", "like_summary", "reshare_summary", "views_count", "created_ms", "publication_date_ms",
     "delete_id", "entities"}
)  # fmt: skip
"""Fields without which a post is seen all the same; one that has no moment left is noted by itself."""
_BLOCKS = 3
"""What ``media_limit`` allows at most when several posts are asked for; it is mandatory then."""


class PostReader:
    """Reads the posts of one group; made for one listing."""

    def __init__(self, ok: OkBase, account: NetworkAccount, gid: str) -> None:
        self.ok = ok
        self.account = account
        self.gid = gid
        self.stats: dict[str, wire.StatTopic] = {}
        self.topics: dict[str, wire.Topic] = {}
        self.gaps: list[Missing] = []
        self.unsure: set[str] = set()
        """Ids of which something could not be read: that there is no post of them proves nothing."""

    async def page(self, window: Window) -> Page[Post]:
        """Return everything of the window.

        Raises:
            NetworkError: nothing could be read at all.
        """
        known = self._known()
        try:
            await self._statistics(window)
            if not self.stats and not self.gaps:
                self.gaps.append(_no_statistics())  # posts known by other means tell nothing of the others
        except NetworkError as error:
            foreign = self.ok.settings.foreign_topics and isinstance(error, PermissionDenied)
            if not known and not foreign:
                raise
            self.gaps.append(missing_of(error))
            if foreign:
                await self._foreign(window)
        posts = await self.by_ids([*self.stats, *(id for id in known if id not in self.stats)])
        self._late(window)
        return Page(tuple(sorted(posts, key=lambda post: post.at, reverse=True)), None, tuple(self.gaps))

    async def by_ids(self, ids: list[str]) -> list[Post]:
        """Return posts by ids; one without content is deleted if statistics knew it, and left out if nobody did.

        What could not be read is left out, too: a gap tells of it.
        """
        await self._content([id for id in ids if id not in self.topics])
        posts = [self._post(id) for id in ids]
        strange = [id for id in ids if id not in self.stats | self.topics and id not in self.unsure]
        if strange:
            posts.extend(await self._republished(strange))
        return list({post.id: post for post in posts if post is not None}.values())

    async def post(self, id: str) -> Post | None:
        """Return one post; None when it is deleted or hidden.

        Raises:
            UnreadableAnswer: what OK says of it could not be read.
        """
        posts = await self.by_ids([id])
        self._demand_sure(id)
        return next(iter(posts), None)

    async def topic(self, id: str) -> wire.Topic | None:
        """Return one post as OK gives it; None when it is deleted or hidden.

        Raises:
            UnreadableAnswer: what OK says of it could not be read.
        """
        topics = await self.ask([id])
        self._demand_sure(id)
        return next(iter(topics), None)

    def _demand_sure(self, id: str) -> None:
        if id in self.unsure:
            raise part_lost(1, "mediatopic.getByIds", self.account.id)

    def _post(self, id: str) -> Post | None:
        topic, stat = self.topics.get(id), self.stats.get(id)
        if topic is not None:
            return self._dated(id, decode.post_of(topic, self.gid, stat))
        if stat is None or id in self.unsure:
            return None
        return self._dated(id, decode.gone_post(stat, self.gid))

    def _dated(self, id: str, post: Post | None) -> Post | None:
        """Note a post of which nothing tells when it was: it is there, and cannot be shown."""
        if post is None:
            self._lost(1, id)
            self.unsure.add(id)
        return post

    def _known(self) -> list[str]:
        pasted = self.ok.settings.known_posts.get(self.account.id, ())
        ids = (decode.topic_id(address) for address in pasted)
        return list(dict.fromkeys([*(id for id in ids if id), *self.ok.published.get(self.account.id, ())]))

    async def _statistics(self, window: Window) -> None:
        params = {"gid": self.gid, "count": self.ok.settings.page, "fields": _STAT_FIELDS}
        params |= {"start_time": window.since, "end_time": window.until}
        whole = True
        listing = self.ok.calls.pages("group.getStatTopics", _STATS, params, account=self.account.id)
        async with aclosing(listing) as pages:
            async for read, last in pages:
                self._lost(read.unread(_STAT_FIGURES), "posts")
                self.stats |= {one.id: one for one in read.value.topics}
                whole = last or (not read.value.topics and read.value.has_more is None)
                if not read.value.topics:
                    break
        if not whole:
            self._lost(1, "posts")

    async def _foreign(self, window: Window) -> None:
        """List posts of a group that is not ours by a method only third parties describe (off by default)."""
        params = {"gid": self.gid, "count": self.ok.settings.page}
        listing = self.ok.calls.pages("mediatopic.getTopics", _TOPICS, params, account=self.account.id)
        whole = True
        try:
            async with aclosing(listing) as pages:
                async for read, last in pages:
                    topics = read.value.media_topics
                    self._lost(read.unread(_TOPIC_FIGURES), "posts")
                    self.topics |= {one.id: one for one in topics}
                    self.stats |= {one.id: wire.StatTopic(id=one.id, created_ms=one.created_ms) for one in topics}
                    over = _is_before(topics, window)
                    whole = last or over or (not topics and read.value.has_more is None)
                    if over or not topics:
                        break
        except NetworkError as error:
            if not self.topics and not self._known():
                raise
            self.gaps.append(missing_of(error, item="posts"))
            return
        if not whole:
            self._lost(1, "posts")

    async def _content(self, ids: list[str]) -> None:
        size = self.ok.settings.topics_at_once
        for start in range(0, len(ids), size):
            parcel = ids[start : start + size]
            try:
                await self._parcel(parcel)
            except NetworkError as error:
                self._failed(error, parcel)

    def _failed(self, error: NetworkError, ids: list[str]) -> None:
        """Note posts that could not be asked for; what was read before stays, but nothing at all is an error."""
        if not self.topics:
            raise error
        self.gaps.append(missing_of(error, item=",".join(ids)))
        self.unsure.update(ids)

    async def _parcel(self, ids: list[str]) -> None:
        topics = await self.ask(ids)
        self.topics |= {one.id: one for one in topics}
        if len(ids) == 1:
            return
        for topic in topics:
            if topic.has_more or (topic.has_more is None and len(topic.media) >= _BLOCKS):
                self.topics |= {one.id: one for one in await self.ask([topic.id])}

    async def ask(self, ids: list[str]) -> list[wire.Topic]:
        """Return the content of posts by ids; those that are deleted or hidden are absent."""
        params = {
            "topic_ids": ids,
            "fields": _TOPIC_FIELDS,
            "media_limit": _BLOCKS if len(ids) > 1 else None,
        }
        try:
            read = await self.ok.calls.call("mediatopic.getByIds", _TOPICS, params, account=self.account.id)
        except NotFound:
            return []
        self._lost(read.unread(_TOPIC_FIGURES), ",".join(ids) if len(ids) == 1 else "posts")
        topics = [one for one in read.value.media_topics if one.id in ids]
        if read.lost:
            self.unsure.update(set(ids) - {one.id for one in topics})
        return topics

    async def _republished(self, ids: Iterable[str]) -> list[Post | None]:
        """Look for posts that we know but which are not there: a delayed one appears under another id."""
        posts: list[Post | None] = []
        for id in ids:
            try:
                new = await self.ok.republished(self.account, id)
                if new is not None and new not in self.topics:
                    self.topics |= {one.id: one for one in await self.ask([new])}
                    posts.append(self._post(new))
            except NetworkError as error:
                self._failed(error, [id])
        return posts

    def _lost(self, count: int, item: str) -> None:
        self.gaps.extend(unreadable(count, item))

    def _late(self, window: Window) -> None:
        hours = self.ok.settings.statistics_delay_hours
        if hours and window.until > (edge := self.ok.now() - timedelta(hours=hours)):
            self.gaps.append(
                Missing(
                    why=Why.NOT_FOUND,
                    ru=f"Статистика ОК запаздывает: публикации после {edge:%d.%m.%Y %H:%M} UTC могут быть не видны.",
                    en=f"Statistics of OK are late: posts after {edge:%Y-%m-%d %H:%M} UTC may not be seen.",
                    item="posts",
                )
            )


def _is_before(topics: Iterable[wire.Topic], window: Window) -> bool:
    """Tell whether a page reaches back beyond the window: pinned posts stand first whatever their age."""
    known = [one.publication_date_ms or one.created_ms for one in topics if not one.is_sticky]
    newest = max((at for at in known if at), default=None)
    return newest is not None and newest < window.since.timestamp() * 1000


def _no_statistics() -> Missing:
    return Missing(
        why=Why.NOT_FOUND,
        ru="В статистике группы за это время нет ни одной публикации: неизвестно, не было их или статистика не готова.",
        en="The group's statistics hold no post of this time: whether there was none or they are not ready is unknown.",
        item="posts",
    )
