"""What is seen in a network, in one shape for all networks: profile, posts, comments, links, people, bans, messages.

These values come from decoders and from snapshot files. Unknown words of a network stay as text.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import ConfigDict, PlainSerializer

from munsocial.model.base import Moment, Record, shared_names

__all__ = [
    "Ban",
    "Comment",
    "Link",
    "Manager",
    "Message",
    "Post",
    "PostKind",
    "PostState",
    "Profile",
    "RepostSource",
    "Stats",
]


Words = Annotated[frozenset[str], PlainSerializer(sorted, return_type=list[str], when_used="json")]
"""Words of acts. A set has another order in each process: sorted, equal snapshots are equal files."""


class _Seen(Record):
    model_config = ConfigDict(str_strip_whitespace=False)

    def model_post_init(self, context: Any, /) -> None:
        """Share the set of the names that were given: it is the same for most values, and a third of their memory.

        Values are frozen and a copy takes a copy of the set, so nobody changes what is shared.
        """
        object.__setattr__(self, "__pydantic_fields_set__", shared_names(self.__pydantic_fields_set__))


class Profile(_Seen):
    """A page as it shows itself. None is "not visible with this key", an empty text is "seen and empty"."""

    network_id: str
    handle: str | None = None
    url: str | None = None
    name: str | None = None
    description: str | None = None
    closed: bool | None = None
    blocked: str | None = None
    """``deleted`` or ``banned`` or another word of the network; None when it lives."""
    avatar: bool | None = None
    """True: an own picture, False: the network's default."""
    cover: bool | None = None
    dynamic_cover: bool | None = None
    subscribers: int | None = None
    verified: bool | None = None
    state_mark: bool | None = None
    audience_mark: bool | None = None
    """The mark of the register of pages with over 10 000 users."""
    fields: dict[str, str] = {}
    """Filled fields by the words of acts: name, postal_address, email, phone, site, activity, working_hours."""
    seen_fields: Words = frozenset()
    """Which of those words the network can show at all with this key, filled or not."""
    features: Words | None = None
    """Features of clause 7.2 seen on the page; None: this network or key shows none."""
    pinned_post: str | None = None
    comments_open: bool | None = None
    messages_open: bool | None = None


class PostKind(StrEnum):
    """What a publication is."""

    OWN = "own"
    REPOST = "repost"
    AD = "ad"
    STORY = "story"
    CLIP = "clip"


class PostState(StrEnum):
    """Whether a publication stands on the page; only PUBLISHED counts."""

    PUBLISHED = "published"
    SCHEDULED = "scheduled"
    SUGGESTED = "suggested"
    HIDDEN = "hidden"
    DELETED = "deleted"


class RepostSource(_Seen):
    """Where a repost comes from; None is "not seen"."""

    network_id: str
    post_id: str = ""
    name: str | None = None
    subscribers: int | None = None
    registered: bool | None = None
    """Stands in the register of pages with over 10 000 users."""


class Post(_Seen):
    """A publication on a page; ``at`` is its moment of publication."""

    id: str
    at: Moment
    text: str = ""
    author_id: str | None = None
    by_owner: bool = True
    """False: a guest wrote on the open wall."""
    kind: PostKind = PostKind.OWN
    state: PostState = PostState.PUBLISHED
    edited_at: Moment | None = None
    removed_at: Moment | None = None
    pinned: bool = False
    formats: tuple[str, ...] = ("text",)
    """text, photo, infographic, video, live, poll, link, story, clip, document, audio, other.

    A new kind stands as the network spells it.
    """
    topic: str | None = None
    """Tagged at publication: head_event, activity, socially_important, other."""
    style_exempt: str | None = None
    source: RepostSource | None = None
    thread_of: str | None = None
    """Id of the first message, when the network publishes a chain of short linked ones."""
    url: str | None = None
    comments: int | None = None
    comments_open: bool | None = None
    likes: int | None = None
    reposts: int | None = None
    views: int | None = None
    inferred: tuple[str, ...] = ()
    """Fields that the network did not state and the decoder derived."""


class Comment(_Seen):
    """A comment under a publication; a deleted one has neither author nor text."""

    id: str
    post_id: str
    at: Moment
    text: str = ""
    author_id: str | None = None
    author_name: str | None = None
    author_kind: str = "user"
    """``user`` or ``group``, as far as the network tells."""
    by_owner: bool = False
    """Written in the name of the page under whose post it stands."""
    by_account: str | None = None
    """Registry id of one of our accounts, when one of them wrote it."""
    deleted: bool = False
    reply_to: str | None = None
    thread: str | None = None
    url: str | None = None


class Message(_Seen):
    """A private message to or from a page; ``at`` is when it was sent."""

    id: str
    peer_id: str
    at: Moment
    text: str = ""
    author_id: str | None = None
    outgoing: bool = False
    deleted: bool = False


class Link(_Seen):
    """Something that a page is subscribed to or links to."""

    kind: str
    """``link`` (block of links), ``subscription``, ``owner_profile_subscription``."""
    network_id: str | None = None
    handle: str | None = None
    url: str | None = None
    name: str | None = None


class Manager(_Seen):
    """A person with power over a page; ``role`` in the network's own word."""

    network_id: str
    name: str | None = None
    role: str


class Ban(_Seen):
    """A user in the black list of a page; ``until`` None with ``forever`` False means that nobody can tell."""

    user_id: str
    name: str | None = None
    since: Moment | None = None
    until: Moment | None = None
    forever: bool = False
    reason: str | None = None
    note: str | None = None
    by: str | None = None


class Stats(_Seen):
    """Figures of a page for a time; what the network does not tell is absent, never zero."""

    since: Moment
    until: Moment
    figures: dict[str, int] = {}
    raw: dict[str, Any] = {}
