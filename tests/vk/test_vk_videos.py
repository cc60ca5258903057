"""Videos: to carry the file is the deed. It is carried once, and what fails behind it says that it stands there."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import pytest

from munsocial.errors import MunsocialError, NetworkError, UnreadableAnswer, UploadRefused
from munsocial.network.drafts import Draft, Media
from munsocial.transport.faults import LookFirst
from munsocial.transport.port import drive
from vk_world import LOST, account, failing, in_turn, scripted


@pytest.fixture
def video(tmp_path: Path) -> Media:
    path = tmp_path / "day.mp4"
    path.write_bytes(struct.pack(">I4s", 24, b"ftyp") + b"x" * 200)
    return Media(path=path, kind="video", title="День города")


def with_video(*carried: Any, **answers: Any) -> tuple[Any, Any]:
    adapter, port = scripted(
        "user",
        **{
            "video_save": {"upload_url": "https://ovu.mycdn.me/u", "video_id": 100, "owner_id": -1},
            "wall_post": {"post_id": 7},
            **answers,
        },
    )
    port.answers["u"] = in_turn(*(one if one == LOST else json.dumps(one).encode() for one in carried))
    return adapter, port


def steps(port: Any) -> list[str]:
    return [method for method, _ in port.asked]


def test_a_video_whose_answer_is_lost_is_not_sent_again(video: Media) -> None:
    adapter, port = with_video(LOST)
    with pytest.raises(NetworkError) as caught:
        drive(adapter.publish(account(), Draft(text="а", media=(video,)), key="k"))
    assert steps(port) == ["video.save", "u"]
    assert caught.value.executed is None
    assert "Видео могло загрузиться" in caught.value.say("ru")
    assert isinstance(caught.value.remedy, LookFirst), "or the step tells no more than that the answer was lost"


@pytest.mark.parametrize(
    "answer",
    [
        {"error": 5},
        {"error_code": 2, "error_msg": "no"},
        {"error": {"error_code": 1}},
        {},
        {"error": ""},
        {"error": ["x"]},
    ],
)
def test_a_video_that_is_not_taken_is_sent_once_more_and_never_published(answer: Any, video: Media) -> None:
    adapter, port = with_video(answer)
    with pytest.raises(UploadRefused):
        drive(adapter.publish(account(), Draft(text="а", media=(video,)), key="k"))
    assert steps(port) == ["video.save", "u"] * 2
    with pytest.raises(UploadRefused):
        drive(adapter.add_video_by_link(account(), "https://example.org/v", title="Ролик"))


@pytest.mark.parametrize("answer", [{"size": 208, "video_id": 100}, {"size": 208}, {"video_id": 100, "owner_id": -1}])
def test_a_video_is_taken_when_its_size_or_number_is_told(answer: Any, video: Media) -> None:
    adapter, port = with_video(answer)
    assert drive(adapter.publish(account(), Draft(text="а", media=(video,)), key="k")).id == "7"
    assert port.asked[-1][1]["attachments"] == "video-1_100"


@pytest.mark.parametrize(
    "named", [{"owner_id": -1}, {"video_id": 100}, {"video_id": 0, "owner_id": -1}, {"video_id": 100, "owner_id": 0}]
)
def test_a_video_that_could_not_be_named_afterwards_is_not_even_carried(named: Any, video: Media) -> None:
    adapter, port = with_video({"size": 208}, video_save={"upload_url": "https://ovu.mycdn.me/u", **named})
    with pytest.raises(UnreadableAnswer) as caught:
        drive(adapter.publish(account(), Draft(text="а", media=(video,)), key="k"))
    assert steps(port) == ["video.save"]
    assert caught.value.executed is False
    with pytest.raises(UnreadableAnswer):
        drive(adapter.add_video_by_link(account(), "https://example.org/v", title="Ролик"))
    assert steps(port) == ["video.save"] * 2


BEHIND = {
    "refused for flood": (failing(9), False),
    "refused as no right": (failing(15), False),
    "refused for its parameters": (failing(100), False),
    "no key may do it": (failing(27), False),
    "a person has to pass a check": (failing(14), False),
    "lost": (LOST, None),
    "no number of a post": ({}, None),
    "an answer of nothing": (b"", None),
}


@pytest.mark.parametrize(("answer", "executed"), BEHIND.values(), ids=BEHIND)
def test_whatever_fails_behind_a_carried_video_says_that_it_stands_there(
    answer: Any, executed: bool | None, video: Media
) -> None:
    adapter, port = with_video({"size": 208}, wall_post=in_turn(answer))
    draft = Draft(text="а", media=(video,))
    for _ in range(2):
        with pytest.raises(MunsocialError) as caught:
            drive(adapter.publish(account(), draft, key="k"))
        assert getattr(caught.value, "executed", False) is executed
        assert isinstance(caught.value.remedy, LookFirst) is (executed is None)
        assert caught.value.say("ru").count("Видео уже загружено (day.mp4)") == 1
        assert "если повторять не будете и в записи его нет, удалите" in caught.value.say("ru"), "the post may hold it"
    assert steps(port).count("u") == 1, "it is carried once for its key"


def test_of_two_videos_that_which_stands_there_is_named(video: Media) -> None:
    adapter, _ = with_video({"size": 208}, LOST)
    other = video.model_copy(update={"path": video.path.with_name("night.mp4")})
    other.path.write_bytes(video.path.read_bytes())
    with pytest.raises(NetworkError) as caught:
        drive(adapter.publish(account(), Draft(text="а", media=(video, other)), key="k"))
    assert "Видео могло загрузиться" in caught.value.say("ru")
    assert "Видео уже загружено (day.mp4):" in caught.value.say("ru")


def test_what_was_carried_in_another_connection_is_named_and_not_carried(video: Media) -> None:
    adapter, port = with_video({"size": 208})
    adapter.remember_carried("k", {str(video.path): "video-1_55"}, lambda _: None)
    drive(adapter.publish(account(), Draft(text="а", media=(video,)), key="k"))
    assert [method for method, _ in port.asked] == ["wall.post"]
    assert port.asked[-1][1]["attachments"] == "video-1_55"
    assert adapter.carried_for("k") == {}, "the deed is done"
