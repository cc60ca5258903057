"""Answers of Ploshchad and their meaning in munsocial's model: what an answer leaves out is unknown, never empty."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar
from urllib.parse import quote

from pydantic import AwareDatetime, BaseModel, TypeAdapter

from munsocial import errors
from munsocial.model.content import Ban, Comment, Post, Profile
from munsocial.transport.port import Answer
from munsocial.wording import Text

T = TypeVar("T")
SITE = "https://ploshchad.example"
CODES: dict[str, tuple[type[errors.NetworkError], Text]] = {
    "slow_down": (errors.RateLimited, Text("Слишком часто.", "Too often.")),
    "bad_key": (errors.KeyInvalid, Text("Ключ недействителен.", "The key is invalid.")),
    "forbidden": (errors.PermissionDenied, Text("Нет права.", "No right.")),
    "not_found": (errors.NotFound, Text("Ничего не найдено.", "Nothing was found.")),
    "broken": (errors.ServerFault, Text("Сбой сети.", "The network failed.")),
}


class WirePage(BaseModel):
    id: str
    name: str | None = None
    about: str | None = None
    address: str | None = None
    picture: str | None = None
    followers: int | None = None

    def model(self) -> Profile:
        picture = None if self.picture is None else self.picture != ""
        seen = {"network_id": self.id, "handle": self.address, "name": self.name, "description": self.about}
        url, fields = f"{SITE}/{quote(self.address or self.id, safe='')}", {"name": self.name} if self.name else {}
        more = {"avatar": picture, "subscribers": self.followers, "fields": fields, "seen_fields": {"name"}}
        return Profile.model_validate({**seen, **more, "url": url})


class WirePost(BaseModel):
    id: str
    at: AwareDatetime
    text: str = ""
    author: str | None = None
    parts: tuple[str, ...] = ("text",)
    shared: bool = False
    comments: int | None = None

    def model(self, page: str) -> Post:
        seen = {"id": self.id, "at": self.at, "text": self.text, "formats": self.parts, "comments": self.comments}
        more = {"author_id": self.author, "by_owner": not self.author, "kind": "repost" if self.shared else "own"}
        return Post.model_validate({**seen, **more, "url": f"{SITE}/{quote(page, safe='')}/{quote(self.id, safe='')}"})


class WireComment(BaseModel):
    id: str
    at: AwareDatetime
    text: str | None = None
    author: str | None = None
    name: str | None = None
    official: bool = False
    answers: str | None = None

    def model(self, post: str, page: str) -> Comment:
        kind, own = ("group", self.author == page) if self.official else ("user", False)
        seen = {"id": self.id, "at": self.at, "post_id": post, "text": self.text or "", "reply_to": self.answers}
        who = {"author_id": self.author, "author_name": self.name, "author_kind": kind, "by_owner": own}
        return Comment.model_validate({**seen, **who, "deleted": self.text is None and self.author is None})


class WireBan(BaseModel):
    user: str
    until: AwareDatetime | None  # None is its word for "for ever"; a ban without the field cannot be read
    reason: str | None = None

    def model(self) -> Ban:
        return Ban(user_id=self.user, until=self.until, forever=self.until is None, reason=self.reason)


class Made(BaseModel):
    id: str


class Listing(BaseModel, Generic[T]):
    items: list[T]
    next: str | None = None


def reader(kind: type[T]) -> Callable[[Answer], T]:
    """Return a decoder of answers: the error that one reports, or a value."""
    value = TypeAdapter(kind)

    def read(answer: Answer) -> T:
        if answer.status >= 400:
            word = str(TypeAdapter(dict[str, object]).validate_json(answer.body).get("error"))
            error, what = CODES.get(word, (errors.RequestRefused, Text("Сеть отказала.", "The network refused.")))
            raise error(what, network_code=word)
        return value.validate_json(answer.body or b"null")

    return read
