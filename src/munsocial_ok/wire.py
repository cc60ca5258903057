"""Answers of OK as they travel: only the fields that we use, each one optional but ids. Unknown fields are kept out.

Ids are texts, though some answers give numbers. Source: apiok.ru, pages of the methods; shapes checked against recorded
answers of clients. Empty lists come as ``null`` or not at all.
"""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

from pydantic import (
    AliasChoices,
    AliasPath,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    TypeAdapter,
    model_validator,
)
from pydantic_core import CoreSchema, core_schema

__all__ = [
    "BRANCHES",
    "Anchored",
    "Comments",
    "Counters",
    "Discussion",
    "Discussions",
    "Group",
    "Groups",
    "Member",
    "Members",
    "Memberships",
    "SingleComment",
    "StatTopic",
    "StatTopics",
    "Topic",
    "Topics",
    "UploadUrl",
    "UrlInfo",
    "User",
    "Users",
    "VideoUrl",
    "WireComment",
]

Item = TypeVar("Item")


def _listed(value: Any) -> Any:
    # None inside a list stands for an item that was unreadable.
    return [item for item in value if item is not None] if isinstance(value, list) else value


def _grouped(value: Any) -> Any:
    """Accept both shapes of a list: bare, and wrapped in an object of one list."""
    if isinstance(value, dict):
        inside = [inner for inner in value.values() if inner is not None]
        lists = [inner for inner in inside if isinstance(inner, list)]
        # An object that holds something and no list is not read, rather than told as empty.
        return _listed(lists[0]) if lists else value if inside else []
    # Nothing at all is no empty list: a lost answer must not say that a group or a person does not exist.
    return _listed(value)


# What stands in every item of a long listing is read by pydantic-core alone: a function of ours for each of them would
# cost more than all the rest.
Id = Annotated[str, Field(coerce_numbers_to_str=True, min_length=1, max_length=512)]
LooseId = Annotated[str, Field(coerce_numbers_to_str=True, max_length=512)]
"""An id that may be left empty: it says that there is none."""
Number = Annotated[str, Field(coerce_numbers_to_str=True, pattern=r"^[1-9][0-9]{0,24}$")]
"""An id by which something is to be asked for or published: nought and less are no ids."""
Millis = Annotated[int, Field(ge=0, lt=10**14)]
Count = Annotated[int, Field(ge=0)]
Figure = Annotated[float, Field(ge=0, lt=10**15)]
"""A figure of statistics, which may be estimated: not always whole."""


