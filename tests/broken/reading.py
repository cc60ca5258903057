"""Adapters that read or declare wrongly, each with one defect, and the test of the kit that has to catch it.

Not collected by itself: `test_broken_adapters` runs it with pytest, as an author would run the kit, and reads what
became of it.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

from broken.cases import Case, NeverRepeats, Ploshchad, altered, declaring, suites, wire
from munsocial.errors import NetworkError, Unreachable
from munsocial.model.content import Link, Manager, Post
from munsocial.network import Ability, Equipment, Page, absent
from munsocial.testing import conformance as kit
from munsocial.transport.port import Request
from munsocial.transport.session import Call, Repeat, Session
from munsocial.wording import Text

log = logging.getLogger("example.broken")


class NoMethod(Ploshchad):
    capabilities = declaring(Ability.READ_LINKS)


class NotAsync(Ploshchad):
    def read_profile(self, account: Any) -> Any:
        return None


class DoesNothing(Ploshchad):
    capabilities = declaring(Ability.READ_MANAGERS)

    async def read_managers(self, account: Any) -> tuple[Manager, ...]:
        return ()


class LinksFromNowhere(Ploshchad):
    capabilities = declaring(Ability.READ_LINKS)

    async def read_links(self, account: Any) -> tuple[Link, ...]:
        await self.read_profile(account)
        return (Link(kind="link", url="https://example.org/"),)


class FirstPageOnly(Ploshchad):
    async def list_posts(self, account: Any, **given: Any) -> Page[Post]:
        return Page((await super().list_posts(account, **given)).items)


class NeverEnds(Ploshchad):
    async def list_comments(self, account: Any, post: str, *, cursor: str | None = None) -> Any:
        page = await super().list_comments(account, post, cursor=cursor)
        return Page(page.items, page.cursor or "0")


class PagesByMoments(Ploshchad):
    """Goes on after the last moment of a page, and passes over what else is of that moment."""

    async def list_comments(self, account: Any, post: str, *, cursor: str | None = None) -> Any:
        page = await super().list_comments(account, post)
        found = list(page.items)
        while page.cursor:
            page = await super().list_comments(account, post, cursor=page.cursor)
            found += page.items
        later = [one for one in found if one.at.isoformat() > (cursor or "")][:50]
        return Page(tuple(later), later[-1].at.isoformat() if len(later) == 50 else None)


class LosesTheLast(Ploshchad):
    async def list_posts(self, account: Any, **given: Any) -> Page[Post]:
        page = await super().list_posts(account, **given)
        return Page(page.items[:-1] if len(page.items) == 50 else page.items, page.cursor)


class Doubles(Ploshchad):
    async def read_bans(self, account: Any, *, cursor: str | None = None) -> Any:
        page = await super().read_bans(account, cursor=cursor)
        return Page((*page.items, *page.items[:1]), page.cursor)


class ReadsEverything(Ploshchad):
    async def list_posts(self, account: Any, *, since: Any, until: Any, cursor: str | None = None) -> Page[Post]:
        return await super().list_posts(account, since=datetime(2000, 1, 1, tzinfo=UTC), until=until, cursor=cursor)


class ForgetsTheEdge(Ploshchad):
    async def list_posts(self, account: Any, *, since: Any, until: Any, cursor: str | None = None) -> Page[Post]:
        return await super().list_posts(account, since=since + timedelta(seconds=1), until=until, cursor=cursor)


class ClockOfTheMachine(Ploshchad):
    async def list_posts(self, account: Any, **given: Any) -> Page[Post]:
        page = await super().list_posts(account, **given)
        return altered(page, lambda one: {"at": datetime.fromtimestamp(one.at.timestamp()).replace(tzinfo=UTC)})  # noqa: DTZ006


class MoscowAsUtc(Ploshchad):
    async def list_posts(self, account: Any, **given: Any) -> Page[Post]:
        page = await super().list_posts(account, **given)
        return altered(page, lambda one: {"at": one.at + timedelta(hours=3)})


class NaiveMoments(Ploshchad):
    async def list_posts(self, account: Any, **given: Any) -> Page[Post]:
        page = await super().list_posts(account, **given)
        return altered(page, lambda one: {"at": one.at.replace(tzinfo=None)})


class StripsTexts(Ploshchad):
    async def list_posts(self, account: Any, **given: Any) -> Page[Post]:
        page = await super().list_posts(account, **given)
        return altered(page, lambda one: {"text": one.text.strip()})


class KeyInError(Ploshchad):
    async def read_profile(self, account: Any) -> Any:
        try:
            return await super().read_profile(account)
        except NetworkError as error:
            secret = self.keys.keys[0].reveal()
            raise type(error)(Text(f"Ключ {secret} не подошёл.", "No."), network=self.name) from error


class KeyInLog(Ploshchad):
    async def read_profile(self, account: Any) -> Any:
        log.debug("asking with %s", self.keys.keys[0].reveal())
        return await super().read_profile(account)


class KeyKept(Ploshchad):
    async def read_profile(self, account: Any) -> Any:
        self.cache = {"token": f"Bearer {self.keys.keys[0].reveal()}"}
        return await super().read_profile(account)


class KeyPrinted(Ploshchad):
    async def read_profile(self, account: Any) -> Any:
        print(f"asking with {self.keys.keys[0].reveal()[:12]}…")
        return await super().read_profile(account)


class _Forgetful(Session):
    async def call(self, call: Call[Any]) -> Any:
        return await super().call(replace(call, request=replace(call.request, secrets=())))


class KeyUnnamed(Ploshchad):
    def __init__(self, equipment: Equipment) -> None:
        super().__init__(equipment)
        self.session = _Forgetful(equipment.session.port, network=self.name)


class SwallowsErrors(Ploshchad):
    async def list_posts(self, account: Any, **given: Any) -> Page[Post]:
        try:
            return await super().list_posts(account, **given)
        except NetworkError:
            return Page(())


class StopsInTheMiddle(Ploshchad):
    async def list_posts(self, account: Any, *, cursor: str | None = None, **given: Any) -> Page[Post]:
        try:
            return await super().list_posts(account, cursor=cursor, **given)
        except NetworkError:
            if cursor is None:
                raise
            return Page(())


class ForeignErrors(Ploshchad):
    async def read_profile(self, account: Any) -> Any:
        try:
            return await super().read_profile(account)
        except NetworkError as error:
            raise RuntimeError("the network failed") from error


class NamelessErrors(Ploshchad):
    async def read_profile(self, account: Any) -> Any:
        try:
            return await super().read_profile(account)
        except NetworkError as error:
            raise type(error)(error.what) from None


class OneErrorForAll(Ploshchad):
    async def read_profile(self, account: Any) -> Any:
        try:
            return await super().read_profile(account)
        except NetworkError as error:
            facts: dict[str, Any] = {"network": self.name, "method": error.method, "account": error.account}
            raise Unreachable(Text("Сбой.", "It failed."), executed=error.executed, **facts) from None


class Hammers(Ploshchad):
    async def read_profile(self, account: Any) -> Any:
        for _ in range(99):
            try:
                return await super().read_profile(account)
            except NetworkError:
                continue
        return await super().read_profile(account)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")
    id: str
    name: str | None = None
    about: str | None = None
    address: str | None = None
    picture: str | None = None
    followers: int | None = None


class StrictFields(Ploshchad):
    async def read_profile(self, account: Any) -> Any:
        page = await self._get("page", ("pages", await self._id(account)), _Strict, account)
        return wire.WirePage.model_validate(page.model_dump()).model()


class StrictWords(Ploshchad):
    async def list_posts(self, account: Any, **given: Any) -> Page[Post]:
        page = await super().list_posts(account, **given)
        known = {"text", "photo", "video", "link"}
        return Page(tuple(one for one in page.items if set(one.formats) <= known), page.cursor)


class CrashesOnGaps(Ploshchad):
    async def read_profile(self, account: Any) -> Any:
        page = await self._get("page", ("pages", await self._id(account)), dict[str, Any], account)
        return wire.WirePage(id=page["id"], name=page["name"], about=page["about"]).model()


class ZeroForUnknown(Ploshchad):
    async def read_profile(self, account: Any) -> Any:
        seen = await super().read_profile(account)
        return seen.model_copy(update={"subscribers": seen.subscribers or 0})


class EmptyForMissing(Ploshchad):
    async def list_comments(self, account: Any, post: str, *, cursor: str | None = None) -> Any:
        place = await self._id(account)
        path = ("pages", place, "posts", post, "comments")
        found = await self._get("comments", path, dict[str, Any], account, cursor=cursor)
        items = [wire.WireComment.model_validate(one) for one in found.get("items") or () if one]
        return Page(tuple(one.model(post, place) for one in items), found.get("next"))


class OwnEventLoop(Ploshchad):
    async def read_profile(self, account: Any) -> Any:
        await asyncio.sleep(0)
        return await super().read_profile(account)


class Remembers(Ploshchad):
    seen: ClassVar[Any] = None

    async def read_profile(self, account: Any) -> Any:
        if getattr(self, "kept", None) is None:
            self.kept = await super().read_profile(account)
        return self.kept


class CrashesWithoutKeys(Ploshchad):
    async def read_profile(self, account: Any) -> Any:
        assert self.keys.keys[0]
        return await super().read_profile(account)


class NobodyIsNotFound(Ploshchad):
    async def resolve_handle(self, handle: str) -> str | None:
        return (await self._get("resolve", ("handles", handle), wire.Made, None)).id


class NoReason(Ploshchad):
    capabilities = declaring(but={Ability.PIN_POST: absent(Text("", ""))})


class ForgottenMethod(Ploshchad):
    async def pin_post(self, account: Any, post: str, *, pinned: bool = True) -> None:
        return None


class IgnoresTheAccount(Ploshchad):
    async def read_profile(self, account: Any) -> Any:
        mine = {"network_id": "", "handle": "obraztsovo"}
        return await super().read_profile(account.model_copy(update=mine))


class MixesAccounts(Ploshchad):
    async def read_profile(self, account: Any) -> Any:
        self.account = account
        await self.resolve_handle(account.handle)
        return await super().read_profile(self.account)


class FollowsAnyAddress(Ploshchad):
    async def read_profile(self, account: Any) -> Any:
        page = await self._get("page", ("pages", await self._id(account)), wire.WirePage, account)
        request = Request("GET", page.picture or "https://img.ploshchad.example/none.png")
        with suppress(NetworkError):
            await self.session.call(Call(request, lambda answer: answer.body, "picture", account.id, None, Repeat.READ))
        return page.model()


class KnowsALoop(Ploshchad):
    """Its module imports an event loop."""


_HASTY = ModuleType("munsocial_hasty")
vars(_HASTY)["asyncio"] = asyncio
sys.modules["munsocial_hasty"] = _HASTY
KnowsALoop.__module__ = "munsocial_hasty"


CASES = (
    Case(PagesByMoments, kit.ListCommentsConformance, "test_it_goes_to_the_end_and_stops", "never come"),
    Case(IgnoresTheAccount, kit.ReadProfileConformance, "test_it_reads_the_page_that_is_asked_for", "asked for"),
    Case(MixesAccounts, kit.ReadProfileConformance, "test_it_reads_the_page_that_is_asked_for", "at once"),
    Case(
        FollowsAnyAddress,
        kit.ReadProfileConformance,
        "test_addresses_of_the_network_are_checked[http://169.254.169.254/latest/]",
        "because an answer said so",
    ),
    Case(KnowsALoop, kit.DeclarationConformance, "test_it_knows_no_http_library_and_no_event_loop", "asyncio"),
    Case(NoMethod, kit.ReadLinksConformance, "test_method_is_as_the_protocol_says", "there is no method read_links"),
    Case(NoMethod, kit.DeclarationConformance, "test_what_is_promised_has_a_method[read_links]", "no `async def`"),
    Case(NotAsync, kit.ReadProfileConformance, "test_method_is_as_the_protocol_says", "not `async def`"),
    Case(DoesNothing, kit.ReadManagersConformance, "test_it_reads_what_is_there", "nothing was asked"),
    Case(LinksFromNowhere, kit.ReadLinksConformance, "test_it_reads_what_is_there", "is not among"),
    Case(FirstPageOnly, kit.ListPostsConformance, "test_it_goes_to_the_end_and_stops", "never come"),
    Case(NeverEnds, kit.ListCommentsConformance, "test_it_goes_to_the_end_and_stops", "never ends"),
    Case(LosesTheLast, kit.ListPostsConformance, "test_it_goes_to_the_end_and_stops", "never come"),
    Case(Doubles, kit.ReadBansConformance, "test_it_goes_to_the_end_and_stops", "more than once"),
    Case(ReadsEverything, kit.ListPostsConformance, "test_it_keeps_to_the_window", "older than the window"),
    Case(ForgetsTheEdge, kit.ListPostsConformance, "test_it_keeps_to_the_window", "includes it"),
    Case(ClockOfTheMachine, kit.ListPostsConformance, "test_time_zones[Asia/Kamchatka]", "reads otherwise"),
    Case(MoscowAsUtc, kit.ListPostsConformance, "test_it_reads_what_is_there", "10800 s away"),
    Case(NaiveMoments, kit.ListPostsConformance, "test_time_zones[Asia/Kamchatka]", "without a time zone"),
    Case(StripsTexts, kit.ListPostsConformance, "test_texts_come_back[edges]", "came back as"),
    Case(KeyInError, kit.ReadProfileConformance, "test_the_secret_is_nowhere", "the error"),
    Case(KeyInLog, kit.ReadProfileConformance, "test_the_secret_is_nowhere", "the log"),
    Case(KeyKept, kit.ReadProfileConformance, "test_the_secret_is_nowhere", "kept in adapter.cache"),
    Case(KeyPrinted, kit.ReadProfileConformance, "test_the_secret_is_nowhere", "the output"),
    Case(KeyUnnamed, kit.ReadProfileConformance, "test_the_secret_is_nowhere", "not named in Request.secrets"),
    Case(SwallowsErrors, kit.ListPostsConformance, "test_a_fault_is_told[lost_after]", "swallowed"),
    Case(StopsInTheMiddle, kit.ListPostsConformance, "test_a_fault_between_pages_is_told[html]", "nobody is told"),
    Case(ForeignErrors, kit.ReadProfileConformance, "test_a_fault_is_told[html]", "no error of munsocial"),
    Case(NamelessErrors, kit.ReadProfileConformance, "test_a_fault_is_told[permission]", "names the network"),
    Case(OneErrorForAll, kit.ReadProfileConformance, "test_a_fault_is_told[key]", "instead of KeyInvalid"),
    Case(NeverRepeats, kit.ReadProfileConformance, "test_a_passing_fault_is_borne[lost_after]", "ended it"),
    Case(Hammers, kit.ReadProfileConformance, "test_a_fault_is_told[html]", "before it gave up"),
    Case(StrictFields, kit.ReadProfileConformance, "test_unknown_fields_change_nothing", "not borne"),
    Case(StrictWords, kit.ListPostsConformance, "test_unknown_words_are_borne", "loses items"),
    Case(
        CrashesOnGaps,
        kit.ReadProfileConformance,
        "test_strange_values_end_in_a_value_or_our_error[gone]",
        "KeyError is no error of munsocial",
    ),
    Case(
        ZeroForUnknown, kit.ReadProfileConformance, "test_strange_values_end_in_a_value_or_our_error[null]", "became 0"
    ),
    Case(
        EmptyForMissing,
        kit.ListCommentsConformance,
        "test_strange_values_end_in_a_value_or_our_error[gone]",
        "nobody is told",
    ),
    Case(OwnEventLoop, kit.ReadProfileConformance, "test_both_faces_alike", "not its port"),
    Case(Remembers, kit.ReadProfileConformance, "test_a_change_is_seen", "is read as"),
    Case(CrashesWithoutKeys, kit.ReadProfileConformance, "test_without_keys_it_says_which_is_missing", "IndexError"),
    Case(NobodyIsNotFound, kit.ResolveHandleConformance, "test_a_handle_that_leads_nowhere_is_none", "NotFound"),
    Case(NoReason, kit.DeclarationConformance, "test_what_is_not_there_has_a_reason[pin_post]", "no reason"),
    Case(ForgottenMethod, kit.DeclarationConformance, "test_what_has_a_method_is_declared", "pin_post"),
)

globals().update(suites(CASES, __name__))
