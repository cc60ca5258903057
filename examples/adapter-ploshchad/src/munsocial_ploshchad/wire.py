"""Answers of Ploshchad, and what they mean in munsocial's model."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from pydantic import AwareDatetime, BaseModel, TypeAdapter

from munsocial import errors
from munsocial.model.content import Ban, Comment, Post, PostKind, Profile
from munsocial.transport.port import Answer
from munsocial.wording import Text

T = TypeVar("T")

CODES: dict[str, tuple[type[errors.NetworkError], Text]] = {
    "slow_down": (errors.RateLimited, Text("Слишком часто.", "Too often.")),
    "bad_key": (errors.KeyInvalid, Text("Ключ недействителен.", "The key is invalid.")),
    "forbidden": (errors.PermissionDenied, Text("Нет права.", "No right.")),
    "not_found": (errors.NotFound, Text("Ничего не найдено.", "Nothing was found.")),
    "too_long": (errors.RequestRefused, Text("Слишком длинно.", "Too long.")),
    "broken": (errors.ServerFault, Text("Сбой сети.", "The network failed.")),
}
_OTHER = (errors.RequestRefused, Text("Сеть отказала.", "The network refused."))


class WirePage(BaseModel):
    """A page as it travels; unknown fields are dropped."""

    id: str
    name: str | None = None
    about: str | None = None
    address: str | None = None
    picture: str | None = None
    followers: int | None = None


class WirePost(BaseModel):
    """A post."""

    id: str
    at: AwareDatetime
    text: str = ""
    author: str | None = None
    parts: list[str] = ["text"]
    shared: bool = False
    comments: int | None = None


class WireComment(BaseModel):
    """A comment; a deleted one has neither author nor text."""

    id: str
    at: AwareDatetime
    text: str | None = None
    author: str | None = None
    name: str | None = None
    official: bool = False
    answers: str | None = None


class WireBan(BaseModel):
    """An entry of the black list."""

    user: str
    until: AwareDatetime | None = None
    reason: str | None = None


class Made(BaseModel):
    """Something that was made."""

    id: str


class Listing(BaseModel, Generic[T]):
    """A page of a listing; ``next`` leads on."""

    items: list[T]
    next: str | None = None


def reader(kind: type[T]) -> Callable[[Answer], T]:
    """Return a decoder of answers: the error that one reports, or a value."""
    value = TypeAdapter(kind)

    def read(answer: Answer) -> T:
        if answer.status >= 400:
            word = str(TypeAdapter(dict[str, object]).validate_json(answer.body).get("error"))
            error, what = CODES.get(word, _OTHER)
            raise error(what, network_code=word)
        return value.validate_json(answer.body or b"null")

    return read


def profile(page: WirePage) -> Profile:
    """Return a page as it shows itself; what an answer leaves out is unknown, not empty."""
    return Profile(
        network_id=page.id,
        handle=page.address,
        url=f"https://ploshchad.example/{page.address or page.id}",
        name=page.name,
        description=page.about,
        avatar=page.picture != "" if page.picture is not None else None,
        subscribers=page.followers,
        fields={"name": page.name} if page.name else {},
        seen_fields=frozenset({"name"}),
    )


def post(one: WirePost, page: str) -> Post:
    """Return a post."""
    return Post(
        id=one.id,
        at=one.at,
        text=one.text,
        author_id=one.author,
        by_owner=one.author is None,
        kind=PostKind.REPOST if one.shared else PostKind.OWN,
        formats=tuple(one.parts),
        url=f"https://ploshchad.example/{page}/{one.id}",
        comments=one.comments,
    )


def comment(one: WireComment, under: str) -> Comment:
    """Return a comment."""
    return Comment(
        id=one.id,
        post_id=under,
        at=one.at,
        text=one.text or "",
        author_id=one.author,
        author_name=one.name,
        author_kind="group" if one.official else "user",
        by_owner=one.official,
        deleted=one.text is None and one.author is None,
        reply_to=one.answers,
    )


def ban(one: WireBan) -> Ban:
    """Return an entry of the black list; no end is for ever, as the network says."""
    return Ban(user_id=one.user, until=one.until, forever=one.until is None, reason=one.reason)
