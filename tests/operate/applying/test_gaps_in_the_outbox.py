"""A step that a gap in a listing stopped stays in the outbox, and calls a person until it is over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from acting_world import District, fault
from munsocial.network.drafts import Draft
from munsocial.operate.applying.digests import text_digest
from munsocial_vk import decode

VK = "administration-vk"


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


@pytest.mark.parametrize("first", ["flood", ""], ids=["put off for a flood before", "met at once"])
def test_an_answer_that_a_gap_stopped_is_given_when_it_is_over(
    district: District, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    post = district.post()
    asked = district.says("Когда вода?", post)
    strange = district.says("Хм.", post, reply_to=asked.id)
    params = {"text": "Завтра.", "post": post.id, "to": asked.id, "under": VK}
    plan = district.plan(district.step("reply", params=params, expect=text_digest(asked.text)))
    if first:
        district.faults.add(fault(first, "wall.createComment"))
        district.apply(plan)
        district.later(hours=1)
    real = decode._comment

    def read(said: Any, context: Any) -> Any:
        return None if str(said[0].id) == strange.id else real(said, context)

    monkeypatch.setattr(decode, "_comment", read)
    if not first:
        district.apply(plan)
    with district.connect() as social:
        for _ in range(2):
            run = social.outbox()
            assert ([one.state for one in run.outcomes], run.amiss, len(social.waiting())) == (["skipped"], True, 1)
        assert social.waiting()[0].paused is None
        monkeypatch.setattr(decode, "_comment", real)
        district.later(minutes=2)
        assert [one.state for one in social.outbox().outcomes] == ["confirmed"]
        assert social.waiting() == ()


def test_a_gap_under_one_post_holds_up_nothing_else_of_its_account(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = district.post()
    asked = district.says("Когда вода?", post)
    monkeypatch.setattr(decode, "_comment", lambda *_: None)
    params = {"text": "Завтра.", "post": post.id, "to": asked.id, "under": VK}
    reply = district.step("reply", params=params, expect=text_digest(asked.text))
    news = district.step("publish", number=2, params={"draft": Draft(text="Новость", topic="news").model_dump()})
    assert district.states(district.apply(district.plan(reply, news))) == ["skipped", "confirmed"]
