"""The ability that lists posts: what stands on a wall in a span of time, and what does not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from munsocial.model.content import Post, PostKind, PostState
from munsocial.network.abilities import Ability
from munsocial.sandbox.things import Media, Source
from munsocial.testing.conformance.checks import caught, items_of, ours
from munsocial.testing.conformance.comparing import as_there, listed, same_moment, the_one, web_addresses
from munsocial.testing.conformance.listing import TextsConformance
from munsocial.testing.conformance.stage import Bench, Stage, Work
from munsocial.testing.conformance.targets import HALF_A_YEAR, Target

__all__ = ["ListPostsConformance"]

_SHOWN = {"photo": "photo", "video": "video", "link": "link", "poll": "poll"}
_POLL = {"question": "Какой парк благоустроить?", "answers": ["Северный", "Южный"], "anonymous": True}


class ListPostsConformance(TextsConformance):
    """Publications of a window."""

    ability = Ability.LIST_POSTS

    def fetch(self, bench: Bench, target: Target, cursor: str | None) -> Work:
        """Read a page of the last four weeks."""
        since, until = target.more.get("span", bench.stage.span)
        account = bench.account(self.ability)
        return bench.adapter.list_posts(account, since=since, until=until, cursor=cursor)

    def furnish(self, stage: Stage, number: int) -> Target:
        """Publish some posts: one with closed comments, one changed later, one pinned and commented."""
        world, page = stage.there, stage.page
        for one in range(3):
            post = self._publish(stage, f"Новость {number}.{one}", hours=5 * one + number + 1, comments_open=one != 0)
            post.likes, post.reposts, post.views = 10 + one, 20 + one, 300 + one
            if one == 1:
                world.edit_post(page.network, page.id, post.id, text=f"Поправка {number}")
        world.pin(page.network, page.id, post.id)
        citizen = stage.there.add_user(stage.network, "Пётр", "Жилин")
        stage.there.comment(stage.network, stage.page.id, post.id, "Когда?", author=citizen.id)
        return Target(post=post.id)

    def crowd(self, stage: Stage, count: int) -> tuple[Target, list[str]]:
        """Publish many posts, three at each moment: a page may end between two of one moment."""
        return Target(), [self._publish(stage, f"Новость {one}", hours=1 + one // 3 * 0.6).id for one in range(count)]

    def with_text(self, stage: Stage, text: str) -> Target:
        """Publish a text."""
        self._publish(stage, text, hours=1)
        return Target()

    def _publish(self, stage: Stage, text: str, *, hours: float, **more: Any) -> Any:
        at = (stage.now - timedelta(hours=hours)).replace(microsecond=0)
        return stage.there.publish(stage.network, stage.page.id, text, at=at, **more)

    def check(self, stage: Stage, target: Target, value: Any) -> None:
        """All posts of the world with their texts, moments and figures, counted only where that is told."""
        items = listed(value, Post)
        strange = {one.id for one in items} - set(stage.page.posts)
        assert not strange, f"what is listed are no posts of the page: {sorted(strange)}"
        for there in stage.there.wall(stage.network, stage.page.id):
            seen = the_one(items, there.id)
            assert seen.text == there.text, f"the text is read as {seen.text!r:.80}, it is {there.text!r:.80}"
            same_moment(seen.at, there.at, "the moment of a post")
            if seen.edited_at is not None:
                same_moment(seen.edited_at, there.edited or there.at, "the change of a post")
            counted = {"likes": there.likes, "reposts": there.reposts, "views": there.views}
            as_there(seen, comments=len(there.comments), comments_open=there.comments_open, **counted)
            assert there.pinned or not seen.pinned, "a post is read as pinned which is not"
            assert seen.state is PostState.PUBLISHED, f"a published post is read as {seen.state}"
            assert seen.by_owner, "a post of the page is read as a guest's"
        web_addresses(items, "a post", own=True)

    def test_it_keeps_to_the_window(self, stage: Stage) -> None:
        """Everything from ``since`` to ``until`` is there; what is older is not paged through to its beginning."""
        self.needs_world(stage)
        size = self._many(stage)
        target, wanted = self.crowd(stage, 3)
        bench = stage.open()
        self._all(bench, target)
        few = len(bench.port.requests)
        edge = self._publish(stage, "На самой границе", hours=24 * 28)
        for one in range(2 * size):
            old = self._publish(stage, f"Старое {one}", hours=24 * 60 + one)
        bench = stage.open()
        seen = self._ids(self._all(bench, Target(more={"span": (edge.at, stage.span.until)})))
        assert edge.id in seen, "a post at the very moment `since` is lost: the window includes it"
        count = len(bench.port.requests)
        assert count <= few + 2, f"{count} requests for 4 posts: it pages through what is older than the window"
        stage.there.pin(stage.network, stage.page.id, old.id)
        seen = self._ids(self._all(stage.open(), Target(more={"span": (edge.at, stage.span.until)})))
        lost = {*wanted, edge.id} - set(seen)
        assert not lost, f"an old post is pinned, and {len(lost)} posts of the window are lost: it may be given first"
        self._to_the_last_second(stage)

    def _to_the_last_second(self, stage: Stage) -> None:
        """A window ends at any moment of a day: nothing before it is cut off with the hour or the day."""
        until = (stage.now - timedelta(hours=3)).replace(minute=37, second=21, microsecond=0)
        last = stage.there.publish(stage.network, stage.page.id, "Под занавес", at=until - timedelta(seconds=1))
        seen = self._ids(self._all(stage.open(), Target(more={"span": (stage.span.since, until)})))
        assert last.id in seen, f"a post of {last.at.isoformat()}, just before `until` ({until.isoformat()}), is lost"

    @pytest.mark.parametrize("zone", ["Asia/Kamchatka", "America/St_Johns"])
    def test_a_window_in_another_zone_is_the_same(self, stage: Stage, zone: str) -> None:
        """The window's moments may be given in any zone."""
        self.needs_world(stage)
        self.furnish(stage, 0)
        span = stage.span
        there = tuple(moment.astimezone(ZoneInfo(zone)) for moment in span)
        here = self._ids(self._all(stage.open(), Target()))
        assert here == self._ids(self._all(stage.open(), Target(more={"span": there}))), f"in {zone} others are listed"
        self._half_a_year_ago(stage, ZoneInfo(zone))

    def test_a_page_that_is_not_there_is_an_error(self, stage: Stage) -> None:
        """A page that is gone has no empty wall: who runs it would be blamed for not publishing."""
        self.needs_world(stage)
        bench, page = stage.open(), stage.page
        del stage.there.pages[page.network, page.id]
        value, error = caught(bench, self.fetch(bench, Target(), None))
        assert error is not None, f"the page is not there, and its posts are read as {value!r:.200}"
        ours(error, "posts of a page that is not there")

    def _half_a_year_ago(self, stage: Stage, zone: ZoneInfo) -> None:
        """On the other side of a change of clocks: an offset that was taken for a zone shows only there."""
        old = self._publish(stage, "Полгода назад", hours=24 * HALF_A_YEAR)
        span = ((old.at - timedelta(hours=1)).astimezone(zone), (old.at + timedelta(minutes=1)).astimezone(zone))
        seen = the_one(tuple(items_of(self._all(stage.open(), Target(more={"span": span})))), old.id)
        same_moment(seen.at, old.at, "the moment of a post of half a year ago")

    def test_what_does_not_stand_there_is_not_published(self, stage: Stage) -> None:
        """Deleted, scheduled and suggested posts are absent, or said to be what they are; a guest's is no own one."""
        self.needs_world(stage)
        guest = stage.there.add_user(stage.network, "Гость", "Стенин")
        gone = self._publish(stage, "Удалённая", hours=2)
        stage.there.delete_post(stage.network, stage.page.id, gone.id)
        waiting = self._publish(stage, "Отложенная", hours=-12)
        offered = self._publish(stage, "Предложенная", hours=3, state="suggested", author=guest.id)
        foreign = self._publish(stage, "Гостевая", hours=4, author=guest.id)
        seen = {one.id: one for one in items_of(self._all(stage.open(), Target()))}
        for post in (gone, waiting, offered):
            found = seen.get(post.id)
            assert found is None or found.state is not PostState.PUBLISHED, f"«{post.text}» is listed as published"
        written = seen.get(foreign.id)
        assert written is None or not written.by_owner, "a post of a guest is listed as the page's own"

    def test_declared_formats_are_seen(self, stage: Stage) -> None:
        """A post with an attachment of a declared format is said to have it."""
        self.needs_world(stage)
        formats = stage.open().adapter.capabilities.formats
        made: dict[str, str] = {}
        for format, kind in _SHOWN.items():
            if format in formats:
                made[self._publish(stage, f"С вложением {kind}", hours=2, attachments=[_media(stage, kind)]).id] = (
                    format
                )
        if not made:
            pytest.skip("only text is declared among the formats")
        seen = {one.id: one for one in items_of(self._all(stage.open(), Target()))}
        for id, format in made.items():
            assert id in seen, f"a post with a {format} is not listed"
            assert format in seen[id].formats, f"a post with a {format} is read as {seen[id].formats}"

    def test_a_repost_is_no_own_post(self, stage: Stage) -> None:
        """A repost is told apart, or not listed."""
        self.needs_world(stage)
        source = Source(stage.page.id, "1", stage.now - timedelta(days=3), "Чужая новость", name="Край")
        post = self._publish(stage, "Поделились чужим", hours=2, kind="repost", source=source)
        seen = {one.id: one for one in items_of(self._all(stage.open(), Target()))}.get(post.id)
        if seen is not None and seen.kind is PostKind.OWN and "repost" not in stage.shows:
            pytest.skip("the face does not show reposts: name them in Stage.shows if it does")
        assert seen is None or seen.kind is not PostKind.OWN, "a repost is listed as the page's own post"


def _media(stage: Stage, kind: str) -> Media:
    facts = dict(_POLL) if kind == "poll" else {"width": 600, "height": 600}
    url = "https://example.org/novost" if kind == "link" else ""
    media = Media(kind, "", stage.page.id, title="Вложение", url=url, facts=facts)
    return stage.there.add_media(stage.network, media)
