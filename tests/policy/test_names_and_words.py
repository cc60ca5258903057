"""Names of pages set beside names of bodies, and descriptions that say nothing in words (clause 7.1, naming)."""

from __future__ import annotations

from typing import Any

import pytest

from munsocial.policy.facts.descriptions import in_words, says_enough
from munsocial.policy.facts.ground_words import read_ground
from munsocial.policy.facts.names import compared
from munsocial.testing.factories import account, body, profile, requirement, view
from second_reading import SATISFIED, UNKNOWN, VIOLATED, Case, cases, judge

VILLAGE = "Администрация Приреченского сельского поселения"
SCHOOL = "МБОУ СОШ № 5"
CULTURE = "Управление культуры Приреченского района"


@pytest.mark.parametrize(
    ("official", "shown", "fits"),
    [
        (VILLAGE, VILLAGE, True),
        (VILLAGE, "АДМИНИСТРАЦИЯ ПРИРЕЧЕНСКОГО СЕЛЬСКОГО ПОСЕЛЕНИЯ", True),
        (VILLAGE, "Приреченское сельское поселение. Администрация", True),
        (VILLAGE, "Администрация Заречненского сельского поселения", False),
        (VILLAGE, "Администрация Приречного сельского поселения", False),
        (VILLAGE, "Администрация сельского поселения", None),  # names nobody else
        (VILLAGE, "Администрация", None),
        (VILLAGE, "Приреченское сельское поселение", True),
        (VILLAGE, "Приреченское с/п", True),
        (VILLAGE, "Администрация Приреченского с.п.", True),
        (VILLAGE, "Администрация Приреченского СП", True),
        (VILLAGE, "Администрация Приреченского сельского поселения Краевого района", True),
        (f"{VILLAGE} Краевого района", VILLAGE, True),
        (f"{VILLAGE} Краевого района", "Администрация Приреченского района", None),
        ("Администрация Краевого района", "Администрация", None),
        ("Красное сельское поселение", "Красненское сельское поселение", False),
        ("Администрация Степного сельского поселения", "Хутор Степь", None),
        ("Хутор Степь", "Степное сельское поселение", None),
        (VILLAGE, "Приреченская", None),
        (VILLAGE, "Село Приреченское", None),
        (VILLAGE, "Администрация ст. Приреченской", None),
        (VILLAGE, "Приреченский район", None),
        (VILLAGE, "Подслушано в Приреченском", None),
        ("Администрация Калининского района", "Калининский район", True),
        ("Администрация муниципального образования Калининский район", "Администрация Калининского района", True),
        ("Администрация МО Калининский район", "Калининский район", True),
        ("Администрация города Сочи", "Администрация Сочи", True),
        ("Администрация города Сочи", "Сочи", None),
        ("Администрация города Орла", "Администрация города Орёл", None),
        ("Администрация города Орла", "Администрация города Омска", False),
        ("Администрация Бойкопонурского сельского поселения", "Администрация Бойко-Понурского с/п", True),
        ("Администрация Бойкопонурского сельского поселения", "Станица Бойко-Понура", None),
        ("Администрация города Ростов-на-Дону", "Ростов на Дону: администрация города", True),
        ("Администрация Новониколаевского сельского поселения", "Администрация Новониколаевки", None),
        ("Администрация Куйбышевского сельского поселения", "Хутор Куйбышева", None),
        ("Администрация Джумайловского сельского поселения", "Джумайловка. Официально", None),
        ("МБОУ СОШ № 5 имени А. П. Маркова", "МБОУ СОШ №5", None),
        ("МБОУ СОШ № 5 ст. Гривенской", "СОШ № 5", None),
        ("МБОУ СОШ № 5 ст. Гривенской", "Школа № 5", None),
        ("МБОУ СОШ № 5 ст. Гривенской", "СОШ № 6", False),
        ("МБДОУ № 3 х. Лебеди", "Детский сад № 3", None),
        ("МБУК «Лебединский СДК»", "Дом культуры х. Лебеди", None),
        ("Куйбышевский сельский дом культуры", "Клуб Куйбышева", None),
        (VILLAGE, "Приреченские новости", None),
        (VILLAGE, "АПСП", None),
        (VILLAGE, "Весёлые старты", False),
        ("Администрация Красногвардейского района", "Администрация Краснополянского района", False),
        (CULTURE, "Управление образования Приреченского района", None),
        (CULTURE, "УК Приреченского района", None),
        (CULTURE, "Управление образования Заречного района", False),
        (SCHOOL, "МБОУ СОШ № 5", True),
        (SCHOOL, "СОШ №5 МБОУ", True),
        (SCHOOL, "Школа № 5", None),
        (SCHOOL, "ШКОЛА №5 города", None),
        (SCHOOL, "Наша школа", None),
        (SCHOOL, "МБОУ СОШ № 6", False),
        (SCHOOL, "Школа № 15", False),
        ("Школа № 5 станицы Гривенской", "Школа № 5, станица Гривенская", True),
        ("Школа № 5 станицы Гривенской", "Школа станицы Гривенской", None),
        ("Школа № 5 станицы Гривенской", "Школа № 5 хутора Лебеди", None),
        ("Парк", "Парус", False),
        ("Администрация района", "Администрация района", True),
        ("", "Администрация", False),
    ],
)
def test_a_name_fits_by_its_telling_words_and_numbers(official: str, shown: str, fits: bool | None) -> None:
    assert compared(official, shown).fits is fits


