"""What could not be read is no fact: nothing is told as deleted, empty or absent for want of a readable answer."""

from __future__ import annotations

import json
from typing import Any

import pytest

from munsocial.errors import FloodRefused, NetworkError, QuotaSpent, UnreadableAnswer
from munsocial.model.content import PostState
from munsocial.transport.port import Answer, Request
from ok_world import ACCOUNT, GID, NOW, SINCE, District, run


def told(district: District, **answers: Any) -> District:
    """Let a face give these answers to REST methods, whose points are written as two underlines."""
    real = district.face.handle

    def telling(request: Request) -> Answer:
        method = (request.form or {}).get("method", "").replace(".", "__")
        return Answer(200, {}, json.dumps(answers[method]).encode()) if method in answers else real(request)

    district.face.handle = telling  # type: ignore[method-assign]  # a face that answers otherwise
    return district


# --- posts

UNREADABLE_TOPICS = {
    "a post without id": [{"id": None, "media": []}],
    "a post of a wrong kind": ["x"],
    "a text for a list": "x",
    "an object for a list": {"0": {"id": "1"}},
    "a number for a list": 7,
}


@pytest.mark.parametrize("topics", UNREADABLE_TOPICS.values(), ids=UNREADABLE_TOPICS)
def test_an_unreadable_post_is_neither_deleted_nor_gone(topics: Any) -> None:
    district = District()
    post = district.world.publish("ok", GID, "Вода", at=district.ago(days=1))
    told(district, mediatopic__getByIds={"media_topics": topics})
    with pytest.raises(UnreadableAnswer):
        run(district.ok.delete_post(ACCOUNT, post.id))
    assert district.asked("mediatopic.deleteTopic") == 0
    with pytest.raises(UnreadableAnswer):
        run(district.ok.read_post(ACCOUNT, post.id))
    page = run(district.ok.list_posts(ACCOUNT, since=SINCE, until=NOW))
    assert page.items == ()
    assert [gap.why for gap in page.gaps] == ["unreadable"]


def test_an_unreadable_post_of_a_parcel_hides_neither_its_neighbours_nor_that_it_is_there() -> None:
    district = District()
    made = [district.world.publish("ok", GID, f"{n}", at=district.ago(days=n + 1)).id for n in range(3)]
    told(district, mediatopic__getByIds={"media_topics": [{"id": made[0], "created_ms": 1764000000000}, {"media": []}]})
    page = run(district.ok.list_posts(ACCOUNT, since=SINCE, until=NOW))
    assert [(one.id, one.state) for one in page.items] == [(made[0], PostState.PUBLISHED)]
    assert page.gaps


@pytest.mark.parametrize("topics", [None, []])
def test_an_answer_that_is_whole_and_lacks_a_post_tells_that_it_is_gone(topics: Any) -> None:
    district = District()
    post = district.world.publish("ok", GID, "Вода", at=district.ago(days=1))
    told(district, mediatopic__getByIds={"media_topics": topics})
    assert run(district.ok.read_post(ACCOUNT, post.id)) is None
    (found,) = run(district.ok.list_posts(ACCOUNT, since=SINCE, until=NOW)).items
    assert found.state is PostState.DELETED


def test_a_post_without_a_moment_is_a_gap_and_not_gone() -> None:
    district = District()
    told(district, mediatopic__getByIds={"media_topics": [{"id": "155"}]})
    with pytest.raises(UnreadableAnswer):
        run(district.ok.read_post(ACCOUNT, "155"))
    told(district, group__getStatTopics={"topics": [{"id": "155"}, {"id": "156"}], "has_more": False})
    page = run(district.ok.list_posts(ACCOUNT, since=SINCE, until=NOW))
    assert (page.items, [gap.item for gap in page.gaps]) == ((), ["155", "156"])


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ({"media_topics": "x"}, UnreadableAnswer),
        ({"error_code": 8, "error_msg": "FLOOD"}, FloodRefused),
        ({"error_code": 11, "error_msg": "LIMIT"}, QuotaSpent),
    ],
    ids=["unreadable", "refused for the account", "refused for the method"],
)
def test_a_deletion_that_reading_cannot_confirm_is_unclear(answer: Any, kind: type[NetworkError]) -> None:
    district = District()
    post = district.world.publish("ok", GID, "Ошибка", at=district.ago(days=1))
    real = district.face.handle

    def silent_afterwards(request: Request) -> Answer:
        if (request.form or {}).get("method") == "mediatopic.deleteTopic":
            told(district, mediatopic__getByIds=answer)
        return real(request)

    district.face.handle = silent_afterwards  # type: ignore[method-assign]  # a face that falls silent
    with pytest.raises(kind) as caught:
        run(district.ok.delete_post(ACCOUNT, post.id))
    assert caught.value.executed is None
    assert "удалите ещё раз" in caught.value.say("ru")
