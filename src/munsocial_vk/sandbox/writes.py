"""Methods of the face that change something."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from munsocial.sandbox.things import Ban, Comment, Media, Page, Post
from munsocial_vk.sandbox import shapes
from munsocial_vk.sandbox.asked import Asked, VkError, wrong

__all__ = ["WRITES"]

_REASONS = {0: "other", 1: "spam", 2: "insult", 3: "obscenity", 4: "off_topic"}
_TEXT_FIELDS = {"website": "site", "phone": "phone", "email": "email", "subject": "activity"}
_MEDIA_WORDS = ("photo", "video", "doc", "poll", "audio", "album", "page", "note", "market", "clip")


def _media(asked: Asked, name: str = "attachments") -> list[Media]:
    found: list[Media] = []
    links = 0
    for one in asked.items(name):
        if one.startswith(("http://", "https://")):
            links += 1
            found.append(Media("link", str(links), "0", url=one))
        else:
            found.append(_named(asked, one))
    if links > 1:
        raise VkError(222, "Hyperlinks are forbidden: only one link is allowed")
    pictures = sum(one.kind not in ("link", "poll", "doc", "document") for one in found)
    if pictures > 10 or any(sum(one.kind == kind for one in found) > 1 for kind in ("poll", "doc", "document")):
        raise wrong("too many attachments")
    return found


def _named(asked: Asked, text: str) -> Media:
    word = next((word for word in _MEDIA_WORDS if text.startswith(word)), None)
    whose, _, number = text[len(word or "") :].partition("_")
    number = number.partition("_")[0]
    for (network, kind, owner, id), media in asked.world.media.items():
        same_kind = kind == word or {kind, word} == {"document", "doc"}
        if network == "vk" and same_kind and (owner, id) == (whose, number):
            return media
    for page in asked.world.pages.values():
        for post in page.posts.values():
            for media in post.attachments:
                if word and shapes.media_id(media) == f"{word}{whose}_{number}":
                    return media
    raise wrong(f"attachments: {text}")


def _post(asked: Asked) -> Any:
    page = asked.wall()
    as_page = asked.flag("from_group") or asked.key.kind in ("community", "group")
    if as_page:
        asked.managed(page)
    elif not page.wall_open and asked.key.owner not in (page.owner, page.id):
        raise VkError(214, "Access to adding post denied")
    text, media = asked.text("message"), _media(asked)
    if not text and not media:
        raise wrong("message or attachments is required")
    if any(one.kind == "poll" for one in media) and len(media) == 1 and not text:
        raise wrong("a poll cannot stand alone")
    at = _future(asked)
    guid = asked.text("guid")
    one = asked.world.publish(
        "vk", page.id, text, at=at, author=None if as_page else asked.key.owner, attachments=media, key=guid,
        comments_open=not asked.flag("close_comments"),
    )  # fmt: skip
    if asked.flag("mark_as_ads"):
        one.kind = "ad"
    return {"post_id": int(one.id)}


def _future(asked: Asked) -> datetime | None:
    if not asked.text("publish_date"):
        return None
    at = datetime.fromtimestamp(asked.number("publish_date", low=0, high=253402300799), UTC)
    if at <= asked.world.now():
        raise wrong("publish_date is in the past")
    return at


def _own_post(asked: Asked) -> tuple[Page, Post]:
    page = asked.managed(asked.wall())
    return page, asked.world.post("vk", page.id, str(asked.number("post_id")))


def _edit(asked: Asked) -> Any:
    page, one = _own_post(asked)
    if one.state == "deleted":
        raise VkError(15, "Access denied: post is deleted")
    text, media = asked.text("message"), _media(asked)
    if not text and not media:
        raise wrong("message is required")
    asked.world.edit_post("vk", page.id, one.id, text=text, attachments=media)
    if one.state == "scheduled":
        # Without its date a waiting post goes out at once.
        one.at = _future(asked) or asked.world.now()
        asked.world.page("vk", page.id)
    return {"post_id": int(one.id)}


def _delete(asked: Asked) -> Any:
    page, one = _own_post(asked)
    if one.state != "deleted":
        asked.world.delete_post("vk", page.id, one.id)
    return 1


def _restore(asked: Asked) -> Any:
    page, one = _own_post(asked)
    asked.world.restore_post("vk", page.id, one.id)
    return 1


def _pin(*, pinned: bool) -> Callable[[Asked], Any]:
    def change(asked: Asked) -> Any:
        page, one = _own_post(asked)
        if pinned:
            asked.world.pin("vk", page.id, one.id)
        elif one.pinned:
            asked.world.pin("vk", page.id, None)
        return 1

    return change


def _comments_open(*, opened: bool) -> Callable[[Asked], Any]:
    def change(asked: Asked) -> Any:
        _, one = _own_post(asked)
        one.comments_open = opened
        return 1

    return change


def _create_comment(place: str, field: str) -> Callable[[Asked], Any]:
    def create(asked: Asked) -> Any:
        page = asked.shown(asked.group() if place == "board" else asked.wall())
        number = str(asked.number(field))
        one = page.posts.get(number)
        if one is None or one.place != place:
            raise wrong("post not found")
        author, as_page = _author(asked, page)
        text = asked.text("message")
        if not text and not asked.items("attachments"):
            raise wrong("message is empty")
        made = asked.world.comment(
            "vk", page.id, number, text, author=author, as_page=as_page, attachments=_media(asked),
            reply_to=asked.text("reply_to_comment") or None, key=asked.text("guid"),
        )  # fmt: skip
        if place != "wall":
            return int(made.id)
        return {"comment_id": int(made.id), "parents_stack": [int(made.thread)] if made.thread else []}

    return create


def _author(asked: Asked, page: Page) -> tuple[str, bool]:
    """Return who speaks: a community when ``from_group`` names it or its key is used, else the owner of the key."""
    named = asked.number("from_group", 0)
    if named and asked.method != "wall.createComment":
        # A flag here, and not the id of a community: it speaks on its own page only.
        if named != 1:
            raise wrong("from_group should be boolean")
        named = int(page.id)
    if asked.key.kind in ("community", "group"):
        if named and str(named) != asked.key.page:
            raise VkError(15, "Access denied: from_group")
        group = str(asked.key.page)
    elif named:
        group = str(named)
        asked.managed(asked.page_by(-named))
    else:
        return str(asked.key.owner), False
    if group != page.id and not page.pages_may_comment:
        raise VkError(213, "Access to replying is denied: communities may not comment")
    return group, True


def _comment(asked: Asked) -> tuple[Page, Comment]:
    page = asked.managed(asked.group() if asked.method.startswith("board.") else asked.wall())
    return page, asked.world.find_comment("vk", page.id, str(asked.number("comment_id")))


def _delete_comment(asked: Asked) -> Any:
    page, one = _comment(asked)
    if one.deleted:
        raise VkError(15, "Access denied: comment was deleted")
    asked.world.delete_comment("vk", page.id, one.id, by=asked.key.owner)
    return 1


def _restore_comment(asked: Asked) -> Any:
    page, one = _comment(asked)
    asked.world.restore_comment("vk", page.id, one.id)
    return 1


def _edit_comment(asked: Asked) -> Any:
    page, one = _comment(asked)
    asked.world.edit_comment("vk", page.id, one.id, asked.text("message"))
    return 1


def _report_comment(asked: Asked) -> Any:
    page = asked.shown(asked.wall())
    one = asked.world.find_comment("vk", page.id, str(asked.number("comment_id")))
    reason = asked.number("reason")
    if reason not in (0, 1, 2, 3, 4, 5, 6, 8, 11):
        raise wrong("reason")
    one.reported = str(reason)
    return 1


def _ban(asked: Asked) -> Any:
    page, until = asked.managed(asked.group()), asked.number("end_date", 0, low=0)
    now = asked.world.now()
    end = datetime.fromtimestamp(until, UTC) if until else None
    if end is not None and not now < end <= now + timedelta(days=366):
        raise wrong("end_date")
    reason = _REASONS.get(asked.number("reason", 0), "other")
    whom = str(asked.number("owner_id"))
    entry = Ban(whom, now, end, reason, asked.text("comment"), asked.flag("comment_visible"), asked.key.owner)
    asked.world.ban("vk", page.id, entry)
    return 1


def _unban(asked: Asked) -> Any:
    asked.world.unban("vk", asked.managed(asked.group()).id, str(asked.number("owner_id")))
    return 1


def _edit_group(asked: Asked) -> Any:
    page = asked.managed(asked.group())
    for name, value in asked.fields.items():
        if name in ("v", "lang", "access_token", "group_id"):
            continue
        if name == "description":
            page.description = str(value)
        elif name == "title":
            page.name = str(value)
        elif name == "screen_name":
            asked.world.rename("vk", page.id, str(value))
        elif name in _TEXT_FIELDS:
            page.fields[_TEXT_FIELDS[name]] = str(value)
        else:
            page.settings[name] = str(value)
    return 1


def _add_link(asked: Asked) -> Any:
    page, url = asked.managed(asked.group()), asked.text("link")
    if not url:
        raise wrong("link is undefined")
    link = asked.world.add_link("vk", page.id, url, asked.text("text"))
    return {"id": int(link.id), "url": url, "name": link.name or url, "desc": ""}


def _delete_link(asked: Asked) -> Any:
    page, number = asked.managed(asked.group()), str(asked.number("link_id"))
    if all(link.id != number for link in page.links):
        raise VkError(104, "Not found")
    page.links = [link for link in page.links if link.id != number]
    return 1


def _edit_manager(asked: Asked) -> Any:
    page, whom, role = asked.managed(asked.group()), str(asked.number("user_id")), asked.text("role")
    if whom == page.owner:
        raise VkError(700, "Cannot edit creator role")
    if role:
        asked.world.appoint("vk", page.id, whom, role)
    elif page.managers.pop(whom, None) is None:
        raise VkError(701, "User should be in club")
    return 1


def _send(asked: Asked) -> Any:
    page = asked.managed(asked.group())
    if len(asked.text("message")) > 9000:
        raise VkError(914, "Message is too long")
    key = asked.text("random_id")
    if asked.text("peer_ids"):
        return [_send_one(asked, page, peer, key) for peer in asked.items("peer_ids")]
    peer = str(asked.number("peer_id", int(asked.text("user_id") or 0) or None))
    media = _media(asked, "attachment")
    made = asked.world.send_message(
        "vk", page.id, peer, asked.text("message"), attachments=media, key="" if key == "0" else key
    )
    return int(made.id)


def _send_one(asked: Asked, page: Page, peer: str, key: str) -> dict[str, Any]:
    if peer not in page.may_write_to:
        refusal = {"code": 901, "description": "Can't send messages for users without permission"}
        return {"peer_id": int(peer), "message_id": 0, "conversation_message_id": 0, "error": refusal}
    made = asked.world.send_message("vk", page.id, peer, asked.text("message"), key=key)
    return {"peer_id": int(peer), "message_id": int(made.id), "conversation_message_id": int(made.id)}


def _delete_messages(asked: Asked) -> Any:
    page = asked.managed(asked.group())
    deleted = []
    for number in asked.items("message_ids") or asked.items("cmids"):
        asked.world.delete_message("vk", page.id, number)
        deleted.append({"message_id": int(number), "conversation_message_id": int(number), "response": 1})
    return deleted


def _create_poll(asked: Asked) -> Any:
    page = asked.managed(asked.wall())
    try:
        answers = json.loads(asked.text("add_answers"))
    except ValueError:
        answers = None
    if not isinstance(answers, list) or not 1 <= len(answers) <= 10 or not asked.text("question"):
        raise wrong("add_answers")
    facts = {
        "question": asked.text("question"),
        "answers": [str(one) for one in answers],
        "anonymous": asked.flag("is_anonymous"),
        "multiple": asked.flag("is_multiple"),
    }
    media = asked.world.add_media("vk", Media("poll", "", str(shapes.owner(page)), asked.text("question"), facts=facts))
    return {"id": int(media.id), "owner_id": shapes.owner(page), **shapes.poll_body(media)}


def _set_status(asked: Asked) -> Any:
    asked.managed(asked.group()).status = asked.text("text")
    return 1


def _join(asked: Asked) -> Any:
    asked.world.subscribe("vk", str(asked.key.owner), asked.group().id)
    return 1


WRITES: dict[str, Callable[[Asked], Any]] = {
    "board.createComment": _create_comment("board", "topic_id"),
    "board.deleteComment": _delete_comment,
    "board.editComment": _edit_comment,
    "board.restoreComment": _restore_comment,
    "groups.addLink": _add_link,
    "groups.ban": _ban,
    "groups.deleteLink": _delete_link,
    "groups.edit": _edit_group,
    "groups.editManager": _edit_manager,
    "groups.join": _join,
    "groups.unban": _unban,
    "messages.delete": _delete_messages,
    "messages.send": _send,
    "photos.createComment": _create_comment("photo", "photo_id"),
    "photos.deleteComment": _delete_comment,
    "photos.editComment": _edit_comment,
    "photos.reportComment": _report_comment,
    "photos.restoreComment": _restore_comment,
    "polls.create": _create_poll,
    "status.set": _set_status,
    "video.createComment": _create_comment("video", "video_id"),
    "video.deleteComment": _delete_comment,
    "video.editComment": _edit_comment,
    "video.reportComment": _report_comment,
    "video.restoreComment": _restore_comment,
    "wall.closeComments": _comments_open(opened=False),
    "wall.createComment": _create_comment("wall", "post_id"),
    "wall.delete": _delete,
    "wall.deleteComment": _delete_comment,
    "wall.edit": _edit,
    "wall.editComment": _edit_comment,
    "wall.openComments": _comments_open(opened=True),
    "wall.pin": _pin(pinned=True),
    "wall.post": _post,
    "wall.reportComment": _report_comment,
    "wall.restore": _restore,
    "wall.restoreComment": _restore_comment,
    "wall.unpin": _pin(pinned=False),
}
