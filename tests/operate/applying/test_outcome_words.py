"""What became of a step, in words: each end, now and when it was settled by an earlier application."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from munsocial.operate.applying.outcomes import ENDS, Applied, StepOutcome
from munsocial.operate.plans.plan import Step
from munsocial.wording import Text

STEP = Step(id="s1", key="k1", account="lesnoy-vk", network="vk", action="pin_post", ru="закрепить", en="pin")
HOW = Text("Откройте страницу.", "Open the page.")

ROWS = [
    ("confirmed", {}, "сделано", "сделано раньше"),
    ("confirmed", {"scheduled": True}, "сеть поставила на время", "сеть поставила на время раньше"),
    ("rejected", {}, "отказано", "отказано раньше"),
    ("uncertain", {}, "неясно, будет прочитано ещё раз", "неясно с прошлого раза, будет прочитано ещё раз"),
    ("manual", {}, "нужно сделать вручную", "по-прежнему ждёт человека"),
    ("skipped", {}, "пропущено", "пропущено раньше"),
]


@pytest.mark.parametrize(("state", "result", "now", "before"), ROWS, ids=[f"{row[0]} {row[1]}" for row in ROWS])
def test_an_end_is_told_in_good_russian(state: str, result: dict[str, object], now: str, before: str) -> None:
    for earlier, said in ((False, now), (True, before)):
        line = StepOutcome(STEP, state, HOW, result, before=earlier).say()
        assert line == f"{STEP.say()} — {said}: Откройте страницу."


def test_every_end_has_its_words() -> None:
    assert {row[0] for row in ROWS} == set(ENDS)


NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LATER = STEP.model_copy(update={"due": NOW + timedelta(hours=1)})
AFTER = STEP.model_copy(update={"id": "s2", "after": ("s1",)})
AMISS = [
    ("done", (StepOutcome(STEP, "confirmed"),), 0),
    ("refused", (StepOutcome(STEP, "rejected"),), 1),
    ("unclear", (StepOutcome(STEP, "uncertain", again=True),), 1),
    ("put off by the network", (StepOutcome(STEP, "skipped", again=True),), 1),
    ("not wanted any more", (StepOutcome(STEP, "skipped"),), 0),
    ("waits for a person", (StepOutcome(STEP, "manual"),), 0),
    ("not due yet", (StepOutcome(LATER, "skipped", again=True),), 0),
    (
        "behind what is not due",
        (StepOutcome(LATER, "skipped", again=True), StepOutcome(AFTER, "skipped", again=True)),
        0,
    ),
    (
        "behind what was put off",
        (StepOutcome(STEP, "skipped", again=True), StepOutcome(AFTER, "skipped", again=True)),
        2,
    ),
]


@pytest.mark.parametrize(("situation", "outcomes", "count"), AMISS, ids=[row[0] for row in AMISS])
def test_what_was_to_be_done_and_is_not(situation: str, outcomes: tuple[StepOutcome, ...], count: int) -> None:
    assert len(Applied("plan-1", outcomes).amiss(NOW)) == count, situation
