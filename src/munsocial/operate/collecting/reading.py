"""Reading of one account, ability by ability: what any adapter can be collected with, however small it is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from datetime import datetime
from typing import Any, TypeVar

from munsocial.errors import AbilityAbsent, FloodRefused, MunsocialError
from munsocial.model.accounts import NetworkAccount
from munsocial.model.content import Ban, Comment, Message, Post, PostState
from munsocial.model.snapshot import NOT_ASKED, AccountView, Missing, Observed, Why
from munsocial.network.abilities import Ability, How
from munsocial.network.adapter import Adapter
from munsocial.network.drafts import Page, Window
from munsocial.network.missing import CAUGHT, missing_of
from munsocial.wording import Text

__all__ = ["MAX_PAGES", "PARTS", "can_of", "read_view"]

T = TypeVar("T")
_Pages = Callable[[str | None], Awaitable[Page[T]]]

PARTS = ("profile", "handle_now", "posts", "comments", "links", "managers", "bans", "messages", "stats")
"""Parts of an `AccountView` that can be asked for."""

MAX_PAGES = 1000
"""A listing longer than this is cut and reported as a gap: a network that repeats itself must not hold us for ever."""

_ENDLESS = Text(
    "Сеть отдаёт список без конца: прочитана только его часть.",
    "The network gives a list without end: only a part of it was read.",
)

_FORMATS = ("text", "photo", "infographic", "video", "live", "poll", "link", "story", "clip")


async def read_view(
    adapter: Adapter, account: NetworkAccount, window: Window, want: frozenset[str], now: Callable[[], datetime]
) -> AccountView:
    """See the wanted parts of one account; what cannot be seen carries its reason. Raises nothing of the network's."""
    return await _Reader(adapter, account, window, now).view(want)


def can_of(adapter: Adapter, account: NetworkAccount) -> dict[str, bool]:
    """Tell what the adapter declares for this kind of account: abilities, formats and features to yes or no."""
    declared = adapter.capabilities
    can = {ability.value: declared.can(ability) for ability in Ability}
    can["subscribe"] = account.kind.value in declared.subscribers
    can |= {word: word in declared.formats for word in _FORMATS}
    return can | dict.fromkeys(declared.features, True)


