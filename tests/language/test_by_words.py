"""Harm that no rule knows is told by its words; who only speaks of it is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation_sets import rows
from munsocial.language import categories, marks
from munsocial.language.comments.by_words import finds
from munsocial.language.comments.unmask import plain_view


def by_words(text: str, known: tuple[str, ...] = ()) -> set[str]:
    return {find.category for find in finds(plain_view(text), known)}


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Пуля тебя найдёт, не переживай", "threat"),
        ("Вызову тебя на разговор, на костылях уйдёшь", "threat"),
        ("Возьмём тебя под белы руки и в лиман", "threat"),
        ("Лежать тебе в сырой земле, если не вернёшь деньги", "threat"),
        ("Кубань отделим силой, стреляйте в московских", "extremism"),
        ("Депутатов под расстрел, кто со мной в субботу?", "extremism"),
    ],
)
def test_what_no_rule_knows_is_told_by_its_words(text: str, category: str) -> None:
    assert category in by_words(text)
    assert category in categories(text)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Роман, я тебя убью", "threat"),
        ("Убью тебя, Роман", "threat"),
        ("Бей жидов, Роман", "extremism"),
        ("Роман — дебил", "insult"),
        ("Рубить головы депутатам", "extremism"),
        ("Пора рубить головы таджикам", "extremism"),
    ],
)
def test_no_name_and_no_head_excuses_as_a_novel_or_a_goal_would(text: str, category: str) -> None:
    assert category in categories(text)


@pytest.mark.parametrize(
    "text",
    [
        "Роман «Идиот» читаем в клубе",
        "Роман «Убью тебя завтра» — новинка библиотеки",
        "В романе герой обещает: убью тебя",
    ],
)
def test_a_novel_still_excuses(text: str) -> None:
    assert categories(text) == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "Удачи тебе и твоим детям",
        "Я тебя не понимаю, объясни толком",
        "Вы за это ответите по закону",
        "Недолго вам осталось до выборов",
        "Сосед кричал мне: «Пуля тебя найдёт», куда обращаться?",
        "В фильме герой говорит: пуля тебя найдёт",
        "Найдёт пуля",  # said to nobody
        "пуля",
        "",
    ],
)
def test_who_threatens_nobody_is_left_alone(text: str) -> None:
    assert by_words(text) == set()


def test_what_a_rule_has_found_is_not_asked_again() -> None:
    assert by_words("Пуля тебя найдёт, не переживай", ("threat",)) == set()


def test_a_story_in_one_breath_is_not_asked_about() -> None:
    story = " ".join(f"слово{'ж' * (number % 30)}{'х' * (number // 30)}" for number in range(100))
    assert by_words(f"Пуля тебя найдёт, не переживай, {story}") == set()


def test_the_mark_says_which_words() -> None:
    (mark,) = marks("Пуля тебя найдёт, не переживай")
    assert mark.rule == "words"
    assert "слова как в угрозах" in mark.why.ru
    assert "пуля" in mark.why.ru
    assert mark.confidence < 0.8  # a rule is surer


@pytest.mark.parametrize("name", ["municipal_neutral", "scunthorpe", "questions", "topics"])
def test_sets_of_harmless_lines_are_no_threats_by_their_words(name: str) -> None:
    assert [row["text"] for row in rows(name) if by_words(row["text"])] == []


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    assert by_words(text) <= {"threat", "extremism", "insult", "drugs", "personal_data"}


@pytest.mark.parametrize(
    ("text", "category", "told"),
    [
        ("{} Мусор третью неделю лежит.", "threat", "Пуля тебя найдёт, не переживай"),
        ("Сколько можно терпеть!\n{}", "threat", "Молись, я уже выехал, конец тебе"),
        (
            "Третью неделю не вывозят мусор с нашей улицы. {} Автобус опять ушёл раньше времени.",
            "extremism",
            "Кубань отделим силой, стреляйте в московских",
        ),
    ],
)
def test_ordinary_sentences_do_not_drown_one_that_harms(text: str, category: str, told: str) -> None:
    whole = text.format(f"{told}.")
    (mark,) = marks(whole)
    assert (mark.category, whole[mark.start : mark.end]) == (category, told)


@pytest.mark.parametrize(
    "text",
    [
        "Пулю в музее показали дочке. Автобус ушёл раньше времени. Мусор так и лежит.",
        "Деньги за земельный налог вернули. Сырой погреб, вода стоит. Кто поможет откачать?",
    ],
)
def test_ordinary_sentences_make_no_harm_together(text: str) -> None:
    assert categories(text) == frozenset()
