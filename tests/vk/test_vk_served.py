"""Over real HTTP: the adapter with the blocking port against the served face, with files."""

from __future__ import annotations

import struct
from pathlib import Path

from munsocial.network.adapter import Equipment
from munsocial.network.drafts import Draft, Media
from munsocial.sandbox.serve import serving
from munsocial.transport.http import BlockingPort
from munsocial.transport.port import drive
from munsocial.transport.session import Session
from munsocial.transport.settings import TransportSettings
from munsocial_vk.adapter import VkAdapter
from munsocial_vk.sandbox.face import VkFace
from vk_world import Store, account, busy_wall, gather, keys, make_world


def test_reading_publishing_and_uploading_over_http(tmp_path: Path) -> None:
    world = make_world()
    busy_wall(world, 1, 2)
    path = tmp_path / "снимок.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 800, 600) + b"x" * 100_000)
    with serving(world, faces={"vk": VkFace(world)}) as server:
        port = BlockingPort(TransportSettings())
        session = Session(port, network="vk")
        settings = {"base_url": f"{server.base('api.vk.ru')}/method/", "user_rate": 1000, "community_rate": 1000}
        adapter = VkAdapter(Equipment(session, keys("user"), settings, world.now, Store()))
        world.clock.sleep(10)
        view = gather(adapter, [account()], {"profile", "posts", "comments"})["adm1"]
        assert len(view.comments.value) == 2
        world.clock.sleep(10)
        made = drive(adapter.publish(account(), Draft(text="Фото", media=(Media(path=path),)), key="k"))
        port.close()
    assert [one.kind for one in world.post("vk", "1", made.id).attachments] == ["photo"]
    assert [upload.size for upload in world.uploads.values()] == [path.stat().st_size]
