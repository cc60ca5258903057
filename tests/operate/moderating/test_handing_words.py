"""How a plan words what a person decides: what is mixed, what is grave, and what many say alike."""

from __future__ import annotations

import pytest

from acting_world import District
from munsocial.operate.moderating.moderation import Settings
from munsocial.operate.plans.plan import Plan
from munsocial.testing.factories import comment, post, snapshot, view

VK = "administration-vk"


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> District:
    return District(tmp_path_factory.mktemp("district"))


def planned(district: District, *texts: str) -> Plan:
    said = [comment(text, id=f"c{place}", author_id=f"citizen-{place}") for place, text in enumerate(texts)]
    seen = snapshot(view(VK, posts=[post(id="post-1")], comments=said), municipality="lesnoy")
    with district.connect() as social:
        return social.plan_moderation(seen, made_by="elkina")


def test_a_closed_ground_beside_something_else_is_handed_over_with_its_evidence(district: District) -> None:
    plan = planned(district, "Иди на х@й, мой номер паспорт 0305 123456", "Я тебя найду и убью, тварь")
    assert [(one.action, one.ground) for one in plan.steps] == [("refer", "threat"), ("refer", "obscenity")]
    mixed = plan.steps[1]
    assert mixed.evidence[0].text == "Иди на х@й, мой номер паспорт 0305 123456"
    assert mixed.ru.startswith("решить человеку: нецензурная брань, персональные данные")
    assert f"--remove {VK}:c0 --ground obscenity" in mixed.params["how_ru"]
    assert not plan.problems


@pytest.mark.parametrize(
    ("text", "said", "not_said"),
    [
        ("Мефедрон, альфа, гашиш, клады по району, бот @shop_mef", "реклама наркотиков", "угроза"),
        ("Я тебя найду и убью, тварь", "Если угроза настоящая", "наркотик"),
    ],
)
def test_who_gets_a_grave_comment_is_told_what_to_do_with_this_one(
    district: District, text: str, said: str, not_said: str
) -> None:
    (step,) = planned(district, text).steps
    how: str = step.params["how_ru"]
    assert said in how
    assert not_said not in how


@pytest.mark.parametrize("text", ["Я тебя найду и убью, тварь", "Когда вы, б@ядь, почините дорогу?"])
def test_a_comment_without_an_address_is_looked_for_under_its_post(district: District, text: str) -> None:
    said = [comment(text, id="post-1~c0", author_id="citizen-0", url=None)]
    there = post(id="post-1", url="https://max.example/lesnoy/post-1")
    with district.connect() as social:
        plan = social.plan_moderation(
            snapshot(view(VK, posts=[there], comments=said), municipality="lesnoy"), made_by="elkina"
        )
    how: list[str] = [one.params["how_ru"] for one in plan.steps if one.action == "refer"]
    assert ["post-1~c0 под записью https://max.example/lesnoy/post-1" in one for one in how] == [True]


def test_equal_comments_are_shown_once_with_their_number(district: District) -> None:
    text = "Когда уже почините дорогу на Сосновой? Надоело ждать!"
    told = [one.ru for one in planned(district, *[text] * 40).problems]
    shown_once, count = told[0].split("; таких же комментариев ещё ")
    assert (len(told), "похоже на спам" in shown_once, int(count) > 10) == (1, True, True)


def test_other_settings_let_no_question_go_without_a_person(district: District) -> None:
    texts = ("Иди на х@й", "Когда вы, б@ядь, почините дорогу?")
    said = [comment(text, id=f"c{place}", author_id=f"citizen-{place}") for place, text in enumerate(texts)]
    seen = snapshot(view(VK, posts=[post(id="post-1")], comments=said), municipality="lesnoy")
    with district.connect() as social:
        found = social.replay(Settings(auto=frozenset({"obscenity"})), comments=seen)
    assert [(one.comment.id, one.alone_before, one.alone_after) for one in found.differences] == [("c0", False, True)]
