"""Numbers of people are told from other numbers by their check sums and by the words beside them."""

from __future__ import annotations

import pytest

from munsocial.language import categories, marks
from munsocial.language.personal import is_card, is_person_inn, is_snils


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
        ("where a person lives", "Она живёт на Красной 45, кв 12", True),
        ("where a pit is", "Яма у дома 15 по улице Мира", False),
        ("an illness of a named person", "У Сидоровой Анны ВИЧ", True),
        ("an illness of a road", "Диагноз нашей дороге: гололёд", False),
        ("a number of an act", "Постановление от 12.05.2024 № 456", False),
    ],
)
def test_private_data_are_told_from_official(situation: str, text: str, marked: bool) -> None:
    assert ("personal_data" in categories(text)) is marked, situation


def test_the_mark_stands_on_the_number() -> None:
    text = "вот 4111 1111 1111 1111, переводите"
    assert any(text[mark.start : mark.end] == "4111 1111 1111 1111" for mark in marks(text))
