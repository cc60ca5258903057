"""Adapters that take one page for another, and the test of the kit that has to catch each.

Not collected by itself: `test_broken_adapters` runs it with pytest, as an author would run the kit, and reads what
became of it.
"""

from __future__ import annotations

from typing import Any, ClassVar

from broken.cases import Case, Ploshchad, PloshchadFace, suites
from munsocial.network import Draft, Equipment, Page, PostId
from munsocial.sandbox.faces import fields_of
from munsocial.testing import conformance as kit


class _First(Ploshchad):
    """Remembers the account that it was asked for first."""

    def __init__(self, equipment: Equipment) -> None:
        super().__init__(equipment)
        self.first: Any = None

    def _of(self, account: Any) -> Any:
        self.first = self.first or account
        return self.first


class ListsPostsOfTheFirst(_First):
    async def list_posts(self, account: Any, **given: Any) -> Page[Any]:
        return await super().list_posts(self._of(account), **given)


class ListsCommentsOfTheFirst(_First):
    async def list_comments(self, account: Any, post: str, *, cursor: str | None = None) -> Page[Any]:
        return await super().list_comments(self._of(account), post, cursor=cursor)


class ListsBansOfTheFirst(_First):
    async def read_bans(self, account: Any, *, cursor: str | None = None) -> Page[Any]:
        return await super().read_bans(self._of(account), cursor=cursor)


class PublishesOnTheFirst(_First):
    async def publish(self, account: Any, draft: Draft, *, key: str) -> PostId:
        return await super().publish(self._of(account), draft, key=key)


class DeletesOnTheFirst(_First):
    async def delete_post(self, account: Any, post: str) -> None:
        await super().delete_post(self._of(account), post)


class BansOnTheFirst(_First):
    async def ban(self, account: Any, user: str, **given: Any) -> None:
        await super().ban(self._of(account), user, **given)


class AnswersOnTheFirst(_First):
    async def reply(self, account: Any, text: str, **given: Any) -> str:
        return await super().reply(self._of(account), text, **given)


class BansWhereverItCan(Ploshchad):
    """Does it where it should, and on all pages whose keys are at hand."""

    async def ban(self, account: Any, user: str, **given: Any) -> None:
        for key in self.keys.keys:
            there = account if key.account == account.id else account.model_copy(update=_page_of(key))
            await super().ban(there, user, **given)


def _page_of(key: Any) -> dict[str, str]:
    return {"id": key.account, "network_id": "", "handle": key.account}


class MixesAccounts(Ploshchad):
    """Keeps in itself for whom it works; in an event loop another call comes between."""

    async def _for(self, account: Any) -> Any:
        self.account = account
        await self.resolve_handle(account.handle)
        return self.account

    async def publish(self, account: Any, draft: Draft, *, key: str) -> PostId:
        return await super().publish(await self._for(account), draft, key=key)

    async def read_bans(self, account: Any, *, cursor: str | None = None) -> Page[Any]:
        return await super().read_bans(await self._for(account), cursor=cursor)


class WallOfAll(PloshchadFace):
    """The network shows the posts of all pages, and the adapter does not look whose they are."""

    def _posts(self, page: str, fields: dict[str, str]) -> Any:
        mine = super()._posts(page, fields)
        others = [id for network, id in self.world.pages if id != page and not fields.get("cursor")]
        more = [one for other in others for one in super(WallOfAll, self)._posts(other, fields)["items"]]
        return {**mine, "items": [*mine["items"], *more]}


class ListsAnybodysPosts(Ploshchad):
    """Its network lets it."""


class CommentsOfAll(PloshchadFace):
    def _do(self, request: Any, path: list[str], owner: str) -> Any:
        if request.method == "GET" and path[-1:] == ["comments"]:
            said = [one for post in self.world.wall("ploshchad", path[1]) for one in post.comments]
            return self._listed(sorted(said, key=lambda one: one.at), self._comment, fields_of(request))
        return super()._do(request, path, owner)


class ListsAnyComments(Ploshchad):
    """Its network lets it."""


class NeedsNetworkId(Ploshchad):
    async def _id(self, account: Any) -> str:
        return str(account.network_id)


class KeepsHandlesForEver(Ploshchad):
    known: ClassVar[dict[str, str]] = {}

    async def _id(self, account: Any) -> str:
        if account.network_id:
            return str(account.network_id)
        if account.handle not in self.known:
            self.known[account.handle] = await super()._id(account)
        return self.known[account.handle]


_SEEN, _TOUCHED = "test_a_change_is_seen", "test_nothing_else_is_touched"
_READ, _DONE = "test_it_reads_what_is_there", "test_it_takes_effect"
_OTHER = "of two pages, the page sosedi"

CASES = (
    Case(ListsPostsOfTheFirst, kit.ListPostsConformance, _SEEN, _OTHER),
    Case(ListsCommentsOfTheFirst, kit.ListCommentsConformance, _SEEN, _OTHER),
    Case(ListsBansOfTheFirst, kit.ReadBansConformance, _SEEN, _OTHER),
    Case(ListsAnybodysPosts, kit.ListPostsConformance, _SEEN, "no posts of the page", WallOfAll),
    Case(ListsAnyComments, kit.ListCommentsConformance, _SEEN, "not under the post", CommentsOfAll),
    Case(PublishesOnTheFirst, kit.PublishConformance, _TOUCHED, "was not named"),
    Case(DeletesOnTheFirst, kit.DeletePostConformance, _TOUCHED, _OTHER),
    Case(BansOnTheFirst, kit.BanConformance, _TOUCHED, "was not named"),
    Case(AnswersOnTheFirst, kit.ReplyConformance, _TOUCHED, _OTHER),
    Case(BansWhereverItCan, kit.BanConformance, _TOUCHED, "was not named"),
    Case(MixesAccounts, kit.ReadBansConformance, _SEEN, "both at once"),
    Case(MixesAccounts, kit.PublishConformance, "test_several_at_once_do_not_mix", "at once with others"),
    Case(NeedsNetworkId, kit.ReadProfileConformance, _READ, "by its handle alone"),
    Case(NeedsNetworkId, kit.ListPostsConformance, _READ, "by its handle alone"),
    Case(NeedsNetworkId, kit.PublishConformance, _DONE, "by its handle alone"),
    Case(KeepsHandlesForEver, kit.ReadProfileConformance, _READ, "after a renaming"),
    Case(KeepsHandlesForEver, kit.PublishConformance, _DONE, "after a renaming"),
)

globals().update(suites(CASES, __name__))
