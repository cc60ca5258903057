"""Another page beside that of the stage, with keys of its own, and pages that are known by their handle alone.

A district has hundreds of pages behind one adapter: what is meant for one of them may never reach another.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from munsocial.model.accounts import NetworkAccount
from munsocial.network.keys import Key, KeyRing
from munsocial.sandbox.numbering import Numbering
from munsocial.sandbox.things import Page
from munsocial.testing.conformance.kept_secrets import KeptSecrets
from munsocial.testing.conformance.stage import Stage

__all__ = ["by_handle_alone", "freely_named", "neighbours"]

_BESIDE, _NAMED = "sosedi", "imena"
_SIGNS = "щу/ка?ё&№ %2F#"
"""What an address may not hold as it is: put into a path unquoted, or unquoted twice, it names something else."""


def neighbours(stage: Stage) -> tuple[Stage, Stage]:
    """Return the stage and one of another page in the same world; an adapter on either has the keys of both."""
    account, keys = stage.beside or _made_beside(stage, _BESIDE, _BESIDE)
    ring = KeyRing((*stage.keys.keys, *keys))
    return stage.but(keys=ring), stage.but(account=account, keys=ring)


def by_handle_alone(stage: Stage) -> Iterator[tuple[str, Stage]]:
    """Yield stages whose account names no id, each with its case: ours, then whoever has taken over our handle."""
    own, other = neighbours(stage)
    page, handle = own.page, own.account.handle
    if not handle or page.handle != handle:
        return  # the network has no handles, or the account goes by another word, e.g. a number in an address
    yield f"{handle} by its handle alone", own.but(account=own.account.model_copy(update={"network_id": ""}))
    own.there.rename(own.network, page.id, f"{handle}_prezhde")
    own.there.rename(other.network, other.page.id, handle)
    account = other.account.model_copy(update={"handle": handle, "network_id": ""})
    yield f"{handle} by its handle alone, after a renaming", other.but(account=account)


@contextmanager
def freely_named(stage: Stage) -> Iterator[Stage]:
    """Give a stage of a page whose id and handle hold any signs; so do the ids of all that is made meanwhile."""
    world, usual = stage.there, stage.there.ids
    account, keys = _made_beside(stage, _NAMED, _SIGNS, f"{_SIGNS}1")
    world.ids = _Signs(usual)
    try:
        yield stage.but(account=account, keys=KeyRing((*stage.keys.keys, *keys)))
    finally:
        world.ids = usual


class _Signs(Numbering):
    """Numbers go on as they were, each with signs before it."""

    def __init__(self, usual: Numbering) -> None:
        super().__init__()
        vars(self).update(vars(usual))

    def user(self, network: str) -> str:
        return f"{_SIGNS}{super().user(network)}"

    def page(self, network: str) -> str:
        return f"{_SIGNS}{super().page(network)}"

    def post(self, page: Page) -> str:
        return f"{_SIGNS}{super().post(page)}"

    def comment(self, page: Page, post: str, at: datetime) -> str:
        return f"{_SIGNS}{super().comment(page, post, at)}"

    def message(self, network: str, page: str) -> str:
        return f"{_SIGNS}{super().message(network, page)}"


def _made_beside(stage: Stage, id: str, handle: str, page_id: str = "") -> tuple[NetworkAccount, tuple[Key, ...]]:
    """Add a page like the stage's own, without its life, and keys like its keys."""
    ours = stage.page
    changes: dict[str, Any] = {"id": page_id, "handle": handle, "name": "Соседи", "description": "Страница соседей"}
    changes |= {"subscribers": ours.subscribers + 77, "posts": {}, "waiting": set(), "dialogs": {}, "bans": {}}
    changes |= {"may_write_to": set(), "links": [], "republished": {}, "former_handles": []}
    page = stage.there.add_page(copy.deepcopy(replace(ours, **changes)))
    account = stage.account.model_copy(update={"id": id, "handle": handle, "network_id": page.id})
    mine = (key for key in stage.keys.keys if key.account == stage.account.id)
    return account, tuple(_key_beside(stage, key, page, id) for key in mine)


def _key_beside(stage: Stage, key: Key, page: Page, id: str) -> Key:
    """Return a key like ours for another page; what opens no single page serves both."""
    value = str(key.reveal(lines=True))
    issued = stage.there.keys.get(value)
    if issued is None or issued.page != stage.page.id:
        return replace(key, account=id)
    # Beginning and end stay, since networks tell kinds of keys by them.
    other = f"{value[: len(value) // 2]}{len(id)}{value[len(value) // 2 :]}"
    stage.there.add_key(replace(issued, value=other, page=page.id))
    reference = f"{key.reference}_{id.upper()}"
    return replace(key, account=id, reference=reference, _secrets=KeptSecrets({reference: other}))
