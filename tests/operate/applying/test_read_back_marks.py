"""Texts with mentions are met on reading back, whatever the network made of them: nothing is written twice."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from acting_world import District, fault
from munsocial.network.drafts import Draft, Media
from munsocial.operate.applying.outbox import settle_unclear
from munsocial.operate.plans.plan import Proof

VK = "administration-vk"
TEXTS = [
    ("a mention", "Спасибо [club240000002|Боровому] за помощь!"),
    ("a person", "[id555|Пётр], ремонт начнём в понедельник."),
    ("a link", "Подробности [https://vk.com/wall-1_2|здесь]."),
    ("no mention", "Начало в 10:00 [вход|выход] свободный."),
]


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


@pytest.mark.parametrize(("situation", "text"), TEXTS)
def test_a_publication_whose_answers_are_lost_is_met(district: District, situation: str, text: str) -> None:
    plan = district.publications(VK, text=text)
    district.faults.add(fault("lost_after", "wall.post", times=None))
    assert district.states(district.apply(plan)) == ["confirmed"], situation
    assert district.texts(VK)[text] == 1


@pytest.mark.parametrize(("situation", "text"), TEXTS)
def test_an_edit_whose_answers_are_lost_is_met(district: District, situation: str, text: str) -> None:
    post = district.post()
    with district.connect() as social:
        plan = social.plan_change("edit_post", VK, post.id, draft=Draft(text=text, topic="other"), made_by="elkina")
    district.faults.add(fault("lost_after", "wall.edit", times=None))
    assert district.states(district.apply(plan)) == ["confirmed"], situation
    assert post.text == text


@pytest.mark.parametrize(
    ("broken", "fields", "said"),
    [
        ("lost_after", {"description": "Новости Лесного"}, "сделано"),
        ("lost_before", {"description": "Новости Лесного"}, "следов пока нет"),
        ("lost_after", {"description": "Новости Лесного", "handle": "lesnoy"}, "сеть показала не всё"),
    ],
)
def test_a_profile_whose_answers_are_lost_is_read_back(
    district: District, broken: str, fields: dict[str, str], said: str
) -> None:
    step = district.step("edit_profile", params={"fields": fields})
    district.faults.add(fault(broken, "groups.edit", times=None))
    (outcome,) = district.apply(district.plan(step)).outcomes
    assert said in outcome.say()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Заявки: info@adm.ru (приёмная)", "Заявки: info@adm26.ru (приёмная)"),
        ("Доски 5*3 (шт)", "Доски 5*4 (шт)"),
        ("Спасибо @club240000001 (соседям)", "Спасибо @club240000002 (соседям)"),
        ("Спасибо соседям", "Спасибо @club240000002 (соседям)"),
    ],
    ids=["mail", "product", "another page", "a mention added"],
)
def test_an_edit_that_never_arrived_is_made_and_not_taken_for_done(district: District, old: str, new: str) -> None:
    post = district.post(text=old)
    with district.connect() as social:
        plan = social.plan_change(
            "edit_post", VK, post.id, draft=Draft(text=new, topic="other"), made_by="elkina",
            snapshot=social.collect(weeks=1, want=("posts",)),
        )  # fmt: skip
    district.faults.add(fault("lost_before", "wall.edit", times=None))
    assert (district.states(district.apply(plan)), post.text) == (["uncertain"], old)
    district.faults.clear()
    district.later(hours=2)
    assert (district.states(district.apply(plan)), post.text) == (["confirmed"], new)


@pytest.mark.parametrize(("situation", "text"), TEXTS)
def test_an_answer_whose_answers_are_lost_is_met(district: District, situation: str, text: str) -> None:
    post = district.post()
    comment = district.says("Когда починят дорогу?", post)
    plan = district.plan(district.step("reply", params={"post": post.id, "to": comment.id, "text": text}))
    district.faults.add(fault("lost_after", "wall.createComment", times=None))
    assert district.states(district.apply(plan)) == ["confirmed"], situation
    assert [one.text for one in post.comments].count(text) == 1


@pytest.mark.parametrize(("situation", "text"), TEXTS)
def test_a_message_whose_answers_are_lost_is_met(district: District, situation: str, text: str) -> None:
    district.world.receive(*district.page(VK), "555", "Добрый день", at=district.world.now() - timedelta(hours=1))
    plan = district.plan(district.step("send_message", params={"peer": "555", "text": text}))
    district.faults.add(fault("lost_after", "messages.send", times=None))
    assert district.states(district.apply(plan)) == ["confirmed"], situation


def test_two_answers_with_mentions_to_one_person_are_both_sent(district: District) -> None:
    at = district.world.now() - timedelta(hours=1)
    district.world.receive(*district.page(VK), "555", "Когда починят дорогу?", at=at)
    asked = (Proof(text="Когда починят дорогу?", at=at),)
    said = ("[club240000002|Боровое] начнёт в понедельник.", "[club240000002|Боровое] начнёт в среду.")
    steps = [
        district.step("send_message", number=n, params={"peer": "555", "text": text}, evidence=asked)
        for n, text in enumerate(said, 1)
    ]
    assert district.states(district.apply(district.plan(*steps))) == ["confirmed", "confirmed"]


PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc33"
    "0000000049454e44ae426082"
)
OLD, NEW = "Субботник в десять.", "Субботник в девять."


@pytest.mark.parametrize(
    ("new", "read", "kind", "first"),
    [
        (OLD, True, "lost_before", "uncertain"),
        (OLD, True, "lost_after", "uncertain"),
        (OLD, False, "lost_before", "uncertain"),
        (NEW, True, "lost_before", "uncertain"),
        (NEW, True, "lost_after", "confirmed"),
    ],
)
def test_a_text_that_stays_says_nothing_of_new_pictures(
    district: District, new: str, read: bool, kind: str, first: str
) -> None:
    """A picture that is added under the same words shows in no text: a person looks."""
    path = district.folder / "park.png"
    path.write_bytes(PICTURE)
    post = district.post(text=OLD)
    with district.connect() as social:
        known = social.collect(weeks=1, want=("posts",)) if read else None
        draft = Draft(text=new, topic="other", media=(Media(path=path),))
        plan = social.plan_change("edit_post", VK, post.id, draft=draft, snapshot=known, made_by="elkina")
        district.faults.add(fault(kind, "wall.edit", times=None))
        assert district.states(social.apply(plan)) == [first]
        district.faults.clear()
        if new == OLD:
            district.later(hours=2)
            (waiting,), run = social.waiting(), social.outbox()
            assert district.states(run) == ["uncertain"]
            settle = f"munsocial outbox settle РЕЕСТР {plan.id}/s1 --done --yes или --not-done --yes"
            assert [settle in line for line in (waiting.say(), *run.lines())] == [True, True]
            done = kind == "lost_after"
            assert settle_unclear(social.journal, plan.id, "s1", done=done, by="elkina")
            if not done:
                assert district.states(social.apply(plan)) == ["confirmed"]
            assert len(post.attachments) == 1
