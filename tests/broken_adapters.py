"""Adapters broken on purpose, each with one defect, and the test of the kit that has to catch it.

Not collected by itself: `test_broken_adapters` runs it with pytest, as an author would run the kit, and reads what
became of it.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from pydantic import BaseModel, ConfigDict

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "examples" / "adapter-ploshchad" / "src"))

from munsocial_ploshchad import wire
from munsocial_ploshchad.adapter import KEYS, Ploshchad
from munsocial_ploshchad.sandbox import PloshchadFace

from munsocial.errors import NetworkError, Unreachable
from munsocial.model.content import Link, Manager, Post
from munsocial.network import Ability, Capabilities, Draft, Equipment, Page, PostId, absent, native
from munsocial.testing import conformance as kit
from munsocial.testing.conformance import Stage, sandbox_stage
from munsocial.transport.session import Call, Repeat, Session
from munsocial.wording import Text

log = logging.getLogger("example.broken")


def declaring(*abilities: Ability, **changed: Any) -> Capabilities:
    """Return Ploshchad's declaration with more abilities in it."""
    more = dict.fromkeys(abilities, native(keys=KEYS))
    return Capabilities({**Ploshchad.capabilities.abilities, **more, **changed.get("but", {})})


class NoMethod(Ploshchad):
    capabilities = declaring(Ability.READ_LINKS)


class NotAsync(Ploshchad):
    def read_profile(self, account: Any) -> Any:
        return None


class WantsMore(Ploshchad):
    async def publish(self, account: Any, draft: Any, *, key: str, mood: str) -> Any:  # type: ignore[override]
        return await super().publish(account, draft, key=key)


class DoesNothing(Ploshchad):
    capabilities = declaring(Ability.READ_MANAGERS)

    async def read_managers(self, account: Any) -> tuple[Manager, ...]:
        return ()


class LinksFromNowhere(Ploshchad):
    capabilities = declaring(Ability.READ_LINKS)

    async def read_links(self, account: Any) -> tuple[Link, ...]:
        await self.read_profile(account)
        return (Link(kind="link", url="https://example.org/"),)


class PretendsToPublish(Ploshchad):
    async def publish(self, account: Any, draft: Any, *, key: str) -> PostId:
        await self.read_profile(account)
        return PostId(id="1")


class PublishesAgain(Ploshchad):
    async def publish(self, account: Any, draft: Any, *, key: str) -> PostId:
        try:
            return await self._with(Repeat.ONCE, account, draft, key)
        except NetworkError:
            return await self._with(Repeat.ONCE, account, draft, f"{key}-again")

    async def _with(self, repeat: Repeat, account: Any, draft: Any, key: str) -> PostId:
        self.repeat = repeat
        return await super().publish(account, draft, key=key)

    async def _send(
        self, method: str, verb: str, path: str, kind: Any, account: Any, repeat: Repeat, **parts: Any
    ) -> Any:
        repeat = Repeat.ONCE if method == "publish" else repeat
        return await super()._send(method, verb, path, kind, account, repeat, **parts)


class NewKeyEachTime(Ploshchad):
    async def publish(self, account: Any, draft: Any, *, key: str) -> PostId:
        return await super().publish(account, draft, key=str(uuid.uuid4()))


class OneKeyForAll(Ploshchad):
    async def publish(self, account: Any, draft: Any, *, key: str) -> PostId:
        return await super().publish(account, draft, key="the-key")


class FirstPageOnly(Ploshchad):
    async def list_posts(self, account: Any, **given: Any) -> Page[Post]:
        return Page((await super().list_posts(account, **given)).items)


class NeverEnds(Ploshchad):
    async def list_comments(self, account: Any, post: str, *, cursor: str | None = None) -> Any:
        page = await super().list_comments(account, post, cursor=cursor)
        return Page(page.items, page.cursor or "0")


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
        local = (datetime.fromtimestamp(one.at.timestamp()).replace(tzinfo=UTC) for one in page.items)  # noqa: DTZ006
        moved = (one.model_copy(update={"at": at}) for one, at in zip(page.items, local, strict=True))
        return Page(tuple(moved), page.cursor)


