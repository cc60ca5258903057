"""The stage on which VK is tried by the kit: a community, its administrator, and a key of each kind."""

from __future__ import annotations

from typing import Any

from munsocial.model.accounts import AccountKind, NetworkAccount
from munsocial.network.abilities import Ability
from munsocial.network.keys import Key, KeyRing
from munsocial.sandbox.things import Key as Issued
from munsocial.sandbox.things import Page
from munsocial.sandbox.world import World
from munsocial.testing.conformance import Stage
from munsocial_vk.adapter import VkAdapter
from munsocial_vk.sandbox.face import VkFace
from vk_world import NOW, Store, account

SECRETS = {
    "env:SERVICE": "Zq7wKx9v.service",
    "env:COMMUNITY": "Hb4nLm2s.community",
    "env:USER": "Yt6rPf3d.user",
}
PERSON = NetworkAccount(id="ivanova-vk", network="vk", kind=AccountKind.PROFILE, handle="ivanova", network_id="500")


def vk_stage(adapter: Any = VkAdapter) -> Stage:
    """Return a fresh stage."""
    world = World(NOW)
    world.add_user("vk", "Мария", "Иванова", id="500")
    page = world.add_page(Page("vk", "1", "adm1", name="Администрация", description="Официальная страница"))
    world.appoint("vk", page.id, "500", "administrator")
    world.add_key(Issued(SECRETS["env:SERVICE"], "vk", "service"))
    world.add_key(Issued(SECRETS["env:COMMUNITY"], "vk", "community", page="1"))
    world.add_key(Issued(SECRETS["env:USER"], "vk", "user", owner="500"))
    store = Store()
    store.kept.update(SECRETS)
    kinds = ("service", "community", "user")
    mine = (Key("adm1", f"{kind}_key", f"env:{kind.upper()}", {}, store) for kind in kinds)
    persons = Key(PERSON.id, "user_key", "env:USER", {}, store)
    return Stage(
        adapter,
        account(),
        KeyRing((*mine, persons)),
        world,
        VkFace,
        secrets=store,
        accounts={Ability.SUBSCRIBE: PERSON},
        shows=frozenset({"repost"}),
        lacks=frozenset({"free_names"}),
    )
