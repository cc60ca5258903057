"""`topic`: the head, the body's own work, what everybody must know, or something else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munsocial.language import topic, topic_many

DATA = Path(__file__).parent / "data"
NAMES = {"head": "head_event", "body": "activity", "social": "socially_important", "other": "other"}


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("head_event", "Глава района навестил тружеников тыла и вручил подарки"),
        ("head_event", "Прямая линия с главой поселения: в среду в пять"),
        ("head_event", "Вместе с главой района почистили родник"),
        ("activity", "Специалисты отдела благоустройства установили двадцать лавочек"),
        ("activity", "Мы отремонтировали остановку на Садовой"),
        ("activity", "Управление культуры подвело итоги смотра хоров"),
        ("socially_important", "В пятницу не будет воды с девяти до трёх"),
        (
            "socially_important",
            "Воды не будет 30 октября, с 10 до 18 часов. Улица Речная, все дома. Меняем задвижку, ей сто лет.",
        ),
        ("socially_important", "Мошенники рассылают письма от имени налоговой"),
        ("socially_important", "Как получить выплату на школьную форму"),
        ("socially_important", "Пропал дедушка, ушёл из дома утром"),
        ("other", "Доброе утро, друзья"),
        ("other", "Рецепт выходного дня: вареники с вишней"),
        ("other", "Глава третья: как мы с дедом строили лодку"),
        ("other", ""),
        ("other", "!!!"),
        ("other", "п"),
        ("other", "г. К."),
    ],
)
def test_topic(expected: str, text: str) -> None:
    assert topic(text) == expected


def test_the_carried_set_reaches_the_promised_measure() -> None:
    records = [json.loads(line) for line in (DATA / "topics.jsonl").read_text("utf-8").splitlines()]
    right = sum(topic(record["text"]) == NAMES[record["label"]] for record in records)
    assert right / len(records) >= 0.95


def test_a_stream_gives_one_answer_for_each_text() -> None:
    assert list(topic_many(["Котик дня", "Завтра отключат свет"])) == ["other", "socially_important"]


@given(st.text(max_size=300))
def test_any_text_has_a_topic(text: str) -> None:
    assert topic(text) in NAMES.values()