class _Reader:
    def __init__(self, adapter: Any, account: NetworkAccount, window: Window, now: Callable[[], datetime]) -> None:
        self.adapter = adapter
        self.account = account
        self.window = window
        self.now = now
        self.flood: FloodRefused | None = None
        """The network has had enough of this account: what is not read yet is not asked for."""

    async def view(self, want: frozenset[str]) -> AccountView:
        posts = await self.posts() if want & {"posts", "comments"} else Observed[tuple[Post, ...]](missing=NOT_ASKED)
        parts: dict[str, Observed[Any]] = {"posts": posts}
        if "comments" in want:
            parts["comments"] = await self.comments(posts)
        for part, (ability, read) in self.simple().items():
            if part in want:
                parts[part] = await self.seen(ability, read)
        for part, listing in self.listings().items():
            if part in want:
                parts[part] = await self.listed(*listing)
        return AccountView(
            account=self.account.id,
            network=self.account.network,
            can=can_of(self.adapter, self.account),
            **parts,
        )

    def simple(self) -> dict[str, tuple[Ability, Callable[[], Awaitable[Any]]]]:
        """Return the readers of the parts that depend on nothing else."""
        adapter, account = self.adapter, self.account
        return {
            "profile": (Ability.READ_PROFILE, lambda: adapter.read_profile(account)),
            "handle_now": (Ability.RESOLVE_HANDLE, self.resolve),
            "links": (Ability.READ_LINKS, lambda: adapter.read_links(account)),
            "managers": (Ability.READ_MANAGERS, lambda: adapter.read_managers(account)),
            "stats": (Ability.READ_STATS, lambda: adapter.read_stats(account, self.window)),
        }

    def listings(self) -> dict[str, tuple[Ability, _Pages[Any], Callable[[Any], Hashable]]]:
        """Return what is listed page by page and depends on nothing else, and by what its items are told apart."""
        adapter, account, since = self.adapter, self.account, self.window.since
        return {
            "bans": (Ability.READ_BANS, lambda at: adapter.read_bans(account, cursor=at), _banned),
            "messages": (
                Ability.LIST_MESSAGES,
                lambda at: adapter.list_messages(account, since=since, cursor=at),
                _said,
            ),
        }

    async def resolve(self) -> str:
        found = await self.adapter.resolve_handle(self.account.handle)
        # An empty text is a fact: the handle leads nowhere now.
        return found or ""

    async def seen(self, ability: Ability, read: Callable[[], Awaitable[T]]) -> Observed[T]:
        try:
            self.allow(ability)
            value = await read()
        except CAUGHT as error:
            return Observed(missing=self.missing(error))
        return Observed(value=value, at=self.now(), through=f"{self.account.network}:{ability.value}")

    async def listed(self, ability: Ability, page: _Pages[T], mark: Callable[[T], Hashable]) -> Observed[Any]:
        """See all pages of a listing, each item once: offsets shift while one reads."""
        found: list[T] = []
        gaps = await self.listing(ability, page, found, "")
        if gaps and not found:
            return Observed(missing=gaps[0])
        once = {mark(one): one for one in reversed(found)}
        return Observed(
            value=tuple(reversed(once.values())),
            at=self.now(),
            through=f"{self.account.network}:{ability.value}",
            gaps=tuple(gaps),
        )

    def missing(self, error: MunsocialError, item: str = "") -> Missing:
        if isinstance(error, FloodRefused):
            self.flood = error
        return missing_of(error, item=item)

    def allow(self, ability: Ability) -> None:
        if self.flood is not None:
            raise self.flood
        if self.adapter.capabilities.of(ability).how is not How.NATIVE:
            declared = self.adapter.capabilities.of(ability)
            raise AbilityAbsent(declared.reason, where=f"{self.account.network} / {ability.value}")

    async def posts(self) -> Observed[tuple[Post, ...]]:
        since, until = self.window

        def page(at: str | None) -> Awaitable[Page[Post]]:
            return self.adapter.list_posts(self.account, since=since, until=until, cursor=at)  # type: ignore[no-any-return]  # declared by ListsPosts

        posts: list[Post] = []
        gaps = await self.listing(Ability.LIST_POSTS, page, posts, "posts")
        if gaps and not posts:
            return Observed(missing=gaps[0])
        inside = sorted((post for post in posts if self.inside(post)), key=lambda post: (post.at, post.id))
        return Observed(
            value=tuple(inside),
            at=self.now(),
            through=f"{self.account.network}:{Ability.LIST_POSTS.value}",
            gaps=tuple(gaps),
        )

    def inside(self, post: Post) -> bool:
        # A pinned post stands first whatever its age; scheduled ones lie ahead of the window.
        return self.window.since <= post.at < self.window.until or post.pinned or post.state is PostState.SCHEDULED

    async def comments(self, posts: Observed[tuple[Post, ...]]) -> Observed[tuple[Comment, ...]]:
        if posts.value is None:
            return Observed(missing=posts.missing)
        found: list[Comment] = []
        gaps = list(posts.gaps)
        for post in posts.value:
            if post.state is not PostState.PUBLISHED or post.comments == 0:
                continue
            told = await self.comments_of(post, found)
            gaps += told
            if absent := next((gap for gap in told if gap.why is Why.ABSENT), None):
                return Observed(missing=absent)
        return Observed(
            value=tuple(found),
            at=self.now(),
            through=f"{self.account.network}:{Ability.LIST_COMMENTS.value}",
            gaps=tuple(gaps),
        )

    async def comments_of(self, post: Post, found: list[Comment]) -> list[Missing]:
        def page(at: str | None) -> Awaitable[Page[Comment]]:
            return self.adapter.list_comments(self.account, post.id, cursor=at)  # type: ignore[no-any-return]  # declared by ListsComments

        return await self.listing(Ability.LIST_COMMENTS, page, found, post.id)

    async def listing(self, ability: Ability, page: _Pages[T], into: list[T], item: str) -> list[Missing]:
        """Read all pages into a list; return what is missing: gaps that pages told of, and the error that ended it."""
        told: list[Missing] = []
        try:
            self.allow(ability)
            async for one in _pages(page):
                into.extend(one.items)
                told.extend(gap.model_copy(update={"item": gap.item or item}) for gap in one.gaps)
        except CAUGHT as error:
            told.append(self.missing(error, item))
        except _Endless:
            told.append(Missing.of(Why.UNREADABLE, _ENDLESS, item))
        return told


def _banned(ban: Ban) -> Hashable:
    return ban.user_id


def _said(message: Message) -> Hashable:
    return message.peer_id, message.id


class _Endless(Exception):
    """A listing repeats its cursor or does not end."""


async def _pages(page: _Pages[T]) -> AsyncIterator[Page[T]]:
    cursor: str | None = None
    used: set[str] = set()
    for _ in range(MAX_PAGES):
        one = await page(cursor)
        yield one
        if one.cursor is None:
            return
        if one.cursor in used:
            raise _Endless
        used.add(one.cursor)
        cursor = one.cursor
    raise _Endless
