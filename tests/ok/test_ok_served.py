"""The same adapter over real HTTP on a loopback address, and over an event loop."""

from __future__ import annotations

import asyncio
import dataclasses
from pathlib import Path

from munsocial.network.adapter import Equipment
from munsocial.network.drafts import Draft, Media
from munsocial.sandbox.faults import Faults
from munsocial.sandbox.port import AsyncSandboxPort
from munsocial.sandbox.serve import serving
from munsocial.transport.http import BlockingPort
from munsocial.transport.session import Session
from munsocial_ok.adapter import OkAdapter
from ok_world import ACCOUNT, GID, GROUP_TOKEN, NOW, SINCE, District, run


def test_everything_travels_over_http_as_it_does_in_memory(tmp_path: Path) -> None:
    district = District()
    photo = tmp_path / "a.jpg"
    photo.write_bytes(bytes(70_000))
    with serving(district.world, faces={"ok": district.face}) as server:
        port = BlockingPort()
        settings = {"base_url": server.base("api.ok.ru"), "per_second": 50}
        ok = OkAdapter(Equipment(Session(port, network="ok"), district.ok.keys, settings, district.world.now))
        try:
            run(ok.publish(ACCOUNT, Draft(text="Сход & <сбор> 🙂", media=(Media(path=photo),)), key="k"))
            (post,) = run(ok.list_posts(ACCOUNT, since=SINCE, until=NOW.replace(year=2027))).items
            district.world.receive("ok", GID, "500000000778", "Вопрос")
            sent = run(ok.send_message(ACCOUNT, "500000000778", "Ответ", key="k"))
        finally:
            port.close()
    assert (post.text, post.formats) == ("Сход & <сбор> 🙂", ("text", "photo"))
    assert sent
    assert next(iter(district.world.uploads.values())).size == 70_000


def test_both_worlds_see_the_same() -> None:
    district = District()
    district.world.publish("ok", GID, "Вода", at=district.ago(days=1))

    async def read() -> object:
        port = AsyncSandboxPort({"ok": district.face}, Faults())
        ok = OkAdapter(dataclasses.replace(district.ok.equipment, session=Session(port, network="ok")))
        return await ok.list_posts(ACCOUNT, since=SINCE, until=NOW), await ok.read_profile(ACCOUNT)

    listed = run(district.ok.list_posts(ACCOUNT, since=SINCE, until=NOW))
    assert asyncio.run(read()) == (listed, run(district.ok.read_profile(ACCOUNT)))


def test_one_expired_token_is_renewed_once_for_all_tasks() -> None:
    kinds = ("access_token", "application_secret", "refresh_token")
    district = District(kinds=kinds)
    district.token.expires = NOW
    port = AsyncSandboxPort({"ok": district.face}, Faults())
    ok = OkAdapter(dataclasses.replace(district.ok.equipment, session=Session(port, network="ok")))

    async def read() -> None:
        await asyncio.gather(*(ok.read_profile(ACCOUNT) for _ in range(5)))

    asyncio.run(read())
    assert sum(count for call, count in port.calls.items() if call.method == "token.do") == 1
    assert GROUP_TOKEN not in repr(ok.secrets)
