"""What the adapter does to a page, seen afterwards in the world: nothing twice, nothing lost, no wrong name."""

from __future__ import annotations

import struct
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from munsocial.errors import (
    CannotMessage,
    CapabilityMissing,
    DraftRefused,
    HumanCheckNeeded,
    NetworkError,
    NotFound,
    RequestRefused,
)
from munsocial.model.content import PostState
from munsocial.network.abilities import Ability
from munsocial.network.drafts import Draft, Media, Poll
from munsocial.sandbox.faults import Fault, FaultKind, Faults
from munsocial.sandbox.things import Media as Attached
from munsocial.transport.port import drive
from vk_world import NOW, account, add_community, connect, make_world, scripted


def picture(folder: Path, width: int = 800, height: int = 600) -> Path:
    path = folder / "photo.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + b"rest of it")
    return path


def document(folder: Path) -> Path:
    path = folder / "decree.pdf"
    path.write_bytes(b"%PDF-1.7")
    return path


def test_community_key_publishes_text_in_the_name_of_the_page() -> None:
    world = make_world()
    adapter, _ = connect(world, "community", "user")
    made = drive(adapter.publish(account(), Draft(text="Субботник 🧹 <b> & «завтра»"), key="k1"))
    post = world.post("vk", "1", made.id)
    assert (post.text, post.author, made.url) == ("Субботник 🧹 <b> & «завтра»", None, "https://vk.com/wall-1_1")


def test_the_same_key_never_publishes_twice() -> None:
    world = make_world()
    faults = Faults(Fault(FaultKind.LOST_AFTER, method="wall.post"))
    adapter, _ = connect(world, "user", faults=faults)
    first = drive(adapter.publish(account(), Draft(text="Раз"), key="k1"))
    again = drive(adapter.publish(account(), Draft(text="Раз"), key="k1"))
    assert first.id == again.id
    assert len(world.wall("vk", "1")) == 1


def test_everything_is_attached_in_order(tmp_path: Path) -> None:
    world = make_world()
    adapter, _ = connect(world, "user")
    media = (
        Media(path=picture(tmp_path)),
        Media(path=document(tmp_path), kind="document"),
        Media(path=document(tmp_path), kind="video"),
    )
    draft = Draft(text="Всё", media=media, poll=Poll(question="?", answers=("Да", "Нет")), link="https://example.org/")
    made = drive(adapter.publish(account(), draft, key="k"))
    kinds = [one.kind for one in world.post("vk", "1", made.id).attachments]
    assert kinds == ["photo", "doc", "video", "poll", "link"]
    assert all(upload.size for upload in world.uploads.values())


def test_photo_with_community_key_only_names_the_missing_key(tmp_path: Path) -> None:
    world = make_world()
    adapter, _ = connect(world, "community")
    with pytest.raises(CapabilityMissing) as caught:
        drive(adapter.publish(account(), Draft(text="Фото", media=(Media(path=picture(tmp_path)),)), key="k"))
    assert "ключ пользователя с правом «photos»" in caught.value.say()


@pytest.mark.parametrize(
    ("situation", "draft"),
    [
        ("empty", Draft()),
        ("too long", Draft(text="я" * 20000)),
        ("no such file", Draft(text="а", media=(Media(path=Path("/nowhere/x.png")),))),
        ("eleven files", Draft(text="а", media=tuple(Media(path=Path(f"/nowhere/{n}.png")) for n in range(11)))),
        ("poll with a long answer", Draft(text="а", poll=Poll(question="?", answers=("я" * 101,)))),
        ("link that is none", Draft(text="а", link="javascript:1")),
    ],
)
def test_unfit_drafts_are_refused_before_anything_is_sent(situation: str, draft: Draft) -> None:
    adapter, port = connect(make_world(), "user")
    with pytest.raises(DraftRefused) as caught:
        drive(adapter.publish(account(), draft, key="k"))
    assert caught.value.problems, situation
    assert not port.started


def test_a_picture_too_long_or_not_a_picture_is_refused(tmp_path: Path) -> None:
    adapter, port = connect(make_world(), "user")
    for path in (picture(tmp_path, 3000, 100), document(tmp_path)):
        with pytest.raises(DraftRefused):
            drive(adapter.publish(account(), Draft(text="а", media=(Media(path=path),)), key="k"))
    assert not port.started


