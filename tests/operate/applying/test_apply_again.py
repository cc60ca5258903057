"""Later attempts of one step: each has a moment of its own, and a program that lost its lease leaves the step alone."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from acting_world import District, fault
from munsocial.journal import stepbook
from munsocial.journal.holders import Life, holder_name, life_of
from munsocial.operate.applying import apply
from munsocial.operate.applying.outcomes import Applied
from munsocial.operate.applying.targets import Targets
from munsocial.operate.plans.plan import Plan

OK = "administration-ok"


class Killed(BaseException):
    """What SIGKILL looks like from inside: nothing of the program runs after it."""


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


def killed_in(district: District, plan: Plan, *, done: bool, network: str = "ok") -> None:
    """Apply a plan in a program that is killed while it publishes, after or before the network did the work."""
    with district.connect() as social:
        adapter: Any = social.adapter(network)
        real: Callable[..., Any] = adapter.publish

        async def publish(*given: Any, **named: Any) -> Any:
            if done:
                await real(*given, **named)
            raise Killed

        adapter.publish = publish
        with pytest.raises(Killed):
            social.apply(plan)


def refused_once(district: District, plan: Plan) -> None:
    district.faults.add(fault("unreachable", "mediatopic.post", times=None))
    assert district.states(district.apply(plan)) == ["skipped"]
    district.faults.clear()


def text_of(plan: Plan) -> str:
    return str(plan.steps[0].params["draft"]["text"])


def lost_once(district: District, plan: Plan) -> None:
    district.faults.add(fault("lost_before", "mediatopic.post"))
    assert district.states(district.apply(plan)) == ["uncertain"]
    district.faults.clear()


@pytest.mark.parametrize("earlier", [refused_once, lost_once])
def test_a_kill_in_a_later_attempt_waits_out_the_grace_of_that_attempt(
    district: District, earlier: Callable[[District, Plan], None]
) -> None:
    plan = district.publications(OK)
    earlier(district, plan)
    district.later(minutes=30)
    killed_in(district, plan, done=False)
    district.later(seconds=20)
    assert district.states(district.apply(plan)) == ["uncertain"]
    district.later(minutes=5)
    assert district.apply(plan).done
    assert district.texts(OK)[text_of(plan)] == 1


@pytest.mark.parametrize("earlier", [refused_once, lost_once])
def test_what_a_later_attempt_left_is_found_days_after_the_first(
    district: District, earlier: Callable[[District, Plan], None]
) -> None:
    plan = district.publications(OK)
    earlier(district, plan)
    district.later(days=2)
    killed_in(district, plan, done=True)
    district.later(minutes=5)
    assert district.apply(plan).done
    assert district.texts(OK)[text_of(plan)] == 1
    with district.connect() as social:
        assert social.journal.verify().whole


# --- two programs on two machines: only the lease tells whether the other one is still at work


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every other program run on another machine, with a lease that is over as soon as it is taken."""
    monkeypatch.setattr(stepbook, "life_of", lambda holder: Life.UNKNOWN)
    monkeypatch.setattr(apply, "_LEASE", 0.0)


def between(district: District, plan: Plan, moment: str, meanwhile: Callable[[], object]) -> Applied:
    """Apply a plan in a program that is held up before or after the network does the work."""
    with district.connect() as social:
        adapter: Any = social.adapter("ok")
        target: Any = Targets if moment == "before" else adapter
        name = "check" if moment == "before" else "publish"
        real = getattr(target, name)

        async def held_up(*given: Any, **named: Any) -> Any:
            setattr(target, name, real)
            found = await real(*given, **named)
            meanwhile()
            return found

        setattr(target, name, held_up)
        try:
            return social.apply(plan)
        finally:
            if moment == "before":
                setattr(target, name, real)


@pytest.mark.usefixtures("elsewhere")
def test_a_slow_program_that_lost_its_lease_sends_nothing(district: District) -> None:
    plan = district.publications(OK)

    def others_do_it() -> None:
        assert district.states(district.apply(plan)) == ["uncertain"]
        district.later(minutes=5)
        assert district.apply(plan).done

    slow = between(district, plan, "before", others_do_it)
    assert [(one.state, one.before) for one in slow.outcomes] == [("confirmed", True)]
    assert district.texts(OK)[text_of(plan)] == 1


@pytest.mark.usefixtures("elsewhere")
def test_what_a_slow_program_did_is_found_by_the_one_that_takes_its_step(district: District) -> None:
    plan = district.publications(OK)
    slow = between(district, plan, "after", lambda: district.apply(plan))
    assert slow.done
    assert district.texts(OK)[text_of(plan)] == 1
    with district.connect() as social:
        kinds = [one.kind for one in social.journal.entries(kind="step.*")]
        assert kinds.count("step.confirmed") == 1
        assert social.journal.verify().whole


def test_a_living_program_of_this_machine_keeps_its_step_whatever_the_clock_says(district: District) -> None:
    plan = district.publications(OK)
    owner_at_work: list[str] = []

    def a_day_later() -> None:
        with district.connect() as social:
            book = stepbook.StepBook(social.journal, seconds=lambda: 4e9)
            owner_at_work.append("kept" if book.take(plan.id, "s1") is None else "taken")

    between(district, plan, "before", a_day_later)
    assert owner_at_work == ["kept"]


@pytest.mark.parametrize(
    ("holder", "life"),
    [
        (holder_name(), Life.OURS),
        (holder_name().replace(f":{os.getpid()}:", ":1:"), Life.DEAD),
        ("elsewhere:1:2:3", Life.UNKNOWN),
        ("old:format", Life.UNKNOWN),
    ],
    ids=["this program", "another that has this name's number", "another machine", "an older journal"],
)
def test_what_is_known_of_a_holder(holder: str, life: Life) -> None:
    assert life_of(holder) is life


# --- what one page made is not taken for what another page made


def test_an_id_of_another_page_is_no_id_of_ours(district: District) -> None:
    """VK counts posts page by page: the same number on two pages is two posts."""
    other = district.apply(district.publications("borovoye-vk"))
    plan = district.publications("administration-vk")
    killed_in(district, plan, done=True, network="vk")
    with district.connect() as social:
        adapter: Any = social.adapter("vk")
        adapter.publish = None
        found = social.apply(plan)
    assert found.done
    assert found.outcomes[0].result["post"] == other.outcomes[0].result["post"]
