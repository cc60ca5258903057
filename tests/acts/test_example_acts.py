"""Acts of other places are data: each example loads with no new code and says how sure each provision is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from munsocial.policy import load_acts
from munsocial.policy.act import Act
from shared_material import shared

EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "acts").glob("*.toml"))
CERTAINTIES = {"text", "report", "inferred"}


def _load(path: Path) -> Act:
    return load_acts([path])[0]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_loads_and_says_how_sure_it_is(path: Path) -> None:
    act = _load(path)
    assert act.id == path.stem
    assert act.requirements
    assert {one.certainty for one in act.requirements} <= CERTAINTIES
    assert act.status
    assert act.coverage


def test_every_act_of_which_something_was_read_is_an_example() -> None:
    acts = json.loads(shared("regulation/sister-orders.json").read_text("utf-8"))["acts"]
    known = {act["id"] for act in acts if any(one["certainty"] != "inferred" for one in act["requirements"])}
    assert {path.stem for path in EXAMPLES} == known - {"krd-kalininsky"}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_says_what_was_collected_and_no_more(path: Path) -> None:
    acts = json.loads(shared("regulation/sister-orders.json").read_text("utf-8"))["acts"]
    listed = next(act for act in acts if act["id"] == path.stem)["requirements"]
    act = _load(path)
    assert [(one.kind, one.level.value, one.certainty) for one in act.requirements] == [
        (one["kind"], one["level"], one["certainty"]) for one in listed
    ]
    for mine, theirs in zip(act.requirements, listed, strict=True):
        assert list(mine.applies_to) == theirs["params"].get("owner_types", [])
        stated = mine.params.model_dump(mode="json", exclude_unset=True, by_alias=True)
        assert stated == {name: value for name, value in theirs["params"].items() if _seen(name, value)} | (
            {"grounds": []} if "grounds" in stated and not stated["grounds"] else {}
        )


def _seen(name: str, value: Any) -> bool:
    """Leave out what was not read: an unknown number, an empty list, the addressees, which stand apart."""
    return name not in {"owner_types", "by_category"} and value not in (None, [], ["(list not quoted)"])


def test_two_examples_and_the_order_stack() -> None:
    stack = load_acts(["kalininsky", *EXAMPLES[:2]])
    assert [act.id for act in stack] == ["kalininsky", *(path.stem for path in EXAMPLES[:2])]
