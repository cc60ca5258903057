"""How the effect of a deed is read back: what the network shows of it, after a lost answer or after a person's word.

Each look says whether the effect is there, is not, or cannot be told. A listing that leaves something out shows that a
thing is there, never that it is not.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from munsocial.model.accounts import NetworkAccount
from munsocial.model.authors import Authors, author_kind, kind_of
from munsocial.model.content import Ban, Comment, Message, Post, PostState
from munsocial.model.snapshot import Missing, Why
from munsocial.network.drafts import Draft, Page
from munsocial.network.missing import CAUGHT
from munsocial.operate.applying.own_id import identified
from munsocial.operate.plans.plan import Step
from munsocial.transport.slips import kind_of_slip
from munsocial.wording import Text

__all__ = [
    "NO_LOOK",
    "Found",
    "Listing",
    "Look",
    "Scene",
    "Seen",
    "bans_of",
    "comments_of",
    "dialogue_of",
    "has_link",
    "leads",
    "links_of",
    "looked",
    "messages_of",
    "no_manager",
    "opposite",
    "plain",
    "posts_of",
    "waiting_of",
    "words_of",
]

_SLACK = timedelta(hours=12)
"""Our clock may be wrong or set back between two attempts: reading back looks that much to both sides. What other steps
made is not taken for ours, so only a hand that wrote the very same text within these hours could be mistaken."""

_LONG_AGO = timedelta(days=28)
"""A listing is asked from here on: one that shows nothing at all may be a listing that does not work."""
_JUST_NOW = timedelta(minutes=10)
"""A post without words is known by its moment alone."""

_DAY = timedelta(days=1)

_PAGES = 1000

_ENDLESS = Missing(why=Why.UNREADABLE, ru="Сеть отдаёт список без конца.", en="The network gives a list without end.")
NO_LOOK = Text("ни одно чтение этого не показывает", "no reading shows this")
_SLIP = Text("сбой в адаптере сети ({kind})", "the adapter of the network failed ({kind})")
_UNCLEAR = Text("сеть показала не всё", "the network does not show all of it")


class Seen(Enum):
    """What reading back shows."""

    THERE = "there"
    NOT_THERE = "not_there"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a deed is done: adapter, account, step, its key, and when its last attempt was about to be made."""

    adapter: Any
    account: NetworkAccount
    step: Step
    key: str
    started_at: datetime
    now: datetime
    under: NetworkAccount | None = None
    """The page under whose post an answer stands, when it is another one."""
    taken: frozenset[str] = frozenset()
    """Ids that other steps have made: equal texts of two steps are two publications."""

    @property
    def page(self) -> NetworkAccount:
        """The page on which the deed is done."""
        return self.under or self.account

    @property
    def since(self) -> datetime:
        """From when on something may be ours."""
        return min(self.started_at, self.now) - _SLACK


Found = tuple[Seen, dict[str, Any]]
Look = Callable[[Scene], Awaitable[Found | None]]
"""None: what is looked for no reading shows."""


async def looked(look: Look | None, scene: Scene) -> tuple[Seen, dict[str, Any], Text | None]:
    """Read back whether an effect stands, with the ids that were met; unclear comes with its reason."""
    try:
        answer = await look(scene) if look else None
    except CAUGHT as error:
        return Seen.UNCLEAR, {}, error.kept()
    except Exception as error:  # noqa: BLE001 - an adapter may be anybody's: a slip in it must not stop the other steps
        return Seen.UNCLEAR, {}, _SLIP.fill(kind=kind_of_slip(error))
    seen, found = answer or (Seen.UNCLEAR, {})
    return seen, found, NO_LOOK if answer is None else _UNCLEAR if seen is Seen.UNCLEAR else None


@dataclass
class Listing:
    """The items of all pages of a listing, how many pages there were, and what the network left out."""

    page: Callable[[str | None], Awaitable[Page[Any]]]
    gaps: list[Missing] = field(default_factory=list, init=False)
    pages: int = field(default=0, init=False)
    doubted: bool = field(default=False, init=False)
    """Something may stand elsewhere, or was not known again."""

    @property
    def whole(self) -> bool:
        """Tell whether that was everything."""
        return not (self.gaps or self.doubted)

    async def items(self) -> AsyncGenerator[Any, None]:
        """Give the items, page after page."""
        cursor: str | None = None
        for _ in range(_PAGES):
            one = await self.page(cursor)
            self.pages += 1
            self.gaps += one.gaps
            for item in one.items:
                yield item
            if one.cursor is None:
                return
            cursor = one.cursor
        self.gaps.append(_ENDLESS)

    async def first(self, fits: Callable[[Any], bool]) -> Any:
        """Return the first item that fits, and read no further; None where none was met."""
        async with aclosing(self.items()) as items:
            async for item in items:
                if fits(item):
                    return item
        return None

    def absent(self) -> Seen:
        """What it means that something was not met."""
        return Seen.NOT_THERE if self.whole else Seen.UNCLEAR


