"""What is handed to a person: an answer that is owed although its comment is gone, and a word that closes it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from acting_world import District
from munsocial.errors import InputError
from munsocial.model.snapshot import NOT_ASKED, AccountView, Observed, Snapshot
from munsocial.operate.applying.tasks import TaskState
from munsocial.operate.moderating.evidence import removed_in
from munsocial.operate.moderating.log import removals_of
from munsocial.social import Social

VK, OK = "administration-vk", "administration-ok"
ASKS = "Бл*дь, когда воду дадите на Сосновой?"
THREAT = "Я тебя найду и убью, тварь"


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


def seen(social: Social) -> Snapshot:
    return social.collect(weeks=1, want=("posts", "comments"))


def moderated(social: Social) -> list[tuple[str, str, str]]:
    plan = social.plan_moderation(seen(social), made_by="elkina")
    return [(one.step.action, one.step.ground, one.state) for one in social.apply(plan, by="elkina").outcomes]


@pytest.mark.parametrize(
    ("account", "removal", "state"),
    [(VK, "delete_comment", "confirmed"), (OK, "delete_comment", "manual")],
)
def test_the_answer_is_owed_whatever_becomes_of_the_comment(
    district: District, account: str, removal: str, state: str
) -> None:
    comment = district.says(ASKS, district.post(account), account)
    with district.connect() as social:
        assert moderated(social) == [("refer", "question", "manual"), (removal, "obscenity", state)]
        comment.deleted = True
        assert not social.inbox(seen(social))
        (owed,) = social.owed_answers(seen(social))
        assert (owed.step.account, owed.step.clause, owed.step.evidence[0].text) == (account, "9.1", ASKS)
        assert "tasks done" in owed.how.ru
        assert social.tell_done(owed.id, by="kedrov", note="ответили записью").state is TaskState.CLOSED
        assert not social.owed_answers(seen(social))


def test_an_answer_is_owed_whichever_step_was_the_last_one_done(district: District) -> None:
    """A limit, or a lost connection, may fall between the two steps; once the comment is gone, nothing tells of it."""
    comment = district.says(ASKS, district.post())
    with district.connect() as social:
        plan = social.plan_moderation(seen(social), made_by="elkina")
        (first,) = social.apply(plan, by="elkina", limit=1).outcomes
        assert (first.step.action, first.step.ground, first.state, comment.deleted) == (
            "refer", "question", "manual", False,
        )  # fmt: skip
        (second,) = social.apply(plan, by="elkina", limit=1).outcomes
        assert (second.step.action, second.state, comment.deleted) == ("delete_comment", "confirmed", True)
        assert not social.plan_moderation(seen(social), made_by="elkina").steps
        assert [one.step.evidence[0].text for one in social.owed_answers(seen(social))] == [ASKS]


def test_a_question_that_still_stands_is_told_once(district: District) -> None:
    """Its removal waits for a signature; until then the inbox shows it, and its removal is planned again."""
    district.says("Когда вы, твари продажные, почините дорогу?", district.post())
    with district.connect() as social:
        assert moderated(social) == [("refer", "question", "manual"), ("delete_comment", "insult", "skipped")]
        assert len(social.inbox(seen(social))) == 1
        assert not social.owed_answers(seen(social))
        assert moderated(social) == [("refer", "question", "skipped"), ("delete_comment", "insult", "skipped")]


@pytest.mark.parametrize(
    ("removed", "deleted", "seen_of", "owed"),
    [
        (False, False, "all", 0),
        (False, False, "no comments", 0),
        (False, False, "comments in part", 0),
        (False, False, "another post", 0),
        (False, False, "a later time", 0),
        (False, True, "all", 1),
        (False, True, "no comments", 0),
        (False, True, "comments in part", 0),
        (True, True, "no comments", 1),
        (True, True, "comments in part", 1),
    ],
)
def test_a_comment_is_gone_when_it_was_removed_or_reading_shows_no_more_of_it(
    district: District, removed: bool, deleted: bool, seen_of: str, owed: int
) -> None:
    """Without a signature nothing is removed; what was not read says nothing of whether it stands."""
    comment = district.says("Когда вы, твари продажные, почините дорогу?", district.post())
    district.says("Спасибо!", district.post())
    with district.connect() as social:
        plan = social.plan_moderation(seen(social), made_by="elkina")
        social.apply(plan.signed("kedrov", social.now()) if removed else plan, by="elkina")
        comment.deleted = deleted
        assert len(social.owed_answers(_only(seen(social), seen_of))) == owed


def _only(snapshot: Snapshot, what: str) -> Snapshot:
    if what == "a later time":
        views = [_without_comments(one) for one in snapshot.accounts]
        return snapshot.model_copy(update={"since": snapshot.taken_at, "accounts": tuple(views)})
    changes: dict[str, Callable[[AccountView], AccountView]] = {
        "all": lambda one: one,
        "no comments": lambda one: one.model_copy(update={"comments": Observed(missing=NOT_ASKED)}),
        "comments in part": lambda one: one.model_copy(
            update={"comments": Observed(value=(), at=snapshot.taken_at, gaps=(NOT_ASKED,))}
        ),
        "another post": lambda one: _without_comments(one).model_copy(
            update={"posts": Observed(value=(), at=snapshot.taken_at)}
        ),
    }
    changed = changes[what]
    return snapshot.model_copy(update={"accounts": tuple(changed(one) for one in snapshot.accounts)})


def _without_comments(view: AccountView) -> AccountView:
    return view.model_copy(update={"comments": Observed(value=(), at=view.comments.at)})


def test_a_word_closes_what_was_handed_to_a_person(district: District) -> None:
    district.says(THREAT, district.post())
    with district.connect() as social:
        assert moderated(social) == [("refer", "threat", "manual")]
        (task,) = social.tasks()
        closed = social.tell_done(task.id, by="Кедров Иван Ильич", note="передал в полицию")
        assert (closed.state, closed.by, closed.note) == (TaskState.CLOSED, "Кедров Иван Ильич", "передал в полицию")
        assert social.tasks() == ()
        (found,) = [one for one in social.moderation_report() if one.account == VK]
        told: dict[str, Any] = found.to_dict()
        assert (told["done"], told["open"]) == ([{"action": "refer", "ground": "threat", "count": 1}], {})
        (kept,) = removed_in(social.journal)
        assert "передача человеку (угроза) — выполнено" in kept.say()
        assert social.journal.verify().whole
        assert moderated(social) == []


@pytest.mark.parametrize(
    ("text", "ground", "code", "clause", "signatures"),
    [
        (THREAT, "threat", "threat", "9.2", 0),
        (THREAT, "Угроза", "threat", "9.2", 0),
        ("Мефедрон, клады, бот @x", "drugs", "drugs", "9.2", 0),
        ("Спасибо за дорогу", "insult", "insult", "9.3", 1),
    ],
)
def test_what_only_a_person_can_judge_is_removed_by_a_persons_decision(
    district: District, text: str, ground: str, code: str, clause: str, signatures: int
) -> None:
    comment = district.says(text, district.post())
    with district.connect() as social:
        plan = social.plan_comment_removal(
            seen(social), VK, comment.id, ground, why="передано в полицию", made_by="kedrov"
        )
        (step,) = plan.steps
        assert (step.action, step.ground, step.clause, step.signatures) == ("delete_comment", code, clause, signatures)
        assert "передано в полицию" in step.evidence[0].note
        assert social.apply(plan.signed("elkina", social.now()), by="kedrov").done
        assert [(one.item, one.ground, one.text) for one in removals_of(social.journal)] == [(comment.id, code, text)]
        assert comment.deleted


@pytest.mark.parametrize(
    ("text", "ground", "owed"),
    [(ASKS, "obscenity", [ASKS]), ("Спасибо за дорогу", "obscenity", []), (f"{ASKS} Займ: t.me/x", "spam", [])],
    ids=["a question", "no question", "an advertisement asks nobody"],
)
def test_a_removal_by_a_persons_decision_owes_the_answer_too(
    district: District, text: str, ground: str, owed: list[str]
) -> None:
    comment = district.says(text, district.post())
    with district.connect() as social:
        plan = social.plan_comment_removal(seen(social), VK, comment.id, ground, why="мат", made_by="kedrov")
        assert [one.ground for one in plan.steps] == [*["question"] * len(owed), ground]
        social.apply(plan, by="kedrov")
        assert comment.deleted
        assert [one.step.evidence[0].text for one in social.owed_answers(seen(social))] == owed


@pytest.mark.parametrize(
    ("item", "ground", "why", "by", "said"),
    [
        ("", "criticism", "груб", "kedrov", "такого основания удаления нет"),
        ("", "suicide", "груб", "kedrov", "такого основания удаления нет"),
        ("", "question", "груб", "kedrov", "такого основания удаления нет"),
        ("", "threat", " ", "kedrov", "без причины"),
        ("", "threat", "груб", "", "кто решил"),
        ("no-such", "threat", "груб", "kedrov", "нет среди прочитанного"),
    ],
)
def test_a_decision_that_is_refused(district: District, item: str, ground: str, why: str, by: str, said: str) -> None:
    comment = district.says(THREAT, district.post())
    with district.connect() as social, pytest.raises(InputError, match=said):
        social.plan_comment_removal(seen(social), VK, item or comment.id, ground, why=why, made_by=by)
