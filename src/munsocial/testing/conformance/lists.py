"""The abilities that list comments, the black list, messages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from munsocial.model.content import Ban, Comment, Message
from munsocial.network.abilities import Ability, How
from munsocial.sandbox.things import Ban as Banned
from munsocial.testing.conformance.checks import caught
from munsocial.testing.conformance.comparing import listed, named_as_there, same_moment, the_one, web_addresses
from munsocial.testing.conformance.listing import ListingConformance, TextsConformance
from munsocial.testing.conformance.stage import Bench, Stage, Work
from munsocial.testing.conformance.targets import HALF_A_YEAR, Target

__all__ = ["ListCommentsConformance", "ListMessagesConformance", "ReadBansConformance"]


class ListCommentsConformance(TextsConformance):
    """Comments of a post, with all threads."""

    ability = Ability.LIST_COMMENTS

    def fetch(self, bench: Bench, target: Target, cursor: str | None) -> Work:
        """Read a page."""
        return bench.adapter.list_comments(bench.account(self.ability), target.post, cursor=cursor)

    def _ground(self, stage: Stage, days: int = 2) -> tuple[str, str]:
        """Publish a post; return it and somebody who may comment."""
        at = (stage.now - timedelta(days=days)).replace(microsecond=0)
        post = stage.there.publish(stage.network, stage.page.id, "Что думаете?", at=at)
        return post.id, stage.there.add_user(stage.network, "Мария", "Речная").id

    def _say(self, stage: Stage, post: str, author: str, text: str, minutes: float, **more: Any) -> Any:
        at = (stage.now - timedelta(days=1) + timedelta(minutes=minutes)).replace(microsecond=0)
        return stage.there.comment(stage.network, stage.page.id, post, text, author=author, at=at, **more)

    def furnish(self, stage: Stage, number: int) -> Target:
        """Let a citizen ask half a year ago, the page answer, somebody named like it speak, one word be deleted."""
        post, citizen = self._ground(stage, HALF_A_YEAR + 1)
        asked = self._say(stage, post, citizen, f"Когда уберут снег? {number}", 1 - HALF_A_YEAR * 24 * 60)
        self._say(stage, post, stage.page.id, "Завтра с утра", 5, as_page=True, reply_to=asked.id)
        if "full_names" not in stage.lacks:  # where names are shown in part, nobody can be named like a page
            first, _, last = stage.page.name.partition(" ")  # both, as people have: who joins them needs no care
            namesake = stage.there.add_user(stage.network, first, last).id
            self._say(stage, post, namesake, "Мы против уборки", 7)
        gone = self._say(stage, post, citizen, "Грубость", 9)
        stage.there.delete_comment(stage.network, stage.page.id, gone.id)
        return Target(post=post, comment=asked.id, user=citizen, message=gone.id)

    def crowd(self, stage: Stage, count: int) -> tuple[Target, list[str]]:
        """Write many comments, three at each moment, a fifth of them answers in threads."""
        post, citizen = self._ground(stage)
        made: list[str] = []
        for one in range(count):
            above = made[one - 3] if one % 5 == 4 else None
            made.append(self._say(stage, post, citizen, f"Мнение {one}", one // 3 * 1.5, reply_to=above).id)
        return Target(post=post), made

    def with_text(self, stage: Stage, text: str) -> Target:
        """Write a comment."""
        post, citizen = self._ground(stage)
        self._say(stage, post, citizen, text, 1)
        return Target(post=post)

    def check(self, stage: Stage, target: Target, value: Any) -> None:
        """Texts, authors, moments, whose answer it is, and nothing of what was deleted."""
        items = listed(value, Comment)
        said = stage.there.post(stage.network, stage.page.id, target.post).comments
        for there in said:
            found = [one for one in items if one.id == there.id]
            if there.deleted:
                kept = [one for one in found if not one.deleted or one.text or one.author_id]
                assert not kept, f"a deleted comment is read with text or author: {kept!r:.200}"
                continue
            seen = the_one(items, there.id)
            assert seen.text == there.text, f"the text is read as {seen.text!r}, it is {there.text!r}"
            assert seen.post_id == target.post, f"post_id is {seen.post_id!r}, not {target.post!r}"
            assert not seen.deleted, "a comment that stands there is read as deleted"
            same_moment(seen.at, there.at, "the moment of a comment")
            own = there.as_page and there.author == stage.page.id
            assert seen.by_owner == own, f"by_owner is {seen.by_owner}, the author is {there.author}"
            ours_too = own or seen.by_account is None
            assert ours_too, f"by_account is {seen.by_account!r}, the author is {there.author}: names are anybody's"
            kind = "group" if there.as_page else "user"
            assert seen.author_kind == kind, f"author_kind is {seen.author_kind!r}, the author is a {kind}"
            if not there.as_page:
                assert seen.author_id == there.author, f"the author is read as {seen.author_id!r}, not {there.author!r}"
            named_as_there(stage, there.author, seen, "author_name")
            linked = seen.reply_to or seen.thread
            assert not there.reply_to or linked == there.reply_to, (
                f"an answer to {there.reply_to} is read as {linked!r}"
            )
        web_addresses(items, "a comment")
        strange = {one.id for one in items} - {one.id for one in said}
        assert not strange, f"comments are listed that are not under the post: {sorted(strange)}"

    def test_another_page_is_told_from_ours_and_from_people(self, stage: Stage) -> None:
        """What another page says under our post is not ours, and not a person's: by that our pages know each other."""
        self.needs_world(stage)
        if "page_comments" in stage.lacks:
            pytest.skip("no other page comments there (Stage.lacks)")
        target = self.furnish(stage, 0)
        other = stage.another_page("sosednyaya").network_id
        said = self._say(stage, target.post, other, "Приходите и к нам", 20, as_page=True)
        seen = the_one(self.read(stage.open(), target).items, said.id)
        assert not seen.by_owner, "a comment of another page is read as our own (by_owner; Stage.lacks: page_comments)"
        kind, author = seen.author_kind, (seen.author_id or "").lstrip("-")
        assert kind == "group", f"a comment of another page is read with author_kind {kind!r} instead of 'group'"
        assert author == other, f"the author of another page's comment is read as {seen.author_id!r}, not {other!r}"

    def test_a_post_that_is_not_there(self, stage: Stage) -> None:
        """Comments of nothing are an error, or a page without items; never somebody else's."""
        self.needs_world(stage)
        self.furnish(stage, 0)
        bench = stage.open()
        value, _ = caught(bench, self.fetch(bench, Target(post="9999999"), None))
        assert value is None or not value.items, f"a post that is not there has comments: {value!r:.200}"


