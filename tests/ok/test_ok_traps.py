"""Traps of OK that cost somebody something: what a stranger's server answers, and what is made of it."""

from __future__ import annotations

import json
import traceback
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from munsocial import errors
from munsocial.errors import InputError, KeyInvalid, NetworkError, Unreachable, UnreadableAnswer
from munsocial.network.adapter import Equipment
from munsocial.network.drafts import Draft, Media
from munsocial.network.keys import Key, KeyRing
from munsocial.network.secrets import EnvSecrets
from munsocial.sandbox.faults import Fault, FaultKind
from munsocial.transport.port import Answer, Request
from munsocial_ok.adapter import OkAdapter
from munsocial_ok.errors import CODES, error_of
from munsocial_ok.graph_wire import GraphMessage, message_of
from munsocial_ok.settings import settings_of
from ok_world import ACCOUNT, CITIZEN, GID, NOW, REFRESH, SECRET, SINCE, TOKEN, UPSTREAM, District, run

ALL = ("access_token", "application_secret", "refresh_token", "group_token")
Made = Callable[[Request], Answer | None]


def answering(district: District, made: Made) -> District:
    """Let a face answer otherwise where ``made`` gives something."""
    real = district.face.handle
    district.face.handle = lambda request: made(request) or real(request)  # type: ignore[method-assign]  # a face that answers otherwise
    return district


def method_of(request: Request) -> str:
    return (request.form or {}).get("method", "")


def says(body: Any, status: int = 200) -> Answer:
    return Answer(status, {}, body if isinstance(body, bytes) else json.dumps(body).encode())


# --- keys


def test_a_token_is_used_with_its_own_application_whatever_account_asks() -> None:
    district = District()
    named = {"application_key": "CEXAMPLEPUBLICKEY0"}
    ring = KeyRing(
        (
            Key(ACCOUNT.id, "access_token", "env:OK_TOKEN", named, district.store),
            Key(ACCOUNT.id, "application_secret", "env:OK_APP", {}, district.store),
        )
    )
    ok = OkAdapter(Equipment(district.session, ring, {}, district.world.now))
    assert run(ok.resolve_handle("governor")) == district.upstream.id
    assert run(ok.read_profile(UPSTREAM)).name == "Глава региона"


def test_a_method_that_refuses_sessions_is_called_once_more_without_one() -> None:
    def no_session(request: Request) -> Answer | None:
        if method_of(request) == "url.getInfo" and "access_token" in (request.form or {}):
            return says({"error_code": 451, "error_msg": "NOT_SESSION_METHOD"})
        return says({"type": "GROUP", "objectIdStr": GID}) if method_of(request) == "url.getInfo" else None

    district = answering(District(), no_session)
    assert run(district.ok.resolve_handle("sadovoe")) == GID
    with_token, without = (one.form or {} for one in district.port.sent)
    assert "access_token" in with_token
    assert "access_token" not in without
    from munsocial_ok.sign import signature

    assert without["sig"] == signature(without, SECRET)


@pytest.mark.parametrize("fault", [FaultKind.LOST_AFTER, FaultKind.STATUS, FaultKind.HTML, FaultKind.UNREACHABLE])
def test_a_call_refused_for_its_token_was_not_done_whatever_became_of_the_renewal(fault: FaultKind) -> None:
    district = District(Fault(fault, method="token.do", times=None), kinds=ALL)
    district.token.expires = NOW
    with pytest.raises(NetworkError) as caught:
        run(district.ok.publish(ACCOUNT, Draft(text="Да"), key="k"))
    assert caught.value.executed is False
    assert caught.value.method == "oauth.token"
    assert caught.value.remedy is not None
    assert "сам вызов не выполнен" in caught.value.remedy.ru


def test_a_store_that_cannot_be_written_to_costs_nothing_but_the_next_renewal() -> None:
    district = District()
    values = {"OK_TOKEN": TOKEN, "OK_APP": SECRET, "OK_REFRESH": REFRESH}
    store = EnvSecrets(values)
    named = {"application_key": "CEXAMPLEPUBLICKEY0", "application_id": "512000000000"}
    kinds = {"access_token": "env:OK_TOKEN", "application_secret": "env:OK_APP", "refresh_token": "env:OK_REFRESH"}
    ring = KeyRing(tuple(Key(ACCOUNT.id, kind, reference, named, store) for kind, reference in kinds.items()))
    ok = OkAdapter(Equipment(district.session, ring, {}, district.world.now, store))
    district.token.expires = NOW
    assert run(ok.read_profile(ACCOUNT)).network_id == GID
    assert run(ok.read_counters(ACCOUNT))
    assert district.asked("token.do") == 1


