"""The adapter against its own face: read, write, repeat, refuse."""

from __future__ import annotations

from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pytest
from munsocial_ploshchad.adapter import Ploshchad
from munsocial_ploshchad.sandbox import PloshchadFace

from munsocial.errors import CapabilityMissing, DraftRefused, KeyInvalid, NotFound, PermissionDenied
from munsocial.model.accounts import NetworkAccount
from munsocial.network import Draft, Key, KeyRing
from munsocial.network.adapter import Equipment
from munsocial.sandbox.faults import Fault, FaultKind, Faults
from munsocial.sandbox.port import SandboxPort
from munsocial.sandbox.things import Key as Issued
from munsocial.sandbox.things import Page
from munsocial.sandbox.world import World
from munsocial.transport.port import drive
from munsocial.transport.session import Session

T = TypeVar("T")
NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
SINCE, UNTIL = NOW - timedelta(days=28), NOW + timedelta(days=1)
ACCOUNT = NetworkAccount(id="sadovoe", network="ploshchad", handle="sadovoe")


class Store:
    def get(self, reference: str) -> str:
        return "page-key-value"


class Town:
    """A world with one page of the network, and the adapter."""

    def __init__(self, *faults: Fault, keys: bool = True) -> None:
        self.world = World(NOW)
        self.page = self.world.add_page(Page("ploshchad", "p1", "sadovoe", name="Садовое", description="Наша страница"))
        self.citizen = self.world.add_user("ploshchad", "Иван", "Образцов")
        self.world.add_key(Issued("page-key-value", "ploshchad", "page_key", page="p1"))
        self.port = SandboxPort({"ploshchad": PloshchadFace(self.world)}, Faults(*faults))
        ring = KeyRing((Key("sadovoe", "page_key", "env:KEY", {}, Store()),) if keys else ())
        self.adapter = Ploshchad(Equipment(Session(self.port, network="ploshchad"), ring))


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    return drive(coroutine)


def test_a_page_its_posts_and_comments_are_read() -> None:
    town = Town()
    made = [town.world.publish("ploshchad", "p1", f"{n}", at=NOW - timedelta(hours=n + 1)) for n in range(60)]
    town.world.comment("ploshchad", "p1", made[0].id, "Когда?", author=town.citizen.id)
    profile = run(town.adapter.read_profile(ACCOUNT))
    assert (profile.name, profile.description, profile.handle) == ("Садовое", "Наша страница", "sadovoe")
    first = run(town.adapter.list_posts(ACCOUNT, since=SINCE, until=UNTIL))
    rest = run(town.adapter.list_posts(ACCOUNT, since=SINCE, until=UNTIL, cursor=first.cursor))
    assert rest.cursor is None
    assert {post.id for post in (*first.items, *rest.items)} == {post.id for post in made}
    (comment,) = run(town.adapter.list_comments(ACCOUNT, made[0].id)).items
    assert (comment.text, comment.author_name, comment.by_owner) == ("Когда?", "Иван Образцов", False)


@pytest.mark.parametrize("fault", [FaultKind.LOST_AFTER, FaultKind.CUT, FaultKind.RATE, FaultKind.SERVER])
def test_a_write_is_repeated_under_its_key_and_done_once(fault: FaultKind) -> None:
    town = Town(Fault(fault, method="posts"))
    text = "Завтра сход 🙂 \t«да» & <b>"
    made = run(town.adapter.publish(ACCOUNT, Draft(text=text), key="k-1"))
    (post,) = town.world.wall("ploshchad", "p1")
    assert (post.id, post.text) == (made.id, text)


def test_moderation_is_done_and_repeating_it_is_no_error() -> None:
    town = Town()
    post = town.world.publish("ploshchad", "p1", "Вода", at=NOW - timedelta(hours=1))
    said = town.world.comment("ploshchad", "p1", post.id, "Реклама", author=town.citizen.id)
    answer = run(town.adapter.reply(ACCOUNT, "Удалим", post=post.id, to=said.id, key="k"))
    for _ in range(2):
        run(town.adapter.delete_comment(ACCOUNT, said.id))
        run(town.adapter.ban(ACCOUNT, town.citizen.id, ground="spam", until=NOW + timedelta(days=7)))
    comments = {one.id: one for one in run(town.adapter.list_comments(ACCOUNT, post.id)).items}
    assert (comments[said.id].deleted, comments[said.id].text) == (True, "")
    assert (comments[answer].by_owner, comments[answer].reply_to) == (True, said.id)
    (ban,) = run(town.adapter.read_bans(ACCOUNT)).items
    assert (ban.user_id, ban.until, ban.reason) == (town.citizen.id, NOW + timedelta(days=7), "spam")
    for _ in range(2):
        run(town.adapter.unban(ACCOUNT, town.citizen.id))
        run(town.adapter.delete_post(ACCOUNT, post.id))
    assert town.world.wall("ploshchad", "p1") == []


def test_what_does_not_fit_is_refused_before_anything_is_sent() -> None:
    town = Town()
    with pytest.raises(DraftRefused):
        run(town.adapter.publish(ACCOUNT, Draft(text="я" * 4001), key="k"))
    assert town.port.calls.total() == 0


def test_refusals_become_errors_of_munsocial() -> None:
    with pytest.raises(CapabilityMissing, match="page_key"):
        run(Town(keys=False).adapter.read_profile(ACCOUNT))
    with pytest.raises(NotFound):
        run(Town().adapter.read_profile(ACCOUNT.model_copy(update={"handle": "nobody"})))
    with pytest.raises(PermissionDenied):
        run(Town().adapter.publish(ACCOUNT.model_copy(update={"network_id": "p2"}), Draft(text="да"), key="k"))
    town = Town()
    town.world.keys["page-key-value"].revoked = True
    with pytest.raises(KeyInvalid) as caught:
        run(town.adapter.read_profile(ACCOUNT))
    assert "page-key-value" not in caught.value.say()