class ReadBansConformance(ListingConformance):
    """The black list with its terms."""

    ability = Ability.READ_BANS
    id_field = "user_id"

    def fetch(self, bench: Bench, target: Target, cursor: str | None) -> Work:
        """Read a page."""
        return bench.adapter.read_bans(bench.account(self.ability), cursor=cursor)

    def _ban(self, stage: Stage, number: int, days: int | None, ground: str = "spam") -> str:
        user = stage.there.add_user(stage.network, f"Спамер{number}", "Обычный")
        now = stage.now.replace(microsecond=0)
        until = now + timedelta(days=days) if days else None
        stage.there.ban(stage.network, stage.page.id, Banned(user.id, now, until, ground, "примечание"))
        return user.id

    def furnish(self, stage: Stage, number: int) -> Target:
        """Ban one for ever, one for half a year, on two grounds."""
        self._ban(stage, 2 * number, None, "insult")
        return Target(user=self._ban(stage, 2 * number + 1, HALF_A_YEAR))

    def crowd(self, stage: Stage, count: int) -> tuple[Target, list[str]]:
        """Ban many."""
        return Target(), [self._ban(stage, one, 7) for one in range(count)]

    def check(self, stage: Stage, target: Target, value: Any) -> None:
        """All of them, each with its beginning, its end and its ground; what has no end is not given one."""
        items = listed(value, Ban)
        bans = stage.page.bans
        seen = {one.user_id: one for one in items}
        assert set(seen) == set(bans), f"banned are read as {sorted(seen)}, in the world {sorted(bans)}"
        for user, there in bans.items():
            one = seen[user]
            named_as_there(stage, user, one, "name")
            if one.since is not None:
                same_moment(one.since, there.since, "the beginning of a ban")
            if there.until is None:
                assert one.until is None, f"a ban for ever is read as one until {one.until}"
                continue
            assert not one.forever, f"a ban until {there.until} is read as one for ever"
            if one.until is not None:
                same_moment(one.until, there.until, "the end of a ban")
        told: dict[str, set[str]] = {}
        for user, there in bans.items():
            told.setdefault(seen[user].reason or f"unread {there.reason}", set()).add(there.reason)
        mixed = next((word for word, grounds in told.items() if len(grounds) > 1), None)
        assert mixed is None, f"bans on different grounds are all read with the ground {mixed!r}"


