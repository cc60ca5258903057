"""VK: 100 wall posts (344 kB) to models against ``json.loads`` of the same bytes; packed collecting."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from munsocial.model.accounts import NetworkAccount
from munsocial.network.adapter import Equipment
from munsocial.network.drafts import Window
from munsocial.network.keys import Key as OurKey
from munsocial.network.keys import KeyRing
from munsocial.sandbox.port import SandboxPort
from munsocial.sandbox.things import Key, Page
from munsocial.sandbox.world import World
from munsocial.transport.port import Answer, drive
from munsocial.transport.session import Session
from munsocial_vk import wire
from munsocial_vk.adapter import VkAdapter
from munsocial_vk.decode import posts_of
from munsocial_vk.envelope import open_answer
from munsocial_vk.sandbox import VkFace

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
_SIZE = {"type": "x", "url": f"https://sun9-1.userapi.com/impg/{'a' * 180}", "width": 604, "height": 400}
_PHOTO = {"id": 5, "owner_id": -123, "album_id": -7, "date": 1700000000, "sizes": [_SIZE] * 11}
_POST = {
    "owner_id": -1,
    "from_id": -1,
    "date": 1700000000,
    "text": "Субботник в парке. " * 8,
    "post_type": "post",
    "attachments": [{"type": "photo", "photo": _PHOTO}],
    "comments": {"count": 2, "can_post": 1},
    "likes": {"count": 3},
    "reposts": {"count": 1},
    "views": {"count": 210},
}
_REPLY = {"response": {"count": 100, "items": [{"id": number, **_POST} for number in range(1, 101)]}}
POSTS = Answer(200, {}, json.dumps(_REPLY, ensure_ascii=False).encode())


class _Secrets:
    def get(self, reference: str) -> str:
        return f"secret of {reference}"


def test_json_of_100_posts(benchmark: Any) -> None:
    assert len(benchmark(json.loads, POSTS.body)["response"]["items"]) == 100


def test_100_posts_to_models(benchmark: Any) -> None:
    assert len(benchmark(lambda: posts_of(open_answer(POSTS, wire.WallReply))).items) == 100


def _world(communities: int, posts: int) -> World:
    world = World(NOW)
    world.add_user("vk", "Пётр", "Сидоров", id="555")
    world.add_key(Key(_Secrets().get("env:SERVICE"), "vk", "service"))
    for number in range(1, communities + 1):
        world.add_page(Page("vk", str(number), f"adm{number}", name="Администрация"))
        for day in range(posts):
            post = world.publish("vk", str(number), "Новость", at=NOW - timedelta(days=day % 6, hours=1))
            world.comment("vk", str(number), post.id, "Когда?", author="555", at=NOW - timedelta(minutes=5))
    return world


def test_20_communities_with_7_commented_posts(benchmark: Any) -> None:
    world = _world(20, 7)
    accounts = [NetworkAccount(id=f"adm{n}", network="vk", network_id=str(n), handle=f"adm{n}") for n in range(1, 21)]
    want = frozenset({"profile", "handle_now", "posts", "comments", "links"})
    window = Window(NOW - timedelta(days=7), NOW)
    ring = KeyRing((OurKey("adm1", "service_key", "env:SERVICE", {}, _Secrets()),))
    calls: list[int] = []

    async def collect() -> None:
        port = SandboxPort({"vk": VkFace(world)})
        adapter = VkAdapter(Equipment(Session(port, network="vk"), ring, clock=world.now))
        views = [view async for view in adapter.collect_many(accounts, window, want)]
        assert sum(len(view.comments.value or ()) for view in views) == 140
        calls.append(len(port.started))

    benchmark(lambda: drive(collect()))
    assert set(calls) == {7}
