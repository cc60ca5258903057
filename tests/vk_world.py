"""A small world of VK for tests: communities with posts and comments, keys of each kind, an adapter over its face."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from munsocial.model.accounts import NetworkAccount
from munsocial.network.adapter import Equipment
from munsocial.network.drafts import Window
from munsocial.network.keys import Key as OurKey
from munsocial.network.keys import KeyRing
from munsocial.sandbox.faces import fields_of, json_answer, path_of
from munsocial.sandbox.faults import Faults
from munsocial.sandbox.port import SandboxPort
from munsocial.sandbox.things import Key, Page
from munsocial.sandbox.world import World
from munsocial.transport import faults as trouble
from munsocial.transport.port import Answer, Request, drive
from munsocial.transport.session import Session
from munsocial_vk.adapter import VkAdapter
from munsocial_vk.sandbox.face import VkFace
from munsocial_vk.sandbox.script import calls_of

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
LOST = "lost"
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


class Scripted:
    """A server of the test's own: ``answers`` maps a method to its ``response``, a body, or a function of the form.

    A body is anything with ``error``, bytes, or an `Answer`. Packs are taken apart, as VK does. ``asked`` holds
    the calls that were made, with those inside packs.
    """

    def __init__(self, **answers: Any) -> None:
        self.answers = {name.replace("_", ".", 1): answer for name, answer in answers.items()}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.sent = 0
        self.clock = 0.0
        self.slept: list[float] = []

    async def send(self, request: Request, *, timeout: float) -> Answer:
        del timeout
        self.sent += 1
        method, fields = path_of(request).rpartition("/")[2], fields_of(request)
        if method == "execute" and "execute" not in self.answers:
            return json_answer(self._pack(fields["code"]))
        return self._answer(method, fields)

    def _pack(self, code: str) -> dict[str, Any]:
        values, failures = [], []
        for method, params in calls_of(code):
            body = json.loads(self._answer(method, params).body)
            values.append(body.get("response", False))
            if "error" in body:
                failures.append({"method": method, **body["error"]})
        return {"response": values, "execute_errors": failures}

    def _answer(self, method: str, fields: dict[str, Any]) -> Answer:
        self.asked.append((method, fields))
        answer = self.answers.get(method, {"error": {"error_code": 3, "error_msg": "Unknown method passed"}})
        answer = answer(fields) if callable(answer) else answer
        if isinstance(answer, Answer):
            return answer
        if isinstance(answer, bytes):
            return Answer(200, {}, answer)
        return json_answer(answer if isinstance(answer, dict) and "error" in answer else {"response": answer})

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.clock += seconds

    async def together(self, jobs: Any, *, width: int) -> None:
        del width
        for job in jobs:
            await job()

    def now(self) -> float:
        return self.clock


def scripted(
    *kinds: str, settings: dict[str, Any] | None = None, store: Store | None = None, **answers: Any
) -> tuple[VkAdapter, Scripted]:
    """Return the adapter over a server of the test's own; methods are named like ``wall_get``."""
    port, held = Scripted(**answers), store or Store()
    session = Session(port, network="vk")
    return VkAdapter(Equipment(session, keys(*kinds, store=held), settings or {}, lambda: NOW, held)), port


def every(page: Any, most: int = 50) -> list[Any]:
    """Follow a listing to its end and return its pages; a listing without end fails."""
    pages: list[Any] = []
    cursor: str | None = None
    while len(pages) < most:
        pages.append(drive(page(cursor)))
        cursor = pages[-1].cursor
        if cursor is None:
            return pages
    raise AssertionError("the listing does not end")


def failing(code: int) -> dict[str, Any]:
    return {"error": {"error_code": code, "error_msg": "Refused"}}


def in_turn(*answers: Any) -> Any:
    """Give answers one after another, the last one for ever; `LOST` is an answer that never comes."""
    left = list(answers)

    def answer(_: Any) -> Any:
        one = left.pop(0) if len(left) > 1 else left[0]
        if one == LOST:
            raise trouble.no_answer(True)
        return one

    return answer
