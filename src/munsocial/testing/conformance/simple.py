"""A stage out of an adapter and its face alone: a world with one page, its manager, and a key of each declared kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from munsocial.model.accounts import NetworkAccount
from munsocial.network.abilities import Ability
from munsocial.network.adapter import Adapter
from munsocial.network.keys import Key, KeyRing
from munsocial.sandbox.faces import FaceMaker
from munsocial.sandbox.numbering import Numbering
from munsocial.sandbox.things import Key as Issued
from munsocial.sandbox.things import Page
from munsocial.sandbox.world import World
from munsocial.testing.conformance.kept_secrets import KeptSecrets
from munsocial.testing.conformance.stage import Stage

__all__ = ["KeptSecrets", "sandbox_stage"]

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)


def sandbox_stage(
    adapter: type[Adapter],
    face: FaceMaker,
    *,
    arrange: Callable[[World, Page], None] | None = None,
    key_settings: Mapping[str, str] | None = None,
    ids: Numbering | None = None,
    **more: Any,
) -> Stage:
    """Make a stage of an adapter and its face.

    The world's keys are of the kinds that the abilities declare, each bound to the page and to its manager
    (`munsocial.sandbox.things.Key`). ``arrange`` may change world and page before a test begins, e.g. give keys other
    rights; ``ids`` gives ids such as the network has; ``more`` are further fields of `Stage`.
    """
    network = adapter.name
    world = World(NOW, ids=ids)
    manager = world.add_user(network, "Мария", "Образцова")
    page = world.add_page(Page(network, "", "obraztsovo", name="Образцово", description="Официальная страница"))
    world.appoint(network, page.id, manager.id, str(more.get("role", "administrator")))
    kinds = dict.fromkeys(kind for ability in Ability for kind in adapter.capabilities.of(ability).keys)
    values = {f"env:PROBA_{kind.upper()}": f"Zq7wKx9v-{kind}-8fJ2pQ4r" for kind in kinds}
    for kind, value in zip(kinds, values.values(), strict=True):
        world.add_key(Issued(value, network, kind, owner=manager.id, page=page.id))
    account = NetworkAccount(id="obraztsovo", network=network, handle=page.handle, network_id=page.id)
    store = KeptSecrets(values)
    settings = dict(key_settings or {})
    ring = KeyRing(
        tuple(Key(account.id, kind, name, settings, store) for kind, name in zip(kinds, values, strict=True))
    )
    if arrange is not None:
        arrange(world, page)
    return Stage(adapter, account, ring, world, face, **{"secrets": store, **more})
