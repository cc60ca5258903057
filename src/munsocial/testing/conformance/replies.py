"""The ability to answer comments: under which post, to whom, in whose name."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from munsocial.model.accounts import NetworkAccount
from munsocial.network.abilities import Ability, How
from munsocial.sandbox.things import Comment
from munsocial.testing.conformance.acting import WritingConformance
from munsocial.testing.conformance.checks import caught, ours
from munsocial.testing.conformance.stage import Bench, Stage, Work
from munsocial.testing.conformance.targets import Target

__all__ = ["ReplyConformance", "a_comment"]

_LACKING = "a network where that cannot be otherwise says so in Stage.lacks: {{'{word}'}}"


def a_comment(stage: Stage, number: int) -> Target:
    """Publish a post and let a citizen comment it."""
    world, page = stage.there, stage.page
    at = (stage.now - timedelta(hours=6)).replace(microsecond=0)
    post = world.publish(page.network, page.id, f"Что думаете? {number}", at=at)
    citizen = world.add_user(page.network, f"Павел{number}", "Горский")
    later = at + timedelta(minutes=20)
    comment = world.comment(page.network, page.id, post.id, f"Когда? {number}", author=citizen.id, at=later)
    return Target(post=post.id, comment=comment.id, user=citizen.id)


def _asked_under(stage: Stage, page: NetworkAccount, post: str) -> str:
    """Let a citizen comment a post of another page."""
    citizen = stage.there.add_user(stage.network, "Павла", "Горская")
    at = (stage.now - timedelta(minutes=30)).replace(microsecond=0)
    return stage.there.comment(stage.network, page.network_id, post, "А у нас?", author=citizen.id, at=at).id


class ReplyConformance(WritingConformance):
    """An answer to a comment, in the name of the page; in that of its bot, where the network has nothing else."""

    ability = Ability.REPLY
    makes = "comment"
    harmless = False

    def furnish(self, stage: Stage, number: int) -> Target:
        """Let a citizen ask."""
        made = a_comment(stage, number)
        return replace(made, text=f"Здравствуйте! Завтра. {number}", key=f"conformance-{number}")

    def perform(self, bench: Bench, target: Target) -> Work:
        """Answer."""
        account = bench.account(self.ability)
        return bench.adapter.reply(account, target.text, post=target.post, to=target.comment, key=target.key)

    def _answers(self, stage: Stage, target: Target) -> list[Comment]:
        said = stage.there.post(stage.network, stage.page.id, target.post).comments
        return [one for one in said if one.id != target.comment and not one.deleted]

    def standing(self, stage: Stage, target: Target) -> list[str]:
        """Return texts of answers to that comment; none of them is in another name than ours."""
        found = [one for one in self._answers(stage, target) if target.comment in (one.reply_to, one.thread)]
        for one in found:
            _in_our_name(stage, one)
        return [one.text for one in found]

    def test_it_returns_the_id(self, stage: Stage) -> None:
        """The id that comes back is the id of the new comment."""
        target = self.furnish(stage, 0)
        bench = stage.open()
        made = bench.run(self.perform(bench, target))
        ids = [one.id for one in self._answers(stage, target)]
        assert made in ids, f"it returns {made!r}, the new comment is {ids}"

    def test_it_is_read_back_as_ours(self, stage: Stage) -> None:
        """Where comments can be listed ours is known among them, or it passes for the question of a citizen."""
        bench = stage.open()
        if bench.declared(Ability.LIST_COMMENTS).how is not How.NATIVE:
            pytest.skip(f"{self.ability.value}: comments cannot be listed")
        target, account = self.furnish(stage, 0), bench.account(self.ability)
        made = bench.run(self.perform(bench, target))
        page = bench.run(bench.adapter.list_comments(account, target.post))
        found = [one for one in page.items if one.id == made]
        assert found, f"the new comment {made} is not listed"
        (one,) = found
        as_page = one.author_kind == "group" and (one.author_id or "").lstrip("-") == stage.page.id
        told = f"author_id {one.author_id!r}, author_kind {one.author_kind!r}, by_account {one.by_account!r}"
        assert one.by_owner or as_page or one.by_account == account.id, (
            f"our own answer is read as somebody else's: {told}; where a bot answers, by_account is the account's id"
        )

    def test_an_answer_to_what_is_gone_is_refused(self, stage: Stage) -> None:
        """A comment that is not there any more is answered by nobody: under the post the answer would puzzle all."""
        target = self.furnish(stage, 0)
        stage.there.post(stage.network, stage.page.id, target.post).comments.clear()
        _, made, error = self.under(stage, None, target)
        stands = [one.text for one in self._answers(stage, target)]
        assert not stands, f"the comment is gone, and its answer stands elsewhere: {stands}"
        assert error is not None, f"the comment is gone, and the answer is told as {made!r}"
        ours(error, "an answer to a comment that is gone")

    def test_without_a_comment_it_stands_under_the_post(self, stage: Stage) -> None:
        """``to`` may be left out: then the answer is to the post."""
        target = self.furnish(stage, 0)
        bench = stage.open()
        account = bench.account(self.ability)
        _, error = caught(bench, bench.adapter.reply(account, target.text, post=target.post, key=target.key))
        if "post_answers" in stage.lacks:
            self.refused_unsent(bench, error, "an answer to no comment, while post_answers are lacking,")
            return
        assert error is None, f"an answer to the post itself: {error!r}; {_LACKING.format(word='post_answers')}"
        (answer,) = self._answers(stage, target)
        assert (answer.text, answer.reply_to) == (target.text, None), f"it stands there as {answer!r:.200}"
        _in_our_name(stage, answer)

    def test_it_stands_under_the_named_page(self, stage: Stage) -> None:
        """``under`` names another page, under whose post the answer stands, in the name of ours.

        Where only comments can be answered, a citizen's comment under that post is; where nothing can be answered
        there, that is refused before sending.
        """
        page = stage.page
        other = stage.another_page("upstream-proba")
        post = stage.there.publish(
            page.network, other.network_id, "Вопрос жителя наверху", at=stage.now - timedelta(hours=1)
        )
        to = _asked_under(stage, other, post.id) if stage.lacks & {"post_answers", "answers_elsewhere"} else None
        bench = stage.open()
        place = {"post": post.id, "to": to, "under": other, "key": "conformance-under"}
        _, error = caught(bench, bench.adapter.reply(bench.account(self.ability), "Ответим завтра", **place))
        if "answers_elsewhere" in stage.lacks:
            self.refused_unsent(bench, error, "an answer under another page, while answers_elsewhere are lacking,")
            return
        said = [one for one in stage.there.post(page.network, other.network_id, post.id).comments if one.id != to]
        assert error is None, f"under another page: {error!r}; {_LACKING.format(word='answers_elsewhere')}"
        texts = [one.text for one in said]
        assert texts == ["Ответим завтра"], f"under the post of the other page stand {texts}"
        there = (said[0].reply_to, said[0].thread)
        assert to is None or to in there, f"under another page it answers {there}, not to the comment {to}"
        _in_our_name(stage, said[0], "under another page ")


def _in_our_name(stage: Stage, comment: Comment, where: str = "") -> None:
    """Check that a comment that came through us is the page's; that of a bot or a person, where pages have no voice."""
    if "page_voice" in stage.lacks:
        assert not comment.as_page, f"page_voice is lacking, and yet {where}the page {comment.author!r} answers"
        return
    voice = f"{comment.author!r}{'' if comment.as_page else ' as a person'}"
    ours = comment.as_page and comment.author.lstrip("-") == stage.page.id
    told = f"{where}it answers in the name of {voice}, not of {stage.page.id!r}"
    assert ours, f"{told}; {_LACKING.format(word='page_voice')}"
