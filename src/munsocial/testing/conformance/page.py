"""The abilities of the page itself: links, profile, pictures, subscriptions, managers."""

from __future__ import annotations

from typing import ClassVar

import pytest

from munsocial.network.abilities import Ability
from munsocial.network.drafts import Media
from munsocial.sandbox.things import Page
from munsocial.testing.conformance.acting import ActingConformance, WritingConformance
from munsocial.testing.conformance.checks import caught, ours
from munsocial.testing.conformance.stage import Bench, Stage, Work
from munsocial.testing.conformance.targets import Target, a_picture

__all__ = [
    "EditLinksConformance",
    "EditProfileConformance",
    "RemoveManagerConformance",
    "SetAvatarConformance",
    "SetCoverConformance",
    "SubscribeConformance",
]


class EditLinksConformance(ActingConformance):
    """A link is added to the block of links."""

    ability = Ability.EDIT_LINKS
    makes = "link"
    harmless = False

    def furnish(self, stage: Stage, number: int) -> Target:
        """Nothing is needed."""
        return Target(text=f"https://example.org/razdel-{number}")

    def perform(self, bench: Bench, target: Target) -> Work:
        """Add it."""
        return bench.adapter.add_link(bench.account(self.ability), target.text, title="Раздел")

    def done(self, stage: Stage, target: Target) -> int:
        """Count links that lead there."""
        return sum(one.url == target.text for one in stage.page.links)

    def test_another_key_is_another_deed(self, stage: Stage) -> None:
        """A link has no key; a second one to the same place is nobody's wish."""


class EditProfileConformance(WritingConformance):
    """Fields of the page are changed; here its description."""

    ability = Ability.EDIT_PROFILE
    changes = "description"
    full = False

    def furnish(self, stage: Stage, number: int) -> Target:
        """Nothing is needed."""
        return Target(text=f"Официальная страница администрации, вид {number}")

    def perform(self, bench: Bench, target: Target) -> Work:
        """Change the description."""
        return bench.adapter.edit_profile(bench.account(self.ability), {"description": target.text})

    def standing(self, stage: Stage, target: Target) -> list[str]:
        """Return the description."""
        return [stage.page.description]

    def test_several_at_once_do_not_mix(self, stage: Stage) -> None:
        """There is nothing to mix."""
        pytest.skip(f"{self.ability.value}: a page has only one description")

    def test_nothing_else_is_touched(self, stage: Stage) -> None:
        """The last one stands."""
        for number in range(2):
            target = self.furnish(stage, number)
            bench = stage.open()
            bench.run(self.perform(bench, target))
            self.once(stage, target, "after another one")
        self.each_page_for_itself(stage)

    def test_other_fields_stay(self, stage: Stage) -> None:
        """What was not named is not emptied."""
        name, fields = stage.page.name, dict(stage.page.fields)
        target = self.furnish(stage, 0)
        bench = stage.open()
        bench.run(self.perform(bench, target))
        assert (stage.page.name, stage.page.fields) == (name, fields), "fields that were not named have changed"

    def test_an_unknown_field_is_refused(self, stage: Stage) -> None:
        """A word that the network does not know is our error, and is not passed over in silence."""
        bench = stage.open()
        _, error = caught(bench, bench.adapter.edit_profile(bench.account(self.ability), {"conformance_unseen": "да"}))
        ours(error, "an unknown field")
        assert error is not None, "an unknown field is passed over in silence"


class _Picture(ActingConformance):
    def _media(self, target: Target) -> Media:
        return Media(path=a_picture(self.folder, side=800, name=target.text or "picture.png"))

    def test_no_picture_is_refused(self, stage: Stage) -> None:
        """A file that is not there is our error, and nothing is changed."""
        target = self.furnish(stage, 0)
        bench = stage.open()
        media = Media(path=self.folder / "net.png")
        setter = getattr(bench.adapter, self.ability.value)
        _, error = caught(bench, setter(bench.account(self.ability), media))
        ours(error, "a picture that is not there")
        assert error is not None, "a picture that is not there is taken"
        assert not self.done(stage, target)


class _OneOfIts(_Picture):
    """The page has one of it, whoever sets it."""

    other: ClassVar[str]
    """The other picture of the page."""

    def test_several_at_once_do_not_mix(self, stage: Stage) -> None:
        """There is nothing to mix."""
        pytest.skip(f"{self.ability.value}: a page has only one")

    def test_nothing_else_is_touched(self, stage: Stage) -> None:
        """The other picture stays what it was."""
        target = self.furnish(stage, 0)
        before = getattr(stage.page, self.other)
        bench = stage.open()
        bench.run(self.perform(bench, target))
        assert getattr(stage.page, self.other) == before, f"the {self.other} has changed too"
        self.each_page_for_itself(stage)


class SetAvatarConformance(_OneOfIts):
    """The page gets a picture."""

    ability = Ability.SET_AVATAR
    changes = "avatar"
    other = "cover"

    def furnish(self, stage: Stage, number: int) -> Target:
        """Take the picture away."""
        stage.page.avatar = False
        return Target()

    def perform(self, bench: Bench, target: Target) -> Work:
        """Set it."""
        return bench.adapter.set_avatar(bench.account(self.ability), self._media(target))

    def done(self, stage: Stage, target: Target) -> int:
        """Tell whether there is one."""
        return int(stage.page.avatar)


class SetCoverConformance(_OneOfIts):
    """The page gets a cover."""

    ability = Ability.SET_COVER
    changes = "cover"
    other = "avatar"

    def furnish(self, stage: Stage, number: int) -> Target:
        """Take the cover away."""
        stage.page.cover = False
        return Target()

    def perform(self, bench: Bench, target: Target) -> Work:
        """Set it."""
        return bench.adapter.set_cover(bench.account(self.ability), self._media(target))

    def done(self, stage: Stage, target: Target) -> int:
        """Tell whether there is one."""
        return int(stage.page.cover)


class SubscribeConformance(ActingConformance):
    """The account follows another one. Give a person's account in ``Stage.accounts`` where pages cannot follow."""

    ability = Ability.SUBSCRIBE

    def furnish(self, stage: Stage, number: int) -> Target:
        """Let there be somebody to follow."""
        above = stage.there.add_page(Page(stage.network, "", f"above{number}", name=f"Край {number}"))
        return Target(user=above.id, text=above.handle)

    def perform(self, bench: Bench, target: Target) -> Work:
        """Follow."""
        to = bench.stage.account.model_copy(update={"id": "above", "handle": target.text, "network_id": target.user})
        return bench.adapter.subscribe(bench.account(self.ability), to)

    def done(self, stage: Stage, target: Target) -> int:
        """Count who follows: a person, or the page itself by a link of the kind ``subscription``."""
        users = sum(target.user in one.subscriptions for one in stage.there.users.values())
        return users + sum(one.page == target.user and one.kind == "subscription" for one in stage.page.links)


class RemoveManagerConformance(ActingConformance):
    """All power over the page is taken from a person."""

    ability = Ability.REMOVE_MANAGER
    changes = "manager"

    def furnish(self, stage: Stage, number: int) -> Target:
        """Appoint somebody."""
        user = stage.there.add_user(stage.network, f"Анна{number}", "Пробная")
        stage.there.appoint(stage.network, stage.page.id, user.id, stage.role)
        return Target(user=user.id)

    def perform(self, bench: Bench, target: Target) -> Work:
        """Remove them."""
        return bench.adapter.remove_manager(bench.account(self.ability), target.user)

    def done(self, stage: Stage, target: Target) -> int:
        """Tell whether they have no power left."""
        return int(target.user not in stage.page.managers)
