"""Lists that lie (decision 0303): wanting, hidden, doubled or endless. What was not seen is never told as whole."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from munsocial.errors import UnreadableAnswer
from munsocial.transport.port import drive
from munsocial_vk.listing import ENDLESS
from vk_world import NOW, account, every, gather, scripted

AT = int(NOW.timestamp()) - 86400
SINCE = NOW - timedelta(days=7)
HEAD = account(8, kind="profile")
LISTS = {
    "posts": "wall_get",
    "comments": "wall_getComments",
    "bans": "groups_getBanned",
    "managers": "groups_getMembers",
    "messages": "messages_getConversations",
}


def post(number: int, at: int = AT, **fields: Any) -> dict[str, Any]:
    return {"id": number, "owner_id": -1, "from_id": -1, "date": at, "text": f"Новость {number}", **fields}


NO_LISTS: list[Any] = [{}, {"items": None}, {"count": "много", "items": {"0": {}}}, {"count": 0}, {"items": "нет"}]


@pytest.mark.parametrize("answer", NO_LISTS)
@pytest.mark.parametrize("part", LISTS)
def test_an_answer_without_a_list_is_no_empty_list(part: str, answer: Any) -> None:
    wall = {"count": 1, "items": [post(1, comments={"count": 2})]}
    adapter, _ = scripted("service", "community", **({"wall_get": wall} | {LISTS[part]: answer}))
    seen = getattr(gather(adapter, [account()], {part})["adm1"], part)
    assert (seen.value, seen.complete, len(seen.gaps)) == ((), False, 1)


@pytest.mark.parametrize("answer", NO_LISTS)
def test_pages_without_a_list_tell_of_it(answer: Any) -> None:
    adapter, _ = scripted("service", "community", **dict.fromkeys(LISTS.values(), answer))
    one = account()
    pages = [
        adapter.list_posts(one, since=SINCE, until=NOW),
        adapter.list_comments(one, "17"),
        adapter.read_bans(one),
        adapter.list_messages(one, since=SINCE),
    ]
    assert [(page.items, len(page.gaps)) for page in map(drive, pages)] == [((), 1)] * 4


@pytest.mark.parametrize("answer", NO_LISTS)
def test_where_no_gap_can_be_told_a_list_that_is_wanting_is_an_error(answer: Any) -> None:
    adapter, _ = scripted(
        "service",
        "community",
        users_get=[{"id": 8, "first_name": "Глава"}],
        users_getSubscriptions=answer,
        groups_getMembers=answer,
    )
    with pytest.raises(UnreadableAnswer):
        drive(adapter.read_links(HEAD))
    with pytest.raises(UnreadableAnswer):
        drive(adapter.read_managers(account()))
    assert not gather(adapter, [HEAD], {"links"})["adm8"].links.complete


def dialog(peer: int = 55, **fields: Any) -> dict[str, Any]:
    return {"conversation": {"peer": {"id": peer}}, "last_message": {"id": 9, "peer_id": peer, "date": AT}} | fields


def said(number: int, **fields: Any) -> dict[str, Any]:
    return {"id": number, "peer_id": 55, "from_id": 55, "date": AT, "text": "Жалоба", **fields}


def listed(*items: Any) -> dict[str, Any]:
    return {"count": len(items), "items": list(items)}


@pytest.mark.parametrize(
    ("situation", "dialogs", "history", "seen", "gaps"),
    [
        ("all is shown", listed(dialog()), listed(said(1), said(2)), ["1", "2"], 0),
        ("a message is shown twice", listed(dialog()), listed(said(1), said(2), said(2)), ["1", "2"], 0),
        ("a message without a moment", listed(dialog()), listed(said(1), said(2, date=None)), ["1"], 1),
        ("messages are counted and not shown", listed(dialog()), {"count": 3, "items": []}, [], 1),
        ("dialogs are counted and not shown", {"count": 4, "items": []}, listed(), [], 1),
        ("a dialog that is none", listed(dialog(), None), listed(said(1)), ["1"], 1),
        ("a dialog with nobody", listed(dialog(), {"conversation": {}}), listed(said(1)), ["1"], 1),
        ("an old dialog", listed(dialog(), dialog(66, last_message={"peer_id": 66, "date": 1})), listed(), [], 0),
    ],
)
def test_messages_that_are_not_seen_are_told_and_none_is_doubled(
    situation: str, dialogs: Any, history: Any, seen: list[str], gaps: int
) -> None:
    adapter, _ = scripted("community", messages_getConversations=dialogs, messages_getHistory=history)
    messages = gather(adapter, [account()], {"messages"})["adm1"].messages
    assert ([one.id for one in messages.value], len(messages.gaps)) == (seen, gaps), situation


def turns(size: int, item: Any) -> Any:
    """Answer with two pages in turn for ever; ``item`` makes the item of a number."""

    def answer(fields: dict[str, Any]) -> Any:
        first = 1 + (int(fields.get("offset", 0)) // size) % 2 * size
        return {"count": 10**9, "items": [item(first + place) for place in range(size)]}

    return answer


def test_two_pages_in_turn_are_a_circle_and_no_list() -> None:
    adapter, port = scripted(
        "service",
        "community",
        messages_getConversations=listed(dialog(), dialog(66)),
        messages_getHistory=turns(200, said),
        groups_getBanned=turns(200, lambda number: {"type": "profile", "profile": {"id": number}}),
        users_get=[{"id": 8, "first_name": "Глава"}],
        users_getSubscriptions=turns(200, lambda number: {"id": number, "type": "page"}),
    )
    views = gather(adapter, [account(), HEAD], {"messages", "bans", "links"})
    for seen in (views["adm1"].messages, views["adm1"].bans, views["adm8"].links):
        assert (len(seen.value), seen.complete) == (400, False)
    with pytest.raises(UnreadableAnswer):
        drive(adapter.read_links(HEAD))
    assert port.sent < 30


def test_dialogs_in_a_circle_end_with_a_gap() -> None:
    adapter, port = scripted("community", messages_getConversations=turns(200, dialog))
    page = drive(adapter.list_messages(account(), since=SINCE))
    assert (len(str(page.cursor).split()), len(page.gaps), port.sent) == (400, 1, 3)


def endless(item: Any) -> Any:
    """Answer with ever new items."""

    def answer(fields: dict[str, Any]) -> Any:
        offset = int(fields.get("offset", 0))
        return {"count": 10**9, "items": [item(1 + offset + place) for place in range(2)]}

    return answer


def test_a_list_that_never_ends_is_cut_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("munsocial_vk.listing.MOST_PAGES", 5)
    monkeypatch.setattr("munsocial_vk.reading.MOST_PAGES", 5)
    adapter, port = scripted(
        "service",
        "community",
        wall_get=endless(post),
        wall_getComments=endless(lambda number: {"id": number, "from_id": 5, "date": AT, "text": "а"}),
        groups_getBanned=endless(lambda number: {"type": "profile", "profile": {"id": number}}),
        messages_getConversations=listed(dialog()),
        messages_getHistory=endless(said),
    )
    one = account()
    for page in (
        lambda cursor: adapter.list_posts(one, since=SINCE, until=NOW, cursor=cursor),
        lambda cursor: adapter.list_comments(one, "17", cursor=cursor),
        lambda cursor: adapter.read_bans(one, cursor=cursor),
        lambda cursor: adapter.list_messages(one, since=SINCE, cursor=cursor or "55:0"),
    ):
        pages = every(page)
        assert (len(pages), pages[-1].gaps) == (5, (ENDLESS,))
    view = gather(adapter, [one], {"posts", "bans"})["adm1"]
    assert (len(view.posts.value), view.posts.gaps) == (10, (ENDLESS,))
    assert (len(view.bans.value), view.bans.gaps) == (10, (ENDLESS,))
    assert port.sent < 50


def test_a_person_who_is_followed_is_no_community_of_that_number() -> None:
    person = {"id": 777, "type": "profile", "first_name": "Иван", "last_name": "Петров"}
    followed = listed(person, {"id": 778, "type": "page", "name": "Губернатор", "screen_name": "gov"}, {"id": 9})
    adapter, _ = scripted("service", users_get=[{"id": 8, "first_name": "Глава"}], users_getSubscriptions=followed)
    assert [one.network_id for one in drive(adapter.read_links(HEAD))] == ["778", "9"]
    links = gather(adapter, [HEAD], {"links"})["adm8"].links
    assert ([one.network_id for one in links.value], links.complete) == (["778", "9"], True)


def test_pages_of_persons_do_not_end_the_list_of_communities() -> None:
    items = [{"id": number, "type": "profile"} for number in range(1, 401)] + [{"id": 5, "type": "group"}]

    def answer(fields: dict[str, Any]) -> Any:
        offset = int(fields.get("offset", 0))
        return {"count": len(items), "items": items[offset : offset + 200]}

    adapter, _ = scripted("service", users_get=[{"id": 8, "first_name": "Глава"}], users_getSubscriptions=answer)
    assert [one.network_id for one in drive(adapter.read_links(HEAD))] == ["5"]
    links = gather(adapter, [HEAD], {"links"})["adm8"].links
    assert ([one.network_id for one in links.value], links.complete) == (["5"], True)
