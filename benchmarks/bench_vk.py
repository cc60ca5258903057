"""VK: calls of an audit, the share of the allowed rate, and posts to models, beside clients of others in the same run.

Run: ``python benchmarks/bench_vk.py``.

All clients speak over HTTP to the same sandbox. vk_api and vkbottle are used as their users would use them: one call
after another, and vk_api also packed by hand into ``execute``. Prints a line per goal and exits with 1 when one is
missed. Let the machine be idle: the spacing of calls is measured where they arrive.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from munsocial.model.accounts import NetworkAccount
from munsocial.network.adapter import Equipment
from munsocial.network.drafts import Window
from munsocial.network.keys import Key as OurKey
from munsocial.network.keys import KeyRing
from munsocial.sandbox.serve import SandboxServer, serving
from munsocial.sandbox.things import Key, Page
from munsocial.sandbox.world import World
from munsocial.transport import Answer, AsyncPort, BlockingPort, Request, Session, drive
from munsocial_vk import wire
from munsocial_vk.adapter import VkAdapter
from munsocial_vk.decode import posts_of
from munsocial_vk.envelope import open_answer
from munsocial_vk.sandbox.face import VkFace

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
WINDOW = Window(NOW - timedelta(days=7), NOW)
WANT = frozenset({"profile", "handle_now", "posts", "comments", "links"})
TOKEN = "service-key-of-the-benchmark"
COMMUNITIES, POSTS = 20, 7
OPTIMUM, SINGLE = 7, 161
DECODING, SHARE = 2.0, 0.95

# Posts to models

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
WALL = Answer(200, {}, json.dumps(_REPLY, ensure_ascii=False).encode())


def decoding() -> tuple[float, float]:
    """Return milliseconds of ``json.loads`` and of reading the same bytes into posts."""
    rounds = [
        (timed(lambda: json.loads(WALL.body)), timed(lambda: posts_of(open_answer(WALL, wire.WallReply))))
        for _ in range(60)
    ]
    return statistics.median(one for one, _ in rounds), statistics.median(two for _, two in rounds)


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


# The world


class Secrets:
    def get(self, reference: str) -> str:
        del reference
        return TOKEN


class CountingFace(VkFace):
    """Notes when each call came; without ``limits`` it refuses none, so that slow clients need not be waited for."""

    def __init__(self, world: World, *, limits: bool) -> None:
        super().__init__(world)
        self.limits = limits
        self.came: list[float] = []

    def _count(self, key: Key) -> None:
        self.came.append(time.monotonic())
        if self.limits:
            super()._count(key)


def filled(communities: int, *, real_time: bool) -> World:
    world = World(NOW, real_time=real_time)
    world.add_user("vk", "Пётр", "Сидоров", id="555")
    world.add_user("vk", "Мария", "Иванова", id="500")
    world.add_key(Key(TOKEN, "vk", "service"))
    world.add_key(Key("user-key", "vk", "user", owner="500"))
    for number in range(1, communities + 1):
        world.add_page(Page("vk", str(number), f"adm{number}", name=f"Администрация {number}"))
        for day in range(POSTS):
            post = world.publish("vk", str(number), f"Новость {day}", at=NOW - timedelta(days=day % 6, hours=1))
            world.comment("vk", str(number), post.id, "Когда?", author="555", at=NOW - timedelta(minutes=5))
    return world


def accounts(communities: int) -> list[NetworkAccount]:
    numbers = range(1, communities + 1)
    return [NetworkAccount(id=f"adm{n}", network="vk", network_id=str(n), handle=f"adm{n}") for n in numbers]


# Clients

RING = KeyRing((OurKey("adm1", "service_key", "env:SERVICE", {}, Secrets()),))


async def ours(server: SandboxServer, port: Any, communities: int) -> int:
    """Collect, and return the number of comments that were read."""
    settings = {"base_url": f"{server.base('api.vk.ru')}/method/"}
    adapter = VkAdapter(Equipment(Session(port, network="vk"), RING, settings, lambda: NOW))
    views = [view async for view in adapter.collect_many(accounts(communities), WINDOW, WANT)]
    return sum(len(view.comments.value or ()) for view in views)


def ours_blocking(server: SandboxServer, communities: int) -> int:
    with BlockingPort() as port:
        return drive(ours(server, port, communities))


async def ours_async(server: SandboxServer, communities: int) -> int:
    async with AsyncPort() as port:
        return await ours(server, port, communities)


def vk_api_client(server: SandboxServer, token: str, *, hurry: bool) -> Any:
    import vk_api

    client = vk_api.VkApi(token=token, api_version="5.199")
    client.http.trust_env = False
    send = client.http.send

    def lead(request: Any, **more: Any) -> Any:
        request.url = request.url.replace("https://", f"{server.root}/", 1)
        return send(request, **more)

    client.http.send = lead
    if hurry:
        client.RPS_DELAY = 0.0
    return client


def one_by_one(server: SandboxServer, communities: int) -> int:
    api = vk_api_client(server, TOKEN, hurry=True).get_api()
    api.groups.getById(group_ids=",".join(str(n) for n in range(1, communities + 1)), fields="description")
    found = 0
    for number in range(1, communities + 1):
        for post in api.wall.get(owner_id=-number, count=15)["items"]:
            found += len(api.wall.getComments(owner_id=-number, post_id=post["id"], count=100)["items"])
    return found


def by_hand(server: SandboxServer, communities: int, *, hurry: bool = True) -> int:
    """Pack 25 calls into each ``execute``, in the two phases that the optimum has."""
    client = vk_api_client(server, TOKEN, hurry=hurry)
    ids = ",".join(str(n) for n in range(1, communities + 1))
    calls = [f'API.groups.getById({{"group_ids":"{ids}"}})']
    calls += [f'API.wall.get({{"owner_id":-{n},"count":15}})' for n in range(1, communities + 1)]
    walls = packed(client, calls)[1:]
    posts = [(post["owner_id"], post["id"]) for wall in walls for post in wall["items"]]
    comments = packed(client, [f'API.wall.getComments({{"owner_id":{o},"post_id":{p}}})' for o, p in posts])
    return sum(len(page["items"]) for page in comments)


def packed(client: Any, calls: list[str]) -> list[Any]:
    values: list[Any] = []
    for start in range(0, len(calls), 25):
        values += client.method("execute", {"code": f"return [{','.join(calls[start : start + 25])}];"})
    return values


async def bottle(server: SandboxServer, communities: int) -> int:
    import vkbottle

    client = vkbottle.AiohttpClient()
    api: Any = vkbottle.API(token=TOKEN, http_client=client)
    api.API_URL = f"{server.base('api.vk.ru')}/method/"
    found = 0
    try:
        await api.groups.get_by_id(group_ids=[str(n) for n in range(1, communities + 1)], fields=["description"])
        for number in range(1, communities + 1):
            for post in (await api.wall.get(owner_id=-number, count=15)).items:
                found += len((await api.wall.get_comments(owner_id=-number, post_id=post.id, count=100)).items)
    finally:
        await client.close()
    return found


# Figures


def verdict(what: str, value: float, goal: str, good: bool, unit: str) -> bool:
    print(f"{'ok    ' if good else 'MISSED'} {what}: {value:.3g} {unit} (goal {goal} {unit})")
    return good


def calls_of_an_audit() -> list[bool]:
    clients: dict[str, Callable[[SandboxServer], int]] = {
        "munsocial, blocking": lambda server: ours_blocking(server, COMMUNITIES),
        "munsocial, async": lambda server: asyncio.run(ours_async(server, COMMUNITIES)),
        "vk_api packed by hand": lambda server: by_hand(server, COMMUNITIES),
        "vk_api one by one": lambda server: one_by_one(server, COMMUNITIES),
        "vkbottle one by one": lambda server: asyncio.run(bottle(server, COMMUNITIES)),
    }
    world, counts = filled(COMMUNITIES, real_time=True), {}
    for name, client in clients.items():
        face = CountingFace(world, limits=False)
        with serving(world, faces={"vk": face}) as server:
            began = time.perf_counter()
            comments = client(server)
            took = time.perf_counter() - began
        counts[name] = len(face.came)
        print(f"       {name}: {counts[name]} calls, {comments} comments, {took:.2f} s")
        assert comments == COMMUNITIES * POSTS, name
    return [
        verdict(f"HTTP calls, {name}", counts[name], str(OPTIMUM), counts[name] == OPTIMUM, "calls")
        for name in ("munsocial, blocking", "munsocial, async")
    ] + [counts["vk_api packed by hand"] == OPTIMUM, counts["vk_api one by one"] == SINGLE]


def use_of_the_rate(communities: int = 100) -> list[bool]:
    """Collect under VK's limit of three calls a second, which the sandbox enforces with error 6."""
    clients: dict[str, Callable[[SandboxServer], int]] = {
        "munsocial, blocking": lambda server: ours_blocking(server, communities),
        "munsocial, async": lambda server: asyncio.run(ours_async(server, communities)),
        "vk_api packed by hand": lambda server: by_hand(server, communities, hurry=False),
    }
    goals: list[bool] = []
    for name, client in clients.items():
        world = filled(communities, real_time=True)
        face = SlowFace(world)
        with serving(world, faces={"vk": face}) as server:
            client(server)
        share = (len(face.came) - 1) / (face.came[-1] - face.came[0]) / 3.0
        most = max(sum(first <= at < first + 1.0 for at in face.came) for first in face.came)
        print(f"       {name}: {len(face.came)} calls, at most {most} in a second, {share:.3f} of 3 a second")
        if name.startswith("munsocial"):
            goals.append(verdict(f"share of the rate, {name}", share, f">= {SHARE}", share >= SHARE, "x"))
            goals.append(verdict(f"most calls in a second, {name}", most, "<= 3", most <= 3, "calls"))
    return goals


class SlowFace(CountingFace):
    """A face as far away as a server across the country: each answer takes 50 ms more."""

    def __init__(self, world: World) -> None:
        super().__init__(world, limits=True)

    def handle(self, request: Request) -> Answer:
        answer = super().handle(request)
        time.sleep(0.05)
        return answer


def main() -> int:
    loads, models = decoding()
    print(f"       100 posts, {len(WALL.body)} bytes: json.loads {loads:.3f} ms, models {models:.3f} ms")
    goals = [verdict("posts to models", models / loads, f"<= {DECODING:g}", models <= DECODING * loads, "x json.loads")]
    goals += calls_of_an_audit()
    goals += use_of_the_rate()
    return 0 if all(goals) else 1


if __name__ == "__main__":
    sys.exit(main())
