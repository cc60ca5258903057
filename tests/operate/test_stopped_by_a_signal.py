"""Who runs the program may stop it in the middle of an adapter: no slip is told of it, and nothing more is begun."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from acting_world import District
from munsocial.model.snapshot import Why
from munsocial.social import Social

VK, OK = "administration-vk", "administration-ok"


class TimeLimit(Exception):
    """As `SoftTimeLimitExceeded` of Celery and `JobTimeoutException` of RQ: a common error."""


class Runner:
    def stop(self, signum: int, frame: object) -> None:
        raise TimeLimit(signum)


@pytest.fixture(autouse=True)
def runner() -> Iterator[None]:
    before = signal.signal(signal.SIGTERM, Runner().stop)
    yield
    signal.signal(signal.SIGTERM, before)


async def stopped(*_: Any, **__: Any) -> Any:
    signal.raise_signal(signal.SIGTERM)


async def slipped(*_: Any, **__: Any) -> Any:
    raise TimeLimit


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


CALLS: list[tuple[str, str, Callable[[Social], object]]] = [
    ("a key is asked about", "check_keys", lambda social: social.check_keys()),
    ("a post is looked for", "read_post", lambda social: social.read_post(OK, "1")),
    ("all is collected", "list_posts", lambda social: social.collect(weeks=1, want=["posts"])),
]


@pytest.mark.parametrize(("situation", "method", "call"), CALLS, ids=[one[0] for one in CALLS])
def test_reading_ends(situation: str, method: str, call: Callable[[Social], object], district: District) -> None:
    with district.connect() as social:
        setattr(social.adapter("ok"), method, stopped)
        with pytest.raises(TimeLimit):
            call(social)


def test_an_adapter_that_raises_the_same_has_slipped(district: District) -> None:
    with district.connect() as social:
        social.adapter("ok").read_post = slipped  # type: ignore[attr-defined]
        missing = social.read_post(OK, "1").missing
    assert missing
    assert missing.why is Why.UNREADABLE
    assert "broke (TimeLimit)" in missing.en


@pytest.mark.parametrize("when", ["before it is sent", "after it was sent"])
def test_a_deed_is_found_by_reading_afterwards(when: str, district: District) -> None:
    plan = district.publications(OK, VK)
    with district.connect() as social:
        adapter: Any = social.adapter("ok")
        publish = adapter.publish

        async def interrupted(*given: Any, **named: Any) -> Any:
            if when == "after it was sent":
                await publish(*given, **named)
            await stopped()

        adapter.publish = interrupted
        with pytest.raises(TimeLimit):
            social.apply(plan)
        adapter.publish = publish
        again = social.apply(plan)
    states = {one.step.account: one.state for one in again.outcomes}
    assert states[VK] == "confirmed"
    assert states[OK] == ("confirmed" if when == "after it was sent" else "uncertain")


def test_looking_back_ends(district: District) -> None:
    plan = district.publications(OK)
    with district.connect() as social:
        adapter: Any = social.adapter("ok")
        adapter.publish = slipped
        adapter.list_posts = stopped
        with pytest.raises(TimeLimit):
            social.apply(plan)
