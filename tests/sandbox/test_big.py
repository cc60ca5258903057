"""Big worlds: as much as was asked, always the same, and no more in memory than is being read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from munsocial.sandbox.big import big_registry, big_world

NOW = datetime(2026, 11, 25, 7, tzinfo=UTC)


@pytest.mark.parametrize("network", ["vk", "ok"])
def test_it_has_what_was_asked_for(network: str) -> None:
    registry = big_registry(3, network=network)
    world = big_world(registry, NOW, weeks=2, posts=4, comments=2)
    for account in registry.accounts:
        wall = world.wall(network, account.network_id)
        assert len(wall) == 8
        assert all(len(post.comments) == 2 for post in wall)
        assert all((NOW - post.at).days < 14 for post in wall)


def test_a_page_forgotten_and_read_again_is_the_same() -> None:
    registry = big_registry(200)
    world = big_world(registry, NOW)
    first = registry.accounts[0].network_id
    seen = [(post.id, post.at, post.text, [c.text for c in post.comments]) for post in world.wall("vk", first)]
    for account in registry.accounts:
        world.page("vk", account.network_id)
    assert sum(bool(page.posts) for page in world.pages.values()) <= 64
    assert [(post.id, post.at, post.text, [c.text for c in post.comments]) for post in world.wall("vk", first)] == seen


def test_in_ok_an_id_leads_to_its_page() -> None:
    registry = big_registry(5, network="ok")
    world = big_world(registry, NOW)
    page = registry.accounts[3].network_id
    post = world.wall("ok", page)[0]
    assert world.post_anywhere("ok", post.id).page == page
