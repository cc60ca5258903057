"""What is known after an answer was lost or was none: no refusal makes it undone, no odd answer makes it done."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import pytest

from munsocial.errors import NetworkError, UnreadableAnswer
from munsocial.network.drafts import Draft, Media
from munsocial.transport.faults import CHECK, LookFirst
from munsocial.transport.port import drive
from vk_world import LOST, Store, account, failing, in_turn, keys, scripted

UPLOAD = {"upload_url": "https://pu.vk.com/u"}


def picture(folder: Path, width: int, height: int) -> Media:
    path = folder / "a.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + b"x")
    return Media(path=path)


def publishing(adapter: Any) -> Any:
    return adapter.publish(account(), Draft(text="Раз"), key="k")


@pytest.mark.parametrize("code", [5, 6, 9, 14, 15, 27, 29, 100])
def test_no_refusal_after_a_lost_answer_says_that_nothing_was_done(code: int) -> None:
    adapter, _ = scripted("community", "user", wall_post=in_turn(LOST, failing(code)))
    with pytest.raises(NetworkError) as caught:
        drive(publishing(adapter))
    assert caught.value.executed is None


@pytest.mark.parametrize("code", [5, 6, 9, 14, 15, 100])
def test_a_refusal_without_a_lost_answer_still_says_so(code: int) -> None:
    adapter, _ = scripted("community", "user", wall_post=failing(code))
    with pytest.raises(NetworkError) as caught:
        drive(publishing(adapter))
    assert caught.value.executed is False


def deleting(adapter: Any) -> Any:
    return adapter.delete_comment(account(), "7")


@pytest.mark.parametrize(
    ("situation", "answers", "calls", "executed"),
    [
        ("the next key does it", (LOST, failing(27), 1), 3, True),
        ("the next key may not do it either", (LOST, failing(27), failing(27)), 3, None),
        ("the next key is refused for another reason", (LOST, failing(27), failing(100)), 4, None),
        ("the next answer is lost, too", (LOST, failing(27), LOST, 1), 4, True),
    ],
)
def test_what_may_be_done_twice_goes_on_with_the_next_key_after_a_lost_answer(
    situation: str, answers: Any, calls: int, executed: bool | None
) -> None:
    adapter, port = scripted("community", "user", wall_deleteComment=in_turn(*answers))
    if executed:
        drive(deleting(adapter))
    else:
        with pytest.raises(NetworkError) as caught:
            drive(deleting(adapter))
        assert caught.value.executed is executed, situation
    assert len(port.asked) == calls, situation


def test_rate_and_loss_together_are_two_lost_answers_at_most() -> None:
    adapter, port = scripted("community", wall_post=in_turn(LOST, failing(6), failing(6), LOST))
    with pytest.raises(NetworkError) as caught:
        drive(publishing(adapter))
    assert (caught.value.executed, len(port.asked)) == (None, 4)


NAMED = {"client_id": "1", "device_id": "d", "refresh": "env:USER"}


@pytest.mark.parametrize(("first", "executed"), [((), False), ((LOST,), None)])
def test_a_renewal_that_is_lost_says_nothing_of_the_deed(first: Any, executed: bool | None) -> None:
    store = Store()
    adapter, port = scripted("user", store=store, wall_post=in_turn(*first, failing(5)))
    port.answers["auth"] = in_turn(LOST)
    ring = keys("user", settings=NAMED, store=store)
    adapter.choice.ring = ring
    with pytest.raises(NetworkError) as caught:
        drive(publishing(adapter))
    assert caught.value.executed is executed


LONG = "слово " * 1200


@pytest.mark.parametrize(("answers", "executed"), [((failing(901),), False), ((1001, failing(901)), None)])
def test_a_message_of_which_a_part_was_delivered_is_not_unsent(answers: Any, executed: bool | None) -> None:
    adapter, _ = scripted("community", messages_send=in_turn(*answers))
    with pytest.raises(NetworkError) as caught:
        drive(adapter.send_message(account(), "5", LONG, key="k"))
    assert caught.value.executed is executed


@pytest.mark.parametrize(
    ("situation", "outcome", "message", "executed"),
    [
        ("delivered", {"peer_id": 6, "message_id": 3}, "3", None),
        ("no outcome", None, None, None),
        ("a number that is none", {"peer_id": 6, "message_id": 0}, None, None),
        ("a number below zero", {"peer_id": 6, "message_id": -3}, None, None),
        ("refused", {"peer_id": 6, "error": {"code": 901, "description": "no"}}, None, False),
    ],
)
def test_the_outcome_for_each_receiver_is_told_as_it_is(
    situation: str, outcome: Any, message: str | None, executed: bool | None
) -> None:
    adapter, _ = scripted("community", messages_send=[{"peer_id": 5, "message_id": 1}, outcome])
    first, second = drive(adapter.send_messages(account(), ["5", "6"], "Текст", key="k"))
    assert (first.message, second.message) == ("1", message), situation
    assert (second.error is None) is (message is not None)
    assert second.error is None or second.error.executed is executed


def test_a_refusal_after_the_first_piece_leaves_each_receiver_unclear() -> None:
    adapter, _ = scripted("community", messages_send=in_turn([{"peer_id": 5, "message_id": 1}], failing(9)))
    (only,) = drive(adapter.send_messages(account(), ["5"], LONG, key="k"))
    assert only.error is not None
    assert only.error.executed is None


# What is no yes


@pytest.mark.parametrize("answer", [[], {}, "", False, 0, -1, 2, {"success": 0}, {"post_id": 5}, [0], [1], "error"])
def test_a_deed_is_done_only_when_vk_answers_one(answer: Any) -> None:
    adapter, _ = scripted("user", wall_pin=answer)
    with pytest.raises(UnreadableAnswer) as caught:
        drive(adapter.pin_post(account(), "5"))
    assert caught.value.executed is None


@pytest.mark.parametrize("answer", [1, True])
def test_one_is_a_yes(answer: Any) -> None:
    adapter, port = scripted("user", wall_pin=answer)
    drive(adapter.pin_post(account(), "5"))
    assert len(port.asked) == 1


@pytest.mark.parametrize(
    ("answer", "done"), [({"photo_hash": "h"}, True), (1, True), ({}, False), ({"photo_hash": ""}, False)]
)
def test_a_deed_that_names_what_it_made_is_done_when_it_is_named(tmp_path: Path, answer: Any, done: bool) -> None:
    """The schema requires that name (``photos.saveOwnerPhoto``)."""
    adapter, port = scripted("user", photos_getOwnerPhotoUploadServer=UPLOAD, photos_saveOwnerPhoto=answer)
    port.answers["u"] = json.dumps({"server": 1, "photo": "[{}]", "hash": "h"}).encode()
    if done:
        drive(adapter.set_avatar(account(), picture(tmp_path, 800, 800)))
    else:
        with pytest.raises(UnreadableAnswer):
            drive(adapter.set_avatar(account(), picture(tmp_path, 800, 800)))


OBJECTS = [
    ({}, True),
    ([], True),
    ({"name": "С", "url": "u"}, True),
    ({"images": []}, True),
    ({"id": 0}, True),
    (1, True),
]
NO_OBJECTS = [(0, False), (False, False), ("", False), ([1], False), (None, False), ("да", False)]


@pytest.mark.parametrize(("answer", "done"), OBJECTS + NO_OBJECTS)
@pytest.mark.parametrize(
    ("method", "deed"),
    [
        ("groups_addLink", lambda vk, _: vk.add_link(account(), "https://example.org")),
        ("photos_saveOwnerCoverPhoto", lambda vk, path: vk.set_cover(account(), picture(path, 1590, 400))),
        ("video_stopStreaming", lambda vk, _: vk.stop_live(account(), "5")),
    ],
)
def test_where_the_schema_promises_no_field_any_object_is_a_yes(
    tmp_path: Path, method: str, deed: Any, answer: Any, done: bool
) -> None:
    """An empty object comes from VK as an empty list (the fact sheet, trap 3)."""
    adapter, port = scripted("user", photos_getOwnerCoverPhotoUploadServer=UPLOAD, **{method: answer})
    port.answers["u"] = json.dumps({"photo": "x", "hash": "h"}).encode()
    if done:
        drive(deed(adapter, tmp_path))
    else:
        with pytest.raises(UnreadableAnswer):
            drive(deed(adapter, tmp_path))


COMMENTS = {
    "stands": {"count": 1, "items": [{"id": 31, "from_id": 5, "date": 1, "text": "а"}]},
    "gone": {"count": 1, "items": [{"id": 32, "from_id": 5, "date": 1, "text": "а"}]},
    "deleted": {"count": 1, "items": [{"id": 31, "date": 1, "deleted": True}]},
    "unknown": {"error": {"error_code": 15, "error_msg": "Access denied"}},
}
NOES: list[tuple[str, Any, str, tuple[Any, ...], str, bool]] = [
    ("a deletion whose first answer was lost", "delete_comment", "photos_deleteComment", (LOST, 0), "gone", True),
    ("a deletion of what is gone", "delete_comment", "photos_deleteComment", (0,), "deleted", True),
    ("a deletion that failed", "delete_comment", "photos_deleteComment", (0,), "stands", False),
    ("a deletion of which nobody knows", "delete_comment", "photos_deleteComment", (LOST, 0), "unknown", False),
    ("a return of what was never deleted", "restore_comment", "photos_restoreComment", (0,), "stands", True),
    ("a return that came too late", "restore_comment", "photos_restoreComment", (0,), "deleted", False),
    ("a return of which nobody knows", "restore_comment", "photos_restoreComment", (0,), "unknown", False),
]


@pytest.mark.parametrize(("situation", "deed", "method", "answers", "there", "done"), NOES)
def test_after_a_no_what_stands_there_decides(
    situation: str, deed: str, method: str, answers: tuple[Any, ...], there: str, done: bool
) -> None:
    """Where VK answers yes or no (``base_bool_int``), a repetition hears no, too."""
    named = {method: in_turn(*answers), "photos_getComments": COMMENTS[there]}
    adapter, _ = scripted("user", **named)
    if done:
        drive(getattr(adapter, deed)(account(), "photo:5:31"))
    else:
        with pytest.raises(UnreadableAnswer) as caught:
            drive(getattr(adapter, deed)(account(), "photo:5:31"))
        assert (caught.value.executed, caught.value.method) == (None, method.replace("_", ".")), situation


@pytest.mark.parametrize(
    ("closed", "comments", "done"),
    [
        (True, {"count": 2, "can_open": 1}, True),
        (True, {"count": 2, "can_close": 1}, False),
        (False, {"count": 2, "can_close": 1, "can_post": 1}, True),
        (False, {"count": 2, "can_open": 1}, False),
        (True, {"count": 2}, False),
        (True, None, False),
    ],
)
def test_comments_that_are_closed_or_open_already_are_no_error(closed: bool, comments: Any, done: bool) -> None:
    post = {"id": 5, "owner_id": -1, "from_id": -1, "date": 1, "text": "а", "comments": comments}
    adapter, _ = scripted("user", wall_closeComments=0, wall_openComments=0, wall_getById={"items": [post]})
    if done:
        drive(adapter.close_comments(account(), "5", closed=closed))
    else:
        with pytest.raises(UnreadableAnswer):
            drive(adapter.close_comments(account(), "5", closed=closed))


CHAT = "2000000001"
DELIVERED = {"peer_id": 2000000001, "message_id": 0, "conversation_message_id": 77}


def test_a_message_to_a_chat_is_named_by_its_number_there() -> None:
    adapter, port = scripted("community", messages_send=[DELIVERED], messages_delete=[{"response": 1}])
    assert drive(adapter.send_message(account(), CHAT, "Привет", key="k")) == f"{CHAT}_77"
    (only,) = drive(adapter.send_messages(account(), [CHAT], "Привет", key="k"))
    assert (only.message, only.error) == (f"{CHAT}_77", None)
    assert [fields.get("peer_ids") for _, fields in port.asked] == [CHAT, CHAT]
    drive(adapter.delete_message(account(), f"{CHAT}_77"))
    assert (port.asked[-1][1]["peer_id"], port.asked[-1][1]["cmids"]) == (CHAT, "77")


@pytest.mark.parametrize(
    ("answer", "executed"),
    [
        ([{"peer_id": 2000000001, "message_id": 0, "error": {"code": 917, "description": "no"}}], False),
        ([{"peer_id": 2000000001, "message_id": 0, "conversation_message_id": 0}], None),
        ([], None),
        (0, None),
    ],
)
def test_a_message_to_a_chat_without_a_number_is_sent_once(answer: Any, executed: bool | None) -> None:
    adapter, port = scripted("community", messages_send=answer)
    with pytest.raises(NetworkError) as caught:
        drive(adapter.send_message(account(), CHAT, "Привет", key="k"))
    assert (caught.value.executed, caught.value.account, len(port.asked)) == (executed, "adm1", 1)


def test_a_message_to_a_person_without_a_number_is_sent_once() -> None:
    adapter, port = scripted("community", messages_send=0)
    with pytest.raises(UnreadableAnswer):
        drive(adapter.send_message(account(), "5", "Привет", key="k"))
    assert len(port.asked) == 1


@pytest.mark.parametrize("number", [0, -1, None, "нет"])
@pytest.mark.parametrize(
    ("method", "name", "act"),
    [
        ("wall_post", "post_id", publishing),
        ("wall_createComment", "comment_id", lambda adapter: adapter.reply(account(), "Да", post="5", key="k")),
        ("board_createComment", "", lambda adapter: adapter.reply(account(), "Да", post="board:5", key="k")),
        ("messages_send", "", lambda adapter: adapter.send_message(account(), "5", "Да", key="k")),
    ],
)
def test_a_number_that_is_none_names_nothing(method: str, name: str, act: Any, number: Any) -> None:
    answers: dict[str, Any] = {method: {name: number} if name else number}
    adapter, _ = scripted("community", "user", **answers)
    with pytest.raises(UnreadableAnswer) as caught:
        drive(act(adapter))
    told, shaped = caught.value.remedy, isinstance(number, int) or bool(name)
    assert isinstance(told, LookFirst) if shaped else told == CHECK, "it may stand there: the step says where to look"


@pytest.mark.parametrize("saved", [{}, {"items": []}, {"items": [{}]}, {"items": [{"id": 0, "owner_id": -1}]}])
def test_a_story_without_a_number_may_be_there(saved: Any, tmp_path: Path) -> None:
    adapter, port = scripted("user", stories_getPhotoUploadServer=UPLOAD, stories_save=saved)
    port.answers["u"] = lambda _: json.dumps({"response": {"upload_result": "r"}}).encode()
    with pytest.raises(UnreadableAnswer) as caught:
        drive(adapter.publish_story(account(), picture(tmp_path, 1080, 1920)))
    assert caught.value.executed is None
    assert "прежде чем повторять" in caught.value.say("ru")


def test_a_server_of_events_without_a_number_may_be_there() -> None:
    adapter, _ = scripted("community", groups_addCallbackServer={})
    with pytest.raises(UnreadableAnswer, match="не назван") as caught:
        drive(adapter.add_callback_server(account(), "https://example.org/vk", title="Наш", secret="s", events=()))
    assert "прежде чем повторять" in caught.value.say("ru")


@pytest.mark.parametrize("answer", [[], [{"peer_id": 5}], [{"response": 0}], [None], {}, {"55": 0}, {"55": -1}])
def test_a_message_is_deleted_only_when_vk_says_so(answer: Any) -> None:
    adapter, _ = scripted("community", messages_delete=answer)
    with pytest.raises(UnreadableAnswer):
        drive(adapter.delete_message(account(), "55"))
