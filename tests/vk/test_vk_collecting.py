"""Many accounts in few calls: packed to the optimum, one failure spoils nothing, limits are kept."""

from __future__ import annotations

import gc
from dataclasses import replace
from datetime import timedelta
from typing import Any

import anyio
import pytest

from munsocial.errors import Unreachable
from munsocial.model.snapshot import Why
from munsocial.network.adapter import Equipment
from munsocial.sandbox.faults import Fault, FaultKind, Faults
from munsocial.sandbox.port import AsyncSandboxPort
from munsocial.sandbox.things import Page
from munsocial.transport.port import drive
from munsocial.transport.session import Session
from munsocial.wording import Text
from munsocial_vk.adapter import VkAdapter
from munsocial_vk.sandbox.face import VkFace
from munsocial_vk.viewing import Viewing
from vk_world import NOW, WEEK, account, add_community, busy_wall, connect, gather, keys, make_world

WANT = {"profile", "handle_now", "posts", "comments", "links"}


@pytest.mark.parametrize(
    ("communities", "posts", "calls"), [(1, 7, 2), (20, 0, 1), (20, 3, 4), (20, 7, 7), (100, 7, 33)]
)
def test_packs_to_the_optimum(communities: int, posts: int, calls: int) -> None:
    world = make_world()
    for number in range(1, communities + 1):
        if number > 1:
            add_community(world, number)
        busy_wall(world, number, posts)
    adapter, port = connect(world, "service")
    views = gather(adapter, [account(n) for n in range(1, communities + 1)], WANT)
    assert len(views) == communities
    assert all(len(view.comments.value) == posts and view.comments.complete for view in views.values())
    assert len(port.started) == calls


def test_never_more_than_three_starts_in_a_second() -> None:
    world = make_world()
    for number in range(2, 60):
        add_community(world, number)
        busy_wall(world, number)
    adapter, port = connect(world, "service")
    gather(adapter, [account(n) for n in range(2, 60)], WANT)
    starts = [at for at, _ in port.started]
    assert len(starts) > 10
    assert all(later - first >= 1.0 for first, later in zip(starts, starts[3:], strict=False))


def test_one_closed_community_spoils_no_other() -> None:
    world = make_world()
    add_community(world, 2).closed = "private"
    busy_wall(world, 1)
    busy_wall(world, 2)
    adapter, _ = connect(world, "service")
    views = gather(adapter, [account(1), account(2)], WANT)
    assert len(views["adm1"].posts.value) == 7
    assert views["adm2"].posts.value is None
    assert views["adm2"].posts.missing.why is Why.CLOSED
    assert views["adm2"].profile.value.closed is True


def test_an_unknown_community_is_not_found_and_the_rest_is_read() -> None:
    world = make_world()
    adapter, _ = connect(world, "service")
    views = gather(adapter, [account(1), account(77)], {"profile"})
    assert views["adm1"].profile.value.name == "Администрация 1"
    assert views["adm77"].profile.missing.why is Why.NOT_FOUND


def test_handle_taken_over_by_another_page() -> None:
    world = make_world()
    add_community(world, 2)
    world.rename("vk", "1", "new_name")
    world.rename("vk", "2", "adm1")
    adapter, _ = connect(world, "service")
    views = gather(adapter, [account(1)], {"profile", "handle_now"})
    assert views["adm1"].handle_now.value == "2"
    assert views["adm1"].profile.value.handle == "new_name"


def test_what_only_another_key_shows_names_its_reason() -> None:
    world = make_world()
    adapter, _ = connect(world, "service")
    view = gather(adapter, [account(1)], {"managers", "bans"})["adm1"]
    assert view.managers.missing.why is Why.NO_RIGHT
    assert "ключ сообщества" in view.bans.missing.ru
    adapter, _ = connect(world, "service", "community")
    view = gather(adapter, [account(1)], {"managers", "bans"})["adm1"]
    assert [one.role for one in view.managers.value] == ["administrator"]
    assert view.bans.value == ()


def test_long_threads_and_many_pages_are_read_to_the_end() -> None:
    world = make_world()
    post = world.publish("vk", "1", "Вопросы", at=NOW - timedelta(days=1))
    first = world.comment("vk", "1", post.id, "Первый", author="555", at=NOW - timedelta(hours=20))
    for n in range(135):
        world.comment(
            "vk",
            "1",
            post.id,
            f"Ответ {n}",
            author="555",
            reply_to=first.id,
            at=NOW - timedelta(hours=19) + timedelta(seconds=n),
        )
    for n in range(130):
        world.comment("vk", "1", post.id, f"Ещё {n}", author="555", at=NOW - timedelta(hours=10) + timedelta(seconds=n))
    world.delete_comment("vk", "1", first.id)
    adapter, _ = connect(world, "service")
    comments = gather(adapter, [account(1)], {"comments"})["adm1"].comments
    assert len(comments.value) == 266
    assert comments.complete
    deleted = [one for one in comments.value if one.deleted]
    assert [(one.id, one.text, one.author_id) for one in deleted] == [(first.id, "", None)]
    assert sum(one.thread == first.id for one in comments.value) == 135


def test_a_pack_too_big_is_halved() -> None:
    world = make_world()
    for number in range(2, 12):
        add_community(world, number)
        for n in range(15):
            world.publish("vk", str(number), "щ" * 30000, at=NOW - timedelta(days=1, minutes=n))
    adapter, _ = connect(world, "service")
    views = gather(adapter, [account(n) for n in range(2, 12)], {"posts"})
    assert all(len(view.posts.value) == 15 for view in views.values())


