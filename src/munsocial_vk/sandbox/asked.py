"""One call as the face sees it: its fields read as VK reads them, its key, and the errors it can end with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from munsocial.sandbox.things import Key, Page, Refusal
from munsocial.sandbox.world import World

__all__ = ["Asked", "VkError", "wrong"]

T = TypeVar("T")

_WRONG = "One of the parameters specified was missing or invalid"
_ADMINS = frozenset({"creator", "administrator", "editor", "moderator"})


class VkError(Exception):
    """An error of VK on its way into an envelope."""

    def __init__(
        self, code: int, text: str, *, subcode: int | None = None, more: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(text)
        self.code = code
        self.subcode = subcode
        self.more = dict(more or {})

    def body(self, method: str = "") -> dict[str, Any]:
        shown: dict[str, Any] = {"error_code": self.code, "error_msg": str(self), **self.more}
        if self.subcode:
            shown["error_subcode"] = self.subcode
        if method:
            shown["method"] = method
        return shown


def wrong(what: str) -> VkError:
    """Return the error of a parameter that is missing or does not fit."""
    return VkError(100, f"{_WRONG}: {what}")


@dataclass(frozen=True, slots=True)
class Asked:
    """A call with its key; all readers raise error 100 for what does not fit."""

    world: World
    method: str
    fields: Mapping[str, Any]
    key: Key

    def text(self, name: str) -> str:
        return str(self.fields.get(name, ""))

    def number(self, name: str, default: int | None = None, *, low: int | None = None, high: int | None = None) -> int:
        raw = self.fields.get(name)
        if raw in (None, ""):
            if default is None:
                raise wrong(f"{name} is undefined")
            return default
        try:
            value = int(raw)
        except (TypeError, ValueError):
            raise wrong(f"{name} not integer") from None
        if (low is not None and value < low) or (high is not None and value > high):
            raise wrong(f"{name} is out of range")
        return value

    def flag(self, name: str) -> bool:
        return str(self.fields.get(name, "0")).lower() in ("1", "true")

    def items(self, name: str) -> list[str]:
        raw = self.fields.get(name, "")
        values = raw if isinstance(raw, list) else str(raw).split(",")
        return [str(one).strip() for one in values if str(one).strip()]

    def part_of(self, items: list[T], default: int, most: int) -> list[T]:
        """Return the part of a list that ``offset`` and ``count`` name."""
        offset, count = self.number("offset", 0, low=0), self.number("count", default, low=0)
        return items[offset : offset + min(count, most)]

    def page_by(self, signed: int) -> Page:
        """Return the page of a signed id: negative ones are communities."""
        page = self.world.pages.get(("vk", str(abs(signed))))
        if page is None or (signed > 0) != (page.kind == "profile"):
            raise VkError(100 if signed > 0 else 15, "Access denied")
        return self.world.page("vk", page.id)

    def group(self, name: str = "group_id") -> Page:
        """Return the community that a positive ``group_id`` names, or that of the key."""
        number = self.number(name, int(self.key.page) if self.key.page else None, low=1)
        page = self.world.pages.get(("vk", str(number)))
        if page is None or page.kind == "profile":
            raise wrong(f"{name} is invalid")
        return self.world.page("vk", page.id)

    def wall(self) -> Page:
        """Return the page of ``owner_id``."""
        return self.page_by(self.number("owner_id", int(self.key.owner or 0) or None))

    def managed(self, page: Page) -> Page:
        """Check that the key may act for a page.

        Raises:
            VkError: 15, or 27 for the key of another community.
        """
        if self.key.kind in ("community", "group"):
            if self.key.page != page.id:
                raise VkError(15, "Access denied: no access to this group")
            return page
        role = page.managers.get(self.key.owner or "")
        if self.key.kind == "service" or not (
            self.key.owner in (page.owner, page.id) or (role is not None and role.role in _ADMINS)
        ):
            raise VkError(15, "Access denied")
        return page

    def shown(self, page: Page) -> Page:
        """Check that a page shows its posts to this key.

        Raises:
            VkError: 18 or 19 for a blocked page, 15 for a closed one.
        """
        if page.blocked == "deleted":
            raise VkError(18, "User was deleted or banned")
        if page.blocked:
            raise VkError(19, "Content blocked")
        if page.closed != "open":
            self.managed(page)
        return page

    def refused(self, refusal: Refusal) -> VkError:
        """Translate what the world does not do."""
        code, text = _REFUSALS.get(refusal.why, (100, f"{_WRONG}: {refusal}"))
        if refusal.why == "is_closed" and self.method == "wall.createComment":
            return VkError(15, "Access denied: user is in the black list")
        return VkError(code, text)


_REFUSALS = {
    "no_page": (15, "Access denied"),
    "no_user": (113, "Invalid user id"),
    "no_post": (100, f"{_WRONG}: post not found"),
    "no_comment": (100, f"{_WRONG}: comment not found"),
    "no_message": (100, f"{_WRONG}: message not found"),
    "no_upload": (121, "Invalid hash"),
    "no_media": (100, f"{_WRONG}: attachments"),
    "comments_closed": (213, "Access to replying is denied"),
    "cannot_message": (901, "Can't send messages for users without permission"),
    "not_banned": (104, "Not found"),
    "not_deleted": (243, "Comment was not deleted"),
    "is_manager": (15, "Access denied: user is a manager"),
}
