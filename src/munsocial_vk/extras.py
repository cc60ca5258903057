"""What VK has beside the abilities of all networks: stories, live video, the widget, mentions, reach of posts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from munsocial.errors import RequestRefused
from munsocial.model.accounts import NetworkAccount
from munsocial.model.content import Post
from munsocial.network.drafts import Media, Page
from munsocial.wording import Text
from munsocial_vk import wire
from munsocial_vk.base import VkBase, placed
from munsocial_vk.decode import posts_of
from munsocial_vk.fitness import refuse_unfit
from munsocial_vk.listing import place_in, unshown
from munsocial_vk.methods import COMMUNITY, USER
from munsocial_vk.places import group_id, owner_id, post_of
from munsocial_vk.upload import Uploads

__all__ = ["Extras", "Live"]

WIDGETS = frozenset({"text", "list", "table", "tiles", "compact_list", "cover_list", "match", "matches", "donation"})
_WIDGET_CODE = 100_000
_REACH_IDS = 30
_MENTIONS = 50


class Live(wire.Wire):
    """A live video that was begun: where to send the picture (RTMP), and which video and post it is."""

    class Stream(wire.Wire):
        url: wire.Loose[str] = None
        key: wire.Loose[str] = None

        def __repr__(self) -> str:
            return f"Stream(url={self.url!r})"  # whoever has the key can go on the air

    owner_id: wire.Loose[int] = None
    video_id: wire.Loose[int] = None
    post_id: wire.Loose[int] = None
    stream: wire.Loose[Stream] = None


class Extras(VkBase):
    """Abilities of VK alone."""

    @placed
    async def publish_story(self, account: NetworkAccount, media: Media, *, link: str = "") -> str:
        """Publish a photo or video as a story; returns ``owner_id`` of the story. ``link`` has to lead into VK."""
        refuse_unfit((media,), self.settings, purpose="story")
        return await Uploads(self.calls).story(account, media, link=link)

    @placed
    async def start_live(
        self, account: NetworkAccount, title: str, *, description: str = "", post: bool = True
    ) -> Live:
        """Begin a live video; VK gives an RTMP address to send it to."""
        params = {
            "group_id": group_id(account),
            "name": title,
            "description": description or None,
            "wallpost": post,
            "publish": True,
        }
        return await self.calls.get(account.id, "video.startStreaming", Live, params)

    @placed
    async def stop_live(self, account: NetworkAccount, video: str) -> None:
        """End a live video by its number."""
        params = {"group_id": group_id(account), "video_id": video}
        await self.calls.do_and_show(account.id, "video.stopStreaming", params)

    @placed
    async def add_video_by_link(self, account: NetworkAccount, url: str, *, title: str, description: str = "") -> str:
        """Add a video of another site; returns how it is named among attachments."""
        return await Uploads(self.calls).video_by_link(account, url, title=title, description=description)

    @placed
    async def add_widget_picture(self, account: NetworkAccount, picture: Media, sides: str) -> str:
        """Upload a picture for the code of a widget; ``sides`` is 24x24, 50x50, 160x160, 160x240 or 510x128."""
        refuse_unfit((picture,), self.settings)
        return await Uploads(self.calls).widget_picture(account, picture, sides)

    async def set_widget(self, account: NetworkAccount, kind: str, code: str) -> None:
        """Set the widget of the application that is installed in the community; ``code`` is VKScript.

        Raises:
            RequestRefused: no such kind, or the code is too long; nothing was sent.
        """
        if kind not in WIDGETS or len(code) > _WIDGET_CODE:
            kinds = ", ".join(sorted(WIDGETS))
            raise RequestRefused(
                Text(
                    "Такого виджета нет или его код длиннее 100 000 знаков.", "No such widget, or its code is too long."
                ),
                network="vk",
                method="appWidgets.update",
                account=account.id,
                remedy=Text(f"Виды: {kinds}.", f"Kinds: {kinds}."),
            )
        params = {"type": kind, "code": code}
        await self.calls.do(account.id, "appWidgets.update", params)

    @placed
    async def list_mentions(self, account: NetworkAccount, *, cursor: str | None = None) -> Page[Post]:
        """List posts in which the page is mentioned; wants a user key."""
        place = place_in(cursor)
        params = {"owner_id": owner_id(account), "count": _MENTIONS, "offset": place.offset or None}
        reply = await self.calls.get(account.id, "newsfeed.getMentions", wire.WallReply, params)
        kept = posts_of(reply)
        # The posts of one wall have numbers of their own; those of two may bear the same.
        ids = [f"{one.owner_id}_{one.id}" for one in reply.items or () if one is not None]
        shown = len(reply.items or ())
        onward, cut = place.following(ids, reply.count, shown, _MENTIONS)
        return Page(kept.items, onward, (*kept.gaps, *unshown(reply, place.offset, "mentions"), *cut))

    @placed
    async def read_reach(self, account: NetworkAccount, posts: Sequence[str]) -> list[dict[str, Any]]:
        """Read the reach of posts, as VK tells it; 30 posts a call."""
        numbers = [post_of(account, post).number for post in posts]
        found: list[dict[str, Any]] = []
        for start in range(0, len(numbers), _REACH_IDS):
            params = {"owner_id": owner_id(account), "post_ids": numbers[start : start + _REACH_IDS]}
            shape = list[dict[str, Any]]
            found += await self.calls.get(account.id, "stats.getPostReach", shape, params)
        return found

    def estimate_calls(self, accounts: int, posts: int, want: frozenset[str]) -> int:
        """Say how many HTTP calls a collecting takes: packed for all, and one pack for each community's key."""
        public = 0
        if want & {"profile", "handle_now", "links"}:
            public += math.ceil(accounts / self.settings.ids_per_profile_call)
        if want & {"posts", "comments"}:
            public += accounts
        if "comments" in want:
            public += accounts * posts
        kinds = {key.kind for key in self.keys.keys}
        own = accounts if want & {"managers", "bans", "stats"} and kinds & {COMMUNITY, USER} else 0
        messages = 2 * accounts if "messages" in want and kinds & {COMMUNITY, USER} else 0
        return math.ceil(public / self.settings.packed) + own + messages
