"""What a run of the outbox calls a person for: what does not pass by waiting. The timer goes by it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from acting_world import District, fault
from munsocial.operate.applying.outcomes import StepOutcome

VK = "administration-vk"


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


@pytest.mark.parametrize(
    ("trouble", "amiss"),
    [("captcha", True), ("permission", True), ("quota", False), ("unreachable", False), ("", False)],
)
def test_what_a_person_is_called_for(district: District, trouble: str, amiss: bool) -> None:
    step = district.step("publish", params={"draft": {"text": "Друзья, в субботу субботник!"}})
    plan = district.plan(step.model_copy(update={"due": district.world.now() + timedelta(minutes=10)}))
    district.apply(plan)
    if trouble:
        district.faults.add(fault(trouble, "wall.post", times=None))
    district.later(minutes=11)
    with district.connect() as social:
        run = social.outbox()
        assert len(run.outcomes) == 1
        assert run.amiss is amiss


def test_what_is_only_looked_at_before_a_deed_may_want_a_person_too(district: District) -> None:
    post = district.post()
    plan = district.plan(district.removal(district.says("Да пошли вы", post), post))
    district.faults.add(fault("captcha", "wall.getComments", times=None))
    outcome: StepOutcome
    (outcome,) = district.apply(plan).outcomes
    assert (outcome.state, outcome.by_person) == ("skipped", True)