class MoscowAsUtc(Ploshchad):
    async def list_posts(self, account: Any, **given: Any) -> Page[Post]:
        page = await super().list_posts(account, **given)
        moved = (one.model_copy(update={"at": one.at + timedelta(hours=3)}) for one in page.items)
        return Page(tuple(moved), page.cursor)


class NaiveMoments(Ploshchad):
    async def list_posts(self, account: Any, **given: Any) -> Page[Post]:
        page = await super().list_posts(account, **given)
        return Page(
            tuple(one.model_copy(update={"at": one.at.replace(tzinfo=None)}) for one in page.items), page.cursor
        )


class StripsTexts(Ploshchad):
    async def list_posts(self, account: Any, **given: Any) -> Page[Post]:
        page = await super().list_posts(account, **given)
        return Page(tuple(one.model_copy(update={"text": one.text.strip()}) for one in page.items), page.cursor)


class OldCharset(Ploshchad):
    async def publish(self, account: Any, draft: Draft, *, key: str) -> PostId:
        text = draft.text.encode("cp1251", "replace").decode("cp1251")
        return await super().publish(account, draft.model_copy(update={"text": text}), key=key)


class CutsTexts(Ploshchad):
    async def publish(self, account: Any, draft: Draft, *, key: str) -> PostId:
        return await super().publish(account, draft.model_copy(update={"text": draft.text[:4000]}), key=key)


class AsksTheServer(Ploshchad):
    async def publish(self, account: Any, draft: Draft, *, key: str) -> PostId:
        path = f"pages/{await self._id(account)}/posts"
        made = await self._write("publish", "POST", path, wire.Made, account, {"text": draft.text}, key)
        return PostId(id=made.id)


class LosesAttachments(AsksTheServer):
    pass


class PublishesAtOnce(AsksTheServer):
    pass


class IgnoresVariants(Ploshchad):
    async def publish(self, account: Any, draft: Draft, *, key: str) -> PostId:
        return await super().publish(account, draft.model_copy(update={"variants": {}}), key=key)


class AnotherId(Ploshchad):
    async def publish(self, account: Any, draft: Draft, *, key: str) -> PostId:
        made = await super().publish(account, draft, key=key)
        return PostId(id=f"ploshchad-{made.id}")


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


class NeverRepeats(Ploshchad):
    async def _send(
        self, method: str, verb: str, path: str, kind: Any, account: Any, repeat: Repeat, **parts: Any
    ) -> Any:
        return await super()._send(method, verb, path, kind, account, Repeat.ONCE, **parts)


class Hammers(Ploshchad):
    async def read_profile(self, account: Any) -> Any:
        for _ in range(99):
            try:
                return await super().read_profile(account)
            except NetworkError:
                continue
        return await super().read_profile(account)


class ClaimsNothingHappened(Ploshchad):
    async def publish(self, account: Any, draft: Draft, *, key: str) -> PostId:
        try:
            return await super().publish(account, draft, key=key)
        except NetworkError as error:
            error.executed = False
            raise


class OnlyOnceButKeyed(ClaimsNothingHappened):
    """Declared as keyed, and yet sent once."""

    async def _send(
        self, method: str, verb: str, path: str, kind: Any, account: Any, repeat: Repeat, **parts: Any
    ) -> Any:
        return await super()._send(method, verb, path, kind, account, Repeat.ONCE, **parts)


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
        page = await self._get("page", f"pages/{await self._id(account)}", _Strict, account)
        return wire.WirePage.model_validate(page.model_dump()).model()


class StrictWords(Ploshchad):
    async def list_posts(self, account: Any, **given: Any) -> Page[Post]:
        page = await super().list_posts(account, **given)
        known = {"text", "photo", "video", "link"}
        return Page(tuple(one for one in page.items if set(one.formats) <= known), page.cursor)


