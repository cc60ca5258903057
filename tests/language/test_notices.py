"""Notices of offices and requests of neighbours name prices, sums and phones as advertisers do: pairs of both."""

from __future__ import annotations

import pytest

from moderation_sets import rows
from munsocial.language import categories


@pytest.mark.parametrize(
    ("situation", "harmless", "advertising"),
    [
        ("a short call", "Друзья, завтра приём!", "Друзья, завтра розыгрыш, ссылка в профиле!"),
        (
            "a fee of a public place",
            "Бассейн открыт, сеанс 250 рублей, запись по телефону",
            "Бассейны на дачу, скидка, монтаж за день, звоните",
        ),
        (
            "a fee by the hour",
            "Каток работает до десяти, прокат 120 рублей за час",
            "Аренда катка, 5000 в час, звоните",
        ),
        (
            "public money",
            "Самозанятым — кредиты под 5 процентов в фонде поддержки",
            "Самозанятым — кредиты без отказа, пишите в личку",
        ),
        ("one thing wanted", "Куплю мотоблок недорого", "Куплю мотоблоки дорого, выезд, наличные"),
        (
            "one thing wanted, as dealers write",
            "Куплю мотоблок недорого, рассмотрю все варианты",
            "Куплю мотоблок, мотоцикл в любом состоянии, дорого",
        ),
        ("one thing sold", "Продам велосипед, внук вырос", "Велосипеды в наличии, доставка, рассрочка"),
        (
            "what was paid",
            "За 3 тысячи взяла шифоньер на ярмарке, дёшево",
            "Шифоньеры за 3 тысячи, дёшево, заказ в личку",
        ),
        ("one thing borrowed", "Возьму в прокат бензопилу на выходные", "Прокат бензопил, без залога, круглосуточно"),
        (
            "the police warn",
            "Полиция предупреждает о фальшивых выплатах 10 тысяч по ссылке",
            "Выплата 10 тысяч каждому по ссылке, успей",
        ),
    ],
)
def test_a_notice_and_an_advertisement_of_the_same_words(situation: str, harmless: str, advertising: str) -> None:
    assert categories(harmless) == frozenset(), situation
    assert "spam" in categories(advertising), situation


@pytest.mark.parametrize(
    ("situation", "text", "expected"),
    [
        ("who receives, and the office's phone", "Приём ведёт глава, звоните 8 (86163) 2-00-00", set()),
        ("the phone of an official's home", "Домашний главы 8 (86163) 2-00-00", {"personal_data"}),
        ("whom to call, by name, on a mobile", "Звоните Иванову +7 900 123-45-67", {"personal_data"}),
        ("a dining room is nobody", "Звоните столовой 8 918 123-45-67", set()),
        ("work called nothing", "Глава полный ноль", set()),
        ("the same with a reason", "Мэр и зам — ноль, ни одного обещания не выполнили", set()),
        ("a person called nothing", "Ты ноль!", {"insult"}),
        ("a set phrase", "Глава ноль без палочки", {"insult"}),
    ],
)
def test_whose_phone_it_is_and_what_is_called_nothing(situation: str, text: str, expected: set[str]) -> None:
    assert categories(text) == expected, situation


def test_notices_that_nothing_was_learned_from_are_seldom_marked() -> None:
    marked = [row["text"] for row in rows("notices") if not row["labels"] and categories(row["text"])]
    assert len(marked) <= 13, marked


@pytest.mark.parametrize(("label", "at_least"), [("spam", 112), ("insult", 38), ("personal_data", 27)])
def test_what_is_written_in_the_words_of_notices_is_still_found(label: str, at_least: int) -> None:
    found = [row["text"] for row in rows("notices") if label in row["labels"] and label in categories(row["text"])]
    assert len(found) >= at_least
