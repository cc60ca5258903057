"""An adapter that is honest in its network's own way keeps the kit; `broken_*` hold what is then still caught."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from pydantic import BaseModel

from broken.cases import KEYS, Ploshchad, PloshchadFace, altered, declaring
from broken.habits import AsksASecondHost, WithTokens
from munsocial.errors import RequestRefused
from munsocial.network import Ability, Limits, Page, absent, native
from munsocial.network.settings import BaseAddress
from munsocial.sandbox.numbering import Numbering
from munsocial.testing import conformance as kit
from munsocial.testing.conformance import sandbox_stage
from munsocial.wording import Text


class _ForSomeDays(Ploshchad):
    """Refuses a ban that ends later than declared."""

    async def ban(self, account: Any, user: str, *, until: Any, **given: Any) -> None:
        clock, most = self.equipment.clock, self.capabilities.of(Ability.BAN).limits.days
        assert clock is not None
        assert most is not None
        if until is not None and until - clock() > timedelta(days=most):
            raise RequestRefused(Text(f"Не дольше {most} дней.", f"{most} days at most."))
        await super().ban(account, user, until=until, **given)


def _for_days(days: int) -> type[Ploshchad]:
    bans = native(keys=KEYS, limits=Limits(days=days))
    return type(f"For{days}Days", (_ForSomeDays,), {"capabilities": declaring(but={Ability.BAN: bans})})


class ShortOfWords(Ploshchad):
    """Its pages have addresses of a code, and people are named by surname and initial."""

    async def read_profile(self, account: Any) -> Any:
        found = await super().read_profile(account)
        return found.model_copy(
            update={"url": f"https://ploshchad.example/p/{zlib.crc32(found.network_id.encode()):x}"}
        )

    async def list_comments(self, account: Any, post: str, *, cursor: str | None = None) -> Page[Any]:
        page = await super().list_comments(account, post, cursor=cursor)
        return Page(tuple(_with_initial(one) for one in page.items), page.cursor)


class BotPage(PloshchadFace):
    """The network has no voice of pages: whoever answers by a key is its bot."""

    def _reply(self, request: Any, page: str, post: str, owner: str) -> Any:
        made = super()._reply(request, page, post, owner)
        comment = self.world.find_comment("ploshchad", page, made["id"])
        if ("ploshchad", "bot") not in self.world.users:
            self.world.add_user("ploshchad", "Бот", id="bot")
        comment.as_page, comment.author = False, "bot"
        return made


class SpeaksByABot(Ploshchad):
    """Answers comments under its own posts, and nothing else; what its bot said it knows."""

    async def reply(self, account: Any, text: str, *, to: Any = None, under: Any = None, **given: Any) -> str:
        if to is None or under is not None:
            raise RequestRefused(Text("Только на комментарий у себя.", "Comments under own posts only."))
        return await super().reply(account, text, to=to, **given)

    async def list_comments(self, account: Any, post: str, *, cursor: str | None = None) -> Page[Any]:
        page = await super().list_comments(account, post, cursor=cursor)
        return altered(page, lambda one: {"by_account": account.id} if one.author_id == "bot" else {})


class AnswersNoPost(Ploshchad):
    """Answers comments, under posts of other pages too; never a post itself."""

    async def reply(self, account: Any, text: str, *, to: Any = None, **given: Any) -> str:
        if to is None:
            raise RequestRefused(Text("Только на комментарий.", "Comments only."))
        return await super().reply(account, text, to=to, **given)


class BansWithoutEnd(Ploshchad):
    """Its network knows no term; what munsocial bans it lifts again."""

    capabilities = declaring(but={Ability.BAN: native(keys=KEYS, limits=Limits(days=0))})

    async def ban(self, account: Any, user: str, *, until: Any, **given: Any) -> None:
        await super().ban(account, user, until=None, **given)


class NeverUnbans(Ploshchad):
    """Its network knows no term and lifts no ban."""

    capabilities = declaring(
        but={Ability.BAN: native(keys=KEYS, limits=Limits(days=0)), Ability.UNBAN: absent(Text("Нет.", "No."))}
    )

    async def ban(self, account: Any, user: str, *, until: Any, **given: Any) -> None:
        if until is not None:
            raise RequestRefused(Text("Только навсегда.", "For ever only."))
        await super().ban(account, user, until=None, **given)


def weighed(text: str) -> int:
    """Count as X does, roughly: short texts, and a mark of byte order makes one that cannot be sent."""
    return 1_000_000 if "\ufeff" in text else sum(1 if ord(sign) < 0x1100 else 2 for sign in text)


class ShortTexts(Ploshchad):
    """Its posts are shorter than the texts of most."""

    capabilities = declaring(
        but={Ability.PUBLISH: native(keys=KEYS, limits=Limits(text=280, media=0, measure=weighed), keyed=True)}
    )

    async def publish(self, account: Any, draft: Any, *, key: str) -> Any:
        if weighed(draft.text) > 280:
            raise RequestRefused(Text("До 280.", "Up to 280."))
        return await super().publish(account, draft, key=key)


def words(text: str) -> int:
    """Count words."""
    return len(text.split())


class CountsWords(Ploshchad):
    """Its polls are measured as its texts are, by words."""

    capabilities = declaring(
        but={Ability.PUBLISH: native(keys=KEYS, limits=Limits(poll_answer_text=3, measure=words), keyed=True)}
    )

    async def publish(self, account: Any, draft: Any, *, key: str) -> Any:
        if draft.poll and any(words(one) > 3 for one in draft.poll.answers):
            raise RequestRefused(Text("До трёх слов.", "Up to three words."))
        return await super().publish(account, draft.model_copy(update={"poll": None}), key=key)


class TellsItsSecondHost(AsksASecondHost):
    """Goes by the setting of its second host."""

    @property
    def host(self) -> str:
        return str(self.equipment.settings.get("token_url", super().host))


class _OnItsOwn(BaseModel):
    base_url: BaseAddress = "https://api.ploshchad.example"
    token_url: BaseAddress | None = None


class MayTellItsSecondHost(TellsItsSecondHost):
    """Has a setting for its second host that need not be given."""

    settings_model: ClassVar[Any] = _OnItsOwn


def _with_initial(one: Any) -> Any:
    if one.author_kind != "user" or one.author_name is None:
        return one
    first, _, last = one.author_name.partition(" ")
    return one.model_copy(update={"author_name": f"{last} {first[0]}."})


@dataclass(frozen=True)
class Honest:
    """What an adapter does otherwise than most, and the tests of the kit that it keeps nevertheless."""

    adapter: type[Ploshchad]
    kit: type
    tests: tuple[str, ...]
    lacks: Iterable[str] = ()
    face: Callable[[Any], Any] = PloshchadFace
    given: dict[str, Any] = field(default_factory=dict)
    """Parameters of the tests."""

    def __str__(self) -> str:
        return f"{self.adapter.__name__}-{self.kit.__name__}"


_BANS = ("test_the_term_is_kept", "test_a_second_ban_changes_the_first")
_ANSWERS = (
    "test_it_takes_effect",
    "test_it_is_read_back_as_ours",
    "test_without_a_comment_it_stands_under_the_post",
    "test_it_stands_under_the_named_page",
)
_NO_VOICE = ("page_voice", "post_answers", "answers_elsewhere")
_POLLS = ("test_a_poll_beyond_its_limits_is_refused_before_sending",)
_RANDOM, _GIVEN = ("test_random_texts_arrive_unchanged",), ("test_texts_arrive_unchanged",)
_READ, _NAMED = "test_it_reads_what_is_there", "test_it_reads_the_page_that_is_asked_for"

HONEST = (
    Honest(_for_days(1), kit.BanConformance, (*_BANS[1:], "test_it_takes_effect")),
    Honest(_for_days(7), kit.BanConformance, _BANS[:1], given={"days": 30}),
    Honest(_for_days(30), kit.BanConformance, _BANS[1:]),
    Honest(ShortOfWords, kit.ReadProfileConformance, (_READ, _NAMED), lacks=("named_addresses",)),
    Honest(ShortOfWords, kit.ListCommentsConformance, (_READ,), lacks=("full_names",)),
    Honest(SpeaksByABot, kit.ReplyConformance, _ANSWERS, lacks=_NO_VOICE, face=BotPage),
    Honest(AnswersNoPost, kit.ReplyConformance, _ANSWERS, lacks=("post_answers",)),
    Honest(BansWithoutEnd, kit.BanConformance, (*_BANS[1:], "test_it_takes_effect", "test_it_can_be_undone")),
    Honest(BansWithoutEnd, kit.BanConformance, _BANS[:1], given={"days": 30}),
    Honest(NeverUnbans, kit.BanConformance, (*_BANS[1:], "test_it_takes_effect")),
    Honest(
        TellsItsSecondHost, kit.ReadProfileConformance, (_READ, "test_it_goes_where_the_settings_say"), face=WithTokens
    ),
    Honest(MayTellItsSecondHost, kit.ReadProfileConformance, ("test_it_goes_where_the_settings_say",), face=WithTokens),
    Honest(CountsWords, kit.PublishConformance, _POLLS),
    *(Honest(ShortTexts, kit.PublishConformance, _RANDOM, given={"seed": seed}) for seed in range(2)),
    *(Honest(ShortTexts, kit.PublishConformance, _GIVEN, given={"text": text}) for text in ("controls", "emoji")),
)


@pytest.mark.parametrize("honest", HONEST, ids=str)
def test_it_keeps_the_kit(honest: Honest) -> None:
    for name in honest.tests:
        stage = sandbox_stage(honest.adapter, honest.face, lacks=frozenset(honest.lacks))
        # A test of the kit returns nothing, or raises.
        assert getattr(honest.kit(), name)(stage, **honest.given) is None


class NamedByPosts(Numbering):
    """Comments are found together with their post only."""

    def comment(self, page: Any, post: str, at: Any) -> str:
        return f"{post}~{super().comment(page, post, at)}"


def test_ids_of_a_world_are_those_of_the_network() -> None:
    stage = sandbox_stage(Ploshchad, PloshchadFace, ids=NamedByPosts())
    deleting: Any = kit.DeleteCommentConformance()
    made = deleting.furnish(stage, 0)
    assert made.comment.startswith(f"{made.post}~")
    assert deleting.test_it_takes_effect(stage) is None


def test_a_word_that_says_nothing_is_told() -> None:
    with pytest.raises(ValueError, match=r"Stage\.lacks knows no bann_ground; it knows answers_elsewhere, ban_ground,"):
        sandbox_stage(Ploshchad, PloshchadFace, lacks=frozenset({"bann_ground"}))
