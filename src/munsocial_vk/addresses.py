"""Addresses of VK's pages: the short name or the number that stands in them. Pure."""

from __future__ import annotations

import re

__all__ = ["handle_in", "id_in"]

_PAGE = re.compile(
    r"^(?:https?://)?(?:www\.|m\.)?(?:vk\.com|vk\.ru|vkontakte\.ru)/"
    r"(?:wall-?\d+|([A-Za-z0-9_.]{1,64})(?![A-Za-z0-9_.-]))",
    re.IGNORECASE,
)
"""What goes on after a name with a minus is a thing of a page and no page: ``vk.com/video-123_5``."""
_BY_ID = re.compile(r"^(?:club|public|event)(\d{1,18})$")
_PERSON = re.compile(r"^id(\d{1,18})$")


def handle_in(url: str | None) -> str | None:
    """Return the short name in an address of VK; None elsewhere or where the address holds a number only."""
    found = _PAGE.match(url or "")
    name = found.group(1) if found else None
    return None if name is None or _BY_ID.match(name) else name.casefold()


def id_in(url: str | None, *, person: bool = False) -> str | None:
    """Return the number of a community in an address such as ``vk.com/club123``, or of a person in ``vk.com/id5``."""
    found = _PAGE.match(url or "")
    number = (_PERSON if person else _BY_ID).match(found.group(1).casefold()) if found and found.group(1) else None
    return number.group(1) if number else None
