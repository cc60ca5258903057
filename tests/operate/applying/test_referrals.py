"""A task about a comment is over once a person has decided of the comment: removed it, or left it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from acting_world import District
from munsocial.journal.booked import Booked
from munsocial.journal.stepbook import StepBook
from munsocial.model.snapshot import Snapshot
from munsocial.operate.applying.tasks import drop_task
from munsocial.sandbox.things import Comment
from munsocial.social import Social

VK, OK = "administration-vk", "administration-ok"
ASKS = "Бл*дь, когда воду дадите на Сосновой?"
THREAT = "Я тебя найду и убью, тварь"
WORSE = "Я приду к тебе ночью и зарежу, тварь"
MIXED = "Мразь ты, Петров В.В., живёшь на Лесной 5 кв 7, тел 8-912-345-67-89"


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


def seen(social: Social) -> Snapshot:
    return social.collect(weeks=1, want=("posts", "comments"))


def moderate(social: Social) -> list[tuple[str, str]]:
    applied = social.apply(social.plan_moderation(seen(social), made_by="elkina"), by="elkina")
    return [(one.step.action, one.state) for one in applied.outcomes]


def remove(social: Social, account: str, comment: Comment) -> None:
    plan = social.plan_comment_removal(seen(social), account, comment.id, "threat", why="да", made_by="kedrov")
    social.apply(plan, by="kedrov")


def removed(district: District, social: Social, account: str, comment: Comment) -> None:
    remove(social, account, comment)


def removed_by_hand(district: District, social: Social, account: str, comment: Comment) -> None:
    """Odnoklassniki have no method: the removal is a task itself, closed by reading."""
    remove(social, account, comment)
    comment.deleted = True
    social.check_tasks()


def left(district: District, social: Social, account: str, comment: Comment) -> None:
    social.leave_comment(account, comment.id, by="kedrov", why="не угроза", text=comment.text)


def left_whatever_it_says(district: District, social: Social, account: str, comment: Comment) -> None:
    social.leave_comment(account, comment.id, by="kedrov", why="не угроза", text=None)


def only_looked(district: District, social: Social, account: str, comment: Comment) -> None:
    social.leave_comment(account, comment.id, by="kedrov", why="не угроза", text=comment.text, write=False)


def rewritten_and_left(district: District, social: Social, account: str, comment: Comment) -> None:
    comment.text = WORSE
    left(district, social, account, comment)


def rewritten_and_removed(district: District, social: Social, account: str, comment: Comment) -> None:
    comment.text = WORSE
    remove(social, account, comment)


def another_left(district: District, social: Social, account: str, comment: Comment) -> None:
    other = district.says("Спасибо!", district.post(account), account)
    left(district, social, account, other)


@pytest.mark.parametrize(
    ("text", "account", "decided", "over"),
    [
        (THREAT, VK, removed, True),
        (MIXED, VK, removed, True),
        (THREAT, OK, removed_by_hand, True),
        (THREAT, VK, left, True),
        (MIXED, VK, left, True),
        (THREAT, VK, left_whatever_it_says, True),
        (THREAT, VK, only_looked, False),
        (THREAT, VK, rewritten_and_left, False),
        (THREAT, VK, rewritten_and_removed, False),
        (THREAT, VK, another_left, False),
    ],
)
def test_the_decision_closes_what_was_handed_over(
    district: District,
    text: str,
    account: str,
    decided: Callable[[District, Social, str, Comment], None],
    over: bool,
) -> None:
    comment = district.says(text, district.post(account), account)
    with district.connect() as social:
        assert moderate(social) == [("refer", "manual")]
        (task,) = social.tasks()
        decided(district, social, account, comment)
        assert [one.id for one in social.tasks() if one.step.action == "refer"] == [task.id] * (not over)
        (found,) = [one for one in social.moderation_report() if one.account == account]
        assert (found.open.get("manual", 0), found.done.get(("refer", task.step.ground), 0)) == (not over, over)
        if over:
            assert found.people["kedrov"] >= 1
        assert social.journal.verify().whole


def test_the_task_says_that_the_decision_closes_it(district: District) -> None:
    district.says(MIXED, district.post())
    with district.connect() as social:
        moderate(social)
        (task,) = social.tasks()
        assert "это закроет и задание" in task.how.ru
        assert "closes this task" in task.how.en


def test_no_answer_is_owed_as_of_a_removed_comment_when_it_was_left(district: District) -> None:
    """It stands and the inbox shows it: whether it was left before the plan was applied, or after."""
    comment = district.says(ASKS, district.post())
    with district.connect() as social:
        plan = social.plan_moderation(seen(social), made_by="elkina")
        district.later(hours=1)
        left(district, social, VK, comment)
        assert [(one.step.action, one.state) for one in social.apply(plan, by="elkina").outcomes] == [
            ("refer", "skipped"),
            ("delete_comment", "skipped"),
        ]
        assert (social.tasks(), len(social.inbox(seen(social)))) == ((), 1)


def test_leaving_a_comment_takes_back_the_task_to_answer_a_removed_one(district: District) -> None:
    comment = district.says("Когда вы, твари продажные, почините дорогу?", district.post())
    with district.connect() as social:
        assert moderate(social) == [("refer", "manual"), ("delete_comment", "skipped")]
        left(district, social, VK, comment)
        assert (social.tasks(), len(social.inbox(seen(social)))) == ((), 1)


def test_the_removal_of_a_comment_leaves_the_task_to_answer(district: District) -> None:
    comment = district.says(ASKS, district.post())
    with district.connect() as social:
        assert moderate(social) == [("refer", "manual"), ("delete_comment", "confirmed")]
        assert comment.deleted
        assert [one.step.ground for one in social.tasks()] == ["question"]


def test_what_a_colleague_dropped_a_moment_before_stays_dropped(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment = district.says(THREAT, district.post(VK), VK)
    with district.connect() as social:
        moderate(social)
        (task,) = social.tasks()
        real = StepBook.waiting

        def waiting(book: StepBook, states: Iterable[str]) -> tuple[Booked, ...]:
            monkeypatch.setattr(StepBook, "waiting", real)
            found = book.waiting(states)
            drop_task(social.journal, task.id, by="elkina", why="повтор")
            return found

        monkeypatch.setattr(StepBook, "waiting", waiting)
        left(district, social, VK, comment)
        (booked,) = [one for one in StepBook(social.journal).of(task.plan) if one.step == task.step.id]
        assert (booked.state, booked.result["by"]) == ("skipped", "elkina")