def test_scheduled_post_is_edited_without_going_out_and_keeps_its_attachments(tmp_path: Path) -> None:
    world = make_world()
    adapter, _ = connect(world, "user")
    at = NOW + timedelta(days=1)
    draft = Draft(text="Завтра", media=(Media(path=picture(tmp_path)),), publish_at=at)
    made = drive(adapter.publish(account(), draft, key="k"))
    assert made.scheduled
    waiting = drive(adapter.list_waiting(account())).items
    assert [one.state for one in waiting] == [PostState.SCHEDULED]
    drive(adapter.edit_post(account(), made.id, Draft(text="Послезавтра")))
    post = world.post("vk", "1", made.id)
    assert (post.text, post.state, post.at, [one.kind for one in post.attachments]) == (
        "Послезавтра",
        "scheduled",
        at,
        ["photo"],
    )


COMMAS = "https://example.org/a,b?x=1,2"
WHOLE = "https://example.org/a%2Cb?x=1%2C2"


def test_a_link_with_commas_is_one_attachment() -> None:
    world = make_world()
    adapter, _ = connect(world, "user")
    made = drive(adapter.publish(account(), Draft(text="Смотрите", link=COMMAS), key="k"))
    assert [one.url for one in world.post("vk", "1", made.id).attachments] == [WHOLE]


@pytest.mark.parametrize(
    ("draft", "left"),
    [
        (Draft(text="Читайте"), [WHOLE]),
        (Draft(text="Читайте", link="https://example.org/1,2"), ["https://example.org/1%2C2"]),
    ],
)
def test_an_edit_keeps_a_link_with_commas_whole(draft: Draft, left: list[str]) -> None:
    world = make_world()
    post = world.publish("vk", "1", "Смотрите")
    post.attachments.append(Attached("link", "1", "0", url=COMMAS))
    adapter, _ = connect(world, "user")
    drive(adapter.edit_post(account(), post.id, draft))
    assert [one.url for one in post.attachments] == left


def test_delete_restore_pin_and_close() -> None:
    world = make_world()
    post = world.publish("vk", "1", "Новость")
    adapter, _ = connect(world, "user")
    for _ in range(2):
        drive(adapter.delete_post(account(), post.id))
    assert post.state == "deleted"
    drive(adapter.restore_post(account(), post.id))
    drive(adapter.pin_post(account(), f"wall-1_{post.id}"))
    drive(adapter.close_comments(account(), post.id))
    assert (post.state, post.pinned, post.comments_open) == ("published", True, False)
    drive(adapter.pin_post(account(), post.id, pinned=False))
    drive(adapter.close_comments(account(), post.id, closed=False))
    assert (post.pinned, post.comments_open) == (False, True)


def test_reply_under_an_upstream_post_is_in_the_name_of_the_community() -> None:
    world = make_world()
    add_community(world, 9)
    post = world.publish("vk", "9", "Губернатор", at=NOW - timedelta(hours=2))
    asked = world.comment("vk", "9", post.id, "Где снег?", author="555")
    adapter, _ = connect(world, "community")
    for _ in range(2):
        number = drive(
            adapter.reply(account(), "[id555|Пётр], уберём", post=post.id, to=asked.id, under=account(9), key="r1")
        )
    answers = [one for one in post.comments if one.as_page]
    assert [(one.id, one.author, one.thread) for one in answers] == [(number, "1", asked.id)]


def test_deleting_falls_back_to_the_user_key_once_and_remembers() -> None:
    world = make_world()
    post = world.publish("vk", "1", "Новость")
    comments = [world.comment("vk", "1", post.id, f"Спам {n}", author="555") for n in range(3)]
    adapter, port = connect(world, "community", "user")
    for one in comments:
        drive(adapter.delete_comment(account(), one.id))
    assert all(one.deleted for one in comments)
    assert len(port.started) == 4  # one refusal of the community key, three deletions
    drive(adapter.delete_comment(account(), comments[0].id))  # gone already: no error
    drive(adapter.restore_comment(account(), comments[0].id))
    drive(adapter.restore_comment(account(), comments[0].id))
    assert not comments[0].deleted


def test_ban_with_ground_term_and_note() -> None:
    world = make_world()
    adapter, _ = connect(world, "user")
    until = NOW + timedelta(days=30)
    drive(adapter.ban(account(), "555", ground="obscenity", until=until, note="п. 9.4", show_note=True))
    ban = drive(adapter.read_bans(account())).items[0]
    assert (ban.user_id, ban.reason, ban.until, ban.note, ban.by) == ("555", "obscenity", until, "п. 9.4", "500")
    drive(adapter.ban(account(), "555", ground="spam", until=None))
    assert drive(adapter.read_bans(account())).items[0].forever
    for _ in range(2):
        drive(adapter.unban(account(), "555"))
    assert not world.page("vk", "1").bans
    for days, said in ((400, "не больше года вперёд"), (0, "уже прошёл"), (-1, "уже прошёл")):
        with pytest.raises(RequestRefused, match=said):
            drive(adapter.ban(account(), "555", ground="spam", until=NOW + timedelta(days=days)))


