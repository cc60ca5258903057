"""Equal comments in a plan: spam is told once with its number, what has to be found in each place is told in each."""

from __future__ import annotations

from pathlib import Path

import pytest

from acting_world import District
from munsocial.operate.plans.plan import Plan

PASSPORT = "Живёт он на Лесной 5 кв 7, паспорт 4510 123456"
QUESTION = "Когда уже почините дорогу на Сосновой? Надоело ждать!"


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


def planned(district: District, text: str, times: int) -> tuple[Plan, list[str]]:
    places = [district.says(text, district.post(), author=f"60{place}") for place in range(times)]
    with district.connect() as social:
        seen = social.collect(weeks=1, want=("posts", "comments"))
        plan = social.plan_moderation(seen, made_by="elkina")
        (view,) = [one for one in seen.accounts if one.account == "administration-vk"]
    urls = {one.id: one.url or "" for one in view.comments.value or ()}
    return plan, [urls[one.id] for one in places]


def test_each_place_of_somebodys_data_is_told(district: District) -> None:
    plan, urls = planned(district, PASSPORT, 3)
    told = [one.ru for one in plan.problems]
    assert (len(told), [sum(url in line for line in told) for url in urls]) == (3, [1, 1, 1])
    assert not any("таких же" in line for line in told)


def test_of_equal_questions_the_first_places_are_named(district: District) -> None:
    plan, urls = planned(district, QUESTION, 40)
    (told,) = plan.problems
    first, rest = told.ru.split("; таких же комментариев ещё ")
    count, places = rest.split(" (")
    named = places.removesuffix(", …)").split(", ")
    assert (first.split()[-1] in urls, int(count) > 10, len(set(named))) == (True, True, 3)
    assert set(named) < set(urls) - {first.split()[-1]}
