"""What a world promises: order, atomic writes, keys that count once, things that cannot happen."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from munsocial.errors import NaiveTime
from munsocial.sandbox.things import Ban, Key, Page, Refusal
from munsocial.sandbox.world import World

NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def world() -> World:
    world = World(NOW)
    world.add_page(Page("vk", "1", handle="Adm"))
    world.add_page(Page("ok", "2"))
    return world


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(NaiveTime, match="часового пояса"):
        World(datetime(2026, 11, 25))  # noqa: DTZ001 - that is the point


@given(hours=st.lists(st.integers(-500, 500), max_size=20))
@settings(max_examples=50)
def test_a_wall_is_newest_first_and_shows_only_what_has_appeared(hours: list[int]) -> None:
    world = World(NOW)
    world.add_page(Page("vk", "1"))
    for hour in hours:
        world.publish("vk", "1", str(hour), at=NOW + hour * HOUR)
    shown = [post.at for post in world.wall("vk", "1")]
    assert shown == sorted((NOW + hour * HOUR for hour in hours if hour <= 0), reverse=True)
    world.clock.sleep(501 * 3600)
    assert len(world.wall("vk", "1")) == len(hours)


def test_a_scheduled_post_appears_at_its_moment_under_a_new_id(world: World) -> None:
    waiting = world.publish("vk", "1", "Завтра", at=NOW + HOUR).id
    assert world.wall("vk", "1") == []
    world.clock.sleep(3600)
    (post,) = world.wall("vk", "1")
    assert (post.text, post.state) == ("Завтра", "published")
    assert post.id != waiting
    assert world.page("vk", "1").republished == {waiting: post.id}


@pytest.mark.parametrize("network", ["vk", "ok"])
def test_the_same_worlds_give_the_same_ids(network: str) -> None:
    def ids() -> list[str]:
        world = World(NOW)
        page = world.add_page(Page(network, ""))
        post = world.publish(network, page.id, "один")
        return [page.id, post.id, world.comment(network, page.id, post.id, "два", author="5").id]

    assert ids() == ids()
    assert len(set(ids())) == 3


def test_a_key_counts_once_for_posts_comments_and_messages(world: World) -> None:
    first = world.publish("vk", "1", "раз", key="k")
    assert world.publish("vk", "1", "раз", key="k") is first
    answer = world.comment("vk", "1", first.id, "да", author="5", key="k")
    assert world.comment("vk", "1", first.id, "да", author="5", key="k") is answer
    world.receive("vk", "1", "5", "Здравствуйте")
    sent = world.send_message("vk", "1", "5", "Добрый день", key="k")
    assert world.send_message("vk", "1", "5", "Добрый день", key="k") is sent
    assert [event.what for event in world.events] == ["post", "comment", "message", "message"]


def test_without_a_key_every_write_counts(world: World) -> None:
    assert world.publish("vk", "1", "раз") is not world.publish("vk", "1", "раз")


def test_threads_share_a_world_and_a_key_still_counts_once(world: World) -> None:
    made: list[str] = []

    def write() -> None:
        for number in range(50):
            made.append(world.publish("ok", "2", str(number), key=str(number)).id)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 50
    assert len(world.wall("ok", "2")) == 50


def test_a_deleted_comment_keeps_its_answers_and_can_be_restored(world: World) -> None:
    post = world.publish("vk", "1", "пост").id
    asked = world.comment("vk", "1", post, "вопрос", author="5")
    answer = world.comment("vk", "1", post, "ответ", author="1", as_page=True, reply_to=asked.id)
    world.delete_comment("vk", "1", asked.id, by="9")
    assert (asked.deleted, asked.deleted_by, answer.thread) == (True, "9", asked.id)
    world.restore_comment("vk", "1", asked.id)
    assert not asked.deleted
    with pytest.raises(Refusal, match="not_deleted"):
        world.restore_comment("vk", "1", asked.id)


def _close(world: World) -> str:
    return world.publish("vk", "1", "закрыт", comments_open=False).id


def _scheduled(world: World) -> str:
    return world.publish("vk", "1", "позже", at=NOW + HOUR).id


@pytest.mark.parametrize("make", [_close, _scheduled])
def test_nobody_comments_where_comments_are_closed_or_nothing_stands_yet(world: World, make: object) -> None:
    post = make(world)  # type: ignore[operator] # a function above
    with pytest.raises(Refusal) as refused:
        world.comment("vk", "1", post, "привет", author="5")
    assert refused.value.why == "comments_closed"


def test_the_banned_cannot_comment_until_unbanned(world: World) -> None:
    post = world.publish("vk", "1", "пост").id
    world.ban("vk", "1", Ban("5", NOW, reason="spam"))
    with pytest.raises(Refusal):
        world.comment("vk", "1", post, "ещё", author="5")
    world.unban("vk", "1", "5")
    assert world.comment("vk", "1", post, "ещё", author="5").text == "ещё"
    with pytest.raises(Refusal, match="not_banned"):
        world.unban("vk", "1", "5")


def test_a_manager_cannot_be_banned(world: World) -> None:
    world.appoint("vk", "1", "5", "editor")
    with pytest.raises(Refusal, match="is_manager"):
        world.ban("vk", "1", Ban("5", NOW))


def test_a_page_cannot_write_first(world: World) -> None:
    with pytest.raises(Refusal, match="cannot_message"):
        world.send_message("vk", "1", "5", "Здравствуйте!")


def test_a_freed_handle_may_be_taken_by_a_stranger(world: World) -> None:
    world.rename("vk", "1", "adm_new")
    with pytest.raises(Refusal, match="no_page"):
        world.find("vk", "adm")
    world.add_page(Page("vk", "666", handle="adm"))
    assert world.find("vk", "ADM").id == "666"
    assert [span.handle for span in world.page("vk", "1").former_handles] == ["Adm"]


def test_a_key_expires_with_the_clock_and_by_revocation(world: World) -> None:
    world.add_key(Key("token", "vk", "user", expires=NOW + HOUR))
    assert world.key("token").kind == "user"
    world.clock.sleep(3600)
    with pytest.raises(Refusal, match="no_key"):
        world.key("token")
    world.add_key(Key("other", "vk", "service", revoked=True))
    with pytest.raises(Refusal):
        world.key("other")


def test_no_value_of_a_key_shows_in_its_repr(world: World) -> None:
    key = world.add_key(Key("s3cret-value", "ok", "user", session_secret="s3cret-session", refresh="s3cret-next"))
    assert "s3cret" not in repr(key)


def test_ok_names_a_post_without_its_page(world: World) -> None:
    post = world.publish("ok", "2", "тема")
    assert world.post_anywhere("ok", post.id) is post
    with pytest.raises(Refusal, match=r"no_p"):
        world.post_anywhere("ok", "1")
