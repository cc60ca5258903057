"""A plan that has expired is never applied: what it left open blocks nobody for ever, and a person can end it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from acting_world import NOW, District, fault
from munsocial.network.drafts import Draft
from munsocial.operate.answering.inbox import Question
from munsocial.operate.applying.outbox import drop_step, settle_unclear
from munsocial.operate.plans.plan import Plan
from munsocial.operate.publishing.content_plan import ContentEntry, ContentPlan
from munsocial.social import Social

VK = "administration-vk"
SAID = "Здравствуйте! Ремонт начнём в понедельник."
MEETING = "Приём граждан в четверг в 10:00, приходите с паспортом."
EXPIRED = timedelta(days=8)


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


def asked(district: District, social: Social) -> Question:
    district.says("Когда починят дорогу на Сосновой?", district.post())
    (found,) = social.inbox(social.collect(weeks=1, want=("posts", "comments")))
    return found


def answered(district: District, social: Social, question: Question, end: str) -> Plan:
    """Answer once so that the end is unclear, or that the call is refused for a passing reason."""
    if end == "uncertain":
        district.faults.add(fault("lost_before", "wall.createComment", times=None))
        district.faults.add(fault("unreachable", "wall.getComments", times=None, after=1))
    else:
        district.faults.add(fault("unreachable", "wall.createComment", times=None))
    plan = social.plan_answer(question, SAID, made_by="elkina")
    assert district.states(social.apply(plan)) == [end]
    district.faults.clear()
    return plan


def errors(plan: Plan) -> list[str]:
    return [one.ru for one in plan.problems if one.weight == "error"]


def test_an_unclear_answer_of_an_expired_plan_is_settled_by_a_person_and_then_the_way_is_free(
    district: District,
) -> None:
    with district.connect() as social:
        question = asked(district, social)
        first = answered(district, social, question, "uncertain")
        district.later(days=EXPIRED.days)
        (told,) = errors(social.plan_answer(question, "Начали.", made_by="elkina"))
        settle = f"munsocial outbox settle РЕЕСТР {first.id}/s1 --done --yes"
        assert f"{settle} или --not-done --yes" in told
        assert "munsocial apply" not in told
        (line,) = social.outbox().lines()
        assert settle in line
        assert settle_unclear(social.journal, first.id, "s1", done=False, by="elkina")
        again = social.plan_answer(question, "Начали.", made_by="elkina")
        assert (len(again.steps), errors(again)) == (1, [])
        assert social.apply(again).done


def test_what_an_expired_plan_did_not_send_blocks_no_answer(district: District) -> None:
    with district.connect() as social:
        question = asked(district, social)
        first = answered(district, social, question, "skipped")
        blocked = social.plan_answer(question, "Начали.", made_by="elkina")
        drop = f"munsocial outbox drop РЕЕСТР {first.id}/s1 --yes"
        assert [drop in one for one in errors(blocked)] == [True]
        district.later(days=EXPIRED.days)
        again = social.plan_answer(question, "Начали.", made_by="elkina")
        assert (len(again.steps), [one.ru for one in again.problems if "ждёт в очереди" in one.ru]) == (1, [])


@pytest.mark.parametrize("end", ["skipped", "not done"])
def test_the_outbox_says_how_to_take_out_what_can_never_be_sent(district: District, end: str) -> None:
    with district.connect() as social:
        first = answered(district, social, asked(district, social), "uncertain" if end == "not done" else end)
        district.later(days=EXPIRED.days)
        if end == "not done":
            settle_unclear(social.journal, first.id, "s1", done=False, by="elkina")
        run = social.outbox(ask_late=False)
        (line,) = run.lines()
        assert (run.outcomes, run.refused) == ((), ())
        assert line.startswith(f"{first.id}/s1 срок плана истёк 02.12.2026")
        assert f"munsocial outbox drop РЕЕСТР {first.id}/s1 --yes" in line
        assert [one.say() for one in social.waiting()] == [line]
        assert drop_step(social.journal, first.id, "s1", by="elkina")
        assert social.waiting() == ()


def published(district: District, social: Social, end: str) -> Plan:
    calls = {"uncertain": (("lost_before", "wall.post"), ("unreachable", "wall.get")),
             "skipped": (("unreachable", "wall.post"),)}  # fmt: skip
    for kind, method in calls[end]:
        district.faults.add(fault(kind, method, times=None))
    plan = social.plan_publication(Draft(text=MEETING), to=[VK], made_by="elkina")
    assert district.states(social.apply(plan)) == [end]
    district.faults.clear()
    return plan


def content(district: District, social: Social, **ahead: Any) -> Plan:
    at = district.world.now() + timedelta(**ahead)
    entry = ContentEntry(text=MEETING, to=(VK,), at=at, state="ready", topic="head_event")
    return social.plan_content(ContentPlan(entries=(entry,)), made_by="elkina")


@pytest.mark.parametrize(
    ("situation", "end", "passed", "ahead", "steps", "weights"),
    [
        ("another day, the plan still holds", "uncertain", timedelta(hours=1), {"days": 7}, 1, ["advice"]),
        ("the same day", "uncertain", timedelta(hours=1), {"hours": 5}, 0, ["error"]),
        ("another week, the plan has expired", "uncertain", EXPIRED, {"days": 7}, 1, ["advice"]),
        ("never sent", "skipped", timedelta(hours=1), {"days": 7}, 1, ["advice"]),
        ("never sent, nor ever will be", "skipped", EXPIRED, {"days": 7}, 1, []),
    ],
)
def test_the_same_words_for_another_day_are_another_publication(
    district: District,
    situation: str,
    end: str,
    passed: timedelta,
    ahead: dict[str, int],
    steps: int,
    weights: list[str],
) -> None:
    with district.connect() as social:
        published(district, social, end)
        district.world.clock.sleep(passed.total_seconds())
        plan = content(district, social, **ahead)
        told = [one.weight for one in plan.problems if "такая же публикация" in one.ru]
        assert (len(plan.steps), told) == (steps, weights), situation


def test_a_publication_repeated_at_once_wants_the_word_of_a_person_about_the_expired_one(district: District) -> None:
    with district.connect() as social:
        first = published(district, social, "uncertain")
        district.later(days=EXPIRED.days)
        later = Draft(text=MEETING, publish_at=NOW + EXPIRED + timedelta(days=7))
        assert len(social.plan_publication(later, to=[VK]).steps) == 1
        plan = social.plan_emergency(Draft(text=MEETING))
        (told,) = errors(plan)
        assert f"munsocial outbox settle РЕЕСТР {first.id}/s1 --done --yes или --not-done --yes" in told
        settle_unclear(social.journal, first.id, "s1", done=False, by="elkina")
        again = social.plan_publication(Draft(text=MEETING), to=[VK])
        assert (len(again.steps), [one for one in again.problems if "такая же" in one.ru]) == (1, [])
