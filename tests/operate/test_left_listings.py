"""A listing that is left before its end is closed there: nothing waits for the collector of an event loop."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from acting_world import District, fault
from munsocial.sandbox.demo import sample

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def left() -> Iterator[list[str]]:
    """Name the asynchronous generators that nobody closed, as an event loop is told of them."""
    names: list[str] = []

    def told(one: Any) -> None:
        names.append(one.__qualname__)

    before = sys.get_asyncgen_hooks()
    sys.set_asyncgen_hooks(finalizer=told)
    yield names
    sys.set_asyncgen_hooks(*before)


def test_of_a_collection(left: list[str]) -> None:
    with sample(NOON).connect() as social:
        social.collect()
    assert left == []


@pytest.mark.parametrize("last", [5, 12, 19])
def test_of_a_collection_that_the_caller_stops(last: int, left: list[str]) -> None:
    def stop(done: int, _total: int, _account: str) -> None:
        if done == last:
            raise TimeoutError("enough")

    with sample(NOON).connect() as social, pytest.raises(TimeoutError, match="enough"):
        social.collect(progress=stop)
    assert left == []


@pytest.mark.parametrize(
    ("account", "method"), [("administration-vk", "wall.post"), ("administration-ok", "mediatopic.post")]
)
def test_of_a_reading_back_that_finds_a_post(account: str, method: str, tmp_path: Path, left: list[str]) -> None:
    district = District(tmp_path)
    district.faults.add(fault("lost_after", method, times=None))
    assert district.states(district.apply(district.publications(account))) == ["confirmed"]
    assert left == []


def test_of_a_removal(tmp_path: Path, left: list[str]) -> None:
    district = District(tmp_path)
    post = district.post()
    rude, _ = district.says("Иди лесом, дурак", post), district.says("Спасибо!", post)
    assert district.states(district.apply(district.plan(district.removal(rude, post)))) == ["confirmed"]
    assert left == []
