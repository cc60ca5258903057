"""Big worlds for benchmarks: as many accounts and weeks as asked, always the same, made page by page when read.

A page is forgotten again when enough others have been read, so that the world's own memory does not hide what
collecting needs. Therefore such a world is for reading: what is written to it may be lost.
"""

from __future__ import annotations

import itertools
import random
from collections import OrderedDict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from munsocial.model.checking.building import build_registry
from munsocial.model.registry import Registry
from munsocial.sandbox.cast import add_keys
from munsocial.sandbox.memory import atomic
from munsocial.sandbox.texts import data
from munsocial.sandbox.things import Comment, Media, Page, Post
from munsocial.sandbox.world import World

__all__ = ["BigWorld", "big_registry", "big_world"]

_KEPT = 64
"""Pages that stay in memory: more than a packed call names."""
_CROWD = 500


def big_registry(accounts: int, *, network: str = "vk", since: date = date(2020, 1, 1)) -> Registry:
    """Return a register of settlements with one account each, all served by one key for reading."""
    bodies: list[dict[str, Any]] = []
    pages: list[dict[str, Any]] = []
    for number in range(1, accounts + 1):
        bodies.append({
            "id": f"body-{number}", "kind": "settlement", "name": f"Администрация поселения № {number}",
            "legal_entity": True, "tags": ["rural_settlement_body"], "places": [f"село Примерное-{number}"],
        })  # fmt: skip
        pages.append({
            "id": f"account-{number}", "body": f"body-{number}", "network": network, "handle": f"primer{number}",
            "network_id": str(_first_id(network) + number), "opened": since,
        })  # fmt: skip
    tables: dict[str, Any] = {
        "municipality": {"id": "big", "name": "Большой район", "acts": ["kalininsky"]},
        "bodies": bodies,
        "accounts": pages,
        "people": [{"id": "reader", "name": "Читатель", "profiles": {network: str(_reader(network))}}],
        "credentials": list(_keys(network)),
    }
    return build_registry(tables, where="big")


def _keys(network: str) -> Iterator[dict[str, Any]]:
    common: dict[str, Any] = {"account": "account-1", "holder": "reader"}
    if network == "vk":
        yield {"id": "service", "kind": "service_key", "secret": "env:BIG_SERVICE", **common}
    else:
        settings = {"application_key": "CBIGDEMOKEY", "application_id": "512000000002"}
        for kind, scope in (("access_token", ["VALUABLE_ACCESS", "GROUP_CONTENT"]), ("application_secret", [])):
            yield {
                "id": kind,
                "kind": kind,
                "scope": scope,
                "secret": f"env:BIG_{kind.upper()}",
                "settings": settings,
                **common,
            }


def _first_id(network: str) -> int:
    return 240_000_000 if network == "vk" else 71_000_000_000_000


def _reader(network: str) -> int:
    return 830_000_001 if network == "vk" else 580_000_000_001


def big_world(registry: Registry, now: datetime, *, weeks: int = 4, posts: int = 5, comments: int = 3) -> BigWorld:
    """Return a world with the pages of a `big_registry`: ``posts`` a week, ``comments`` under each."""
    return BigWorld(registry, now, weeks=weeks, posts=posts, comments=comments)


class BigWorld(World):
    """A world whose pages are made when they are read."""

    def __init__(self, registry: Registry, now: datetime, *, weeks: int, posts: int, comments: int) -> None:
        super().__init__(now)
        self._shape = (weeks, posts, comments)
        self._warm: OrderedDict[tuple[str, str], None] = OrderedDict()
        self._texts = [
            one["text"].strip() for name in ("settlement", "administration") for one in data(f"posts_{name}")["post"]
        ]
        self._said = [one["text"] for one in data("comments")["comment"] if "marks" not in one]
        networks = {account.network for account in registry.accounts}
        self._crowd = {
            network: [self.add_user(network, "Житель", str(n)).id for n in range(_CROWD)] for network in networks
        }
        for network in networks:
            self.add_user(network, "Читатель", id=str(_reader(network)))
        for account in registry.accounts:
            page = Page(account.network, account.network_id, account.handle, name=f"Поселение {account.handle}")
            page.description, page.cover, page.subscribers = "Рассказываем о жизни поселения.", True, 500
            self.add_page(page)
            self.appoint(
                page.network, page.id, str(_reader(page.network)), "ADMIN" if page.network == "ok" else "editor"
            )
        add_keys(self, registry)

    @atomic
    def page(self, network: str, id: str) -> Page:
        """Return a page with all its posts, made at this moment if need be."""
        page = super().page(network, id)
        if (network, id) not in self._warm:
            self._fill(page)
        self._warm[network, id] = None
        self._warm.move_to_end((network, id))
        while len(self._warm) > _KEPT:
            cold, _ = self._warm.popitem(last=False)
            self.pages[cold].posts.clear()
        return page

    @atomic
    def post_anywhere(self, network: str, id: str) -> Post:
        """Return a post by an id that holds the number of its page."""
        page = _first_id(network) + int(id) // 100_000 % 1_000_000
        return self.post(network, str(page), id)

    def _fill(self, page: Page) -> None:
        weeks, posts, comments = self._shape
        dice, number = random.Random(page.id), int(page.id) - _first_id(page.network)
        ids = itertools.count(155_000_000_000_000 + number * 100_000 if page.network == "ok" else 1)
        for index in range(weeks * posts):
            at = self.now() - timedelta(days=7 * index / posts, hours=dice.randint(1, 20))
            text = f"{dice.choice(self._texts)} №{number}-{index}"
            post = Post(str(next(ids)), page.id, at, text, views=dice.randint(50, 500), likes=dice.randint(0, 20))
            post.attachments = [Media("photo", str(456_000_000 + index), page.id)] if index % 2 else []
            post.comments = [self._comment(page, post, next(ids), dice) for _ in range(comments)]
            page.posts[post.id] = post

    def _comment(self, page: Page, post: Post, number: int, dice: random.Random) -> Comment:
        id = str(number) if page.network != "ok" else self.ids.comment(page, post.id, post.at)
        text = f"{dice.choice(self._said)} {number % 1000}"
        return Comment(
            id, post.id, post.at + timedelta(minutes=dice.randint(1, 50)), text, dice.choice(self._crowd[page.network])
        )
