"""`router` where a name of two words is written small before a verb, together in a hashtag, or makes inhabitants."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from munsocial.language import router


@dataclass(frozen=True)
class Body:
    """What the router needs of a body."""

    id: str
    places: tuple[str, ...]


WAYS = router(
    [
        Body("vyselki", ("станица Новые Выселки",)),
        Body("pakhar", ("посёлок Красный Пахарь",)),
        Body("yar", ("хутор Крутой Яр",)),
        Body("adamiy", ("аул Адамий",)),
        Body("bor", ("деревня Сосновый Бор",)),
    ]
)


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("vyselki", "новые выселки сидят без света"),
        ("vyselki", "Новые выселки сидят без света, когда починят"),
        ("vyselki", "новые выселки зимуют без газа"),
        ("vyselki", "новые выселки просят автобус"),
        ("pakhar", "красный пахарь сидит без воды"),
        ("pakhar", "красный пахарь ждёт дорогу"),
        (None, "новые выселки строят все"),
        (None, "сосновый бор шумит"),
        (None, "сосновый бор горит без остановки"),
        (None, "новые дома сидят без света"),
        ("adamiy", "адамийцы просят"),
        ("adamiy", "адамийский клуб закрыт"),
        ("adamiy", "В Адамие нет воды"),
        (None, "адамово яблоко болит"),
        ("vyselki", "#НовыеВыселки когда вода"),
        ("pakhar", "#КрасныйПахарь когда вода"),
        ("yar", "#КрутойЯр когда вода"),
        ("adamiy", "вАдамии нет воды"),
        (None, "#НовыеДороги когда вода"),
        (None, "РосТелеком когда починит"),
    ],
)
def test_route(answer: str | None, text: str) -> None:
    assert WAYS.route(text) == answer