@pytest.mark.parametrize(
    "description",
    [
        "t.me/kalin_adm",
        "vk.me/adm",
        "@kalin_adm",
        "kalinadm.info",
        "калининский.онлайн/adm",
        "https://adm.example.ru/about https://vk.com/kalin",
        "\u200b" * 20,
        "\u2060\u2060 \u3164\u3164\u3164",
        "...............",
        "🏛🏛🏛🏛🏛🏛🏛🏛🏛🏛🏛",
        "+7 861 632-00-00",
    ],
)
def test_links_signs_and_blanks_say_nothing_in_words(description: str) -> None:
    assert in_words(description) == ""


@pytest.mark.parametrize(
    ("description", "words"),
    [
        ("Официальная страница. Сайт: kalinadm.info", "Официальная страница. Сайт:"),
        ("Новости района.", "Новости района."),
        ("Новости.Объявления.Контакты", "Новости.Объявления.Контакты"),
        ("ст.Гривенская,ул.Советская,д.5", "ст.Гривенская,ул.Советская,д.5"),
        ("Адрес:ул.Ленина,1", "Адрес:ул.Ленина,1"),
        ("Приёмная:8-86163-2-00-00.Сайт:x.ru", "Приёмная:8-86163-2-00-00.Сайт:"),
        ("Адм.Гривенского с.п.", "Адм.Гривенского с.п."),
        ("Офиц.страница", "Офиц.страница"),
        ("пишите на adm@x.ru", "пишите на"),
        ("Сайт:калининская.рф/новости", "Сайт:"),
        ("Пишите: @kalin_adm 🏛 Отвечаем!", "Пишите: 🏛 Отвечаем!"),
        ("Ад\u200bминистрация", "Администрация"),
    ],
)
def test_words_stay(description: str, words: str) -> None:
    assert in_words(description) == words


@pytest.mark.parametrize(
    ("piece", "says"), [("а", True), ("a.", True), ("слово-", True), ("/", False), ("a@", False), ("://", False)]
)
def test_a_description_without_blanks_is_read_in_linear_time(piece: str, says: bool) -> None:
    assert says_enough(piece * 50_000, 1) is says


@pytest.mark.parametrize("piece", ["наруша ", "персональна", "посторонна", "внешна "])
def test_a_ground_is_read_in_linear_time(piece: str) -> None:
    assert not read_ground(piece * 50_000).codes


DESCRIBED = requirement("profile.fields", clause="7.1", required=["description"])
NAMED = requirement("profile.naming", match="official_name")


def page(situation: str, ask: Any, expected: str, *records: Any, **shown: Any) -> Case:
    return Case(situation, ask, expected, (account(), *records), (view(profile=profile(**shown)),))


@cases(
    page("описание — имя страницы в другой сети", DESCRIBED, VIOLATED, description="t.me/kalin_adm"),
    page("короткие слова и адрес почты", DESCRIBED, SATISFIED, description="пишите на adm@x.ru"),
    page("слово короче, чем нужно", DESCRIBED, VIOLATED, description="Новости"),
    page("описание из невидимых знаков", DESCRIBED, VIOLATED, description="\u200b" * 20),
    page("описание — две тысячи дефисов и буква", DESCRIBED, SATISFIED, description="а-" * 1000),
    page("название чужого поселения", NAMED, VIOLATED, body(name=VILLAGE),
         name="Администрация Заречненского сельского поселения"),
    page("школа названа без сокращений", NAMED, UNKNOWN, body(name=SCHOOL), name="Школа № 5"),
)  # fmt: skip
def test_pages_are_judged_by_words(case: Case) -> None:
    judge(case)
