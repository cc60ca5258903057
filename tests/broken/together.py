"""Adapters that read many accounts at once, each wrongly in one way, and the test of the kit that has to catch it.

Not collected by itself: `test_broken_adapters` runs it with pytest, as an author would run the kit, and reads what
became of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from typing import Any

from broken.cases import Case, Ploshchad, suites
from munsocial.errors import NotFound
from munsocial.model.snapshot import AccountView, Observed
from munsocial.operate.collecting.reading import read_view
from munsocial.testing import conformance as kit
from munsocial.wording import Text


class Together(Ploshchad):
    """Keeps it: what the others spoil."""

    async def collect_many(self, accounts: Any, window: Any, want: Any) -> AsyncIterator[AccountView]:
        for account in accounts:
            yield await self.one(account, window, want)

    async def one(self, account: Any, window: Any, want: Any) -> AccountView:
        assert self.equipment.clock is not None
        return await read_view(self, account, window, want, self.equipment.clock)


class TellsNothingOfOldTimes(Together):
    async def one(self, account: Any, window: Any, want: Any) -> AccountView:
        seen = {"value": [], "at": "2020-01-01T00:00:00Z"}
        return AccountView.model_validate({"account": account.id, "network": self.name, "posts": seen})


class OldMoments(Together):
    async def one(self, account: Any, window: Any, want: Any) -> AccountView:
        view = await super().one(account, window, want)
        old = view.profile.model_copy(update={"at": datetime(2020, 1, 1, tzinfo=UTC)})
        return view.model_copy(update={"profile": old})


class SilentOfAbilities(Together):
    async def one(self, account: Any, window: Any, want: Any) -> AccountView:
        return (await super().one(account, window, want)).model_copy(update={"can": {}})


class Raises(Together):
    async def one(self, account: Any, window: Any, want: Any) -> AccountView:
        raise KeyError("posts")


class ForgetsTheLast(Together):
    async def collect_many(self, accounts: Any, window: Any, want: Any) -> AsyncIterator[AccountView]:
        async for view in super().collect_many(accounts[:-1], window, want):
            yield view


class TellsTwice(Together):
    async def collect_many(self, accounts: Any, window: Any, want: Any) -> AsyncIterator[AccountView]:
        async for view in super().collect_many([*accounts, accounts[0]], window, want):
            yield view


class FirstPageOnly(Together):
    async def one(self, account: Any, window: Any, want: Any) -> AccountView:
        view = await super().one(account, window, want)
        if view.posts.value is None:
            return view
        return view.model_copy(update={"posts": view.posts.model_copy(update={"value": view.posts.value[-50:]})})


class EndsWithTheFirst(Together):
    async def one(self, account: Any, window: Any, want: Any) -> AccountView:
        view = await super().one(account, window, want)
        if view.profile.value is None:
            raise NotFound(Text("Нет страницы.", "No page."), network=self.name)
        return view


class NothingForFaults(Together):
    async def one(self, account: Any, window: Any, want: Any) -> AccountView:
        view = await super().one(account, window, want)
        if view.posts.value is not None:
            return view
        return view.model_copy(update={"posts": Observed[Any](value=(), at=self.equipment.clock())})  # type: ignore[misc]  # the stage gives a clock


class LosesComments(Together):
    async def one(self, account: Any, window: Any, want: Any) -> AccountView:
        view = await super().one(account, window, want)
        return view.model_copy(update={"comments": view.comments.model_copy(update={"gaps": ()})})


class OnlyBlocking(Together):
    async def collect_many(self, accounts: Any, window: Any, want: Any) -> AsyncIterator[AccountView]:
        try:
            asyncio.get_running_loop()
            given = accounts[:1]
        except RuntimeError:
            given = accounts
        async for view in super().collect_many(given, window, want):
            yield view


class LessThanNothing(Ploshchad):
    def estimate_calls(self, accounts: int, posts: int, want: frozenset[str]) -> int:
        return -5


class CheaperInBulk(Ploshchad):
    def estimate_calls(self, accounts: int, posts: int, want: frozenset[str]) -> int:
        return max(1, 100 - accounts)


class CarriesForAnyKey(Ploshchad):
    """Keeps what was carried without asking for what."""

    kept: dict[str, str]

    def remember_carried(self, key: str, files: Mapping[str, str], note: Any) -> None:
        self.kept = dict(files)

    def carried_for(self, key: str) -> dict[str, str]:
        return self.kept


class EditsWithoutKey(Ploshchad):
    """Carries for keys, and does not take that of an edit."""

    kept: dict[str, dict[str, str]]

    def remember_carried(self, key: str, files: Mapping[str, str], note: Any) -> None:
        self.kept = {key: dict(files)}

    def carried_for(self, key: str) -> dict[str, str]:
        return self.kept.get(key, {})

    async def edit_post(self, account: Any, post: str, draft: Any) -> None:
        """Change nothing."""


_ALONE = "test_it_tells_what_reading_one_by_one_tells"
_CARRIED = "test_what_was_carried_is_given_back_for_its_key"
_ESTIMATE = "test_estimates_are_figures_that_do_not_fall"
CASES = (
    Case(TellsNothingOfOldTimes, kit.CollectManyConformance, _ALONE, "with others"),
    Case(Raises, kit.CollectManyConformance, _ALONE, "KeyError"),
    Case(Raises, kit.CollectManyConformance, "test_a_fault_is_told[key]", "KeyError is no error of munsocial"),
    Case(ForgetsTheLast, kit.CollectManyConformance, _ALONE, "each account once"),
    Case(TellsTwice, kit.CollectManyConformance, _ALONE, "each account once"),
    Case(OldMoments, kit.CollectManyConformance, "test_moments_and_abilities_are_told", "told as seen at 2020"),
    Case(SilentOfAbilities, kit.CollectManyConformance, "test_moments_and_abilities_are_told", "AccountView.can"),
    Case(FirstPageOnly, kit.CollectManyConformance, "test_long_listings_are_read_to_their_end", "with others"),
    Case(EndsWithTheFirst, kit.CollectManyConformance, "test_one_failing_account_spoils_no_other", "ends the coll"),
    Case(NothingForFaults, kit.CollectManyConformance, "test_a_fault_is_told[html]", "nothing could be read"),
    Case(LosesComments, kit.CollectManyConformance, "test_a_fault_on_the_way_is_told[html]", "comments of"),
    Case(OnlyBlocking, kit.CollectManyConformance, "test_both_faces_alike", "the two faces differ"),
    Case(LessThanNothing, kit.DeclarationConformance, _ESTIMATE, "costs a call at least"),
    Case(CheaperInBulk, kit.DeclarationConformance, _ESTIMATE, "falls"),
    Case(CarriesForAnyKey, kit.DeclarationConformance, _CARRIED, "for a key of which none was"),
    Case(EditsWithoutKey, kit.DeclarationConformance, _CARRIED, "does not take key"),
)

globals().update(suites(CASES, __name__))
