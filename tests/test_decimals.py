"""A fraction is written as the reader's language does: 8,5 in Russian, 8.5 in English."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from command_line import run
from munsocial.operate.moderating.report import AccountModeration
from munsocial.wording import decimal

POST = "Осуществляется ремонт дороги в целях обеспечения безопасности. Движение перекрыто до вторника, объезд по улице."


@pytest.mark.parametrize(
    ("number", "form", "ru", "en"),
    [(9.0, "", "9,0", "9.0"), (-41.1, "", "-41,1", "-41.1"), (0.934, ".2f", "0,93", "0.93"), (3, "", "3", "3")],
)
def test_a_number_in_both_languages(number: float, form: str, ru: str, en: str) -> None:
    assert decimal(number, form) == (ru, en)


@pytest.mark.parametrize(("lang", "point", "other"), [("ru", ",", "."), ("en", ".", ",")])
def test_what_is_told_of_a_text(lang: str, point: str, other: str) -> None:
    for command, text in (("lint", POST), ("language explain", "Вы просто идиоты")):
        told = run(*command.split(), "-", "--lang", lang, stdin=text.encode()).out
        assert re.search(rf"\d{re.escape(point)}\d", told), told
        assert not re.search(rf"\d{re.escape(other)}\d", told), told


def test_how_fast_was_moderated() -> None:
    one = AccountModeration("adm-vk", 3, speed=timedelta(minutes=90))
    assert (one.cells("ru")[-1], one.cells("en")[-1]) == ("1,5 ч", "1.5 h")
