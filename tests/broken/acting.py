"""Adapters that act wrongly, each with one defect, and the test of the kit that has to catch it.

Not collected by itself: `test_broken_adapters` runs it with pytest, as an author would run the kit, and reads what
became of it.
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from broken.cases import KEYS, Case, NeverRepeats, Ploshchad, PloshchadFace, declaring, suites, wire
from munsocial.errors import DraftRefused, NetworkError
from munsocial.network import Ability, Draft, Equipment, Limits, PostId, native, utf16_units
from munsocial.testing import conformance as kit
from munsocial.testing.conformance import Stage, sandbox_stage
from munsocial.transport.session import Repeat
from munsocial.wording import Text


class WantsMore(Ploshchad):
    async def publish(self, account: Any, draft: Any, *, key: str, mood: str) -> Any:  # type: ignore[override]
        return await super().publish(account, draft, key=key)


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
        self, method: str, verb: str, path: Any, kind: Any, account: Any, repeat: Repeat, **parts: Any
    ) -> Any:
        repeat = Repeat.ONCE if method == "publish" else repeat
        return await super()._send(method, verb, path, kind, account, repeat, **parts)


class NewKeyEachTime(Ploshchad):
    async def publish(self, account: Any, draft: Any, *, key: str) -> PostId:
        return await super().publish(account, draft, key=str(uuid.uuid4()))


class OneKeyForAll(Ploshchad):
    async def publish(self, account: Any, draft: Any, *, key: str) -> PostId:
        return await super().publish(account, draft, key="the-key")


class OldCharset(Ploshchad):
    async def publish(self, account: Any, draft: Draft, *, key: str) -> PostId:
        text = draft.text.encode("cp1251", "replace").decode("cp1251")
        return await super().publish(account, draft.model_copy(update={"text": text}), key=key)


class CutsTexts(Ploshchad):
    async def publish(self, account: Any, draft: Draft, *, key: str) -> PostId:
        return await super().publish(account, draft.model_copy(update={"text": draft.text[:4000]}), key=key)


class CountsUnitsInSilence(Ploshchad):
    """Its network counts in UTF-16, and nobody is told."""

    async def publish(self, account: Any, draft: Draft, *, key: str) -> PostId:
        if utf16_units(draft.text) > 4000:
            raise DraftRefused(Text("Длиннее 4000.", "Over 4000."))
        return await super().publish(account, draft, key=key)


class CountsCodePoints(Ploshchad):
    """Declares what it does not keep to."""

    capabilities = declaring(
        but={Ability.PUBLISH: native(keys=KEYS, limits=Limits(text=4000, media=0, measure=utf16_units), keyed=True)}
    )


class AsksTheServer(Ploshchad):
    async def publish(self, account: Any, draft: Draft, *, key: str) -> PostId:
        path = ("pages", await self._id(account), "posts")
        made = await self._write("publish", "POST", path, wire.Made, account, {"text": draft.text}, key)
        return PostId(id=made.id)


class LosesAttachments(AsksTheServer):
    pass


class PublishesAtOnce(AsksTheServer):
    pass


class LeavesCommentsOpen(Ploshchad):
    async def publish(self, account: Any, draft: Draft, *, key: str) -> PostId:
        return await super().publish(account, draft.model_copy(update={"comments_closed": False}), key=key)


class SaysItClosesComments(LeavesCommentsOpen):
    capabilities = declaring(but={Ability.PUBLISH: native(keys=KEYS, keyed=True, closes_comments=True)})


class IgnoresVariants(Ploshchad):
    async def publish(self, account: Any, draft: Draft, *, key: str) -> PostId:
        return await super().publish(account, draft.model_copy(update={"variants": {}}), key=key)


class AnotherId(Ploshchad):
    async def publish(self, account: Any, draft: Draft, *, key: str) -> PostId:
        made = await super().publish(account, draft, key=key)
        return PostId(id=f"ploshchad-{made.id}")


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
        self, method: str, verb: str, path: Any, kind: Any, account: Any, repeat: Repeat, **parts: Any
    ) -> Any:
        return await super()._send(method, verb, path, kind, account, Repeat.ONCE, **parts)


class AnybodysKey(Ploshchad):
    async def publish(self, account: Any, draft: Draft, *, key: str) -> PostId:
        whose = self.keys.any_of(KEYS)[0].account
        return await super().publish(account.model_copy(update={"id": whose}), draft, key=key)


class GoneIsAnError(Ploshchad):
    async def _remove(self, method: str, path: Any, account: Any) -> None:
        await self._write(method, "DELETE", path, type(None), account, None, "/".join(path))


class BansForEver(Ploshchad):
    async def ban(self, account: Any, user: str, *, until: Any, **given: Any) -> None:
        await super().ban(account, user, until=None, **given)


class BansForAnyTerm(Ploshchad):
    """Declares a limit and leaves it to the server."""

    capabilities = declaring(but={Ability.BAN: native(keys=KEYS, limits=Limits(days=3))})


class UnbansNobody(Ploshchad):
    async def unban(self, account: Any, user: str) -> None:
        await super().unban(account, "nobody")


class AnswersThePost(Ploshchad):
    async def reply(self, account: Any, text: str, *, to: str | None = None, **given: Any) -> str:
        return await super().reply(account, text, to=None, **given)


class AnswersAtHome(Ploshchad):
    async def reply(self, account: Any, text: str, *, under: Any = None, **given: Any) -> str:
        return await super().reply(account, text, under=None, **given)


class VoiceOfTheOther(PloshchadFace):
    """Lets whoever answers speak in the name of the page under which it stands."""

    def _reply(self, request: Any, page: str, post: str, owner: str) -> Any:
        return super()._reply(request, page, post, page)


class VoiceOfAPerson(PloshchadFace):
    def _reply(self, request: Any, page: str, post: str, owner: str) -> Any:
        made = super()._reply(request, page, post, owner)
        self.world.find_comment("ploshchad", page, made["id"]).as_page = False
        return made


class AnswersForTheGovernor(Ploshchad):
    """Its network lets it."""


class AnswersAsAPerson(Ploshchad):
    """Its network lets it."""


class PassesForACitizen(Ploshchad):
    """Its network lets a bot answer; that it was ours nobody is told."""


class AnswersThePostElsewhere(Ploshchad):
    """At home it answers comments alone, and under another page it forgets which was meant."""

    async def reply(self, account: Any, text: str, *, to: Any = None, under: Any = None, **given: Any) -> str:
        return await super().reply(account, text, to=None if under else to, under=under, **given)


def comments_only(adapter: type) -> Stage:
    return sandbox_stage(adapter, PloshchadFace, lacks=frozenset({"post_answers"}))


def by_a_bot(adapter: type) -> Stage:
    lacks = frozenset({"page_voice", "answers_elsewhere"})
    return sandbox_stage(adapter, VoiceOfAPerson, lacks=lacks)


class DeletesTheFirst(Ploshchad):
    async def delete_comment(self, account: Any, comment: str) -> None:
        since, until = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
        posts = (await self.list_posts(account, since=since, until=until)).items
        for post in posts:
            said = (await self.list_comments(account, post.id)).items
            if said:
                return await super().delete_comment(account, said[0].id)
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


class MixesDrafts(Ploshchad):
    async def publish(self, account: Any, draft: Draft, *, key: str) -> PostId:
        self.draft = draft
        await self.resolve_handle(account.handle)
        return await super().publish(account, self.draft, key=key)


class AnotherKeyWhenUnclear(Ploshchad):
    async def publish(self, account: Any, draft: Draft, *, key: str) -> PostId:
        try:
            return await super().publish(account, draft, key=key)
        except NetworkError as error:
            if error.executed is None:
                return await super().publish(account, draft, key=f"{key}-again")
            raise


CASES = (
    Case(AnotherKeyWhenUnclear, kit.PublishConformance, "test_a_lost_answer_for_ever[lost_after]", "2 times"),
    Case(AnotherKeyWhenUnclear, kit.PublishConformance, "test_a_lost_answer_for_ever[html]", "2 times"),
    Case(MixesDrafts, kit.PublishConformance, "test_several_at_once_do_not_mix", "at once with others"),
    Case(WantsMore, kit.PublishConformance, "test_method_is_as_the_protocol_says", "wants mood"),
    Case(PretendsToPublish, kit.PublishConformance, "test_it_takes_effect", "no effect on the world"),
    Case(PublishesAgain, kit.PublishConformance, "test_a_lost_answer_is_not_doubled[lost_after]", "2 times"),
    Case(NewKeyEachTime, kit.PublishConformance, "test_repeating_it_is_safe", "2 times"),
    Case(OneKeyForAll, kit.PublishConformance, "test_another_key_is_another_deed", "1 times instead of twice"),
    Case(Ploshchad, kit.PublishConformance, "test_repeating_it_is_safe", "2 times", NoIdempotency),
    Case(OldCharset, kit.PublishConformance, "test_texts_arrive_unchanged[emoji]", "stands there as"),
    Case(OldCharset, kit.PublishConformance, "test_random_texts_arrive_unchanged[0]", "stands there as"),
    Case(CutsTexts, kit.PublishConformance, "test_a_longer_text_is_refused_before_sending[1]", "was not refused"),
    Case(CountsUnitsInSilence, kit.PublishConformance, "test_the_longest_text_arrives", "says so in Limits.measure"),
    Case(
        CountsCodePoints, kit.PublishConformance, "test_a_longer_text_is_refused_before_sending[1]", "was not refused"
    ),
    Case(AsksTheServer, kit.PublishConformance, "test_a_longer_text_is_refused_before_sending[1]", "only after 1"),
    Case(AsksTheServer, kit.PublishConformance, "test_an_empty_text_is_refused_before_sending", "only after 1"),
    Case(LosesAttachments, kit.PublishConformance, "test_attachments_arrive_or_are_refused[photo]", "was not refused"),
    Case(LosesAttachments, kit.PublishConformance, "test_attachments_arrive_or_are_refused[link]", "link"),
    Case(PublishesAtOnce, kit.PublishConformance, "test_a_later_moment_is_kept_or_refused", "was not refused"),
    Case(LeavesCommentsOpen, kit.PublishConformance, "test_comments_are_closed_or_it_is_refused", "was not refused"),
    Case(SaysItClosesComments, kit.PublishConformance, "test_comments_are_closed_or_it_is_refused", "are open"),
    Case(IgnoresVariants, kit.PublishConformance, "test_a_variant_of_the_network_is_taken", "passed over"),
    Case(AnotherId, kit.PublishConformance, "test_it_returns_the_id", "it returns the id"),
    Case(AnotherId, kit.PublishConformance, "test_it_is_read_back", "is not listed"),
    Case(OnlyOnceButKeyed, kit.PublishConformance, "test_a_lost_answer_is_not_doubled[cut]", "executed is False"),
    Case(NeverRepeats, kit.PublishConformance, "test_a_lost_answer_is_not_doubled[cut]", "declared as keyed"),
    Case(RefusesOnRate, kit.PublishConformance, "test_a_refusal_by_rate_is_waited_for", "ended it"),
    Case(
        AnybodysKey,
        kit.PublishConformance,
        "test_keys_of_other_accounts_are_left_alone",
        "with the key of another account",
    ),
    Case(GoneIsAnError, kit.DeletePostConformance, "test_repeating_it_is_safe", "repeating it is an error"),
    Case(BansForEver, kit.BanConformance, "test_the_term_is_kept[30]", "it is None"),
    Case(BansForAnyTerm, kit.BanConformance, "test_a_second_ban_changes_the_first", "for 4 days (the limit is 3)"),
    Case(UnbansNobody, kit.UnbanConformance, "test_it_takes_effect", "no effect on the world"),
    Case(AnswersThePost, kit.ReplyConformance, "test_it_takes_effect", "no effect on the world"),
    Case(AnswersAtHome, kit.ReplyConformance, "test_it_stands_under_the_named_page", ""),
    Case(
        AnswersForTheGovernor,
        kit.ReplyConformance,
        "test_it_stands_under_the_named_page",
        "it answers in the name of",
        VoiceOfTheOther,
    ),
    Case(
        AnswersAsAPerson,
        kit.ReplyConformance,
        "test_without_a_comment_it_stands_under_the_post",
        "in the name of",
        VoiceOfAPerson,
    ),
    Case(
        AnswersAsAPerson,
        kit.ReplyConformance,
        "test_it_takes_effect",
        "says so in Stage.lacks: {'page_voice'}",
        VoiceOfAPerson,
    ),
    Case(
        AnswersThePostElsewhere,
        kit.ReplyConformance,
        "test_it_stands_under_the_named_page",
        "not to the comment",
        stage=comments_only,
    ),
    Case(PassesForACitizen, kit.ReplyConformance, "test_it_is_read_back_as_ours", "by_account", stage=by_a_bot),
    Case(
        PassesForACitizen,
        kit.ReplyConformance,
        "test_it_stands_under_the_named_page",
        "was not refused; 1 requests were sent",
        stage=by_a_bot,
    ),
    Case(DeletesTheFirst, kit.DeleteCommentConformance, "test_nothing_else_is_touched", "not the one acted upon"),
)

globals().update(suites(CASES, __name__))
