"""How OK shows the things of a sandbox world: groups, posts, comments, people, messages. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from munsocial.sandbox.things import Ban, Comment, Manager, Media, Message, Page, Post, User
from munsocial_ok.decode import MOSCOW

__all__ = ["ban", "comment", "group", "manager", "message", "millis", "moscow", "only", "stat", "topic", "user"]

_BLOCKS = {"video": "movie", "clip": "movie", "live": "movie", "audio": "music"}
_SECTIONS = {"photo": "photo_refs", "movie": "movie_refs", "poll": "poll_refs"}
_REFS = {"photo": "group_photo", "movie": "movie", "poll": "poll"}


def millis(moment: datetime) -> int:
    """Return Unix milliseconds."""
    return round(moment.timestamp() * 1000)


def moscow(moment: datetime) -> str:
    """Return Moscow time without a zone, as in comments."""
    return moment.astimezone(MOSCOW).strftime("%Y-%m-%d %H:%M:%S")


def only(shape: dict[str, Any], fields: Iterable[str]) -> dict[str, Any]:
    """Return what was asked for and is not empty; ``pic_avatar`` is answered as ``picAvatar``."""
    wanted = {"picAvatar" if field == "pic_avatar" else field for field in fields}
    return {name: value for name, value in shape.items() if name in wanted and value not in (None, "", [], {})}


def group(page: Page, mine: Manager | None) -> dict[str, Any]:
    """Return a group as a manager of it sees it; what only they see is left out for others."""
    picture = {"id": page.settings.get("main_photo", f"9{page.id}")} if page.avatar else None
    shown: dict[str, Any] = {
        "uid": page.id,
        "name": page.name,
        "description": page.description,
        "shortname": page.handle,
        "status": {"deleted": "DELETED", "banned": "BLOCKED"}.get(page.blocked or ""),
        "members_count": page.subscribers,
        "picAvatar": f"https://i.okcdn.ru/{page.id}.jpg" if page.avatar else None,
        "main_photo": picture,
        "photo_id": picture and picture["id"],
        "cover": {"photo_id": f"8{page.id}"} if page.cover else None,
        "cover_series": [{"photo_id": f"8{page.id}"}, {"photo_id": f"7{page.id}"}] if page.dynamic_cover else None,
        "profile_buttons": [{"type": "WIDGET"}] if page.features & {"widget", "app"} else None,
        "homepage_url": page.fields.get("site"),
        "phone": page.fields.get("phone"),
        "address": page.fields.get("postal_address"),
        "private": page.closed != "open",
        "gos_org": page.state_mark or None,
        "rkn_mark": {"number": "1"} if page.audience_mark else None,
        "messaging_enabled": page.messages_open,
    }
    if mine is not None:
        shown |= {
            "stats_allowed": page.statistics_open,
            "content_as_official": page.settings.get("content_as_official", True),
            "publish_delayed_theme_allowed": page.settings.get("publish_delayed_theme_allowed", True),
            "role": mine.role,
            "member_status": "ADMIN" if mine.role == "ADMIN" else "MODERATOR",
        }
    return shown


def user(one: User) -> dict[str, Any]:
    """Return a person."""
    return {"uid": one.id, "name": one.name, "first_name": one.first_name, "last_name": one.last_name}


def stat(post: Post) -> dict[str, Any]:
    """Return figures of a post by their names in lower case."""
    said = sum(not one.deleted for one in post.comments)
    return {
        "id": post.id,
        "created_ms": millis(post.at),
        "views": post.views or 0,
        "reach": post.views or 0,
        "likes": post.likes,
        "comments": said,
        "reshares": post.reposts,
    }


def topic(post: Post, page: Page, *, blocks: int | None) -> dict[str, Any]:
    """Return a post; with ``blocks`` at most so many blocks, and ``has_more`` if there are others."""
    media = _media(post)
    mine = post.author is None
    shape: dict[str, Any] = {
        "id": post.id,
        "created_ms": millis(post.at),
        "author_ref": f"group:{page.id}" if mine else f"user:{post.author}",
        "owner_ref": f"group:{page.id}",
        "is_on_behalf_of_group": mine,
        "media": media[:blocks] if blocks else media,
        "has_more": bool(blocks and len(media) > blocks),
        "discussion_summary": {
            "comments_count": sum(not one.deleted for one in post.comments),
            "discussion_id": post.id,
            "discussion_type": "GROUP_TOPIC",
        },
        "like_summary": {"count": post.likes, "self": False},
        "reshare_summary": {"count": post.reposts},
        "views_count": post.views,
        "is_commenting_denied": not (post.comments_open and page.comments_open),
        "delete_id": f"D{post.id}",
    }
    flags = {
        "is_sticky": post.pinned,
        "is_promo": post.kind == "ad",
        "is_unpublished_post": post.state == "scheduled",
        "on_moderation": post.state == "suggested",
        "is_hidden_post": post.state == "hidden",
    }
    shape |= {name: True for name, on in flags.items() if on}
    if post.source is not None:
        shape["reshare"] = {
            "id": post.source.post,
            "owner_ref": f"group:{post.source.page}",
            "owner_name": post.source.name,
        }
    return shape


def _media(post: Post) -> list[dict[str, Any]]:
    text = [{"type": "text", "text": post.text, "text_tokens": [{"text": post.text}]}] if post.text else []
    return [*text, *(_block(one) for one in post.attachments)]


def _block(media: Media) -> dict[str, Any]:
    kind = _BLOCKS.get(media.kind, media.kind)
    if kind == "link":
        about = str(media.facts.get("description", ""))
        return {"type": "link", "url": media.url, "title": media.title, "description": about}
    section = _SECTIONS.get(kind)
    return {"type": kind, section: [f"{_REFS[kind]}:{media.id}"]} if section else {"type": kind, "title": media.title}


def comment(one: Comment, *, name: str | None, milliseconds: bool) -> dict[str, Any]:
    """Return a comment; ``date`` is Moscow time, milliseconds only when asked for."""
    shape: dict[str, Any] = {
        "id": one.id,
        "author_id": one.author,
        "text": one.text,
        "type": "REMOVED_MESSAGE" if one.deleted else "ACTIVE_MESSAGE",
        "date": moscow(one.at),
        "like_count": one.likes,
        "liked_it": False,
    }
    if name is not None:
        shape["author_name"] = name
    if one.as_page:
        shape["author_type"] = "GROUP"
    if one.reply_to:
        shape["reply_to_comment_id"] = one.reply_to
    if milliseconds:
        shape["date_ms"] = millis(one.at)
    return shape


def manager(page: Page, one: Manager) -> dict[str, Any]:
    """Return a person with power over a group."""
    if one.role == "ADMIN" or one.user == page.owner:
        return {"groupId": page.id, "userId": one.user, "status": "ADMIN"}
    return {"groupId": page.id, "userId": one.user, "status": "MODERATOR", "role": one.role}


def ban(page: Page, one: Ban) -> dict[str, Any]:
    """Return an entry of the black list."""
    until = millis(one.until) if one.until is not None else None
    reason = one.reason.upper() or None
    return {
        "groupId": page.id,
        "userId": one.user,
        "status": "BLOCKED",
        "block_reason": reason,
        "unblock_date_ms": until,
    }


def message(one: Message, page: Page, name: str) -> dict[str, Any]:
    """Return a message of the Graph API, as in listings and in events."""
    group_sender = {"group_id": f"group:{page.id}", "name": page.name}
    sender = group_sender if one.outgoing else {"user_id": f"user:{one.peer}", "name": name}
    return {
        "sender": sender,
        "recipient": {"chat_id": f"chat:C{one.peer}"},
        "message": {"text": one.text, "seq": 98_211_023_614_189_660 + int(one.id), "mid": f"mid:C{one.peer}.{one.id}"},
        "timestamp": millis(one.at),
    }