class CrashesOnGaps(Ploshchad):
    async def read_profile(self, account: Any) -> Any:
        page = await self._get("page", f"pages/{await self._id(account)}", dict[str, Any], account)
        return wire.WirePage(id=page["id"], name=page["name"], about=page["about"]).model()


class ZeroForUnknown(Ploshchad):
    async def read_profile(self, account: Any) -> Any:
        seen = await super().read_profile(account)
        return seen.model_copy(update={"subscribers": seen.subscribers or 0})


class EmptyForMissing(Ploshchad):
    async def list_comments(self, account: Any, post: str, *, cursor: str | None = None) -> Any:
        path = f"pages/{await self._id(account)}/posts/{post}/comments"
        found = await self._get("comments", path, dict[str, Any], account, cursor=cursor)
        items = [wire.WireComment.model_validate(one) for one in found.get("items") or () if one]
        return Page(tuple(one.model(post) for one in items), found.get("next"))


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


class GoneIsAnError(Ploshchad):
    async def _remove(self, method: str, path: str, account: Any) -> None:
        await self._write(method, "DELETE", path, type(None), account, None, path)


class BansForEver(Ploshchad):
    async def ban(self, account: Any, user: str, *, until: Any, **given: Any) -> None:
        await super().ban(account, user, until=None, **given)


class UnbansNobody(Ploshchad):
    async def unban(self, account: Any, user: str) -> None:
        await super().unban(account, "nobody")


class AnswersThePost(Ploshchad):
    async def reply(self, account: Any, text: str, *, to: str | None = None, **given: Any) -> str:
        return await super().reply(account, text, to=None, **given)


class AnswersAtHome(Ploshchad):
    async def reply(self, account: Any, text: str, *, under: Any = None, **given: Any) -> str:
        return await super().reply(account, text, under=None, **given)


class DeletesTheFirst(Ploshchad):
    async def delete_comment(self, account: Any, comment: str) -> None:
        since, until = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
        posts = (await self.list_posts(account, since=since, until=until)).items
        for post in posts:
            said = (await self.list_comments(account, post.id)).items
            if said:
                return await super().delete_comment(account, said[0].id)
        return None


class NobodyIsNotFound(Ploshchad):
    async def resolve_handle(self, handle: str) -> str | None:
        from urllib.parse import quote

        return (await self._get("resolve", f"handles/{quote(handle, safe='')}", wire.Made, None)).id


class NoReason(Ploshchad):
    capabilities = declaring(but={Ability.PIN_POST: absent(Text("", ""))})


class ForgottenMethod(Ploshchad):
    async def pin_post(self, account: Any, post: str, *, pinned: bool = True) -> None:
        return None


class RefusesOnRate(Ploshchad):
    def __init__(self, equipment: Equipment) -> None:
        super().__init__(equipment)
        self.session.settings = replace(self.session.settings, attempts=1)


class NoIdempotency(PloshchadFace):
    """The network does not look at the key: whoever declares it keyed is wrong."""

    def handle(self, request: Any) -> Any:
        self.world.done.clear()
        return super().handle(request)


@dataclass(frozen=True)
class Case:
    """A broken adapter, the class and the test of the kit that catches it, and a word of its message."""

    adapter: type
    kit: type
    test: str
    says: str
    face: Callable[[Any], Any] = PloshchadFace

    @property
    def name(self) -> str:
        return f"Test{self.adapter.__name__}{self.kit.__name__.removesuffix('Conformance')}"


