"""How networks number things: always the same numbers for the same deeds."""

from __future__ import annotations

import base64
from collections import defaultdict
from datetime import datetime

from munsocial.sandbox.things import Page

__all__ = ["Numbering"]

_FIRST = {"user": 500_000_000_000, "page": 70_000_000_000_000, "post": 155_000_000_000_000, "media": 900_000_000_000}


class Numbering:
    """Gives out ids. VK numbers what stands on a wall within its page; OK numbers through the whole network."""

    def __init__(self) -> None:
        self._last: dict[tuple[str, ...], int] = defaultdict(int)

    def _next(self, *series: str) -> int:
        self._last[series] += 1
        return self._last[series]

    def taken(self, network: str, page: str, number: int) -> None:
        """Note that a number of a wall was given by hand, so that the next ones follow it."""
        self._last["wall", network, page] = max(self._last["wall", network, page], number)

    def page(self, network: str) -> str:
        """Return the id of a new page."""
        number = self._next("page", network)
        return str(_FIRST["page"] + number if network == "ok" else 220_000_000 + number)

    def user(self, network: str) -> str:
        """Return the id of a new user."""
        number = self._next("user", network)
        return str(_FIRST["user"] + number if network == "ok" else 710_000_000 + number)

    def posts_are_unique(self, network: str) -> bool:
        """Tell whether a post's id names it without naming its page."""
        return network == "ok"

    def post(self, page: Page) -> str:
        """Return the id of a new post."""
        if page.network == "ok":
            return str(_FIRST["post"] + self._next("post", "ok"))
        return str(self._next("wall", page.network, page.id))

    def comment(self, page: Page, post: str, at: datetime) -> str:
        """Return the id of a new comment: in OK a text that holds moment and post, elsewhere the wall's next number."""
        if page.network != "ok":
            return str(self._next("wall", page.network, page.id))
        moment, number = round(at.timestamp() * 1000), self._next("comment", "ok")
        return base64.b64encode(f"{moment}:-{number}:{moment}:{post}:1".encode()).decode()

    def media(self, network: str, owner: str) -> str:
        """Return the id of a new attachment."""
        if network == "ok":
            return str(_FIRST["media"] + self._next("media", "ok"))
        return str(456_239_016 + self._next("media", network, owner))

    def message(self, network: str, page: str) -> str:
        """Return the id of a new message."""
        return str(self._next("message", network, page))

    def other(self, *series: str) -> int:
        """Return the next number of any other series: links, uploads, events."""
        return self._next("other", *series)
