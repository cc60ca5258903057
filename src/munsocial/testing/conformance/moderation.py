"""The abilities of moderation: comments, the black list, private messages."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

import pytest

from munsocial.errors import MunsocialError
from munsocial.network.abilities import Ability, How
from munsocial.sandbox.things import Ban as Banned
from munsocial.sandbox.things import Comment
from munsocial.testing.conformance.acting import ActingConformance, WritingConformance
from munsocial.testing.conformance.checks import caught
from munsocial.testing.conformance.replies import a_comment
from munsocial.testing.conformance.stage import Bench, Stage, Work
from munsocial.testing.conformance.targets import Target

__all__ = [
    "BanConformance",
    "DeleteCommentConformance",
    "DeleteMessageConformance",
    "HideCommentConformance",
    "ReportCommentConformance",
    "RestoreCommentConformance",
    "SendMessageConformance",
    "UnbanConformance",
]


class _OnComment(ActingConformance):
    def furnish(self, stage: Stage, number: int) -> Target:
        """Let a citizen comment."""
        return a_comment(stage, number)

    def _comment(self, stage: Stage, target: Target) -> Comment:
        return stage.there.find_comment(stage.network, stage.page.id, target.comment)


class DeleteCommentConformance(_OnComment):
    """A comment is deleted; one that is gone already is no error, and its answers stay."""

    ability = Ability.DELETE_COMMENT
    changes = "comment"

    def perform(self, bench: Bench, target: Target) -> Work:
        """Delete it."""
        return bench.adapter.delete_comment(bench.account(self.ability), target.comment)

    def done(self, stage: Stage, target: Target) -> int:
        """Tell whether it is deleted."""
        return int(self._comment(stage, target).deleted)

    def test_answers_to_it_stay(self, stage: Stage) -> None:
        """What others answered is not taken away with it."""
        target = self.furnish(stage, 0)
        page = stage.page
        answer = stage.there.comment(
            page.network, page.id, target.post, "Да, когда?", author=target.user, reply_to=target.comment
        )
        bench = stage.open()
        bench.run(self.perform(bench, target))
        assert not answer.deleted, "the answers were deleted with the comment"


class RestoreCommentConformance(_OnComment):
    """A deleted comment is brought back."""

    ability = Ability.RESTORE_COMMENT
    changes = "comment"

    def furnish(self, stage: Stage, number: int) -> Target:
        """Let a citizen comment, and delete that in the name of the keys' person."""
        target = super().furnish(stage, number)
        by = next(iter(stage.persons()), None)
        stage.there.delete_comment(stage.network, stage.page.id, target.comment, by=by)
        return target

    def perform(self, bench: Bench, target: Target) -> Work:
        """Restore it."""
        return bench.adapter.restore_comment(bench.account(self.ability), target.comment)

    def done(self, stage: Stage, target: Target) -> int:
        """Tell whether it stands there again."""
        return int(not self._comment(stage, target).deleted)


class HideCommentConformance(_OnComment):
    """A comment is hidden, and shown."""

    ability = Ability.HIDE_COMMENT
    changes = "comment"

    def perform(self, bench: Bench, target: Target) -> Work:
        """Hide it."""
        return bench.adapter.hide_comment(bench.account(self.ability), target.comment)

    def done(self, stage: Stage, target: Target) -> int:
        """Tell whether nobody sees it."""
        comment = self._comment(stage, target)
        return int(comment.hidden or comment.deleted)

    def test_it_can_be_undone(self, stage: Stage) -> None:
        """``hidden=False`` shows it again."""
        target = self.furnish(stage, 0)
        bench = stage.open()
        bench.run(self.perform(bench, target))
        bench.run(bench.adapter.hide_comment(bench.account(self.ability), target.comment, hidden=False))
        assert not self.done(stage, target), "hidden=False leaves it hidden"


class ReportCommentConformance(_OnComment):
    """A comment is reported to the network with a ground."""

    ability = Ability.REPORT_COMMENT
    changes = "comment"

    def perform(self, bench: Bench, target: Target) -> Work:
        """Report it as spam."""
        return bench.adapter.report_comment(bench.account(self.ability), target.comment, ground="spam")

    def done(self, stage: Stage, target: Target) -> int:
        """Tell whether the network knows of it."""
        return int(self._comment(stage, target).reported is not None)

    def test_grounds_differ(self, stage: Stage) -> None:
        """Spam and extremism are not the same to a network, or it is said that there is no such ground."""
        seen = []
        for number, ground in enumerate(("spam", "extremism")):
            target = self.furnish(stage, number)
            bench = stage.open()
            report = bench.adapter.report_comment(bench.account(self.ability), target.comment, ground=ground)
            _, error = caught(bench, report)
            assert error is None or isinstance(error, MunsocialError), f"{ground}: {error!r}"
            seen.append(self._comment(stage, target).reported)
        assert seen[0] != seen[1], f"both grounds are reported as {seen[0]!r}"


