"""`router`: settlements in all their forms, streets, places elsewhere, and which of several places a text is about."""

from __future__ import annotations

import pickle
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munsocial.language import router

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Body:
    """What the router needs of a body."""

    id: str
    name: str
    places: tuple[str, ...]
    streets: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()


def settlement(key: str, stem: str, place: str) -> Body:
    return Body(key, f"Администрация {stem} сельского поселения", (place,))


BODIES = [
    settlement("ozernoe", "Озёрского", "станица Озёрская"),
    settlement("staroberezanskoe", "Староберезанского", "станица Староберезанская"),
    settlement("novoselskoe", "Новопольского", "село Новое Поле"),
    settlement("zarechnoe", "Заречного", "хутор Заречный"),
    settlement("gorlovskoe", "Горловского", "хутор Горловка"),
    settlement("lebedi", "Камышового", "хутор Лебеди"),
]
ROUTER = router(BODIES)


class Bare:
    """Nothing but an id and places, as somebody else's program may have them."""

    def __init__(self, key: str, *places: str) -> None:
        self.id = key
        self.places = list(places)


def test_a_body_needs_no_more_than_an_id_and_places() -> None:
    ways = router([Bare("ozernoe", "станица Озёрская"), Bare("gorlovskoe", "хутор Горловка")])
    assert ways.route("Когда в Горловке дадут воду?") == "gorlovskoe"
    assert list(ways.route_many(["в озёрской темно", "Когда будет вода"])) == ["ozernoe", None]


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("ozernoe", "рядом с Озёрской свалка, на въезде со стороны Горловки"),
        ("gorlovskoe", "Как добраться из Горловки до больницы в Озёрской, если автобуса нет"),
        ("gorlovskoe", "Приезжаю в Горловку из Озёрской к врачу, а приёма нет. Когда будет?"),
        ("ozernoe", "Живу в Озёрской, работаю в Горловке, автобуса утром нет. Когда пустят?"),
        ("gorlovskoe", "В Озёрской дорогу сделали, в Горловке грязь"),
        ("other", "Из Тимашевска в Краснодар электричка будет?"),
        (None, "автобус на Краснодар во сколько?"),
        ("ozernoe", "озёрская район рынка опять канализация течёт"),
        (None, "Озёрский район, где карта маршрутов?"),
        ("ozernoe", "В Озёрской улицы не чистят"),
        (None, "фонарь на углу Озёрской улицы не горит"),
    ],
)
def test_of_two_places_the_one_that_is_asked_about(answer: str | None, text: str) -> None:
    assert ROUTER.route(text) == answer


CASES = [
    (text, None if answer == "None" else answer)
    for answer, text in (
        line.split(" | ", 1)
        for line in (DATA / "own_routes.txt").read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    )
]


@pytest.mark.parametrize(("text", "answer"), CASES, ids=[text for text, _ in CASES])
def test_route(text: str, answer: str | None) -> None:
    assert ROUTER.route(text) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("На Фадеева темно, кто отвечает за свет", "one"),
        ("ул. Вишнёвая, дом 5, нет воды", "two"),
        ("улица Мира вся в ямах", None),
        ("в школе № 7 холодно", "one"),
        ("в седьмой школе холодно", None),
        ("детский сад «Ромашка» когда откроют", "two"),
        ("ромашка цветёт", None),
        ("В Ольховке на Фадеева темно", "two"),
    ],
)
def test_streets_and_organisations_name_the_body_where_no_place_is_named(text: str, answer: str | None) -> None:
    bodies = [
        Body("one", "Первая", ("станица Яснинская",), ("улица Фадеева", "улица Мира"), ("МБОУ СОШ № 7",)),
        Body("two", "Вторая", ("село Ольховка",), ("ул. Вишнёвая", "ул. Мира"), ("Детский сад «Ромашка»",)),
    ]
    assert router(bodies).route(text) == answer


def test_two_places_of_one_root_are_told_apart_by_ending_and_generic_word() -> None:
    both = router([Body("f", "Ф", ("станица Ольгинская",)), Body("m", "М", ("хутор Ольгинский",))])
    assert both.route("Ольгинская без воды, когда дадут?") == "f"
    assert both.route("в Ольгинском нет воды, когда дадут?") == "m"
    assert both.route("в хуторе Ольгинском темно") == "m"


_STANITSA_AND_KHUTOR = {
    "Калининская": router([Body("st", "", ("станица Калининская",)), Body("hut", "", ("хутор Калининский",))]),
    "Степная": router([Body("st", "", ("станица Степная",)), Body("hut", "", ("хутор Степной",))]),
}


@pytest.mark.parametrize(
    ("pair", "text", "expected"),
    [
        ("Калининская", "В Калининской нет воды, когда дадут?", "st"),
        ("Калининская", "Из Калининской не уехать", "st"),
        ("Калининская", "жители Калининской просят", "st"),
        ("Калининская", "Калининской нужен врач", "st"),
        ("Калининская", "В Калининском нет воды", "hut"),
        ("Калининская", "Нет света. Калининский сидит в темноте", "hut"),
        ("Степная", "В Степной нет воды", "st"),
        ("Степная", "жители Степной просят", "st"),
        ("Степная", "В Степном нет воды", "hut"),
        ("Степная", "Степной когда дадут воду", "hut"),
        ("Степная", "Когда пустят автобус в Степной?", "hut"),
        ("Степная", "хутор Степной без света", "hut"),
    ],
)
def test_a_stanitsa_and_a_khutor_of_one_root_are_told_apart(pair: str, text: str, expected: str) -> None:
    assert _STANITSA_AND_KHUTOR[pair].route(text) == expected


def test_a_name_that_the_registry_writes_in_parts_of_letters_is_known() -> None:
    parts = unicodedata.normalize("NFD", "хутор Лебединый")
    assert parts != "хутор Лебединый"
    assert router([Body("l", "", (parts,))]).route("Когда починят дорогу в хуторе Лебединый?") == "l"


def test_a_router_travels_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(ROUTER)).route("горловка без света") == "gorlovskoe"


def test_a_registry_may_be_given_whole() -> None:
    @dataclass(frozen=True)
    class Registry:
        bodies: tuple[Body, ...]

    assert router(Registry(tuple(BODIES))).route("горловка без света") == "gorlovskoe"


def test_no_bodies_route_nothing() -> None:
    assert router([]).route("когда дадут воду") is None


def test_a_stream_gives_one_answer_for_each_text() -> None:
    assert list(ROUTER.route_many(["в Горловке темно", "темно"])) == ["gorlovskoe", None]


_ANSWERS = {body.id for body in BODIES} | {"other", None}


@given(st.text(max_size=200))
def test_any_text_is_answered(text: str) -> None:
    assert ROUTER.route(text) in _ANSWERS


_NAMES = ("Озёрской", "Горловку", "Новое", "Поле", "Москва", "озерчане", "лебеди")
_BETWEEN = ("из", "до", "ул.", ",", ".", "5", "в", "у", "самой", "-", "район")
_PIECES = st.sampled_from(_NAMES + _BETWEEN)


@given(st.lists(_PIECES, max_size=40).map(" ".join))
def test_places_in_any_order_are_answered(text: str) -> None:
    assert ROUTER.route(text) in _ANSWERS


@given(st.lists(st.text(max_size=30), max_size=4))
def test_any_names_of_places_make_a_router(names: list[str]) -> None:
    made = router([Body("one", names[0] if names else "", tuple(names))])
    assert made.route("когда дадут воду в Озёрской") in {"one", "other", None}