def bans_of(scene: Scene) -> Listing:
    """Return the black list of the step's account."""
    return Listing(lambda at: scene.adapter.read_bans(scene.account, cursor=at))


def comments_of(scene: Scene) -> Listing:
    """Return the comments under the step's post."""
    return Listing(lambda at: scene.adapter.list_comments(scene.page, scene.step.params["post"], cursor=at))


def links_of(scene: Scene) -> Listing:
    """Return the links of the step's account."""

    async def all_links(_: str | None) -> Page[Any]:
        return Page(tuple(await scene.adapter.read_links(scene.account)))

    return Listing(all_links)


def dialogue_of(scene: Scene, since: datetime) -> Listing | None:
    """Return the messages with the step's person alone; None where the network's adapter reads no single dialogue."""
    single = getattr(scene.adapter, "list_dialogue", None)
    peer = scene.step.params["peer"]
    return None if single is None else Listing(lambda at: single(scene.account, peer, since=since, cursor=at))


def messages_of(scene: Scene, since: datetime) -> Listing:
    """Return the private messages of the step's account since a moment."""
    return Listing(lambda at: scene.adapter.list_messages(scene.account, since=since, cursor=at))


def posts_of(scene: Scene, since: datetime, until: datetime) -> Listing:
    """Return what the step's account published between two moments."""
    return Listing(lambda at: scene.adapter.list_posts(scene.account, since=since, until=until, cursor=at))


def waiting_of(scene: Scene) -> Listing | None:
    """Return what waits on the step's account for its time; None where the network lists no such posts."""
    waiting = getattr(scene.adapter, "list_waiting", None)
    return None if waiting is None else Listing(lambda at: waiting(scene.account, cursor=at))


def opposite(seen: Seen) -> Seen:
    """Turn what is there into what is not, and the other way round."""
    return {Seen.THERE: Seen.NOT_THERE, Seen.NOT_THERE: Seen.THERE}.get(seen, seen)


# --- what was written


async def find_post(scene: Scene) -> Found:
    """Look for a publication by its words."""
    draft = Draft.model_validate(scene.step.params["draft"])
    wanted = words_of(scene, draft.text_for(scene.account.network))
    since, until = scene.since, scene.started_at + _SLACK
    if draft.publish_at:
        until = max(until, draft.publish_at + _SLACK)
    listings = [posts_of(scene, since - _LONG_AGO, until)]
    if draft.publish_at and draft.publish_at > scene.now:
        waiting = waiting_of(scene)
        if waiting is None:
            listings[0].doubted = True  # what waits for its time cannot be listed: it may well be there
        else:
            listings.insert(0, waiting)
    if not wanted:
        since = scene.started_at - _JUST_NOW

    def ours(post: Post) -> bool:
        there = post.state is not PostState.DELETED and post.at >= since and post.id not in scene.taken
        return there and words_of(scene, post.text) == wanted

    for listing in listings:
        if (post := await listing.first(ours)) is not None:
            return Seen.THERE, {"post": post.id, "url": post.url}
    return (Seen.NOT_THERE if all(one.whole for one in listings) else Seen.UNCLEAR), {}


async def find_reply(scene: Scene) -> Found:
    """Look for an answer by its words among the comments of the post."""
    wanted = words_of(scene, scene.step.params["text"])
    elsewhere = scene.under is not None and scene.under.id != scene.account.id
    account = await identified(scene.account, scene.adapter) if elsewhere else scene.account
    authors = Authors([account])
    listing = comments_of(scene)

    def ours(comment: Comment) -> bool:
        if comment.deleted or comment.at < scene.since or comment.id in scene.taken:
            return False
        if words_of(scene, comment.text) != wanted or not _answers(comment, scene.step):
            return False
        if authors.of(comment, scene.account.network) == scene.account.id or comment.by_owner:
            return True
        if not account.network_id and author_kind(comment) == kind_of(account):
            listing.doubted = True  # nobody knows under which id we write here: this may be it
        return False

    found = await listing.first(ours)
    return (listing.absent(), {}) if found is None else (Seen.THERE, {"comment": found.id})


def _answers(comment: Comment, step: Step) -> bool:
    """Tell whether a comment can be the step's answer; some networks do not say what a comment answers."""
    return comment.reply_to is None or comment.reply_to == step.params.get("to")


async def find_message(scene: Scene) -> Found:
    """Look for a private message by its words."""
    since = scene.since
    listing = messages_of(scene, since)
    found = await listing.first(lambda one: _sent(one, scene) and one.at >= since and one.id not in scene.taken)
    return (listing.absent(), {}) if found is None else (Seen.THERE, {"message": found.id})


