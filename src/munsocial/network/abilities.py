"""What an adapter declares about itself: abilities with their limits, or their absence with the reason. Data only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from munsocial.wording import Text

__all__ = [
    "Ability",
    "Capabilities",
    "Declared",
    "How",
    "Limits",
    "absent",
    "local",
    "manual",
    "native",
    "utf16_units",
]


def utf16_units(text: str) -> int:
    """Count a text as networks do that keep it in UTF-16 (Telegram): most emoji are two, a flag is four."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class Ability(StrEnum):
    """Every single thing that an adapter can do; each has its protocol in `munsocial.network.protocols`."""

    READ_PROFILE = "read_profile"
    RESOLVE_HANDLE = "resolve_handle"
    LIST_POSTS = "list_posts"
    LIST_COMMENTS = "list_comments"
    READ_LINKS = "read_links"
    READ_MANAGERS = "read_managers"
    READ_BANS = "read_bans"
    READ_STATS = "read_stats"
    LIST_MESSAGES = "list_messages"
    CHECK_KEYS = "check_keys"
    PUBLISH = "publish"
    SCHEDULE = "schedule"
    EDIT_POST = "edit_post"
    DELETE_POST = "delete_post"
    RESTORE_POST = "restore_post"
    PIN_POST = "pin_post"
    REPLY = "reply"
    HIDE_COMMENT = "hide_comment"
    DELETE_COMMENT = "delete_comment"
    RESTORE_COMMENT = "restore_comment"
    REPORT_COMMENT = "report_comment"
    CLOSE_COMMENTS = "close_comments"
    BAN = "ban"
    UNBAN = "unban"
    SEND_MESSAGE = "send_message"
    DELETE_MESSAGE = "delete_message"
    EDIT_LINKS = "edit_links"
    EDIT_PROFILE = "edit_profile"
    SET_AVATAR = "set_avatar"
    SET_COVER = "set_cover"
    SUBSCRIBE = "subscribe"
    REMOVE_MANAGER = "remove_manager"


class How(StrEnum):
    """How an ability is there."""

    NATIVE = "native"  # the network does it
    LOCAL = "local"  # we do it in the network's place, e.g. an outbox for scheduling
    MANUAL = "manual"  # a person does it on the site by our instruction; we check by reading
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits known before sending; None is "not known: trust the server"."""

    text: int | None = None
    """Characters of a text, as ``measure`` counts them."""
    caption: int | None = None
    """Characters of a text that goes with files or a poll, where the network takes fewer than of one alone."""
    media: int | None = None
    """Attachments of one publication."""
    photo_bytes: int | None = None
    video_bytes: int | None = None
    document_bytes: int | None = None
    photo_types: tuple[str, ...] = ()
    poll_answers: int | None = None
    poll_answer_text: int | None = None
    page: int | None = None
    """Items of one page of a listing."""
    per_day: int | None = None
    days: int | None = None
    """Days from now within which a ban must end; 0: bans have no end there, and only `unban` lifts them."""
    measure: Callable[[str], int] = len
    """How the network counts a text: code points, or `utf16_units`, or by weights of its own."""


@dataclass(frozen=True, slots=True)
class Declared:
    """One ability as declared: how, within which limits, with which kinds of keys, or why not."""

    how: How
    limits: Limits = field(default_factory=Limits)
    keys: tuple[str, ...] = ()
    """Kinds of credentials that serve, weakest first."""
    reason: Text | None = None
    instruction: Text | None = None
    """For MANUAL: what a person has to do.

    Placeholders: ``{link}``, ``{text}``, ``{author}``, ``{ground}``, ``{until}``.
    """
    author_page: str = ""
    """For MANUAL: the address of a person's page, with ``{id}`` in it; stands beside the author's name."""
    page: str = ""
    """For MANUAL: the address of a page of the network, with ``{id}`` in it; ``{link}`` where no post is meant."""
    post_page: str = ""
    """For MANUAL: the address of a post, with ``{page}`` and ``{id}`` in it; ``{link}`` where nothing else is known."""
    source: str = ""
    """The vendor's page, or how sure the fact is."""
    keyed: bool = False
    """The network itself drops a repetition with the same key: after an unclear end the call may be sent again."""
    shown_late: bool = False
    """The network shows the effect late, nobody knows how late: after an unclear end "not seen" proves nothing, and
    the call is never sent again."""
    closes_comments: bool = False
    """For PUBLISH and SCHEDULE: what is published can have its comments closed from the beginning."""


def native(
    *,
    keys: tuple[str, ...] = (),
    limits: Limits | None = None,
    source: str = "",
    keyed: bool = False,
    shown_late: bool = False,
    closes_comments: bool = False,
) -> Declared:
    """Declare that the network does it by itself."""
    return Declared(
        How.NATIVE,
        limits or Limits(),
        keys,
        source=source,
        keyed=keyed,
        shown_late=shown_late,
        closes_comments=closes_comments,
    )


def local(reason: Text, *, limits: Limits | None = None) -> Declared:
    """Declare that we do it in the network's place."""
    return Declared(How.LOCAL, limits or Limits(), reason=reason)


def manual(
    reason: Text, instruction: Text, *, source: str = "", author_page: str = "", page: str = "", post_page: str = ""
) -> Declared:
    """Declare that only a person can do it on the site; a task with ``instruction`` is made instead of a call."""
    return Declared(
        How.MANUAL,
        reason=reason,
        instruction=instruction,
        author_page=author_page,
        page=page,
        post_page=post_page,
        source=source,
    )


def absent(reason: Text, *, source: str = "") -> Declared:
    """Declare that it cannot be done, and why."""
    return Declared(How.ABSENT, reason=reason, source=source)


_SILENT = Declared(
    How.ABSENT,
    reason=Text("Адаптер ничего не сообщает об этой возможности.", "The adapter declares nothing about this ability."),
)


@dataclass(frozen=True)
class Capabilities:
    """All that an adapter declares: abilities, formats that posts can have, kinds of accounts that can subscribe."""

    abilities: Mapping[Ability, Declared]
    formats: frozenset[str] = frozenset({"text"})
    """Formats that a publication can have there, in the words of `munsocial.model.content.Post.formats`."""
    features: frozenset[str] = frozenset()
    """Profile things the network has at all: description, avatar, cover, dynamic_cover, widget, app, ..."""
    subscribers: frozenset[str] = frozenset({"profile"})
    """Kinds of accounts which can subscribe to others."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "abilities", MappingProxyType(dict(self.abilities)))

    def __reduce__(self) -> tuple[Any, ...]:
        # A view of a table cannot be pickled: the table is, and is made a view again.
        return Capabilities, (dict(self.abilities), self.formats, self.features, self.subscribers)

    def of(self, ability: Ability) -> Declared:
        """Return what is declared of an ability; a silent adapter has declared its absence."""
        return self.abilities.get(ability, _SILENT)

    def can(self, ability: Ability) -> bool:
        """Tell whether a call may be made: native or local."""
        return self.of(ability).how in (How.NATIVE, How.LOCAL)
