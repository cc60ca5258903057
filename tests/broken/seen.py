"""Adapters that tell as a fact what they did not see, or do more than see, and the test of the kit that catches each.

Not collected by itself: `test_broken_adapters` runs it with pytest, as an author would run the kit, and reads what
became of it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar

from pydantic import AwareDatetime

from broken.cases import KEYS, Case, Ploshchad, altered, declaring, suites, wire
from munsocial.network import Ability, Capabilities, Draft, Limits, Page, native
from munsocial.testing import conformance as kit


class RobotsEverywhere(Ploshchad):
    async def list_comments(self, account: Any, post: str, *, cursor: str | None = None) -> Any:
        page = await super().list_comments(account, post, cursor=cursor)
        return altered(page, lambda _: {"author_kind": "robot"})


class AnyPageIsOurs(Ploshchad):
    async def list_comments(self, account: Any, post: str, *, cursor: str | None = None) -> Any:
        page = await super().list_comments(account, post, cursor=cursor)
        return altered(page, lambda one: {"by_owner": one.author_kind == "group"})


class PagesAreCitizens(Ploshchad):
    async def list_comments(self, account: Any, post: str, *, cursor: str | None = None) -> Any:
        page = await super().list_comments(account, post, cursor=cursor)
        return altered(page, lambda one: {"author_kind": "group" if one.by_owner else "user"})


class _BanWithoutEnd(wire.WireBan):
    until: AwareDatetime | None = None


class ForEverForWantOfAnEnd(Ploshchad):
    async def read_bans(self, account: Any, *, cursor: str | None = None) -> Any:
        path = ("pages", await self._id(account), "bans")
        found = await self._get("bans", path, wire.Listing[_BanWithoutEnd], account, cursor=cursor)
        return Page(tuple(one.model() for one in found.items), found.next)


class ClaimsToSeeFields(Ploshchad):
    async def read_profile(self, account: Any) -> Any:
        seen = await super().read_profile(account)
        return seen.model_copy(update={"seen_fields": frozenset({"name", "email", "phone"})})


class ShowsWhatItHasNot(Ploshchad):
    capabilities = Capabilities(Ploshchad.capabilities.abilities, features=frozenset({"description"}))


class AnotherWay(Ploshchad):
    way: ClassVar[dict[str, Any]] = {"no_such_setting": 5}


class NoWay(Ploshchad):
    way: ClassVar[dict[str, Any]] = {"attempts": "often"}


class GhostKey(Ploshchad):
    capabilities = declaring(but={Ability.LIST_POSTS: native(keys=("ghost_key", *KEYS), limits=Limits(page=50))})


class UntilMidnight(Ploshchad):
    async def list_posts(self, account: Any, *, until: datetime, **given: Any) -> Page[Any]:
        day = until.replace(hour=0, minute=0, second=0, microsecond=0)
        return await super().list_posts(account, until=day, **given)


class UntilAnHourEarly(Ploshchad):
    async def list_posts(self, account: Any, *, until: datetime, **given: Any) -> Page[Any]:
        return await super().list_posts(account, until=until - timedelta(hours=1), **given)


class UntilTheFullHour(Ploshchad):
    async def list_posts(self, account: Any, *, until: datetime, **given: Any) -> Page[Any]:
        return await super().list_posts(account, until=until.replace(minute=0, second=0, microsecond=0), **given)


class ReadingPublishes(Ploshchad):
    async def read_profile(self, account: Any) -> Any:
        seen = await super().read_profile(account)
        await self.publish(account, Draft(text="Я тут"), key="seen")
        return seen


class ReadingUnbans(Ploshchad):
    async def read_bans(self, account: Any, *, cursor: str | None = None) -> Page[Any]:
        page = await super().read_bans(account, cursor=cursor)
        for one in page.items:
            await self.unban(account, one.user_id)
        return page


class ReadingDeletesComments(Ploshchad):
    async def list_comments(self, account: Any, post: str, *, cursor: str | None = None) -> Page[Any]:
        page = await super().list_comments(account, post, cursor=cursor)
        for one in page.items:
            await self.delete_comment(account, one.id)
        return page


_READ, _WROTE = "test_it_reads_what_is_there", "reading changed the world"

CASES = (
    Case(ReadingPublishes, kit.ReadProfileConformance, _READ, _WROTE),
    Case(ReadingUnbans, kit.ReadBansConformance, _READ, _WROTE),
    Case(ReadingDeletesComments, kit.ListCommentsConformance, _READ, _WROTE),
    Case(UntilMidnight, kit.ListPostsConformance, "test_it_keeps_to_the_window", "just before `until`"),
    Case(UntilAnHourEarly, kit.ListPostsConformance, "test_it_keeps_to_the_window", "just before `until`"),
    Case(UntilTheFullHour, kit.ListPostsConformance, "test_it_keeps_to_the_window", "just before `until`"),
    Case(
        ForEverForWantOfAnEnd,
        kit.ReadBansConformance,
        "test_strange_values_end_in_a_value_or_our_error[gone]",
        "forever: False became True",
    ),
    Case(
        ClaimsToSeeFields,
        kit.ReadProfileConformance,
        "test_fields_that_can_be_seen_are_read",
        "email, phone, named in seen_fields",
    ),
    Case(ShowsWhatItHasNot, kit.ReadProfileConformance, "test_shown_features_are_declared", "avatar"),
    Case(AnotherWay, kit.DeclarationConformance, "test_its_way_is_of_known_settings", "has no no_such_setting"),
    Case(NoWay, kit.DeclarationConformance, "test_its_way_is_of_known_settings", "attempts"),
    Case(GhostKey, kit.ListPostsConformance, "test_each_declared_kind_of_key_serves", "ghost_key is declared"),
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
