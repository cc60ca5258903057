"""Where people comment in VK: posts of a wall, photos, videos, discussions. One grammar of ids for all of them.

Our id of a post of a wall is its number; elsewhere the place stands before it: ``photo:5``, ``video:77``, ``board:9``.
Comments there are ``photo:5:31``. VK's own spelling ``wall-123_17`` (or ``-123_17``) is understood too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from munsocial.errors import RequestRefused
from munsocial.model.accounts import AccountKind, NetworkAccount
from munsocial.wording import Text
from munsocial_vk.addresses import id_in

__all__ = ["Spot", "comment_of", "group_id", "is_number", "no_number", "number_of", "owner_id", "post_of"]

_FULL = re.compile(r"(?:.*[/=?])?(wall|photo|video|topic)?(-?\d{1,19})_(\d{1,19})")
_OURS = re.compile(r"(?:(photo|video|board):)?(\d{1,19})")
_COMMENT = re.compile(r"(?:(photo|video|board):(\d{1,19}):)?(\d{1,19})")
_PLACES = {"topic": "board", "photo": "photo", "video": "video"}


@dataclass(frozen=True, slots=True)
class Spot:
    """A thing that can be commented; ``owner`` is signed, ``place`` is wall, photo, video or board."""

    owner: int
    number: int
    place: str = "wall"
    comment: int | None = None

    @property
    def post(self) -> str:
        """Return our id of the thing."""
        return str(self.number) if self.place == "wall" else f"{self.place}:{self.number}"

    def params(self) -> dict[str, Any]:
        """Return the parameters that name the thing."""
        if self.place == "board":
            return {"group_id": -self.owner, "topic_id": self.number}
        word = {"wall": "post_id", "photo": "photo_id", "video": "video_id"}[self.place]
        return {"owner_id": self.owner, word: self.number}

    def comment_params(self) -> dict[str, Any]:
        """Return the parameters that name the comment: only a discussion is named beside it."""
        whose = self.params() if self.place == "board" else {"owner_id": self.owner}
        return whose | {"comment_id": self.comment}

    def method(self, action: str) -> str:
        """Return the method of the place: ``getComments`` of a photo is ``photos.getComments``."""
        section = {"photo": "photos"}.get(self.place, self.place)
        return f"{section}.{action}"


_POST_ID = Text(
    "Укажите число, например 17, photo:5 или адрес wall-123_17.", "Give a number such as 17, photo:5 or wall-123_17."
)
_COMMENT_ID = Text(
    "Укажите номер комментария: 31, а под фото, видео и в обсуждении — photo:5:31.",
    "Give the number of the comment: 31, under photos and videos and in discussions photo:5:31.",
)


def _not_an_id(what: str, remedy: Text) -> RequestRefused:
    told = Text("Это не идентификатор: «{what}».", "This is not an id: “{what}”.").fill(what=what[:80])
    return RequestRefused(told, network="vk", remedy=remedy)


def post_of(account: NetworkAccount, post: str) -> Spot:
    """Read the id of something that stands on the page of an account.

    Raises:
        RequestRefused: it is no id; nothing was sent.
    """
    if found := _OURS.fullmatch(post):
        return Spot(owner_id(account), int(found[2]), found[1] or "wall")
    if found := _FULL.fullmatch(post):
        return Spot(int(found[2]), int(found[3]), _PLACES.get(found[1] or "", "wall"))
    raise _not_an_id(post, _POST_ID)


def comment_of(account: NetworkAccount, comment: str) -> Spot:
    """Read the id of a comment on the page of an account; of one on the wall the post is not known (number 0).

    Raises:
        RequestRefused: it is no id; nothing was sent.
    """
    found = _COMMENT.fullmatch(comment)
    if found is None:
        raise _not_an_id(comment, _COMMENT_ID)
    return Spot(owner_id(account), int(found[2] or 0), found[1] or "wall", int(found[3]))


def number_of(account: NetworkAccount) -> str:
    """Return the number of an account without its sign, of the register or of a handle like ``club5`` or ``id5``."""
    person = account.kind is AccountKind.PROFILE
    return account.network_id.removeprefix("-") or id_in(f"vk.com/{account.handle}", person=person) or ""


def is_number(number: str) -> bool:
    """Tell whether a text is the number of an account, without its sign."""
    return number.isascii() and number.isdigit() and len(number) < 20


def no_number(account: NetworkAccount) -> Text:
    """Say what is wrong with the network id of an account."""
    if not account.network_id:
        return Text("У аккаунта не указан network_id.", "The account has no network_id.")
    what = Text("network_id «{number}» — не число.", "The network_id “{number}” is no number.")
    return what.fill(number=account.network_id)


def owner_id(account: NetworkAccount) -> int:
    """Return the signed id of an account: communities are negative.

    Raises:
        RequestRefused: its network id is not known; nothing was sent.
    """
    number = number_of(account)
    if not is_number(number):
        raise RequestRefused(
            no_number(account),
            network="vk",
            account=account.id,
            remedy=Text("Впишите числовой идентификатор в реестр.", "Write the number into the register."),
        )
    return int(number) if account.kind is AccountKind.PROFILE else -int(number)


def group_id(account: NetworkAccount) -> int:
    """Return the positive id of a community.

    Raises:
        RequestRefused: not known, or it is a person's page; nothing was sent.
    """
    number = owner_id(account)
    if number >= 0:
        raise RequestRefused(
            Text("Это страница человека, а не сообщество.", "This is a person's page and no community."),
            network="vk",
            account=account.id,
        )
    return -number
