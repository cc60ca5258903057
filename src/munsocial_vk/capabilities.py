"""What the adapter of VK declares: each ability with keys and limits, or its absence with the reason. Data only."""

from __future__ import annotations

from datetime import timedelta

from munsocial.network.abilities import Ability, Capabilities, Declared, Limits, absent, native
from munsocial.wording import Text
from munsocial_vk.methods import COMMUNITY, SERVICE, USER
from munsocial_vk.settings import VkSettings

__all__ = ["CAPABILITIES", "LONGEST_BAN", "RIGHTS"]

_ANY = (SERVICE, COMMUNITY, USER)
_PUBLIC = (SERVICE, USER)
_OWN = (COMMUNITY, USER)
_USER = (USER,)
_SCHEMA = "JSON Schema 5.199"
_DEFAULT = VkSettings()
LONGEST_BAN = timedelta(days=365)

_POSTS = Limits(
    text=_DEFAULT.post_text,
    media=_DEFAULT.media_per_post,
    photo_bytes=_DEFAULT.photo_bytes,
    video_bytes=_DEFAULT.video_bytes,
    document_bytes=_DEFAULT.document_bytes,
    photo_types=("jpeg", "png", "gif"),
    poll_answers=10,
    poll_answer_text=100,
    per_day=_DEFAULT.posts_per_day,
)

_READING: dict[Ability, Declared] = {
    Ability.READ_PROFILE: native(keys=_ANY, source=_SCHEMA),
    Ability.RESOLVE_HANDLE: native(keys=_ANY, source=_SCHEMA),
    Ability.LIST_POSTS: native(keys=_PUBLIC, limits=Limits(page=100), source=_SCHEMA),
    Ability.LIST_COMMENTS: native(keys=_PUBLIC, limits=Limits(page=100), source=_SCHEMA),
    Ability.READ_LINKS: native(keys=_ANY, source=_SCHEMA),
    Ability.READ_MANAGERS: native(keys=_OWN, limits=Limits(page=1000), source="roles: common knowledge"),
    Ability.READ_BANS: native(keys=_OWN, limits=Limits(page=200), source=_SCHEMA),
    Ability.READ_STATS: native(keys=_USER, source=_SCHEMA),
    Ability.LIST_MESSAGES: native(keys=_OWN, limits=Limits(page=200), source=_SCHEMA),
    Ability.CHECK_KEYS: native(keys=_ANY, source=_SCHEMA),
}

_ACTING: dict[Ability, Declared] = {
    Ability.PUBLISH: native(
        keys=_OWN,
        limits=_POSTS,
        source="text by community key: reports of 2026-07",
        keyed=True,
        closes_comments=True,
    ),
    Ability.SCHEDULE: native(keys=_OWN, limits=_POSTS, source=_SCHEMA, keyed=True, closes_comments=True),
    Ability.EDIT_POST: native(keys=_USER, limits=_POSTS, source=_SCHEMA),
    Ability.DELETE_POST: native(keys=_USER, source=_SCHEMA),
    Ability.RESTORE_POST: native(keys=_USER, source=_SCHEMA),
    Ability.PIN_POST: native(keys=_USER, source=_SCHEMA),
    Ability.REPLY: native(keys=_OWN, limits=Limits(text=_DEFAULT.comment_text), source=_SCHEMA, keyed=True),
    Ability.HIDE_COMMENT: absent(
        Text(
            "Во ВКонтакте нет отдельного скрытия: комментарий скрывает удаление руководителем.",
            "VK has no hiding of its own: deletion by a manager is the hiding.",
        )
    ),
    Ability.DELETE_COMMENT: native(keys=_OWN, source="community key: not confirmed, falls back"),
    Ability.RESTORE_COMMENT: native(keys=_OWN, source="for a limited time, by whoever deleted"),
    Ability.REPORT_COMMENT: native(keys=_USER, source=_SCHEMA),
    Ability.CLOSE_COMMENTS: native(keys=_OWN, source=_SCHEMA),
    Ability.BAN: native(keys=_USER, limits=Limits(days=LONGEST_BAN.days), source=_SCHEMA),
    Ability.UNBAN: native(keys=_USER, source=_SCHEMA),
    Ability.SEND_MESSAGE: native(keys=_OWN, limits=Limits(text=_DEFAULT.message_text), source=_SCHEMA, keyed=True),
    Ability.DELETE_MESSAGE: native(keys=_OWN, source="for all within about a day"),
    Ability.EDIT_LINKS: native(keys=_USER, source=_SCHEMA),
    Ability.EDIT_PROFILE: native(keys=_OWN, source=_SCHEMA),
    Ability.SET_AVATAR: native(keys=_USER, source=_SCHEMA),
    Ability.SET_COVER: native(keys=_OWN, source=_SCHEMA),
    Ability.SUBSCRIBE: native(keys=_USER, source="persons only: a community cannot follow"),
    Ability.REMOVE_MANAGER: native(keys=_USER, source=_SCHEMA),
}

RIGHTS: dict[Ability, str] = {
    Ability.READ_MANAGERS: "manage",
    Ability.READ_BANS: "manage",
    Ability.READ_STATS: "stats",
    Ability.LIST_MESSAGES: "messages",
    Ability.PUBLISH: "wall",
    Ability.SCHEDULE: "wall",
    Ability.EDIT_POST: "wall",
    Ability.DELETE_POST: "wall",
    Ability.RESTORE_POST: "wall",
    Ability.PIN_POST: "wall",
    Ability.REPLY: "wall",
    Ability.DELETE_COMMENT: "wall",
    Ability.RESTORE_COMMENT: "wall",
    Ability.REPORT_COMMENT: "wall",
    Ability.CLOSE_COMMENTS: "wall",
    Ability.BAN: "manage",
    Ability.UNBAN: "manage",
    Ability.SEND_MESSAGE: "messages",
    Ability.DELETE_MESSAGE: "messages",
    Ability.EDIT_LINKS: "manage",
    Ability.EDIT_PROFILE: "manage",
    Ability.SET_AVATAR: "photos",
    Ability.SET_COVER: "photos",
    Ability.REMOVE_MANAGER: "manage",
    Ability.SUBSCRIBE: "manage",
}
"""The right an ability wants, in the words of a community key; a user key calls ``manage`` ``groups``."""

CAPABILITIES = Capabilities(
    _READING | _ACTING,
    formats=frozenset(
        {"text", "photo", "infographic", "video", "live", "poll", "link", "story", "clip", "document", "audio"}
    ),
    features=frozenset({"description", "avatar", "cover", "dynamic_cover", "widget", "app"}),
)
