"""`router` where another place has the name of ours: in a region elsewhere, or with an adjective that ours lacks."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from munsocial.language import router


@dataclass(frozen=True)
class Body:
    """What the router needs of a body."""

    id: str
    places: tuple[str, ...]
    name: str = ""


PLACES = (
    "село Сосновка",
    "деревня Берёзовка",
    "станица Гривенская",
    "станица Старовеличковская",
    "село Большие Кайбицы",
)
UNKNOWN = router([Body("one", PLACES)])
KUBAN = router([Body("one", PLACES, "Администрация Сосновского сельского поселения Краснодарского края")])
ADYGEYA = router([Body("one", PLACES, "Администрация (Республика Адыгея)")])


@pytest.mark.parametrize(
    "text",
    [
        "Как доехать до Сосновки Тамбовской области?",
        "В Сосновке Пермского края есть дорога, а у нас?",
        "В Сосновке, Тамбовская обл., когда дадут воду?",
        "Сосновка (Тамбовская область): где справку взять?",
        "Сосновка Республики Татарстан, когда газ?",
    ],
)
def test_a_place_of_another_region_is_elsewhere(text: str) -> None:
    assert KUBAN.route(text) == "other"
    assert ADYGEYA.route(text) == "other"
    assert UNKNOWN.route(text) is None  # it may be our own region


def test_our_own_region_after_a_name_is_here() -> None:
    assert KUBAN.route("В Сосновке Краснодарского края нет воды, когда дадут?") == "one"
    assert ADYGEYA.route("В Сосновке Республики Адыгея нет воды, когда дадут?") == "one"
    assert ADYGEYA.route("В Сосновке Краснодарского края нет воды, когда дадут?") == "other"


@pytest.mark.parametrize(
    "text",
    [
        "В Берёзовке нет воды, не то что в Сосновке Тамбовской области",
        "В Берёзовке губернатор Пермского края не был, когда будет?",
        "Сосновка. Тамбовской области помогают, а нам?",
    ],
)
def test_a_region_that_stands_with_something_else_says_nothing_of_ours(text: str) -> None:
    assert UNKNOWN.route(text) == "one"


@pytest.mark.parametrize(
    ("named", "text"),
    [
        (False, "В Малой Сосновке темно"),
        (False, "В Старой Сосновке темно"),
        (False, "в новой берёзовке темно, когда свет?"),
        (False, "из Верхней Сосновки не уехать"),
        (False, "Новая Сосновка без света"),
        (False, "В НОВОЙ СОСНОВКЕ ТЕМНО"),
        (False, "во Второй Сосновке темно"),
        (False, "В Новой Гривенской нет воды"),
        (False, "В Новой Величковской темно"),
        (False, "в Малых Кайбицах темно"),
        (True, "в Больших Кайбицах темно"),
        (True, "в Старой Величковской темно"),
        (True, "Наша большая Сосновка ждёт дорогу"),
        (True, "новая сосновская школа когда откроется"),
        (True, "Новая Гривенская больница когда откроется"),
        (True, "новая гривенская школа холодная"),
        (True, "ул. Новая, Сосновка, нет воды"),
        (True, "на улице Новой Сосновка без света"),
        (True, "малиновой Сосновке хвала"),
        (True, "в новом Сосновка забыта"),
    ],
)
def test_an_adjective_of_size_or_age_makes_another_place(named: bool, text: str) -> None:
    assert UNKNOWN.route(text) == ("one" if named else None)


NAMES = ("", "Сосновское сельское поселение", "Администрация Сосновского сельского поселения")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("named", "text"),
    [
        (False, "В Малой Сосновке яма"),
        (False, "Из Верхней Сосновки не уехать"),
        (False, "Малая Сосновка без света"),
        (True, "В Сосновке яма"),
        (True, "В Сосновском яма"),
        (True, "Малая Сосновская школа закрыта"),
    ],
)
def test_the_name_of_a_body_does_not_bring_the_other_place_back(name: str, named: bool, text: str) -> None:
    assert router([Body("one", ("село Сосновка",), name)]).route(text) == ("one" if named else None)


@pytest.mark.parametrize(
    ("place", "named", "text"),
    [
        ("село Сосновское", False, "В Малой Сосновке яма"),
        ("село Сосновское", False, "В Малом Сосновском яма"),
        ("село Сосновское", False, "в Малом Сосново яма"),
        ("село Сосновское", True, "в Сосновке яма"),
        ("посёлок Новогришковский", False, "в Малой Гришковке яма"),
        ("посёлок Новогришковский", False, "в Малом Гришковском яма"),
        ("посёлок Новогришковский", True, "в Гришковке яма"),
        ("станица Гривенская", False, "в Верхней Гривенке яма"),
    ],
)
def test_the_short_form_of_a_name_has_a_gender_of_its_own(place: str, named: bool, text: str) -> None:
    assert router([Body("one", (place,))]).route(text) == ("one" if named else None)
