"""Uploads: three steps, a refused file is never saved, a second address on failure, files are streamed."""

from __future__ import annotations

import json
import os
import struct
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from munsocial.errors import NetworkError, ServerFault, Unreachable, UnsafeAddress, UploadRefused
from munsocial.network.drafts import Draft, Media
from munsocial.transport.port import Answer, drive
from munsocial_vk.pictures import look_at
from vk_world import account, connect, make_world, scripted

SAVED = [{"id": 5, "owner_id": -1, "access_key": "a1"}]
TAKEN = {"server": 1, "photo": '[{"markers_restarted":true}]', "hash": "h"}


@pytest.fixture
def photo(tmp_path: Path) -> Media:
    path = tmp_path / "photo.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 800, 600) + b"x")
    return Media(path=path)


def server(*uploads: Any, fallback: bool = False, save: Any = SAVED) -> tuple[Any, Any]:
    """Return an adapter whose upload addresses ``u1``, ``u2`` ... answer in this order, and fallbacks ``f1``, ..."""
    given = iter(range(1, 20))

    def address(_: Any) -> Any:
        number = next(given)
        second = {"fallback_upload_url": f"https://pu.vk.com/f{number}"} if fallback else {}
        return {"upload_url": f"https://pu.vk.com/u{number}", "album_id": -14, "user_id": 1, **second}

    adapter, port = scripted(
        "user", photos_getWallUploadServer=address, photos_saveWallPhoto=save, wall_post={"post_id": 7}
    )
    port.answers |= {
        f"u{number}": body if isinstance(body, Answer) else json.dumps(body).encode()
        for number, body in enumerate(uploads, 1)
    }
    port.answers |= {f"f{number}": json.dumps(TAKEN).encode() for number in range(1, 5)}
    return adapter, port


def publish(adapter: Any, media: Media) -> Any:
    return drive(adapter.publish(account(), Draft(text="а", media=(media,)), key="k"))


def steps(port: Any) -> list[str]:
    return [method.rpartition(".")[2] for method, _ in port.asked]


def test_what_the_upload_host_said_is_passed_on_unchanged(photo: Media) -> None:
    adapter, port = server(TAKEN)
    assert publish(adapter, photo.model_copy(update={"title": "Сход"})).id == "7"
    assert steps(port) == ["getWallUploadServer", "u1", "saveWallPhoto", "post"]
    assert (port.asked[2][1]["photo"], port.asked[2][1]["caption"]) == (TAKEN["photo"], "Сход")
    assert port.asked[3][1]["attachments"] == "photo-1_5_a1"


PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480)
GIF = b"GIF89a" + struct.pack("<HH", 640, 480)
JPEG = b"\xff\xd8\xff\xe0\x00\x06JFIF\xff\xc4\x00\x04ab\xff\xc2\x00\x11\x08" + struct.pack(">HH", 480, 640)


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        (PNG, ("png", 640, 480)),
        (GIF, ("gif", 640, 480)),
        (JPEG, ("jpeg", 640, 480)),
        (JPEG[:12], ("jpeg", 0, 0)),
        (b"%PDF-1.7", None),
    ],
)
def test_kind_and_sides_of_a_picture_are_seen_before_it_is_sent(content: bytes, seen: Any, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(content + bytes(30))
    assert look_at(tmp_path / "a") == seen


HTML = Answer(200, {"content-type": "text/html"}, b"<html>busy</html>")
DOWN = Answer(502, {}, b"<html>bad gateway</html>")
GONE = [Answer(404, {}, b"not found"), Answer(410, {}, b""), Answer(404, {}, b'{"error_msg": "expired"}')]
EMPTY = {"server": 1, "photo": "[]", "hash": "h"}
NONE = {"server": 1, "photo": "", "hash": "h"}


@pytest.mark.parametrize(
    ("situation", "uploads", "fallback", "expected"),
    [
        ("taken at the second time", (EMPTY, TAKEN), False, "getWallUploadServer u1 getWallUploadServer u2"),
        ("an error in the body", ({"error": "unknown"}, TAKEN), False, "getWallUploadServer u1 getWallUploadServer u2"),
        ("a page instead", (HTML, TAKEN), False, "getWallUploadServer u1 getWallUploadServer u2"),
        ("the second address", (HTML, TAKEN), True, "getWallUploadServer u1 f1"),
        ("the second address when the host is down", (DOWN, TAKEN), True, "getWallUploadServer u1 f1"),
        *((f"a {one.status}", (one, TAKEN), False, "getWallUploadServer u1 getWallUploadServer u2") for one in GONE),
        ("the second address when the first is gone", (GONE[0], TAKEN), True, "getWallUploadServer u1 f1"),
        ("a refusal does not go to the second address", (NONE, TAKEN), True, "getWallUploadServer u1 getWallUpload"),
    ],
)
def test_another_way_is_taken(situation: str, uploads: Any, fallback: bool, expected: str, photo: Media) -> None:
    adapter, port = server(*uploads, fallback=fallback)
    assert publish(adapter, photo).id == "7"
    assert " ".join(steps(port)).startswith(expected), situation


@pytest.mark.parametrize("gone", GONE)
def test_an_address_that_is_gone_gets_a_file_once_and_takes_no_repetition_from_others(
    gone: Answer, photo: Media
) -> None:
    adapter, port = server(gone, gone, gone)
    before = adapter.session.quota.left
    with pytest.raises(Unreachable) as caught:
        publish(adapter, photo)
    assert steps(port) == ["getWallUploadServer", "u1", "getWallUploadServer", "u2"]
    assert (caught.value.executed, caught.value.network_code) == (False, str(gone.status))
    assert "base_url" not in caught.value.say()
    assert adapter.session.quota.left >= before


@pytest.mark.parametrize("refused", [EMPTY, NONE, {"error": "bad file"}, {"server": 1, "photo": "[1]"}])
def test_a_file_that_is_not_taken_twice_is_given_up_and_never_saved(refused: Any, photo: Media) -> None:
    adapter, port = server(refused, refused, refused)
    with pytest.raises(UploadRefused) as caught:
        publish(adapter, photo)
    assert steps(port) == ["getWallUploadServer", "u1", "getWallUploadServer", "u2"]
    assert "photo.png" in caught.value.say()


@pytest.mark.parametrize("code", [22, 105])
def test_a_saving_that_refuses_the_file_begins_anew_once(code: int, photo: Media) -> None:
    answers = iter([{"error": {"error_code": code, "error_msg": "Upload error"}}, SAVED])
    adapter, port = server(TAKEN, TAKEN, save=lambda _: next(answers))
    assert publish(adapter, photo).id == "7"
    assert steps(port).count("saveWallPhoto") == 2


def test_a_saving_whose_answer_is_lost_is_not_repeated(photo: Media) -> None:
    adapter, port = server(TAKEN, TAKEN, save=Answer(502, {}, b"<html>"))
    with pytest.raises(ServerFault) as caught:
        publish(adapter, photo)
    assert steps(port).count("saveWallPhoto") == 1
    assert caught.value.executed is False  # the publication itself


@pytest.mark.parametrize("answer", [HTML, DOWN, Answer(200, {}, b"{")])
def test_when_files_cannot_be_carried_nothing_was_published(answer: Answer, photo: Media) -> None:
    adapter, port = server(answer, answer)
    with pytest.raises(ServerFault) as caught:
        publish(adapter, photo)
    assert steps(port) == ["getWallUploadServer", "u1", "getWallUploadServer", "u2"]
    assert caught.value.executed is False
    assert "Ничего не опубликовано" in caught.value.say("ru")


@pytest.mark.parametrize(
    "url", ["http://pu.vk.com/u1", "https://pu.vk.com.example.org/u", "https://10.0.0.1/u", "file:///etc/passwd", "//x"]
)
def test_files_go_to_hosts_of_vk_only(url: str, photo: Media) -> None:
    adapter, port = scripted("user", photos_getWallUploadServer={"upload_url": url, "album_id": 1, "user_id": 1})
    with pytest.raises(UnsafeAddress):
        publish(adapter, photo)
    assert steps(port) == ["getWallUploadServer"]


def test_a_new_host_of_vk_is_named_with_the_setting_that_allows_it(photo: Media) -> None:
    url = "https://upload.example.net/u1?hash=Pr1vate"
    adapter, _ = scripted("user", photos_getWallUploadServer={"upload_url": url})
    with pytest.raises(UnsafeAddress) as caught:
        publish(adapter, photo)
    said = caught.value.say("ru") + caught.value.say("en")
    assert said.count("upload.example.net") == said.count("upload_hosts") == 2
    assert "Pr1vate" not in said


def test_the_owner_of_a_photo_is_whom_vk_names(photo: Media) -> None:
    adapter, port = server(TAKEN, save=[{"id": 9, "owner_id": 500}])
    publish(adapter, photo)
    assert port.asked[-1][1]["attachments"] == "photo500_9"


@pytest.mark.parametrize("saved", [[], [None], [{}], [{"id": 1}]])
def test_a_saved_file_without_a_name_is_not_attached(saved: Any, photo: Media) -> None:
    adapter, port = server(TAKEN, save=saved)
    with pytest.raises(NetworkError):
        publish(adapter, photo)
    assert "post" not in steps(port)


def test_a_big_video_does_not_enter_memory(tmp_path: Path) -> None:
    path = tmp_path / "big.mp4"
    with path.open("wb") as file:
        os.truncate(file.fileno(), 256 * 1024 * 1024)  # sparse: nothing is written
    world = make_world()
    adapter, _ = connect(world, "user")
    tracemalloc.start()
    try:
        made = drive(adapter.publish(account(), Draft(text="а", media=(Media(path=path, kind="video"),)), key="k"))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [one.kind for one in world.post("vk", "1", made.id).attachments] == ["video"]
    assert [one.size for one in world.uploads.values()] == [256 * 1024 * 1024]
    assert peak < 8 * 1024 * 1024


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"error": "ERR_UPLOAD_BAD_IMAGE_SIZE: min side is 200px"}, ": ERR_UPLOAD_BAD_IMAGE_SIZE: min side is 200px."),
        ({"error": "unknown error", "error_descr": "can not parse"}, ": unknown error. can not parse."),
        ({"error": "a\x1b[2J" + "b" * 999}, ": a"),
        ({"error": {"code": 5}}, "."),
        ({"error_code": 1}, "."),
        ({"server": 1, "photo": "[]", "hash": "h"}, "."),
    ],
)
def test_a_refusal_tells_what_the_host_said_of_the_file(said: Any, told: str, photo: Media) -> None:
    adapter, _ = server(said, said)
    with pytest.raises(UploadRefused) as caught:
        publish(adapter, photo)
    assert caught.value.what.ru.startswith(f"Файл photo.png не принят{told}")
    assert caught.value.what.en.startswith(f"The file photo.png was not taken{told}")
    assert caught.value.what.ru.endswith(".")  # an advice of ours comes after it
    assert len(caught.value.what.ru) < 350
    assert caught.value.what.ru.isprintable()
