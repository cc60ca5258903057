"""The sample district: the same on any day, with the troubles that a count must not stumble over."""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from munsocial.errors import SecretUnavailable
from munsocial.sandbox.sample import sample_moment, sample_registry, sample_registry_text, sample_world, sandbox_secrets
from munsocial.sandbox.texts import data
from munsocial.sandbox.things import Post
from munsocial.sandbox.world import World

MOSCOW = ZoneInfo("Europe/Moscow")
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2031, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - zone beside


@pytest.fixture(scope="module")
def world() -> World:
    return sample_world(NOW)


def _walls(world: World) -> list[Post]:
    return [post for page in world.pages.values() for post in page.posts.values()]


@given(now=MOMENTS)
@settings(max_examples=100)
def test_the_moment_is_the_last_wednesday_morning(now: datetime) -> None:
    moment = sample_moment(now)
    assert (moment.isoweekday(), moment.hour, moment.utcoffset()) == (3, 10, timedelta(hours=3))
    assert timedelta(0) <= now - moment < timedelta(days=7)


def _shape(world: World) -> list[tuple[object, ...]]:
    """All that a page shows, with times told as distances from the present."""
    return [
        (page.id, post.id, world.now() - post.at, post.state, post.kind, len(post.comments), len(post.attachments))
        for page in world.pages.values()
        for post in page.posts.values()
    ]


@pytest.mark.parametrize("now", [datetime(2027, 2, 12, 20, tzinfo=UTC), datetime(2025, 7, 1, 3, tzinfo=UTC)])
def test_another_day_shows_the_same(world: World, now: datetime) -> None:
    assert _shape(sample_world(now)) == _shape(world)


def test_days_of_the_register_move_by_whole_weeks_and_history_stays() -> None:
    was = tomllib.loads((files("munsocial.sandbox") / "data" / "district.toml").read_text("utf-8"))
    later = tomllib.loads(sample_registry_text(NOW + timedelta(weeks=30)))
    opened = {one["id"]: one["opened"] for one in was["accounts"]}
    moved = {one["id"]: one["opened"] - opened[one["id"]] for one in later["accounts"]}
    assert moved["topolevskoye-vk"] == timedelta(weeks=30)
    assert moved["administration-facebook"] == timedelta(0)
    assert set(moved.values()) == {timedelta(0), timedelta(weeks=30)}


@given(now=MOMENTS)
@settings(max_examples=10, deadline=None)
def test_the_register_loads_on_any_day(now: datetime) -> None:
    assert len(sample_registry(now).accounts) >= 15


def test_no_text_is_published_twice_by_different_bodies(world: World) -> None:
    registry = sample_registry(NOW)
    body = {(one.network, one.network_id): one.role for one in registry.upstream}
    body |= {(one.network, one.network_id): one.body for one in registry.accounts}
    told: dict[str, set[str]] = {}
    for (network, id), page in world.pages.items():
        for post in page.posts.values():
            told.setdefault(post.text, set()).add(body.get((network, id), id))
    assert [text for text, bodies in told.items() if len(bodies) > 1] == []
    assert len(told) > 200


def test_a_page_never_repeats_itself(world: World) -> None:
    for page in world.pages.values():
        texts = Counter(post.text for post in page.posts.values())
        assert [text for text, times in texts.items() if times > 1] == []


def test_harmless_comments_are_never_the_same(world: World) -> None:
    bad = {one["text"] for one in data("comments")["comment"] if "marks" in one}
    citizens = (c.text for post in _walls(world) for c in post.comments if not c.as_page)
    said = Counter(text for text in citizens if text not in bad)
    assert [text for text, times in said.items() if times > 1] == []
    assert sum(said.values()) > 300


def test_no_slot_is_left_open(world: World) -> None:
    texts = [post.text for post in _walls(world)] + [c.text for post in _walls(world) for c in post.comments]
    assert [text for text in texts if "{" in text or "}" in text or "улица улица" in text] == []


def test_nothing_seen_lies_in_the_future(world: World) -> None:
    for post in _walls(world):
        assert post.state == "scheduled" or post.at < world.now()
        for comment in post.comments:
            assert post.at < comment.at < world.now()


def test_every_trouble_is_there(world: World) -> None:
    wall = world.page("vk", "230000001").posts.values()
    assert any(post.pinned and world.now() - post.at > timedelta(weeks=12) for post in wall)
    assert any(post.at.astimezone(MOSCOW).strftime("%a %H:%M") == "Sun 23:59" for post in wall)
    assert {post.state for post in wall} >= {"published", "scheduled", "deleted"}
    assert {post.kind for post in wall} >= {"own", "ad"}
    assert any(post.author for post in wall)
    assert world.page("vk", "230000014").closed == "private"
    assert world.find("vk", "lugovskaya_live").id != "230000013"
    sources = [post.source for post in _walls(world) if post.source]
    assert {source.registered for source in sources} == {True, False}


def test_a_ban_rests_on_a_removal_or_on_nothing(world: World) -> None:
    registry = sample_registry(NOW)
    grounds = {removal.author_id for removal in registry.removals}
    banned = set(world.page("vk", "230000001").bans)
    assert banned == {"700000011", "700000012"}
    assert banned & grounds == {"700000011"}
    removed = world.find_comment("vk", "230000001", "901")
    assert (removed.deleted, removed.author) == (True, "700000011")


def test_citizens_ask_above_and_some_are_answered(world: World) -> None:
    asked = world.page("vk", "230000101").posts.values()
    comments = [comment for post in asked for comment in post.comments]
    answers = [comment for comment in comments if comment.as_page]
    questions = [comment for comment in comments if not comment.as_page]
    assert 0 < len(answers) < len(questions)
    assert {comment.reply_to for comment in answers} <= {comment.id for comment in questions}


def test_the_new_page_has_nothing_before_its_opening(world: World) -> None:
    page = world.page("vk", "820000015")
    assert page.opened is not None
    assert page.opened.date() == date(2026, 11, 5)
    assert all(post.at >= page.opened for post in page.posts.values())
    assert ("vk", page.id) in world.users


def test_every_reference_of_the_register_opens_a_key_of_the_world(world: World) -> None:
    registry = sample_registry(NOW)
    secrets = sandbox_secrets(registry)
    for credential in registry.credentials:
        if credential.secret is None:
            continue
        value = secrets.get(credential.secret)
        assert value in world.keys or value in {one.secret for one in world.applications.values()}
    with pytest.raises(SecretUnavailable, match="PRIRECHYE_NOTHING"):
        secrets.get("env:PRIRECHYE_NOTHING")
