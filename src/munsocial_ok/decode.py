"""From OK's answers to our model. Pure functions: no network, no clock.

Moscow time without a zone becomes UTC. A field that is absent is "empty or not visible", so it stays None unless the
token belongs to an administrator, to whom everything of the group is visible.
"""

from __future__ import annotations

import base64
import binascii
import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from munsocial.model.base import typed_maker
from munsocial.model.content import Ban, Comment, Manager, Post, PostKind, PostState, Profile, RepostSource
from munsocial_ok.wire import Entities, Group, Member, StatTopic, Topic, WireComment

__all__ = [
    "MOSCOW",
    "ban_of",
    "comment_of",
    "gone_post",
    "group_url",
    "manager_of",
    "moment_of",
    "names_of",
    "post_of",
    "post_url",
    "profile_of",
    "topic_id",
]

MOSCOW = timezone(timedelta(hours=3), "Europe/Moscow")
"""The zone of ``date`` in comments: fixed, since Russia changes no clocks and OK means UTC+3 in so many words."""

_NO_FIGURES = StatTopic(id="-")
_made_post, _made_comment = typed_maker(Post), typed_maker(Comment)
_SOME_MS = 10**12  # in 2001, before there was OK: less is no number of milliseconds
_MAX_MS = 253_402_300_799_000 - 86_400_000  # a day before the end of the year 9999: it is over in some zone

_FORMATS = {"movie": "video", "movie-reshare": "video", "music": "audio"}
_CLOSED = {"OPEN": False, "CLOSED": True, "PRIVATE": True, "SECRET": True}
_TOPIC = re.compile(r"/topic/(\d{1,20})")


def moment_of(milliseconds: int | None) -> datetime | None:
    """Return an aware moment of Unix milliseconds; None for none and for what lies outside the calendar."""
    if milliseconds is None or not 0 <= milliseconds <= _MAX_MS:
        return None
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def group_url(gid: str) -> str:
    """Return the address of a group for people."""
    return f"https://ok.ru/group/{gid}"


def post_url(gid: str, topic: str) -> str:
    """Return the address of a post for people."""
    return f"https://ok.ru/group/{gid}/topic/{topic}"


def topic_id(address: str) -> str | None:
    """Return the id of a post from what an operator pasted: the id itself, or an address with ``/topic/<id>``."""
    text = address.strip()
    if text.isascii() and text.isdigit() and len(text) <= 20:
        return text
    found = _TOPIC.search(text)
    return found.group(1) if found else None


def profile_of(group: Group) -> Profile:
    """Return a group's page as it shows itself to this token."""
    manages = _manages(group)
    fields = _fields(group)
    buttons = bool(group.cover_buttons or group.profile_buttons)
    moving = _present(group.cover_series, manages)
    features = {name for name, there in (("widget", buttons), ("dynamic_cover", moving)) if there}
    return Profile(
        network_id=group.uid,
        handle=group.shortname,
        url=f"https://ok.ru/{group.shortname}" if group.shortname else group_url(group.uid),
        name=group.name,
        description=group.description if group.description is not None else ("" if manages else None),
        closed=_closed(group),
        blocked=_blocked(group.status),
        avatar=_present(_first(group.picAvatar, group.pic_avatar, group.main_photo, group.photo_id), manages),
        cover=_present(_first(group.cover, group.mobile_cover, group.cover_series), manages),
        dynamic_cover=moving,
        subscribers=group.members_count,
        state_mark=_present(group.gos_org, False),
        audience_mark=_present(group.rkn_mark, False),
        fields=fields,
        seen_fields=frozenset({"name", "phone", "site", "postal_address"}) if manages else frozenset(fields),
        features=frozenset(features) if features or manages else None,
        messages_open=group.messaging_enabled if group.messaging_enabled is not None else group.messaging_allowed,
    )


def _manages(group: Group) -> bool:
    """Tell whether the token's person manages the group: then absent means empty, not hidden."""
    return bool(group.stats_allowed or group.role or group.member_status in ("ADMIN", "MODERATOR"))


