"""The rest of what VK can do, over the face and against its published schema: every method that the adapter uses."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import munsocial_vk
from munsocial.errors import DraftRefused, NetworkError, RequestRefused
from munsocial.network.drafts import Draft, Media, Poll
from munsocial.sandbox.things import Page
from munsocial.transport.port import drive
from munsocial_vk.sandbox.face import _METHODS
from vk_schema import check_all, watched
from vk_world import NOW, account, add_community, connect, every, make_world, scripted

SECTIONS = (
    "account|appWidgets|board|docs|groups|messages|newsfeed|photos|polls|stats|status|stories|users|utils|video|wall"
)


def picture(folder: Path, width: int = 1600, height: int = 800, name: str = "a.png") -> Media:
    path = folder / name
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + b"rest")
    return Media(path=path)


def test_the_face_answers_every_method_that_the_adapter_uses() -> None:
    folder = Path(munsocial_vk.__file__).parent
    parts = folder.glob("*.py")
    called = {name for path in parts for name in re.findall(rf'"((?:{SECTIONS})\.[A-Za-z]+)"', path.read_text("utf-8"))}
    actions = ("getComments", "createComment", "editComment", "deleteComment", "restoreComment", "reportComment")
    called |= {f"{place}.{action}" for place in ("wall", "photos", "video", "board") for action in actions}
    assert len(called) > 80
    assert called - set(_METHODS) == {"board.reportComment"}  # which VK does not have


def test_places_of_talk_are_found_answered_and_moderated() -> None:
    world = make_world()
    things = {place: world.publish("vk", "1", f"О чём {place}", place=place) for place in ("photo", "video", "board")}
    asked = {place: world.comment("vk", "1", one.id, "Когда?", author="555") for place, one in things.items()}
    adapter, port = watched(world, "service", "community", "user")
    for place in ("board", "video", "photo"):
        (page,) = every(lambda cursor, place=place: adapter.list_talks(account(), place, cursor=cursor))
        (talk,) = page.items
        assert talk.id == f"{place}:{things[place].id}"
        made = drive(adapter.reply(account(), "Завтра", post=talk.id, to=f"{talk.id}:{asked[place].id}", key=place))
        drive(adapter.edit_comment(account(), made, "Послезавтра"))
        drive(adapter.delete_comment(account(), f"{talk.id}:{asked[place].id}"))
        seen = {one.id: one for one in drive(adapter.list_comments(account(), talk.id)).items}
        assert (seen[made].text, seen[made].by_owner) == ("Послезавтра", True)
        first = seen.get(f"{talk.id}:{asked[place].id}")
        assert first is None if place == "board" else first is not None and first.deleted
        drive(adapter.restore_comment(account(), f"{talk.id}:{asked[place].id}"))
        assert not asked[place].deleted
    drive(adapter.report_comment(account(), f"photo:{things['photo'].id}:{asked['photo'].id}", ground="spam"))
    with pytest.raises(RequestRefused):
        drive(adapter.report_comment(account(), f"board:{things['board'].id}:1", ground="spam"))
    assert len(check_all(port.seen)) >= 15


def test_a_community_does_not_speak_under_photos_of_others() -> None:
    adapter, port = connect(make_world(), "user")
    with pytest.raises(RequestRefused):
        drive(adapter.reply(account(), "Да", post="photo:5", under=account(9), key="k"))
    assert not port.started


def test_the_methods_of_vk_alone_speak_the_published_wire_format(tmp_path: Path) -> None:
    world = make_world()
    post = world.publish("vk", "1", "Новость для [club1|Администрации]", at=NOW - timedelta(hours=1))
    world.receive("vk", "1", "555", "Здравствуйте")
    adapter, port = watched(world, "community", "user")
    live = drive(adapter.start_live(account(), "Планёрка"))
    assert live.stream.key not in repr(live)
    drive(adapter.stop_live(account(), str(live.video_id)))
    drive(adapter.set_widget(account(), "text", "return {};"))
    assert drive(adapter.add_widget_picture(account(), picture(tmp_path), "510x128"))
    assert [one.id for one in drive(adapter.list_mentions(account())).items] == [post.id]
    assert [one["post_id"] for one in drive(adapter.read_reach(account(), [post.id]))] == [int(post.id)]
    drive(adapter.report_post(account(), post.id, ground="spam"))
    poll = Poll(question="Когда?", answers=("Завтра", "Послезавтра"))
    named = drive(adapter.create_poll(account(), poll, picture=picture(tmp_path), votes_stay=True))
    assert named.startswith("poll-1_")
    assert drive(adapter.add_video_by_link(account(), "https://example.org/v", title="Ролик")).startswith("video-1_")
    video = Media(path=picture(tmp_path, name="a.mp4").path, kind="video")
    assert drive(adapter.publish_story(account(), video)).startswith("-1_")
    files = (picture(tmp_path), Media(path=picture(tmp_path, name="a.pdf").path, kind="document"))
    sent = drive(adapter.send_message(account(), "555", "Вот", key="m", media=files))
    drive(adapter.mark_answered(account(), "555"))
    assert drive(adapter.may_message(account(), "555")) is True
    assert [one.kind for one in world.find_message("vk", "1", sent).attachments] == ["photo", "doc"]
    drive(adapter.delete_message(account(), sent))
    drive(adapter.set_status(account(), "Работаем"))
    assert len(check_all(port.seen)) >= 23


def test_links_are_renamed_and_moved() -> None:
    world = make_world()
    adapter, port = watched(world, "user")
    for name in ("first", "second"):
        drive(adapter.add_link(account(), f"https://vk.com/{name}", title=name))
    first, second = world.page("vk", "1").links
    drive(adapter.move_link(account(), second.id))
    drive(adapter.rename_link(account(), second.id, "Губернатор"))
    assert [one.name for one in drive(adapter.read_links(account()))] == ["Губернатор", "first"]
    drive(adapter.remove_link(account(), first.id))
    assert len(world.page("vk", "1").links) == 1
    check_all(port.seen)


def test_servers_of_events_are_set_up() -> None:
    world = make_world()
    adapter, port = watched(world, "community")
    assert drive(adapter.callback_code(account()))
    make = adapter.add_callback_server
    number = drive(make(account(), "https://example.org/vk", title="munsocial", secret="s", events=("wall_reply_new",)))
    assert [(one.id, one.status) for one in drive(adapter.list_callback_servers(account()))] == [(int(number), "wait")]
    check_all(port.seen)
    with pytest.raises(RequestRefused):
        drive(make(account(), "http://example.org/vk", title="munsocial", secret="s", events=()))


def test_filters_are_read_back() -> None:
    adapter, _ = connect(make_world(), "user")
    drive(adapter.set_filters(account(), obscene=True, words=["спам", "реклама"], communities=True))
    seen = drive(adapter.read_filters(account()))
    assert (seen.obscene_filter, seen.disable_replies_from_groups, seen.toxic_filter) == (True, True, False)
    assert seen.obscene_words == ["спам", "реклама"]


def test_a_person_blocks_on_the_own_page() -> None:
    world = make_world()
    world.add_page(Page("vk", "500", "ivanova", kind="profile", name="Мария"))
    adapter, port = watched(world, "user")
    head = account(kind="profile", network_id="500")
    drive(adapter.ban(head, "555", ground="spam", until=None))
    assert [one.user_id for one in drive(adapter.read_bans(head)).items] == ["555"]
    for _ in range(2):
        drive(adapter.unban(head, "555"))
    assert drive(adapter.read_bans(head)).items == ()
    with pytest.raises(RequestRefused):
        drive(adapter.ban(head, "555", ground="spam", until=NOW + timedelta(days=1)))
    check_all(port.seen)


def unfit(folder: Path) -> Iterator[tuple[str, Any]]:
    yield "avatar too small", lambda one: one.set_avatar(account(), picture(folder, 199, 300))
    yield "avatar too wide", lambda one: one.set_avatar(account(), picture(folder, 1000, 300))
    yield "cover too small", lambda one: one.set_cover(account(), picture(folder, 700, 200))
    yield "a folder", lambda one: one.set_cover(account(), Media(path=folder))
    two = tuple(Media(path=picture(folder, name=f"{n}.pdf").path, kind="document") for n in "ab")
    yield "two documents", lambda one: one.publish(account(), Draft(text="а", media=two), key="k")
    music = Media(path=picture(folder, name="song.mp3").path, kind="document")
    yield "music", lambda one: one.publish(account(), Draft(text="а", media=(music,)), key="k")
    yield "yesterday", lambda one: one.publish(account(), Draft(text="а", publish_at=NOW), key="k")
    many = (picture(folder),) * 11
    yield "eleven photos", lambda one: one.publish(account(), Draft(text="а", media=many), key="k")
    yield "files of a message", lambda one: one.send_message(account(), "555", "а", key="k", media=many)


def test_what_does_not_fit_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    for situation, act in unfit(tmp_path):
        adapter, port = connect(make_world(), "user")
        with pytest.raises(DraftRefused):
            drive(act(adapter))
        assert not port.started, situation


def test_ten_photos_with_a_link_and_a_poll_fit(tmp_path: Path) -> None:
    world = make_world()
    adapter, _ = connect(world, "user")
    poll = Poll(question="?", answers=("Да", "Нет"))
    draft = Draft(text="Всё", media=(picture(tmp_path),) * 10, poll=poll, link="https://example.org/")
    made = drive(adapter.publish(account(), draft, key="k"))
    assert len(world.post("vk", "1", made.id).attachments) == 12


def test_an_edit_keeps_what_it_does_not_name_and_replaces_what_there_may_be_one_of(tmp_path: Path) -> None:
    world = make_world()
    adapter, _ = connect(world, "user")
    poll = Poll(question="Старый?", answers=("Да", "Нет"))
    draft = Draft(text="Раз", media=(picture(tmp_path),), poll=poll, link="https://example.org/old")
    made = drive(adapter.publish(account(), draft, key="k"))
    change = Draft(text="Два", poll=Poll(question="Новый?", answers=("А", "Б")), link="https://example.org/new")
    drive(adapter.edit_post(account(), made.id, change))
    there = world.post("vk", "1", made.id).attachments
    assert [one.kind for one in there] == ["photo", "poll", "link"]
    assert (there[1].facts["question"], there[2].url) == ("Новый?", "https://example.org/new")
    with pytest.raises(DraftRefused):
        drive(adapter.edit_post(account(), made.id, Draft(text="Три", media=(picture(tmp_path),) * 10)))


def test_several_receivers_get_long_texts_whole_and_each_has_an_outcome() -> None:
    world = make_world()
    peers = [str(600 + n) for n in range(120)]
    for peer in peers[:-1]:
        world.receive("vk", "1", peer, "Здравствуйте")
    adapter, _ = connect(world, "community")
    text = "Добрый день. " * 400
    for _ in range(2):
        outcomes = drive(adapter.send_messages(account(), peers, text, key="all"))
    assert [one.peer for one in outcomes] == peers
    assert [one.peer for one in outcomes if one.error is not None] == peers[-1:]
    dialog = world.page("vk", "1").dialogs["600"]
    assert "".join(one.text for one in dialog if one.outgoing) == text
    assert isinstance(outcomes[-1].error, NetworkError)


def test_what_only_vk_knows_of_a_post_is_passed_and_slips_are_named() -> None:
    world = make_world()
    adapter, port = watched(world, "user")
    more = {"mark_as_ads": True, "copyright": "https://example.org/"}
    made = drive(adapter.publish(account(), Draft(text="а"), key="k", more=more))
    assert world.post("vk", "1", made.id).kind == "ad"
    check_all(port.seen)
    with pytest.raises(DraftRefused) as caught:
        drive(adapter.publish(account(), Draft(text="а"), key="k", more={"guid": "other", "owner_id": -9}))
    assert [one.field for one in caught.value.problems] == ["guid", "owner_id"]


def test_a_post_of_another_page_is_shown_on_ours() -> None:
    world = make_world()
    add_community(world, 9)
    origin = world.publish("vk", "9", "Губернатор", at=NOW - timedelta(hours=1))
    adapter, port = watched(world, "service", "user")
    made = drive(adapter.repost(account(), origin.id, of=account(9), text="Важно"))
    page = drive(adapter.list_posts(account(), since=NOW - timedelta(days=1), until=NOW + timedelta(days=1)))
    (seen,) = page.items
    assert (seen.id, seen.kind, seen.source.network_id, seen.source.post_id) == (made.id, "repost", "9", origin.id)
    check_all(port.seen)


def test_a_manager_is_appointed_and_listed() -> None:
    world = make_world()
    adapter, port = watched(world, "community", "user")
    drive(adapter.appoint_manager(account(), "555", "editor", position="Пресс-служба", phone="8 800"))
    assert {one.network_id: one.role for one in drive(adapter.read_managers(account()))}["555"] == "editor"
    check_all(port.seen)


@pytest.mark.parametrize(
    ("answer", "allows"),
    [
        ({"mask": 4096 | 262144, "permissions": []}, ("messages", "manage")),
        ({"mask": 8192}, ("wall",)),
        ({"permissions": [{"name": "wall", "setting": 8192}, None, {}]}, ("wall",)),
        ({"mask": None, "permissions": "wall"}, ()),
    ],
)
def test_rights_of_a_community_key_are_read_by_name_or_by_bit(answer: Any, allows: tuple[str, ...]) -> None:
    adapter, _ = scripted("community", groups_getTokenPermissions=answer)
    (report,) = drive(adapter.check_keys(account()))
    assert report.allows == allows


def test_a_message_that_vk_finds_too_long_goes_in_parts_and_only_once() -> None:
    sent: dict[str, str] = {}

    def send(fields: dict[str, Any]) -> Any:
        if len(fields["message"]) > 1500:
            return {"error": {"error_code": 914, "error_msg": "Message is too long"}}
        sent.setdefault(fields["random_id"], fields["message"])
        return len(sent)

    adapter, _ = scripted("community", messages_send=send)
    text = "Дорога будет открыта завтра. " * 130
    for _ in range(2):
        drive(adapter.send_message(account(), "555", text, key="m"))
    assert "".join(sent.values()) == text
    refusing, _ = scripted("community", messages_send={"error": {"error_code": 914, "error_msg": "no"}})
    with pytest.raises(RequestRefused):
        drive(refusing.send_message(account(), "555", text, key="m"))


def test_a_key_may_be_any_text() -> None:
    sent: list[Any] = []

    def send(fields: dict[str, Any]) -> int:
        sent.append(fields["random_id"])
        return len(sent)

    adapter, _ = scripted("community", messages_send=send)
    for key in ("\ud800", "\ud801", "\ud800"):
        drive(adapter.send_message(account(), "555", "Завтра", key=key))
    assert (sent[0] == sent[2], sent[0] == sent[1]) == (True, False)


@pytest.mark.parametrize(
    ("comment", "ground", "reason"),
    [
        ("31", "suicide", 8),
        ("31", "violence", 3),
        ("photo:5:31", "violence", 3),
        ("photo:5:31", "suicide", None),
        ("photo:5:31", "weapons", None),
        ("video:5:31", "weapons", 11),
        ("video:5:31", "threat", None),
    ],
)
def test_a_report_takes_the_grounds_of_its_place(comment: str, ground: str, reason: int | None) -> None:
    adapter, port = scripted("user", wall_reportComment=1, photos_reportComment=1, video_reportComment=1)
    if reason is None:
        with pytest.raises(RequestRefused) as caught:
            drive(adapter.report_comment(account(), comment, ground=ground))
        assert port.asked == []
        assert f"«{ground}». Есть: spam" in caught.value.say("ru")
        assert f"{ground}," not in caught.value.say("ru")
    else:
        drive(adapter.report_comment(account(), comment, ground=ground))
        assert [fields["reason"] for _, fields in port.asked] == [str(reason)]


@pytest.mark.parametrize("thing", ["photo:5", "video-1_5", "board:5"])
def test_only_a_post_of_the_wall_is_reported_as_one(thing: str) -> None:
    adapter, port = scripted("user", wall_reportPost=1)
    with pytest.raises(RequestRefused, match="только на записи стены"):
        drive(adapter.report_post(account(), thing, ground="spam"))
    assert port.asked == []
    drive(adapter.report_post(account(), "5", ground="spam"))
    assert [name for name, _ in port.asked] == ["wall.reportPost"]


@pytest.mark.parametrize(
    ("page", "named"),
    [
        ({"id": 7, "group_id": 1, "title": "Правила"}, "page-1_7"),
        ({"id": 7, "group_id": 1, "owner_id": -1}, "page-1_7"),
        ({"id": 7, "title": "Правила"}, None),
        ({"group_id": 1, "title": "Правила"}, None),
    ],
)
def test_a_wiki_page_stays_in_an_edited_post(page: dict[str, Any], named: str | None) -> None:
    post = {"id": 5, "owner_id": -1, "date": 1795165200, "attachments": [{"type": "page", "page": page}]}
    adapter, port = scripted("user", wall_getById={"items": [post]}, wall_edit={"post_id": 5})
    if named is None:
        with pytest.raises(NetworkError, match="Вложение «page» при правке потерялось бы"):
            drive(adapter.edit_post(account(), "5", Draft(text="а")))
        return
    drive(adapter.edit_post(account(), "5", Draft(text="а")))
    told = port.asked[-1][1]
    assert (told["attachments"], "publish_date" in told) == (named, False)


@pytest.mark.parametrize(("given", "advice"), [("photo:5", "photo:5:31"), ("", "«»"), ("-5", "номер комментария")])
def test_what_is_no_comment_is_refused_with_an_example_that_is_one(given: str, advice: str) -> None:
    adapter, port = scripted("user")
    with pytest.raises(RequestRefused) as caught:
        drive(adapter.delete_comment(account(), given))
    assert advice in caught.value.say("ru")
    assert port.asked == []
