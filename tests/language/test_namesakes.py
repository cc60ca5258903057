"""`router` where a word is made of a name and names no place: adjectives, streets, holidays, persons."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import pytest

from munsocial.language import router

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Body:
    """What the router needs of a body."""

    id: str
    places: tuple[str, ...]


with (DATA / "namesakes.tsv").open(encoding="utf-8", newline="") as lines:
    CASES = [row for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if not row[0].startswith("#")]


@pytest.mark.parametrize(("place", "named", "text"), CASES, ids=[f"{one[0]}: {one[2]}" for one in CASES])
def test_route(place: str, named: str, text: str) -> None:
    assert router([Body("one", (place,))]).route(text) == ("one" if named == "+" else None)
