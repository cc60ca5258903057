"""Adapters that do more than they were asked for, and the test of the kit that has to catch each.

Not collected by itself: `test_broken_adapters` runs it with pytest, as an author would run the kit, and reads what
became of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from broken.cases import Case, Ploshchad, suites
from munsocial.model.content import Comment, Post
from munsocial.network import Draft, PostId
from munsocial.testing import conformance as kit


class _Looking(Ploshchad):
    """Knows what stands on a page."""

    async def posts(self, account: Any) -> Iterable[Post]:
        since, until = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
        return (await self.list_posts(account, since=since, until=until)).items

    async def said(self, account: Any) -> list[Comment]:
        posts = await self.posts(account)
        return [one for post in posts for one in (await self.list_comments(account, post.id)).items if not one.deleted]


class BanDeletesComments(_Looking):
    async def ban(self, account: Any, user: str, **given: Any) -> None:
        await super().ban(account, user, **given)
        for one in await self.said(account):
            if one.author_id == user:
                await self.delete_comment(account, one.id)


class UnbansAll(_Looking):
    async def unban(self, account: Any, user: str) -> None:
        for one in (await self.read_bans(account)).items:
            await super().unban(account, one.user_id)


class DeletionBans(_Looking):
    async def delete_comment(self, account: Any, comment: str) -> None:
        authors = [one.author_id for one in await self.said(account) if one.id == comment]
        await super().delete_comment(account, comment)
        for author in authors:
            await self.ban(account, str(author), ground="spam", until=None)


class DeletesAnswersToo(_Looking):
    async def delete_post(self, account: Any, post: str) -> None:
        for one in await self.said(account):
            if one.post_id != post:
                await self.delete_comment(account, one.id)
        await super().delete_post(account, post)


class ReplyDeletesTheQuestion(Ploshchad):
    async def reply(self, account: Any, text: str, *, to: str | None = None, **given: Any) -> str:
        made = await super().reply(account, text, to=to, **given)
        if to:
            await self.delete_comment(account, to)
        return made


class PublishDeletesTheLast(_Looking):
    async def publish(self, account: Any, draft: Draft, *, key: str) -> PostId:
        before = [one.id for one in await self.posts(account)]
        made = await super().publish(account, draft, key=key)
        for post in before[:1]:
            await self.delete_post(account, post)
        return made


class ChangesTheAccount(Ploshchad):
    async def read_profile(self, account: Any) -> Any:
        seen = await super().read_profile(account)
        account.__dict__["handle"] = "isporcheno"
        return seen


class ChangesTheSettings(Ploshchad):
    async def delete_post(self, account: Any, post: str) -> None:
        settings: Any = self.equipment.settings
        settings["base_url"] = "https://api.ploshchad.example"
        await super().delete_post(account, post)


class ChangesTheDraft(Ploshchad):
    async def publish(self, account: Any, draft: Draft, *, key: str) -> PostId:
        made = await super().publish(account, draft, key=key)
        variants: Any = draft.variants
        variants["vk"] = "испорчено"
        return made


_TEST, _SAYS = "test_nothing_else_is_touched", "beside what was asked for it changed or made: "

CASES = (
    Case(BanDeletesComments, kit.BanConformance, _TEST, f"{_SAYS}comment "),
    Case(UnbansAll, kit.UnbanConformance, _TEST, ""),
    Case(DeletionBans, kit.DeleteCommentConformance, _TEST, ""),
    Case(DeletesAnswersToo, kit.DeletePostConformance, _TEST, f"{_SAYS}comment "),
    Case(ReplyDeletesTheQuestion, kit.ReplyConformance, _TEST, f"{_SAYS}comment "),
    Case(ChangesTheAccount, kit.ReadProfileConformance, "test_it_reads_what_is_there", "the account that was given"),
    Case(ChangesTheSettings, kit.DeletePostConformance, "test_it_takes_effect", "the settings that were given"),
    Case(ChangesTheDraft, kit.PublishConformance, "test_a_variant_of_the_network_is_taken", "the draft that was given"),
    Case(PublishDeletesTheLast, kit.PublishConformance, _TEST, f"{_SAYS}post "),
)

globals().update(suites(CASES, __name__))
