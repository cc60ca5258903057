"""What a word says does not depend on the ordinary word beside it: excuses of torn words and of chores keep to theirs.

Words such as «беру», «только» or «наш» end like the first half of a harmless word that somebody tore («ру-бля»,
«ско-бля», «ш-ебуршать»); an oath behind them is an oath.
"""

from __future__ import annotations

import pytest

from munsocial.language import categories

_ORDINARY = (
    *("только", "сколько", "молоко", "беру", "углу", "номеру", "колбаса", "автобуса", "игра", "наш", "ваш", "пора"),
    *("завтра", "сестра", "мфц", "жкх", "центр", "суд", "протокол", "меня", "детей", "или", "если", "дети", "дали"),
    *("привет", "ответ", "места", "школе", "выросла", "тепло", "крыши", "кора", "четыре", "розыгрыш", "ещё", "день"),
)


@pytest.mark.parametrize("word", _ORDINARY)
@pytest.mark.parametrize("oath", ["блядь", "бля", "ебать", "ебаный", "хуй", "хуйня", "пиздец"])
@pytest.mark.parametrize("between", [" ", ", ", ",", "! "])
def test_an_oath_behind_any_word(word: str, between: str, oath: str) -> None:
    assert "obscenity" in categories(f"ну {word}{between}{oath} и всё")


@pytest.mark.parametrize("word", ["неделя", "детей", "завтра", "беру", "молоко", "или", "дали"])
@pytest.mark.parametrize("oath", ["Ебать", "Блядь", "Хуйня"])
def test_a_sentence_that_begins_without_a_blank(word: str, oath: str) -> None:
    assert "obscenity" in categories(f"Опять {word}.{oath} какая")


@pytest.mark.parametrize(
    "torn",
    [
        *("ру-бля", "са.бля", "гре-бля", "ско*бля", "кора.бля", "оскор-блять", "употре.блять", "употреб-\nлять"),
        *("хл-ебать", "хл ебать щи", "скр.еблись", "уч-ебный", "суд.ебный", "волш-ебный", "потр.ебление", "ре-бёнок"),
        *("за-стра-хуй", "по-дстра.хуй", "пло.хую", "глу-хую", "вет-хую", "ли.хую", "су-хую", "май-бан", "стая-баб"),
    ],
)
def test_a_harmless_word_that_is_torn(torn: str) -> None:
    assert "obscenity" not in categories(f"ну {torn} и всё")


@pytest.mark.parametrize(
    ("threat", "chore"),
    [
        ("Через час я тебя убью", "Час я убью на эту очередь"),
        ("За эту плитку я тебя убью", "Плитку эту сам прибью"),
        ("Если тронешь мой сад, я тебя убью", "Сад от тли я обработаю, всех вредителей убью"),
        ("В тот же день руки тебе оторву", "День я убью на эту справку"),
        ("Скормлю тебя свиньям", "Скормлю тебе свиньям на зиму мешок отрубей"),
    ],
)
def test_somebody_is_no_chore(threat: str, chore: str) -> None:
    assert "threat" in categories(threat)
    assert "threat" not in categories(chore)


@pytest.mark.parametrize(
    ("before", "text", "category"),
    [
        ("Смотрел вчера фильм.", "Ты идиот!", "insult"),
        ("Читаем книгу вслух!", "А глава дебил", "insult"),
        ("Хороший был сериал?", "Я тебя убью, сосед", "threat"),
        ("Завтра праздник.", "Убью суку, пусть только выйдет", "threat"),
        ("Ходили в музей\n", "Бей чиновников, жги кабинеты", "extremism"),
    ],
)
def test_the_sentence_before_excuses_nothing(before: str, text: str, category: str) -> None:
    assert category in categories(f"{before} {text}")


@pytest.mark.parametrize(
    "text",
    ["Фильм «Идиот» смотрели всей семьёй", "В спектакле кричит: убью тебя, сосед", "Книга «Дураки» про нас"],
)
def test_the_same_sentence_does(text: str) -> None:
    assert not categories(text)


@pytest.mark.parametrize(
    "text",
    [
        "Дом 8 по Садовой опять без воды",
        "МФЦ переехал на улицу Мира, 40, второй этаж, окна 1–6",
        "Шизофрения в документах: дом есть, адреса нет",
        "Редакция газеты: ул. Почтовая, 2, тел. 2-45-45",
    ],
)
def test_who_is_answered_lives_nowhere(text: str) -> None:
    assert "personal_data" not in categories(f"[id12345|Анна Сергеева], {text}")


@pytest.mark.parametrize(
    "text",
    [
        "Петров Иван живёт на Садовой 8, кв 12, тел. 8 918 000-11-22",
        "у Сергеевой из бухгалтерии шизофрения, справка есть",
    ],
)
def test_who_is_told_of_does(text: str) -> None:
    assert "personal_data" in categories(f"[id12345|Анна], {text}")
