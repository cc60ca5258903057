"""A small world of VK for tests: communities with posts and comments, keys of each kind, an adapter over its face."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from munsocial.model.accounts import NetworkAccount
from munsocial.network.adapter import Equipment
from munsocial.network.drafts import Window
from munsocial.network.keys import Key as OurKey
from munsocial.network.keys import KeyRing
from munsocial.sandbox.faults import Faults
from munsocial.sandbox.port import SandboxPort
from munsocial.sandbox.things import Key, Page
from munsocial.sandbox.world import World
from munsocial.transport.port import drive
from munsocial.transport.session import Session
from munsocial_vk.adapter import VkAdapter
from munsocial_vk.sandbox import VkFace

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
WEEK = Window(NOW - timedelta(days=7), NOW)
SECRETS = {
    "env:SERVICE": "service-5ecret",
    "env:COMMUNITY": "community-5ecret",
    "env:USER": "user-5ecret",
}


class Store:
    """Secrets in memory."""

    def __init__(self) -> None:
        self.kept = dict(SECRETS)

    def get(self, reference: str) -> str:
        return self.kept[reference]

    def put(self, reference: str, secret: str) -> None:
        self.kept[reference] = secret

    def lock(self, reference: str) -> Any:
        del reference
        return _Free()


class _Free:
    def take(self) -> bool:
        return True

    def release(self) -> None:
        return None


def make_world() -> World:
    """Return a world with one community (id 1), its administrator, a citizen, and three keys."""
    world = World(NOW)
    admin = world.add_user("vk", "Мария", "Иванова", id="500")
    world.add_user("vk", "Пётр", "Сидоров", id="555", handle="sidorov")
    add_community(world, 1)
    world.appoint("vk", "1", admin.id, "administrator")
    world.add_key(Key(SECRETS["env:SERVICE"], "vk", "service"))
    world.add_key(Key(SECRETS["env:COMMUNITY"], "vk", "community", page="1"))
    world.add_key(Key(SECRETS["env:USER"], "vk", "user", owner="500"))
    return world


def add_community(world: World, number: int) -> Page:
    """Add a community with a handle and a filled profile."""
    page = Page("vk", str(number), f"adm{number}", name=f"Администрация {number}", description="Официальная страница")
    page.fields = {"phone": "+78610000000", "site": "https://example.org"}
    page.subscribers = 900
    return world.add_page(page)


def busy_wall(world: World, number: int, posts: int = 7) -> None:
    """Publish posts of this week, each with one comment of a citizen."""
    for day in range(posts):
        at = NOW - timedelta(days=day % 6, hours=1 + day)
        post = world.publish("vk", str(number), f"Новость {day}", at=at)
        world.comment("vk", str(number), post.id, "Когда уберут снег?", author="555", at=at + timedelta(minutes=5))


def account(number: int = 1, **changes: Any) -> NetworkAccount:
    """Return an account as a registry would hold it."""
    fields = {"id": f"adm{number}", "network": "vk", "handle": f"adm{number}", "network_id": str(number), **changes}
    return NetworkAccount.model_validate(fields)


def keys(*kinds: str, settings: dict[str, str] | None = None, store: Store | None = None) -> KeyRing:
    """Return keys of account adm1 by kind: service, community, user."""
    held = store or Store()
    made = (OurKey("adm1", f"{kind}_key", f"env:{kind.upper()}", settings or {}, held) for kind in kinds)
    return KeyRing(tuple(made))


def connect(
    world: World,
    *kinds: str,
    faults: Faults | None = None,
    settings: dict[str, Any] | None = None,
    store: Store | None = None,
    key_settings: dict[str, str] | None = None,
) -> tuple[VkAdapter, SandboxPort]:
    """Return the real adapter over the face of a world, with keys of the named kinds."""
    port = SandboxPort({"vk": VkFace(world)}, faults)
    held = store or Store()
    session = Session(port, network="vk")
    ring = keys(*kinds, settings=key_settings, store=held)
    return VkAdapter(Equipment(session, ring, settings or {}, world.now, held)), port


def gather(adapter: VkAdapter, accounts: list[NetworkAccount], want: set[str], window: Window = WEEK) -> dict[str, Any]:
    """Collect many and return the views by account."""

    async def run() -> dict[str, Any]:
        return {view.account: view async for view in adapter.collect_many(accounts, window, frozenset(want))}

    return drive(run())
