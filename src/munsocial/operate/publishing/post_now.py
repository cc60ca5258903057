"""One post of ours as the network shows it now, for whoever is about to plan its end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from munsocial.errors import AbilityAbsent
from munsocial.model.accounts import NetworkAccount
from munsocial.model.content import Post, PostState
from munsocial.model.registry import Registry
from munsocial.model.snapshot import Missing, Observed, Why
from munsocial.network.abilities import Ability
from munsocial.network.adapter import Adapter
from munsocial.operate.applying.looks import Listing
from munsocial.operate.applying.post_looks import EVER
from munsocial.operate.homes import home_of
from munsocial.operate.unseen import excused
from munsocial.wording import Text

__all__ = ["post_now"]

_NO_ADAPTER = Text("для этой сети нет адаптера.", "there is no adapter for this network.")
_NOT_THERE = Text("среди записей страницы её нет", "it is not among the posts of the page")
_IN_PART = Text("сеть показала не все записи", "the network did not show all posts")


async def post_now(
    registry: Registry, adapters: Mapping[str, Adapter], account: str, post: str, *, now: datetime
) -> Observed[Post]:
    """Look for a post by its number; `Why.NOT_FOUND` is said only when all was shown and it is not there.

    Raises:
        InputError: an unknown account.
    """
    home = home_of(registry, account)
    adapter: Any = adapters.get(home.network)
    if adapter is None:
        return Observed(missing=Missing.of(Why.NO_ADAPTER, _NO_ADAPTER))
    try:
        found, whole = await _found(adapter, home, post, now)
    except Exception as error:
        if (missing := excused(error, home.network)) is None:
            raise
        # Not found is what the network says of the page here, or of the method: of the post it is no word.
        return Observed(missing=missing.but(why=Why.CLOSED) if missing.why is Why.NOT_FOUND else missing)
    if found is not None and found.state is not PostState.DELETED:
        return Observed(value=found, at=now, through=f"{home.network}:{Ability.LIST_POSTS.value}")
    missing = Missing.of(Why.NOT_FOUND, _NOT_THERE) if whole or found else Missing.of(Why.UNREADABLE, _IN_PART)
    return Observed(missing=missing)


async def _found(adapter: Any, home: NetworkAccount, post: str, now: datetime) -> tuple[Post | None, bool]:
    """Return a post, and whether everything was seen; where a network reads single posts, no list is needed."""
    if single := getattr(adapter, "read_post", None):
        one = await single(home, post)
        if not isinstance(one, Post | None):
            raise TypeError
        return one, True
    if not adapter.capabilities.can(Ability.LIST_POSTS):
        raise AbilityAbsent(adapter.capabilities.of(Ability.LIST_POSTS).reason, where=home.network)
    published = Listing(lambda at: adapter.list_posts(home, since=EVER, until=now, cursor=at))
    if found := await published.first(lambda one: one.id == post):
        return found, True
    waiting = getattr(adapter, "list_waiting", None)
    if waiting is None:
        return None, published.whole
    held = Listing(lambda at: waiting(home, cursor=at))
    try:
        return await held.first(lambda one: one.id == post), published.whole and held.whole
    except Exception as error:
        if excused(error, home.network) is None:
            raise
        return None, False  # no key that shows what waits, say: it may be there