class _OnUser(ActingConformance):
    def furnish(self, stage: Stage, number: int) -> Target:
        """Let there be somebody."""
        return Target(user=stage.there.add_user(stage.network, f"Спамер{number}", "Обычный").id)


class BanConformance(_OnUser):
    """Somebody is put into the black list for a time or for ever; a second ban changes the first."""

    ability = Ability.BAN
    changes = "ban"
    ground: ClassVar[str] = "spam"

    def perform(self, bench: Bench, target: Target) -> Work:
        """Ban for a week, or as the target says."""
        until = target.more["until"] if "until" in target.more else self._in_days(bench, 7)
        ground = target.more.get("ground", self.ground)
        return bench.adapter.ban(bench.account(self.ability), target.user, ground=ground, until=until)

    def done(self, stage: Stage, target: Target) -> int:
        """Tell whether they are in the black list."""
        return int(target.user in stage.page.bans)

    def _in_days(self, bench: Bench, days: int) -> datetime | None:
        """Return the end of a term of so many days, or of as many as may be; None where bans have no end."""
        most = bench.declared(self.ability).limits.days
        if most == 0:
            return None
        return (bench.stage.now + timedelta(days=days if most is None else min(days, most))).replace(microsecond=0)

    @pytest.mark.parametrize("days", [1, 30, None])
    def test_the_term_is_kept(self, stage: Stage, days: int | None) -> None:
        """It ends when it should, given in whatever zone; without an end it is for ever."""
        target = self.furnish(stage, 0)
        bench = stage.open()
        until = self._in_days(bench, days) if days else None
        given = until.astimezone(ZoneInfo("Asia/Kamchatka")) if until else None
        bench.run(self.perform(bench, replace(target, more={"until": given})))
        there = stage.page.bans[target.user].until
        near = there is not None and until is not None and abs((there - until).total_seconds()) < 60
        assert there == until or near, f"banned until {until}, in the world it is {there}"

    def test_a_second_ban_changes_the_first(self, stage: Stage) -> None:
        """The later term and the later ground count; one longer than declared is refused and changes nothing."""
        target = self.furnish(stage, 0)
        bench = stage.open()
        most = bench.declared(self.ability).limits.days
        later = self._in_days(bench, most or 60)
        if later is None:
            self._no_term(stage, target)
            return
        sooner = (stage.now + (later - stage.now) / 2).replace(microsecond=0)
        bench.run(self.perform(bench, replace(target, more={"until": sooner})))
        first = stage.page.bans[target.user].reason
        bench.run(self.perform(bench, replace(target, more={"until": later, "ground": "insult"})))
        there = stage.page.bans[target.user]
        assert there.until is not None, "the second term is not kept"
        assert abs((there.until - later).total_seconds()) < 60, f"after a second ban until {later} it is {there.until}"
        told = "the ground is lost; a network that takes none says so in Stage.lacks: {'ban_ground'}"
        assert there.reason != first or "ban_ground" in stage.lacks, f"spam and insult stand as {first!r}: {told}"
        if most is not None:
            self._one_day_too_long(stage, target, most)

    def _no_term(self, stage: Stage, target: Target) -> None:
        """A ban with an end stands for ever until `unban` lifts it; where nothing does, it is refused."""
        until = stage.now.replace(microsecond=0) + timedelta(days=7)
        bench, _, error = self.under(stage, None, replace(target, more={"until": until}))
        if bench.declared(Ability.UNBAN).how is not How.NATIVE:
            self.refused_unsent(bench, error, "a ban with an end, where bans have none and unban is not declared,")
            return
        assert error is None, f"a ban that `unban` will end is refused: {error!r}"
        self.once(stage, target, "with an end")

    def _one_day_too_long(self, stage: Stage, target: Target, most: int) -> None:
        until = stage.now.replace(microsecond=0) + timedelta(days=most + 1)
        bench, _, error = self.under(stage, None, replace(target, more={"until": until}))
        self.refused_unsent(bench, error, f"a ban for {most + 1} days (the limit is {most})")

    def test_a_note_is_for_us_alone(self, stage: Stage) -> None:
        """What is noted with a ban is not shown to whom it is about, unless that is asked for."""
        for number, shown in enumerate((False, True)):
            target = self.furnish(stage, number)
            bench = stage.open()
            account = bench.account(self.ability)
            until = self._in_days(bench, 7)
            note = {"note": "Предупреждён дважды", "show_note": shown}
            bench.run(bench.adapter.ban(account, target.user, ground=self.ground, until=until, **note))
            there = stage.page.bans[target.user]
            assert shown or not there.note_shown, "a note that is for us alone is shown to whom it is about"

    def test_it_can_be_undone(self, stage: Stage) -> None:
        """Where unbanning is declared, it ends the ban."""
        bench = stage.open()
        if bench.declared(Ability.UNBAN).how is not How.NATIVE:
            pytest.skip("unban is not declared")
        target = self.furnish(stage, 0)
        bench.run(self.perform(bench, target))
        bench.run(bench.adapter.unban(bench.account(self.ability), target.user))
        assert not self.done(stage, target), "after unban they are still banned"


