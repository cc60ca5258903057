"""Another page beside that of the stage, with keys of its own, and pages that are known by their handle alone.

A district has hundreds of pages behind one adapter: what is meant for one of them may never reach another.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace

from munsocial.model.accounts import NetworkAccount
from munsocial.network.keys import Key, KeyRing
from munsocial.sandbox.things import Page
from munsocial.testing.conformance.kept import KeptSecrets
from munsocial.testing.conformance.stage import Stage

__all__ = ["by_handle_alone", "neighbours"]

_HANDLE = "sosedi"


def neighbours(stage: Stage) -> tuple[Stage, Stage]:
    """Return the stage and one of another page in the same world; an adapter on either has the keys of both."""
    account, keys = stage.beside or _made_beside(stage)
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


def _made_beside(stage: Stage) -> tuple[NetworkAccount, tuple[Key, ...]]:
    """Add a page like the stage's own, without its life, and keys like its keys."""
    ours = stage.page
    life: dict[str, object] = {"posts": {}, "waiting": set(), "dialogs": {}, "may_write_to": set(), "bans": {}}
    fresh: dict[str, object] = {**life, "links": [], "republished": {}, "former_handles": []}
    named = {"name": "Соседи", "description": "Страница соседей", "subscribers": ours.subscribers + 77}
    page: Page = replace(copy.deepcopy(ours), id="", handle=_HANDLE, **named, **fresh)  # type: ignore[arg-type]
    stage.there.add_page(page)
    account = stage.account.model_copy(update={"id": _HANDLE, "handle": _HANDLE, "network_id": page.id})
    mine = (key for key in stage.keys.keys if key.account == stage.account.id)
    return account, tuple(_key_beside(stage, key, page) for key in mine)


def _key_beside(stage: Stage, key: Key, page: Page) -> Key:
    """Return a key like ours for another page; what opens no single page serves both."""
    value = str(key.reveal())
    issued = stage.there.keys.get(value)
    if issued is None or issued.page != stage.page.id:
        return replace(key, account=_HANDLE)
    # Beginning and end stay, since networks tell kinds of keys by them.
    other = f"{value[: len(value) // 2]}2{value[len(value) // 2 :]}"
    stage.there.add_key(replace(issued, value=other, page=page.id))
    reference = f"{key.reference}_{_HANDLE.upper()}"
    return replace(key, account=_HANDLE, reference=reference, _secrets=KeptSecrets({reference: other}))
