"""Posts of a group that is not ours, by the method of third parties: to the end of the window, or with a gap."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from munsocial.transport.port import Answer, Request
from ok_world import NOW, SINCE, UPSTREAM, District, run

Spoil = Callable[[dict[str, Any], int], Any]

SIZE, PAGES = 5, 3


def topic(number: int, **facts: Any) -> dict[str, Any]:
    at = NOW - timedelta(hours=number)
    return {"id": str(number), "created_ms": int(at.timestamp() * 1000), "media": [], **facts}


def listing(spoil: Spoil) -> Callable[[int], dict[str, Any]]:
    """Return pages of recent posts numbered from one, the newest first, spoilt in some way."""

    def page(at: int) -> dict[str, Any]:
        rows = [topic(number) for number in range(at * SIZE + 1, at * SIZE + SIZE + 1)]
        whole = {"media_topics": rows, "anchor": f"a{at + 1}", "has_more": at + 1 < PAGES}
        spoil(whole, at)
        return whole

    return page


def read(page: Callable[[int], dict[str, Any]], **settings: Any) -> tuple[list[int], int, int]:
    """Return which posts were listed, how many gaps tell of more, and how many pages were asked for."""
    district = District(foreign_topics=True, page=SIZE, **settings)
    real = district.face.handle

    def telling(request: Request) -> Answer:
        form = request.form or {}
        if form.get("method") != "mediatopic.getTopics":
            return real(request)
        return Answer(200, {}, json.dumps(page(int(form.get("anchor", "a0")[1:]))).encode())

    district.face.handle = telling  # type: ignore[method-assign]  # a face that lists otherwise
    found = run(district.ok.list_posts(UPSTREAM, since=SINCE, until=NOW))
    closed, *told = found.gaps
    assert closed.why == "closed"
    return sorted(int(one.id) for one in found.items), len(told), district.asked("mediatopic.getTopics")


def nothing(page: dict[str, Any], at: int) -> None:
    """Leave a page as it is."""


def pinned_first(page: dict[str, Any], at: int) -> None:
    if at == 0:
        page["media_topics"].insert(0, topic(24 * 300, is_sticky=True))


def undated(page: dict[str, Any], at: int) -> None:
    if at == 0:
        del page["media_topics"][2]["created_ms"]


def broken(page: dict[str, Any], at: int) -> None:
    if at == 0:
        del page["media_topics"][1]["id"]


def stuck(page: dict[str, Any], at: int) -> None:
    page.update(anchor="a1", has_more=True)


def without_anchor(page: dict[str, Any], at: int) -> None:
    page.update(anchor=None, has_more=True)


def endless(page: dict[str, Any], at: int) -> None:
    page["has_more"] = True


def failing(page: dict[str, Any], at: int) -> None:
    if at == 1:
        page.update(error_code=10)


def then_older(page: dict[str, Any], at: int) -> None:
    page["has_more"] = True
    if at == 1:
        page["media_topics"] = [topic(24 * 40), topic(24 * 41)]


ALL = list(range(1, 16))
LISTINGS: dict[str, tuple[Spoil, list[int], int, int]] = {
    "as it should be": (nothing, ALL, 0, 3),
    "an old pinned post first": (pinned_first, [*ALL, 24 * 300], 0, 3),
    "a post without a moment": (undated, [one for one in ALL if one != 3], 1, 3),
    "a post without id": (broken, [one for one in ALL if one != 2], 1, 3),
    "an anchor that stays while more follows": (stuck, list(range(1, 11)), 1, 2),
    "no anchor while more follows": (without_anchor, list(range(1, 6)), 1, 1),
    "a second page that is refused": (failing, list(range(1, 6)), 1, 2),
    "a page before the window": (then_older, [*range(1, 6), 24 * 40, 24 * 41], 0, 2),
}


@pytest.mark.parametrize(("spoil", "posts", "gaps", "asked"), LISTINGS.values(), ids=LISTINGS)
def test_foreign_posts_are_listed_to_the_end_or_with_a_gap(
    spoil: Spoil, posts: list[int], gaps: int, asked: int
) -> None:
    assert read(listing(spoil)) == (posts, gaps, asked)


def test_the_ceiling_of_pages_is_a_gap() -> None:
    assert read(listing(endless), max_pages=2) == (list(range(1, 11)), 1, 2)
