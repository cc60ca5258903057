"""What happens between us and OK says nothing of posts: a gateway's page, a file that changes while it is sent."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from munsocial.errors import FileRefused, NetworkError, Unreachable, UnreadableAnswer
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


def photo(folder: Path) -> Media:
    (folder / "a.jpg").write_bytes(b"\xff\xd8picture")
    return Media(path=folder / "a.jpg")


def film(folder: Path, size: int = 20_000, name: str = "v.mp4") -> Media:
    (folder / name).write_bytes(bytes(size))
    return Media(path=folder / name, kind="video")


def failing(part: str, status: int = 502, *, after: int = 0, times: int | None = None, **settings: Any) -> District:
    """Let an address or a method fail by this status, so many times behind so many good ones."""
    district, seen = District(**settings), [0]
    real = district.face.handle

    def telling(request: Request) -> Answer:
        if part not in request.url and part != (request.form or {}).get("method"):
            return real(request)
        seen[0] += 1
        failed = seen[0] > after and (times is None or seen[0] <= after + times)
        return Answer(status, {}, b"") if failed else real(request)

    district.face.handle = telling  # type: ignore[method-assign]  # a face that fails at one place
    return district


BEFORE_THE_POST: dict[str, tuple[str, int, list[str], bool | None]] = {
    "the address of a photo": ("photosV2.getUploadUrl", 0, ["photo"], False),
    "a photo": ("uploadImage", 0, ["photo"], False),
    "the address of a video": ("video.getUploadUrl", 0, ["video"], False),
    "a photo before a video": ("uploadImage", 0, ["video", "photo"], False),
    "a video": ("upload.do", 0, ["video"], None),
    "a video that is to be shown": ("video.update", 0, ["video"], None),
    "the address of a second video": ("video.getUploadUrl", 1, ["video", "another"], None),
}


@pytest.mark.parametrize(("part", "after", "media", "executed"), BEFORE_THE_POST.values(), ids=BEFORE_THE_POST)
def test_what_fails_before_the_post_does_not_say_that_the_post_may_be_there(
    tmp_path: Path, part: str, after: int, media: list[str], executed: bool | None
) -> None:
    files = tuple(photo(tmp_path) if one == "photo" else film(tmp_path, name=f"{one}.mp4") for one in media)
    district = failing(part, after=after)
    with pytest.raises(NetworkError) as caught:
        run(district.ok.publish(ACCOUNT, Draft(text="Да", media=files), key="k"))
    assert caught.value.executed is executed
    assert ("Ничего не опубликовано" if executed is False else "раздел «Видео»") in caught.value.say("ru")
    assert district.asked("mediatopic.post") == 0


BEHIND_A_VIDEO: dict[str, tuple[str, int, bool | None]] = {
    "showing it is refused for flood": ("video.update", 8, None),
    "showing it is refused for a right": ("video.update", 10, None),
    "the post is refused for flood": ("mediatopic.post", 8, None),
    "the post is refused for hours": ("mediatopic.post", 7, None),
    "the post is refused for a quota": ("mediatopic.post", 11, None),
    "the post is refused for a key": ("mediatopic.post", 102, None),
    "the post is taken for spam": ("mediatopic.post", 511, False),
    "the post is too long": ("mediatopic.post", 601, False),
}


@pytest.mark.parametrize(("method", "code", "executed"), BEHIND_A_VIDEO.values(), ids=BEHIND_A_VIDEO)
def test_what_is_refused_behind_a_carried_video_is_not_begun_anew_by_itself(
    tmp_path: Path, method: str, code: int, executed: bool | None
) -> None:
    district = District()
    real = district.face.handle
    refusal = json.dumps({"error_code": code, "error_msg": "no"}).encode()

    def refusing(request: Request) -> Answer:
        return Answer(200, {}, refusal) if (request.form or {}).get("method") == method else real(request)

    district.face.handle = refusing  # type: ignore[method-assign]  # a face that refuses behind a video
    with pytest.raises(NetworkError) as caught:
        run(district.ok.publish(ACCOUNT, Draft(text="Да", media=(film(tmp_path),)), key="k"))
    assert caught.value.executed is executed
    assert f"[{code} " in caught.value.say("ru")
    assert "раздел «Видео»" in caught.value.say("ru")


@pytest.mark.parametrize("status", [404, 410])
def test_an_address_that_the_server_of_photos_knows_no_longer_is_asked_for_anew_once(
    tmp_path: Path, status: int
) -> None:
    district = District()
    real, stale = district.face.handle, list[str]()

    def forgetting(request: Request) -> Answer:
        if "uploadImage" in request.url and request.url in (stale or [request.url]):
            stale.append(request.url)
            return Answer(status, {}, b"")
        return real(request)

    district.face.handle = forgetting  # type: ignore[method-assign]  # a face that forgets its first address
    run(district.ok.publish(ACCOUNT, Draft(text="Да", media=(photo(tmp_path),)), key="k"))
    assert (district.asked("photosV2.getUploadUrl"), district.asked("mediatopic.post")) == (2, 1)

    district = failing("uploadImage", status)
    with pytest.raises(Unreachable) as caught:
        run(district.ok.publish(ACCOUNT, Draft(text="Да", media=(photo(tmp_path),)), key="k"))
    assert caught.value.executed is False
    assert (district.asked("photosV2.getUploadUrl"), district.asked("mediatopic.post")) == (2, 0)


@pytest.mark.parametrize(("kept", "done"), [(70_000, True), (65_536, True), (65_535, False)])
def test_a_video_of_one_piece_goes_on_as_long_as_each_attempt_brings_it_on(
    tmp_path: Path, kept: int, done: bool
) -> None:
    district, there = District(video_upload="resumable"), [0]
    real = district.face.handle

    def keeping_little(request: Request) -> Answer:
        method = (request.form or {}).get("method")
        if method in ("video.update", "mediatopic.post"):  # the face has not seen the video
            return Answer(200, {}, b"null" if method == "video.update" else b'"155"')
        if method:
            return real(request)
        if request.method == "GET":
            return Answer(200, {"range": f"0-{there[0] - 1}"}, b"")
        first, last = map(int, re.findall(r"\d+", request.headers["Content-Range"])[:2])
        there[0] = min(first + kept, last + 1)
        return Answer(201 if there[0] == last + 1 else 502, {}, b"")

    district.face.handle = keeping_little  # type: ignore[method-assign]  # a connection that breaks again and again
    draft = Draft(text="Да", media=(film(tmp_path, 700_000),))
    if done:
        run(district.ok.publish(ACCOUNT, draft, key="k"))
    else:
        with pytest.raises(NetworkError):
            run(district.ok.publish(ACCOUNT, draft, key="k"))
    assert (there[0] == 700_000, district.asked("mediatopic.post")) == (done, int(done))


LOOKS = {"HTML вместо данных": b"<html>502", "не UTF-8": "Вода".encode("cp1251"), "неожиданный вид (JSON)": b"{"}


@pytest.mark.parametrize(("looks", "body"), LOOKS.items(), ids=LOOKS)
def test_an_answer_that_is_none_says_what_it_looks_like_and_a_reading_is_only_repeated(looks: str, body: bytes) -> None:
    district = District()
    district.face.handle = lambda request: Answer(200, {}, body)  # type: ignore[method-assign]  # no answer of OK's
    with pytest.raises(UnreadableAnswer) as reading:
        run(district.ok.read_profile(ACCOUNT))
    assert reading.value.say("ru").endswith(f"Ответ не разобран: {looks}. Повторите позже.")
    with pytest.raises(UnreadableAnswer) as writing:
        run(district.ok.publish(ACCOUNT, Draft(text="Да"), key="k"))
    assert f"Ответ не разобран: {looks}." in writing.value.say("ru")
    assert "прежде чем повторять" in writing.value.say("ru")