def _sent(one: Message, scene: Scene) -> bool:
    params = scene.step.params
    return (
        one.outgoing and one.peer_id == params["peer"] and words_of(scene, one.text) == words_of(scene, params["text"])
    )


# --- comments and citizens


async def comment_is_gone(scene: Scene) -> Found:
    """Tell whether a comment is no longer shown: hidden or deleted."""
    if "post" not in scene.step.params:
        return Seen.UNCLEAR, {}
    listing = comments_of(scene)
    there = await listing.first(lambda one: one.id == scene.step.params["comment"] and not one.deleted)
    return (opposite(listing.absent()) if there is None else Seen.NOT_THERE), {}


async def comment_is_shown(scene: Scene) -> Found:
    """Tell whether a comment is shown again."""
    seen, found = await comment_is_gone(scene)
    return opposite(seen), found


async def is_banned(scene: Scene) -> Found:
    """Tell whether a user is in the black list for the step's term.

    What was over before the attempt, or ends sooner than the step wanted, is another hand's.
    """
    listing = bans_of(scene)

    def holds(ban: Ban) -> bool:
        over = ban.until is not None and ban.until <= scene.started_at
        return ban.user_id == scene.step.params["user"] and not over and not _ends_sooner(ban, scene)

    return (listing.absent() if await listing.first(holds) is None else Seen.THERE), {}


def _ends_sooner(ban: Ban, scene: Scene) -> bool:
    if ban.until is None:
        return False
    until = scene.step.params.get("until")
    if not until:
        return True
    wanted = datetime.fromisoformat(until)
    # Who bans by hand names a day, and no hour.
    return ban.until < wanted - min(_DAY, (wanted - scene.started_at) / 2)


async def is_unbanned(scene: Scene) -> Found:
    """Tell whether a user is out of the black list."""
    listing = bans_of(scene)
    ban = await listing.first(lambda one: one.user_id == scene.step.params["user"])
    return (opposite(listing.absent()) if ban is None else Seen.NOT_THERE), {}


# --- the page itself


async def has_link(scene: Scene) -> Found:
    """Tell whether a page leads to an address."""
    there = [link async for link in links_of(scene).items() if leads(scene, link.url or "")]
    return (Seen.THERE if there else Seen.NOT_THERE), {}


def leads(scene: Scene, url: str) -> bool:
    """Tell whether a link leads where the step's link is to lead."""
    return _bare(url) == _bare(scene.step.params["url"])


async def is_subscribed(scene: Scene) -> Found:
    """Tell whether a profile is subscribed to a page."""
    if scene.under is None:
        return Seen.UNCLEAR, {}
    above = await identified(scene.under, scene.adapter)
    if not above.network_id:
        return Seen.UNCLEAR, {}
    links = await scene.adapter.read_links(scene.account)
    there = any(link.network_id == above.network_id for link in links)
    return (Seen.THERE if there else Seen.NOT_THERE), {}


async def no_manager(scene: Scene) -> Found:
    """Tell whether a person manages a page no longer."""
    managers = await scene.adapter.read_managers(scene.account)
    there = any(one.network_id == scene.step.params["user"] for one in managers)
    return (Seen.NOT_THERE if there else Seen.THERE), {}


async def profile_reads(scene: Scene) -> Found:
    """Tell whether a profile shows the fields that the step wrote."""
    profile = await scene.adapter.read_profile(scene.account)
    wanted: dict[str, str] = scene.step.params["fields"]
    shown = {**profile.fields, "description": profile.description}
    if any(shown.get(name) is None for name in wanted):
        return Seen.UNCLEAR, {}
    same = all(words_of(scene, str(shown[name])) == words_of(scene, value) for name, value in wanted.items())
    return (Seen.THERE if same else Seen.NOT_THERE), {}


def has_picture(part: str) -> Look:
    """Make a look at avatar or cover: one that was there before tells nothing of the new one."""

    async def look(scene: Scene) -> Found:
        profile = await scene.adapter.read_profile(scene.account)
        return (Seen.NOT_THERE if getattr(profile, part) is False else Seen.UNCLEAR), {}

    return look


def words_of(scene: Scene, text: str) -> str:
    """Return the words of a text, whatever marks its network has for mentions and links."""
    read: str = scene.adapter.as_read(text)
    return plain(read)


def plain(text: str) -> str:
    """Networks trim and reflow texts: what is compared is the words."""
    return re.sub(r"\s+", " ", text).strip()


def _bare(url: str) -> str:
    return re.sub(r"^https?://(www\.|m\.)?", "", url).rstrip("/").lower()