def _first(*values: Any) -> Any:
    """Return what is there; else what there is of it, if only an empty shell."""
    return next((one for one in values if one), next((one for one in values if one is not None), None))


def _present(value: Any, manages: bool) -> bool | None:
    """Tell presence of something whose shape is not published; absence counts only for a manager."""
    if value is None:
        return False if manages else None
    if value == {}:
        return None  # there is something, without anything that tells of it
    return bool(value) and str(value).lower() != "false"


def _fields(group: Group) -> dict[str, str]:
    address = ", ".join(part for part in (group.city, group.address) if part)
    found = {"name": group.name, "phone": group.phone, "site": group.homepage_url, "postal_address": address}
    return {word: text for word, text in found.items() if text}


def _closed(group: Group) -> bool | None:
    if group.private is not None:
        return group.private
    return _CLOSED.get((group.access_type or "").upper())


def _blocked(status: Any) -> str | None:
    word = status.lower() if isinstance(status, str) else ""
    return {"deleted": "deleted", "blocked": "banned", "banned": "banned"}.get(word)


def names_of(entities: Entities | None) -> dict[str, str]:
    """Return names by id of the people and groups that an answer brought along."""
    if entities is None:
        return {}
    return {one.uid: one.called for one in (*entities.users, *entities.groups) if one.called}


def post_of(topic: Topic, gid: str, stat: StatTopic | None = None) -> Post | None:
    """Return a post with its figures; None when nothing tells when it was published."""
    figures = stat or _NO_FIGURES
    at = moment_of(topic.publication_date_ms or topic.created_ms or figures.created_ms)
    if at is None:
        return None
    author = _ref(topic.author_ref)
    text, formats, shared = _content(topic)
    return _made_post(
        id=topic.id,
        at=at,
        text=text,
        author_id=author[1] or None,
        by_owner=_by_owner(topic, author, gid),
        kind=PostKind.REPOST if shared else PostKind.AD if topic.is_promo else PostKind.OWN,
        state=_state(topic),
        pinned=bool(topic.is_sticky),
        formats=formats,
        source=_source(shared) if shared else None,
        url=post_url(gid, topic.id),
        comments_open=None if topic.is_commenting_denied is None else not topic.is_commenting_denied,
        comments=_either(topic.comments, figures.comments),
        likes=_either(topic.likes, figures.likes),
        reposts=_either(topic.reshares, figures.reshares),
        views=_either(topic.views_count, figures.views),
    )


def gone_post(stat: StatTopic, gid: str) -> Post | None:
    """Return a post that has statistics but no content any more: deleted or hidden, which OK does not tell apart."""
    at = moment_of(stat.created_ms)
    if at is None:
        return None
    return Post(
        id=stat.id,
        at=at,
        state=PostState.DELETED,
        formats=(),
        url=post_url(gid, stat.id),
        inferred=("state", "formats"),
    )


def _either(first: int | None, second: float | None) -> int | None:
    """Return the figure of the post itself, else that of its statistics, without its fraction."""
    if first is not None:
        return first
    return None if second is None else int(second)


def _ref(ref: str | None) -> tuple[str, str]:
    if not ref:
        return "", ""
    kind, _, id = ref.partition(":")
    return (kind, id) if id else ("", "")


def _by_owner(topic: Topic, author: tuple[str, str], gid: str) -> bool:
    """Tell whether the page itself speaks: a post in a person's name is a guest's, whoever the person is."""
    if topic.is_on_behalf_of_group is not None:
        return topic.is_on_behalf_of_group
    return author in (("group", gid), ("", ""))


def _state(topic: Topic) -> PostState:
    if topic.on_moderation:
        return PostState.SUGGESTED
    if topic.is_unpublished_post:
        return PostState.SCHEDULED
    return PostState.HIDDEN if topic.is_hidden_post else PostState.PUBLISHED


