"""One REST call as a method of the face sees it: parameters read as OK reads them, rights, paging."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from munsocial.sandbox.things import Key, Manager, Page
from munsocial.sandbox.world import World

if TYPE_CHECKING:
    from munsocial_ok.sandbox.face import OkFace

__all__ = ["BASE", "EMPTY", "GROUP", "Method", "OkRefusal", "RestCall"]

T = TypeVar("T")

BASE = ("VALUABLE_ACCESS",)
GROUP = ("VALUABLE_ACCESS", "GROUP_CONTENT")
EMPTY = object()
"""A method's value that travels as an empty body."""


class OkRefusal(Exception):
    """OK says no with one of its codes."""

    def __init__(self, code: int, text: str = "") -> None:
        super().__init__(f"{code} {text}")
        self.code = code
        self.text = text


@dataclass(frozen=True, slots=True)
class Method:
    """A method of the face and the permissions without which it refuses."""

    do: Callable[[RestCall], Any]
    scopes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RestCall:
    """A checked call: signature and token are good."""

    face: OkFace
    fields: Mapping[str, str]
    key: Key
    rights: frozenset[str]

    @property
    def world(self) -> World:
        """The world behind the face."""
        return self.face.world

    @property
    def me(self) -> str:
        """Id of the token's person."""
        return self.key.owner or ""

    def need(self, scopes: Iterable[str]) -> None:
        """Refuse for want of a permission."""
        for scope in scopes:
            if scope not in self.rights:
                raise OkRefusal(10, f"Application has no permission {scope}")

    def want(self, name: str) -> str:
        """Return a parameter that must be there."""
        value = self.fields.get(name, "")
        if not value:
            raise OkRefusal(100, f"Missing required parameter {name}")
        return value

    def listed(self, name: str) -> list[str]:
        """Return a list joined by commas, of at most 100 items."""
        items = [item for item in self.want(name).split(",") if item]
        if len(items) > 100:
            raise OkRefusal(100, f"Too many values in {name}")
        return items

    def number(self, name: str, default: int, *, most: int = 100) -> int:
        """Return a whole number from 1 to ``most``."""
        text = self.fields.get(name, str(default))
        if not text.isdecimal() or len(text) > 15 or not 1 <= int(text) <= most:
            raise OkRefusal(100, f"Wrong parameter {name}")
        return int(text)

    def moment(self, name: str) -> datetime | None:
        """Return a moment of Unix milliseconds, None when not given."""
        text = self.fields.get(name)
        if text is None:
            return None
        if not text.isdecimal() or len(text) > 15:
            raise OkRefusal(100, f"Wrong parameter {name}")
        return datetime.fromtimestamp(int(text) / 1000, tz=UTC)

    def flag(self, name: str) -> bool:
        """Return a switch; anything but ``true`` and ``false`` is wrong."""
        text = self.fields.get(name, "false")
        if text not in ("true", "false"):
            raise OkRefusal(100, f"Wrong parameter {name}")
        return text == "true"

    def json(self, name: str) -> dict[str, Any]:
        """Return a parameter that is a JSON object."""
        try:
            value = json.loads(self.want(name))
        except ValueError:
            raise OkRefusal(100, f"Parameter {name} is no JSON") from None
        if not isinstance(value, dict):
            raise OkRefusal(100, f"Parameter {name} is no object")
        return value

    def page(self, name: str) -> Page:
        """Return the group that a parameter names."""
        gid = self.want(name)
        page = self.world.page("ok", gid)
        if page.kind == "profile":
            raise OkRefusal(160, f"Group {gid} not found")
        return page

    def manager_of(self, page: Page) -> Manager | None:
        """Return the token's person as a manager of a group, None for a stranger."""
        mine = page.managers.get(self.me)
        return mine or (Manager(self.me, "ADMIN") if page.owner == self.me else None)

    def managed_groups(self) -> list[Page]:
        """Return the groups of which the token's person is a manager."""
        return [page for page in self.world.pages.values() if page.network == "ok" and self.manager_of(page)]

    def managed(self, name: str) -> Page:
        """Return the group that a parameter names, of which the token's person must be a manager."""
        page = self.page(name)
        if self.manager_of(page) is None:
            raise OkRefusal(50, "User is not an administrator of the group")
        return page

    def visible(self, page: Page) -> bool:
        """Tell whether the token's person sees what stands on a page."""
        person = self.world.users.get(("ok", self.me))
        member = person is not None and page.id in person.subscriptions
        return page.blocked is None and (page.closed == "open" or member or self.manager_of(page) is not None)

    def paged(self, items: Sequence[T], *, start: str = "") -> tuple[Sequence[T], dict[str, Any]]:
        """Return one page of a listing by ``anchor`` and ``count``, and what an answer says of paging."""
        anchor, count = self.fields.get("anchor", start), self.number("count", 100)
        begin = 0 if anchor in ("", start) else _place(anchor)
        end = begin + count
        return items[begin:end], {"anchor": f"LTE{end}", "has_more": end < len(items)}


def _place(anchor: str) -> int:
    number = anchor.removeprefix("LTE")
    if not anchor.startswith("LTE") or not number.isdecimal():
        raise OkRefusal(100, "Wrong parameter anchor")
    return int(number)
