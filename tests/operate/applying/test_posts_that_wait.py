"""Changes of posts that were lost, also of those that wait for their time: never told done unseen."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from acting_world import District, fault
from munsocial.model.snapshot import Missing, Why
from munsocial.network.drafts import Draft, Page
from munsocial.operate.plans.plan import Plan
from munsocial.sandbox.things import Post
from munsocial.social import Social

VK = "administration-vk"
WAS, NEW = "Приём граждан в 10:00", "Приём граждан в 10:00, каб. 5"
METHODS = {
    "edit_post": "wall.edit",
    "delete_post": "wall.delete",
    "restore_post": "wall.restore",
    "pin_post": "wall.pin",
    "close_comments": "wall.closeComments",
}


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


def standing(district: District, *, days: float) -> Post:
    return district.world.publish(*district.page(VK), WAS, at=district.world.now() + timedelta(days=days))


def planned(social: Social, change: Any, post: Post, *, read: bool) -> Plan:
    due = post.at if post.state == "scheduled" else None
    draft = Draft(text=NEW, topic="other", publish_at=due) if change == "edit_post" else None
    found = social.read_post(VK, post.id) if read else None
    return social.plan_change(change, VK, post.id, draft=draft, found=found, made_by="elkina")


@pytest.mark.parametrize("read", [True, False], ids=["read before", "by its number alone"])
@pytest.mark.parametrize(
    ("change", "kind", "first"),
    [
        ("delete_post", "lost_before", "uncertain"),
        ("delete_post", "lost_after", "confirmed"),
        ("edit_post", "lost_before", "uncertain"),
        ("edit_post", "lost_after", "confirmed"),
    ],
)
def test_a_lost_change_of_a_post_that_waits(district: District, change: str, kind: str, first: str, read: bool) -> None:
    post = standing(district, days=2)
    with district.connect() as social:
        plan = planned(social, change, post, read=read)
        district.faults.add(fault(kind, METHODS[change], times=None))
        assert district.states(social.apply(plan)) == [first]
        assert (post.state == "deleted" or post.text == NEW) is (first == "confirmed")
        district.faults.clear()
        assert district.states(social.apply(plan)) == ["confirmed"]
    assert post.state == "deleted" or post.text == NEW


@pytest.mark.parametrize("days", [-2, -500])
@pytest.mark.parametrize("change", ["restore_post", "pin_post", "close_comments", "delete_post"])
def test_a_harmless_deed_whose_effect_is_not_met_is_repeated(district: District, change: str, days: int) -> None:
    post = standing(district, days=days)
    if change == "restore_post":
        district.world.delete_post(*district.page(VK), post.id)
    with district.connect() as social:
        plan = planned(social, change, post, read=False)
        district.faults.add(fault("lost_before", METHODS[change], times=None))
        assert district.states(social.apply(plan)) == ["uncertain"]
        district.faults.clear()
        assert district.states(social.apply(plan)) == ["confirmed"]


def test_a_post_that_came_out_before_its_time_is_found_on_the_page(district: District) -> None:
    post = standing(district, days=2)
    with district.connect() as social:
        plan = planned(social, "delete_post", post, read=True)
        post.at, post.state = district.world.now(), "published"
        district.later(minutes=1)
        district.faults.add(fault("lost_before", "wall.delete", times=None))
        assert district.states(social.apply(plan)) == ["uncertain"]


def test_where_what_waits_cannot_be_read_nothing_is_told_of_it(district: District) -> None:
    post = standing(district, days=2)
    with district.connect() as social:
        plan = planned(social, "delete_post", post, read=True)
        district.faults.add(fault("lost_before", "wall.delete", times=None))
        assert district.states(social.apply(plan)) == ["uncertain"]
        district.faults.clear()
        adapter: Any = social.adapter("vk")
        adapter.list_waiting = None
        assert district.states(social.apply(plan)) == ["uncertain"]
    assert post.state != "deleted"


# --- own words go only with their evidence


def kept(social: Social) -> list[list[str]]:
    entries = social.journal.entries(kind="evidence.post")
    return [[one["text"] for one in (entry.personal or {})["evidence"]] for entry in entries]


@pytest.mark.parametrize("kind", ["captcha", "unreachable", "lost_before"])
def test_what_a_colleague_wrote_between_two_attempts_is_kept_too(district: District, kind: str) -> None:
    post = standing(district, days=-2)
    with district.connect() as social:
        plan = planned(social, "delete_post", post, read=False)
        district.faults.add(fault(kind, "wall.delete", times=None))
        assert not social.apply(plan).done
        assert not social.apply(plan).done
        assert kept(social) == [[WAS]]  # the same words are kept once
        district.faults.clear()
        district.world.edit_post(*district.page(VK), post.id, text=NEW)
        assert social.apply(plan).done
        assert kept(social) == [[WAS], [NEW]]


@pytest.mark.parametrize("days", [2, -2, -900])
@pytest.mark.parametrize("change", ["delete_post", "edit_post"])
def test_words_known_by_a_number_alone_are_kept(district: District, change: str, days: int) -> None:
    post = standing(district, days=days)
    with district.connect() as social:
        assert social.apply(planned(social, change, post, read=False)).done
        assert kept(social) == [[WAS]]


def test_what_a_cut_list_does_not_show_is_neither_deleted_nor_told_gone(district: District) -> None:
    post = standing(district, days=-2)
    with district.connect() as social:
        plan = planned(social, "delete_post", post, read=False)
        adapter: Any = social.adapter("vk")
        real = adapter.list_posts

        async def cut(*given: Any, **named: Any) -> Any:
            return Page((), None, (Missing(why=Why.UNREADABLE, ru="не всё", en="not all"),))

        adapter.list_posts = cut
        (outcome,) = social.apply(plan).outcomes
        assert (outcome.state, outcome.again, "не прочитать" in outcome.say()) == ("skipped", True, True)
        assert (post.state, kept(social)) == ("published", [])
        adapter.list_posts = real
        assert social.apply(plan).done
