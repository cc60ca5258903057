"""What is seen of a page where VK fails midway or goes on for ever, and where nobody asked."""

from __future__ import annotations

from typing import Any

import pytest

from munsocial_vk.listing import ENDLESS
from vk_world import NOW, account, failing, gather, in_turn, scripted

AT = int(NOW.timestamp()) - 86400


def post(number: int) -> dict[str, Any]:
    return {"id": number, "owner_id": -1, "from_id": -1, "date": AT, "text": "Новость", "comments": {"count": 2}}


def listed(*items: Any) -> dict[str, Any]:
    return {"count": len(items), "items": list(items)}


def endless(fields: dict[str, Any]) -> dict[str, Any]:
    """Answer with two comments more at each offset, for ever."""
    first = 1 + int(fields.get("offset", 0))
    return {"count": 10**9, "items": [{"id": first + n, "from_id": 5, "date": AT, "text": "а"} for n in range(2)]}


def test_comments_that_never_end_are_cut_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("munsocial_vk.viewing._MAX_PAGES", 5)
    adapter, port = scripted(
        "service",
        wall_get=listed(post(17)),
        wall_getComments=endless,
    )
    view = gather(adapter, [account()], {"comments"})["adm1"]
    assert [(gap.en, gap.item) for gap in view.comments.gaps] == [(ENDLESS.en, "17")]
    assert (len(view.comments.value), port.sent) == (12, 7)
    assert [one.id for one in view.posts.value] == ["17"], "comments come with their posts"


@pytest.mark.parametrize("code", [6, 10], ids=["too fast", "a fault of the server"])
def test_a_call_of_a_pack_that_fails_in_passing_is_made_again(code: int) -> None:
    told = {-1: in_turn(failing(code), listed(post(1))), -2: in_turn(listed())}
    adapter, _ = scripted("service", wall_get=lambda fields: told[int(fields["owner_id"])](fields))
    posts = gather(adapter, [account(), account(2)], {"posts"})["adm1"].posts
    assert ([one.id for one in posts.value or ()], posts.complete) == (["1"], True)


def test_posts_that_came_before_an_error_are_kept_beside_a_gap() -> None:
    first = {"count": 30, "items": [post(number) for number in range(1, 16)]}
    adapter, _ = scripted("service", wall_get=in_turn(first, failing(15)))
    posts = gather(adapter, [account()], {"posts"})["adm1"].posts
    assert (len(posts.value or ()), [gap.item for gap in posts.gaps]) == (15, ["posts"])


def test_posts_that_nobody_asked_for_are_not_seen_as_none() -> None:
    adapter, port = scripted("service", "community", wall_get=listed(post(1)), groups_getBanned=listed())
    view = gather(adapter, [account()], {"bans"})["adm1"]
    assert (view.posts.value, view.bans.value, port.sent) == (None, (), 1)
