"""The abilities of publications: publish, schedule, edit, delete, restore, pin, close comments."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from munsocial.model.content import PostState
from munsocial.network.abilities import Ability, How, Limits
from munsocial.network.drafts import Draft, PostId
from munsocial.sandbox.things import Media as Shown
from munsocial.sandbox.things import Post
from munsocial.testing.conformance.acting import ActingConformance, WritingConformance
from munsocial.testing.conformance.attachments import CarryingConformance, made_of, posts_of
from munsocial.testing.conformance.checks import caught, ours
from munsocial.testing.conformance.stage import Bench, Stage, Work
from munsocial.testing.conformance.targets import Target

__all__ = [
    "CloseCommentsConformance",
    "DeletePostConformance",
    "EditPostConformance",
    "PinPostConformance",
    "PublishConformance",
    "RestorePostConformance",
    "ScheduleConformance",
]


def _a_post(stage: Stage, text: str, **more: Any) -> Post:
    at = (stage.now - timedelta(hours=2)).replace(microsecond=0)
    return stage.there.publish(stage.network, stage.page.id, text, at=at, **more)


def _gone_is_told(kit: ActingConformance, stage: Stage) -> None:
    target = kit.furnish(stage, 0)
    del stage.page.posts[target.post]
    _, _, error = kit.under(stage, None, target)
    assert error is not None, f"{kit.ability.value}: the post is not there, and yet it is told as done"
    ours(error, f"{kit.ability.value} of a post that is not there")


class PublishConformance(CarryingConformance):
    """A publication in the name of the page."""

    ability = Ability.PUBLISH
    makes = "post"
    harmless = False

    def furnish(self, stage: Stage, number: int) -> Target:
        """Nothing is needed but a text."""
        return Target(text=f"Субботник в парке, сбор в девять. Проба {number}", key=f"conformance-{number}")

    def draft(self, stage: Stage, target: Target) -> Draft:
        """Return what is published."""
        return Draft(text=target.text, **target.more)

    def perform(self, bench: Bench, target: Target) -> Work:
        """Publish it."""
        return bench.adapter.publish(
            bench.account(self.ability), self.draft(bench.stage, target), key=target.key or "conformance"
        )

    def standing(self, stage: Stage, target: Target) -> list[str]:
        """Return texts of the wall."""
        return [post.text for post in posts_of(stage)]

    def test_it_returns_the_id(self, stage: Stage) -> None:
        """The id that comes back is the id of the new post."""
        target = self.furnish(stage, 0)
        bench = stage.open()
        made = bench.run(self.perform(bench, target))
        assert isinstance(made, PostId), f"it returns {type(made).__name__} instead of PostId"
        ids = [post.id for post in made_of(stage, target.text)]
        assert made.id in ids, f"it returns the id {made.id!r}, the post has {ids}"
        assert made.scheduled is (self.ability is Ability.SCHEDULE), f"scheduled is {made.scheduled}"

    def test_it_is_read_back(self, stage: Stage) -> None:
        """Where posts can be listed the new one is among them with its text."""
        bench = stage.open()
        if self.ability is Ability.SCHEDULE or bench.declared(Ability.LIST_POSTS).how is not How.NATIVE:
            pytest.skip("this is not read back by listing posts")
        target = self.furnish(stage, 0)
        made = bench.run(self.perform(bench, target))
        since, until = stage.span
        page = bench.run(bench.adapter.list_posts(bench.account(self.ability), since=since, until=until))
        found = [one for one in page.items if one.id == made.id]
        assert found, f"the new post {made.id} is not listed"
        assert found[0].text == target.text, f"it is read back as {found[0].text!r}"
        assert found[0].state is PostState.PUBLISHED, f"it is read back as {found[0].state}"

    def test_it_is_in_the_name_of_the_page(self, stage: Stage) -> None:
        """The author is the page and no person behind it."""
        target = self.furnish(stage, 0)
        bench = stage.open()
        bench.run(self.perform(bench, target))
        (post,) = made_of(stage, target.text)
        own = post.author in (None, stage.page.id, f"-{stage.page.id}")
        assert own, f"it is published in the name of {post.author}, not of the page"

    def test_a_variant_of_the_network_is_taken(self, stage: Stage) -> None:
        """A draft may have another text for this network; it stays as it was, for the networks after this one."""
        target = replace(self.furnish(stage, 0), more={"variants": {stage.network: "Короче говоря, приходите"}})
        bench, draft = stage.open(), self.draft(stage, target)
        before = draft.model_copy(deep=True)
        bench.run(bench.adapter.publish(bench.account(self.ability), draft, key=target.key))
        assert draft == before, f"the draft that was given has changed: {draft!r:.300}"
        seen = [post.text for post in posts_of(stage, "published", "scheduled")]
        assert "Короче говоря, приходите" in seen, f"Draft.variants is passed over: {seen}"

    def test_comments_are_closed_or_it_is_refused(self, stage: Stage) -> None:
        """A draft with closed comments stands there with closed ones, or is refused before anything is sent."""
        bench = stage.open()
        target = replace(self.furnish(stage, 0), more={"comments_closed": True})
        _, error = caught(bench, self.perform(bench, target))
        if not bench.declared(self.ability).closes_comments:
            what = "a draft with closed comments, while closes_comments is not declared,"
            self.refused_unsent(bench, error, what)
            return
        assert error is None, f"closes_comments is declared, but closed comments are refused: {error!r}"
        (post,) = made_of(stage, target.text)
        assert not post.comments_open, "closes_comments is declared, but the comments are open"

    def test_a_later_moment_is_kept_or_refused(self, stage: Stage) -> None:
        """Where nothing can be scheduled, a draft for later is refused; it is never published at once."""
        bench = stage.open()
        if bench.declared(Ability.SCHEDULE).how is How.NATIVE:
            pytest.skip("scheduling is declared: ScheduleConformance tries it")
        later = stage.now + timedelta(hours=3)
        target = replace(self.furnish(stage, 0), more={"publish_at": later})
        _, error = caught(bench, self.perform(bench, target))
        self.refused_unsent(bench, error, "a draft for later, while scheduling is not declared,")


class ScheduleConformance(PublishConformance):
    """A publication at a later moment."""

    ability = Ability.SCHEDULE

    def _moment(self, stage: Stage) -> Any:
        return (stage.now + timedelta(hours=5)).replace(minute=30, second=0, microsecond=0)

    def draft(self, stage: Stage, target: Target) -> Draft:
        """Return the draft with its moment."""
        return Draft(text=target.text, **{"publish_at": self._moment(stage), **target.more})

    def standing(self, stage: Stage, target: Target) -> list[str]:
        """Return texts that wait for exactly that moment."""
        return [post.text for post in posts_of(stage, "scheduled") if post.at == self._moment(stage)]

    def test_it_is_not_published_at_once(self, stage: Stage) -> None:
        """Nobody sees it before its moment; after it everybody does."""
        target = self.furnish(stage, 0)
        bench = stage.open()
        bench.run(self.perform(bench, target))
        assert target.text not in [post.text for post in posts_of(stage)], "it was published at once"
        stage.there.clock.sleep(8 * 3600)
        assert target.text in [post.text for post in posts_of(stage)], "it does not appear at its moment"

    def test_a_moment_that_is_past_is_refused_or_published(self, stage: Stage) -> None:
        """A moment that is past ends in our error, or in a post; never in one that waits for ever."""
        target = replace(self.furnish(stage, 0), more={"publish_at": stage.now - timedelta(days=2)})
        _, _, error = self.under(stage, None, target)
        ours(error, "a moment that is past")
        there = target.text in [post.text for post in posts_of(stage)]
        assert error is not None or there, "a draft for a past moment is neither refused nor published"


class EditPostConformance(WritingConformance):
    """A change of the text; attachments that the draft does not name stay."""

    ability = Ability.EDIT_POST
    changes = "post"
    full = False

    def most(self, limits: Limits) -> int | None:
        """Return how long a text beside a picture may be."""
        return limits.text if limits.caption is None else limits.caption

    def furnish(self, stage: Stage, number: int) -> Target:
        """Publish a post with a picture."""
        picture = Shown("photo", "", stage.page.id, facts={"width": 600, "height": 600})
        stage.there.add_media(stage.network, picture)
        post = _a_post(stage, f"Было так {number}", attachments=[picture])
        return Target(text=f"Стало так {number}", post=post.id)

    def perform(self, bench: Bench, target: Target) -> Work:
        """Edit it."""
        return bench.adapter.edit_post(bench.account(self.ability), target.post, Draft(text=target.text))

    def standing(self, stage: Stage, target: Target) -> list[str]:
        """Return the text of the post."""
        return [stage.there.post(stage.network, stage.page.id, target.post).text]

    def test_what_is_gone_is_not_changed(self, stage: Stage) -> None:
        """Of a post that is not there any more it does not say that it is done."""
        _gone_is_told(self, stage)

    def test_attachments_stay(self, stage: Stage) -> None:
        """The picture of the post is still there."""
        target = self.furnish(stage, 0)
        bench = stage.open()
        bench.run(self.perform(bench, target))
        kept = stage.there.post(stage.network, stage.page.id, target.post).attachments
        assert [one.kind for one in kept] == ["photo"], f"after the change the attachments are {kept!r:.200}"


class _OnPost(ActingConformance):
    def furnish(self, stage: Stage, number: int) -> Target:
        """Publish a post."""
        return Target(post=_a_post(stage, f"Новость {number}").id)

    def _post(self, stage: Stage, target: Target) -> Post:
        return stage.there.post(stage.network, stage.page.id, target.post)


class DeletePostConformance(_OnPost):
    """A post is taken down; one that is gone already is no error."""

    ability = Ability.DELETE_POST
    changes = "post"

    def perform(self, bench: Bench, target: Target) -> Work:
        """Delete it."""
        return bench.adapter.delete_post(bench.account(self.ability), target.post)

    def done(self, stage: Stage, target: Target) -> int:
        """Tell whether it is deleted."""
        return int(self._post(stage, target).state == "deleted")


class RestorePostConformance(_OnPost):
    """A deleted post is brought back."""

    ability = Ability.RESTORE_POST
    changes = "post"

    def furnish(self, stage: Stage, number: int) -> Target:
        """Publish a post and delete it."""
        target = super().furnish(stage, number)
        stage.there.delete_post(stage.network, stage.page.id, target.post)
        return target

    def perform(self, bench: Bench, target: Target) -> Work:
        """Restore it."""
        return bench.adapter.restore_post(bench.account(self.ability), target.post)

    def done(self, stage: Stage, target: Target) -> int:
        """Tell whether it stands there again."""
        return int(self._post(stage, target).state == "published")


class PinPostConformance(_OnPost):
    """A post is pinned, and unpinned."""

    ability = Ability.PIN_POST
    changes = "pinned"

    def test_what_is_gone_is_not_pinned(self, stage: Stage) -> None:
        """Of a post that is not there any more it does not say that it is done."""
        _gone_is_told(self, stage)

    def test_several_at_once_do_not_mix(self, stage: Stage) -> None:
        """There is nothing to mix."""
        pytest.skip("a page has only one pinned post")

    def perform(self, bench: Bench, target: Target) -> Work:
        """Pin it."""
        return bench.adapter.pin_post(bench.account(self.ability), target.post)

    def done(self, stage: Stage, target: Target) -> int:
        """Tell whether it is pinned."""
        return int(self._post(stage, target).pinned)

    def test_it_can_be_undone(self, stage: Stage) -> None:
        """``pinned=False`` unpins."""
        target = self.furnish(stage, 0)
        stage.there.pin(stage.network, stage.page.id, target.post)
        bench = stage.open()
        bench.run(bench.adapter.pin_post(bench.account(self.ability), target.post, pinned=False))
        assert not self.done(stage, target), "pinned=False leaves it pinned"


class CloseCommentsConformance(_OnPost):
    """Comments under a post are closed, and opened."""

    ability = Ability.CLOSE_COMMENTS
    changes = "post"

    def perform(self, bench: Bench, target: Target) -> Work:
        """Close them."""
        return bench.adapter.close_comments(bench.account(self.ability), target.post)

    def done(self, stage: Stage, target: Target) -> int:
        """Tell whether they are closed."""
        return int(not self._post(stage, target).comments_open)

    def test_it_can_be_undone(self, stage: Stage) -> None:
        """``closed=False`` opens them."""
        target = self.furnish(stage, 0)
        self._post(stage, target).comments_open = False
        bench = stage.open()
        bench.run(bench.adapter.close_comments(bench.account(self.ability), target.post, closed=False))
        assert not self.done(stage, target), "closed=False leaves them closed"
