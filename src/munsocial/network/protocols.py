"""One small protocol per ability, so that a function asks for no more than it uses.

All methods are coroutines over the injected port. Ids are text. Moments are aware. Each may raise any
`munsocial.errors.NetworkError`, and `CapabilityMissing` when no key at hand serves.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol, runtime_checkable

from munsocial.model.accounts import NetworkAccount
from munsocial.model.content import Ban, Comment, Link, Manager, Message, Post, Profile, Stats
from munsocial.model.snapshot import AccountView
from munsocial.network.drafts import Draft, Media, Page, PostId, Window
from munsocial.network.keyreport import KeyReport

__all__ = [
    "Bans",
    "ClosesComments",
    "CollectsMany",
    "DeletesComments",
    "DeletesMessages",
    "DeletesPosts",
    "EditsLinks",
    "EditsPosts",
    "EditsProfile",
    "EstimatesCalls",
    "HidesComments",
    "ChecksKeys",
    "ListsComments",
    "ListsMessages",
    "ListsPosts",
    "PinsPosts",
    "Publishes",
    "ReadsBans",
    "ReadsLinks",
    "ReadsManagers",
    "ReadsProfile",
    "ReadsStats",
    "RemembersCarried",
    "RemembersPosts",
    "RemovesManagers",
    "Replies",
    "ReportsComments",
    "ResolvesHandles",
    "RestoresComments",
    "RestoresPosts",
    "SendsMessages",
    "SetsAvatar",
    "SetsCover",
    "Subscribes",
]


@runtime_checkable
class ReadsProfile(Protocol):
    """Sees a page as it shows itself."""

    async def read_profile(self, account: NetworkAccount) -> Profile: ...


@runtime_checkable
class ResolvesHandles(Protocol):
    """Finds to which immutable id a handle leads now; None when it leads nowhere."""

    async def resolve_handle(self, handle: str) -> str | None: ...


@runtime_checkable
class ListsPosts(Protocol):
    """Lists publications, newest first as far as the network allows; pinned ones may come first.

    A page may hold posts outside the window; the caller sorts and cuts. The cursor ends when all inside were given.
    """

    async def list_posts(
        self, account: NetworkAccount, *, since: datetime, until: datetime, cursor: str | None = None
    ) -> Page[Post]: ...


@runtime_checkable
class RemembersPosts(Protocol):
    """Finds posts sooner when it is told their ids: called before a listing with those that went out through us."""

    def remember_posts(self, account: NetworkAccount, posts: Iterable[str]) -> None: ...


@runtime_checkable
class RemembersCarried(Protocol):
    """Carries a file once for a key, however often the deed is tried: what it carried stands there. Nobody has to.

    Names are by the path of the file; an empty one says that the file may be there. They are told before each attempt
    and asked for after it. With ``note`` the adapter says them meanwhile, for who may be killed can say nothing
    afterwards: right before a file is on its way, with an empty name, and once it stands there. What cannot be noted
    raises, and is not sent. Its ``edit_post``, if it has one, takes ``key`` too, as ``publish`` does.
    """

    def remember_carried(
        self, key: str, files: Mapping[str, str], note: Callable[[Mapping[str, str]], None]
    ) -> None: ...

    def carried_for(self, key: str) -> dict[str, str]: ...


@runtime_checkable
class ListsComments(Protocol):
    """Lists comments of one post with all their threads."""

    async def list_comments(
        self, account: NetworkAccount, post: str, *, cursor: str | None = None
    ) -> Page[Comment]: ...


@runtime_checkable
class ReadsLinks(Protocol):
    """Lists what a page links or is subscribed to."""

    async def read_links(self, account: NetworkAccount) -> tuple[Link, ...]: ...


@runtime_checkable
class ReadsManagers(Protocol):
    """Lists persons with power over a page."""

    async def read_managers(self, account: NetworkAccount) -> tuple[Manager, ...]: ...


@runtime_checkable
class ReadsBans(Protocol):
    """Lists the black list of a page."""

    async def read_bans(self, account: NetworkAccount, *, cursor: str | None = None) -> Page[Ban]: ...


@runtime_checkable
class ReadsStats(Protocol):
    """Reads figures of a page for a span of time."""

    async def read_stats(self, account: NetworkAccount, window: Window) -> Stats: ...


@runtime_checkable
class ListsMessages(Protocol):
    """Lists private messages of a page, newest first."""

    async def list_messages(
        self, account: NetworkAccount, *, since: datetime, cursor: str | None = None
    ) -> Page[Message]: ...


@runtime_checkable
class CollectsMany(Protocol):
    """Reads many accounts in few calls; `collect` prefers it. Yields views as they are ready, each account once.

    One failing account yields a view with the reason; only a failure of the whole network is raised.
    ``want`` names parts of `AccountView`: profile, posts, comments, links, managers, bans, messages, stats.
    """

    def collect_many(
        self, accounts: Sequence[NetworkAccount], window: Window, want: frozenset[str]
    ) -> AsyncIterator[AccountView]: ...


@runtime_checkable
class EstimatesCalls(Protocol):
    """Says beforehand how many calls a collecting of so many accounts with so many posts each will take."""

    def estimate_calls(self, accounts: int, posts: int, want: frozenset[str]) -> int: ...


@runtime_checkable
class ChecksKeys(Protocol):
    """Asks the network what each key of an account allows."""

    async def check_keys(self, account: NetworkAccount) -> Sequence[KeyReport]: ...


@runtime_checkable
class Publishes(Protocol):
    """Publishes; ``key`` is made by the caller before the first attempt and is the same in a repetition.

    Where the network has an idempotency field, the same ``key`` never publishes twice; elsewhere a call is sent once
    and an unclear end is raised with ``executed=None``.
    """

    async def publish(self, account: NetworkAccount, draft: Draft, *, key: str) -> PostId: ...


@runtime_checkable
class EditsPosts(Protocol):
    """Changes a publication; attachments that the draft does not name stay."""

    async def edit_post(self, account: NetworkAccount, post: str, draft: Draft) -> None: ...


@runtime_checkable
class DeletesPosts(Protocol):
    """Deletes a publication; one that is gone already is no error."""

    async def delete_post(self, account: NetworkAccount, post: str) -> None: ...


@runtime_checkable
class RestoresPosts(Protocol):
    """Brings a deleted publication back."""

    async def restore_post(self, account: NetworkAccount, post: str) -> None: ...


@runtime_checkable
class PinsPosts(Protocol):
    """Pins or unpins a publication."""

    async def pin_post(self, account: NetworkAccount, post: str, *, pinned: bool = True) -> None: ...


@runtime_checkable
class Replies(Protocol):
    """Answers under a post of any page in the name of ``account``; returns the id of the new comment.

    ``under`` is the page under whose post the answer stands (own or upstream); ``to`` is the comment answered.
    """

    async def reply(
        self,
        account: NetworkAccount,
        text: str,
        *,
        post: str,
        to: str | None = None,
        under: NetworkAccount | None = None,
        key: str,
    ) -> str: ...


@runtime_checkable
class HidesComments(Protocol):
    """Hides a comment or shows it again."""

    async def hide_comment(self, account: NetworkAccount, comment: str, *, hidden: bool = True) -> None: ...


@runtime_checkable
class DeletesComments(Protocol):
    """Deletes a comment; one that is gone already is no error."""

    async def delete_comment(self, account: NetworkAccount, comment: str) -> None: ...


@runtime_checkable
class RestoresComments(Protocol):
    """Brings a deleted comment back."""

    async def restore_comment(self, account: NetworkAccount, comment: str) -> None: ...


@runtime_checkable
class ReportsComments(Protocol):
    """Reports a comment to the network; ``ground`` in our words (spam, insult, obscenity, extremism, ...)."""

    async def report_comment(self, account: NetworkAccount, comment: str, *, ground: str) -> None: ...


@runtime_checkable
class ClosesComments(Protocol):
    """Closes or opens comments under a post."""

    async def close_comments(self, account: NetworkAccount, post: str, *, closed: bool = True) -> None: ...


@runtime_checkable
class Bans(Protocol):
    """Puts a user into the black list, or changes or ends it. ``until`` None is for ever; repeating is safe."""

    async def ban(
        self,
        account: NetworkAccount,
        user: str,
        *,
        ground: str,
        until: datetime | None,
        note: str = "",
        show_note: bool = False,
    ) -> None: ...

    async def unban(self, account: NetworkAccount, user: str) -> None: ...


@runtime_checkable
class SendsMessages(Protocol):
    """Sends a private message in the name of the page; ``key`` as in `Publishes`. Returns the message's id."""

    async def send_message(self, account: NetworkAccount, peer: str, text: str, *, key: str) -> str: ...