def test_a_refused_renewal_is_not_asked_for_again() -> None:
    district = District(kinds=ALL)
    district.token.revoked = True
    for _ in range(3):
        with pytest.raises(KeyInvalid):
            run(district.ok.read_profile(ACCOUNT))
    assert district.asked("token.do") == 1


def test_without_an_application_id_nothing_leads_to_a_consent() -> None:
    district = District()
    ring = KeyRing(tuple(Key(ACCOUNT.id, one.kind, one.reference, {}, district.store) for one in district.ok.keys.keys))
    ok = OkAdapter(Equipment(district.session, ring, {"application_key": "CEXAMPLEPUBLICKEY0"}))
    for asked in (
        lambda: ok.consent(ACCOUNT, "https://a.example"),
        lambda: run(ok.exchange(ACCOUNT, "c", "https://a")),
    ):
        with pytest.raises(InputError, match="application_id"):
            asked()
    assert district.port.calls.total() == 0


def test_each_of_several_tokens_is_reported_by_itself() -> None:
    district = District()
    dead = Key(ACCOUNT.id, "access_token", "env:OK_OLD", {"application_key": "CEXAMPLEPUBLICKEY0"}, district.store)
    district.store.put("env:OK_OLD", "-s-anotherToken.9")
    ok = OkAdapter(Equipment(district.session, KeyRing((*district.ok.keys.keys, dead)), {}, district.world.now))
    found = {one.reference: one.valid for one in run(ok.check_keys(ACCOUNT)) if one.kind == "access_token"}
    assert found == {"env:OK_TOKEN": True, "env:OK_OLD": False}


def test_a_check_that_fails_midway_keeps_what_was_learnt() -> None:
    district = District(Fault(FaultKind.SERVER, method="group.getUserGroupsByIds", times=None))
    report = next(one for one in run(district.ok.check_keys(ACCOUNT)) if one.kind == "access_token")
    assert (report.valid, report.whose) == (True, "Анна Примерова")
    assert "GROUP_CONTENT" in report.allows
    assert report.note is not None


# --- the form of calls and answers


def test_a_form_says_its_charset() -> None:
    district = District()
    run(district.ok.read_profile(ACCOUNT))
    assert dict(district.port.sent[0].headers) == {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}


@pytest.mark.parametrize("wrapped", [False, True])
def test_letters_that_are_no_utf_8_are_not_guessed(wrapped: bool) -> None:
    groups = [{"uid": GID, "name": "Сад"}]
    body = json.dumps({"groups": groups} if wrapped else groups, ensure_ascii=False)
    broken = answering(
        District(), lambda one: says(body.encode("cp1251")) if method_of(one) == "group.getInfo" else None
    )
    with pytest.raises(UnreadableAnswer):
        run(broken.ok.read_profile(ACCOUNT))
    whole = answering(District(), lambda one: says(body.encode()) if method_of(one) == "group.getInfo" else None)
    assert run(whole.ok.read_profile(ACCOUNT)).name == "Сад"


@pytest.mark.parametrize("text", ["\\ud83d", "да\\ude00\\ud83d", "\\uD83D\\uD83D", "\\ud83d\\ude00"])
def test_half_an_emoji_can_be_kept_and_sent(text: str) -> None:
    district = District()
    post = district.world.publish("ok", GID, "Вода", at=district.ago(days=1))
    comment = '{"id": "c1", "author_id": "5", "author_name": "А", "date_ms": 1764000000000, "text": "%s"}' % text  # noqa: UP031 - braces
    chat = '{"chats": [{"chat_id": "chat:%s", "participants": {"user:%s": 1}}]}' % (text, text)  # noqa: UP031 - braces

    def cut(request: Request) -> Answer | None:
        if request.url.endswith("me/chats"):
            return says(chat.encode())
        return (
            says(f'{{"comments": [{comment}]}}'.encode()) if method_of(request) == "discussions.getComments" else None
        )

    answering(district, cut)
    (found,) = run(district.ok.list_comments(ACCOUNT, post.id)).items
    assert found.model_dump_json().encode()
    assert ("😀" in found.text) is (text == "\\ud83d\\ude00")
    page = run(district.ok.list_messages(ACCOUNT, since=SINCE))
    assert (page.items, len(page.gaps)) == ((), 1)  # OK knows no conversation of that name


