"""What happens between us and OK says nothing of posts: a gateway's page, a file that changes while it is sent."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from munsocial.errors import FileRefused, Unreachable
from munsocial.network.drafts import Draft, Media
from munsocial.sandbox.faults import Fault, FaultKind
from munsocial.transport.port import Answer, Request
from munsocial_ok.adapter import OkAdapter
from ok_world import ACCOUNT, GID, NOW, SINCE, District, run


def nowhere(method: str = "*") -> District:
    return District(Fault(FaultKind.NOWHERE, method=method, times=None))


@pytest.mark.parametrize(
    "deed",
    [
        lambda ok: ok.delete_post(ACCOUNT, "155000000000001"),
        lambda ok: ok.read_post(ACCOUNT, "155000000000001"),
        lambda ok: ok.read_comment(ACCOUNT, "155000000000001", "c1"),
        lambda ok: ok.resolve_handle("sad"),
        lambda ok: ok.republished(ACCOUNT, "155000000000001"),
    ],
    ids=["delete_post", "read_post", "read_comment", "resolve_handle", "republished"],
)
def test_a_page_of_a_gateway_with_404_is_no_word_of_ok(deed: Callable[[OkAdapter], Coroutine[Any, Any, Any]]) -> None:
    with pytest.raises(Unreachable, match="404") as caught:
        run(deed(nowhere().ok))
    assert (caught.value.executed, caught.value.network_code) == (False, "404")


def test_a_page_of_a_gateway_with_404_takes_no_post_for_deleted() -> None:
    district = nowhere("mediatopic.getByIds")
    district.world.publish("ok", GID, "Новость", at=district.ago(days=2))
    with pytest.raises(Unreachable):
        run(district.ok.list_posts(ACCOUNT, since=SINCE, until=NOW))


def test_a_film_that_is_cut_under_way_is_named_and_nothing_is_published(tmp_path: Path) -> None:
    district, media = (
        District(video_upload="resumable", video_chunk=65_536),
        Media(path=tmp_path / "v.mp4", kind="video"),
    )
    media.path.write_bytes(bytes(200_000))
    real = district.face.handle

    def cutting(request: Request) -> Answer:
        if (request.form or {}).get("method") == "video.getUploadUrl":
            media.path.write_bytes(bytes(100_000))
        return real(request)

    district.face.handle = cutting  # type: ignore[method-assign]  # a face that sees the file change

    with pytest.raises(FileRefused, match=r"v\.mp4: Файл изменился"):
        run(district.ok.publish(ACCOUNT, Draft(text="Да", media=(media,)), key="k"))
    assert district.asked("mediatopic.post") == 0
