"""Where people talk beside the wall: discussions, videos, photos. Names places whose comments can then be listed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from munsocial.model.accounts import NetworkAccount
from munsocial.network.drafts import Page
from munsocial_vk import wire
from munsocial_vk.base import VkBase, placed
from munsocial_vk.decode import moment
from munsocial_vk.listing import place_in, unshown
from munsocial_vk.places import group_id, owner_id

__all__ = ["Talk", "Talks"]

_PAGE = {"board": 100, "video": 200, "photo": 100}


@dataclass(frozen=True, slots=True)
class Talk:
    """A place with comments: ``id`` is what `list_comments` takes (``board:9``); None is "VK does not say"."""

    id: str
    title: str | None = None
    comments: int | None = None
    at: datetime | None = None
    """When something was last said in a discussion, or when the video was made; in UTC."""


class _Thing(wire.Wire):
    """A discussion, a video, or a comment of a photo (``pid``)."""

    id: wire.Loose[int] = None
    pid: wire.Loose[int] = None
    title: wire.Loose[str] = None
    comments: wire.Loose[int] = None
    updated: wire.Loose[int] = None
    date: wire.Loose[int] = None


class _Things(wire.Wire):
    count: wire.Loose[int] = None
    items: wire.Items[_Thing] = None


class Talks(VkBase):
    """Places of talk of a page."""

    @placed
    async def list_talks(
        self, account: NetworkAccount, place: Literal["board", "video", "photo"], *, cursor: str | None = None
    ) -> Page[Talk]:
        """List discussions, videos, or photos that were commented lately, one kind at a time.

        Photos are known by their latest comments only, so that none without comments is named.
        """
        start = place_in(cursor)
        params: dict[str, Any] = {"count": _PAGE[place], "offset": start.offset or None}
        if place == "board":
            params |= {"group_id": group_id(account), "order": 1}
        else:
            params |= {"owner_id": owner_id(account)}
        method = {"board": "board.getTopics", "video": "video.get", "photo": "photos.getAllComments"}[place]
        reply = await self.calls.get(account.id, method, _Things, params)
        talks = {one.id: one for thing in reply.items or () if thing is not None and (one := _talk(place, thing))}
        ids = [str(thing.id) for thing in reply.items or () if thing is not None and thing.id is not None]
        onward, cut = start.following(ids, reply.count, len(reply.items or ()), _PAGE[place])
        return Page(tuple(talks.values()), onward, (*unshown(reply, start.offset, place), *cut))


def _talk(place: str, thing: _Thing) -> Talk | None:
    number = thing.pid if place == "photo" else thing.id
    if number is None:
        return None
    count = None if place == "photo" else thing.comments
    return Talk(f"{place}:{number}", thing.title, count, moment(thing.updated or thing.date))
