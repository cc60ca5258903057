"""Repetition in a stream: small changes do not hide it, ordinary short replies are not repetition."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from munsocial.errors import InputError
from munsocial.language import SpamWatch

TEXT = "Друзья, собираем подписи против свалки у реки, заходите на почту до пятницы"


def _last(texts: list[str], authors: list[str], **settings: Any) -> str | None:
    watch = SpamWatch(**settings)
    mark = None
    for text, author in zip(texts, authors, strict=True):
        mark = watch.repeated(text, author=author)
    return mark.rule if mark else None


@pytest.mark.parametrize(
    ("situation", "texts", "authors", "rule"),
    [
        ("said once", [TEXT], ["a"], None),
        ("asked twice", [TEXT] * 2, ["a"] * 2, None),
        ("one author, third time", [TEXT] * 3, ["a"] * 3, "repeated-by-one"),
        ("four authors, the same text", [TEXT] * 4, list("abcd"), "repeated-by-many"),
        ("three authors are still neighbours", [TEXT] * 3, list("abc"), None),
        (
            "small changes",
            [TEXT, f"!!! {TEXT.upper()} 2", f"Здравствуйте! {TEXT} https://a.example"],
            ["a"] * 3,
            "repeated-by-one",
        ),
        ("look-alike letters", [TEXT, TEXT.replace("о", "o"), TEXT.replace("е", "e")], ["a"] * 3, "repeated-by-one"),
        ("thanks", ["Спасибо за ремонт!"] * 9, list("abcdefghi"), None),
        (
            "one beginning, different ends",
            [
                f"Друзья, собираем {what}"
                for what in ("вещи погорельцам на Мира", "деньги врачу Кате", "бумагу у школы днём")
            ],
            ["a"] * 3,
            None,
        ),
        ("authors not known", [TEXT] * 3, [""] * 3, "repeated-by-many"),
    ],
)
def test_a_stream(situation: str, texts: list[str], authors: list[str], rule: str | None) -> None:
    assert _last(texts, authors) == rule, situation


APPEAL = "Друзья, собираем подписи против свалки у реки, заходите на почту до пятницы"
LURE = "Требуются сотрудники на удалённую работу, доход от пяти тысяч в день, пишите в личные сообщения"
SEEN = "Вчера на ярмарке медведь в красной рубахе катался на велосипеде, дети смеялись, музыканты играли до вечера"
NOISE = ["лампа", "корова", "небо", "стол"]
CHANGES: dict[str, Callable[[str, int], str]] = {
    "a changed word": lambda text, i: text.replace(text.split()[3], NOISE[i]),
    "a word left out": lambda text, i: " ".join(word for k, word in enumerate(text.split()) if k != i + 2),
    "pictures": lambda text, i: text.replace(" ", " 🔥" + "✅" * i, 3),
    "parts in another order": lambda text, i: ", ".join(text.split(", ")[i % 2 :] + text.split(", ")[: i % 2]),
    "words in another order": lambda text, i: " ".join(text.split()[i:] + text.split()[:i]),
    "letters after it": lambda text, i: f"{text} {'жщыю'[i] * 2}кртп",
    "Latin and digits after it": lambda text, i: f"{i * 7} {text} x{i}zq{i * 113}",
    "look-alikes": lambda text, i: text.replace("оасе"[i], "oace"[i]),
    "greetings": lambda text, i: ("Здравствуйте! ", "Привет всем, ", "Добрый день! ", "")[i] + text,
    "names": lambda text, i: ("Анна, ", "Сергей Петрович! ", "Оля, ", "Дмитрий: ")[i] + text,
    "letters stretched": lambda text, i: text.replace("аеоу"[i], "аеоу"[i] * 4),
    "praise before it": lambda text, i: ("Вот молодцы! ", "Согласна полностью. ", "", "Хороший пост. ")[i] + text,
    "links": lambda text, i: f"{text} https://s{i}.example/{i * 31}",
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("text", [APPEAL, LURE, SEEN])
def test_small_changes_hide_no_repetition(change: str, text: str) -> None:
    changed = [CHANGES[change](text, i) for i in range(4)]
    assert _last(changed, ["a"] * 4) == "repeated-by-one"
    assert _last(changed, list("abcd")) == "repeated-by-many"


INNOCENT = [
    "С праздником!",
    "Спасибо большое за вашу работу!",
    "С праздником, дорогие земляки! Здоровья, счастья, мира!",
    "С Днём учителя! Здоровья, счастья, терпения, успехов и благополучия!",
    "Царствие небесное, соболезнуем родным и близким, вечная память",
    "Голосую за парк у реки, проект номер три",
    "Какие молодцы, гордимся вами, так держать!",
    "Доброе утро всем, хорошего дня и настроения!",
    "Когда дадут свет на Садовой?",
    "Третий час нет света на Садовой, когда включат?",
    "Нет воды на улице Мира уже второй день",
    "Свет отключили без предупреждения, холодильник потёк",
]


@pytest.mark.parametrize("text", INNOCENT)
def test_what_many_say_by_themselves_is_no_repetition(text: str) -> None:
    assert _last([text] * 12, [f"u{number}" for number in range(12)]) is None
    assert _last([text] * 5, ["a"] * 5) is None or "?" not in text


@pytest.mark.parametrize(
    ("situation", "text", "times"),
    [
        ("a question without an answer", "Когда отремонтируют дорогу на улице Степной возле школы?", 6),
        ("a complaint", "Нет воды на улице Мира уже второй день, примите меры", 6),
        ("good wishes", "С праздником, земляки! Здоровья, счастья, мира и добра!", 12),
        ("a few words", "Не верю ни единому слову", 9),
        ("a lure", LURE, 3),
        ("a lure that asks", "Нужны деньги? Займ на карту без отказа, пишите в личку", 3),
    ],
)
def test_how_often_one_author_may_say_it(situation: str, text: str, times: int) -> None:
    watch = SpamWatch()
    said = [watch.repeated(text, author="a") for _ in range(times)]
    assert [mark is not None for mark in said] == [False] * (times - 1) + [True], situation


def test_a_question_asked_too_often_is_less_sure_than_a_lure() -> None:
    sure = []
    for text in ("Когда отремонтируют дорогу на улице Степной возле школы?", LURE):
        watch = SpamWatch()
        marks = [watch.repeated(text, author="a") for _ in range(6)]
        sure.append(marks[-1].confidence if marks[-1] else 0.0)
    assert 0.5 <= sure[0] < sure[1]


FEW_WORDS = [
    "Заходите вечером смотреть новый фильм",
    "Заходите утром смотреть новый фильм",
    "Заходите вечером слушать новый концерт",
    "Заходите вечером смотреть старый фильм",
]


def test_two_of_five_words_may_be_changed_by_one_author_but_not_by_neighbours() -> None:
    assert _last(FEW_WORDS, ["a"] * 4) == "repeated-by-one"
    assert _last(FEW_WORDS, list("abcd")) is None
    assert _last(FEW_WORDS, [""] * 4) is None


def test_the_same_complaint_about_other_streets_is_another_one() -> None:
    streets = ("Садовой", "Степной", "Речной", "Мира")
    assert _last([f"На {street} опять нет света" for street in streets], ["a"] * 4) is None


def test_different_texts_are_not_taken_for_one() -> None:
    texts = [
        f"{first} {second}"
        for first in ("Сегодня открыли каток", "Вчера приезжал театр", "Завтра будет ярмарка", "Утром шёл снег")
        for second in ("дети катались до вечера", "в клубе было тесно", "соседи принесли пироги", "играла гармонь")
    ]
    assert _last(texts, ["a"] * len(texts)) is None


def _different(count: int) -> list[str]:
    made = []
    for number in range(count):
        letters = "".join(chr(ord("а") + int(digit)) for digit in f"{number:04}")
        made.append(" ".join(f"{kind}{letters}" for kind in "бвгдежз"))
    return made


def test_memory_is_bounded_and_the_oldest_are_forgotten() -> None:
    watch = SpamWatch(remember=10)
    for text in _different(1000):
        watch.repeated(text)
    assert len(watch._groups) == 10
    assert len(watch._leads) <= 2 * 10 * 7


def test_memory_is_bounded_for_known_authors_too() -> None:
    watch = SpamWatch(remember=10)
    for number, text in enumerate(_different(1000)):
        watch.repeated(text, author=str(number))
    assert len(watch._groups) == 10
    assert len(watch._leads) <= 2 * 10 * (7 + 21)


def test_a_text_that_comes_again_and_again_is_not_forgotten() -> None:
    watch = SpamWatch(remember=10)
    found = None
    for text in _different(60):
        watch.repeated(text)
        found = watch.repeated(LURE, author="a")
    assert found is not None


def test_seeing_gives_the_marks_of_the_text_too() -> None:
    watch = SpamWatch(repeats=2)
    watch.see(f"Дебил, {TEXT}", author="a")
    assert {mark.category for mark in watch.see(f"Дебил, {TEXT}", author="a")} == {"insult", "spam"}


_STREAM = """
import random
from munsocial.language import SpamWatch