@runtime_checkable
class DeletesMessages(Protocol):
    """Deletes a private message, for all where the network can, else on our own side."""

    async def delete_message(self, account: NetworkAccount, message: str) -> None: ...


@runtime_checkable
class EditsLinks(Protocol):
    """Adds a link to the block of links of the page."""

    async def add_link(self, account: NetworkAccount, url: str, *, title: str = "") -> None: ...


@runtime_checkable
class EditsProfile(Protocol):
    """Changes fields of the profile, by the words of `Profile.fields` and ``description``."""

    async def edit_profile(self, account: NetworkAccount, fields: dict[str, str]) -> None: ...


@runtime_checkable
class SetsAvatar(Protocol):
    """Sets the picture of the page."""

    async def set_avatar(self, account: NetworkAccount, picture: Media) -> None: ...


@runtime_checkable
class SetsCover(Protocol):
    """Sets the cover of the page."""

    async def set_cover(self, account: NetworkAccount, picture: Media) -> None: ...


@runtime_checkable
class Subscribes(Protocol):
    """Subscribes the account to another one."""

    async def subscribe(self, account: NetworkAccount, to: NetworkAccount) -> None: ...


@runtime_checkable
class RemovesManagers(Protocol):
    """Takes all power over the page from a person."""

    async def remove_manager(self, account: NetworkAccount, user: str) -> None: ...
