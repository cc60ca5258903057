"""A copy with other fields answers from those fields, whatever the first one had looked up before."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from munsocial.model.base import Record
from munsocial.model.snapshot import Observed
from munsocial.policy import Outcome, audit
from munsocial.testing.factories import MOMENT, account, act, body, district, requirement, snapshot, view, weekly

BEFORE, AFTER = view("school-vk", posts=weekly(0)), view("school-vk", posts=weekly(5))
SCHOOL, LIBRARY = account("school-vk", body="school"), account("library-vk", body="school")

LOOKED_UP: list[tuple[str, Record, dict[str, Any], str, Any]] = [
    ("own views", snapshot(BEFORE), {"accounts": (AFTER,)}, "views", {"school-vk": AFTER}),
    ("views above", snapshot(BEFORE), {"upstream": (AFTER,)}, "upstream_views", {"school-vk": AFTER}),
    (
        "accounts",
        district(body("school"), SCHOOL),
        {"accounts": (LIBRARY,)},
        "account_by_id",
        {"library-vk": LIBRARY},
    ),
]


@pytest.mark.parametrize("deep", [False, True])
@pytest.mark.parametrize(
    ("situation", "first", "changes", "name", "found"), LOOKED_UP, ids=[one[0] for one in LOOKED_UP]
)
def test_a_copy_looks_up_in_its_own_fields(
    situation: str, first: Record, changes: dict[str, Any], name: str, found: Any, deep: bool
) -> None:
    before = getattr(first, name)
    assert getattr(first.model_copy(update=changes, deep=deep), name) == found, situation
    assert getattr(first, name) is before, "the first keeps what it has looked up"


def test_a_changed_snapshot_is_judged_as_changed() -> None:
    registry = district(body("school", kind="organisation"), SCHOOL)
    order = act(requirement("posting.frequency", min=3, clause="2"))
    first = snapshot(BEFORE, since="2026-11-16")
    changed = first.model_copy(update={"accounts": (AFTER,)})
    # The second week is not over yet.
    found = [[one.outcome for one in audit(registry, seen, [order], MOMENT).findings] for seen in (first, changed)]
    assert found == [[Outcome.NOT_MET, Outcome.UNKNOWN], [Outcome.MET, Outcome.UNKNOWN]]


def test_a_snapshot_is_the_same_after_it_was_pickled() -> None:
    """A pool of processes hands it over so; what was seen is of a kind made on the spot, which has no name to find."""
    seen = snapshot(BEFORE, view("library-vk"))
    assert seen.views["school-vk"] is seen.accounts[0], "what was looked up is kept or dropped, and never in the way"
    again = pickle.loads(pickle.dumps(seen))
    assert again == seen
    assert again.model_dump_json() == seen.model_dump_json()
    assert type(again.accounts[0].posts) is type(seen.accounts[0].posts)
    assert again.views["school-vk"].posts.value == seen.views["school-vk"].posts.value


@pytest.mark.parametrize("fact", [Observed[str](value="a"), Observed[tuple[int, ...]](value=(1, 2)), Observed(value=3)])
def test_any_fact_is_the_same_after_it_was_pickled(fact: Observed[Any]) -> None:
    again = pickle.loads(pickle.dumps(fact))
    assert (type(again), again, again.model_fields_set) == (type(fact), fact, fact.model_fields_set)
