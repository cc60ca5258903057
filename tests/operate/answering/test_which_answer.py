"""Equal answers to several questions: each is read back under its own question, by itself and by a person's hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from acting_world import District, fault
from munsocial.operate.applying.tasks import TaskState
from munsocial.operate.plans.plan import Step
from munsocial.sandbox.things import Comment, Post

VK, OK = "administration-vk", "administration-ok"
THANKS = "Спасибо за вопрос, передали специалистам, ответим завтра."


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


def answer(district: District, number: int, to: Comment, post: Post, account: str = VK) -> Step:
    return district.step(
        "reply", account, number, params={"text": THANKS, "post": post.id, "to": to.id, "under": account}
    )


def asked(district: District, account: str = VK) -> tuple[Post, Comment, Comment]:
    post = district.post(account)
    return post, district.says("Когда вывезут мусор?", post, account), district.says("А лампу?", post, account)


def by_hand(district: District, to: Comment | None, post: Post, account: str = VK) -> Comment:
    network, page = district.page(account)
    known: dict[str, Any] = {"author": page, "as_page": True, "reply_to": to.id if to else None}
    return district.world.comment(network, page, post.id, THANKS, at=district.world.now(), **known)


def answered(district: District, account: str = VK) -> list[str]:
    wall = district.world.wall(*district.page(account))
    return sorted(one.reply_to or "" for post in wall for one in post.comments if one.text == THANKS)


def test_an_answer_under_another_question_is_not_taken_for_a_lost_one(district: District) -> None:
    post, first, second = asked(district)
    plan = district.plan(answer(district, 1, first, post))
    district.faults.add(fault("lost_before", "wall.createComment", times=None))
    assert district.states(district.apply(plan)) == ["uncertain"]
    district.faults.clear()
    by_hand(district, second, post)
    district.later(minutes=5)
    assert district.apply(plan).done
    assert answered(district) == [first.id, second.id]


@pytest.mark.parametrize("tells", [True, False], ids=["says what it answers", "says nothing"])
def test_one_answer_by_hand_closes_one_task(district: District, tells: bool) -> None:
    post, first, second = asked(district, OK)
    steps = (answer(district, 1, first, post, OK), answer(district, 2, second, post, OK))
    assert district.states(district.apply(district.plan(*steps))) == ["manual", "manual"]
    district.later(minutes=5)
    by_hand(district, second if tells else None, post, OK)
    with district.connect() as social:
        states = [(one.task.step.id, one.task.state) for one in social.check_tasks()]
        closed = "s2" if tells else "s1"
        assert [name for name, state in states if state is TaskState.CLOSED] == [closed]
        assert len(social.check_tasks()) == 1
        assert len(social.tasks()) == 1
        by_hand(district, first if tells else None, post, OK)
        assert [one.task.state for one in social.check_tasks()] == [TaskState.CLOSED]
        assert social.journal.verify().whole