class UnbanConformance(_OnUser):
    """A ban is ended; somebody who is not banned is no error."""

    ability = Ability.UNBAN
    changes = "ban"

    def furnish(self, stage: Stage, number: int) -> Target:
        """Let somebody be banned."""
        target = super().furnish(stage, number)
        until = stage.now + timedelta(days=7)
        stage.there.ban(stage.network, stage.page.id, Banned(target.user, stage.now, until, "spam"))
        return target

    def perform(self, bench: Bench, target: Target) -> Work:
        """End it."""
        return bench.adapter.unban(bench.account(self.ability), target.user)

    def done(self, stage: Stage, target: Target) -> int:
        """Tell whether they are free."""
        return int(target.user not in stage.page.bans)


class SendMessageConformance(WritingConformance):
    """A private message to somebody who wrote first."""

    ability = Ability.SEND_MESSAGE
    makes = "message"
    harmless = False
    splits = True

    def furnish(self, stage: Stage, number: int) -> Target:
        """Let a citizen write."""
        peer = stage.there.add_user(stage.network, f"Ольга{number}", "Дачная").id
        stage.there.receive(stage.network, stage.page.id, peer, "Здравствуйте!", at=stage.now - timedelta(hours=1))
        return Target(user=peer, text=f"Добрый день! {number}", key=f"conformance-{number}")

    def perform(self, bench: Bench, target: Target) -> Work:
        """Answer."""
        return bench.adapter.send_message(bench.account(self.ability), target.user, target.text, key=target.key)

    def standing(self, stage: Stage, target: Target) -> list[str]:
        """Return what was sent to them."""
        return [one.text for one in stage.page.dialogs.get(target.user, ()) if one.outgoing and not one.deleted]

    def test_nobody_is_written_to_first(self, stage: Stage) -> None:
        """Whom the page may not write to, it cannot: our error, and no message."""
        stranger = stage.there.add_user(stage.network, "Чужой", "Человек").id
        target = Target(user=stranger, text="Здравствуйте!", key="conformance-stranger")
        _, _, error = self.under(stage, None, target)
        assert isinstance(error, MunsocialError), f"writing to a stranger ends in {error!r} instead of CannotMessage"
        assert not self.standing(stage, target), "a stranger was written to"


class DeleteMessageConformance(ActingConformance):
    """A private message of the page is deleted."""

    ability = Ability.DELETE_MESSAGE
    changes = "message"

    def furnish(self, stage: Stage, number: int) -> Target:
        """Let the page have answered."""
        peer = stage.there.add_user(stage.network, f"Ольга{number}", "Дачная").id
        stage.there.receive(stage.network, stage.page.id, peer, "Здравствуйте!")
        sent = stage.there.send_message(stage.network, stage.page.id, peer, f"Ошибка {number}")
        return Target(user=peer, message=sent.id)

    def perform(self, bench: Bench, target: Target) -> Work:
        """Delete it."""
        return bench.adapter.delete_message(bench.account(self.ability), target.message)

    def done(self, stage: Stage, target: Target) -> int:
        """Tell whether it is deleted."""
        return int(stage.there.find_message(stage.network, stage.page.id, target.message).deleted)