chance = random.Random(0)
words = [f"{a}{b}{c}" for a in "бвгдж" for b in "оу" for c in "лр"]
sentences = [chance.choices(words, k=chance.randint(5, 13)) for _ in range(60)]
watch = SpamWatch(remember=40)
marked = []
for number in range(1000):
    said = list(chance.choice(sentences))
    for _ in range(chance.randint(0, 3)):
        said[chance.randrange(len(said))] = chance.choice(words)
    if watch.repeated(" ".join(said), author=f"a{chance.randrange(8)}"):
        marked.append(number)
print(marked)
"""


def test_a_stream_gives_the_same_marks_in_every_process() -> None:
    told = set()
    for seed in ("0", "1", "2"):
        ran = subprocess.run(
            [sys.executable, "-c", _STREAM], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        )
        told.add(ran.stdout)
    assert len(told) == 1
    assert len(told.pop()) > 100


@pytest.mark.parametrize(
    ("authors", "said"),
    [
        ([""] * 3, "это повторяется в 3-й раз, автор неизвестен"),
        (["a", "b", "", ""], "это повторяется в 4-й раз, автор неизвестен"),
        (list("abcd"), "это пишут разные авторы (авторов: 4, раз: 4)"),
        ([str(number) for number in range(21)], "это пишут разные авторы (авторов: 21, раз: 21)"),
        (["a"] * 3, "один автор повторяет это в 3-й раз"),
    ],
)
def test_what_is_said_of_the_authors_is_true(authors: list[str], said: str) -> None:
    watch = SpamWatch()
    found = [watch.repeated(TEXT, author=author) for author in authors]
    assert found[-1] is not None
    assert found[-1].say("ru") == said


@pytest.mark.parametrize("wrong", [{"repeats": 1}, {"repeats": 0}, {"authors": 1}, {"remember": 0}, {"remember": -5}])
def test_settings_that_mean_nothing_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(InputError) as caught:
        SpamWatch(**wrong)
    assert caught.value.where == f"SpamWatch / {next(iter(wrong))}"
    assert caught.value.remedy is not None
