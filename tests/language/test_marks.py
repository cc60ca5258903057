"""What is marked, where and with which confidence; what is left alone."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest

from moderation_sets import rows
from munsocial.language import Mark, categories, categories_many, marks, marks_many
from munsocial.language.comments.lexicon import CATEGORIES
from munsocial.language.comments.marking import THRESHOLDS


@pytest.mark.parametrize(
    ("situation", "text", "expected"),
    [
        ("an insult by address", "Скоты, бросили мусор у школы", {"insult"}),
        ("the same word of an animal", "Скот пасётся за околицей", set()),
        ("criticism of work", "Отвратительная работа, верните деньги за капремонт", set()),
        ("a promise of violence", "Встречу у подъезда, ноги переломаю", {"threat"}),
        ("a complaint that quotes a threat", "Сосед обещал меня убить, полиция не едет", set()),
        ("an idiom with the same verb", "Комары заживо съедят", set()),
        ("a call to violence", "Всех мигрантов под нож", {"extremism"}),
        ("a lecture about the same", "Лекция о холокосте в библиотеке", set()),
        (
            "goods in a row with trade words",
            "Соль, мяу, кристаллы, закладки по району",
            {"drugs"},
        ),
        ("salt for roads", "Соль на дорогах разъедает обувь", set()),
        ("a lure", "Пассивный доход, пишите в лс", {"spam"}),
        ("a neighbour's request", "Отдам котят в добрые руки, пишите в личку", set()),
        ("a document of a person", "Паспорт 0312 456789 выдан Сидорову Ивану", {"personal_data"}),
        ("a dispatcher's phone", "Звоните в диспетчерскую 8-918-000-11-22", set()),
        ("nothing", "", set()),
    ],
)
def test_a_text_is_sorted(situation: str, text: str, expected: set[str]) -> None:
    assert categories(text) == expected, situation


@pytest.mark.parametrize(
    ("text", "category", "word"),
    [
        ("Глава дебил, какой ремонт зимой", "insult", "дебил"),
        ("Деб1лы сидят", "insult", "Деб1лы"),
        ("и снова д.е.б.и.л пишет", "insult", "д.е.б.и.л"),
        ("вот с у к а какая", "insult", "с у к а"),
        ("[id1|Имя], мразь ты", "insult", "мразь"),
    ],
)
def test_a_mark_stands_exactly_on_the_word(text: str, category: str, word: str) -> None:
    places = [text[mark.start : mark.end] for mark in marks(text) if mark.category == category]
    assert any(place.strip(" ,") == word for place in places), places


@pytest.mark.parametrize("blanks", ["\n", " \n ", "\r\n", "\n\u200b", "\u00a0", "\t"])
@pytest.mark.parametrize(
    ("text", "category"), [("Падаль", "insult"), ("Реплики люкс, часы, сумки, прайс в вотсапе", "spam")]
)
def test_blanks_around_a_text_hide_nothing(text: str, category: str, blanks: str) -> None:
    for written in (f"{text}{blanks}", f"{blanks}{text}", f"{blanks}{text}{blanks}"):
        (mark,) = marks(written)
        assert (mark.category, text in written[mark.start : mark.end]) == (category, True)
        assert categories(written) == {category}


def test_a_mark_says_why_in_two_languages() -> None:
    (mark,) = marks("Ты дебил")
    assert isinstance(mark, Mark)
    assert mark.say("ru") != mark.say("en")
    assert 0.5 <= mark.confidence <= 1
    assert mark.span == (mark.start, mark.end)


def test_marks_of_one_category_do_not_overlap_and_come_in_order() -> None:
    found = marks("Ты дебил и урод, пошел вон, закрой рот. Убью тебя, тварь!")
    assert [mark.start for mark in found] == sorted(mark.start for mark in found)
    for category in CATEGORIES:
        own = [mark for mark in found if mark.category == category]
        assert all(first.end <= second.start for first, second in pairwise(own))


def test_batch_forms_say_the_same_one_by_one() -> None:
    texts = ["Ты дебил", "Спасибо за ремонт", "Всех мигрантов под нож"]
    assert list(categories_many(texts)) == [categories(text) for text in texts]
    assert list(marks_many(iter(texts))) == [marks(text) for text in texts]


def test_every_category_has_a_threshold() -> None:
    assert set(THRESHOLDS) == set(CATEGORIES)


@cache  # the lines are marked once for all categories
def marked() -> list[tuple[str, str]]:
    texts = [row["text"] for row in rows("own_harm", "own_batches")[::2]]  # every other of 5,000 says as much
    return [(mark.category, text[mark.start : mark.end]) for text in texts for mark in marks(text)]


@pytest.mark.parametrize("category", ["insult", "threat", "extremism"])
def test_a_mark_holds_what_is_said_and_no_signs_around_it(category: str) -> None:
    found = [said for named, said in marked() if named == category]
    assert len(found) > 100
    assert [said for said in found if not said or said[0] in " ,.!?«-" or said[-1] in " ,.!?»-"] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ну и дятел, поставил знак за поворотом", "Ну и дятел"),
        ("Не позорься, бездарь!", "бездарь"),
        ("Индюк надутый, а не начальник", "Индюк надутый, а не начальник"),
        ("Совсем обнаглели (идиоты)", "идиоты"),
    ],
)
def test_the_place_of_an_insult_is_exact(text: str, said: str) -> None:
    assert [text[mark.start : mark.end] for mark in marks(text) if mark.category == "insult"] == [said]
