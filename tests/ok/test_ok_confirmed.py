"""What OK confirms: only a yes is one, nought is no id, and an attempt whose end is unclear stays unclear."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from munsocial.errors import CannotMessage, NetworkError, UnreadableAnswer, UploadRefused
from munsocial.network.drafts import Draft, Media
from munsocial.sandbox.faults import Fault, FaultKind
from munsocial.transport.port import Answer, Request
from ok_world import ACCOUNT, GID, NOW, TOKEN, District, run

HOOK = "https://primer.example/hook"


def told(district: District, answers: dict[str, Any]) -> District:
    """Let a face give these answers to methods of REST, and to addresses of the Graph API."""
    real = district.face.handle

    def telling(request: Request) -> Answer:
        name = (request.form or {}).get("method") or f"{request.method} {request.url.partition('/graph/')[2]}"
        return Answer(200, {}, json.dumps(answers[name]).encode()) if name in answers else real(request)

    district.face.handle = telling  # type: ignore[method-assign]  # a face that answers otherwise
    return district


def picture(folder: Path) -> Media:
    path = folder / "a.jpg"
    path.write_bytes(b"\xff\xd8picture")
    return Media(path=path)


NO_YES: list[Any] = [False, "false", 0, None, {}, {"success": False}, {"success": "no"}, {"result": "fail"}, [True], 1]


@pytest.mark.parametrize("answer", NO_YES, ids=repr)
def test_a_picture_is_set_only_if_ok_says_yes(tmp_path: Path, answer: Any) -> None:
    district = told(District(), {"group.setMainPhoto": answer})
    with pytest.raises(UnreadableAnswer) as caught:
        run(district.ok.set_avatar(ACCOUNT, picture(tmp_path)))
    assert (caught.value.executed, caught.value.method) == (None, "group.setMainPhoto")
    assert "страницу группы" in caught.value.say("ru")


SAYING_NOTHING: list[Any] = [None, {}, "", "OK", 1, {"success": 1}, {"result": True}]


@pytest.mark.parametrize("answer", SAYING_NOTHING, ids=repr)
def test_a_picture_that_the_group_shows_is_set_whatever_ok_says(tmp_path: Path, answer: Any) -> None:
    district = setting(answer)
    run(district.ok.set_avatar(ACCOUNT, picture(tmp_path)))
    assert district.page.settings["main_photo"]
    assert (district.asked("group.setMainPhoto"), district.asked("group.getInfo")) == (1, 1)


@pytest.mark.parametrize("answer", [False, "false", {"success": False}], ids=repr)
def test_a_no_is_a_no_whatever_the_group_shows(tmp_path: Path, answer: Any) -> None:
    with pytest.raises(UnreadableAnswer):
        run(setting(answer).ok.set_avatar(ACCOUNT, picture(tmp_path)))


@pytest.mark.parametrize("info", [[], {"error_code": 10}, [{"uid": GID}], [{"uid": GID, "photo_id": "1"}]], ids=repr)
def test_a_picture_that_nothing_shows_is_not_told_as_set(tmp_path: Path, info: Any) -> None:
    district = told(setting(None), {"group.getInfo": info})
    with pytest.raises(UnreadableAnswer) as caught:
        run(district.ok.set_avatar(ACCOUNT, picture(tmp_path)))
    assert (caught.value.executed, caught.value.method) == (None, "group.setMainPhoto")


def setting(answer: Any) -> District:
    """Let a face set the picture and answer this; a text of no letters is an empty body."""
    district = District()
    real = district.face.handle

    def telling(request: Request) -> Answer:
        done = real(request)
        if (request.form or {}).get("method") != "group.setMainPhoto":
            return done
        return Answer(200, {}, b"" if answer == "" else json.dumps(answer).encode())

    district.face.handle = telling  # type: ignore[method-assign]  # a face that answers otherwise
    return district


@pytest.mark.parametrize("answer", [True, "true", {"success": True}], ids=repr)
def test_a_yes_is_a_yes(tmp_path: Path, answer: Any) -> None:
    run(told(District(), {"group.setMainPhoto": answer}).ok.set_avatar(ACCOUNT, picture(tmp_path)))
    assert run(told(District(), {"auth.touchSession": answer}).ok.touch(ACCOUNT))


@pytest.mark.parametrize("answer", [False, "false", {"success": False}], ids=repr)
def test_a_token_that_was_not_prolonged_is_told(answer: Any) -> None:
    assert run(told(District(), {"auth.touchSession": answer}).ok.touch(ACCOUNT)) is False


@pytest.mark.parametrize("answer", [0, None, 1, [], {"success": None}, {"result": "fail"}], ids=repr)
def test_an_answer_that_is_neither_yes_nor_no_prolongs_nothing(answer: Any) -> None:
    with pytest.raises(UnreadableAnswer):
        run(told(District(), {"auth.touchSession": answer}).ok.touch(ACCOUNT))


def test_an_object_that_says_nothing_of_success_is_a_yes_to_a_touch() -> None:
    assert run(told(District(), {"auth.touchSession": {"expires_in": 2592000}}).ok.touch(ACCOUNT))


NOT_DONE: list[Any] = [{"success": False}, {"success": "true"}, {"success": [True]}, {}, {"result": "fail"}]


NOT_READ: list[Any] = [
    False,
    "false",
    0,
    [],
    {"success": False},
    {"success": "false"},
    {"success": [False]},
    {"result": "fail"},
]
READ: list[Any] = [True, "true", 1, None, {}, {"success": True}, {"success": "true"}, {"success": [True]}]


@pytest.mark.parametrize("answer", READ, ids=repr)
def test_a_dialogue_is_read_unless_ok_says_no(answer: Any) -> None:
    district = told(District(), {"POST me/messages/chat:C1": answer})
    run(district.ok.mark_seen(ACCOUNT, "chat:C1"))
    assert len(district.port.sent) == 1


@pytest.mark.parametrize("answer", NOT_READ, ids=repr)
def test_a_dialogue_that_ok_says_is_not_read_is_not(answer: Any) -> None:
    district = told(District(), {"POST me/messages/chat:C1": answer})
    with pytest.raises(UnreadableAnswer):
        run(district.ok.mark_seen(ACCOUNT, "chat:C1"))


SENT: list[Any] = [True, "true", {"success": True}, {"success": "true"}, {"success": [True], "chat_ids": ["chat:C1"]}]
UNSENT: list[Any] = [False, "false", {"success": False}, {"success": "false"}, {"success": [False], "chat_ids": [None]}]
UNSAID: list[Any] = [None, 1, {}, {"success": None}, {"success": []}, {"success": [True, False]}, {"success": [[True]]}]


@pytest.mark.parametrize(
    ("answer", "end"),
    [(one, end) for end, all in (("sent", SENT), (False, UNSENT), (None, UNSAID)) for one in all],
    ids=repr,
)
def test_a_message_is_sent_or_not_in_every_form_in_which_ok_says_it(answer: Any, end: Any) -> None:
    district = told(District(), {"POST me/messages/chat:C1": answer, "GET me/messages/chat:C1": {"messages": []}})
    if end == "sent":
        assert run(district.ok.send_message(ACCOUNT, "chat:C1", "Ответ", key="k")) == ""
        return
    with pytest.raises(UnreadableAnswer if end is None else CannotMessage) as caught:
        run(district.ok.send_message(ACCOUNT, "chat:C1", "Ответ", key="k"))
    assert caught.value.executed is end
    assert caught.value.method == "graph.messages.send"


@pytest.mark.parametrize("answer", [True, {"success": True}, {}, {"success": [True]}, None, 1], ids=repr)
def test_a_subscription_has_begun_if_ok_says_so_or_shows_it(answer: Any) -> None:
    listed: dict[str, Any] = {"subscriptions": [{"url": HOOK}]}
    district = told(District(), {"POST me/subscribe": answer, "GET me/subscriptions": listed})
    run(district.ok.graph.subscribe(ACCOUNT.id, HOOK))
    plain = answer is True or answer == {"success": True}
    assert len(district.port.sent) == (1 if plain else 2)  # the list was read


@pytest.mark.parametrize("answer", [False, *NOT_DONE, None, 1], ids=repr)
def test_a_subscription_that_ok_neither_confirms_nor_shows_has_not_begun(answer: Any) -> None:
    district = told(District(), {"POST me/subscribe": answer, "GET me/subscriptions": {}})
    with pytest.raises(UnreadableAnswer):
        run(district.ok.graph.subscribe(ACCOUNT.id, HOOK))


@pytest.mark.parametrize("answer", [False, "false", {"success": False}, {"success": "false"}], ids=repr)
def test_a_subscription_that_ok_refuses_has_not_begun_though_an_older_one_is_shown(answer: Any) -> None:
    listed: dict[str, Any] = {"subscriptions": [{"url": HOOK}]}
    district = told(District(), {"POST me/subscribe": answer, "GET me/subscriptions": listed})
    with pytest.raises(UnreadableAnswer):
        run(district.ok.graph.subscribe(ACCOUNT.id, HOOK))


@pytest.mark.parametrize("listed", [{"error_code": 10}, {"error_code": 11}, {"subscriptions": "x"}], ids=repr)
def test_a_subscription_whose_reading_back_is_refused_is_unclear(listed: Any) -> None:
    district = told(District(), {"POST me/subscribe": {}, "POST me/unsubscribe": {}, "GET me/subscriptions": listed})
    for write in (district.ok.graph.subscribe, district.ok.graph.unsubscribe):
        with pytest.raises(NetworkError) as caught:
            run(write(ACCOUNT.id, HOOK))
        assert caught.value.executed is None
        assert "список подписок" in caught.value.say("ru")


@pytest.mark.parametrize("answer", [*NOT_DONE, None, 1], ids=repr)
def test_a_subscription_has_ended_if_ok_says_so_or_shows_it_no_more(answer: Any) -> None:
    district = District()
    run(district.ok.graph.subscribe(ACCOUNT.id, HOOK))
    told(district, {"POST me/unsubscribe": answer})
    with pytest.raises(UnreadableAnswer):
        run(district.ok.graph.unsubscribe(ACCOUNT.id, HOOK))
    run(district.ok.graph.unsubscribe(ACCOUNT.id, "https://primer.example/another"))
    for listed in ({}, {"subscriptions": None}, {"subscriptions": [{"url": None, "time": 1}]}):  # absent when empty
        run(told(district, {"GET me/subscriptions": listed}).ok.graph.unsubscribe(ACCOUNT.id, HOOK))
    told(district, {"GET me/subscriptions": {"subscriptions": "x"}})
    with pytest.raises(UnreadableAnswer):
        run(district.ok.graph.unsubscribe(ACCOUNT.id, HOOK))


@pytest.mark.parametrize("id", [0, "0", -1, "-900", "", "abc", None], ids=repr)
def test_nought_is_no_id_of_a_photo_or_a_video(tmp_path: Path, id: Any) -> None:
    photo = {"photos": [{"photo_id": "p", "assigned_photo_id": id, "status": "SUCCESS"}]}
    district = told(District(), {"photosV2.commit": photo})
    with pytest.raises(UploadRefused):
        run(district.ok.set_avatar(ACCOUNT, picture(tmp_path)))
    assert district.asked("group.setMainPhoto") == 0
    film = tmp_path / "v.mp4"
    film.write_bytes(bytes(20_000))
    district = told(District(), {"video.getUploadUrl": {"video_id": id, "upload_url": "https://vu.mycdn.me/u"}})
    with pytest.raises(UnreadableAnswer):
        run(district.ok.publish(ACCOUNT, Draft(text="Да", media=(Media(path=film, kind="video"),)), key="k"))
    assert district.asked("mediatopic.post") == 0


@pytest.mark.parametrize("place", ["0-{start}", "0-999999999999"], ids=["octet by octet", "beyond the end"])
def test_an_upload_neither_creeps_on_for_ever_nor_ends_beyond_its_end(tmp_path: Path, place: str) -> None:
    district = District(video_upload="resumable", video_chunk=65_536)
    real, asked = district.face.handle, [0]

    def creeping(request: Request) -> Answer:
        if "upload.do" not in request.url:
            return real(request)
        if request.method != "GET":
            return Answer(416, {}, b"")
        asked[0] += 1
        return Answer(200, {}, place.format(start=asked[0]).encode())

    district.face.handle = creeping  # type: ignore[method-assign]  # an address that takes no piece
    film = tmp_path / "v.mp4"
    film.write_bytes(bytes(200_000))
    with pytest.raises(NetworkError):
        run(district.ok.publish(ACCOUNT, Draft(text="Да", media=(Media(path=film, kind="video"),)), key="k"))
    assert asked[0] == (5 if "start" in place else 1)  # four that bring it on by next to nothing are borne
    assert district.asked("mediatopic.post") == 0


@pytest.mark.parametrize("token", ["", None, 0])
def test_an_empty_token_is_none(token: Any) -> None:
    kinds = ("access_token", "application_secret", "refresh_token")
    district = District(kinds=kinds)
    real = district.face.handle
    district.token.expires = NOW

    def empty(request: Request) -> Answer:
        if request.url.endswith("token.do"):
            return Answer(200, {}, json.dumps({"access_token": token, "expires_in": 1800}).encode())
        return real(request)

    district.face.handle = empty  # type: ignore[method-assign]  # a face that gives nothing
    with pytest.raises(UnreadableAnswer):
        run(district.ok.read_profile(ACCOUNT))
    with pytest.raises(UnreadableAnswer):
        run(district.ok.exchange(ACCOUNT, "code", "https://a.example"))
    assert district.store.values["env:OK_TOKEN"] == TOKEN


@pytest.mark.parametrize("info", [{}, {"name": "Сад"}, {"group_id": None}], ids=repr)
def test_a_group_token_that_nobody_names_is_not_told_as_a_strangers(info: Any) -> None:
    reports = run(told(District(), {"GET me/info": info}).ok.check_keys(ACCOUNT))
    report = next(one for one in reports if one.kind == "group_token")
    assert (report.valid, report.missing) == (None, ())
    assert report.note is not None


# --- an unclear attempt before a refusal


@pytest.mark.parametrize("renewal", [None, FaultKind.UNREACHABLE, FaultKind.SERVER], ids=str)
def test_a_lost_attempt_before_an_expired_token_stays_unclear(tmp_path: Path, renewal: FaultKind | None) -> None:
    faults = [Fault(renewal, method="token.do", times=None)] if renewal else []
    kinds = ("access_token", "application_secret", "refresh_token")
    district = District(Fault(FaultKind.LOST_AFTER, method="group.setMainPhoto"), *faults, kinds=kinds)
    real, answers = district.face.handle, [None, 102, 10]

    def expiring(request: Request) -> Answer:
        code = answers.pop(0) if (request.form or {}).get("method") == "group.setMainPhoto" else None
        return real(request) if code is None else Answer(200, {}, json.dumps({"error_code": code}).encode())

    district.face.handle = expiring  # type: ignore[method-assign]  # a token that ends between two attempts
    with pytest.raises(NetworkError) as caught:
        run(district.ok.set_avatar(ACCOUNT, picture(tmp_path)))
    assert (caught.value.executed, answers) == (None, [10] if renewal else [])
    assert district.page.settings["main_photo"]
    assert "не выполнен" not in caught.value.say("ru")


def test_a_post_that_somebody_deleted_a_moment_before_is_gone_and_not_deleted_by_another_name() -> None:
    district = District()
    post = district.world.publish("ok", GID, "Ошибка", at=NOW)
    real = district.face.handle

    def late(request: Request) -> Answer:
        answer = real(request)
        gone = (request.form or {}).get("method") == "mediatopic.deleteTopic"
        return Answer(200, {}, b'{"error_code": 300}') if gone else answer

    district.face.handle = late  # type: ignore[method-assign]  # a face that comes too late
    run(district.ok.delete_post(ACCOUNT, post.id))
    assert district.asked("mediatopic.deleteTopic") == 1
