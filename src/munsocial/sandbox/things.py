"""What a world is made of: users, pages, posts, comments, messages, keys. Mutable, plain, without behaviour.

All moments are aware and in UTC. All ids are texts; a face turns them into the numbers of its network.
Words in ``kind``, ``role``, ``rights`` and ``settings`` are those of the network concerned.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

__all__ = [
    "Application",
    "Ban",
    "Comment",
    "Event",
    "HandleSpan",
    "Key",
    "Link",
    "Manager",
    "Media",
    "Message",
    "Page",
    "Post",
    "Refusal",
    "Source",
    "Upload",
    "User",
]


class Refusal(Exception):
    """The world does not do that; ``why`` is one word for a face to translate into its network's error.

    Words: no_page, no_user, no_post, no_comment, no_message, no_key, no_upload, no_media, comments_closed,
    cannot_message, not_banned, not_deleted, is_manager, is_closed.
    """

    def __init__(self, why: str, what: str = "") -> None:
        super().__init__(f"{why} {what}".strip())
        self.why = why


@dataclass(slots=True)
class User:
    """A person who reads and writes."""

    network: str
    id: str
    first_name: str
    last_name: str = ""
    handle: str = ""
    blocked: str | None = None
    """``deleted`` or ``banned``."""
    subscriptions: list[str] = field(default_factory=list)
    """Ids of pages of the same network."""
    subscriptions_hidden: bool = False

    @property
    def name(self) -> str:
        """Return both names."""
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(slots=True)
class Manager:
    """A person with power over a page."""

    user: str
    role: str
    since: datetime | None = None


@dataclass(slots=True)
class Link:
    """An entry of a page's block of links, or a page which it follows."""

    id: str
    url: str
    name: str = ""
    kind: str = "link"
    page: str | None = None
    """Id of the page it leads to, when that is a page of the same network."""


@dataclass(slots=True)
class Ban:
    """A user (or a page: id with a minus) in the black list."""

    user: str
    since: datetime
    until: datetime | None = None
    """None: for ever."""
    reason: str = ""
    note: str = ""
    note_shown: bool = False
    by: str | None = None


@dataclass(slots=True)
class HandleSpan:
    """A handle that a page had, with the moment when it lost it."""

    handle: str
    until: datetime


@dataclass(slots=True)
class Media:
    """An attachment: photo, video, live, clip, story, poll, link, document (of VK also doc), audio and others.

    ``facts`` by kind: poll ``question``, ``answers``, ``anonymous``, ``multiple``; link ``description``;
    video ``live`` (bool), ``duration``; photo ``width``, ``height``; any ``upload`` (digest of the file).
    """

    kind: str
    id: str
    owner: str
    title: str = ""
    url: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Source:
    """The origin of a repost."""

    page: str
    post: str
    at: datetime
    text: str = ""
    name: str = ""
    subscribers: int | None = None
    registered: bool | None = None


@dataclass(slots=True)
class Comment:
    """A comment. A deleted one keeps its text here, so that it can be restored; faces must not show it."""

    id: str
    post: str
    at: datetime
    text: str
    author: str
    """Id of a user, or of a page when ``as_page``."""
    as_page: bool = False
    reply_to: str | None = None
    thread: str | None = None
    """Id of the comment of the first level under which it stands."""
    deleted: bool = False
    deleted_by: str | None = None
    deleted_at: datetime | None = None
    reported: str | None = None
    hidden: bool = False
    """Not shown, but not deleted: of networks that can hide."""
    likes: int = 0
    attachments: list[Media] = field(default_factory=list)


@dataclass(slots=True)
class Post:
    """A publication, or a photo, video or discussion under which people comment (``place``)."""

    id: str
    page: str
    at: datetime
    """Moment of publication; of a scheduled one the moment when it will appear."""
    text: str = ""
    author: str | None = None
    """Id of the user who wrote it; None: the page itself."""
    signer: str | None = None
    kind: str = "own"
    """own, repost, ad, story, clip."""
    state: str = "published"
    """published, scheduled, suggested, hidden, deleted."""
    place: str = "wall"
    """wall, photo, video, board."""
    attachments: list[Media] = field(default_factory=list)
    edited: datetime | None = None
    removed: datetime | None = None
    pinned: bool = False
    source: Source | None = None
    comments_open: bool = True
    comments: list[Comment] = field(default_factory=list)
    likes: int = 0
    reposts: int = 0
    views: int | None = None


@dataclass(slots=True)
class Message:
    """A private message between a page and a peer."""

    id: str
    page: str
    peer: str
    at: datetime
    text: str = ""
    outgoing: bool = False
    author: str | None = None
    deleted: bool = False
    read: bool = False
    attachments: list[Media] = field(default_factory=list)


@dataclass(slots=True)
class Page:
    """A community, page, channel or profile."""

    network: str
    id: str
    handle: str = ""
    kind: str = "community"
    name: str = ""
    description: str = ""
    status: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    """By the words of acts: postal_address, email, phone, site, activity, working_hours."""
    avatar: bool = True
    """False: the network's default picture."""
    cover: bool = False
    dynamic_cover: bool = False
    closed: str = "open"
    """open, closed, private: to strangers only an open page shows its posts."""
    blocked: str | None = None
    """``deleted`` or ``banned``."""
    verified: bool = False
    state_mark: bool | None = None
    audience_mark: bool | None = None
    subscribers: int = 0
    features: set[str] = field(default_factory=set)
    comments_open: bool = True
    messages_open: bool = True
    wall_open: bool = False
    """Guests may write on the wall."""
    pages_may_comment: bool = True
    settings: dict[str, Any] = field(default_factory=dict)
    owner: str | None = None
    managers: dict[str, Manager] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    bans: dict[str, Ban] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)
    """Ids of scheduled posts."""
    dialogs: dict[str, list[Message]] = field(default_factory=dict)
    """By peer, oldest message first."""
    may_write_to: set[str] = field(default_factory=set)
    """Peers who allowed messages."""
    statistics: dict[str, int] = field(default_factory=dict)
    statistics_open: bool = True
    republished: dict[str, str] = field(default_factory=dict)
    """Id of a scheduled post to the id under which it appeared."""
    former_handles: list[HandleSpan] = field(default_factory=list)
    opened: datetime | None = None


@dataclass(slots=True)
class Application:
    """An application registered with a network."""

    network: str
    id: str
    public: str
    secret: str = field(repr=False)
    permissions: frozenset[str] = frozenset()
    enabled: bool = True


@dataclass(slots=True)
class Key:
    """A token and what it opens. ``owner`` is a user id; ``page`` is set for the key of one page."""

    value: str = field(repr=False)
    network: str
    kind: str
    """service, community, user, group, ..."""
    owner: str | None = None
    page: str | None = None
    application: str = ""
    rights: frozenset[str] = frozenset()
    expires: datetime | None = None
    revoked: bool = False
    session_secret: str = field(default="", repr=False)
    refresh: str = field(default="", repr=False)
    settings: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Upload:
    """An upload address that was given out, and what came to it. The bytes themselves are not kept."""

    token: str
    network: str
    kind: str
    page: str
    at: datetime
    name: str = ""
    size: int | None = None
    """None: nothing came yet."""
    digest: str = ""
    media_type: str = ""
    saved: bool = False
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: for callbacks, long polling, and tests that ask whether a write took place."""

    number: int
    at: datetime
    what: str
    """post, edit, delete_post, comment, delete_comment, restore_comment, ban, unban, message, ..."""
    network: str
    page: str
    id: str
    by: str | None = None
