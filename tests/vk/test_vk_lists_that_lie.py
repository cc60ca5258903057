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
        (
            "an old dialog is not asked for",
            listed(dialog(last_message={"peer_id": 55, "date": 1})),
            listed(said(1)),
            [],
            0,
        ),
        ("a dialog without a moment is", listed(dialog(last_message={"peer_id": 55})), listed(said(1)), ["1"], 0),
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
    # Three pages tell the circle, the fourth that nothing lies beyond the known one.
    assert (len(str(page.cursor).split()), len(page.gaps), port.sent) == (400, 1, 4)


def test_behind_a_dialog_in_a_circle_the_next_one_is_read() -> None:
    circle = turns(200, said)
    adapter, _ = scripted(
        "community",
        messages_getConversations=listed(dialog(), dialog(66)),
        messages_getHistory=lambda fields: (
            circle(fields) if fields["peer_id"] == "55" else listed(said(900, peer_id=66))
        ),
    )
    seen = gather(adapter, [account()], {"messages"})["adm1"].messages
    assert (len(seen.value), seen.value[-1].peer_id, {gap.item for gap in seen.gaps}) == (401, "66", {"55"})


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


def friend(number: int) -> dict[str, Any]:
    return {"id": number, "type": "page"}


def banned(number: int) -> dict[str, Any]:
    return {"type": "profile", "profile": {"id": number}}


def remark(number: int, **fields: Any) -> dict[str, Any]:
    return {"id": number, "from_id": 5, "date": AT, "text": "а", **fields}


def hiding(item: Any, size: int, hidden: set[int], **more: Any) -> Any:
    """Cut a page out of a list first and hide some items of it then, as VK does."""

    def answer(fields: dict[str, Any]) -> Any:
        offset, count = int(fields.get("offset", 0)), int(fields.get("count", 20))
        numbers = range(1 + offset, 1 + min(size, offset + count))
        return {"count": size, "items": [item(number) for number in numbers if number not in hidden], **more}

    return answer


HIDDEN = [
    ("one in the middle and the last", 60, {11, 60}),
    ("one before all that is shown", 2, {1}),
    ("one in the middle and the last of a second page", 260, {11, 260}),
    ("the end of a page and the end of the list", 460, {*range(151, 201), 460}),
    ("most of the first page", 450, set(range(2, 99))),
]


@pytest.mark.parametrize(("situation", "size", "hidden"), HIDDEN)
def test_items_that_vk_hides_are_no_repetition(situation: str, size: int, hidden: set[int]) -> None:
    shown = size - len(hidden)
    adapter, port = scripted(
        "service",
        "community",
        "user",
        users_get=[{"id": 8, "first_name": "Глава"}],
        users_getSubscriptions=hiding(friend, size, hidden),
        groups_getBanned=hiding(banned, size, hidden),
        messages_getConversations=listed(dialog()),
        messages_getHistory=hiding(said, size, hidden),
        wall_get=hiding(post, size, hidden),
        wall_getComments=hiding(remark, size, hidden, current_level_count=size),
        newsfeed_getMentions=hiding(post, size, hidden),
        board_getTopics=hiding(lambda number: {"id": number, "title": "О"}, size, hidden),
    )
    one = account()
    assert len(drive(adapter.read_links(HEAD))) == shown
    for page, mark in (
        (lambda cursor: adapter.list_posts(one, since=SINCE, until=NOW, cursor=cursor), "id"),
        (lambda cursor: adapter.list_waiting(one, cursor=cursor), "id"),
        (lambda cursor: adapter.list_comments(one, "17", cursor=cursor), "id"),
        (lambda cursor: adapter.list_mentions(one, cursor=cursor), "id"),
        (lambda cursor: adapter.list_talks(one, "board", cursor=cursor), "id"),
        (lambda cursor: adapter.read_bans(one, cursor=cursor), "user_id"),
        (lambda cursor: adapter.list_messages(one, since=SINCE, cursor=cursor or "55:0"), "id"),
    ):
        pages = every(page)
        found = {str(getattr(item, mark)) for at in pages for item in at.items}
        assert (len(found), [gap for at in pages for gap in at.gaps]) == (shown, []), situation
    views = gather(adapter, [one, HEAD], {"posts", "bans", "links", "messages"})
    for seen in (views["adm1"].posts, views["adm1"].bans, views["adm1"].messages, views["adm8"].links):
        assert (len(seen.value), seen.gaps) == (shown, ()), situation
    assert port.sent < 120


