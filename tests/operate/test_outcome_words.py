"""What became of a step, in words: each end, now and when it was settled by an earlier application."""

from __future__ import annotations

import pytest

from munsocial.operate.outcomes import ENDS, StepOutcome
from munsocial.operate.plan import Step
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
