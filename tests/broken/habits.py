"""Adapters with habits of authors (of pinned posts, full pages, names, waiting), and the test that catches each.

Not collected by itself: `test_broken_adapters` runs it with pytest, as an author would run the kit, and reads what
became of it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from munsocial_ploshchad.adapter import BASE
from munsocial_ploshchad.sandbox import NET, _post
from pydantic import AwareDatetime, BaseModel

from broken.cases import Case, Ploshchad, PloshchadFace, altered, declaring, suites, wire
from munsocial.errors import NotFound
from munsocial.network import Ability, Draft, Equipment, Page
from munsocial.network.settings import BaseAddress
from munsocial.sandbox.faces import json_answer
from munsocial.testing import conformance as kit
from munsocial.transport.port import Answer, Request
from munsocial.transport.session import Call, Repeat, Session


class PinnedFirst(PloshchadFace):
    """The pinned post stands before all others, whatever its moment, as on a wall of VK."""

    def _posts(self, page: str, fields: dict[str, str]) -> Any:
        found = super()._posts(page, fields)
        pinned = [_post(one) for one in self.world.wall(NET, page) if one.pinned]
        rest = [one for one in found["items"] if one["id"] not in {other["id"] for other in pinned}]
        return {**found, "items": [*([] if fields.get("cursor") else pinned), *rest]}


class StopsAtTheOld(Ploshchad):
    """Takes the first post that is too old for the end of the wall."""

    async def list_posts(self, account: Any, *, since: datetime, **given: Any) -> Page[Any]:
        page = await super().list_posts(account, since=since, **given)
        old = next((number for number, one in enumerate(page.items) if one.at < since), None)
        return page if old is None else Page(page.items[:old])


class PassesOverThePinned(Ploshchad):
    """Leaves out a first post that is older than the second: it would come again in its place, thinks the author."""

    async def list_posts(self, account: Any, **given: Any) -> Page[Any]:
        page = await super().list_posts(account, **given)
        first, second = (*page.items, None, None)[:2]
        return Page(page.items[1:], page.cursor) if first and second and first.at < second.at else page


class SaysWhenChanged(PloshchadFace):
    def _posts(self, page: str, fields: dict[str, str]) -> Any:
        found = super()._posts(page, fields)
        edited = {one.id: one.edited for one in self.world.wall(NET, page)}
        moments = {id: at.isoformat() for id, at in edited.items() if at}
        return {**found, "items": [{**one, "changed": moments.get(one["id"])} for one in found["items"]]}


class _Changed(wire.WirePost):
    changed: AwareDatetime | None = None


class _ReadsChanges(Ploshchad):
    async def list_posts(
        self, account: Any, *, since: datetime, until: datetime, cursor: str | None = None
    ) -> Page[Any]:
        page, span = await self._id(account), {"since": since.isoformat(), "until": until.isoformat(), "cursor": cursor}
        found = await self._get("posts", ("pages", page, "posts"), wire.Listing[_Changed], account, **span)
        return Page(tuple(one.model(page).model_copy(update=self.told(one)) for one in found.items), found.next)

    def told(self, one: _Changed) -> dict[str, Any]:
        return {"at": one.changed or one.at}


class ChangedForPublished(_ReadsChanges):
    """An old post that was mended today counts for this week."""


class PublishedForChanged(_ReadsChanges):
    def told(self, one: _Changed) -> dict[str, Any]:
        return {"edited_at": one.at}


class CommentsAlwaysOpen(Ploshchad):
    async def list_posts(self, account: Any, **given: Any) -> Page[Any]:
        return altered(await super().list_posts(account, **given), lambda _: {"comments_open": True})


class PostsByMoments(Ploshchad):
    """Goes on before the last moment of a page, and passes over what else is of that moment."""

    async def list_posts(self, account: Any, *, cursor: str | None = None, **given: Any) -> Page[Any]:
        page = await super().list_posts(account, **given)
        found = list(page.items)
        while page.cursor:
            page = await super().list_posts(account, cursor=page.cursor, **given)
            found += page.items
        earlier = [one for one in found if cursor is None or one.at.isoformat() < cursor][:50]
        return Page(tuple(earlier), earlier[-1].at.isoformat() if len(earlier) == 50 else None)


class EmptyForNotFound(Ploshchad):
    async def list_posts(self, account: Any, **given: Any) -> Page[Any]:
        try:
            return await super().list_posts(account, **given)
        except NotFound:
            return Page(())


class RemembersWhatWasGiven(Ploshchad):
    """Leaves out what was given already, and begins to note it anew with each listing."""

    async def list_posts(self, account: Any, *, cursor: str | None = None, **given: Any) -> Page[Any]:
        if cursor is None:
            self.given: set[str] = set()
        page = await super().list_posts(account, cursor=cursor, **given)
        fresh = tuple(one for one in page.items if one.id not in self.given)
        self.given |= {one.id for one in fresh}
        return Page(fresh, page.cursor)


class FullPagesHaveANext(Ploshchad):
    """Asks for one page more after each full one, and does not expect that it is empty."""

    async def list_comments(self, account: Any, post: str, *, cursor: str | None = None) -> Page[Any]:
        page = await super().list_comments(account, post, cursor=cursor)
        if cursor and page.items[0].deleted:
            return page
        return Page(page.items, page.cursor or ("100" if len(page.items) == 50 else None))


class InEnvelopes(PloshchadFace):
    """Each comment lies in an envelope, as in messengers."""

    def _comment(self, one: Any) -> Any:
        return {"body": super()._comment(one)}


class _Envelope(BaseModel):
    body: wire.WireComment | None = None


class DropsEmptyEnvelopes(Ploshchad):
    async def list_comments(self, account: Any, post: str, *, cursor: str | None = None) -> Page[Any]:
        path = ("pages", await self._id(account), "posts", post, "comments")
        found = await self._get("comments", path, wire.Listing[_Envelope], account, cursor=cursor)
        return Page(tuple(one.body.model(post, path[1]) for one in found.items if one.body), found.next)


class NamedNone(Ploshchad):
    async def list_comments(self, account: Any, post: str, *, cursor: str | None = None) -> Page[Any]:
        page = await super().list_comments(account, post, cursor=cursor)
        return altered(page, lambda one: {"author_name": one.author_name if one.deleted else f"{one.author_name}"})


class AddressOfNone(Ploshchad):
    async def read_profile(self, account: Any) -> Any:
        seen = await super().read_profile(account)
        return seen.model_copy(update={"url": f"https://ploshchad.example/{seen.handle}"})


class NamesakesAreOurs(Ploshchad):
    """Knows its own comments by the name of their author."""

    async def list_comments(self, account: Any, post: str, *, cursor: str | None = None) -> Page[Any]:
        name = (await self.read_profile(account)).name
        page = await super().list_comments(account, post, cursor=cursor)
        return altered(page, lambda one: {"by_account": account.id if one.author_name == name else None})


class NeverClosed(Ploshchad):
    async def read_profile(self, account: Any) -> Any:
        return (await super().read_profile(account)).model_copy(update={"closed": False})


class _Patient(Session):
    async def call(self, call: Call[Any]) -> Any:
        return await super().call(replace(call, silence=1e6))


class WaitsForDays(Ploshchad):
    def __init__(self, equipment: Equipment) -> None:
        super().__init__(equipment)
        self.session = _Patient(equipment.session.port, network=self.name)


class AlwaysHasAKey(Ploshchad):
    def has_key(self, ability: Ability, account: str) -> bool:
        return True


class OthersKeysServe(Ploshchad):
    def has_key(self, ability: Ability, account: str) -> bool:
        return bool(self.keys.keys)


class ReadsNothing(Ploshchad):
    def as_read(self, text: str) -> str:
        return ""


class ReadsTheBeginning(Ploshchad):
    def as_read(self, text: str) -> str:
        return text[:200]


class KnowsOneAddress(Ploshchad):
    async def _send(self, *given: Any, **more: Any) -> Any:
        self.equipment = replace(self.equipment, settings={})
        return await super()._send(*given, **more)


_LOGIN = "https://login.ploshchad.example"


class _TwoAddresses(BaseModel):
    base_url: BaseAddress = BASE
    token_url: BaseAddress = _LOGIN


class AsksASecondHost(Ploshchad):
    """Its network gives out tokens at a host of its own, which has no setting that the adapter goes by."""

    settings_model = _TwoAddresses

    @property
    def host(self) -> str:
        return _LOGIN

    async def _send(self, *given: Any, **more: Any) -> Any:
        def nothing(_: Any) -> None: ...

        await self.session.call(Call(Request("GET", f"{self.host}/token"), nothing, "token", repeat=Repeat.READ))
        return await super()._send(*given, **more)


class WithTokens(PloshchadFace):
    """The network that has two hosts."""

    hosts = frozenset({"api.ploshchad.example", "login.ploshchad.example"})

    def handle(self, request: Request) -> Answer:
        return json_answer({}) if request.url.endswith("/token") else super().handle(request)


class AnswersThePostInstead(Ploshchad):
    """The comment is gone, so the answer goes under the post."""

    async def reply(self, account: Any, text: str, *, to: str | None = None, **given: Any) -> str:
        try:
            return await super().reply(account, text, to=to, **given)
        except NotFound:
            return await super().reply(account, text, **given)


class Changes(PloshchadFace):
    """The network that changes posts and pins them."""

    def _own(self, request: Request, page: str, path: list[str]) -> Any:
        match (request.method, *path):
            case ("PUT", "posts", post):
                self.world.edit_post(NET, page, post, text="Иначе", attachments=self._alive(page, post).attachments)
            case ("PUT", "pinned", post):
                self.world.pin(NET, page, self._alive(page, post).id)
            case _:
                return super()._own(request, page, path)
        return None


class ChangesWhatIsGone(Ploshchad):
    capabilities = declaring(Ability.EDIT_POST, Ability.PIN_POST)

    async def edit_post(self, account: Any, post: str, draft: Draft) -> None:
        await self._where_it_is("posts", account, post)

    async def pin_post(self, account: Any, post: str, *, pinned: bool = True) -> None:
        await self._where_it_is("pinned", account, post)

    async def _where_it_is(self, what: str, account: Any, post: str) -> None:
        try:
            path = ("pages", await self._id(account), what, post)
            await self._write(what, "PUT", path, type(None), account, {}, f"{what}-{post}")
        except NotFound:
            return


class GoesRound(Ploshchad):
    """After the last page comes the first."""

    async def list_posts(self, account: Any, **given: Any) -> Page[Any]:
        page = await super().list_posts(account, **given)
        return Page(page.items, page.cursor or "0")


_POSTS, _COMMENTS, _READ = kit.ListPostsConformance, kit.ListCommentsConformance, "test_it_reads_what_is_there"
_GONE, _NULL = (f"test_strange_values_end_in_a_value_or_our_error[{into}]" for into in ("gone", "null"))

CASES = (
    Case(StopsAtTheOld, _POSTS, "test_it_keeps_to_the_window", "an old post is pinned", PinnedFirst),
    Case(PassesOverThePinned, _POSTS, _READ, "0 times instead of once", PinnedFirst),
    Case(ChangedForPublished, _POSTS, _READ, "the moment of a post", SaysWhenChanged),
    Case(PublishedForChanged, _POSTS, _READ, "the change of a post", SaysWhenChanged),
    Case(CommentsAlwaysOpen, _POSTS, _READ, "comments_open is read as True"),
    Case(PostsByMoments, _POSTS, "test_it_goes_to_the_end_and_stops", "never come"),
    Case(EmptyForNotFound, _POSTS, "test_a_page_that_is_not_there_is_an_error", "its posts are read as"),
    Case(RemembersWhatWasGiven, _POSTS, "test_two_listings_do_not_mix", "belongs into the cursor"),
    Case(GoesRound, _POSTS, "test_two_listings_do_not_mix", "did not end after"),
    Case(FullPagesHaveANext, _COMMENTS, "test_a_last_page_may_be_full", "IndexError"),
    Case(DropsEmptyEnvelopes, _COMMENTS, _GONE, "body is gone: items are lost", InEnvelopes),
    Case(NamedNone, _COMMENTS, _NULL, "became 'None'"),
    Case(AddressOfNone, kit.ReadProfileConformance, _NULL, "became 'https://ploshchad.example/None'"),
    Case(NamesakesAreOurs, _COMMENTS, _READ, "names are anybody's"),
    Case(NeverClosed, kit.ReadProfileConformance, "test_a_change_is_seen", "closed is read as False"),
    Case(WaitsForDays, kit.ReadProfileConformance, _READ, "may wait 1000012 s"),
    Case(WaitsForDays, kit.DeletePostConformance, "test_it_takes_effect", "may wait 1000012 s"),
    Case(AlwaysHasAKey, kit.PublishConformance, "test_without_keys_it_says_which_is_missing", "at hand where there is"),
    Case(OthersKeysServe, kit.BanConformance, "test_keys_of_other_accounts_are_left_alone", "yet it is not taken"),
    Case(ReadsNothing, kit.DeclarationConformance, "test_as_read_it_tells_texts_apart", "one: ''"),
    Case(ReadsTheBeginning, kit.DeclarationConformance, "test_as_read_it_tells_texts_apart", "у северных ворот"),
    Case(KnowsOneAddress, kit.ReadProfileConformance, "test_it_goes_where_the_settings_say", "and yet it asked"),
    Case(KnowsOneAddress, kit.BanConformance, "test_it_goes_where_the_settings_say", "and yet it asked"),
    Case(AsksASecondHost, kit.ReadProfileConformance, "test_it_goes_where_the_settings_say", "and yet it", WithTokens),
    Case(AnswersThePostInstead, kit.ReplyConformance, "test_an_answer_to_what_is_gone_is_refused", "stands elsewhere"),
    Case(ChangesWhatIsGone, kit.EditPostConformance, "test_what_is_gone_is_not_changed", "told as done", Changes),
    Case(ChangesWhatIsGone, kit.PinPostConformance, "test_what_is_gone_is_not_pinned", "told as done", Changes),
)

globals().update(suites(CASES, __name__))