@pytest.mark.parametrize("code", [*CODES, 0, 77777])
def test_every_code_says_in_both_languages_what_to_do(code: int) -> None:
    error = error_of(code, "SOMETHING : text")
    assert error.network_code == str(code)
    assert error.remedy is not None
    assert error.remedy.ru
    assert error.remedy.en


@pytest.mark.parametrize("address", ["http://127.0.0.1:1", "http://127.0.0.1:1/", "http://127.0.0.1:1/fb.do"])
def test_the_base_is_the_root_of_the_server(address: str) -> None:
    assert settings_of({"base_url": address}).base_url == "http://127.0.0.1:1"


@pytest.mark.parametrize(
    ("sender", "outgoing"),
    [
        ({"user_id": f"user:{CITIZEN}"}, False),
        ({"user_id": f"group:{GID}"}, True),
        ({"group_id": f"group:{GID}"}, True),
        ({"group_id": GID}, True),
        ({}, False),
    ],
)
def test_whose_a_message_is(sender: dict[str, str], outgoing: bool) -> None:
    known = {"message": {"mid": "mid:1"}, "recipient": {"chat_id": "chat:1"}, "timestamp": 1764000000000}
    message = message_of(GraphMessage.model_validate({**known, "sender": sender}))
    assert message is not None
    assert message.outgoing is outgoing


# --- listings


@pytest.mark.parametrize(("times", "gaps"), [(1, 0), (99, 1)])
def test_a_list_that_changed_underway_is_read_anew_once(times: int, gaps: int) -> None:
    district = District()
    for number in range(3):
        district.world.publish("ok", GID, f"Пост {number}", at=district.ago(days=number + 1))
    left = [times]
    real = district.face.handle

    def restless(request: Request) -> Answer:
        answer = real(request)
        if method_of(request) != "group.getStatTopics" or left[0] <= 0:
            return answer
        left[0] -= 1
        return says({**json.loads(answer.body), "inconsistent": True})

    district.face.handle = restless  # type: ignore[method-assign]  # a face whose list changes
    page = run(district.ok.list_posts(ACCOUNT, since=SINCE, until=NOW))
    assert len(page.items) == 3
    assert len(page.gaps) == gaps


def test_statistics_that_fail_leave_the_posts_that_are_known_and_a_gap() -> None:
    district = District(Fault(FaultKind.SERVER, method="group.getStatTopics", times=None))
    post = district.world.publish("ok", GID, "Наш", at=district.ago(days=1))
    district.ok.remember_posts(ACCOUNT, [post.id, post.id])
    page = run(district.ok.list_posts(ACCOUNT, since=SINCE, until=NOW))
    assert [one.id for one in page.items] == [post.id]
    assert len(page.gaps) == 1


# --- acting


@pytest.mark.parametrize("answer", [{"success": True}, {"success": False}, {}, b"", b"true"])
@pytest.mark.parametrize("gone", [True, False])
def test_a_deletion_is_believed_when_reading_confirms_it(answer: Any, gone: bool) -> None:
    district = District()
    post = district.world.publish("ok", GID, "Ошибка", at=district.ago(days=1))
    real = district.face.handle

    def lying(request: Request) -> Answer:
        if method_of(request) != "mediatopic.deleteTopic":
            return real(request)
        if gone:
            real(request)
        return says(answer)

    district.face.handle = lying  # type: ignore[method-assign]  # a face whose word counts little
    if gone:
        run(district.ok.delete_post(ACCOUNT, post.id))
        return
    with pytest.raises(UnreadableAnswer) as caught:
        run(district.ok.delete_post(ACCOUNT, post.id))
    assert caught.value.executed is None


