"""`router` over registries of many kinds of names: two words, plural, numerals, indeclinable, hyphens, shortened."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from munsocial.language import Router, router
from munsocial.language.places.toponyms import toponym
from munsocial.language.reading.words import fold

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Body:
    """What the router needs of a body."""

    id: str
    name: str
    places: tuple[str, ...]
    streets: tuple[str, ...] = ()


@cache
def made(registry: str) -> Router:
    bodies = json.loads((DATA / "wide_registries.json").read_text("utf-8"))[registry]
    return router([Body(key, body["name"], tuple(body["places"])) for key, body in bodies.items()])


with (DATA / "wide_routes.tsv").open(encoding="utf-8", newline="") as lines:
    CASES = [row for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if not row[0].startswith("#")]


REGISTRIES = sorted({registry for registry, _, _ in CASES})


@pytest.mark.parametrize("registry", REGISTRIES)
def test_every_route_of_a_registry(registry: str) -> None:
    """One test for a registry and not for a line: there are two thousand lines; each wrong one is named."""
    asked = [(text, answer) for one, answer, text in CASES if one == registry]
    wrong = [(text, said, answer) for text, answer in asked if (said := str(made(registry).route(text))) != answer]
    assert wrong == []


FORMS = [
    ("Орёл", "Орла Орлу Орлом Орле орловский орловцы"),
    ("Елец", "Ельца Ельцу Ельцом Ельце елецкий"),
    ("Городок", "Городка Городку Городком Городке"),
    ("хутор Казачий", "Казачьего Казачьему Казачьим Казачьем"),
    ("посёлок Рабочий", "Рабочего Рабочему Рабочим Рабочем"),
    ("Горки", "Горок Горкам Горками Горках"),
    ("Сосенки", "Сосенок Сосенках"),
    ("Вишни", "Вишен Вишнях"),
    ("Бородино", "Бородина Бородину Бородином Бородине Бородино бородинский бородинцы"),
    ("Иваново", "Иванова Ивановом Иванове ивановцы"),
    ("Поречье", "Поречья Поречью Поречьем Поречье"),
    ("Заречие", "Заречия Заречию Заречием"),
    ("Ручей", "Ручья Ручью Ручьём Ручье"),
    ("Камень", "Камня Камню Камнем Камне"),
    ("Казань", "Казани Казанью казанский казанцы"),
    ("Улан-Удэ", "Улан-Удэ улан-удэнский"),
    ("Свободные Хутора", "Свободных_Хуторов Свободным_Хуторам Свободными_Хуторами Свободных_Хуторах"),
    ("Красный Яр", "Красного_Яра Красному_Яру Красным_Яром Красном_Яре Красном_Яру красноярский красноярцы"),
    ("Ростов-на-Дону", "Ростова-на-Дону Ростове-на-Дону Ростову-на-Дону Ростове"),
    ("Усть-Лабинск", "Усть-Лабинска Усть-Лабинске Усть_Лабинске усть-лабинский"),
    ("Горки-2", "Горок-2 Горкам-2 Горках_2"),
    ("посёлок 2-й Участок", "2-го_Участка 2-му_Участку Втором_Участке"),
    ("станица Незлобная", "Незлобной Незлобную незлобненский незлобненцы"),
    ("Луга", "Луги Луге Лугу Лугой лужский лужане"),
    ("Каргополь", "Каргополя Каргополем каргопольский каргопольцы"),
    ("Углич", "Углича Угличем угличский угличане"),
    ("Большой Карай", "Большого_Карая большекарайский большекарайцы"),
    ("Тарасовы Выселки", "Тарасовых_Выселках Тарасовыми_Выселками Тарасовых_Выселок"),
    ("Иванова Гора", "Ивановой_Горе Иванову_Гору"),
    ("Пять Дворов", "Пяти_Дворах Пяти_Дворов Пятью_Дворами Пяти_Дворам"),
    ("Три Дуба", "Трёх_Дубах Трём_Дубам Трёх_Дубов"),
    ("Спас-Раменье", "Спас-Раменья Спас-Раменью раменской Раменье"),
    ("Старый Багряж-Елхов", "Старом_Багряж-Елхове багряжской Багряже"),
]


@pytest.mark.parametrize(("place", "form"), [(place, form) for place, forms in FORMS for form in forms.split()])
def test_every_form_of_a_name_is_known(place: str, form: str) -> None:
    one = router([Body("one", "Администрация", (place,))])
    assert one.route(f"Скажите, в {form.replace('_', ' ')} школе и клубе темно, когда дадут свет?") == "one"


@pytest.mark.parametrize(
    ("written", "kind", "plain"),
    [
        ("станица Гривенская", "станица", "гривенская"),
        ("Гривенская станица", "станица", "гривенская"),
        ("ст-ца Гривенская", "ст-ца", "гривенская"),
        ("пгт. Сосновка", "пгт", "сосновка"),
        ("посёлок городского типа Сосновка", "поселок", "сосновка"),
        ("рабочий посёлок Сосновка", "поселок", "сосновка"),
        ("ж/д станция Сосновка", "станция", "сосновка"),
        ("Озёрное сельское поселение", "", "озерное"),
        ("Хутор Михайловский", "хутор", "михайловский"),
        ("город Красный Хутор", "город", "красный хутор"),
        ("посёлок «Дружба» (часть)", "поселок", "дружба"),
        ("с. Лебяжье", "с", "лебяжье"),
    ],
)
def test_a_place_is_parted_from_its_generic_word(written: str, kind: str, plain: str) -> None:
    place = toponym(fold(written))
    assert place is not None
    assert (place.kind, place.plain) == (kind, plain)


@pytest.mark.parametrize("written", ["", "  ", "станица", "—", "«»", "х."])
def test_a_place_without_a_name_is_none(written: str) -> None:
    made_of = toponym(fold(written))
    assert made_of is None or made_of.plain == fold(written).strip(". ")


def test_namesakes_in_two_bodies_name_neither_unless_something_else_does() -> None:
    twins = router(
        [
            Body("a", "", ("станица Ясенская", "хутор Новый"), ("улица Дубовая",)),
            Body("b", "", ("станица Дубравная", "хутор Новый")),
        ]
    )
    assert twins.route("в хуторе Новом нет воды") is None
    assert twins.route("в хуторе Новом, Ясенская администрация молчит, нет воды") == "a"
    assert twins.route("в хуторе Новом на улице Дубовой нет воды") == "a"


def test_a_slip_that_is_the_right_name_of_a_town_elsewhere_is_that_town() -> None:
    one = router([Body("one", "", ("хутор Белогорье",)), Body("two", "", ("село Кореновка",))])
    assert one.route("в Кореновске нет воды, когда дадут?") == "other"
    assert one.route("в Кореновке нет воды, когда дадут?") == "two"


@pytest.mark.parametrize(
    "slip",
    [
        "гривенксая", "гривенсакя", "гривенсой", "гривенскаая", "гривенскйо", "ргивенская", "ривенская", "гривеская",
        "грвиенская", "гривинская", "гривеннская", "гревенская", "гривенскоя", "журавлёква", "жуаравлёвка",
    ],
)  # fmt: skip
def test_a_slip_of_a_hurried_hand_is_forgiven(slip: str) -> None:
    place = "хутор Журавлёвка" if slip.startswith("ж") else "станица Гривенская"
    assert router([Body("one", "", (place,))]).route(f"Скажите, {slip} без света, когда дадут?") == "one"


@pytest.mark.parametrize("other", ["журавлёва", "журавлёв", "гривна", "гривенник", "дивенская", "журавль", "калининск"])
def test_another_word_is_no_slip(other: str) -> None:
    bodies = [Body(str(n), "", (place,)) for n, place in enumerate(("хутор Журавлёвка", "станица Гривенская"))]
    assert router(bodies).route(f"Скажите, {other} где, когда будет?") is None


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("деревня Малиновка", "малиновка поёт на рассвете, когда тепло"),
        ("станица Калининская", "калининская картошка подорожала, почему?"),
        ("село Пушкино", "Пушкинская карта: как получить?"),
        ("деревня Ёлкино", "Ёлки на площади когда поставят"),
        ("деревня Пять Дворов", "Сколько можно: пятый двор без света"),
    ],
)
def test_a_word_that_is_no_place_here(place: str, text: str) -> None:
    assert router([Body("one", "", (place,))]).route(text) is None


def test_a_town_elsewhere_is_known_where_nothing_is_written_large() -> None:
    one = router([Body("one", "", ("станица Калининская",))])
    assert one.route("когда построят мост в славянске") == "other"
    assert one.route("когда в шахты спустятся") is None


@pytest.mark.parametrize("text", ["да лебеди плавают, когда уберут сети", "по Куйбышева ямы", "со Степной улицы течёт"])
def test_small_words_are_no_shortened_generic_ones(text: str) -> None:
    bodies = [
        Body(str(n), "", (place,)) for n, place in enumerate(("хутор Лебеди", "хутор Куйбышева", "хутор Степной"))
    ]
    assert router(bodies).route(text) is None