CASES = (
    Case(NoMethod, kit.ReadLinksConformance, "test_method_is_as_the_protocol_says", "there is no method read_links"),
    Case(NoMethod, kit.DeclarationConformance, "test_what_is_promised_has_a_method[read_links]", "no `async def`"),
    Case(NotAsync, kit.ReadProfileConformance, "test_method_is_as_the_protocol_says", "not `async def`"),
    Case(WantsMore, kit.PublishConformance, "test_method_is_as_the_protocol_says", "wants mood"),
    Case(DoesNothing, kit.ReadManagersConformance, "test_it_reads_what_is_there", "nothing was asked"),
    Case(LinksFromNowhere, kit.ReadLinksConformance, "test_it_reads_what_is_there", "is not among"),
    Case(PretendsToPublish, kit.PublishConformance, "test_it_takes_effect", "no effect on the world"),
    Case(PublishesAgain, kit.PublishConformance, "test_a_lost_answer_is_not_doubled[lost_after]", "2 times"),
    Case(NewKeyEachTime, kit.PublishConformance, "test_repeating_it_is_safe", "2 times"),
    Case(OneKeyForAll, kit.PublishConformance, "test_another_key_is_another_deed", "1 times instead of twice"),
    Case(Ploshchad, kit.PublishConformance, "test_repeating_it_is_safe", "2 times", NoIdempotency),
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
    Case(OldCharset, kit.PublishConformance, "test_texts_arrive_unchanged[emoji]", "stands there as"),
    Case(OldCharset, kit.PublishConformance, "test_random_texts_arrive_unchanged[0]", "stands there as"),
    Case(CutsTexts, kit.PublishConformance, "test_a_longer_text_is_refused_before_sending[1]", "was not refused"),
    Case(AsksTheServer, kit.PublishConformance, "test_a_longer_text_is_refused_before_sending[1]", "only after 1"),
    Case(AsksTheServer, kit.PublishConformance, "test_an_empty_text_is_refused_before_sending", "only after 1"),
    Case(LosesAttachments, kit.PublishConformance, "test_attachments_arrive_or_are_refused[photo]", "was not refused"),
    Case(LosesAttachments, kit.PublishConformance, "test_attachments_arrive_or_are_refused[link]", "link"),
    Case(PublishesAtOnce, kit.PublishConformance, "test_a_later_moment_is_kept_or_refused", "was not refused"),
    Case(IgnoresVariants, kit.PublishConformance, "test_a_variant_of_the_network_is_taken", "passed over"),
    Case(AnotherId, kit.PublishConformance, "test_it_returns_the_id", "it returns the id"),
    Case(AnotherId, kit.PublishConformance, "test_it_is_read_back", "is not listed"),
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
    Case(OnlyOnceButKeyed, kit.PublishConformance, "test_a_lost_answer_is_not_doubled[cut]", "executed is False"),
    Case(NeverRepeats, kit.PublishConformance, "test_a_lost_answer_is_not_doubled[cut]", "declared as keyed"),
    Case(RefusesOnRate, kit.PublishConformance, "test_a_refusal_by_rate_is_waited_for", "ended it"),
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
    Case(GoneIsAnError, kit.DeletePostConformance, "test_repeating_it_is_safe", "repeating it is an error"),
    Case(BansForEver, kit.BanConformance, "test_the_term_is_kept[30]", "it is None"),
    Case(UnbansNobody, kit.UnbanConformance, "test_it_takes_effect", "no effect on the world"),
    Case(AnswersThePost, kit.ReplyConformance, "test_it_takes_effect", "no effect on the world"),
    Case(AnswersAtHome, kit.ReplyConformance, "test_it_stands_under_the_named_page", ""),
    Case(DeletesTheFirst, kit.DeleteCommentConformance, "test_nothing_else_is_touched", "not the one acted upon"),
    Case(NobodyIsNotFound, kit.ResolveHandleConformance, "test_a_handle_that_leads_nowhere_is_none", "NotFound"),
    Case(NoReason, kit.DeclarationConformance, "test_what_is_not_there_has_a_reason[pin_post]", "no reason"),
    Case(ForgottenMethod, kit.DeclarationConformance, "test_what_has_a_method_is_declared", "pin_post"),
)


def _suite(case: Case) -> type:
    def stage(self: Any) -> Stage:
        return sandbox_stage(case.adapter, case.face)

    body = {"stage": pytest.fixture(stage), "__module__": __name__}
    return type(case.name, (case.kit,), body)


for _case in CASES:
    globals()[_case.name] = _suite(_case)
