"""A rude question that was answered is owed no answer, however it was answered, and nothing is said of it twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from acting_world import District
from munsocial.model.snapshot import Snapshot
from munsocial.operate.applying.tasks import TaskState
from munsocial.sandbox.things import Comment, Post
from munsocial.social import Social

VK = "administration-vk"
ASKS = "Бл*дь, когда воду дадите на Сосновой?"
INSULT = "Когда вы, твари продажные, почините дорогу?"
ANSWER = "Здравствуйте! Завтра к 12 часам."


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


def seen(social: Social) -> Snapshot:
    return social.collect(weeks=1, want=("posts", "comments"))


def moderate(social: Social, signed_by: str = "") -> list[tuple[str, str]]:
    plan = social.plan_moderation(seen(social), made_by="elkina")
    plan = plan.signed(signed_by, social.now()) if signed_by else plan
    return [(one.step.action, one.state) for one in social.apply(plan, by="elkina").outcomes]


def answered_here(district: District, social: Social, post: Post, comment: Comment) -> None:
    (question,) = social.inbox(seen(social))
    assert social.apply(social.plan_answer(question, ANSWER, made_by="kedrov", place="here"), by="kedrov").done


def answered_by_an_own_post(district: District, social: Social, post: Post, comment: Comment) -> None:
    (question,) = social.inbox(seen(social))
    assert social.apply(social.plan_answer(question, ANSWER, made_by="kedrov", place="own"), by="kedrov").done


def answered_on_the_site(district: District, social: Social, post: Post, comment: Comment) -> None:
    network, page = district.page(VK)
    now = district.world.now()
    district.world.comment(network, page, post.id, ANSWER, at=now, author=page, as_page=True, reply_to=comment.id)


def another_was_answered(district: District, social: Social, post: Post, comment: Comment) -> None:
    other = district.says("А лампу когда?", post)
    network, page = district.page(VK)
    now = district.world.now()
    district.world.comment(network, page, post.id, ANSWER, at=now, author=page, as_page=True, reply_to=other.id)


@pytest.mark.parametrize(
    ("answered", "owed"),
    [
        (answered_here, False),
        (answered_by_an_own_post, False),
        (answered_on_the_site, False),
        (another_was_answered, True),
    ],
)
@pytest.mark.parametrize("by_person", [False, True])
def test_no_answer_is_owed_to_a_question_that_was_answered(
    district: District, answered: Callable[[District, Social, Post, Comment], None], owed: bool, by_person: bool
) -> None:
    post = district.post()
    comment = district.says(ASKS, post)
    with district.connect() as social:
        answered(district, social, post, comment)
        if by_person:
            plan = social.plan_comment_removal(seen(social), VK, comment.id, "obscenity", why="мат", made_by="kedrov")
        else:
            plan = social.plan_moderation(seen(social), made_by="elkina")
        assert [one.action for one in plan.steps] == [*["refer"] * owed, "delete_comment"]
        assert [one.ru for one in plan.problems if "есть вопрос" in one.ru] == []
        social.apply(plan, by="elkina")
        assert comment.deleted
        assert len(social.owed_answers(seen(social))) == owed


@pytest.mark.parametrize("answered", [answered_here, answered_by_an_own_post])
def test_an_answer_that_was_given_meanwhile_closes_the_task(
    district: District, answered: Callable[[District, Social, Post, Comment], None]
) -> None:
    """The insult waits for a signature; meanwhile somebody answers."""
    post = district.post()
    comment = district.says(INSULT, post)
    with district.connect() as social:
        assert moderate(social) == [("refer", "manual"), ("delete_comment", "skipped")]
        answered(district, social, post, comment)
        assert moderate(social, "kedrov") == [("delete_comment", "confirmed")]
        assert (len(social.tasks()), social.owed_answers(seen(social))) == (1, ())
        assert [one.task.state for one in social.check_tasks(write=False)] == [TaskState.CLOSED]
        assert [one.task.state for one in social.check_tasks()] == [TaskState.CLOSED]
        assert (social.tasks(), social.journal.verify().whole) == ((), True)


def test_a_task_whose_question_nobody_answered_stays_open(district: District) -> None:
    district.says(ASKS, district.post())
    with district.connect() as social:
        assert moderate(social) == [("refer", "manual"), ("delete_comment", "confirmed")]
        assert [one.task.state for one in social.check_tasks()] == [TaskState.OPEN]