def _content(topic: Topic) -> tuple[str, tuple[str, ...], Any]:
    """Return the text, the formats in order of appearance, each once (a new kind as OK spells it), and what is shared.

    Some answers have only the tokens of a text.
    """
    texts: list[str] = []
    formats: dict[str, None] = {}
    shared = topic.reshare
    for block in topic.media:
        kind = block.type
        if kind == "text":
            texts.append(block.text or "".join([token.text or "" for token in block.text_tokens]))
        if kind:
            formats[_FORMATS.get(kind, kind)] = None
        shared = shared or block.reshare
    return "\n".join(texts), tuple(formats), shared


def _source(shared: Any) -> RepostSource | None:
    """Return where a repost comes from, as far as its opaque part tells."""
    if not isinstance(shared, dict):
        return None
    refs = [shared.get(name) for name in ("owner_ref", "author_ref")]
    owner = next((_ref(ref) for ref in refs if isinstance(ref, str) and ":" in ref), ("", ""))
    name = shared.get("owner_name")
    return (
        RepostSource(
            network_id=owner[1],
            post_id=str(shared.get("id") or shared.get("topic_id") or ""),
            name=name if isinstance(name, str) else None,
        )
        if owner[1]
        else None
    )


def comment_of(comment: WireComment, topic: str, gid: str, names: dict[str, str]) -> Comment | None:
    """Return a comment; None when nothing tells when it was written."""
    at = _comment_moment(comment)
    if at is None:
        return None
    kind, author = _author(comment)
    removed = (comment.type or "ACTIVE_MESSAGE") != "ACTIVE_MESSAGE"
    return _made_comment(
        id=comment.id,
        post_id=topic,
        at=at,
        text="" if removed else comment.text or "",
        author_id=author or None,
        author_name=comment.author_name or names.get(author),
        author_kind=kind,
        by_owner=kind == "group" and author == gid,
        deleted=removed,
        reply_to=comment.reply_to_comment_id or None,
        url=post_url(gid, topic),  # a comment of OK has no address of its own
    )


def _author(comment: WireComment) -> tuple[str, str]:
    kind, id = _ref(comment.author_ref)
    group = (comment.author_type or kind).upper() == "GROUP"
    return ("group" if group else "user"), comment.author_id or id


def _comment_moment(comment: WireComment) -> datetime | None:
    """Return the moment: milliseconds if asked and given, else Moscow time, else what the id holds (undocumented)."""
    return moment_of(comment.date_ms or comment.created_ms) or _moscow(comment.date) or _moment_in_id(comment.id)


def _moscow(date: Any) -> datetime | None:
    if isinstance(date, int):
        return moment_of(date) if date >= _SOME_MS else None
    try:
        naive = datetime.fromisoformat(date if isinstance(date, str) else "")
    except ValueError:
        return None
    try:
        return (naive if naive.tzinfo else naive.replace(tzinfo=MOSCOW)).astimezone(UTC)
    except OverflowError:
        return None


def _moment_in_id(id: str) -> datetime | None:
    try:
        first = base64.b64decode(id + "=" * (-len(id) % 4), validate=True).partition(b":")[0]
    except (binascii.Error, ValueError):
        return None
    return moment_of(int(first)) if first.isdigit() and len(first) == 13 else None


def manager_of(member: Member, names: dict[str, str]) -> Manager:
    """Return a person with power over a group; the role is OK's word, ``ADMIN`` for one without a narrower role."""
    role = member.role[0] if isinstance(member.role, list) and member.role else member.role
    word = role if isinstance(role, str) and role else member.status or "UNKNOWN"
    return Manager(network_id=member.userId, name=names.get(member.userId), role=word)


def ban_of(member: Member, names: dict[str, str], *, null_is_forever: bool) -> Ban:
    """Return an entry of the black list. OK tells neither its beginning nor who made it."""
    until = moment_of(member.unblock_date_ms or None)  # nought is no moment: the ban would be long over
    return Ban(
        user_id=member.userId,
        name=names.get(member.userId),
        until=until,
        forever=until is None and null_is_forever,
        reason=member.block_reason,
    )
