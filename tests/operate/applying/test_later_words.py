"""A plan of yesterday against what people decided since: the later word holds, and who said it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from acting_world import District
from munsocial.journal.journal import Journal
from munsocial.operate.applying.outcomes import StepOutcome
from munsocial.operate.moderating.log import Logged, logged
from munsocial.sandbox.things import Comment
from munsocial.social import Social

VK, OK = "administration-vk", "administration-ok"
BAD = "Иди на х@й со своими лавочками"
WORSE = "Пиздец какой-то у вас"
ALL = ("posts", "comments")


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


def moderated(district: District, social: Social) -> None:
    """Let a colleague's plan be made and applied meanwhile."""
    assert social.apply(social.plan_moderation(social.collect(weeks=1, want=ALL), made_by="kedrov"), by="kedrov").done


def restore(district: District, social: Social, comment: Comment) -> None:
    step = district.step("restore_comment", params={"comment": comment.id})
    assert social.apply(district.plan(step), by="kedrov").done


def nothing(district: District, social: Social, comment: Comment) -> None:
    """Nobody decides anything."""


def left(district: District, social: Social, comment: Comment) -> None:
    social.leave_comment(VK, comment.id, by="Кедров И. И.", why="цитата", text=comment.text)


def left_whatever_it_says(district: District, social: Social, comment: Comment) -> None:
    social.leave_comment(VK, comment.id, by="Кедров И. И.", why="цитата", text=None)


def left_as_it_read_before(district: District, social: Social, comment: Comment) -> None:
    social.leave_comment(VK, comment.id, by="Кедров И. И.", why="цитата", text="Спасибо!")


def another_left(district: District, social: Social, comment: Comment) -> None:
    social.leave_comment(VK, "9999", by="Кедров И. И.", why="цитата", text=None)


def removed_and_restored(district: District, social: Social, comment: Comment) -> None:
    moderated(district, social)
    restore(district, social, comment)


@pytest.mark.parametrize(
    ("meanwhile", "state", "said"),
    [
        (nothing, "confirmed", ""),
        (left, "skipped", "решено оставить: Кедров И. И., 25.11.2026 11:00"),
        (left_whatever_it_says, "skipped", "решено оставить: Кедров И. И., 25.11.2026 11:00"),
        (left_as_it_read_before, "confirmed", ""),
        (another_left, "confirmed", ""),
        (removed_and_restored, "skipped", "вернули после составления плана: kedrov, 25.11.2026 11:00"),
    ],
)
def test_a_removal_planned_before_a_decision(
    district: District, meanwhile: Callable[[District, Social, Comment], None], state: str, said: str
) -> None:
    comment = district.says(BAD, district.post())
    with district.connect() as social:
        plan = social.plan_moderation(social.collect(weeks=1, want=ALL), made_by="elkina")
        district.later(hours=1)
        meanwhile(district, social, comment)
        (outcome,) = social.apply(plan).outcomes
    assert (outcome.state, said in outcome.say(), comment.deleted) == (state, True, state == "confirmed")


def test_who_removes_again_knowing_that_it_was_left_may(district: District) -> None:
    post = district.post()
    comment = district.says(BAD, post)
    with district.connect() as social:
        left(district, social, comment)
        step = district.removal(comment, post)
        district.later(hours=1)
        assert social.apply(district.plan(step)).done


def test_a_removal_by_hand_is_not_asked_of_a_person_either(district: District) -> None:
    comment = district.says(BAD, district.post(OK), OK)
    with district.connect() as social:
        plan = social.plan_moderation(social.collect(weeks=1, want=ALL), made_by="elkina")
        social.leave_comment(OK, comment.id, by="kedrov", why="цитата", text=comment.text)
        assert [(one.state, "решено оставить: kedrov" in one.say()) for one in social.apply(plan).outcomes] == [
            ("skipped", True)
        ]
        assert social.tasks() == ()


def one_restored(district: District, social: Social, comment: Comment) -> None:
    restore(district, social, comment)


def one_restored_and_removed_again(district: District, social: Social, comment: Comment) -> None:
    restore(district, social, comment)
    comment.text += "!"
    moderated(district, social)


def banned_and_lifted(district: District, social: Social, comment: Comment) -> None:
    assert social.apply(social.plan_bans(made_by="elkina").signed("kedrov", social.now())).done
    assert social.apply(district.plan(district.step("unban", params={"user": "555"}))).done


@pytest.mark.parametrize(
    ("meanwhile", "state", "said"),
    [
        (nothing, "confirmed", ""),
        (one_restored, "skipped", "комментарий, за который блокируют, вернули"),
        (one_restored_and_removed_again, "confirmed", ""),
        (banned_and_lifted, "skipped", "блокировку этого человека сняли 25.11.2026 11:00"),
    ],
)
def test_a_ban_planned_before_a_decision(
    district: District, meanwhile: Callable[[District, Social, Comment], None], state: str, said: str
) -> None:
    post = district.post()
    comment = district.says(BAD, post)
    district.says(WORSE, post)
    with district.connect() as social:
        moderated(district, social)
        plan = social.plan_bans(made_by="elkina").signed("kedrov", social.now())
        assert [len(step.params["removals"]) for step in plan.steps] == [2]
        district.later(hours=1)
        meanwhile(district, social, comment)
        (outcome,) = social.apply(plan, by="elkina").outcomes
        standing = "555" in district.world.page(*district.page(VK)).bans
    assert (outcome.state, said in outcome.say(), standing) == (state, True, state == "confirmed")


@pytest.mark.parametrize("meanwhile", [False, True], ids=["nobody decides meanwhile", "one is restored meanwhile"])
def test_bans_of_one_run_read_the_log_once_and_again_after_a_decision(
    district: District, monkeypatch: pytest.MonkeyPatch, meanwhile: bool
) -> None:
    district.world.add_user("vk", "Иван", "Иванов", id="556")
    post, reads = district.post(), 0
    ours = [district.says(f"{text}!", post, author=author) for author in ("555", "556") for text in (BAD, WORSE)]

    def counted(journal: Journal, district: str) -> Iterator[Logged]:
        nonlocal reads
        reads += 1
        return logged(journal, district)

    def restored(outcome: StepOutcome) -> None:
        if meanwhile and outcome.step.params["user"] == "555":
            restore(district, social, ours[2])

    with district.connect() as social:
        moderated(district, social)
        plan = social.plan_bans(made_by="elkina").signed("kedrov", social.now())
        district.later(hours=1)
        monkeypatch.setattr("munsocial.operate.moderating.overruled.logged", counted)
        applied = social.apply(plan, by="elkina", told=restored)
    assert district.states(applied) == ["confirmed", "skipped" if meanwhile else "confirmed"]
    assert reads == (2 if meanwhile else 1)


def test_a_ban_whose_term_merely_ended_is_no_word_against_the_next(district: District) -> None:
    post = district.post()
    with district.connect() as social:
        for text in (BAD, WORSE):
            district.says(text, post)
        moderated(district, social)
        assert social.apply(social.plan_bans(made_by="elkina").signed("kedrov", social.now())).done
        district.later(days=20)
        district.world.page(*district.page(VK)).bans.clear()
        later = district.post()
        for text in (BAD, WORSE):
            district.says(text, later)
        moderated(district, social)
        plan = social.plan_bans(made_by="elkina").signed("kedrov", social.now())
        district.later(hours=1)
        social.apply(social.plan_unbans(made_by="elkina"))
        assert district.states(social.apply(plan, by="elkina")) == ["confirmed"]
