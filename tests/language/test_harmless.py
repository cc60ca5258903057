"""Harmless readings: each is tried wherever it stands, and none is made ready before a text may hold it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from munsocial.language.comments.harmless import readings
from munsocial.language.comments.lexicon import Excuses, rules
from munsocial.language.comments.unmask import plain_view, tight_view
from munsocial.language.engine import Pattern, which_of

HERE = Path(__file__).parent
SETS = [
    *sorted((HERE / "data").glob("municipal_*.jsonl")),
    HERE / "data/own_harm.jsonl",
    HERE / "data/scunthorpe.jsonl",
]
_MANY = 1000  # of a longer set every other line is enough
PAGES = {excuses for rule in rules() for excuses in rule.excuses}


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_no_harmless_reading_is_held_back(path: Path) -> None:
    numbered = [(excuses, place) for excuses in PAGES for place in range(len(excuses.unless))]
    which = which_of(excuses.pattern(place) for excuses, place in numbered)
    lines = path.read_text("utf-8").splitlines()
    texts = [plain_view(json.loads(row)["text"]) for row in lines[:: 1 + (len(lines) > _MANY)]]
    held = 0
    for seen in [seen for plain in texts for seen in (plain.seen, tight_view(plain).seen)]:
        for number in which(seen) or ():
            excuses, place = numbered[number]
            here = set(Pattern(excuses.pattern(place)).spans(seen))
            held += 1
            assert here <= set(readings(excuses, seen)), (excuses.unless[place], seen.decode("cp1251"))
    assert held, "a set that holds no harmless reading shows nothing"


def test_readings_that_a_text_cannot_hold_are_never_made(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[bytes] = []

    def counted(pattern: bytes) -> Pattern:
        made.append(pattern)
        return Pattern(pattern)

    monkeypatch.setattr("munsocial.language.comments.harmless.Pattern", counted)
    excuses = Excuses(
        ("кино про <who>", "в шутку", "100 ?%"), (" кино ", " шутку", "%"), {"who": "дурак[а-я]*"}, "plain"
    )
    assert readings(excuses, plain_view("смотрел кино про дурака, но не в шутке").seen) == ((9, 24),)
    assert [pattern.decode("cp1251").count("кино") for pattern in made] == [1]
    assert readings(excuses, plain_view("на все 100 %").seen) == ((8, 13),)
    assert len(made) == 2
