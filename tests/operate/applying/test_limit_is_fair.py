"""What never ends holds nobody up: with a limit each repeated call does what was tried longest ago, or never."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from acting_world import District, fault

VK, OK, BOROVOYE = "administration-vk", "administration-ok", "borovoye-vk"
POST = "mediatopic.post"


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


def short(account: str) -> str:
    return {VK: "vk", OK: "ok", BOROVOYE: "borovoye"}[account]


# What goes wrong for ever in OK, which stands first, and what each call with limit=1 tells.
ENDLESS = [
    ("permission", ["ok rejected", "vk confirmed", "borovoye confirmed", "ok rejected"]),
    ("rate", ["ok skipped", "vk confirmed", "borovoye confirmed", "ok skipped"]),
    # Reading back does nothing to anybody: it is no attempt, and the limit is left for the next step.
    ("lost_before", ["ok uncertain", "vk confirmed", "borovoye confirmed", "ok uncertain"]),
]


@pytest.mark.parametrize(("kind", "told"), ENDLESS, ids=[one[0] for one in ENDLESS])
def test_a_step_that_never_ends_lets_the_next_ones_pass(kind: str, told: list[str], tmp_path: Path) -> None:
    district = District(tmp_path, ok_shows_late=True)
    district.faults.add(fault(kind, POST, times=None))
    plan = district.publications(OK, VK, BOROVOYE)
    runs = []
    for _ in told:
        (outcome,) = district.apply(plan, limit=1).outcomes
        runs.append(f"{short(outcome.step.account)} {outcome.state}")
        district.later(minutes=5)
    assert runs == told


def test_steps_that_are_refused_take_turns(district: District) -> None:
    district.faults.add(fault("permission", times=None))
    plan = district.publications(OK, VK, BOROVOYE)
    runs = []
    for _ in range(6):
        runs += [short(one.step.account) for one in district.apply(plan, limit=1).outcomes]
        district.later(minutes=5)
    assert runs == ["ok", "vk", "borovoye"] * 2


def test_what_waits_for_a_step_comes_after_it(district: District) -> None:
    first, second = district.publications(OK, VK).steps
    plan = district.plan(first, second.model_copy(update={"after": (first.id,)}))
    district.faults.add(fault("permission", POST))
    assert district.states(district.apply(plan, limit=1)) == ["rejected"]
    assert district.states(district.apply(plan, limit=2)) == ["confirmed", "confirmed"]


OUTBOX = [
    ("lost_before", POST, ["ok uncertain", "vk confirmed", "borovoye confirmed", "ok uncertain"]),
    ("rate", "*", ["ok skipped", "vk skipped", "borovoye skipped", "ok skipped"]),
]


@pytest.mark.parametrize(("kind", "method", "told"), OUTBOX, ids=[one[0] for one in OUTBOX])
def test_the_outbox_lets_pass_what_never_ends(kind: str, method: str, told: list[str], tmp_path: Path) -> None:
    district = District(tmp_path, ok_shows_late=True)
    for minutes, account in ((10, OK), (20, VK), (30, BOROVOYE)):
        (step,) = district.publications(account).steps
        held = step.model_copy(update={"due": district.world.now() + timedelta(minutes=minutes)})
        assert district.states(district.apply(district.plan(held))) == ["skipped"]
    district.later(hours=2)
    district.faults.add(fault(kind, method, times=None))
    runs = []
    for _ in told:
        with district.connect() as social:
            (outcome,) = social.outbox(limit=1).outcomes
        runs.append(f"{short(outcome.step.account)} {outcome.state}")
        district.later(minutes=5)
    assert runs == told
