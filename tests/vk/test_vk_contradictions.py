"""A server that contradicts itself: what it says is neither a refusal nor a success, and no write goes out twice."""

from __future__ import annotations

import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from munsocial.errors import UnreadableAnswer
from munsocial.model.snapshot import Why
from munsocial.network.drafts import Draft, Poll
from munsocial.transport.port import drive
from vk_world import NOW, WEEK, account, gather, scripted

BOTH = {"post_id": 7, "success": 1}
REMARK = {"id": 31, "from_id": 555, "date": int(NOW.timestamp()), "text": "Когда?"}
POLL = Poll(question="Где?", answers=("Здесь", "Там"))


def both(code: int, response: Any = BOTH) -> bytes:
    return json.dumps({"response": response, "error": {"error_code": code, "error_msg": "Refused"}}).encode()


DEEDS: dict[str, Any] = {
    "a repost": lambda vk: vk.repost(account(), "5", of=account(2)),
    "a post": lambda vk: vk.publish(account(), Draft(text="Раз"), key="k"),
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
@pytest.mark.parametrize("code", [5, 6, 9, 14, 15, 27, 29, 100, 1051])
def test_data_beside_a_refusal_leave_a_write_unclear_and_once(code: int, deed: Any) -> None:
    adapter, port = scripted("community", "user", wall_repost=both(code), wall_post=both(code))
    with pytest.raises(UnreadableAnswer, match=rf"{code}: Refused") as caught:
        drive(deed(adapter))
    assert caught.value.executed is None
    assert "прежде чем повторять" in caught.value.say("ru")
    sent = [(method, fields.get("guid")) for method, fields in port.asked]
    assert len(set(sent)) == 1
    assert sent[0][1] or len(sent) == 1, "only a write with its mark goes out again"


def test_data_beside_a_refusal_are_not_read() -> None:
    posts = {"count": 1, "items": [{"id": 1, "date": 1795000000, "text": "Да"}]}
    adapter, _ = scripted("user", "service", wall_get=both(15, posts), execute=both(15, [posts, posts]))
    with pytest.raises(UnreadableAnswer):
        drive(adapter.list_posts(account(), since=NOW, until=NOW))
    views = gather(adapter, [account(1), account(2)], {"posts"})
    assert {str(view.posts.missing.why) for view in views.values()} == {"unreadable"}


@pytest.mark.parametrize("figure", [-1, -5, -(10**12)])
def test_a_count_below_zero_says_nothing(figure: int) -> None:
    group = {"id": 1, "name": "А", "members_count": figure}
    person = {"id": 1, "first_name": "Анна", "followers_count": figure}
    days = [{"period_from": 1, "visitors": {"views": 7}}, {"period_from": 2, "visitors": {"views": figure}}]
    adapter, _ = scripted("user", groups_getById={"groups": [group]}, users_get=[person], stats_get=days)
    assert drive(adapter.read_profile(account())).subscribers is None
    assert drive(adapter.read_profile(account(kind="profile"))).subscribers is None
    assert drive(adapter.read_stats(account(), WEEK)).figures == {"views": 7}


OTHERS: dict[str, Any] = {
    "another post": {"id": 8, "text": "Чужая", "attachments": [{"type": "photo", "photo": {"id": 3, "owner_id": -9}}]},
    "a post of no number": {"text": "Чья-то"},
    "a post of a number that is none": {"id": "x"},
}


@pytest.mark.parametrize("shown", OTHERS.values(), ids=OTHERS)
def test_what_stands_in_another_post_is_never_written_into_ours(shown: Any) -> None:
    adapter, port = scripted("user", wall_getById={"items": [shown]}, wall_edit=1)
    with pytest.raises(UnreadableAnswer) as caught:
        drive(adapter.edit_post(account(), "7", Draft(text="Новое")))
    assert {method for method, _ in port.asked} == {"wall.getById"}
    assert "Повторите позже" in caught.value.say("ru")


@pytest.mark.parametrize(("seconds", "seen"), [(253402300799, False), (253402300800, False), (253400000000, True)])
def test_a_date_at_the_end_of_the_calendar_stands_in_it_in_any_zone(seconds: int, seen: bool) -> None:
    adapter, _ = scripted("user", wall_get={"count": 1, "items": [{"id": 1, "date": seconds, "text": "Да"}]})
    page = drive(adapter.list_posts(account(), since=NOW, until=NOW))
    assert [one.at.astimezone(ZoneInfo("Asia/Kamchatka")).year for one in page.items] == [9999] * seen
    assert bool(page.gaps) is not seen


WALLS: list[tuple[str, dict[str, Any], bool]] = [
    ("of the wall that was asked for", {"owner_id": -1}, True),
    ("of a wall that is not named", {}, True),
    ("of another community", {"owner_id": -9}, False),
    ("of the person with that number", {"owner_id": 1}, False),
]


@pytest.mark.parametrize(("situation", "told", "seen"), WALLS, ids=[one[0] for one in WALLS])
def test_a_post_of_another_wall_is_none_of_ours(situation: str, told: dict[str, Any], seen: bool) -> None:
    post = {"id": 17, "date": int(NOW.timestamp()) - 60, "text": "Да", "comments": {"count": 1}, **told}
    wall, said = {"count": 1, "items": [post]}, {"count": 1, "current_level_count": 1, "items": [REMARK]}
    adapter, port = scripted("user", wall_get=wall, wall_getComments=said)
    page = drive(adapter.list_posts(account(), since=NOW, until=NOW))
    view = gather(adapter, [account()], {"posts", "comments"})["adm1"]
    for items, gaps in ((page.items, page.gaps), (view.posts.value, view.posts.gaps)):
        assert ["17"] * seen == [one.id for one in items], situation
        assert [(gap.why, gap.item) for gap in gaps] == [(Why.UNREADABLE, "17")] * (not seen)
    asked = [(fields["owner_id"], fields["post_id"]) for method, fields in port.asked if method == "wall.getComments"]
    assert asked == [("-1", "17")] * seen
    assert [one.id for one in view.comments.value] == ["31"] * seen


FLAGS: dict[str, tuple[str, Any, Any]] = {
    "a post": ("wall_post", {"post_id": True}, DEEDS["a post"]),
    "a comment": (
        "wall_createComment",
        {"comment_id": True},
        lambda vk: vk.reply(account(), "Да", post="5", key="k"),
    ),
    "a word": ("board_createComment", True, lambda vk: vk.reply(account(), "Да", post="board:5", key="k")),
    "a message": ("messages_send", True, lambda vk: vk.send_message(account(), "5", "Да", key="k")),
    "a message of several": (
        "messages_send",
        [{"peer_id": 2000000001, "conversation_message_id": True}],
        lambda vk: vk.send_message(account(), "2000000001", "Да", key="k"),
    ),
    "a poll": ("polls_create", {"id": True, "owner_id": -1}, lambda vk: vk.create_poll(account(), POLL)),
}


@pytest.mark.parametrize(("method", "told", "deed"), FLAGS.values(), ids=FLAGS)
def test_a_yes_is_no_number_of_what_was_made(method: str, told: Any, deed: Any) -> None:
    adapter, _ = scripted("community", "user", **{method: told})
    with pytest.raises(UnreadableAnswer) as caught:
        drive(deed(adapter))
    assert caught.value.executed is None, "number 1 is another post, and would be deleted in place of it"