def test_a_lost_answer_to_a_deletion_is_settled_by_reading() -> None:
    district = District(Fault(FaultKind.LOST_AFTER, method="mediatopic.deleteTopic"))
    post = district.world.publish("ok", GID, "Ошибка", at=district.ago(days=1))
    run(district.ok.delete_post(ACCOUNT, post.id))
    assert district.asked("mediatopic.deleteTopic") == 1
    undone = District(Fault(FaultKind.LOST_BEFORE, method="mediatopic.deleteTopic"))
    post = undone.world.publish("ok", GID, "Ошибка", at=undone.ago(days=1))
    with pytest.raises(Unreachable):
        run(undone.ok.delete_post(ACCOUNT, post.id))


def film(folder: Path, size: int = 200_000) -> Media:
    path = folder / "v.mp4"
    path.write_bytes(bytes(size))
    return Media(path=path, kind="video")


@pytest.mark.parametrize("where", ["body", "header", "nowhere"])
def test_an_upload_goes_on_from_where_the_address_says_it_is(tmp_path: Path, where: str) -> None:
    district = District(video_upload="resumable", video_chunk=65_536)
    real, broken = district.face.handle, [True]

    def stubborn(request: Request) -> Answer:
        if "upload.do" not in request.url:
            return real(request)
        place = request.headers.get("Content-Range", "")
        if request.method == "GET":
            told = "0-131071/200000"
            return Answer(200, {"range": told} if where == "header" else {}, told.encode() if where == "body" else b"")
        if place.startswith("bytes 65536-") and broken:
            broken.clear()
            real(request)  # it came, and nobody was told
            return Answer(416, {}, b"")
        return Answer(201, {}, b'{"stored": 1}') if real(request).status < 300 else Answer(416, {}, b"")

    district.face.handle = stubborn  # type: ignore[method-assign]  # an address that takes no piece twice
    if where == "nowhere":
        with pytest.raises(errors.RequestRefused):
            run(district.ok.publish(ACCOUNT, Draft(text="Да", media=(film(tmp_path),)), key="k"))
        return
    run(district.ok.publish(ACCOUNT, Draft(text="Да", media=(film(tmp_path),)), key="k"))
    assert next(iter(district.world.uploads.values())).size == 200_000
    ranges = [one.headers.get("Content-Range", "")[:13] for one in district.port.sent if "upload.do" in one.url]
    assert ranges == ["bytes 0-65535", "bytes 65536-1", "", "bytes 131072-", "bytes 196608-"]


def test_a_post_waits_for_its_video_as_long_as_is_set(tmp_path: Path) -> None:
    district = District(video_wait=120)
    began = district.world.now()
    run(district.ok.publish(ACCOUNT, Draft(text="Да", media=(film(tmp_path, 20_000),)), key="k"))
    assert (district.world.now() - began).total_seconds() >= 120


# --- secrets


CALLS: dict[str, Callable[[OkAdapter], Coroutine[Any, Any, Any]]] = {
    "read": lambda ok: ok.read_profile(ACCOUNT),
    "write": lambda ok: ok.publish(ACCOUNT, Draft(text="Да"), key="k"),
    "message": lambda ok: ok.send_message(ACCOUNT, f"chat:C{CITIZEN}", "Ответ", key="k"),
    "exchange": lambda ok: ok.exchange(ACCOUNT, "one-time-code-1234", "https://a.example"),
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("expired", [False, True])
def test_no_frame_that_an_error_passes_shows_a_secret(call: str, expired: bool) -> None:
    district = District(Fault(FaultKind.HTML, times=None), kinds=ALL)
    if expired:
        district = District(Fault(FaultKind.HTML, method="token.do", times=None), kinds=ALL)
        district.token.expires = NOW
    district.world.receive("ok", GID, CITIZEN, "Вопрос", at=NOW)
    try:
        run(CALLS[call](district.ok))
    except NetworkError as error:
        seen = traceback.TracebackException.from_exception(error, capture_locals=True)
        ours = [frame for frame in seen.stack if "munsocial" in frame.filename]
    else:
        ours = []
    shown = "\n".join(str(frame.locals) for frame in ours)
    assert [one for one in (*district.store.values.values(), "one-time-code") if one[:8] in shown] == []
    assert ours or (call == "message" and expired)