def test_messages_go_once_and_only_to_those_who_wrote() -> None:
    world = make_world()
    world.receive("vk", "1", "555", "Здравствуйте")
    adapter, _ = connect(world, "community")
    for _ in range(2):
        drive(adapter.send_message(account(), "555", "Добрый день. " * 500, key="m1"))
    sent = [one.text for one in world.page("vk", "1").dialogs["555"] if one.outgoing]
    assert "".join(sent) == "Добрый день. " * 500
    assert all(len(one) <= 4000 for one in sent)
    with pytest.raises(CannotMessage):
        drive(adapter.send_message(account(), "777", "Здравствуйте", key="m2"))
    with pytest.raises(RequestRefused):
        drive(adapter.send_message(account(), "9" * 5000, "Здравствуйте", key="m2"))
    found, refused = drive(adapter.send_messages(account(), ["555", "777"], "Всем", key="m3"))
    assert found.message is not None
    assert isinstance(refused.error, CannotMessage)
    page = drive(adapter.list_messages(account(), since=NOW - timedelta(days=1)))
    listed = drive(adapter.list_messages(account(), since=NOW - timedelta(days=1), cursor=page.cursor))
    assert len(listed.items) == len(sent) + 2


def test_the_page_itself_is_changed(tmp_path: Path) -> None:
    world = make_world()
    page = world.page("vk", "1")
    page.avatar = False
    adapter, _ = connect(world, "user")
    drive(adapter.edit_profile(account(), {"description": "Новое", "phone": "+78610001122"}))
    drive(adapter.add_link(account(), "https://vk.com/governor", title="Губернатор"))
    drive(adapter.set_avatar(account(), Media(path=picture(tmp_path))))
    drive(adapter.set_cover(account(), Media(path=picture(tmp_path))))
    drive(adapter.set_filters(account(), obscene=True, words=["спам"]))
    assert (page.description, page.fields["phone"], page.avatar, page.cover) == ("Новое", "+78610001122", True, True)
    assert [(one.handle, one.name) for one in drive(adapter.read_links(account()))] == [("governor", "Губернатор")]
    assert page.settings["obscene_words"] == "спам"
    drive(adapter.remove_manager(account(), "500"))
    assert "500" not in page.managers
    for word in ("postal_address", "activity"):  # VK takes an activity by its number in a list of its own
        with pytest.raises(RequestRefused) as caught:
            drive(adapter.edit_profile(account(), {word: "х"}))
        assert word in caught.value.say("ru")


def test_a_story_is_uploaded_and_saved(tmp_path: Path) -> None:
    world = make_world()
    adapter, _ = connect(world, "community")
    story = drive(adapter.publish_story(account(), Media(path=picture(tmp_path))))
    assert story.startswith("-1_")
    assert [upload.saved for upload in world.uploads.values()] == [True]
    with pytest.raises(RequestRefused):
        drive(adapter.set_widget(account(), "hologram", "return {};"))


def test_the_estimate_is_what_a_collecting_takes() -> None:
    adapter, _ = connect(make_world(), "service")
    want = frozenset({"profile", "posts", "comments", "managers"})
    assert adapter.estimate_calls(20, 7, want) == 7
    assert adapter.estimate_calls(500, 7, want) == 161


def test_keys_are_reported_with_what_they_lack() -> None:
    world = make_world()
    world.keys["community-5ecret"].rights = frozenset({"messages", "manage"})
    world.keys["user-5ecret"].settings["vkid"] = "1"
    adapter, _ = connect(world, "service", "community", "user")
    reports = {one.kind: one for one in drive(adapter.check_keys(account()))}
    assert reports["community_key"].allows == ("messages", "manage")
    assert "wall" in dict(reports["community_key"].missing)[Ability.PUBLISH].ru
    assert reports["user_key"].valid
    assert reports["user_key"].note is not None
    assert "VK ID" in reports["user_key"].note.ru
    assert {Ability.LIST_POSTS, Ability.LIST_COMMENTS, Ability.BAN} <= dict(reports["user_key"].missing).keys()
    assert not {Ability.READ_PROFILE, Ability.READ_LINKS} & dict(reports["user_key"].missing).keys()
    assert "ban" in dict(reports["service_key"].missing)
    world.keys["community-5ecret"].revoked = True
    assert [one.valid for one in drive(adapter.check_keys(account())) if one.kind == "community_key"] == [False]


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (("community",), []),
        (("community", "user"), ["user_key"]),
        (("community", "user", "service"), ["service_key"]),
    ],
)
def test_a_key_of_another_account_is_reported_for_what_it_serves_there(
    kinds: tuple[str, ...], expected: list[str]
) -> None:
    adapter, _ = connect(make_world(), *kinds)
    reports = drive(adapter.check_keys(account(2)))
    assert [(one.account, one.kind, one.valid) for one in reports] == [("adm2", kind, True) for kind in expected]
    for report in reports:
        assert not {Ability.LIST_POSTS, Ability.LIST_COMMENTS, Ability.READ_LINKS} & dict(report.missing).keys()
        assert {Ability.PUBLISH, Ability.BAN, Ability.READ_STATS} <= dict(report.missing).keys()
    own = {one.kind: one for one in drive(adapter.check_keys(account()))}
    assert Ability.PUBLISH not in dict(own[kinds[-1 if len(kinds) < 3 else 1] + "_key"].missing)


