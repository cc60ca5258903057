"""`is_question`: what waits for an answer of the authorities, with or without a question mark."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munsocial.language import is_question, is_question_many

DATA = Path(__file__).parent / "data"


@pytest.mark.parametrize(
    ("situation", "text"),
    [
        ("a plain question", "Когда отремонтируют крышу клуба?"),
        ("no question mark", "почему у школы до сих пор нет перехода"),
        ("the question stands last", "дорогу разбили комбайны, кто будет чинить"),
        ("a particle asks", "Предусмотрены ли места для колясок в новом автобусе"),
        ("a request", "Прошу убрать сухостой у остановки"),
        ("a command", "Почините качели во дворе, дети падают"),
        ("a complaint that waits", "Мусор не вывозят третью неделю"),
        ("a cry for help", "Затопило двор, помогите"),
        ("who is asked for", "Кто последний чинил фонари, скажите, они опять не горят"),
        ("polite", "Подскажите, пожалуйста, режим работы паспортного стола"),
        ("what to do", "Сгорел счётчик, куда обращаться"),
        ("a wish", "Неплохо бы повесить фонарь у брода"),
        ("how long it lasts", "До сих пор не дали справку"),
        ("something held against the thanks", "Спасибо за лавочки, но воды так и нет"),
        ("a question inside thanks", "Спасибо за фонари! А когда сделают тротуар?"),
    ],
)
def test_it_waits_for_an_answer(situation: str, text: str) -> None:
    assert is_question(text), situation


@pytest.mark.parametrize(
    ("situation", "text"),
    [
        ("admiration", "Какая чудесная аллея получилась"),
        ("thanks", "Спасибо, лавочку починили"),
        ("a proverb with a question word", "Кто рано встаёт, тому бог подаёт"),
        ("rhetoric", "Ну и кто бы сомневался"),
        ("agreement sought", "Здорово получилось, да?"),
        ("a memory", "Когда строили эту школу, я была маленькой"),
        ("done", "Вопрос решили за день"),
        ("no question", "Вопросов нет"),
        ("wishes", "Здоровья и счастья всем учителям"),
        ("general scorn", "Показуха для начальства"),
        ("a jibe at politics", "Политики опять врут с экрана"),
        ("everyday chat", "Дед ловит карпа"),
        ("a bare word", "Скворец на ветке"),
        ("a comparison", "Вода холоднее, чем в проруби"),
        ("an invitation", "Приезжайте к нам на ярмарку"),
        ("whoever it is, told what to do", "Кто последний уходит из клуба, закрывайте дверь"),
        ("a sale", "Продам козу, недорого, Степная 4"),
        ("a house to let", "Срочно сдам дом в Калининской, звоните после шести"),
        ("nothing", ""),
        ("no words", "👍👍👍"),
        ("numbers", "5 из 5"),
        ("a sum", "2+2"),
        ("a small word", "по"),
        ("a small word again and again", "на на на"),
        ("a name", "Маша"),
    ],
)
def test_it_does_not(situation: str, text: str) -> None:
    assert not is_question(text), situation


@pytest.mark.parametrize("blanks", [" ", "\n", " \n ", "\u00a0"])
def test_blanks_around_a_text_change_nothing(blanks: str) -> None:
    records = [json.loads(line)["text"] for line in (DATA / "questions.jsonl").read_text("utf-8").splitlines()]
    texts = ["Английский ведёт физрук, других нет", *records]
    assert [text for text in texts if is_question(f"{blanks}{text}{blanks}") != is_question(text)] == []


@pytest.mark.parametrize("blank", ["\u00a0", "\u202f", "  ", "\t"])
@pytest.mark.parametrize(
    ("text", "asks"),
    [("Не пришла пенсия, куда звонить", True), ("Когда рак на горе свистнет, тогда и сделают", False)],
)
def test_blanks_inside_a_text_change_nothing(blank: str, text: str, asks: bool) -> None:
    assert is_question(text.replace(" ", blank)) is asks


def test_the_carried_set_reaches_the_promised_measure() -> None:
    records = [json.loads(line) for line in (DATA / "questions.jsonl").read_text("utf-8").splitlines()]
    said = [is_question(record["text"]) for record in records]
    true = sum(answer and record["question"] for answer, record in zip(said, records, strict=True))
    measure = 2 * true / (sum(said) + sum(record["question"] for record in records))
    assert measure >= 0.93


def test_a_stream_gives_one_answer_for_each_text() -> None:
    texts = ["Где автобус?", "", "Красиво"]
    assert list(is_question_many(texts)) == [True, False, False]


@given(st.text(max_size=300))
def test_any_text_is_answered(text: str) -> None:
    assert is_question(text) in (True, False)