def test_dialogs_and_comments_that_vk_hides_are_no_repetition() -> None:
    adapter, _ = scripted(
        "community",
        "service",
        messages_getConversations=hiding(dialog, 20, {4, 20}),
        messages_getHistory=lambda fields: listed(said(int(fields["peer_id"]), peer_id=int(fields["peer_id"]))),
        wall_get=listed(post(1, comments={"count": 20})),
        wall_getComments=hiding(remark, 20, {5, 20}, current_level_count=20),
    )
    view = gather(adapter, [account()], {"messages", "comments"})["adm1"]
    for seen in (view.messages, view.comments):
        assert (len(seen.value), seen.gaps) == (18, ())


def test_the_rest_of_a_thread_is_whole_though_some_of_it_is_hidden() -> None:
    answers = hiding(lambda number: remark(100 + number, parents_stack=[31]), 15, {3, 13, 15}, current_level_count=15)

    def talk(fields: dict[str, Any]) -> Any:
        if "comment_id" in fields:
            return answers(fields)
        thread = {"count": 15, "items": answers({"count": 10})["items"]}
        return {"count": 16, "current_level_count": 1, "items": [remark(31, thread=thread)]}

    wall = listed(post(1, comments={"count": 16}))
    adapter, _ = scripted("service", wall_get=wall, wall_getComments=talk)
    comments = gather(adapter, [account()], {"comments"})["adm1"].comments
    assert (len(comments.value), comments.gaps) == (13, ())
    pages = every(lambda cursor: adapter.list_comments(account(), "1", cursor=cursor))
    assert (len({one.id for page in pages for one in page.items}), [page.gaps for page in pages if page.gaps]) == (
        13,
        [],
    )


def test_messages_come_dialog_by_dialog_as_they_were_read() -> None:
    adapter, _ = scripted(
        "community",
        messages_getConversations=listed(dialog(55), dialog(66)),
        messages_getHistory=lambda fields: listed(
            *(said(n, peer_id=int(fields["peer_id"])) for n in range(int(fields["peer_id"]) * 10, 0, -250))
        ),
    )
    messages = gather(adapter, [account()], {"messages"})["adm1"].messages
    assert [(one.peer_id, one.id) for one in messages.value] == [
        ("55", "550"), ("55", "300"), ("55", "50"), ("66", "660"), ("66", "410"), ("66", "160")
    ]  # fmt: skip


def test_posts_of_two_walls_may_bear_one_number() -> None:
    first = [post(number, owner_id=-number) for number in range(1, 51)]
    pages_by_offset = {
        0: first,
        50: [*(post(number, owner_id=-9) for number in range(51, 60)), post(50, owner_id=-777)],
    }

    def answer(fields: dict[str, Any]) -> Any:
        return {"count": 61, "items": pages_by_offset.get(int(fields.get("offset", 0)), [post(7, owner_id=-7)])}

    adapter, _ = scripted("user", newsfeed_getMentions=answer)
    pages = every(lambda cursor: adapter.list_mentions(account(), cursor=cursor))
    assert [(len(page.items), page.gaps) for page in pages] == [(50, ()), (10, ()), (1, ())]


DELETED = [
    ("wall", {"count": 3, "current_level_count": 1}, [remark(31, thread={"count": 2, "items": []})], 1),
    ("video:5", {"count": 3, "current_level_count": 1}, [remark(31, thread={"count": 2, "items": []})], 1),
    ("video:5", {"count": 3, "current_level_count": 0}, [], 0),
    ("photo:5", {"count": 2}, [], 0),
    ("board:5", {"count": 2}, [], 0),
]


@pytest.mark.parametrize(("place", "counts", "items", "shown"), DELETED)
def test_where_all_comments_were_deleted_none_is_wanting(
    place: str, counts: dict[str, int], items: list[Any], shown: int
) -> None:
    """Deleted comments are still counted (the fact sheet, trap 5), in a thread and where there are no levels."""

    def answer(fields: dict[str, Any]) -> Any:
        if "comment_id" in fields:
            return {"count": 3, "current_level_count": 2, "items": []}
        return {**counts, "items": items[int(fields.get("offset", 0)) :]}

    named: dict[str, Any] = dict.fromkeys(
        ("wall_getComments", "photos_getComments", "video_getComments", "board_getComments"), answer
    )
    adapter, _ = scripted("service", "user", wall_get=listed(post(1, comments={"count": 3})), **named)
    pages = every(lambda cursor: adapter.list_comments(account(), "1" if place == "wall" else place, cursor=cursor))
    assert [(len(page.items), page.gaps) for page in pages if page.items or page.gaps] == [(1, ())] * shown
    if place == "wall":
        comments = gather(adapter, [account()], {"comments"})["adm1"].comments
        assert (len(comments.value), comments.gaps) == (shown, ())
