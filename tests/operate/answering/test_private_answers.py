"""A private answer goes out once for its question: other answers in its dialogue, and gaps elsewhere, stop it not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from acting_world import District, fault
from munsocial.errors import CannotMessage, NetworkError, NotFound
from munsocial.model.snapshot import Missing, Why
from munsocial.network.drafts import Page
from munsocial.operate.answering.inbox import Question
from munsocial.operate.applying.digests import text_digest
from munsocial.operate.plans.plan import Plan, Proof
from munsocial.social import Social
from munsocial.wording import Text
from munsocial_vk import decode

VK = "administration-vk"
HEAT, ROAD = "Когда включат отопление в школе?", "А когда починят дорогу?"
WARM, MAY = "Отопление включат завтра.", "Дорогу починят в мае."
GREETING = "Здравствуйте! Мы получили ваше сообщение."


@pytest.fixture
def district(tmp_path: Path) -> District:
    it = District(tmp_path)
    for text, minutes in ((HEAT, 30), (ROAD, 20)):
        it.world.receive(*it.page(VK), "555", text, at=it.world.now() - timedelta(minutes=minutes))
    it.later(minutes=1)
    return it


def answer(district: District, text: str, question: str = "", number: int = 1, peer: str = "555") -> Any:
    at = district.world.now() - timedelta(minutes=25)
    params = {"text": text, "peer": peer, **({"question": question} if question else {})}
    return district.step("send_message", number=number, params=params, evidence=(Proof(at=at),))


def sent(district: District, peer: str = "555") -> list[str]:
    return [one.text for one in district.world.page(*district.page(VK)).dialogs[peer] if one.outgoing]


# --- what else is said in the dialogue


def test_two_questions_answered_by_two_commands(district: District) -> None:
    with district.connect() as social:
        snapshot = social.collect(weeks=1, want=["posts", "comments", "messages"])
        questions = [one for one in social.inbox(snapshot) if one.peer]
        for question, text in zip(questions, (WARM, MAY), strict=True):
            assert social.apply(social.plan_answer(question, text, made_by="elkina")).done
    assert sent(district) == [WARM, MAY]


def test_an_answer_cut_through_a_sign(district: District) -> None:
    with district.connect() as social:
        question, _ = social.inbox(social.collect(weeks=1, want=["messages"]))
        assert social.apply(social.plan_answer(question, f"{WARM} \ud83d", made_by="elkina")).done
    assert sent(district) == [f"{WARM} \N{REPLACEMENT CHARACTER}"]


def test_one_plan_in_two_parts(district: District) -> None:
    plan = district.plan(answer(district, WARM), answer(district, MAY, number=2))
    assert [district.apply(plan, limit=1).done for _ in range(2)] == [True, True]
    assert sent(district) == [WARM, MAY]


@pytest.mark.parametrize("kind", ["captcha", "quota", "flood"])
def test_one_plan_of_which_a_part_was_put_off(district: District, kind: str) -> None:
    plan = district.plan(answer(district, WARM), answer(district, MAY, number=2))
    district.faults.add(fault(kind, "messages.send", after=1))
    district.apply(plan)
    district.later(hours=26)
    assert district.apply(plan).done
    assert sent(district) == [WARM, MAY]


def test_an_answer_whose_end_is_unclear_answers_no_other_question(district: District) -> None:
    plan = district.plan(answer(district, WARM), answer(district, MAY, number=2))
    district.faults.add(fault("lost_after", "messages.send"))
    district.faults.add(fault("server", "messages.getConversations", times=None))
    district.apply(plan)
    assert sent(district) == [WARM, MAY]


def test_the_greeting_that_a_page_sends_by_itself_is_no_answer(district: District) -> None:
    district.world.send_message(*district.page(VK), "555", GREETING)
    district.later(minutes=1)
    assert district.apply(district.plan(answer(district, WARM))).done
    assert sent(district) == [GREETING, WARM]


def test_a_word_in_between_is_followed_by_the_answer(district: District) -> None:
    for step in [answer(district, text, "q1") for text in ("Передали в дорожную службу.", MAY)]:
        assert district.apply(district.plan(step)).done
        district.later(hours=40)
    assert sent(district) == ["Передали в дорожную службу.", MAY]


@pytest.mark.parametrize("scheduled", [False, True])
def test_what_looks_like_an_answer_ends_no_step_that_waits_in_the_outbox(district: District, scheduled: bool) -> None:
    step = answer(district, WARM)
    due = {"due": district.world.now() + timedelta(hours=1)} if scheduled else {}
    district.faults.add(fault("captcha", "messages.send"))
    plan = district.plan(step.model_copy(update=due))
    district.apply(plan)
    district.later(minutes=5)
    district.world.receive(*district.page(VK), "555", "Ау!")
    district.world.send_message(*district.page(VK), "555", GREETING)
    district.later(hours=2)
    with district.connect() as social:
        for _ in range(2):
            run = social.outbox()
            (outcome,) = run.outcomes
            assert (outcome.state, outcome.again, outcome.by_person, run.amiss) == ("skipped", True, True, True)
            assert f"munsocial outbox drop РЕЕСТР {plan.id}/s1 --yes" in outcome.say()
            assert [one.step.id for one in social.waiting()] == ["s1"]
    assert sent(district) == [GREETING]


def _questions(social: Social) -> list[Question]:
    snapshot = social.collect(weeks=1, want=["posts", "comments", "messages"])
    return [one for one in social.inbox(snapshot) if one.peer]


@pytest.mark.parametrize(("seen", "sent_twice"), [("before", False), ("after", True)])
def test_what_a_colleague_answered_on_the_site_counts_unless_it_was_read(
    district: District, seen: str, sent_twice: bool
) -> None:
    with district.connect() as social:
        questions = _questions(social)
        district.later(minutes=30)
        district.world.send_message(*district.page(VK), "555", "Включат 1 декабря.")
        district.later(minutes=30)
        question = (questions if seen == "before" else _questions(social))[0]
        (outcome,) = social.apply(social.plan_answer(question, WARM, made_by="elkina")).outcomes
    assert (outcome.state, WARM in sent(district)) == (("confirmed", True) if sent_twice else ("skipped", False))


def _by_hand(district: District, _: Plan) -> None:
    district.world.send_message(*district.page(VK), "555", "Завтра, коллега ответил.")


def _by_another_plan(district: District, other: Plan) -> None:
    assert district.apply(other).done


@pytest.mark.parametrize("colleague", [_by_hand, _by_another_plan])
def test_what_a_colleague_answered_meanwhile_is_not_answered_twice_unless_it_is_planned_anew(
    district: District, colleague: Callable[[District, Plan], None]
) -> None:
    plan, other = (district.plan(answer(district, text, "q1")) for text in (WARM, "Завтра в десять."))
    district.later(minutes=1)
    colleague(district, other)
    (outcome,) = district.apply(plan).outcomes
    assert (outcome.state, "составьте его заново" in outcome.say()) == ("skipped", True)
    district.later(minutes=1)
    assert district.apply(district.plan(answer(district, WARM, "q1"))).done
    assert len(sent(district)) == 2


# --- what is read for it


@pytest.mark.parametrize("citizens", [3, 9])
@pytest.mark.parametrize("single", [True, False], ids=["a dialogue alone", "only all of them"])
def test_no_answer_reads_the_dialogues_of_others(district: District, citizens: int, single: bool) -> None:
    peers = [str(600 + number) for number in range(citizens)]
    for peer in peers:
        district.world.receive(*district.page(VK), peer, HEAT, at=district.world.now() - timedelta(minutes=25))
    steps = [answer(district, WARM, number=place, peer=peer) for place, peer in enumerate(peers, 1)]
    pages = 0
    with district.connect() as social:
        adapter: Any = social.adapter("vk")
        real = adapter.calls.get

        async def counted(*given: Any, **named: Any) -> Any:
            nonlocal pages
            pages += given[1].startswith("messages.get")
            return await real(*given, **named)

        adapter.calls.get = counted
        if not single:
            adapter.list_dialogue = None
        district.later(minutes=1)
        assert social.apply(district.plan(*steps)).done
    assert pages == (citizens if single else 1)


def leaves_out(social: Social, method: str, item: str) -> None:
    """Let a listing tell of a gap for ever."""
    adapter: Any = social.adapter("vk")
    real = getattr(adapter, method)

    async def listed(*given: Any, **named: Any) -> Page[Any]:
        page = await real(*given, **named)
        return Page(page.items, page.cursor, (Missing(why=Why.UNREADABLE, ru="не всё", en="not all", item=item),))

    setattr(adapter, method, listed)


@pytest.mark.parametrize(("item", "goes"), [("777", True), ("555", False), ("", False), ("messages", False)])
def test_a_gap_in_the_dialogue_of_another_stops_nobody(district: District, item: str, goes: bool) -> None:
    with district.connect() as social:
        social.adapter("vk").list_dialogue = None  # type: ignore[attr-defined]
        leaves_out(social, "list_messages", item)
        (outcome,) = social.apply(district.plan(answer(district, WARM))).outcomes
    assert (outcome.state == "confirmed", outcome.again) == (goes, not goes)
    assert goes or "munsocial outbox drop РЕЕСТР test-" in outcome.say()


def test_a_gap_in_the_dialogue_itself_lets_the_answer_wait(district: District) -> None:
    with district.connect() as social:
        leaves_out(social, "list_dialogue", "17")
        (outcome,) = social.apply(district.plan(answer(district, WARM))).outcomes
    assert (outcome.state, outcome.again, sent(district)) == ("skipped", True, [])


@pytest.mark.parametrize("error", [CannotMessage, NotFound])
def test_where_no_dialogue_is_the_deed_tells_what_that_means(district: District, error: type[NetworkError]) -> None:
    async def none(*_: Any, **__: Any) -> Page[Any]:
        raise error(Text("Диалога нет.", "There is no dialogue."))

    with district.connect() as social:
        social.adapter("vk").list_dialogue = none  # type: ignore[attr-defined]
        assert social.apply(district.plan(answer(district, WARM))).done


# --- gaps under a post name the thread in which something is wanting


@pytest.mark.parametrize(
    ("unread", "goes"), [("a comment of another", True), ("in another thread", True), ("in this thread", False)]
)
def test_an_unreadable_comment_in_another_thread_stops_no_answer(
    district: District, monkeypatch: pytest.MonkeyPatch, unread: str, goes: bool
) -> None:
    post = district.post()
    asked, other = (district.says(text, post) for text in (HEAT, "Хм."))
    under = {"in another thread": other.id, "in this thread": asked.id}.get(unread)
    strange = district.says("Странный.", post, reply_to=under) if under else other
    real = decode._comment

    def read(said: Any, context: Any) -> Any:
        return None if str(said[0].id) == strange.id else real(said, context)

    monkeypatch.setattr(decode, "_comment", read)
    params = {"text": WARM, "post": post.id, "to": asked.id, "under": VK}
    plan = district.plan(district.step("reply", params=params, expect=text_digest(asked.text)))
    (outcome,) = district.apply(plan).outcomes
    assert (outcome.state == "confirmed", outcome.again) == (goes, not goes)
