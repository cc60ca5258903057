"""vkbottle, an asynchronous client with typed answers, pointed at the served sandbox: it reads, posts and comments."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest

from munsocial.sandbox.faults import Fault, FaultKind
from munsocial.sandbox.sample import sample_registry, sample_world, sandbox_secrets
from munsocial.sandbox.serve import SandboxServer, serving

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
PAGE = 230000001


@cache
def _vkbottle() -> Any:
    """Not at the head of the file: its thousands of models take seconds to import, in every worker of a run."""
    return pytest.importorskip("vkbottle", reason="the peer library vkbottle is a test dependency")


@pytest.fixture
def server() -> Iterator[SandboxServer]:
    """A server for each: the calls of a second are counted for all that were made to it."""
    with serving(sample_world(NOW, real_time=True)) as server:
        yield server


def _run(server: SandboxServer, reference: str, use: Callable[[Any], Awaitable[Any]]) -> Any:
    vkbottle, token = _vkbottle(), sandbox_secrets(sample_registry(NOW)).get(reference)

    async def main() -> Any:
        client = vkbottle.AiohttpClient()
        api = vkbottle.API(token=token, http_client=client)
        api.API_URL = f"{server.base('api.vk.ru')}/method/"
        try:
            return await use(api)
        finally:
            await client.close()

    return asyncio.run(main())


def test_it_reads_pages_posts_and_comments(server: SandboxServer) -> None:
    async def use(api: Any) -> Any:
        groups = await api.groups.get_by_id(group_id="prirechye_adm", fields=["description"])
        wall = await api.wall.get(owner_id=-PAGE, count=100)
        talked = next(post for post in wall.items if post.comments.count)
        return groups.groups[0], wall, talked, await api.wall.get_comments(owner_id=-PAGE, post_id=talked.id, count=100)

    group, wall, talked, comments = _run(server, "env:PRIRECHYE_VK_SERVICE", use)
    assert (group.id, group.name) == (PAGE, "Приреченский район")
    assert wall.items[0].is_pinned
    assert comments.count == talked.comments.count


def test_it_publishes_once_for_one_guid_and_comments(server: SandboxServer) -> None:
    async def use(api: Any) -> Any:
        said = {"owner_id": -PAGE, "from_group": True, "message": "Проверка связи", "guid": "two"}
        made, again = await api.wall.post(**said), await api.wall.post(**said)
        comment = await api.wall.create_comment(
            owner_id=-PAGE, post_id=made.post_id, from_group=PAGE, message="И ответ 🧹"
        )
        await asyncio.sleep(1.1)  # three calls a second
        shown = await api.wall.get_comments(owner_id=-PAGE, post_id=made.post_id)
        return made.post_id, again.post_id, comment.comment_id, shown.items

    made, again, comment, shown = _run(server, "env:PRIRECHYE_VK_USER", use)
    assert made == again
    assert [(one.id, one.text, one.from_id) for one in shown] == [(comment, "И ответ 🧹", -PAGE)]


def test_it_packs_calls_and_meets_the_networks_own_errors(server: SandboxServer) -> None:
    async def pack(api: Any) -> Any:
        code = f'return [API.wall.get({{"owner_id":{-PAGE},"count":2}}),API.wall.get({{}})];'
        return await api.request("execute", {"code": code})

    async def captcha(api: Any) -> Any:
        return await api.wall.get(owner_id=-PAGE)

    answer = _run(server, "env:PRIRECHYE_VK_USER", pack)
    assert len(answer["response"][0]["items"]) == 2
    assert answer["response"][1] is False
    server.faces.faults.add(Fault(FaultKind.CAPTCHA, method="wall.get"))
    with pytest.raises(_vkbottle().CaptchaError) as caught:
        _run(server, "env:PRIRECHYE_VK_SERVICE", captcha)
    assert caught.value.code == 14
