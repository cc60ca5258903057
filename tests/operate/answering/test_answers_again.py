"""An answer given again while nobody knows what became of the first: no citizen is answered twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from acting_world import District, fault
from munsocial.network.drafts import Draft
from munsocial.operate.answering.inbox import Question
from munsocial.operate.answering.templates import Template
from munsocial.operate.plans.plan import Plan
from munsocial.social import Social

VK, BOR, OK = "administration-vk", "borovoye-vk", "administration-ok"
SAID = "Здравствуйте! Ремонт начнём в понедельник."


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


def asked(district: District, social: Social, how: str) -> Question:
    """Let a citizen ask about the road: in private, or under a post."""
    at = district.world.now() - timedelta(hours=5)
    if how == "message":
        district.world.receive(*district.page(VK), "555", "Когда починят дорогу на Сосновой?", at=at)
    else:
        district.says("Когда починят дорогу на Сосновой?", district.post())
    found = social.inbox(social.collect(weeks=1, want=("posts", "comments", "messages")))
    return next(one for one in found if bool(one.peer) is (how == "message"))


def planned(social: Social, question: Question, how: str, text: str = SAID) -> Plan:
    return social.plan_answer(question, text, place="own" if how == "own" else "auto", made_by="elkina")


def stands(district: District) -> int:
    """Count what citizens read of it."""
    posts = [post for account in (VK, BOR) for post in district.world.wall(*district.page(account))]
    comments = [one.text for post in posts for one in post.comments]
    messages = [one.text for dialog in district.world.page(*district.page(VK)).dialogs.values() for one in dialog]
    return sum(SAID in text for text in (*(post.text for post in posts), *comments, *messages))


CALLS = {
    "message": ("messages.send", ("messages.getHistory", "messages.getConversations")),
    "reply": ("wall.createComment", ("wall.getComments",)),
    "own": ("wall.post", ("wall.get",)),
}


def lose(district: District, how: str) -> None:
    call, reads = CALLS[how]
    district.faults.add(fault("lost_after", call, times=None))
    for read in reads:
        # One look before an answer is sent, at what it answers.
        district.faults.add(fault("unreachable", read, times=None, after=0 if how == "own" else 1))


@pytest.mark.parametrize("how", CALLS)
def test_an_answer_whose_end_is_unclear_is_not_given_again(district: District, how: str) -> None:
    with district.connect() as social:
        question = asked(district, social, how)
        first = planned(social, question, how)
        lose(district, how)
        assert district.states(social.apply(first)) == ["uncertain"]
        district.faults.clear()
        again = planned(social, question, how)
        errors = [one.say() for one in again.problems if one.weight == "error"]
        assert (again.steps, len(errors)) == ((), 1)
        assert f"неясно; сначала выясните: munsocial apply РЕЕСТР {first.id}" in errors[0]
        assert social.apply(first).done
        assert stands(district) == 1
        told = planned(social, question, how)
        assert told.steps == ()
        assert any("такой же ответ сюда уже отправлен 25.11.2026" in one.ru for one in told.problems)
        other = planned(social, question, how, "Уже начали.")
        assert len(other.steps) == 1
        assert any("ответ сюда уже отправлен 25.11.2026" in one.ru for one in other.problems)
        district.later(days=2)
        assert len(planned(social, question, how).steps) == 1


@pytest.mark.parametrize("other", ["reply", "own"])
def test_nor_is_it_given_in_another_place_or_with_other_words(district: District, other: str) -> None:
    with district.connect() as social:
        question = asked(district, social, "reply")
        lose(district, "reply")
        social.apply(planned(social, question, "reply"))
        district.faults.clear()
        assert planned(social, question, other, "В понедельник.").steps == ()


def test_an_answer_that_waits_for_the_network_is_not_given_beside_it(district: District) -> None:
    with district.connect() as social:
        question = asked(district, social, "message")
        district.faults.add(fault("unreachable", "messages.send", times=None))
        first = planned(social, question, "message")
        assert district.states(social.apply(first)) == ["skipped"]
        district.faults.clear()
        again = planned(social, question, "message")
        assert (again.steps, [f"ждёт в очереди (план {first.id}" in one.ru for one in again.problems][-1]) == ((), True)
        social.outbox()
        assert stands(district) == 1


def test_a_talk_goes_on_after_an_answer(district: District) -> None:
    with district.connect() as social:
        question = asked(district, social, "message")
        assert social.apply(planned(social, question, "message")).done
        district.later(hours=1)
        district.world.receive(*district.page(VK), "555", "А в каком году починят мост?", at=district.world.now())
        seen = social.collect(weeks=1, want=("messages",))
        newest: Any = next(one for one in social.inbox(seen) if "мост" in one.comment.text)
        plan = planned(social, newest, "message", "В этом.")
        assert (len(plan.steps), [one for one in plan.problems if "уже отправлен" in one.ru]) == (1, [])


def test_an_answer_that_waits_for_a_person_is_told_and_another_one_may_follow(district: District) -> None:
    with district.connect() as social:
        district.says("Когда починят дорогу на Сосновой?", district.post(OK), OK)
        (question,) = social.inbox(social.collect(weeks=1, want=("posts", "comments")))
        first = planned(social, question, "reply")
        assert [one for one in first.problems if "ждёт человека" in one.ru] == []
        assert district.states(social.apply(first)) == ["manual"]
        district.later(days=8)
        again = planned(social, question, "reply", "Начнём во вторник.")
        told = [(one.weight, one.ru) for one in again.problems if "ждёт человека" in one.ru]
        assert told == [
            ("advice", f"ответ сюда уже ждёт человека: задание {first.id}/s1 (все: munsocial tasks list РЕЕСТР)")
        ]
        assert len(again.steps) == 1
        assert social.plan_publication(Draft(text=SAID), to=[OK]).steps


def _by_the_program(district: District, social: Social, question: Question) -> None:
    assert social.apply(planned(social, question, "reply", "Передали в дорожную службу.")).done


def _on_the_site(district: District, _: Social, question: Question) -> None:
    (network, page), asked_in = district.page(VK), question.comment
    words: dict[str, Any] = {"author": page, "as_page": True, "reply_to": asked_in.id}
    district.world.comment(network, page, asked_in.post_id, "Ждём смету.", **words)


@pytest.mark.parametrize("colleague", [_by_the_program, _on_the_site])
def test_an_answer_of_substance_follows_a_first_word_under_a_comment(
    district: District, colleague: Callable[[District, Social, Question], None]
) -> None:
    with district.connect() as social:
        asked(district, social, "reply")
        before, other = question_below(social), question_below(social)
        stale = planned(social, other, "reply", "Не позднее мая.")
        district.later(minutes=1)
        colleague(district, social, before)
        district.later(days=2)
        assert district.states(social.apply(stale)) == ["skipped"]
        after = question_below(social)
        again = planned(social, after, "reply")
        assert (after.answered, ["уже" in one.ru for one in again.problems][:1]) == (True, [True])
        assert district.states(social.apply(again)) == ["confirmed"]


def test_no_template_answers_again_under_a_comment(district: District) -> None:
    with district.connect() as social:
        question = asked(district, social, "reply")
        words = {"soon": Template(name="soon", text=SAID)}
        for end in ("confirmed", "skipped"):
            plan = social.plan_answers([question], words, template="soon", made_by="elkina")
            assert district.states(social.apply(plan)) == [end]
            district.later(days=2)
            question = question_below(social)
            assert question.answered
    assert stands(district) == 1


def test_what_was_answered_on_the_site_since_it_was_read_is_not_answered_again(district: District) -> None:
    with district.connect() as social:
        question = asked(district, social, "reply")
        district.later(minutes=30)
        _on_the_site(district, social, question)
        district.later(minutes=30)
        assert district.states(social.apply(planned(social, question, "reply"))) == ["skipped"]
    assert stands(district) == 0


def question_below(social: Social) -> Question:
    found = social.inbox(social.collect(weeks=1, want=("posts", "comments")))
    return next(one for one in found if "Сосновой" in one.comment.text)
