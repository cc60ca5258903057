"""`router` where a name has a number: 2, II, 2-й and «второй» are one, before the name or after it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from munsocial.language import router


@dataclass(frozen=True)
class Body:
    """What the router needs of a body."""

    id: str
    places: tuple[str, ...]


SAID = [
    "в хуторе Бейсужек {} нет воды", "Бейсужек {} без воды", "В Бейсужке {} нет воды, когда дадут?",
    "Бейсужек-{} без света", "В Бейсужке-{} нет воды", "Бейсужке-{} нужен фельдшер", "х. Бейсужек-{}, когда газ",
]  # fmt: skip
WRITTEN = [
    ("хутор Бейсужек Первый", "хутор Бейсужек Второй"),
    ("хутор Бейсужек-Первый", "хутор Бейсужек-Второй"),
    ("хутор Бейсужек 1", "хутор Бейсужек 2"),
    ("хутор Бейсужек-1", "хутор Бейсужек-2"),
    ("хутор Бейсужек I", "хутор Бейсужек II"),
    ("хутор Первый Бейсужек", "хутор Второй Бейсужек"),
    ("хутор 1-й Бейсужек", "хутор 2-й Бейсужек"),
]


@pytest.mark.parametrize("places", WRITTEN, ids=[pair[1] for pair in WRITTEN])
def test_a_number_is_known_however_it_is_written(places: tuple[str, str]) -> None:
    ways = router([Body("first", places[:1]), Body("second", places[1:])])
    for said in SAID:
        for answer, numbers in (("first", ("1", "I", "1-й", "Первый")), ("second", ("2", "II", "2-й", "Второй"))):
            for number in numbers:
                assert ways.route(said.format(number)) == answer, said.format(number)
    for text in (
        "во Втором Бейсужке темно",
        "во втором бейсужке темно",
        "во 2-м Бейсужке темно",
        "Бейсужек 2-й без света",
    ):
        assert ways.route(text) == "second", text
    for text in (
        "В Бейсужке 3 нет воды",
        "в Бейсужке 2 дня нет воды",
        "в Бейсужке нет воды",
        "в Третьем Бейсужке нет воды",
    ):
        assert ways.route(text) is None, text


@pytest.mark.parametrize(
    ("place", "named", "text"),
    [
        ("разъезд 9-й километр", True, "на 9-м км нет остановки"),
        ("разъезд 9-й километр", True, "на 9-ом километре темно"),
        ("разъезд 9-й километр", True, "На разъезде 9 километр нет света"),
        ("разъезд 9-й километр", True, "на девятом километре нет света"),
        ("разъезд 9-й километр", False, "до школы 9 км"),
        ("разъезд 9-й километр", False, "живём в 9 км от больницы"),
        ("разъезд 9-й километр", False, "на 9-м километре трассы авария"),
        ("разъезд 9-й километр", False, "на 5-м километре нет света"),
        ("хутор Третий Лог", True, "из Третьего Лога не уехать"),
        ("хутор Третий Лог", True, "в Логу 3 темно"),
        ("посёлок Первое Мая", False, "с 30 мая 1 автобус на всех"),
        ("посёлок Первое Мая", True, "в посёлке 1 Мая нет воды"),
        ("посёлок 2-й Участок", True, "во 2-м Участке нет воды"),
        ("посёлок 2-й Участок", False, "на 2-м участке дороги яма"),
        ("деревня Горки-2", True, "в Горках II темно"),
    ],
)
def test_numbers_around_names(place: str, named: bool, text: str) -> None:
    assert router([Body("one", (place,))]).route(text) == ("one" if named else None)
