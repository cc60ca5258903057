"""VK spoilt as a whole in four ways, so that every class of the kit is seen to fail.

Not collected by itself: `test_broken_adapters` runs it with pytest, as an author would run the kit, and reads what
became of it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from broken.cases import Case, suites
from munsocial.errors import MunsocialError
from munsocial.model.content import Profile, Stats
from munsocial.network import Ability, Capabilities, Draft, Limits, Page, PostId, Window, native
from munsocial.testing import conformance as kit
from munsocial.testing.conformance.acting import ActingConformance
from munsocial.testing.conformance.base import METHODS
from munsocial_vk.adapter import VkAdapter
from vk_stage import vk_stage

_EVERYTHING = Capabilities(
    {**VkAdapter.capabilities.abilities, Ability.HIDE_COMMENT: native(keys=("user_key",))},
    VkAdapter.capabilities.formats,
    VkAdapter.capabilities.features,
)
_MADE: dict[str, Callable[[Any], Any]] = {
    "read_profile": lambda now: Profile(network_id="1", name="Администрация"),
    "resolve_handle": lambda now: "1",
    "list_posts": lambda now: Page(()),
    "list_comments": lambda now: Page(()),
    "read_bans": lambda now: Page(()),
    "list_messages": lambda now: Page(()),
    "read_stats": lambda now: Stats(since=now, until=now, figures={"views": 700}),
    "publish": lambda now: PostId(id="1"),
    "reply": lambda now: "1",
    "send_message": lambda now: "1",
    "read_links": lambda now: (),
    "read_managers": lambda now: (),
    "check_keys": lambda now: (),
}
"""What each method invents."""


class Lazy(VkAdapter):
    """Declares everything and does nothing, without asking anybody."""

    capabilities = _EVERYTHING


class Pretending(VkAdapter):
    """Asks something harmless, so that it looks busy, and returns what it invents."""

    capabilities = _EVERYTHING


class Swallowing(VkAdapter):
    """Does it well, but takes every error for the end of the matter."""

    capabilities = _EVERYTHING

    async def hide_comment(self, account: Any, comment: str, *, hidden: bool = True) -> None:
        await (self.delete_comment if hidden else self.restore_comment)(account, comment)


class Blind(VkAdapter):
    """Does it well, and raises errors of its own making."""


def _made(name: str, now: Any) -> Any:
    make = _MADE.get(name)
    return make(now) if make else None


def _lazy(name: str) -> Any:
    async def method(self: Any, *args: Any, **given: Any) -> Any:
        return _made(name, self.moment())

    return method


def _pretending(name: str) -> Any:
    async def method(self: Any, *args: Any, **given: Any) -> Any:
        await self.raw("utils.resolveScreenName", {"screen_name": "adm1"}, account="adm1")
        return _made(name, self.moment())

    return method


def _swallowing(name: str, kind: type) -> Any:
    async def method(self: Any, *args: Any, **given: Any) -> Any:
        try:
            return await getattr(super(kind, self), name)(*args, **given)
        except MunsocialError:
            return _made(name, self.moment())

    return method


def _blind(name: str) -> Any:
    async def method(self: Any, *args: Any, **given: Any) -> Any:
        try:
            return await getattr(super(Blind, self), name)(*args, **given)
        except MunsocialError as error:
            raise RuntimeError("it failed") from error

    return method


for _name in {name for _, name in METHODS.values()} | {"unban"}:
    setattr(Lazy, _name, _lazy(_name))
    setattr(Pretending, _name, _pretending(_name))
    setattr(Blind, _name, _blind(_name))
    if _name != "hide_comment":
        setattr(Swallowing, _name, _swallowing(_name, Swallowing))


class ShowsNotes(VkAdapter):
    """Shows everybody what is noted with a ban."""

    async def ban(self, account: Any, user: str, *, show_note: bool = False, **given: Any) -> None:
        await super().ban(account, user, show_note=True, **given)


class AnotherWeek(VkAdapter):
    """Tells figures of the week before."""

    async def read_stats(self, account: Any, window: Window) -> Stats:
        week = timedelta(days=7)
        return await super().read_stats(account, Window(window.since - week, window.until - week))


class AtOnce(VkAdapter):
    """Publishes at once what is to wait."""

    async def publish(self, account: Any, draft: Draft, *, key: str, more: Any = None) -> PostId:
        return await super().publish(account, draft.model_copy(update={"publish_at": None}), key=key, more=more)


class LosesPictures(VkAdapter):
    """Publishes without what the draft carries."""

    async def publish(self, account: Any, draft: Draft, *, key: str, more: Any = None) -> PostId:
        return await super().publish(account, draft.model_copy(update={"media": ()}), key=key, more=more)


class OnePeer(VkAdapter):
    """Takes all conversations for one."""

    async def list_messages(self, account: Any, **given: Any) -> Page[Any]:
        page = await super().list_messages(account, **given)
        return Page(tuple(one.model_copy(update={"peer_id": "1"}) for one in page.items), page.cursor)


class FirstFileOnly(VkAdapter):
    async def publish(self, account: Any, draft: Draft, **given: Any) -> PostId:
        return await super().publish(account, draft.model_copy(update={"media": draft.media[:1]}), **given)


class PicturesAsDocuments(VkAdapter):
    async def publish(self, account: Any, draft: Draft, **given: Any) -> PostId:
        media = tuple(one.model_copy(update={"kind": "document"}) for one in draft.media)
        return await super().publish(account, draft.model_copy(update={"media": media}), **given)


class AnotherPoll(VkAdapter):
    """Turns the answers round, and lets one choose one only."""

    async def publish(self, account: Any, draft: Draft, **given: Any) -> PostId:
        if draft.poll:
            poll = draft.poll.model_copy(update={"answers": draft.poll.answers[::-1], "multiple": False})
            draft = draft.model_copy(update={"poll": poll})
        return await super().publish(account, draft, **given)


class NobodyWhenUnread(VkAdapter):
    async def read_managers(self, account: Any) -> Any:
        try:
            return await super().read_managers(account)
        except MunsocialError:
            return ()


class LongCaptions(VkAdapter):
    """Declares that texts beside files are shorter, and does not look."""

    capabilities = Capabilities(
        {**_EVERYTHING.abilities, Ability.PUBLISH: native(keys=("user_key",), limits=Limits(caption=100), keyed=True)},
        _EVERYTHING.formats,
    )


def _acts(kind: type) -> bool:
    return issubclass(kind, ActingConformance)


def _case(adapter: type, kind: type, reading: str, acting: str, says: str = "") -> Case:
    return Case(adapter, kind, acting if _acts(kind) else reading, says, stage=vk_stage)


_ARRIVE = "test_attachments_arrive_or_are_refused"

CASES = (
    Case(ShowsNotes, kit.BanConformance, "test_a_note_is_for_us_alone", "is shown", stage=vk_stage),
    Case(AnotherWeek, kit.ReadStatsConformance, "test_it_reads_what_is_there", "asked for the week", stage=vk_stage),
    Case(AtOnce, kit.ScheduleConformance, "test_it_is_not_published_at_once", "at once", stage=vk_stage),
    Case(
        LosesPictures,
        kit.PublishConformance,
        f"{_ARRIVE}[photo]",
        "without it",
        stage=vk_stage,
    ),
    Case(FirstFileOnly, kit.PublishConformance, "test_several_files_arrive_together", "[['photo']]", stage=vk_stage),
    Case(PicturesAsDocuments, kit.PublishConformance, f"{_ARRIVE}[photo]", "a photo stands there as", stage=vk_stage),
    Case(AnotherPoll, kit.PublishConformance, f"{_ARRIVE}[poll]", "['Южный', 'Северный']", stage=vk_stage),
    Case(
        AnotherPoll,
        kit.PublishConformance,
        "test_a_poll_of_several_choices_is_one_or_is_refused",
        "stands there with one",
        stage=vk_stage,
    ),
    Case(
        LongCaptions,
        kit.PublishConformance,
        "test_a_text_beside_a_file_is_as_long_as_declared",
        "over 100 characters beside a photo was not refused",
        stage=vk_stage,
    ),
    Case(
        NobodyWhenUnread,
        kit.ReadManagersConformance,
        "test_strange_values_end_in_a_value_or_our_error[gone]",
        "items are lost",
        stage=vk_stage,
    ),
    Case(OnePeer, kit.ListMessagesConformance, "test_peers_can_be_answered", "one peer", stage=vk_stage),
    *(_case(Lazy, one, "test_it_reads_what_is_there", "test_it_takes_effect") for one in kit.CLASSES.values()),
    *(
        _case(Pretending, one, "test_a_change_is_seen", "test_it_takes_effect")
        for one in kit.CLASSES.values()
        if one is not kit.ResolveHandleConformance
    ),
    Case(
        Pretending,
        kit.ResolveHandleConformance,
        "test_a_handle_that_leads_nowhere_is_none",
        "nobody",
        stage=vk_stage,
    ),
    *(
        _case(Swallowing, one, "test_a_fault_is_told[unreachable]", "test_a_refusal_changes_nothing[unreachable]")
        for one in kit.CLASSES.values()
        if one is not kit.CheckKeysConformance
    ),
    *(
        _case(Blind, one, "test_a_fault_is_told[key]", "test_a_refusal_changes_nothing[key]", "RuntimeError")
        for one in kit.CLASSES.values()
        if one not in (kit.CheckKeysConformance, kit.HideCommentConformance)
    ),
)

globals().update(suites(CASES, __name__))
