"""The sound of words beside the rules: what no rule knows is found, citizens are left alone, and the reason is told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import compress
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation_sets import rows
from munsocial.language import categories, evaluate, explain, marks
from munsocial.language.comments.adwords import BUCKETS, CATEGORIES, SIGNALS, Reading, adwords, answers, bits_of, read
from munsocial.language.comments.unmask import plain_view
from tool_scripts import script


@pytest.fixture(scope="module")
def train() -> ModuleType:
    return script("language/train_words.py")


def test_the_shipped_models_are_made_of_the_lines_that_stand_here(train: ModuleType) -> None:
    assert shipped(train)["sources"] == train.sources(), "run tools/language/train_words.py"


@pytest.mark.skipif("MUNSOCIAL_RETRAIN" not in os.environ, reason="takes a minute: nox -s models")
def test_training_again_gives_the_same_bytes(train: ModuleType) -> None:
    category = CATEGORIES[-1]
    model, there = train.packed_of(category), (train.MODELS / "words.bin").read_bytes()
    assert model.numbers == shipped(train)[category]
    assert model.weights == there[-BUCKETS:]
    assert len(there) == BUCKETS * len(CATEGORIES)


def test_the_same_lines_give_the_same_bytes_in_another_process() -> None:
    """A few lines are enough to show that neither order of sets nor hashes of a process have a say."""
    code = (
        "import hashlib, sys; sys.path.insert(0, 'tests'); from tool_scripts import script\n"
        "train = script('language/train_words.py'); lines = train.all_lines('spam')[::400]\n"
        "train.JOINED = train.JOINED_HARM = 5; model = train.packed(train.trained(lines))\n"
        "print(len(lines), model.numbers, hashlib.sha256(model.weights).hexdigest())"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1
    assert int(said.pop().split()[0]) > 100


def test_lines_kept_aside_are_not_learnt(train: ModuleType) -> None:
    learnt = {line.text for line in train.told()}
    aside = {row["text"] for row in rows("municipal_spam", aside=True)}
    assert aside
    assert not learnt & aside


def test_a_line_that_may_be_of_a_category_teaches_nothing_of_it(train: ModuleType) -> None:
    def line(labels: str, ignore: str) -> Any:
        return train.Told("", "", train.names(labels), train.names(ignore))

    assert train.is_known(line("-", "-"), "spam")
    assert not train.is_known(line("-", "spam"), "spam")
    assert train.is_known(line("spam", "drugs"), "drugs")
    assert train.is_known(line("insult", "threat"), "threat")
    assert not train.is_known(line("insult,extremism", "threat"), "threat")


def shipped(train: ModuleType) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((train.MODELS / "words.json").read_text("utf-8"))
    return told


@pytest.mark.parametrize(
    "text",
    [
        "Чистка дымоходов, опыт, выезд в любой хутор",
        "Ульи и вощина, большой выбор, рассрочка",
    ],
)
def test_a_trade_that_no_rule_knows_is_told_by_the_other_words(text: str) -> None:
    assert categories(text) == {"spam"}


@pytest.mark.parametrize(
    "text",
    [
        "Почему дымоходы в школе не чистят третий год?",
        "Пасечники жалуются: пчёлы гибнут после обработки полей",
        "Поросёнка закололи, продаю мясо",
        "рассрочка",
        "[id1|Анна], давай, напиши",
        "https://example.org/doma",
        "",
        "!!!",
    ],
)
def test_citizens_and_single_words_are_left_alone(text: str) -> None:
    assert categories(text) == frozenset()


def test_the_reason_names_the_words() -> None:
    text = "Чистка дымоходов, опыт, выезд в любой хутор"
    (mark,) = marks(text)
    assert "слова как в объявлениях" in mark.why.ru
    assert "чистка" in mark.why.ru
    assert any("words as in advertisements" in step.en for step in explain(text))


def test_an_answer_to_somebody_is_told_apart_from_its_name() -> None:
    reading = read(plain_view("[id12345|Анна Иванова], это дорого?").seen)
    assert reading.words == {"это".encode("cp1251"), "дорого".encode("cp1251")}
    assert answers(plain_view("[id12345|Анна Иванова], это дорого?").seen)
    assert told_by(reading) == ["asks", "answers"]


@pytest.mark.parametrize(
    ("text", "signals"),
    [
        ("Сосед, убавьте музыку!", ["calls", "cries"]),
        ("Добрый сосед, спасибо", ["names"]),
        ("Яма, а не дорога", ["calls", "denies"]),
        ("ул. Мира, 5", ["digits"]),
        ("звоните 2-15-40", ["number"]),
        ("подробности на сайте 5.example", []),
        ("Дорогу сделали", []),
    ],
)
def test_what_a_text_signals_beside_its_words(text: str, signals: list[str]) -> None:
    assert told_by(read(plain_view(text).seen)) == signals


def told_by(reading: Reading) -> list[str]:
    return list(compress(SIGNALS, reading.signals))


@given(st.text(max_size=200))
def test_any_text_has_a_score_and_the_same_one_again(text: str) -> None:
    reading = read(plain_view(text).seen)
    first = adwords().scores(reading)
    turned = Reading(dict.fromkeys(sorted(reading.words, reverse=True)).keys(), reading.signals)
    assert adwords().scores(turned) == first
    assert len(first) == len(CATEGORIES)
    assert all(abs(score) < 100 for score in first)


@given(st.binary(min_size=1, max_size=5000))
def test_a_word_of_any_length_has_few_bits(word: bytes) -> None:
    assert 3 <= len(bits_of(word)) <= 30


def test_batches_of_lures_stay_read() -> None:
    figures = {figure.category: figure for figure in evaluate(rows("lure_batches"))}
    for category, precision, recall in (("spam", 0.98, 0.87), ("drugs", 0.97, 0.95), ("personal_data", 0.98, 0.93)):
        assert (figures[category].precision or 0) >= precision
        assert (figures[category].recall or 0) >= recall
