"""A citizen whose number is that of a community of ours: VK numbers persons and communities apart. He is not us."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from acting_world import District, fault
from munsocial import load_snapshot
from munsocial.model.content import Comment as Seen
from munsocial.operate.answering.inbox import inbox_of
from munsocial.operate.applying.digests import text_digest
from munsocial.sandbox.things import Comment
from munsocial.testing.factories import comment, snapshot, view

VK, OK = "administration-vk", "administration-ok"
NAMESAKE = "240000001"
"""The number of a citizen, and of the page on which he writes."""
ASKS = "Когда включат отопление в доме семь?"


@pytest.fixture
def district(tmp_path: Path) -> District:
    made = District(tmp_path)
    made.world.add_user("vk", "Пётр", "Соседов", id=NAMESAKE)
    return made


def written(district: District) -> tuple[Comment, Comment]:
    """Let the namesake ask one thing himself, and answer another citizen."""
    post = district.post()
    own = district.says("Когда починят дорогу на Лесной улице?", post, author=NAMESAKE)
    asked = district.says(ASKS, post)
    after = district.world.now() - timedelta(hours=1)
    district.says("Да никогда, они там спят.", post, author=NAMESAKE, reply_to=asked.id, at=after)
    return own, asked


@pytest.mark.parametrize("stored", [False, True], ids=["as collected", "from a file"])
def test_his_question_waits_and_his_reply_answers_nobody(district: District, stored: bool) -> None:
    own, asked = written(district)
    file = district.folder / "snapshot.json"
    with district.connect() as social:
        if stored:
            social.collect_to(file, weeks=1)
            seen = load_snapshot(file)
        else:
            seen = social.collect(weeks=1)
        waiting = {one.comment.id: one.answered for one in social.inbox(seen) if one.account == VK}
        inquiries = {one.item: one.answered_at for one in social.with_inquiries(seen).inquiries if one.account == VK}
    assert waiting == {own.id: False, asked.id: False}
    assert inquiries[asked.id] is None


AUTHORS = [
    ("a page of ours", VK, {"author_id": NAMESAKE, "author_kind": "group"}, True),
    ("the same, as VK writes communities", VK, {"author_id": f"-{NAMESAKE}"}, True),
    ("marked when it was collected", VK, {"author_id": "1", "by_account": "borovoye-vk"}, True),
    ("a citizen with that number", VK, {"author_id": NAMESAKE, "author_kind": "user"}, False),
    ("that number in another network", OK, {"author_id": NAMESAKE, "author_kind": "group"}, False),
]


@pytest.mark.parametrize(("situation", "account", "author", "ours"), AUTHORS)
def test_whose_reply_answers(
    district: District, situation: str, account: str, author: dict[str, str], ours: bool
) -> None:
    said: list[Seen] = [
        comment(ASKS, id="1", author_id="a"),
        comment("В среду.", at="2026-11-18 15:00", id="2", reply_to="1", **author),
    ]
    network = district.registry.account_by_id[account].network
    seen = snapshot(view(account, network=network, comments=said), municipality="lesnoy")
    assert [one.answered for one in inbox_of(seen, district.registry)] == [ours], situation


def test_his_comment_is_not_our_lost_answer(district: District) -> None:
    post = district.post()
    asked = district.says("А мусор когда вывезут?", post)
    params = {"text": "Завтра.", "post": post.id, "to": asked.id, "under": VK}
    plan = district.plan(district.step("reply", params=params, expect=text_digest(asked.text)))
    district.faults.add(fault("lost_before", "wall.createComment", times=None))
    assert district.states(district.apply(plan)) == ["uncertain"]
    district.faults.clear()
    district.later(minutes=5)
    district.says("Завтра.", post, author=NAMESAKE, reply_to=asked.id, at=district.world.now())
    assert district.apply(plan).done
    answers = [one for one in post.comments if one.reply_to == asked.id]
    assert [one.as_page for one in answers] == [False, True]
