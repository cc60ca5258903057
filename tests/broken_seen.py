"""Adapters that tell as a fact what they did not see, each in one way, and the test of the kit that has to catch it.

Not collected by itself: `test_broken_adapters` runs it with pytest, as an author would run the kit, and reads what
became of it.
"""

from __future__ import annotations

from typing import Any

from broken_cases import Case, Ploshchad, suites
from munsocial.network import Page
from munsocial.testing import conformance as kit


class RobotsEverywhere(Ploshchad):
    async def list_comments(self, account: Any, post: str, *, cursor: str | None = None) -> Any:
        page = await super().list_comments(account, post, cursor=cursor)
        return Page(tuple(one.model_copy(update={"author_kind": "robot"}) for one in page.items), page.cursor)


class AnyPageIsOurs(Ploshchad):
    async def list_comments(self, account: Any, post: str, *, cursor: str | None = None) -> Any:
        page = await super().list_comments(account, post, cursor=cursor)
        by_pages = (one.model_copy(update={"by_owner": one.author_kind == "group"}) for one in page.items)
        return Page(tuple(by_pages), page.cursor)


class PagesAreCitizens(Ploshchad):
    async def list_comments(self, account: Any, post: str, *, cursor: str | None = None) -> Any:
        page = await super().list_comments(account, post, cursor=cursor)
        kinds = (one.model_copy(update={"author_kind": "group" if one.by_owner else "user"}) for one in page.items)
        return Page(tuple(kinds), page.cursor)


CASES = (
    Case(RobotsEverywhere, kit.ListCommentsConformance, "test_it_reads_what_is_there", "author_kind is 'robot'"),
    Case(
        AnyPageIsOurs,
        kit.ListCommentsConformance,
        "test_another_page_is_told_from_ours_and_from_people",
        "read as our own",
    ),
    Case(
        PagesAreCitizens,
        kit.ListCommentsConformance,
        "test_another_page_is_told_from_ours_and_from_people",
        "author_kind 'user' instead of 'group'",
    ),
)

globals().update(suites(CASES, __name__))
