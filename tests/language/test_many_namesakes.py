"""`router` over many names that share their first words: time grows with the text, not with their number."""

from __future__ import annotations

from dataclasses import dataclass
from time import process_time

import pytest

from munsocial.language import Router, router


@dataclass(frozen=True)
class Body:
    """What the router needs of a body."""

    id: str
    places: tuple[str, ...]


def made(count: int) -> Router:
    return router([Body(str(n), (f"село Новая Ивановка {n}",)) for n in range(count)])


def seconds(ways: Router, text: str) -> float:
    times = []
    for _ in range(3):
        begun = process_time()
        ways.route(text)
        times.append(process_time() - begun)
    return min(times)


FEW, MANY = made(10), made(1000)


@pytest.mark.parametrize("said", ["Новая ", "новая жизнь ", "новая ивановка ", "новая ивановка 7 "])
def test_a_hundred_times_the_namesakes_cost_no_more(said: str) -> None:
    text = said * (10_000 // len(said))
    assert seconds(MANY, text) < 5 * seconds(FEW, text)  # it was twenty to sixty times


def test_the_one_of_many_is_known() -> None:
    assert MANY.route("в селе Новая Ивановка 7 нет воды") == "7"
    assert MANY.route("в Новой Ивановке-999 нет воды") == "999"
    assert MANY.route("в Новой Ивановке 1000 нет воды") is None
