"""Things of a world in the shapes of VK 5.199."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from munsocial.sandbox.things import Ban, Comment, Media, Message, Page, Post, User
from munsocial.sandbox.world import World

__all__ = [
    "ban",
    "block",
    "comment",
    "document_body",
    "group",
    "media_id",
    "message",
    "owner",
    "photo_body",
    "poll_body",
    "post",
    "profile_page",
    "seconds",
    "user",
]

_CLOSED = {"open": 0, "closed": 1, "private": 2}
_WORDS = {"document": "doc", "live": "video"}
_TYPES = {"scheduled": "postpone", "suggested": "suggest"}
BAN_REASONS = {"spam": 1, "insult": 2, "obscenity": 3, "off_topic": 4}


def seconds(moment: datetime | None) -> int:
    """Return Unix time; 0 for "never"."""
    return 0 if moment is None else int(moment.timestamp())


def owner(page: Page) -> int:
    """Return the signed id of a page."""
    return int(page.id) if page.kind == "profile" else -int(page.id)


def group(page: Page, fields: Iterable[str]) -> dict[str, Any]:
    """Show a community: the basic fields and those asked for; what is not set is left out."""
    shown: dict[str, Any] = {
        "id": int(page.id),
        "name": page.name or "DELETED",
        "screen_name": page.handle or f"club{page.id}",
        "is_closed": _CLOSED.get(page.closed, 0),
        "type": "page" if page.kind == "page" else "group",
        "photo_50": "https://vk.com/images/community_50.png",
    }
    if page.blocked:
        return shown | {"deactivated": page.blocked}
    wanted = set(fields)
    return shown | {name: value for name, value in _group_fields(page).items() if name in wanted and value is not None}


def _group_fields(page: Page) -> dict[str, Any]:
    contact = {name: page.fields[name] for name in ("phone", "email") if page.fields.get(name)}
    return {
        "description": page.description,
        "members_count": page.subscribers,
        "verified": int(page.verified),
        "site": page.fields.get("site", ""),
        "status": page.status,
        "activity": page.fields.get("activity", ""),
        "cover": {"enabled": int(page.cover)},
        "live_covers": {"is_enabled": page.dynamic_cover},
        "has_photo": int(page.avatar),
        "links": [_link(one) for one in page.links if one.kind == "link"] or None,
        "contacts": [{"desc": "Приёмная", **contact}] if contact else None,
        "addresses": _addresses(page),
        "fixed_post": next((int(one.id) for one in page.posts.values() if one.pinned), None),
        "wall": 0 if not page.comments_open and page.wall_open else (1 if page.wall_open else 2),
        "can_message": int(page.messages_open),
        "has_market_app": "app" in page.features or None,
        "is_government_organization": page.state_mark,
    }


def _link(link: Any) -> dict[str, Any]:
    return {"id": int(link.id), "url": link.url, "name": link.name, "desc": ""}


def _addresses(page: Page) -> dict[str, Any]:
    address = page.fields.get("postal_address")
    if not address:
        return {"is_enabled": False}
    main: dict[str, Any] = {"id": 1, "title": address, "address": address}
    if hours := page.fields.get("working_hours"):
        main |= {"work_info_status": "timetable", "timetable": {}, "additional_address": hours}
    return {"is_enabled": True, "count": 1, "main_address_id": 1, "main_address": main}


def user(person: User, fields: Iterable[str] = ()) -> dict[str, Any]:
    """Show a person."""
    shown: dict[str, Any] = {"id": int(person.id), "first_name": person.first_name, "last_name": person.last_name}
    if person.blocked:
        return shown | {"deactivated": person.blocked}
    shown |= {"can_access_closed": True, "is_closed": False}
    if {"screen_name", "domain"} & set(fields):
        handle = person.handle or f"id{person.id}"
        shown |= {"screen_name": handle, "domain": handle}
    return shown


def profile_page(page: Page) -> dict[str, Any]:
    """Show a page of kind profile as VK shows a person."""
    handle = page.handle or f"id{page.id}"
    shown: dict[str, Any] = {"id": int(page.id), "first_name": page.name, "last_name": "", "screen_name": handle}
    if page.blocked:
        return shown | {"deactivated": page.blocked}
    return shown | {
        "domain": handle,
        "is_closed": page.closed != "open",
        "about": page.description,
        "status": page.status,
        "site": page.fields.get("site", ""),
        "has_photo": int(page.avatar),
        "verified": int(page.verified),
        "followers_count": page.subscribers,
    }


def media_id(media: Media) -> str:
    """Return how an attachment is named in parameters."""
    return f"{_WORDS.get(media.kind, media.kind)}{media.owner}_{media.id}"


def _attachment(media: Media) -> dict[str, Any]:
    word = _WORDS.get(media.kind, media.kind)
    body: dict[str, Any] = {}
    if word != "link" and media.id.lstrip("-").isdigit():
        body = {"id": int(media.id), "owner_id": int(media.owner or 0)}
    body |= _BODIES.get(word, _plain)(media)
    return {"type": word, word: body}


def photo_body(media: Media) -> dict[str, Any]:
    sizes = [{"type": "x", "url": media.url or "https://sun1.userapi.com/a.jpg", "width": 604, "height": 400}]
    return {"album_id": -7, "date": 1700000000, "text": media.title, "sizes": sizes, "has_tags": False}


def _video(media: Media) -> dict[str, Any]:
    live = media.kind == "live" or bool(media.facts.get("live"))
    shown = {"title": media.title, "duration": media.facts.get("duration", 60), "type": "live" if live else "video"}
    return shown | ({"live": 1} if live else {})


def poll_body(media: Media) -> dict[str, Any]:
    answers = [
        {"id": n, "text": text, "votes": 0, "rate": 0} for n, text in enumerate(media.facts.get("answers", ()), 1)
    ]
    return {
        "question": media.facts.get("question", media.title),
        "answers": answers,
        "anonymous": bool(media.facts.get("anonymous", True)),
        "multiple": bool(media.facts.get("multiple", False)),
        "votes": 0,
        "created": 1700000000,
        "end_date": 0,
        "closed": False,
        "is_board": False,
        "can_edit": False,
        "can_vote": True,
        "can_report": False,
        "can_share": True,
        "disable_unvote": False,
        "answer_ids": [],
    }


def document_body(media: Media) -> dict[str, Any]:
    """Show a document."""
    size, ext = int(media.facts.get("size", 1)), media.title.rpartition(".")[2][:8] or "pdf"
    return {"title": media.title, "size": size, "ext": ext, "date": 1700000000, "type": 1}


def _plain(media: Media) -> dict[str, Any]:
    return {"title": media.title, "url": media.url}


_BODIES = {"photo": photo_body, "video": _video, "poll": poll_body, "doc": document_body}


def post(page: Page, one: Post) -> dict[str, Any]:
    """Show a publication of a wall."""
    whose = owner(page)
    if one.state == "deleted":
        return {"id": int(one.id), "owner_id": whose, "date": seconds(one.at), "is_deleted": True, "text": ""}
    shown: dict[str, Any] = {
        "id": int(one.id),
        "owner_id": whose,
        "from_id": whose if one.author is None else int(one.author),
        "date": seconds(one.at),
        "text": one.text,
        "post_type": _TYPES.get(one.state, "post"),
        "attachments": [_attachment(media) for media in one.attachments],
        "marked_as_ads": int(one.kind == "ad"),
        "comments": {
            "count": len(one.comments),
            "can_post": int(one.comments_open and page.comments_open),
            "groups_can_post": page.pages_may_comment,
        },
        "likes": {"count": one.likes, "user_likes": 0, "can_like": 1},
        "reposts": {"count": one.reposts, "user_reposted": 0},
    }
    if one.views is not None:
        shown["views"] = {"count": one.views}
    if one.edited:
        shown["edited"] = seconds(one.edited)
    if one.pinned:
        shown["is_pinned"] = 1
    if one.signer:
        shown["signer_id"] = int(one.signer)
    if one.source:
        shown["copy_history"] = [_origin(one)]
    return shown


def _origin(one: Post) -> dict[str, Any]:
    assert one.source is not None
    source = -int(one.source.page)
    at = seconds(one.source.at)
    return {"id": int(one.source.post or 1), "owner_id": source, "from_id": source, "date": at, "text": one.source.text}


def comment(page: Page, one: Comment, answers: Sequence[Comment] | None = None, total: int = 0) -> dict[str, Any]:
    """Show a comment; ``answers`` are those of its thread that come along, out of ``total``."""
    shown: dict[str, Any] = {
        "id": int(one.id),
        "date": seconds(one.at),
        "parents_stack": [int(one.thread)] if one.thread else [],
    }
    if one.deleted:
        shown["deleted"] = True
    else:
        shown |= {
            "from_id": -int(one.author) if one.as_page else int(one.author),
            "text": one.text,
            "owner_id": owner(page),
            "post_id": int(one.post),
        }
    if one.reply_to and not one.deleted:
        shown["reply_to_comment"] = int(one.reply_to)
    if answers is not None:
        shown["thread"] = {"count": total, "items": [comment(page, inner) for inner in answers]}
    return shown


def _reason(one: Ban) -> int:
    return BAN_REASONS.get(one.reason, int(one.reason) if one.reason.isdigit() else 0)


def block(page: Page, user: str, by: str | None) -> dict[str, Any]:
    """Tell of a ban as an event does; of one that is over meanwhile only who and whom."""
    one = page.bans.get(user)
    told = {"unblock_date": seconds(one.until), "reason": _reason(one), "comment": one.note} if one else {}
    return {"admin_id": int(by or 0), "user_id": int(user), "unblock_date": 0, "reason": 0} | told


def ban(world: World, one: Ban) -> dict[str, Any]:
    """Show an entry of a black list."""
    info = {
        "admin_id": int(one.by or 0),
        "date": seconds(one.since),
        "end_date": seconds(one.until),
        "reason": _reason(one),
        "comment": one.note,
        "comment_visible": one.note_shown,
    }
    if one.user.startswith("-"):
        page = world.pages.get(("vk", one.user[1:]))
        return {"type": "group", "group": group(page, ()) if page else {"id": int(one.user[1:])}, "ban_info": info}
    person = world.users.get(("vk", one.user))
    return {"type": "profile", "profile": user(person) if person else {"id": int(one.user)}, "ban_info": info}


def message(one: Message) -> dict[str, Any]:
    """Show a private message."""
    return {
        "id": int(one.id),
        "conversation_message_id": int(one.id),
        "peer_id": int(one.peer),
        "from_id": -int(one.page) if one.outgoing else int(one.author or one.peer),
        "date": seconds(one.at),
        "text": "" if one.deleted else one.text,
        "out": int(one.outgoing),
        "attachments": [_attachment(media) for media in one.attachments],
        "version": 1,
        "fwd_messages": [],
        "important": False,
        "is_hidden": False,
    } | ({"deleted": 1} if one.deleted else {})
