"""A command repeated after a power cut: nothing is published twice, and a comment is removed once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from acting_world import District, fault
from munsocial.errors import DraftRefused
from munsocial.network.drafts import Draft
from munsocial.operate.moderation_log import removals_of

VK, OK = "administration-vk", "administration-ok"
TEXT = "Друзья, в субботу субботник в парке, приходите в десять утра!"


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


def killed(district: District, text: str = TEXT) -> None:
    with district.connect() as social:
        adapter: Any = social.adapter("ok")

        async def publish(*given: Any, **named: Any) -> Any:
            raise KeyboardInterrupt

        adapter.publish = publish
        with pytest.raises(KeyboardInterrupt):
            social.publish(Draft(text=text), to=[OK, VK], dry_run=False)


def test_the_same_words_are_not_sent_while_the_end_of_the_first_ones_is_unknown(district: District) -> None:
    killed(district)
    with district.connect() as social:
        again = social.publish(Draft(text=f" {TEXT}\n"), to=[OK, VK], dry_run=False)
        assert [step.account for step in again.plan.steps] == [VK]
        (told,) = [one for one in again.plan.problems if one.weight == "error"]
        assert "неясно" in told.say()
        with pytest.raises(DraftRefused, match="неясно"):
            social.publish(Draft(text=TEXT), to=[OK], dry_run=False)
        assert [one.account for one in social.plan_emergency(Draft(text=TEXT)).steps] == [VK, "borovoye-vk"]
    district.later(minutes=5)
    with district.connect() as social:
        assert [one.state for one in social.outbox().outcomes] == ["confirmed"]
    assert district.texts(OK)[TEXT] == 1


def test_other_words_and_other_accounts_are_free(district: District) -> None:
    killed(district)
    with district.connect() as social:
        assert social.publish(Draft(text="Совсем другое."), to=[OK], dry_run=False).done
        assert social.publish(Draft(text=TEXT), to=["borovoye-vk"], dry_run=False).done


@pytest.mark.parametrize(
    ("situation", "publish_at", "said"),
    [("done", None, "опубликован здесь"), ("waiting", timedelta(days=1), "ждёт в очереди")],
)
def test_what_was_done_or_waits_is_told_and_may_be_done_again(
    district: District, situation: str, publish_at: timedelta | None, said: str
) -> None:
    at = district.world.now() + publish_at if publish_at else None
    account = OK
    with district.connect() as social:
        if situation == "waiting":
            plan = social.plan_publication(Draft(text=TEXT), to=[account])
            steps = [one.model_copy(update={"due": at}) for one in plan.steps]
            social.apply(district.plan(*steps))
        else:
            social.publish(Draft(text=TEXT), to=[account], dry_run=False)
        again = social.plan_publication(Draft(text=TEXT), to=[account])
        assert any(said in one.say() for one in again.problems)
        assert all(one.weight != "error" for one in again.problems)
    district.later(days=3)
    if situation == "done":
        with district.connect() as social:
            assert not any(said in one.say() for one in social.plan_publication(Draft(text=TEXT), to=[OK]).problems)


def test_a_comment_removed_by_two_plans_is_one_removal(district: District) -> None:
    """Else a single comment would be enough for a ban."""
    post = district.post()
    comment = district.says("бля, опять яма", post)
    first = district.plan(district.removal(comment, post))
    district.faults.add(fault("lost_before", "wall.deleteComment", times=None))
    assert district.states(district.apply(first)) == ["uncertain"]
    district.faults.clear()
    assert district.apply(district.plan(district.removal(comment, post))).done
    assert district.apply(first).done
    with district.connect() as social:
        assert len(removals_of(social.journal)) == 1
        assert social.plan_bans().steps == ()
        (report,) = social.moderation_report()
        assert sum(report.done.values()) == 1
