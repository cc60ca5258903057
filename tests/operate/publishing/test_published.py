"""What went out through us is read back at once, also where the network shows it late and to another program."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from acting_world import District, fault
from munsocial.model.content import Post
from munsocial.operate.publishing.published import published_since

OK, VK = "administration-ok", "administration-vk"


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path, ok_shows_late=True)


def seen(district: District) -> dict[str, Post]:
    with district.connect() as social:
        view = social.collect(weeks=1).views[OK]
    assert view.posts.value is not None
    return {post.text: post for post in view.posts.value}


def hidden_from_statistics(district: District) -> None:
    for post in district.world.wall(*district.page(OK)):
        post.views = 0  # nobody but its author has seen it


def test_a_post_of_ours_is_seen_by_the_next_program_before_statistics_show_it(district: District) -> None:
    district.world.publish(*district.page(OK), "Не через нас", at=district.world.now() - timedelta(hours=1))
    plan = district.publications(OK)
    (text,) = (step.params["draft"]["text"] for step in plan.steps)
    assert district.apply(plan).done
    hidden_from_statistics(district)
    district.later(minutes=1)
    assert set(seen(district)) == {text}


def test_a_journal_that_cannot_be_read_does_not_keep_anybody_from_reading(district: District) -> None:
    district.journal_file.write_bytes(b"no journal")
    assert seen(district)


def test_looking_makes_no_journal(district: District) -> None:
    assert seen(district)
    assert not district.journal_file.exists()


@pytest.mark.parametrize(("days", "scheduled", "known"), [(0, False, 1), (10, False, 0), (10, True, 1), (100, True, 0)])
def test_what_is_told_are_posts_of_the_window_and_those_that_may_appear_in_it(
    district: District, days: int, scheduled: bool, known: int
) -> None:
    moment = district.world.now() + timedelta(days=20) if scheduled else None
    assert district.apply(district.publications(OK, publish_at=moment)).done
    with district.connect() as social:
        found = published_since(social.journal, district.world.now() + timedelta(days=days))
    assert len(found.get(OK, ())) == known


def test_after_a_refusal_for_flood_nothing_more_is_tried_for_that_account(district: District) -> None:
    steps = (
        *(district.step("delete_post", OK, number, params={"post": district.post(OK).id}) for number in (1, 2)),
        district.step("delete_post", VK, 3, params={"post": str(district.post(VK).id)}),
    )
    district.faults.add(fault("flood", "mediatopic.getByIds", times=None))
    plan = district.plan(*steps)
    done = district.apply(plan)
    assert district.states(done) == ["rejected", "skipped", "confirmed"]
    assert "перерыв" in done.outcomes[1].say()
    district.faults.clear()
    assert district.states(district.apply(plan))[1] == "confirmed"


def test_a_refusal_for_flood_of_the_look_before_a_deed_stops_the_account_and_no_step_for_good(
    district: District,
) -> None:
    post = district.post(VK)
    removals = (district.removal(district.says(f"бля, яма {one}", post), post, number=one) for one in (1, 2))
    district.faults.add(fault("flood", "wall.getComments", times=None))
    plan = district.plan(*removals)
    done = district.apply(plan)
    assert district.states(done) == ["rejected", "skipped"]
    assert "перерыв" in done.outcomes[1].say()
    district.faults.clear()
    assert district.apply(plan).done


def test_after_a_refusal_for_flood_the_rest_of_an_account_is_not_asked_for(district: District) -> None:
    district.faults.add(fault("flood", "group.getStatTopics", times=None))
    district.faults.add(fault("flood", "group.getInfo", times=None))
    with district.connect() as social:
        view = social.collect(weeks=1).views[OK]
    assert len(district.faults.happened) == 1
    assert view.posts.missing is not None
    assert view.profile.missing is not None
    assert view.profile.missing.ru == view.posts.missing.ru