class _NullIsEmpty:
    """Read ``null`` as an empty list, entering Python for nothing else."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        nothing = core_schema.no_info_after_validator_function(lambda _: (), core_schema.none_schema())
        choices: list[CoreSchema | tuple[CoreSchema, str]] = [(handler(source), BRANCHES[0]), (nothing, BRANCHES[1])]
        return core_schema.union_schema(choices, mode="left_to_right")


BRANCHES = ("[list]", "[null]")
"""How places of errors inside lists are marked by pydantic: no steps of the answer."""
Many = Annotated[tuple[Item, ...], _NullIsEmpty()]
"""A tuple, since a list as a default would be copied for every block of every post."""


class Wire(BaseModel):
    """A part of an answer."""

    model_config = ConfigDict(extra="ignore", frozen=True, populate_by_name=True, defer_build=True)


class Anchored(Wire):
    """A page of a listing. ``has_more`` is missing from some listings. An error may stand where a page was due.

    ``inconsistent``: the list has changed while it was paged through.
    """

    error_code: Any = None
    error: Any = None
    anchor: str | None = None
    has_more: bool | None = None
    inconsistent: bool | None = None


class Group(Wire):
    """A group. Absent means empty or not visible, never "no". Shapes of cover and marks are not published."""

    uid: Id
    name: str | None = None
    description: str | None = None
    shortname: str | None = None
    status: Any = None
    members_count: Count | None = None
    picAvatar: Any = None
    pic_avatar: Any = None
    """As it is asked for, and as it is answered now and then."""
    main_photo: Any = None
    photo_id: Any = None
    cover: Any = None
    mobile_cover: Any = None
    cover_series: Any = None
    cover_buttons: Any = None
    profile_buttons: Any = None
    homepage_url: str | None = None
    phone: str | None = None
    address: str | None = None
    city: str | None = None
    category: str | None = None
    access_type: str | None = None
    private: bool | None = None
    gos_org: Any = None
    rkn_mark: Any = None
    role: Any = None
    member_status: str | None = None
    stats_allowed: bool | None = None
    content_as_official: bool | None = None
    publish_delayed_theme_allowed: bool | None = None
    messaging_enabled: bool | None = None
    messaging_allowed: bool | None = None


class UrlInfo(Wire):
    """To what an address leads."""

    type: str | None = None
    objectIdStr: Number | None = None
    objectId: Number | None = None

    @property
    def id(self) -> str | None:
        """The id, by whichever name it is told."""
        return self.objectIdStr or self.objectId


class StatTopic(Wire):
    """Figures of one post, and by that its id."""

    id: Id
    created_ms: Millis | None = None
    views: Figure | None = None
    likes: Figure | None = None
    comments: Figure | None = None
    reshares: Figure | None = None


class StatTopics(Anchored):
    """Posts which have statistics."""

    topics: Many[StatTopic] = ()


class Token(Wire):
    """A piece of a text block."""

    text: str | None = None


class Block(Wire):
    """A block of a post; new types appear."""

    type: str
    text: str | None = None
    text_tokens: Many[Token] = ()
    reshare: Any = None


class Topic(Wire):
    """A post."""

    id: Id
    created_ms: Millis | None = None
    publication_date_ms: Millis | None = None
    author_ref: str | None = None
    media: Many[Block] = ()
    has_more: bool | None = None
    comments: Count | None = Field(None, validation_alias=AliasPath("discussion_summary", "comments_count"))
    likes: Count | None = Field(None, validation_alias=AliasPath("like_summary", "count"))
    reshares: Count | None = Field(None, validation_alias=AliasPath("reshare_summary", "count"))
    views_count: Count | None = None
    is_on_behalf_of_group: bool | None = None
    is_commenting_denied: bool | None = None
    is_hidden_post: bool | None = None
    is_unpublished_post: bool | None = None
    on_moderation: bool | None = None
    is_sticky: bool | None = None
    is_promo: bool | None = None
    delete_id: LooseId | None = None
    reshare: Any = None


class User(Wire):
    """A person, or a group beside an answer."""

    uid: Id
    name: str | None = None
    first_name: str | None = None
    last_name: str | None = None

    @property
    def called(self) -> str | None:
        """The name in whatever form it came."""
        return self.name or " ".join(part for part in (self.first_name, self.last_name) if part) or None


class Entities(Wire):
    """What an answer refers to: people, and groups by their names."""

    users: Many[User] = ()
    groups: Many[User] = ()


class Topics(Anchored):
    """Posts by their ids. OK leaves an empty list out; an object of unknown fields alone is no such answer."""

    media_topics: Many[Topic] = ()
    entities: Entities | None = None

    @model_validator(mode="before")
    @classmethod
    def _known(cls, value: Any) -> Any:
        if isinstance(value, dict) and value and value.keys().isdisjoint(cls.model_fields):
            raise ValueError("no field of a list of posts")
        return value


class WireComment(Wire):
    """A comment; ``date`` is Moscow time without a zone; a number there is taken for milliseconds."""

    id: Id
    author_id: LooseId | None = None
    author_ref: str | None = None
    author_name: str | None = None
    author_type: str | None = None
    text: str | None = None
    type: str | None = None
    date: Any = None
    date_ms: Millis | None = None
    created_ms: Millis | None = None
    reply_to_comment_id: LooseId | None = None


class Comments(Anchored):
    """Comments of one discussion."""

    comments: Many[WireComment] = ()
    entities: Entities | None = None


class SingleComment(Wire):
    """One comment asked for by its id."""

    comment: WireComment | None = None


class Member(Wire):
    """A person's membership of a group."""

    userId: Id
    groupId: Id | None = None
    status: str | None = None
    role: Any = None
    block_reason: str | None = None
    unblock_date_ms: Millis | None = None


class Members(Anchored):
    """Members of a group, or the groups of a person; only the former are counted, and may be hidden."""

    totalCount: Count | None = None
    membersHidden: bool | None = None
    members: Many[Member] = Field((), validation_alias=AliasChoices("members", "groups"))


class Counters(Wire):
    """Counters of a group by their names in lower case."""

    counters: dict[str, int | None] = {}


class Reference(Wire):
    """What a discussion stands under."""

    id: Id
    type: str | None = None


class Discussion(Wire):
    """A discussion with its number of new comments."""

    object_id: Id
    object_type: str | None = None
    new_comments_count: Count | None = None
    ref_objects: Many[Reference] = ()


class Discussions(Anchored):
    """Discussions in which the person of the token takes part."""

    discussions: Many[Discussion] = ()


class UploadUrl(Wire):
    """Where photos go, and under which ids they come back."""

    upload_url: str = Field(repr=False)
    photo_ids: Many[str]


class VideoUrl(Wire):
    """Where a video goes."""

    upload_url: str = Field(repr=False)
    video_id: Number


Groups = TypeAdapter(Annotated[list[Group], BeforeValidator(_grouped)])
Memberships = TypeAdapter(Annotated[list[Member], BeforeValidator(_grouped)])
Users = TypeAdapter(Annotated[list[User], BeforeValidator(_grouped)])
