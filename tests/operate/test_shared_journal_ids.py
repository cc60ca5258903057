"""Two districts at one journal whose pages, posts and comments bear the same ids: each goes by its own deeds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from acting_world import NOW, REGISTER, District, fault
from munsocial.network.drafts import Draft
from munsocial.operate.moderating.log import alone_since
from munsocial.operate.plans.plan import Plan
from munsocial.operate.publishing.content_plan import ContentEntry, ContentPlan
from munsocial.operate.publishing.published import edited_since, published_since
from munsocial.operate.reminding.reminders import ReminderKind
from munsocial.sandbox.things import Comment, Post

VK, OK = "administration-vk", "administration-ok"
TEXT = "В четверг приём граждан в администрации, начало в десять."
ASKED = "Когда вы, б@ядь, почините дорогу?"


class Elsewhere(District):
    """A district with pages of its own, which its register calls as the neighbour's does."""

    def __init__(self, folder: Path, journal: Path) -> None:
        super().__init__(folder, REGISTER.replace('id = "lesnoy"', 'id = "ozero"', 1))
        self._journal = journal

    @property
    def journal_file(self) -> Path:
        return self._journal


@pytest.fixture
def ours(tmp_path: Path) -> District:
    return District(tmp_path)


@pytest.fixture
def theirs(tmp_path: Path) -> District:
    return Elsewhere(tmp_path / "ozero", tmp_path / "journal.sqlite")


def lost(district: District, write: str, read: str) -> None:
    for kind, method in (("lost_before", write), ("unreachable", read)):
        district.faults.add(fault(kind, method, times=None))


def published(district: District) -> None:
    assert district.states(district.apply(district.publications(VK, text=TEXT))) == ["confirmed"]


def unclear(district: District) -> None:
    lost(district, "wall.post", "wall.get")
    assert district.states(district.apply(district.publications(VK, text=TEXT))) == ["uncertain"]


def put_off(district: District) -> None:
    district.faults.add(fault("unreachable", "wall.post", times=None))
    assert district.states(district.apply(district.publications(VK, text=TEXT))) == ["skipped"]


@pytest.mark.parametrize("there", [published, unclear, put_off])
def test_words_that_the_neighbour_published_are_ours_to_publish(
    ours: District, theirs: District, there: Callable[[District], None]
) -> None:
    there(theirs)
    plan = ours.publications(VK, text=TEXT)
    assert (len(plan.steps), [one.ru for one in plan.problems if "публик" in one.ru]) == (1, [])
    assert ours.states(ours.apply(plan)) == ["confirmed"]


def asked(district: District, text: str = "Когда почините дорогу к школе?") -> tuple[Post, Comment]:
    post = district.post(VK)
    return post, district.says(text, post)


def answer(district: District) -> Plan:
    with district.connect() as social:
        (question,) = social.inbox(social.collect(weeks=1, want=("posts", "comments")))
        return social.plan_answer(question, "В пятницу.", made_by="elkina")


@pytest.mark.parametrize("end", ["confirmed", "uncertain", "skipped"])
def test_a_question_that_the_neighbour_answered_is_ours_to_answer(ours: District, theirs: District, end: str) -> None:
    places = [(post.id, comment.id) for post, comment in map(asked, (theirs, ours))]
    assert places[0] == places[1]
    first = answer(theirs)
    if end == "uncertain":
        theirs.faults.add(fault("lost_before", "wall.createComment", times=None))
        theirs.faults.add(fault("unreachable", "wall.getComments", times=None, after=1))
    elif end == "skipped":
        theirs.faults.add(fault("unreachable", "wall.createComment", times=None))
    assert theirs.states(theirs.apply(first)) == [end]
    plan = answer(ours)
    assert (len(plan.steps), [one.ru for one in plan.problems if "ответ сюда" in one.ru]) == (1, [])
    assert ours.states(ours.apply(plan)) == ["confirmed"]


def moderated(district: District) -> list[str]:
    """Apply what moderation proposes; returns grounds."""
    with district.connect() as social:
        plan = social.plan_moderation(social.collect(weeks=1, want=("posts", "comments")), made_by="elkina")
        social.apply(plan, by="elkina")
        return [one.ground for one in plan.steps]


def test_what_the_neighbour_answered_is_still_owed_here(ours: District, theirs: District) -> None:
    """A rude question is removed here with a task to answer it, though the neighbour has answered the same ids."""
    asked(theirs, ASKED)
    assert theirs.states(theirs.apply(answer(theirs))) == ["confirmed"]
    asked(ours, ASKED)
    assert moderated(ours) == ["question", "obscenity"]
    with ours.connect() as social:
        seen = social.collect(weeks=1, want=("posts", "comments"))
        assert [one.step.account for one in social.owed_answers(seen)] == [VK]
        assert [one.seen.value for one in social.check_tasks()] == ["unclear"]


