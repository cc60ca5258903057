"""Advice on a draft speaks of topics and of what moderation marks as people name them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from acting_world import NOW, District
from munsocial.network.drafts import Draft
from munsocial.operate.publishing.changes import plan_change
from munsocial.operate.publishing.text_advice import problems_of_text
from munsocial.policy import load_acts
from munsocial.policy.force import demands_on


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Глава района вручил награды учителям станичной школы", "мероприятия с участием главы"),
        ("Завтра с 9 до 17 часов не будет воды: меняем трубу на улице Мира", "социально важное"),
    ],
)
def test_a_topic_is_guessed_in_words(text: str, said: str) -> None:
    told = [one.ru for one in problems_of_text(Draft(text=text), ["administration-vk"]) if "тема" in one.ru]
    assert [one.endswith(f"тема не указана; похоже на «{said}»") for one in told] == [True], told


@pytest.mark.parametrize(
    ("text", "ru", "en"),
    [
        ("Марихуану продам, пишите", "наркотики", "drugs"),
        ("Идиоты и дебилы, мы вас всех убьём!", "оскорбление, угроза", "insult, threat"),
    ],
)
def test_marks_of_moderation_are_named_in_both_languages(text: str, ru: str, en: str) -> None:
    draft = Draft(text=text, topic="other", style_exempt="проба")
    told = [(one.ru, one.en) for one in problems_of_text(draft, ["administration-vk"]) if "признаки" in one.ru]
    assert told == [(f"в тексте признаки: {ru}", f"the text has signs of: {en}")]


@pytest.mark.parametrize(
    "text",
    [
        "Друзья, завтра приём!",
        "Бассейн открыт, сеанс 250 рублей, запись по телефону",
        "Открыта вакансия водителя автобуса, зарплата от 45 000 рублей, звоните в отдел кадров",
        "Переходите по ссылке и пройдите опрос о транспорте: https://forms.example.ru/bus",
    ],
)
def test_news_of_a_district_are_no_spam_in_its_own_posts(text: str) -> None:
    draft = Draft(text=text, topic="other", style_exempt="проба")
    assert not [one.ru for one in problems_of_text(draft, ["administration-vk"]) if "признаки" in one.ru]


ACT = """
id = "lesnoy"
title = "Положение Лесного района"

[clauses."2.1"]
ru = "Аккаунты рассказывают о спорте."
en = "Accounts tell of sport."

[[requirements]]
id = "topics"
clause = "2.1"
level = "must"
kind = "posting.topics"
params = {topics = ["head_events", "sport"]}
"""


@pytest.mark.parametrize(
    ("topic", "meant"),
    [
        ("other", None),
        ("head_event", None),
        ("sport", None),
        ("spotr", "Может быть, sport или other?"),
        ("head_events", "Может быть, head_event?"),
        ("activty", "Может быть, activity?"),
        ("Мероприятия с участием главы", "Может быть, head_event?"),
        ("балет", "Известны: activity, head_event, other, socially_important, sport."),
    ],
)
def test_a_topic_that_nobody_knows_is_told_with_the_nearest(topic: str, meant: str | None, tmp_path: Path) -> None:
    (tmp_path / "lesnoy.toml").write_text(ACT, encoding="utf-8")
    (act,) = load_acts([tmp_path / "lesnoy.toml"])
    draft = Draft(text="Друзья, завтра приём!", topic=topic)
    asked = demands_on([act], date(2026, 11, 25))
    told = [one.ru for one in problems_of_text(draft, ["administration-vk"], asked) if "темы" in one.ru]
    assert len(told) == (meant is not None)
    assert all(one.endswith(str(meant)) and f"«{topic}»" in one for one in told)


def test_a_plan_knows_the_topics_of_the_acts_of_its_district(tmp_path: Path) -> None:
    district = District(tmp_path)
    plans = [district.publications(topic=one) for one in ("activty", "activity")]
    told = [[one.ru for one in plan.problems if "Может быть, activity?" in one.ru] for plan in plans]
    assert [len(one) for one in told] == [1, 0]


@pytest.mark.parametrize(("topic", "told"), [("sport", 0), ("балет", 1)])
def test_an_edit_knows_the_topics_of_the_acts_too(topic: str, told: int, tmp_path: Path) -> None:
    (tmp_path / "lesnoy.toml").write_text(ACT, encoding="utf-8")
    facts: dict[str, Any] = {"acts": load_acts([tmp_path / "lesnoy.toml"]), "adapters": {}, "now": NOW}
    draft = Draft(text="Друзья, завтра приём!", topic=topic)
    plan = plan_change(
        "edit_post", "administration-vk", "7", draft=draft, registry=District(tmp_path).registry, **facts
    )
    assert len([one for one in plan.problems if "темы" in one.ru]) == told
