"""Calls of the adapter and answers of the face, checked against VK's published schema of version 5.199."""

from __future__ import annotations

import struct
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from munsocial.network.drafts import Draft, Media, Poll
from munsocial.network.keys import KeyRing
from munsocial.sandbox.things import Page
from munsocial.transport.port import drive
from munsocial_vk.errors import policy_of
from munsocial_vk.methods import known_methods
from munsocial_vk.sandbox.events import event_body
from vk_schema import check_all, schema, validator_of_answer, watched
from vk_world import NOW, WEEK, account, add_community, busy_wall, gather, make_world


def test_reading_speaks_the_published_wire_format() -> None:
    world = make_world()
    add_community(world, 2).closed = "private"
    busy_wall(world, 1)
    post = world.wall("vk", "1")[0]
    world.comment("vk", "1", post.id, "Ответ", author="1", as_page=True, reply_to=post.comments[0].id)
    world.delete_comment("vk", "1", post.comments[0].id)
    world.add_link("vk", "1", "https://vk.com/governor", "Губернатор")
    world.receive("vk", "1", "555", "Здравствуйте")
    adapter, port = watched(world, "service", "community", "user")
    gather(
        adapter,
        [account(1), account(2)],
        {"profile", "posts", "comments", "links", "managers", "bans", "stats", "messages"},
    )
    drive(adapter.ban(account(), "555", ground="spam", until=NOW + timedelta(days=3), note="п. 9.4"))
    drive(adapter.read_bans(account()))
    drive(adapter.resolve_handle("adm2"))
    drive(adapter.read_stats(account(), WEEK))
    drive(adapter.check_keys(account()))
    assert len(check_all(port.seen)) >= 13


def test_a_persons_page_is_read_and_used_in_the_published_wire_format() -> None:
    world = make_world()
    world.add_page(Page("vk", "500", "ivanova", kind="profile", name="Мария Иванова", description="Глава"))
    world.users["vk", "500"].handle = "ivanova"
    world.publish("vk", "500", "Новость", at=NOW - timedelta(hours=1))
    world.subscribe("vk", "500", "1")
    adapter, port = watched(world, "service", "user")
    adapter.choice.ring = KeyRing(tuple(replace(key, account="adm500") for key in adapter.choice.ring.keys))
    for person in (
        account(500, handle="ivanova", kind="profile"),
        account(500, handle="ivanova", kind="profile", network_id=""),
    ):
        view = gather(adapter, [person], {"profile", "handle_now", "posts", "comments", "links"})["adm500"]
        assert (view.profile.value.name, len(view.posts.value), len(view.links.value)) == ("Мария Иванова", 1, 1)
        assert drive(adapter.read_profile(person)) == view.profile.value
    assert drive(adapter.read_links(person)) == view.links.value
    drive(adapter.ban(person, "555", ground="spam", until=None))
    assert [one.user_id for one in drive(adapter.read_bans(person)).items] == ["555"]
    drive(adapter.unban(person, "555"))
    drive(adapter.subscribe(person, account()))
    made = drive(adapter.publish(person, Draft(text="Своё"), key="k"))
    drive(adapter.pin_post(person, made.id))
    assert len(check_all(port.seen)) >= 9


