"""Adapters that tell or declare something else than is there, each one fact, and the test of the kit that catches it.

Not collected by itself: `test_broken_adapters` runs it with pytest, as an author would run the kit, and reads what
became of it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from broken.cases import KEYS, Case, Ploshchad, PloshchadFace, altered, declaring, suites
from munsocial.network import Ability, Limits, Page, absent, manual, native
from munsocial.testing import conformance as kit
from munsocial.testing.conformance import Stage, sandbox_stage
from munsocial.wording import Text


class _Posts(Ploshchad):
    """Tells something wrong of each post."""

    wrong: dict[str, Any] = {}

    async def list_posts(self, account: Any, **given: Any) -> Page[Any]:
        page = await super().list_posts(account, **given)
        return altered(page, lambda _: self.wrong)


class EvilAddresses(_Posts):
    wrong = {"url": "javascript:alert(1)"}


class OneAddressForAll(_Posts):
    wrong = {"url": "https://ploshchad.example/novost"}


class EverythingPinned(_Posts):
    wrong = {"pinned": True}


class InventsLikes(_Posts):
    wrong = {"likes": 12345}


class InventsViews(_Posts):
    wrong = {"views": 0}


class WinterAllTheYear(Ploshchad):
    """Takes an offset of winter for a zone."""

    async def list_posts(self, account: Any, **given: Any) -> Page[Any]:
        page = await super().list_posts(account, **given)
        return altered(page, lambda one: {"at": _an_hour_off(one.at)})

    async def list_comments(self, account: Any, post: str, *, cursor: str | None = None) -> Page[Any]:
        page = await super().list_comments(account, post, cursor=cursor)
        return altered(page, lambda one: {"at": _an_hour_off(one.at)})


def _an_hour_off(at: datetime) -> datetime:
    return at + timedelta(hours=1) if 4 <= at.month <= 10 else at


class ThreePages(Ploshchad):
    async def list_comments(self, account: Any, post: str, *, cursor: str | None = None) -> Page[Any]:
        page = await super().list_comments(account, post, cursor=cursor)
        return Page(page.items, None if page.cursor == "150" else page.cursor)


class _Comments(Ploshchad):
    wrong: dict[str, Any] = {}

    async def list_comments(self, account: Any, post: str, *, cursor: str | None = None) -> Page[Any]:
        page = await super().list_comments(account, post, cursor=cursor)
        return altered(page, lambda _: self.wrong)


class AnotherName(_Comments):
    wrong = {"author_name": "Не Тот"}


class AnotherNameInShort(AnotherName):
    pass


class PagesInShort(Ploshchad):
    """Shortens the names of pages as if they were people."""

    async def list_comments(self, account: Any, post: str, *, cursor: str | None = None) -> Page[Any]:
        page = await super().list_comments(account, post, cursor=cursor)
        short = (one.model_copy(update={"author_name": one.author_name[:5]}) for one in page.items if one.author_name)
        return Page(tuple(short), page.cursor)


class EvilCommentAddresses(_Comments):
    wrong = {"url": "data:text/html,да"}


class CommentsWithoutZone(Ploshchad):
    async def list_comments(self, account: Any, post: str, *, cursor: str | None = None) -> Page[Any]:
        page = await super().list_comments(account, post, cursor=cursor)
        return altered(page, lambda one: {"at": one.at.replace(tzinfo=None)})


class _Bans(Ploshchad):
    wrong: dict[str, Any] = {}

    async def read_bans(self, account: Any, *, cursor: str | None = None) -> Page[Any]:
        page = await super().read_bans(account, cursor=cursor)
        return altered(page, lambda _: self.wrong)


class OneGroundForAll(_Bans):
    wrong = {"reason": "критика"}


class NobodyBanned(_Bans):
    wrong = {"name": "Не Тот"}


class BansOfOld(_Bans):
    wrong = {"since": datetime.fromisoformat("2001-01-01T00:00:00+00:00")}


class GroundLost(Ploshchad):
    async def ban(self, account: Any, user: str, *, ground: str, **given: Any) -> None:
        await super().ban(account, user, ground="", **given)


class AlwaysSpam(Ploshchad):
    async def ban(self, account: Any, user: str, *, ground: str, **given: Any) -> None:
        await super().ban(account, user, ground="spam", **given)


class _Profile(Ploshchad):
    wrong: dict[str, Any] = {}

    async def read_profile(self, account: Any) -> Any:
        return (await super().read_profile(account)).model_copy(update=self.wrong)


class ClosedToAll(_Profile):
    wrong = {"closed": True}


class BlockedForAll(_Profile):
    wrong = {"blocked": "banned"}


class AlwaysVerified(_Profile):
    wrong = {"verified": True}


class AddressOfAnother(_Profile):
    wrong = {"url": "https://ploshchad.example/nobody"}


class EvilProfileAddress(_Profile):
    wrong = {"url": "javascript:obraztsovo"}


class OneAddressForAllPages(AddressOfAnother):
    pass


class PagesTooBig(Ploshchad):
    capabilities = declaring(but={Ability.LIST_POSTS: native(keys=KEYS, limits=Limits(page=1000))})


_WHY, _TODO = Text("У сети нет такого метода.", "The network has none."), Text("TODO", "TODO")


class SaysTodo(Ploshchad):
    capabilities = declaring(but={Ability.SCHEDULE: absent(_TODO)})


class SaysNoPlace(Ploshchad):
    capabilities = declaring(but={Ability.DELETE_MESSAGE: manual(_WHY, Text("См. сайт.", "See the site."))})


class UnknownPlace(Ploshchad):
    capabilities = declaring(but={Ability.PIN_POST: manual(_WHY, Text("Откройте {adres}.", "Open {adres}."))})


class HalfAPlace(Ploshchad):
    capabilities = declaring(but={Ability.PIN_POST: manual(_WHY, Text("Откройте {link.", "Open {link}."))})


def _short(adapter: type) -> Stage:
    return sandbox_stage(adapter, PloshchadFace, lacks=frozenset({"full_names", "named_addresses"}))


_NAMED = "test_it_reads_the_page_that_is_asked_for"
_READ, _END, _REASON = (
    "test_it_reads_what_is_there",
    "test_it_goes_to_the_end_and_stops",
    "test_what_is_not_there_has_a_reason",
)
_ZONE, _AGAIN = "test_a_window_in_another_zone_is_the_same[Asia/Kamchatka]", "test_a_second_ban_changes_the_first"

CASES = (
    Case(EvilAddresses, kit.ListPostsConformance, _READ, "'javascript:alert(1)': that is none of the web"),
    Case(OneAddressForAll, kit.ListPostsConformance, _READ, "two things have one address"),
    Case(EverythingPinned, kit.ListPostsConformance, _READ, "read as pinned"),
    Case(InventsLikes, kit.ListPostsConformance, _READ, "likes is read as 12345"),
    Case(InventsViews, kit.ListPostsConformance, _READ, "views is read as 0"),
    Case(WinterAllTheYear, kit.ListPostsConformance, _ZONE, "3600 s away"),
    Case(WinterAllTheYear, kit.ListCommentsConformance, _READ, "3600 s away"),
    Case(ThreePages, kit.ListCommentsConformance, _END, "3 of 153 never come"),
    Case(PagesTooBig, kit.ListPostsConformance, _END, "no page holds more than 50"),
    Case(AnotherName, kit.ListCommentsConformance, _READ, "author_name is read as 'Не Тот'"),
    Case(EvilCommentAddresses, kit.ListCommentsConformance, _READ, "none of the web"),
    Case(AnotherNameInShort, kit.ListCommentsConformance, _READ, "author_name is read as 'Не Тот'", stage=_short),
    Case(PagesInShort, kit.ListCommentsConformance, _READ, "in the world it is 'Образцово'", stage=_short),
    Case(NobodyBanned, kit.ReadBansConformance, _READ, "says so in Stage.lacks: {'full_names'}"),
    Case(CommentsWithoutZone, kit.ListCommentsConformance, _READ, "without a time zone"),
    Case(OneGroundForAll, kit.ReadBansConformance, _READ, "all read with the ground 'критика'"),
    Case(BansOfOld, kit.ReadBansConformance, _READ, "the beginning of a ban"),
    Case(GroundLost, kit.BanConformance, _AGAIN, "the ground is lost"),
    Case(AlwaysSpam, kit.BanConformance, _AGAIN, "the ground is lost"),
    Case(ClosedToAll, kit.ReadProfileConformance, _READ, "closed is read as True"),
    Case(BlockedForAll, kit.ReadProfileConformance, _READ, "blocked is read as 'banned'"),
    Case(AlwaysVerified, kit.ReadProfileConformance, _READ, "verified is read as True"),
    Case(AddressOfAnother, kit.ReadProfileConformance, _READ, "the address leads to another page"),
    Case(OneAddressForAllPages, kit.ReadProfileConformance, _NAMED, "two pages have one address", stage=_short),
    Case(EvilProfileAddress, kit.ReadProfileConformance, _READ, "none of the web"),
    Case(SaysTodo, kit.DeclarationConformance, f"{_REASON}[schedule]", "no reason in Russian: 'TODO'"),
    Case(SaysNoPlace, kit.DeclarationConformance, f"{_REASON}[delete_message]", "does not say where"),
    Case(UnknownPlace, kit.DeclarationConformance, f"{_REASON}[pin_post]", "nobody fills in {adres}"),
    Case(HalfAPlace, kit.DeclarationConformance, f"{_REASON}[pin_post]", "cannot be filled in"),
)

globals().update(suites(CASES, __name__))
