"""Somebody else's client, pointed at the served sandbox, reads, publishes and comments as it would in the network."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from munsocial.sandbox.faults import Fault, FaultKind
from munsocial.sandbox.sample import sample_registry, sample_world, sandbox_secrets
from munsocial.sandbox.serve import SandboxServer, serving

vk_api = pytest.importorskip("vk_api", reason="the peer library vk_api is a test dependency")
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
PAGE = 230000001


@pytest.fixture(scope="module")
def server() -> Iterator[SandboxServer]:
    with serving(sample_world(NOW, real_time=True)) as server:
        yield server


def _client(server: SandboxServer, reference: str) -> Any:
    return _session(server, reference).get_api()


def _session(server: SandboxServer, reference: str) -> Any:
    client = vk_api.VkApi(token=sandbox_secrets(sample_registry(NOW)).get(reference), api_version="5.199")
    client.http.trust_env = False
    # The addresses of vk_api are fixed in its code, therefore its requests are led here by their host.
    send = client.http.send

    def lead(request: Any, **more: Any) -> Any:
        request.url = request.url.replace("https://", f"{server.root}/", 1)
        return send(request, **more)

    client.http.send = lead
    return client


def test_it_reads_pages_posts_and_comments(server: SandboxServer) -> None:
    api = _client(server, "env:PRIRECHYE_VK_SERVICE")
    group = api.groups.getById(group_id="prirechye_adm", fields="description")["groups"][0]
    assert (group["id"], group["name"]) == (PAGE, "Приреченский район")
    wall = api.wall.get(owner_id=-PAGE, count=100)
    assert wall["items"][0]["is_pinned"] == 1
    talked = next(post for post in wall["items"] if post["comments"]["count"])
    comments = api.wall.getComments(owner_id=-PAGE, post_id=talked["id"], count=100)
    assert comments["count"] == talked["comments"]["count"]


def test_it_publishes_once_for_one_guid_and_comments(server: SandboxServer) -> None:
    api = _client(server, "env:PRIRECHYE_VK_USER")
    said = {"owner_id": -PAGE, "from_group": 1, "message": "Проверка связи", "guid": "one"}
    made = api.wall.post(**said)["post_id"]
    assert api.wall.post(**said)["post_id"] == made
    comment = api.wall.createComment(owner_id=-PAGE, post_id=made, from_group=PAGE, message="И ответ")
    shown = api.wall.getComments(owner_id=-PAGE, post_id=made)["items"]
    assert [one["id"] for one in shown] == [comment["comment_id"]]


def test_it_meets_the_networks_own_error(server: SandboxServer) -> None:
    server.faces.faults.add(Fault(FaultKind.CAPTCHA, method="wall.get"))
    api = _client(server, "env:PRIRECHYE_VK_SERVICE")
    with pytest.raises(vk_api.exceptions.Captcha):
        api.wall.get(owner_id=-PAGE)


def test_its_tools_read_long_lists_by_scripts_of_their_own(server: SandboxServer) -> None:
    client = _session(server, "env:PRIRECHYE_VK_SERVICE")
    wall = client.method("wall.get", {"owner_id": -PAGE, "count": 100})
    read = vk_api.VkTools(client).get_all("wall.get", 10, {"owner_id": -PAGE})
    assert (read["count"], {one["id"] for one in read["items"]}) == (
        wall["count"],
        {one["id"] for one in wall["items"]},
    )
    with vk_api.VkRequestsPool(client) as pool:
        same = pool.method("wall.get", {"owner_id": -PAGE, "count": 3})
        other = pool.method("groups.getById", {"group_id": PAGE})
    assert [one["id"] for one in same.result["items"]] == [one["id"] for one in wall["items"]][:3]
    assert other.result["groups"][0]["id"] == PAGE
    several, errors = vk_api.vk_request_one_param_pool(
        client, "wall.get", key="offset", values=[0, 1], default_values={"owner_id": -PAGE, "count": 1}
    )
    assert errors == {}
    assert [several[number]["items"][0]["id"] for number in (0, 1)] == [one["id"] for one in wall["items"]][:2]
