"""A register may name accounts by their handles alone: our answer above is known by the id that is read."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from acting_world import NOW, REGISTER, District, fault
from munsocial.model.accounts import NetworkAccount
from munsocial.model.checking.building import build_registry
from munsocial.model.content import Link, Profile
from munsocial.network.abilities import Ability, Capabilities, Declared, How
from munsocial.operate.answering.inbox import Question
from munsocial.operate.applying.digests import text_digest
from munsocial.operate.applying.looks import Scene, Seen, is_subscribed
from munsocial.sandbox.things import Comment, Post
from munsocial.social import Social
from munsocial.transport.port import drive

OURS, ABOVE = ("vk", "240000001"), ("vk", "240000100")
ASKS, ANSWER = "Когда починят дорогу в посёлке Лесной?", "Здравствуйте! Починим в среду."
WITHOUT_IDS = "\n".join(line for line in REGISTER.splitlines() if not line.startswith("network_id"))


@pytest.fixture
def district(tmp_path: Path) -> District:
    """The district whose register has lost its ids, in the world that was made with them."""
    made = District(tmp_path)
    made.registry = build_registry(tomllib.loads(WITHOUT_IDS), where="district.toml")
    made.stage = replace(made.stage, registry=made.registry, registry_text=WITHOUT_IDS)
    return made


def asked_above(district: District) -> tuple[Post, Comment]:
    post = district.world.publish(*ABOVE, "Губернатор в районе.", at=district.world.now())
    district.later(hours=2)
    asked = district.world.comment(*ABOVE, post.id, ASKS, author="555", at=district.world.now())
    district.later(hours=1)
    return post, asked


def answered_by(district: District, post: Post, asked: Comment, author: str, *, as_page: bool, text: str) -> None:
    now = district.world.now()
    district.world.comment(*ABOVE, post.id, text, author=author, as_page=as_page, reply_to=asked.id, at=now)


def question_of(social: Social, asked: Comment) -> Question:
    (question,) = (one for one in social.inbox(social.collect(weeks=1)) if one.comment.id == asked.id)
    return question


@pytest.mark.parametrize(
    ("author", "as_page", "answered", "end"),
    [
        ("240000001", True, True, "skipped"),
        ("240000001", False, False, "confirmed"),  # a citizen who bears the number of our page
        ("240000555", True, False, "confirmed"),  # another page
    ],
)
def test_an_answer_under_the_page_above(
    district: District, author: str, as_page: bool, answered: bool, end: str
) -> None:
    district.world.add_user("vk", "Пётр", "Соседов", id="240000001")
    post, asked = asked_above(district)
    with district.connect() as social:
        plan = social.plan_answer(question_of(social, asked), ANSWER, account="administration-vk", place="here")
        answered_by(district, post, asked, author, as_page=as_page, text="Сделаем в среду.")
        district.later(hours=1)
        assert question_of(social, asked).answered is answered
    assert district.states(district.apply(plan)) == [end]


@pytest.mark.parametrize("kept", [True, False], ids=["the deed was done", "the deed was not done"])
def test_an_answer_that_was_lost_on_its_way_is_written_once(district: District, kept: bool) -> None:
    post, asked = asked_above(district)
    params = {"text": ANSWER, "post": post.id, "to": asked.id, "under": "krai-vk"}
    plan = district.plan(district.step("reply", params=params, expect=text_digest(asked.text)))
    district.faults.add(fault("lost_after" if kept else "lost_before", "wall.createComment", times=None))
    assert district.states(district.apply(plan)) == ["confirmed" if kept else "uncertain"]
    district.faults.clear()
    district.later(minutes=5)
    assert district.apply(plan).done
    assert [one.author for one in post.comments if one.text == ANSWER] == ["240000001"]


class Following:
    """A network in which a profile follows page 900; it may show profiles."""

    def __init__(self, *abilities: Ability) -> None:
        self.capabilities = Capabilities(abilities={one: Declared(How.NATIVE) for one in abilities})

    async def read_profile(self, account: NetworkAccount) -> Profile:
        return Profile(network_id={"gov": "900"}.get(account.handle, "901"))

    async def read_links(self, account: NetworkAccount) -> tuple[Link, ...]:
        return (Link(kind="subscription", network_id="900"),)


@pytest.mark.parametrize(
    ("handle", "network_id", "abilities", "expected"),
    [
        ("gov", "", (Ability.READ_PROFILE,), Seen.THERE),
        ("krai", "", (Ability.READ_PROFILE,), Seen.NOT_THERE),
        ("gov", "900", (), Seen.THERE),
        ("gov", "", (), Seen.UNCLEAR),
    ],
)
def test_a_subscription_is_known_by_the_id_of_the_page_above(
    district: District, handle: str, network_id: str, abilities: tuple[Ability, ...], expected: Seen
) -> None:
    account = district.registry.accounts[0]
    above = district.registry.upstream[0].model_copy(update={"handle": handle, "network_id": network_id})
    adapter: Any = Following(*abilities)
    scene = Scene(adapter, account, district.step("subscribe"), "k", NOW, NOW, under=above)
    seen, _ = drive(is_subscribed(scene))
    assert seen is expected