class ListMessagesConformance(TextsConformance):
    """Private messages of the page."""

    ability = Ability.LIST_MESSAGES
    full_pages = False
    id_field = "text"
    """Networks make up ids of messages in their own ways: texts tell them apart."""

    def fetch(self, bench: Bench, target: Target, cursor: str | None) -> Work:
        """Read a page."""
        return bench.adapter.list_messages(bench.account(self.ability), since=bench.stage.span.since, cursor=cursor)

    def furnish(self, stage: Stage, number: int) -> Target:
        """Let a citizen write, and the page answer."""
        peer = stage.there.add_user(stage.network, f"Ольга{number}", "Дачная").id
        self._write(stage, peer, f"Здравствуйте! {number}", hours=3)
        stage.there.send_message(stage.network, stage.page.id, peer, f"Добрый день! {number}")
        return Target(user=peer)

    def _write(self, stage: Stage, peer: str, text: str, *, hours: float) -> str:
        at = (stage.now - timedelta(hours=hours)).replace(microsecond=0)
        return stage.there.receive(stage.network, stage.page.id, peer, text, at=at).text

    def crowd(self, stage: Stage, count: int) -> tuple[Target, list[str]]:
        """Write many messages, three to a dialogue."""
        made: list[str] = []
        peer = ""
        for one in range(count):
            if one % 3 == 0:
                peer = stage.there.add_user(stage.network, f"Житель{one}", "Дальний").id
            made.append(self._write(stage, peer, f"Вопрос {one}", hours=40 - one * 0.05))
        return Target(), made

    def with_text(self, stage: Stage, text: str) -> Target:
        """Write a message."""
        peer = stage.there.add_user(stage.network, "Ольга", "Дачная").id
        self._write(stage, peer, text, hours=1)
        return Target()

    def check(self, stage: Stage, target: Target, value: Any) -> None:
        """Both directions, with texts and moments."""
        items = listed(value, Message)
        peers: set[str] = set()
        for there in stage.page.dialogs[target.user]:
            found = [one for one in items if one.text == there.text]
            assert len(found) == 1, (
                f"«{there.text}» is there {len(found)} times, among {[one.text for one in items]!r:.200}"
            )
            seen = found[0]
            assert seen.outgoing == there.outgoing, f"outgoing is {seen.outgoing} for «{there.text}»"
            assert there.outgoing or seen.author_id in (None, there.peer), f"the author is read as {seen.author_id!r}"
            peers.add(seen.peer_id)
            same_moment(seen.at, there.at, "the moment of a message")
        assert len(peers) == 1, f"one conversation is read as several: {sorted(peers)}"

    def test_peers_can_be_answered(self, stage: Stage) -> None:
        """The ``peer_id`` of a message is what `send_message` takes, and conversations are told apart."""
        self.needs_world(stage)
        people = [self.furnish(stage, number).user for number in range(2)]
        bench = stage.open()
        seen = {one.text: one.peer_id for one in self.read(bench, Target()).items}
        peers = [seen[f"Здравствуйте! {number}"] for number in range(2)]
        assert peers[0] != peers[1], f"two people are read as one peer {peers[0]!r}"
        if bench.declared(Ability.SEND_MESSAGE).how is not How.NATIVE:
            return
        account = bench.account(Ability.SEND_MESSAGE)
        bench.run(bench.adapter.send_message(account, peers[1], "Отвечаем вам", key="conformance-peer"))
        got = [[one.text for one in stage.page.dialogs[user] if one.outgoing] for user in people]
        assert "Отвечаем вам" in got[1], f"an answer to the peer {peers[1]!r} came to nobody: {got}"
        assert "Отвечаем вам" not in got[0], "an answer came to another person"