def test_acting_speaks_the_published_wire_format(tmp_path: Path) -> None:
    world = make_world()
    path = tmp_path / "a.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 800, 600) + b"x")
    world.receive("vk", "1", "555", "Здравствуйте")
    adapter, port = watched(world, "community", "user")
    media = (Media(path=path), Media(path=path, kind="video"), Media(path=path, kind="document"))
    draft = Draft(
        text="Новость", media=media, poll=Poll(question="?", answers=("Да", "Нет")), link="https://example.org/"
    )
    made = drive(adapter.publish(account(), draft, key="k"))
    drive(adapter.edit_post(account(), made.id, Draft(text="Правка", comments_closed=False)))
    drive(adapter.pin_post(account(), made.id))
    drive(adapter.pin_post(account(), made.id, pinned=False))
    comment = drive(adapter.reply(account(), "Ответ", post=made.id, key="r"))
    drive(adapter.edit_comment(account(), comment, "Ответ точнее"))
    drive(adapter.report_comment(account(), comment, ground="spam"))
    for _ in range(2):
        drive(adapter.delete_comment(account(), comment))
    drive(adapter.restore_comment(account(), comment))
    drive(adapter.close_comments(account(), made.id))
    drive(adapter.close_comments(account(), made.id, closed=False))
    drive(adapter.send_message(account(), "555", "Добрый день", key="m"))
    drive(adapter.send_messages(account(), ["555", "556"], "Всем", key="m2"))
    drive(adapter.edit_profile(account(), {"description": "Новое", "site": "https://example.org"}))
    drive(adapter.add_link(account(), "https://vk.com/governor", title="Г"))
    drive(adapter.set_avatar(account(), media[0]))
    drive(adapter.set_cover(account(), media[0]))
    drive(adapter.set_filters(account(), obscene=True, toxic=True, words=["спам"]))
    assert drive(adapter.read_filters(account())).obscene_words == ["спам"]
    drive(adapter.ban(account(), "555", ground="insult", until=NOW + timedelta(days=1)))
    drive(adapter.unban(account(), "555"))
    drive(adapter.delete_post(account(), made.id))
    drive(adapter.restore_post(account(), made.id))
    assert len(check_all(port.seen)) >= 31


def test_the_table_of_methods_agrees_with_the_schema() -> None:
    words = {"service": "service_key", "group": "community_key", "user": "user_key"}
    seen_in_life = {
        "wall.post": {"community_key"},
        "wall.deleteComment": {"community_key"},
        "wall.editComment": {"community_key"},
        "wall.restoreComment": {"community_key"},
    }
    for name, method in known_methods().items():
        expected = {words[one] for one in schema()["methods"][name]["token"]} | seen_in_life.get(name, set())
        assert set(method.kinds) == expected, name


def test_every_published_policy_has_a_kind_of_ours() -> None:
    # The notes class code 28 with wrong kinds of keys, and 18 and 37 with blocked pages; the rest follows the table.
    words = {
        "auth": {"key", "refresh", "key_kind"},
        "token_type": {"key_kind"},
        "permission": {"permission", "blocked"},
        "human_check": {"human", "confirm"},
        "needs_2fa": {"two_factor"},
        "cannot_message": {"message"},
    }
    for code, policy in schema()["error_policy"].items():
        kind = policy_of(int(code)).kind
        assert kind != "unknown", code
        assert kind in words.get(policy["kind"], {kind}), (code, policy, kind)


def test_events_of_the_face_have_the_published_shape(tmp_path: Path) -> None:
    world = make_world()
    post = world.publish("vk", "1", "Новость")
    comment = world.comment("vk", "1", post.id, "Спасибо", author="555")
    world.edit_comment("vk", "1", comment.id, "Спасибо!")
    world.delete_comment("vk", "1", comment.id, by="500")
    world.receive("vk", "1", "555", "Здравствуйте")
    path = tmp_path / "a.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 800, 600) + b"x")
    adapter, port = watched(world, "community", "user")
    drive(adapter.ban(account(), "555", ground="spam", until=None))
    drive(adapter.publish_story(account(), Media(path=path)))
    drive(adapter.start_long_poll(account(), "wall_reply_new"))
    drive(adapter._server(account()))
    assert check_all(port.seen) >= {"stories.save", "groups.getLongPollServer"}
    bodies = [body for one in world.events if (body := event_body(world, one)) is not None]
    assert len({body["type"] for body in bodies}) >= 5
    for body in bodies:
        problems = list(validator_of_answer(schema()["callback_events"][body["type"]]).iter_errors(body["object"]))
        assert not problems, (body["type"], [f"{one.json_path} {one.message[:200]}" for one in problems])
