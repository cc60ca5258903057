"""A command repeated after a power cut: nothing is published twice, and a comment is removed once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from acting_world import District, fault
from munsocial.errors import DraftRefused, InputError
from munsocial.network.drafts import Draft
from munsocial.operate.applying.outbox import settle_unclear
from munsocial.operate.moderating.log import removals_of

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


# --- what no reading can tell, a person who looked at the page can


@pytest.mark.parametrize(("done", "stands"), [(True, 0), (False, 1)])
def test_a_person_says_what_became_of_an_unclear_step(tmp_path: Path, done: bool, stands: int) -> None:
    late = District(tmp_path, ok_shows_late=True)
    plan = late.publications(OK, text=TEXT)
    late.faults.add(fault("lost_before", "mediatopic.post"))
    assert late.states(late.apply(plan)) == ["uncertain"]
    late.later(minutes=5)
    (told,) = late.apply(plan).outcomes
    assert f"outbox settle РЕЕСТР {plan.id}/s1" in told.say()
    with late.connect() as social:
        assert settle_unclear(social.journal, plan.id, "s1", done=done, by="elkina", why="смотрела в ленте")
    after = late.apply(plan)
    assert after.done
    assert late.texts(OK)[TEXT] == stands
    assert after.outcomes[0].before is done
    assert not done or "elkina: на странице это есть" in after.outcomes[0].say()
    with late.connect() as social:
        assert social.journal.verify().whole
        assert not settle_unclear(social.journal, plan.id, "s1", done=False, by="elkina")
        assert not settle_unclear(social.journal, "no-such-plan", "s1", done=False, by="elkina")
        with pytest.raises(InputError, match="не указано, кто"):
            settle_unclear(social.journal, plan.id, "s1", done=True, by=" ")


def test_the_outbox_sends_what_a_person_did_not_find(tmp_path: Path) -> None:
    late = District(tmp_path, ok_shows_late=True)
    plan = late.publications(OK, text=TEXT)
    late.faults.add(fault("lost_before", "mediatopic.post"))
    late.apply(plan)
    late.later(minutes=5)
    with late.connect() as social:
        settle_unclear(social.journal, plan.id, "s1", done=False, by="elkina")
        assert [one.state for one in social.outbox().outcomes] == ["confirmed"]
    assert late.texts(OK)[TEXT] == 1
