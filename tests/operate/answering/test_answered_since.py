"""What was answered since the snapshot, or where no reading under the question shows it, the journal knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from acting_world import District
from munsocial.model.snapshot import Snapshot
from munsocial.operate.answering.answers import Place
from munsocial.operate.answering.inbox import Question
from munsocial.sandbox.things import Comment
from munsocial.social import Social

VK = "administration-vk"
OWN = "borovoye-vk"
"""Whose street the question names: an own post stands there."""
ANSWER = "Здравствуйте! Завтра к 12 часам."


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


@pytest.fixture(autouse=True)
def comment(district: District) -> Comment:
    """The comment that asks."""
    return district.says("Когда починят дорогу на Сосновой?", district.post(VK), VK)


def seen(social: Social) -> Snapshot:
    return social.collect(weeks=1, want=("posts", "comments"))


def asked(social: Social, snapshot: Snapshot) -> Question:
    (question,) = social.inbox(snapshot)
    return question


def answered(social: Social, snapshot: Snapshot, place: Place) -> str:
    """Answer; return the id of the post or of the comment that stands there now."""
    plan = social.plan_answer(asked(social, snapshot), ANSWER, made_by="kedrov", place=place)
    (outcome,) = social.apply(plan, by="kedrov").outcomes
    assert outcome.state == "confirmed"
    return str(outcome.result["post" if place == "own" else "comment"])


@pytest.mark.parametrize("place", ["here", "own"])
def test_a_question_answered_since_the_snapshot_waits_no_more(district: District, place: Place) -> None:
    with district.connect() as social:
        before = seen(social)
        assert not asked(social, before).answered
        answered(social, before, place)
        question = asked(social, before)
        assert question.answered
        assert before.taken_at < (question.answered_at or before.taken_at) <= social.now()


def test_an_own_post_answers_in_every_later_snapshot_until_it_is_deleted(district: District) -> None:
    with district.connect() as social:
        post = answered(social, seen(social), "own")
        district.later(hours=1)
        after = seen(social)
        assert asked(social, after).answered
        deleted = social.plan_change("delete_post", OWN, post, made_by="kedrov")
        assert social.apply(deleted, by="kedrov").done
        assert not asked(social, after).answered


def test_a_comment_that_asks_something_else_by_now_waits(district: District, comment: Comment) -> None:
    """What was answered is what stood there: no reading shows an answer to what stands there since."""
    with district.connect() as social:
        answered(social, seen(social), "own")
        comment.text = "Когда вернут автобус в Боровое?"
        assert not asked(social, seen(social)).answered


def test_an_answer_that_a_later_snapshot_shows_no_longer_is_gone(district: District) -> None:
    with district.connect() as social:
        before = seen(social)
        reply = answered(social, before, "here")
        district.later(hours=1)
        network, page = district.page(VK)
        district.world.delete_comment(network, page, reply)
        assert not asked(social, seen(social)).answered


def test_an_answer_that_waits_is_none(district: District) -> None:
    with district.connect() as social:
        before = seen(social)
        social.plan_answer(asked(social, before), ANSWER, made_by="kedrov", place="here")
        assert not asked(social, before).answered


def test_the_audit_judges_by_what_was_read(district: District) -> None:
    with district.connect() as social:
        before = seen(social)
        answered(social, before, "own")
        assert [one.answered_at for one in social.with_inquiries(before).inquiries] == [None]
