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

VK, OK, BOR = "administration-vk", "administration-ok", "borovoye-vk"
TEXT = "Друзья, в субботу субботник в парке, приходите в десять утра!"


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


def killed(district: District, text: str = TEXT, to: tuple[str, ...] = (OK, VK)) -> None:
    """Let a program be killed in the middle of what it publishes in Odnoklassniki."""
    with district.connect() as social:
        adapter: Any = social.adapter("ok")

        async def publish(*given: Any, **named: Any) -> Any:
            raise KeyboardInterrupt

        adapter.publish = publish
        with pytest.raises(KeyboardInterrupt):
            social.publish(Draft(text=text), to=to, dry_run=False)


def test_a_command_that_was_killed_and_is_given_again_does_what_is_missing(district: District) -> None:
    killed(district, to=(VK, OK, BOR))
    district.later(minutes=1)
    with district.connect() as social:
        (first,) = social.waiting()
        again = social.publish(Draft(text=TEXT), to=[VK, OK, BOR], dry_run=False)
        assert again.applied is not None
        assert [(one.step.account, one.state) for one in again.applied.outcomes] == [(BOR, "confirmed")]
        told = {one.account: one.ru for one in again.plan.problems if one.weight == "error"}
        assert f"такой же текст уже отправлен сюда 25.11.2026 10:00 (план {first.plan.id})" in told[VK]
        assert f"неясно; сначала выясните: munsocial apply РЕЕСТР {first.plan.id}" in told[OK]
    district.later(minutes=4)
    found_out = district.apply(first.plan)
    assert district.states(found_out) == ["confirmed", "confirmed", "skipped"]
    assert f"такой же текст уже отправлен сюда 25.11.2026 10:01 (план {again.plan.id})" in found_out.outcomes[2].say()
    assert [district.texts(account)[TEXT] for account in (VK, OK, BOR)] == [1, 1, 1]


def test_what_the_second_command_left_unclear_the_first_plan_does_not_send(district: District) -> None:
    killed(district, to=(VK, OK, BOR))
    with district.connect() as social:
        (first,) = social.waiting()
    district.later(minutes=1)
    district.faults.add(fault("lost_after", "wall.post", times=None))
    district.faults.add(fault("unreachable", "wall.get", times=None))
    with district.connect() as social:
        again = social.publish(Draft(text=TEXT), to=[VK, OK, BOR], dry_run=False)
        assert again.applied is not None
        assert district.states(again.applied) == ["uncertain"]
    district.faults.clear()
    found_out = district.apply(first.plan).outcomes[2]
    assert (found_out.state, found_out.again) == ("skipped", True)
    assert f"неясно; сначала выясните: munsocial apply РЕЕСТР {again.plan.id}" in found_out.say()
    assert district.states(district.apply(again.plan)) == ["confirmed"]
    assert district.states(district.apply(first.plan))[2] == "skipped"
    assert district.texts(BOR)[TEXT] == 1


SOON = timedelta(hours=3)


@pytest.mark.parametrize(
    ("situation", "first", "then", "weight", "said"),
    [
        ("published", None, None, "error", "отправлен сюда"),
        ("published", None, SOON, "advice", "отправлен сюда"),
        ("taken down", None, None, None, ""),
        ("waits at the network", SOON, SOON, "error", "отправлен сюда"),
        ("waits at the network", SOON, 2 * SOON, "advice", "отправлен сюда"),
        ("waits in the outbox", SOON, SOON, "error", "ждёт в очереди"),
        ("waits in the outbox", SOON, 2 * SOON, "advice", "ждёт в очереди"),
        ("waits in the outbox", SOON, None, "advice", "ждёт в очереди"),
    ],
)
def test_the_same_words_for_the_same_moment_are_the_same_publication(
    district: District, situation: str, first: timedelta | None, then: timedelta | None, weight: str | None, said: str
) -> None:
    began = district.world.now()

    def draft(span: timedelta | None) -> Draft:
        return Draft(text=TEXT, publish_at=began + span if span else None)

    with district.connect() as social:
        if situation == "waits in the outbox":
            assert first is not None
            plan = social.plan_publication(Draft(text=TEXT), to=[VK])
            social.apply(district.plan(*(one.model_copy(update={"due": began + first}) for one in plan.steps)))
        else:
            (sent,) = social.apply(social.plan_publication(draft(first), to=[VK])).outcomes
            if situation == "taken down":
                social.apply(social.plan_change("delete_post", VK, sent.result["post"]))
        plan = social.plan_publication(draft(then), to=[VK, BOR])
    told = [one for one in plan.problems if "план" in one.ru]
    assert [(one.weight, said in one.ru) for one in told] == ([(weight, True)] if weight else [])
    remedy = "; чтобы повторить, измените слова" if situation != "waits in the outbox" else "; снять: munsocial outbox"
    assert all(remedy in one.ru for one in told if one.weight == "error")
    assert [one.account for one in plan.steps] == ([BOR] if weight == "error" else [VK, BOR])


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
    [("done", None, "отправлен сюда"), ("waiting", timedelta(days=1), "ждёт в очереди")],
)
def test_what_was_done_or_waits_is_told(
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
        again = social.plan_publication(Draft(text=TEXT), to=[account, BOR])
        (told,) = [one for one in again.problems if said in one.say()]
        assert told.weight == ("error" if situation == "done" else "advice")
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
