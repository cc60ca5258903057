"""What VK and OK answer is recorded without keys and people, and can be played again by the adapters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import ok_world
import vk_world
from munsocial.network.adapter import Equipment
from munsocial.transport.port import Port, drive
from munsocial.transport.recorder import RecordingPort, ReplayPort
from munsocial.transport.scrub import Scrub
from munsocial.transport.session import Session
from munsocial_ok.adapter import OkAdapter
from munsocial_vk.adapter import VkAdapter

SAID = "Пишите на petr@example.org или +7 861 000-11-22, Пётр Сидоров"


def vk() -> tuple[Port, Callable[[Port], Any], Any, str, tuple[str, ...], Any]:
    world = vk_world.make_world()
    post = world.publish("vk", "1", "Новость", at=vk_world.WEEK.since)
    world.comment("vk", "1", post.id, SAID, author="555")
    _, port = vk_world.connect(world, "service", "user")
    ring = vk_world.keys("service", "user")

    def adapter(over: Port) -> Any:
        return VkAdapter(Equipment(Session(over, network="vk"), ring, {}, lambda: vk_world.NOW))

    return port, adapter, vk_world.account(), post.id, tuple(vk_world.SECRETS.values()), vk_world.WEEK


def ok() -> tuple[Port, Callable[[Port], Any], Any, str, tuple[str, ...], Any]:
    district = ok_world.District()
    post = district.world.publish("ok", ok_world.GID, "Новость", at=district.ago(days=2))
    district.world.comment("ok", ok_world.GID, post.id, SAID, author=ok_world.CITIZEN)
    kinds = ("access_token", "application_secret", "group_token")
    keys = district.adapter(kinds, {}).keys

    def adapter(over: Port) -> Any:
        return OkAdapter(Equipment(Session(over, network="ok"), keys, {}, lambda: ok_world.NOW))

    window = (ok_world.SINCE, ok_world.NOW)
    return district.port, adapter, ok_world.ACCOUNT, post.id, tuple(ok_world.SECRETS.values()), window


@pytest.mark.parametrize("network", [vk, ok])
def test_a_recording_is_played_without_the_network(network: Callable[[], Any], tmp_path: Path) -> None:
    port, adapter, account, post, secrets, (since, until) = network()
    path = tmp_path / "cassette.json"

    def read(over: Port) -> tuple[Any, ...]:
        one = adapter(over)
        posts = drive(one.list_posts(account, since=since, until=until))
        comments = drive(one.list_comments(account, post))
        return drive(one.read_profile(account)), posts.items, comments.items

    with RecordingPort(port, path, scrub=Scrub(keep=(account.network_id,))) as recorder:
        profile, posts, (comment,) = read(recorder)
    played, again, (said,) = read(ReplayPort(path))
    assert (played.network_id, played.subscribers) == (profile.network_id, profile.subscribers)
    assert [(one.id, one.at) for one in again] == [(one.id, one.at) for one in posts]
    assert (said.id, said.at, len(said.text)) == (comment.id, comment.at, len(SAID))
    assert said.text != SAID
    text = path.read_text(encoding="utf-8")
    for hidden in (*secrets, "petr@example.org", "861 000-11-22", "Сидоров"):
        assert hidden not in text
