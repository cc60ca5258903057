"""Acting: what is sent, what is never sent twice, and what is refused before anything is sent."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from munsocial.errors import (
    AbilityAbsent,
    CannotMessage,
    CapabilityMissing,
    DraftRefused,
    KeyInvalid,
    NetworkError,
    PermissionDenied,
    RequestRefused,
    UnreadableAnswer,
    UnsafeAddress,
    UploadRefused,
)
from munsocial.model.accounts import AccountKind
from munsocial.network.abilities import Ability
from munsocial.network.drafts import Draft, Media, Poll
from munsocial.sandbox.faults import Fault, FaultKind
from munsocial.transport.port import Answer, Request
from ok_world import ACCOUNT, CITIZEN, GID, GROUP_TOKEN, NOW, PERSON, SINCE, UPSTREAM, District, run

TEXT = "Добрый день!\nЗавтра сход граждан 🙂 & <b>"


def picture(folder: Path, name: str = "a.jpg", size: int = 2000) -> Media:
    path = folder / name
    path.write_bytes(b"\xff\xd8" + bytes(size))
    return Media(path=path)


def publish(district: District, draft: Draft) -> Any:
    return run(district.ok.publish(ACCOUNT, draft, key="k-1"))


def wall(district: District, *states: str) -> Any:
    return district.world.wall("ok", GID, states=states or ("published",))


def test_a_text_stands_in_the_name_of_the_group_unchanged() -> None:
    district = District()
    made = publish(district, Draft(text=TEXT, comments_closed=True))
    (post,) = wall(district)
    assert (made.id, post.text, post.author, post.comments_open) == (post.id, TEXT, None, False)
    assert made.url == f"https://ok.ru/group/{GID}/topic/{post.id}"
    assert not made.scheduled


def test_photos_video_poll_and_link_stand_in_one_post(tmp_path: Path) -> None:
    district = District()
    video = tmp_path / "v.mp4"
    video.write_bytes(bytes(20_000))
    photos = (picture(tmp_path), picture(tmp_path, "b.png", 10))
    poll = Poll(question="Куда ставить лавки?", answers=("В сквер", "К школе"), multiple=True)
    media = (*photos, Media(path=video, kind="video", title="Сход"))
    publish(district, Draft(text="Да", media=media, poll=poll, link="https://a.example/x"))
    (post,) = wall(district)
    assert [one.kind for one in post.attachments] == ["photo", "photo", "video", "poll", "link"]
    digests = [hashlib.sha256(one.path.read_bytes()).hexdigest() for one in photos]
    assert [one.facts["upload"] for one in post.attachments[:2]] == digests
    asked = post.attachments[3].facts
    assert (asked["answers"], asked["multiple"], asked["anonymous"]) == (["В сквер", "К школе"], True, True)
    assert post.attachments[2].title == "Сход"
    uploads = [one for one in district.port.sent if "mycdn" in one.url]
    assert len(uploads) == 2
    assert not any("access_token" in one.url or one.form for one in uploads)


@pytest.mark.parametrize("block", ["movie", "movie-reshare"])
def test_a_video_goes_piece_by_piece_in_either_spelling(tmp_path: Path, block: str) -> None:
    district = District(video_upload="resumable", video_chunk=65_536, video_block=block)
    video = tmp_path / "v.mp4"
    video.write_bytes(bytes(200_000))
    publish(district, Draft(text="Да", media=(Media(path=video, kind="video"),)))
    (upload,) = district.world.uploads.values()
    assert upload.size == 200_000
    assert sum("vu.mycdn.me" in one.url for one in district.port.sent) == 4
    assert wall(district)[0].attachments[0].kind == "video"


@pytest.mark.parametrize("late", [0, 48])
def test_a_delayed_post_appears_under_another_id_and_is_still_found_and_deleted(late: int) -> None:
    """In the statistics, or before it stands there."""
    district = District()
    district.face.statistics_delay = timedelta(hours=late)
    made = publish(district, Draft(text="Потом", publish_at=NOW + timedelta(hours=2)))
    assert made.scheduled
    assert wall(district) == []
    district.world.clock.sleep(7300)
    (post,) = wall(district)
    assert post.id != made.id
    assert run(district.ok.republished(ACCOUNT, made.id)) == post.id
    page = run(district.ok.list_posts(ACCOUNT, since=SINCE, until=NOW + timedelta(days=1)))
    assert [one.id for one in page.items] == [post.id]
    run(district.ok.delete_post(ACCOUNT, made.id))
    assert wall(district) == []


@pytest.mark.parametrize("by_topic", [False, True])
def test_a_post_is_deleted_whatever_its_parameter_is_called_and_twice_is_no_error(by_topic: bool) -> None:
    district = District()
    district.face.delete_by_topic = by_topic
    post = district.world.publish("ok", GID, "Ошибка", at=district.ago(days=1))
    run(district.ok.delete_post(ACCOUNT, post.id))
    run(district.ok.delete_post(ACCOUNT, post.id))
    assert wall(district) == []
    assert district.asked("mediatopic.deleteTopic") == (2 if by_topic else 1)


UNCLEAR = [FaultKind.LOST_AFTER, FaultKind.CUT, FaultKind.EMPTY, FaultKind.HTML, FaultKind.GARBAGE, FaultKind.DELAY]


@pytest.mark.parametrize("fault", UNCLEAR)
def test_an_unclear_end_is_never_sent_again_and_is_found_by_reading(fault: FaultKind) -> None:
    district = District(Fault(fault, method="mediatopic.post", times=None, seconds=900))
    draft = Draft(text=TEXT)
    with pytest.raises(NetworkError) as caught:
        publish(district, draft)
    assert caught.value.executed is None
    assert caught.value.method == "mediatopic.post"
    assert district.asked("mediatopic.post") == 1
    (post,) = wall(district)
    found = run(district.ok.find_published(ACCOUNT, draft, NOW))
    assert found is not None
    assert found.id == post.id


@pytest.mark.parametrize(
    ("fault", "executed"),
    [(FaultKind.SERVER, None), (FaultKind.LOST_BEFORE, None), (FaultKind.PERMISSION, False), (FaultKind.FLOOD, False)],
)
def test_what_was_not_done_is_not_found_and_not_repeated(fault: FaultKind, executed: bool | None) -> None:
    district = District(Fault(fault, method="mediatopic.post", times=None))
    district.world.publish("ok", GID, "Другое", at=district.ago(days=1))
    with pytest.raises(NetworkError) as caught:
        publish(district, Draft(text=TEXT))
    assert caught.value.executed is executed
    assert district.asked("mediatopic.post") == 1
    run(district.session.sleep(caught.value.retry_after or 0))  # a person whom OK has stopped reads nothing either
    assert run(district.ok.find_published(ACCOUNT, Draft(text=TEXT), NOW)) is None


@pytest.mark.parametrize("answer", [b"", b"null", b"true", b"0", b'""', b'{"ok": 1}', b"[]", b'"abc"', b"-5"])
def test_an_answer_that_is_no_id_leaves_the_end_unclear(answer: bytes) -> None:
    district = District()
    handle = district.face.handle

    def strange(request: Request) -> Answer:
        real = handle(request)
        return Answer(200, {}, answer) if (request.form or {}).get("method") == "mediatopic.post" else real

    district.face.handle = strange  # type: ignore[method-assign]  # a face that answers strangely
    with pytest.raises(UnreadableAnswer) as caught:
        publish(district, Draft(text="Да"))
    assert caught.value.executed is None
    assert district.asked("mediatopic.post") == 1


@pytest.mark.parametrize(("minutes", "ours"), [(3, True), (7, False), (3 * 24 * 60, False)])
def test_an_older_post_of_the_same_text_is_not_taken_for_ours(minutes: int, ours: bool) -> None:
    """The clock of OK may go a little behind ours."""
    district = District()
    district.world.publish("ok", GID, TEXT, at=district.ago(minutes=minutes))
    assert (run(district.ok.find_published(ACCOUNT, Draft(text=TEXT), NOW)) is not None) is ours


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": "  "}, "text"),
        ({"text": "я" * 10_001}, "text"),
        ({"publish_at": NOW}, "publish_at"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": "https://[2001:db8::1"}, "link"),
        ({"link": "https://"}, "link"),
        ({"link": "https:///nowhere"}, "link"),
        ({"link": "ftp://a.example/x"}, "link"),
        ({"poll": Poll(question="Да?", answers=("да",))}, "poll"),
        ({"poll": Poll(question="Да?", answers=("да", "нет"), closes_at=NOW)}, "poll"),
        ({"media": (Media(path=Path("/nowhere.jpg")),)}, "media"),
        ({"media": (Media(path=Path(__file__)),)}, "media"),
        ({"media": (Media(path=Path(__file__), kind="document"),)}, "media"),
        ({"media": (Media(path=Path(__file__), kind="video"),)}, "media"),
    ],
)
def test_limits_are_checked_before_anything_is_sent(change: dict[str, Any], field: str) -> None:
    district = District()
    settings: dict[str, Any] = {"video_least_bytes": 10_000_000} if field == "media" else {}
    district = District(**settings)
    with pytest.raises(DraftRefused) as caught:
        publish(district, Draft.model_validate({"text": "Да", **change}))
    assert caught.value.problems[0].field.startswith(field)
    assert caught.value.problems[0].remedy.ru
    assert district.port.calls.total() == 0


def test_more_photos_than_allowed_are_refused(tmp_path: Path) -> None:
    district = District()
    with pytest.raises(DraftRefused, match="11"):
        publish(district, Draft(media=tuple(picture(tmp_path, f"{n}.jpg") for n in range(11))))


def test_a_photo_that_was_not_taken_stops_the_publication(tmp_path: Path) -> None:
    district = District()
    handle = district.face.handle

    def lossy(request: Request) -> Answer:
        real = handle(request)
        if "uploadImage" not in request.url:
            return real
        photos = json.loads(real.body)["photos"]
        photos[next(iter(photos))] = {}
        return Answer(200, {}, json.dumps({"photos": photos}).encode())

    district.face.handle = lossy  # type: ignore[method-assign]  # a face that loses a photo
    with pytest.raises(UploadRefused):
        publish(district, Draft(text="Да", media=(picture(tmp_path), picture(tmp_path, "b.jpg"))))
    assert wall(district) == []


@pytest.mark.parametrize(
    "address", ["https://evil.example/u", "http://up.mycdn.me/u", "https://mycdn.me.evil.example/u"]
)
def test_an_upload_address_of_a_stranger_is_refused(tmp_path: Path, address: str) -> None:
    district = District()
    handle = district.face.handle

    def leading_away(request: Request) -> Answer:
        if (request.form or {}).get("method") != "photosV2.getUploadUrl":
            return handle(request)
        return Answer(200, {}, json.dumps({"upload_url": address, "photo_ids": ["a"]}).encode())

    district.face.handle = leading_away  # type: ignore[method-assign]  # a face that leads away
    with pytest.raises(UnsafeAddress) as caught:
        publish(district, Draft(text="Да", media=(picture(tmp_path),)))
    assert (caught.value.network, caught.value.method, caught.value.account) == ("ok", "upload", ACCOUNT.id)
    assert caught.value.executed is False
    assert all("evil" not in one.url for one in district.port.sent)


def test_the_avatar_is_uploaded_committed_and_set(tmp_path: Path) -> None:
    district = District()
    district.page.avatar = False
    run(district.ok.set_avatar(ACCOUNT, picture(tmp_path)))
    assert district.page.avatar
    assert run(district.ok.read_profile(ACCOUNT)).avatar


def test_a_stranger_may_not_publish() -> None:
    district = District()
    with pytest.raises(PermissionDenied):
        run(district.ok.publish(UPSTREAM, Draft(text="Да"), key="k"))
    assert district.world.wall("ok", district.upstream.id) == []


def test_messages_are_read_and_answered_with_the_groups_own_token() -> None:
    district = District()
    for number in range(3):
        district.world.receive("ok", GID, CITIZEN, f"Вопрос {number}", at=district.ago(hours=3 - number))
    page = run(district.ok.list_messages(ACCOUNT, since=district.ago(hours=2, minutes=30)))
    assert [one.text for one in page.items] == ["Вопрос 2", "Вопрос 1"]
    assert page.cursor is None
    first = page.items[0]
    assert (first.peer_id, first.author_id, first.outgoing) == (f"chat:C{CITIZEN}", CITIZEN, False)
    sent = run(district.ok.send_message(ACCOUNT, first.peer_id, "Ответ «в срок» 🙂", key="k"))
    (message, *_) = run(district.ok.list_messages(ACCOUNT, since=district.ago(hours=1))).items
    assert (message.id, message.text, message.outgoing) == (sent, "Ответ «в срок» 🙂", True)
    assert run(district.ok.send_message(ACCOUNT, CITIZEN, "И ещё", key="k2"))
    run(district.ok.mark_seen(ACCOUNT, CITIZEN))
    assert all(GROUP_TOKEN not in repr(one) for one in district.port.sent)


def test_conversations_are_paged_to_the_end() -> None:
    district = District()
    people = [f"5000000{n:05d}" for n in range(150)]
    for peer in people:
        district.world.add_user("ok", "Пётр", id=peer)
        district.world.receive("ok", GID, peer, "Здравствуйте", at=district.ago(hours=1))
    first = run(district.ok.list_messages(ACCOUNT, since=SINCE))
    rest = run(district.ok.list_messages(ACCOUNT, since=SINCE, cursor=first.cursor))
    assert rest.cursor is None
    assert len({one.id for one in (*first.items, *rest.items)}) == 150


def test_nobody_is_written_to_first() -> None:
    district = District()
    with pytest.raises(CannotMessage):
        run(district.ok.send_message(ACCOUNT, CITIZEN, "Здравствуйте", key="k"))
    assert district.asked("graph.messages.send") == 0


def test_a_lost_answer_to_a_message_is_unclear_and_not_sent_again() -> None:
    district = District(Fault(FaultKind.LOST_AFTER, method=f"chat:C{CITIZEN}", times=None))
    district.world.receive("ok", GID, CITIZEN, "Вопрос")
    with pytest.raises(NetworkError) as caught:
        run(district.ok.send_message(ACCOUNT, f"chat:C{CITIZEN}", "Ответ", key="k"))
    assert caught.value.executed is None
    assert GROUP_TOKEN not in caught.value.say()
    assert [one.outgoing for one in district.page.dialogs[CITIZEN]] == [False, True]


def test_messages_need_the_groups_token() -> None:
    district = District(kinds=("access_token", "application_secret"))
    with pytest.raises(CapabilityMissing, match="group_token"):
        run(district.ok.list_messages(ACCOUNT, since=SINCE))


def test_a_dead_token_of_a_group_is_issued_anew_and_nobody_is_asked_for_consent() -> None:
    district = District()
    district.world.keys[GROUP_TOKEN].revoked = True
    with pytest.raises(KeyInvalid) as caught:
        run(district.ok.list_messages(ACCOUNT, since=SINCE))
    assert caught.value.remedy is not None
    assert "настройки группы" in caught.value.remedy.ru


def test_webhooks_are_subscribed_and_ended() -> None:
    graph, district = None, District()
    graph = district.ok.graph
    run(graph.subscribe(ACCOUNT.id, "https://primer.example/hook"))
    assert [one.url for one in run(graph.subscriptions(ACCOUNT.id))] == ["https://primer.example/hook"]
    run(graph.unsubscribe(ACCOUNT.id, "https://primer.example/hook"))
    assert run(graph.subscriptions(ACCOUNT.id)) == []


def test_an_empty_message_is_refused() -> None:
    with pytest.raises(RequestRefused):
        run(District().ok.send_message(ACCOUNT, CITIZEN, " ", key="k"))


def test_personal_pages_are_not_published_to() -> None:
    person = ACCOUNT.model_copy(update={"network_id": PERSON, "kind": AccountKind.PROFILE})
    with pytest.raises(AbilityAbsent):
        run(District().ok.publish(person, Draft(text="Да"), key="k"))


def test_photos_that_the_server_could_not_read_go_to_a_fresh_address_once(tmp_path: Path) -> None:
    district = District()
    handle, refused = district.face.handle, list[str]()

    def unreading(request: Request) -> Answer:
        if "uploadImage" in request.url and not refused:
            refused.append(request.url)
            return Answer(200, {}, b'{"error_code": 324, "error_msg": "file"}')
        return handle(request)

    district.face.handle = unreading  # type: ignore[method-assign]  # a face that fails to read once
    publish(district, Draft(text="Да", media=(picture(tmp_path),)))
    assert len(wall(district)) == 1
    assert district.asked("photosV2.getUploadUrl") == 2


@pytest.mark.parametrize("fault", [FaultKind.LOST_AFTER, FaultKind.LOST_BEFORE])
def test_a_lost_piece_of_a_video_is_sent_again(tmp_path: Path, fault: FaultKind) -> None:
    district = District(Fault(fault, method="upload.do"), video_upload="resumable", video_chunk=65_536)
    video = tmp_path / "v.mp4"
    video.write_bytes(bytes(150_000))
    publish(district, Draft(text="Да", media=(Media(path=video, kind="video"),)))
    assert next(iter(district.world.uploads.values())).size == 150_000


def test_a_photo_passes_the_declared_kinds(tmp_path: Path) -> None:
    kinds = District().ok.capabilities.of(Ability.PUBLISH).limits.photo_types
    assert picture(tmp_path).path.suffix.lstrip(".") in kinds
