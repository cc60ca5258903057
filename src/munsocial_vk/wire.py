"""Shapes of VK's answers: only the fields that are used, every one optional.

VK sends the same flag as 0/1, true/false or not at all, ``[]`` for an empty object, new words for old enumerations. So
a field of an unexpected type reads as None (pydantic-core does it without entering Python), and no list is closed.
What must be there (an id, a moment) is checked by `munsocial_vk.decode`.
"""

from __future__ import annotations

from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

__all__ = [
    "ApiError", "Attachment", "BannedReply", "Comment", "CommentReply", "Dialogs", "Executed", "Group", "GroupReply",
    "Groups", "Items", "Loose", "Message", "MemberRole", "Number", "Post", "Resolution", "Resolved", "Reply",
    "StatsPeriod", "User", "WallReply", "Wire",
]  # fmt: skip


class _Forgiving:
    """Make a value of an unfit type read as None."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_default_schema(handler(source), default=None, on_error="default")


T = TypeVar("T")
Loose = Annotated[T | None, _Forgiving()]
Items = Annotated[list[Annotated[T | None, _Forgiving()]] | None, _Forgiving()]
"""A list; members that cannot be read are None, so that they can be counted."""


def _no_flag(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("a yes is no number")
    return value


Number = Annotated[int, BeforeValidator(_no_flag)]
"""The number of something that was made; elsewhere VK writes 1 as true, and true is 1."""
Nothing = Annotated[list[Any], Field(max_length=0)]
"""How VK may write an object that is empty."""


class Wire(BaseModel):
    """The base of all shapes: unknown fields are left out."""

    model_config = ConfigDict(extra="ignore", defer_build=True)


class ApiError(Wire):
    """The body of an error, also one of ``execute_errors``."""

    error_code: Loose[int] = None
    error_subcode: Loose[int] = None
    error_msg: Loose[str] = None
    error_text: Loose[str] = None
    method: Loose[str] = None
    redirect_uri: Loose[str] = None
    captcha_sid: Loose[str | int] = None
    captcha_img: Loose[str] = None
    remixstlid: Loose[str | int] = None
    confirmation_text: Loose[str] = None


class Reply(Wire, Generic[T]):
    """The envelope: ``response`` or ``error``. An OAuth host answers with texts instead."""

    response: T | None = None
    error: Loose[ApiError | str] = None
    error_description: Loose[str] = None


class Executed(Wire):
    """The envelope of a pack: one value a call, false for a failed one whose error stands beside."""

    response: Loose[list[Any]] = None
    error: Loose[ApiError | str] = None
    error_description: Loose[str] = None
    execute_errors: Items[ApiError] = None


class Titled(Wire):
    """Anything with a title."""

    title: Loose[str] = None


class Cover(Wire):
    enabled: Loose[bool] = None


class LiveCovers(Wire):
    is_enabled: Loose[bool] = None


class Contact(Wire):
    user_id: Loose[int] = None
    desc: Loose[str] = None
    phone: Loose[str] = None
    email: Loose[str] = None


class Address(Wire):
    title: Loose[str] = None
    address: Loose[str] = None
    phone: Loose[str] = None
    work_info_status: Loose[str] = None
    timetable: Loose[dict[str, Any]] = None


class Addresses(Wire):
    is_enabled: Loose[bool] = None
    count: Loose[int] = None
    main_address: Loose[Address] = None


class GroupLink(Wire):
    url: Loose[str] = None
    name: Loose[str] = None


class Group(Wire):
    """A community."""

    id: Loose[int] = None
    name: Loose[str] = None
    screen_name: Loose[str] = None
    is_closed: Loose[int] = None
    type: Loose[str] = None
    deactivated: Loose[str] = None
    description: Loose[str] = None
    members_count: Loose[int] = None
    verified: Loose[bool] = None
    is_verified: Loose[bool] = None
    site: Loose[str] = None
    status: Loose[str] = None
    activity: Loose[str] = None
    city: Loose[Titled] = None
    cover: Loose[Cover] = None
    live_covers: Loose[LiveCovers] = None
    has_photo: Loose[bool] = None
    links: Items[GroupLink] = None
    contacts: Items[Contact] = None
    addresses: Loose[Addresses | Nothing] = None
    fixed_post: Loose[int] = None
    wall: Loose[int] = None
    can_message: Loose[bool] = None
    is_government_organization: Loose[bool] = None
    has_market_app: Loose[bool] = None


class User(Wire):
    """A person."""

    id: Loose[int] = None
    first_name: Loose[str] = None
    last_name: Loose[str] = None
    screen_name: Loose[str] = None
    domain: Loose[str] = None
    deactivated: Loose[str] = None
    is_closed: Loose[bool] = None
    about: Loose[str] = None
    status: Loose[str] = None
    site: Loose[str] = None
    has_photo: Loose[bool] = None
    verified: Loose[bool] = None
    followers_count: Loose[int] = None
    city: Loose[Titled] = None
    can_write_private_message: Loose[bool] = None


class GroupReply(Wire):
    """``groups.getById``: an object in 5.199."""

    groups: Items[Group] = None


Groups = GroupReply | list[Loose[Group]]
"""What ``groups.getById`` answers; the bare list is that of 5.131 and before."""


class Video(Wire):
    type: Loose[str] = None
    live: Loose[bool] = None
    live_status: Loose[str] = None
    live_start_time: Loose[int] = None


class Attachment(Wire):
    """An attachment by its word; of a video also what tells a live one or a clip."""

    type: Loose[str] = None
    video: Loose[Video] = None


class CommentsInfo(Wire):
    count: Loose[int] = None
    can_post: Loose[bool] = None
    can_open: Loose[bool] = None
    can_close: Loose[bool] = None


class Counted(Wire):
    count: Loose[int] = None


class Origin(Wire):
    """The post that was reposted."""

    id: Loose[int] = None
    owner_id: Loose[int] = None
    text: Loose[str] = None


class Post(Wire):
    """A post of a wall."""

    id: Loose[int] = None
    owner_id: Loose[int] = None
    from_id: Loose[int] = None
    date: Loose[int] = None
    edited: Loose[int] = None
    text: Loose[str] = None
    post_type: Loose[str] = None
    is_pinned: Loose[bool] = None
    is_deleted: Loose[bool] = None
    is_archived: Loose[bool] = None
    marked_as_ads: Loose[bool] = None
    attachments: Items[Attachment] = None
    comments: Loose[CommentsInfo] = None
    likes: Loose[Counted] = None
    reposts: Loose[Counted] = None
    views: Loose[Counted] = None
    copy_history: Items[Origin] = None


class WallReply(Wire):
    """``wall.get`` and ``wall.getById``."""

    count: Loose[int] = None
    items: Items[Post] = None
    groups: Items[Group] = None


class Thread(Wire):
    count: Loose[int] = None
    items: Items[Comment] = None


class Comment(Wire):
    """A comment under anything; a deleted one has neither author nor text."""

    id: Loose[int] = None
    from_id: Loose[int] = None
    date: Loose[int] = None
    text: Loose[str] = None
    deleted: Loose[bool] = None
    parents_stack: Items[int] = None
    reply_to_comment: Loose[int] = None
    thread: Loose[Thread | Nothing] = None

    @property
    def answers(self) -> Thread | None:
        """The answers to it, if VK shows any."""
        return self.thread if isinstance(self.thread, Thread) else None


class CommentReply(Wire):
    """``wall.getComments`` and the like with ``extended=1``."""

    count: Loose[int] = None
    current_level_count: Loose[int] = None
    items: Items[Comment] = None
    profiles: Items[User] = None
    groups: Items[Group] = None


class BanInfo(Wire):
    admin_id: Loose[int] = None
    date: Loose[int] = None
    end_date: Loose[int] = None
    reason: Loose[int] = None
    comment: Loose[str] = None


class Banned(Wire):
    profile: Loose[User] = None
    group: Loose[Group] = None
    ban_info: Loose[BanInfo] = None


class BannedReply(Wire):
    count: Loose[int] = None
    items: Items[Banned] = None


class BlockedReply(Wire):
    """``account.getBanned``: numbers of those whom a person has blocked, and who they are."""

    count: Loose[int] = None
    items: Items[int] = None
    profiles: Items[User] = None
    groups: Items[Group] = None


class MemberRole(Wire):
    id: Loose[int] = None
    role: Loose[str] = None
    first_name: Loose[str] = None
    last_name: Loose[str] = None


class MembersReply(Wire):
    """``groups.getMembers`` with ``filter=managers``."""

    count: Loose[int] = None
    items: Items[MemberRole] = None


class SubscriptionsReply(Wire):
    """``users.getSubscriptions`` with ``extended=1``: communities and persons in one list."""

    count: Loose[int] = None
    items: Items[Group] = None


class Message(Wire):
    id: Loose[int] = None
    peer_id: Loose[int] = None
    from_id: Loose[int] = None
    date: Loose[int] = None
    text: Loose[str] = None
    out: Loose[bool] = None
    deleted: Loose[bool] = None
    conversation_message_id: Loose[int] = None


class HistoryReply(Wire):
    """``messages.getHistory``."""

    count: Loose[int] = None
    items: Items[Message] = None


class Peer(Wire):
    id: Loose[int] = None


class Conversation(Wire):
    peer: Loose[Peer] = None


class Dialog(Wire):
    conversation: Loose[Conversation] = None
    last_message: Loose[Message] = None


class Dialogs(Wire):
    """``messages.getConversations``."""

    count: Loose[int] = None
    items: Items[Dialog] = None


class StatsPeriod(Wire):
    """One period of ``stats.get``; a part without data is absent."""

    visitors: Loose[dict[str, Loose[int]]] = None
    activity: Loose[dict[str, Loose[int]]] = None


class Resolved(Wire):
    """``utils.resolveScreenName``: both must be there, or it is not known where the name leads."""

    type: str
    object_id: Annotated[Number, Field(gt=0)]


Resolution = Resolved | Nothing | Annotated[dict[str, Any], Field(max_length=0)]
"""A name that leads nowhere answers an empty list or object, or 104."""


Thread.model_rebuild()
Comment.model_rebuild()
