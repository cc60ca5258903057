"""Links, handles and unseen signs are no words; remarks are told in characters of the post."""

from __future__ import annotations

import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munsocial.language import readability, style
from munsocial.language.editor.prose import prose


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Фото: https://vk.com/album-123_456", "фото"),
        ("http://a.ru/b http://c.ru", ""),
        ("Всё на gosuslugi.ru и adm@kalina.ru.", "все на и"),
        ("Пишите @ivan_kalina, метка #чистая_станица!", "пишите метка"),
        ("[id12|Иван Петров] чинит мост", "иван петров чинит мост"),
        ("Смотрите vk.com/wall-1_2?w=3. Мы чиним.", "смотрите мы чиним"),
        ("Ремонт.Дорога", "ремонт дорога"),
        ("№5, д.7", "5 д 7"),
    ],
)
def test_words_of_the_prose(text: str, words: str) -> None:
    assert prose(text).words.plain == words.split()


@pytest.mark.parametrize("text", ["Фото: https://vk.com/album-123_456", "http://a.ru/b http://c.ru", "1 2 3 4 5 6"])
def test_links_and_numbers_alone_are_too_short_to_judge(text: str) -> None:
    read = style(text)
    assert (read.reads_as, read.score) == (None, 50)
    assert read.readability.ease < 100


def test_a_link_changes_neither_the_count_nor_the_ease() -> None:
    bare, linked = "Мы чиним мост. Приходите.", "Мы чиним мост https://vk.com/wall-1_2. Приходите."
    assert readability(linked) == readability(bare)


MARKED = [
    ("Осущест\u00adвляется ре\u00adмонт дороги", "Осущест\u00adвляется ре\u00adмонт"),
    ("осуществля\u0301ет ремо\u0301нт доро\u0301ги", "осуществля\u0301ет ремо\u0301нт"),
    ("Бригада осу\u200bществляет ремонт\ufeff дороги", "осу\u200bществляет ремонт"),
    (unicodedata.normalize("NFD", "Бригада осуществляет случай"), unicodedata.normalize("NFD", "осуществляет случай")),
    (unicodedata.normalize("NFD", "Он осуществляющий приём"), unicodedata.normalize("NFD", "осуществляющий приём")),
]


@pytest.mark.parametrize(("text", "place"), MARKED, ids=[ascii(text) for text, _ in MARKED])
def test_marks_hide_no_weak_place_and_belong_to_it(text: str, place: str) -> None:
    (remark,) = style(text).remarks
    assert text[remark.start : remark.end] == place


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_both_forms_of_a_letter_are_read_alike(form: Literal["NFC", "NFD"]) -> None:
    text = "Осуществляющий приём граждан специалист уйдёт в отпуск."
    read, other = style(text), style(unicodedata.normalize(form, text))
    assert (other.reads_as, other.score, other.exempt) == (read.reads_as, read.score, None)
    assert [remark.advice for remark in other.remarks] == [remark.advice for remark in read.remarks]


def test_another_language_stays_another_in_pieces() -> None:
    text = unicodedata.normalize("NFD", "Шаноўныя жыхары, заўтра не будзе вады ў вёсцы.")
    assert style(text).exempt is not None


@given(st.text(alphabet="ая \u0301\u0306\u00ad\u200bий.@#/:http", max_size=80))
def test_places_lie_in_the_post(text: str) -> None:
    found = prose(text)
    places = [found.place(start, end) for start, end in zip(found.words.starts, found.words.ends, strict=True)]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert places == sorted(places)
