"""What an edit has to send again, since VK takes a post as a whole: what is left out is removed. Pure."""

from __future__ import annotations

from typing import Any

from munsocial.errors import Problem, UnreadableAnswer
from munsocial.network.drafts import Draft
from munsocial.wording import Text
from munsocial_vk.settings import VkSettings

__all__ = ["kept_attachments", "kept_facts", "link_name", "too_many"]


def kept_attachments(post: dict[str, Any], draft: Draft) -> list[str]:
    """Name the attachments that stay; a link, a poll or a document of the draft takes the place of the one there.

    Raises:
        UnreadableAnswer: one cannot be named, so that the edit would lose it; nothing was sent.
    """
    replaced = {"link"} if draft.link else set()
    replaced |= {"poll"} if draft.poll else set()
    replaced |= {"doc"} if any(one.kind == "document" for one in draft.media) else set()
    found = post.get("attachments") or []
    if not isinstance(found, list):
        found = [found]
    whole = (one if isinstance(one, dict) else {} for one in found)
    return [_name_of(one) for one in whole if str(one.get("type")) not in replaced]


def link_name(url: str) -> str:
    """Name a link as attachments do: they are listed by commas, so one inside an address is written otherwise."""
    return url.replace(",", "%2C")


def kept_facts(post: dict[str, Any]) -> dict[str, Any]:
    """Return the parameters that say again what else the post had: signature, mark of advertising, source, place."""
    facts: dict[str, Any] = {}
    if post.get("signer_id"):
        facts["signed"] = True
    if post.get("marked_as_ads") in (1, True):
        facts["mark_as_ads"] = True
    source = post.get("copyright")
    if isinstance(source, dict) and isinstance(source.get("link"), str):
        facts["copyright"] = source["link"]
    place = post.get("geo")
    coordinates = place.get("coordinates") if isinstance(place, dict) else None
    if isinstance(coordinates, str) and len(parts := coordinates.split()) == 2:
        facts |= {"lat": parts[0], "long": parts[1]}
    return facts


def too_many(kept: list[str], draft: Draft, settings: VkSettings) -> list[Problem]:
    """Tell when what stays and what is added are too many photos and videos together."""
    there = sum(one.startswith(("photo", "video", "clip")) for one in kept)
    added = sum(one.kind != "document" for one in draft.media)
    if there + added <= settings.media_per_post:
        return []
    what = Text(
        f"В записи уже {there} фото и видео, вместе станет больше {settings.media_per_post}.",
        f"Photos and videos in the post: {there}; together they would be over {settings.media_per_post}.",
    )
    return [Problem("draft", "", "media", what, Text("Добавьте меньше файлов.", "Add fewer files."))]


def _name_of(attachment: dict[str, Any]) -> str:
    """Name an attachment of a post as parameters do.

    Raises:
        UnreadableAnswer: it cannot be named, so that an edit would lose it; nothing was sent.
    """
    word = str(attachment.get("type", ""))
    thing = attachment.get(word)
    if isinstance(thing, dict):
        if word == "link" and isinstance(thing.get("url"), str):
            return link_name(thing["url"])
        owner = thing.get("owner_id")
        if word == "page" and owner is None and isinstance(thing.get("group_id"), int):
            owner = -thing["group_id"]  # a wiki page mostly tells its community only
        if isinstance(thing.get("id"), int) and isinstance(owner, int):
            name = f"{word}{owner}_{thing['id']}"
            return f"{name}_{thing['access_key']}" if thing.get("access_key") else name
    error = UnreadableAnswer(
        Text(f"Вложение «{word}» при правке потерялось бы.", f"An attachment “{word}” would be lost by the edit."),
        network="vk",
        method="wall.edit",
        executed=False,
        remedy=Text("Измените запись на сайте.", "Change the post on the site."),
    )
    error.lasting = True  # the post keeps its attachment
    raise error
