"""A program that is killed at any moment while it closes a matter: going on, what was handed over is closed, once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from acting_world import District, fault
from munsocial.errors import InputError, JournalError
from munsocial.journal.journal import Journal
from munsocial.journal.stepbook import StepBook
from munsocial.operate.applying.outbox import settle_unclear
from munsocial.operate.applying.tasks import drop_task, tell_done
from munsocial.operate.plans.plan import Plan
from munsocial.sandbox.things import Comment
from munsocial.social import Social
from munsocial.wording import Text

VK, OK = "administration-vk", "administration-ok"
THREAT = "Я тебя найду и убью, тварь"
WRITES = range(9)
"""More than any of the ways needs: after the last of them nothing is killed any more."""

ENDS = ("step.confirmed", "step.skipped")


class Killed(BaseException):
    """What SIGKILL looks like from inside: nothing of the program runs after it."""


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


@contextmanager
def killed_at(write: int, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Kill the program as it begins its n-th transaction: whatever it did before that stands."""
    real: Callable[[Journal], Any] = Journal.writing
    left = iter(range(write))

    @contextmanager
    def writing(journal: Journal) -> Iterator[Any]:
        if next(left, None) is None:
            raise Killed
        with real(journal) as connection:
            yield connection

    with patch.context() as patched:
        patched.setattr(Journal, "writing", writing)
        with suppress(Killed):
            yield


def removal(district: District, social: Social, account: str, comment: Comment) -> Plan:
    seen = social.collect(weeks=1, want=("posts", "comments"))
    return social.plan_comment_removal(seen, account, comment.id, "threat", why="да", made_by="kedrov")


def full_disk(book: StepBook, *_: Any, **__: Any) -> bool:
    raise JournalError(Text("на диске нет места.", "the disk is full."), where=book.journal.where)


Way = Callable[[District, Social, Plan, Comment], Callable[[Social], Any]]
"""Brings a removal so far that one more command ends it; returns that command."""


def applied(district: District, social: Social, plan: Plan, comment: Comment) -> Callable[[Social], Any]:
    return lambda one: one.apply(plan, by="kedrov")


def done_by_hand(district: District, social: Social, plan: Plan, comment: Comment) -> Callable[[Social], Any]:
    social.apply(plan, by="kedrov")
    comment.deleted = True
    return lambda one: one.check_tasks()


def settled(district: District, social: Social, plan: Plan, comment: Comment) -> Callable[[Social], Any]:
    district.faults.add(fault("lost_after", "wall.deleteComment", times=None))
    district.faults.add(fault("unreachable", "wall.getComments", times=None, after=1))
    assert district.states(social.apply(plan, by="kedrov")) == ["uncertain"]
    district.faults.clear()
    step = plan.steps[0].id
    return lambda one: settle_unclear(one.journal, plan.id, step, done=True, by="kedrov")


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize(("way", "account"), [(applied, VK), (done_by_hand, OK), (settled, VK)])
def test_whenever_it_is_killed_what_was_handed_over_is_closed_once(
    district: District, way: Way, account: str, write: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment = district.says(THREAT, district.post(account), account)
    with district.connect() as social:
        found = social.collect(weeks=1, want=("posts", "comments"))
        social.apply(social.plan_moderation(found, made_by="elkina"), by="elkina")
        (task,) = social.tasks()
        plan = removal(district, social, account, comment)
        ending = way(district, social, plan, comment)
    with killed_at(write, monkeypatch), district.connect() as social:
        ending(social)
    with district.connect() as social:
        ending(social)
        assert social.tasks() == ()
        ends = [(one.subject, one.body["step"]) for one in social.journal.entries(kind="step.confirmed")]
        assert sorted(ends) == sorted([(plan.id, plan.steps[0].id), (task.plan, task.step.id)])
        assert social.journal.verify().whole


def test_who_could_not_write_the_word_may_give_it_again_in_the_same_program(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A service lives on after a full disk: it holds the step no longer, though the error is still kept somewhere."""
    comment = district.says(THREAT, district.post(VK), VK)
    with district.connect() as social:
        plan = removal(district, social, VK, comment)
        ending = settled(district, social, plan, comment)
        with monkeypatch.context() as patched:
            patched.setattr(StepBook, "settle", full_disk)
            with pytest.raises(JournalError) as kept:
                ending(social)
        assert ending(social) is True
        assert [one.state for one in StepBook(social.journal).of(plan.id)] == ["confirmed"]
        assert kept.value.where


@pytest.mark.parametrize("write", WRITES)
def test_whenever_it_is_killed_a_decision_is_noted_whole_or_not_at_all(
    district: District, write: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who decides of a comment says so with a note; a task with the note that still waits would be decided twice."""
    district.says(THREAT, district.post(VK), VK)
    with district.connect() as social:
        found = social.collect(weeks=1, want=("posts", "comments"))
        social.apply(social.plan_moderation(found, made_by="elkina"), by="elkina")
        (task,) = social.tasks()

    def words(social: Social) -> list[str]:
        told = [one.kind for one in social.journal.entries() if one.kind in ("task.done", "step.confirmed")]
        return sorted(told)

    with killed_at(write, monkeypatch), district.connect() as social:
        social.tell_done(task.id, by="kedrov", note="передано в полицию")
    with district.connect() as social:
        if social.tasks():
            assert words(social) == []
            social.tell_done(task.id, by="kedrov", note="передано в полицию")
        assert (social.tasks(), words(social)) == ((), ["step.confirmed", "task.done"])
        assert social.journal.verify().whole


def test_a_decision_that_an_older_version_noted_by_half_is_ended_without_another_note(district: District) -> None:
    district.says(THREAT, district.post(VK), VK)
    with district.connect() as social:
        found = social.collect(weeks=1, want=("posts", "comments"))
        social.apply(social.plan_moderation(found, made_by="elkina"), by="elkina")
        (task,) = social.tasks()
        social.journal.append("task.done", task.plan, {"step": task.step.id, "by": "kedrov", "evidence": []})
        social.tell_done(task.id, by="kedrov")
        assert (social.tasks(), len(list(social.journal.entries(kind="task.done")))) == ((), 1)


@pytest.mark.parametrize("first", ["done", "dropped"])
@pytest.mark.parametrize("second", ["done", "dropped"])
def test_who_comes_a_moment_too_late_is_told_so(
    district: District, first: str, second: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program ends the task between the look and the word: no word is told noted that is not."""
    district.says(THREAT, district.post(VK), VK)
    with district.connect() as social:
        found = social.collect(weeks=1, want=("posts", "comments"))
        social.apply(social.plan_moderation(found, made_by="elkina"), by="elkina")
        journal, (task,) = social.journal, social.tasks()
        said: dict[str, Callable[[str], Any]] = {
            "done": lambda by: tell_done(journal, task.id, by=by),
            "dropped": lambda by: drop_task(journal, task.id, by=by, why="повтор"),
        }
        real = Journal.writing

        @contextmanager
        def late(one: Journal) -> Iterator[Any]:
            monkeypatch.setattr(Journal, "writing", real)
            said[first]("elkina")
            with real(one) as connection:
                yield connection

        monkeypatch.setattr(Journal, "writing", late)
        with pytest.raises(InputError, match="такого открытого задания нет"):
            said[second]("kedrov")
        ends = [(one.kind, one.body["by"]) for one in journal.entries() if one.kind in ENDS and "by" in one.body]
        assert ends == [({"done": "step.confirmed", "dropped": "step.skipped"}[first], "elkina")]
