"""Numbers of people are told from other numbers by their check sums and by the words beside them."""

from __future__ import annotations

import pytest

from munsocial.language import categories, marks
from munsocial.language.comments.personal import is_card, is_person_inn, is_snils


def _digits(number: str) -> list[int]:
    return [int(sign) for sign in number if sign.isdigit()]


@pytest.mark.parametrize(("number", "right"), [("4111 1111 1111 1111", True), ("4111 1111 1111 1112", False)])
def test_a_card_must_pass_luhn(number: str, right: bool) -> None:
    assert is_card(_digits(number)) is right


@pytest.mark.parametrize(("number", "right"), [("112-233-445 95", True), ("112-233-445 96", False)])
def test_snils_has_a_check_number(number: str, right: bool) -> None:
    assert is_snils(_digits(number)) is right


@pytest.mark.parametrize(("number", "right"), [("500100732259", True), ("500100732258", False)])
def test_a_persons_inn_has_two_check_digits(number: str, right: bool) -> None:
    assert is_person_inn(_digits(number)) is right


@pytest.mark.parametrize(
    ("situation", "text", "marked"),
    [
        ("a card by its sum alone", "вот 4111 1111 1111 1111 переводите", True),
        ("sixteen digits that are no card", "обращение 4111 1111 1111 1112 зарегистрировано", False),
        ("SNILS by form and sum", "у него 112-233-445 95", True),
        ("a person's phone", "Её мобильный 8 (961) 222-33-44, звоните", True),
        ("the reception's phone", "Телефон приёмной 8 (86163) 2-00-00", False),
        ("eleven digits whose sum holds, in no form of SNILS", "заявка 11223344595 не выполнена", False),
        ("where a person lives", "Она живёт на Красной 45, кв 12", True),
        ("where a pit is", "Яма у дома 15 по улице Мира", False),
        ("an illness of a named person", "У Сидоровой Анны ВИЧ", True),
        ("an illness of a road", "Диагноз нашей дороге: гололёд", False),
        ("a number of an act", "Постановление от 12.05.2024 № 456", False),
        ("the number before the paper", "03 12 № 778899 паспорт Петренко", True),
        ("a card that fails its sum, before its name", "2202 2011 2345 6789 карта соседки", True),
        ("a certificate of a car", "СТС 23 45 678901 у него поддельное", True),
        ("a work record book", "Трудовая книжка ТК-III 1234567, Лысенко", True),
        ("a person's account in groups", "Переводите на 40817 810 1 2345 6789012", True),
        ("an office's account", "Реквизиты администрации, счёт 40204 810 1 2345 6789012", False),
        ("a phone in words", "Девять один восемь, пятьсот, двенадцать, тринадцать, звоните ночью", True),
        ("counting", "Девять, десять, одиннадцать человек в очереди", False),
        ("an illness of an official's kin", "У сына нашего депутата эпилепсия", True),
        ("one's own kin", "У моей дочери эпилепсия, а лекарства нет", False),
        ("a doctor who tells of an illness", "О гепатите рассказала врач, лекция бесплатная", False),
        ("a code of a door", "Код от её подъезда 45К7890", True),
        ("an own code", "Код у нас сменили, никому не сказали", False),
        ("an owner of a car", "К321МН93, хозяин Дудка Павел", True),
        ("a bus", "Автобус К321МН не остановился", False),
    ],
)
def test_private_data_are_told_from_official(situation: str, text: str, marked: bool) -> None:
    assert ("personal_data" in categories(text)) is marked, situation


def test_the_mark_stands_on_the_number() -> None:
    text = "вот 4111 1111 1111 1111, переводите"
    assert any(text[mark.start : mark.end] == "4111 1111 1111 1111" for mark in marks(text))