def test_pinned_post_of_any_age_does_not_end_the_listing() -> None:
    world = make_world()
    old = world.publish("vk", "1", "Закреплено", at=NOW - timedelta(days=300))
    world.pin("vk", "1", old.id)
    for n in range(40):
        world.publish("vk", "1", f"Новость {n}", at=NOW - timedelta(hours=n + 1))
    adapter, _ = connect(world, "service")
    posts = gather(adapter, [account(1)], {"posts"})["adm1"].posts.value
    assert len(posts) == 41
    assert posts[0].pinned


@pytest.mark.parametrize("kind", [FaultKind.QUOTA, FaultKind.KEY, FaultKind.CAPTCHA, FaultKind.HTML])
def test_a_network_in_trouble_gives_views_with_reasons(kind: Any) -> None:
    world = make_world()
    busy_wall(world, 1)
    adapter, _ = connect(world, "service", faults=Faults(Fault(kind, times=None)))
    view = gather(adapter, [account(1)], WANT)["adm1"]
    assert view.posts.value is None
    assert view.posts.missing.why in {Why.QUOTA, Why.KEY_INVALID, Why.HUMAN_CHECK, Why.UNREADABLE}


@pytest.mark.parametrize("latency", [0.05, 0.3])
def test_in_an_event_loop_the_allowed_rate_is_used_and_the_views_are_the_same(latency: float) -> None:
    accounts = [account(number) for number in range(1, 101)]

    def filled() -> Any:
        world = make_world()
        for number in range(1, 101):
            if number > 1:
                add_community(world, number)
            busy_wall(world, number)
        return world

    async def run() -> Any:
        world = filled()
        port = AsyncSandboxPort({"vk": VkFace(world)}, latency=latency)
        adapter = VkAdapter(Equipment(Session(port, network="vk"), keys("service"), clock=lambda: NOW))
        views = {view.account: view async for view in adapter.collect_many(accounts, WEEK, frozenset(WANT))}
        return views, [at for at, _ in port.started]

    views, starts = anyio.run(run)
    assert (len(starts) - 1) / (starts[-1] - starts[0]) >= 0.95 * 3
    assert all(later - first >= 1.0 for first, later in zip(starts, starts[3:], strict=False))
    blocking, port = connect(filled(), "service")
    blocking.equipment = replace(blocking.equipment, clock=lambda: NOW)
    assert gather(blocking, accounts, WANT) == views
    assert len(port.started) == len(starts)


def test_memory_holds_only_what_is_under_way() -> None:
    world = make_world()
    for number in range(2, 400):
        add_community(world, number)
    adapter, _ = connect(world, "service", settings={"parallel": 1})
    accounts = [account(number) for number in range(1, 400)]

    async def run() -> Any:
        seen = []
        async for view in adapter.collect_many(accounts, WEEK, frozenset({"posts"})):
            seen.append(view.account)
            if len(seen) == 1:
                early = sum(isinstance(one, Viewing) and one.begun for one in gc.get_objects())
        return seen, early

    seen, early = drive(run())
    assert sorted(seen) == sorted(one.id for one in accounts)
    assert early <= 100


class Slow:
    """A port over which packs of more than so many calls never come back."""

    def __init__(self, port: Any, most: int) -> None:
        self.port = port
        self.most = most
        self.sent = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.port, name)

    async def send(self, request: Any, *, timeout: float) -> Any:
        self.sent += 1
        if request.form["code"].count("API.") > self.most if "execute" in request.url else self.most < 1:
            await self.port.sleep(timeout)
            raise Unreachable(Text("нет ответа", "no answer"))
        return await self.port.send(request, timeout=timeout)


@pytest.mark.parametrize(("most", "seen"), [(7, 24), (0, 0)])
def test_packs_that_take_too_long_are_halved_but_not_for_ever(most: int, seen: int) -> None:
    world = make_world()
    for number in range(2, 25):
        add_community(world, number)
    for number in range(1, 25):
        world.publish("vk", str(number), "Новость", at=NOW - timedelta(days=1))
    adapter, port = connect(world, "service")
    adapter.session.port = slow = Slow(port, most)
    views = gather(adapter, [account(number) for number in range(1, 25)], {"posts"})
    assert sum(view.posts.value is not None for view in views.values()) == seen
    assert len(views) == 24
    assert slow.sent < 40


def test_what_a_person_follows_is_read_to_the_end() -> None:
    world = make_world()
    world.add_page(Page("vk", "800", "headman", kind="profile", name="Глава поселения"))
    person = world.add_user("vk", "Глава", id="800", handle="headman")
    for number in range(2, 260):
        add_community(world, number)
        world.subscribe("vk", person.id, str(number))
    adapter, _ = connect(world, "service")
    head = account(800, handle="headman", kind="profile")
    links = gather(adapter, [head], {"links"})["adm800"].links
    assert len(links.value) == 258
    assert drive(adapter.read_links(head)) == links.value


def test_a_network_id_that_is_no_number_spoils_no_other_account() -> None:
    world = make_world()
    busy_wall(world, 1, 2)
    adapter, port = connect(world, "service")
    wrong = account(2).model_copy(update={"network_id": "id-school"})
    views = gather(adapter, [wrong, account(1)], WANT)
    assert len(views[account(1).id].posts.value) == 2
    for part in ("profile", "posts", "comments"):
        missing = getattr(views[wrong.id], part).missing
        assert "network_id «id-school» — не число" in missing.ru
        assert "Впишите в реестр число" in missing.ru
    assert len(port.started) == 2