def test_captcha_names_a_link_and_can_be_resumed() -> None:
    world = make_world()
    adapter, port = connect(world, "user", faults=Faults(Fault(FaultKind.CAPTCHA, method="wall.post")))
    with pytest.raises(HumanCheckNeeded) as caught:
        drive(adapter.publish(account(), Draft(text="Раз"), key="k"))
    assert caught.value.link.startswith("https://id.vk.ru/not_robot_captcha")
    assert all(caught.value.link in caught.value.say(lang) for lang in ("ru", "en"))
    assert caught.value.resume == ("success_token",)
    assert len(port.started) == 1  # never repeated blindly
    adapter.passed_check(caught.value.account, caught.value.method, {"success_token": "t"})
    assert drive(adapter.publish(account(), Draft(text="Раз"), key="k")).id == "1"


def test_raw_reaches_any_method_and_no_error_holds_the_key() -> None:
    adapter, _ = connect(make_world(), "user")
    assert drive(adapter.raw("utils.getServerTime", {}, account="adm1")) == int(NOW.timestamp())
    with pytest.raises(NetworkError) as caught:
        drive(adapter.raw("wall.get", {"owner_id": 0}, account="adm1"))
    assert "5ecret" not in caught.value.say() + repr(caught.value.__dict__)
    adapter, port = scripted("user", board_addTopic=1)
    drive(adapter.raw("board.addTopic", {"ids": [1, 2], "own": True, "table": {"title": "Сход"}}, account="adm1"))
    told = port.asked[0][1]
    assert (told["ids"], told["own"], told["table"]) == ("1,2", "1", '{"title": "Сход"}')


def test_an_account_known_by_its_handle_alone_is_looked_up_once() -> None:
    world = make_world()
    add_community(world, 9)
    post = world.publish("vk", "9", "Губернатор", at=NOW - timedelta(hours=2))
    world.comment("vk", "9", post.id, "Где снег?", author="555")
    adapter, port = connect(world, "service", "community")
    upstream = account(9, network_id="")
    assert len(drive(adapter.list_comments(upstream, post.id)).items) == 1
    number = drive(adapter.reply(account(1, network_id=""), "Уберём", post=post.id, under=upstream, key="r"))
    assert [one.author for one in post.comments if one.id == number] == ["1"]
    assert [call.method for _, call in port.started].count("utils.resolveScreenName") == 2
    with pytest.raises(NotFound):
        drive(adapter.read_bans(account(1, network_id="", handle="nobody_at_all")))


@pytest.mark.parametrize("cursor", ["x", "-1", "9" * 30, "1+2", "", "5.²", f"5.{'9' * 5000}"])
def test_foreign_cursors_are_refused(cursor: str) -> None:
    adapter, port = connect(make_world(), "user")
    with pytest.raises(RequestRefused):
        drive(adapter.list_posts(account(), since=NOW, until=NOW, cursor=cursor))
    assert not port.started


@settings(max_examples=150, deadline=None)
@given(st.text(min_size=1, max_size=200).filter(lambda text: text.strip() and "|" not in text))
def test_any_text_comes_back_as_it_was_or_is_refused(text: str) -> None:
    world = make_world()
    post = world.publish("vk", "1", "Новость", at=NOW - timedelta(hours=1))
    adapter, _ = connect(world, "community", "user")
    number = drive(adapter.reply(account(), text, post=post.id, key="k"))
    found = {one.id: one.text for one in drive(adapter.list_comments(account(), post.id)).items}
    assert found[number] == text


def test_half_a_character_is_refused_before_anything_is_sent() -> None:
    adapter, port = connect(make_world(), "user")
    with pytest.raises(RequestRefused):
        drive(adapter.reply(account(), "привет \ud83d", post="1", key="k"))
    assert not port.started