def test_an_answer_is_owed_by_removals_of_ours_alone(ours: District, theirs: District) -> None:
    """The neighbour removed the same ids; here the comment was handed over and nobody removed or missed it."""
    for district in (theirs, ours):
        asked(district, ASKED)
    moderated(theirs)
    with ours.connect() as social:
        seen = social.collect(weeks=1, want=("posts", "comments"))
        plan = social.plan_moderation(seen, made_by="elkina")
        ours.faults.add(fault("unreachable", "wall.deleteComment", times=None))
        social.apply(plan, by="elkina")
        blind = seen.model_copy(update={"accounts": ()})
        assert (len(social.tasks()), list(social.owed_answers(blind))) == (1, [])


def test_a_post_of_the_neighbour_is_not_what_ours_left(ours: District, theirs: District) -> None:
    """The answer was lost, and the post bears the id of one that the neighbour made: it is met, and not made again."""
    published(theirs)
    plan = ours.publications(VK, text=TEXT)
    ours.faults.add(fault("lost_after", "wall.post", times=None))
    assert (ours.states(ours.apply(plan)), ours.texts(VK)[TEXT]) == (["confirmed"], 1)


def test_only_posts_and_edits_of_ours_are_remembered(ours: District, theirs: District) -> None:
    published(theirs)
    post = theirs.post(VK)
    with theirs.connect() as social:
        change = social.plan_change("edit_post", VK, post.id, draft=Draft(text=TEXT, topic="other"), made_by="elkina")
        assert social.apply(change).done
    with ours.connect() as social:
        known: dict[str, Any] = {"district": "lesnoy"}
        assert published_since(social.journal, NOW, **known) == {}
        assert edited_since(social.journal, VK, post.id, NOW, **known) is None
        known = {"district": "ozero"}
        assert list(published_since(social.journal, NOW, **known)) == [VK]
        assert edited_since(social.journal, VK, post.id, NOW, **known) == TEXT


def test_the_hourly_ceiling_counts_removals_of_ours_alone(
    ours: District, theirs: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Removals without a person: two of the neighbour, one of ours."""
    told: list[int] = []
    monkeypatch.setattr(
        "munsocial.operate.moderating.moderation.plan_moderation", lambda *_, done_alone, **__: told.append(done_alone)
    )
    for district, count in ((theirs, 2), (ours, 1)):
        for _ in range(count):
            post, rude = asked(district, "бля, яма")
            step = district.removal(rude, post)
            alone = step.model_copy(update={"params": {**step.params, "alone": True}})
            assert district.states(district.apply(district.plan(alone))) == ["confirmed"]
        with district.connect() as social:
            social.plan_moderation(social.collect(weeks=1, want=("posts", "comments")), made_by="elkina")
            now = social.now()
    assert told == [2, 1]
    with ours.connect() as social:
        assert [alone_since(social.journal, now + timedelta(minutes=past)) for past in (0, 59, 61)] == [3, 3, 0]


def test_one_content_plan_is_done_in_both(ours: District, theirs: District) -> None:
    """As the region sends it: the same words at the same hour for pages that are called alike."""
    entry = ContentEntry(at=NOW + timedelta(hours=3), to=(VK,), text=TEXT, topic="other", state="ready")
    for district in (theirs, ours):
        with district.connect() as social:
            content = ContentPlan(entries=(entry,))
            plan = social.plan_content(content, made_by="elkina")
            assert (len(plan.steps), len(social.apply(plan).outcomes)) == (1, 1)
            assert len(social.plan_content(content, made_by="elkina").steps) == 0
            (week,) = [one for one in social.week(social.collect(weeks=1), content=content) if one.account == VK]
            assert (week.scheduled, week.drafts) == (1, 0)


def test_nobody_is_reminded_of_a_ban_of_the_neighbour(ours: District, theirs: District) -> None:
    until = (NOW + timedelta(days=3)).isoformat()
    step = theirs.step("ban", params={"user": "555", "until": until}, ground="obscenity", clause="9.3")
    theirs.apply(theirs.plan(step))
    told = []
    for district in (theirs, ours):
        with district.connect() as social:
            told.append([one.subject for one in social.reminders() if one.kind is ReminderKind.BAN])
    assert told == [[VK], []]
