"""What is published in the sample district: six weeks of posts, and the troubles over which a count may stumble."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from munsocial.model.accounts import Account
from munsocial.model.registry import Registry
from munsocial.sandbox.scenes import WEEKS, Calendar, Scene
from munsocial.sandbox.texts import Card, PostText, Texts, data
from munsocial.sandbox.things import Media, Page, Post, Source
from munsocial.sandbox.world import World

__all__ = ["Plot"]

_SLOTS = [(0, 9, 10), (1, 12, 35), (2, 15, 5), (3, 10, 20), (4, 17, 45), (5, 11, 0), (2, 8, 30), (0, 18, 15)]
"""Weekday, hour and minute of the publications of a week, in the order in which they are filled."""
_DEALS = 500
"""More cards than there are: if none of them is new, the data files are too small."""
_PICTURES = {"infographic": "photo"}


class Plot:
    """Publishes what the scenes say. Pages of one body share their texts, as bodies do in life."""

    def __init__(self, world: World, registry: Registry, calendar: Calendar, texts: Texts) -> None:
        self.world = world
        self.registry = registry
        self.calendar = calendar
        self.texts = texts
        self._written: dict[tuple[str, int, int], PostText] = {}
        self._decks: dict[str, list[Card]] = {}
        self._press = texts.deck(["press"])
        self._nights = list(data("names")["sunday_night"])
        self._guests = list(data("names")["guests"])

    def publish(self, account: Account, scene: Scene) -> list[Post]:
        """Publish six weeks and the running one on a page; return the posts, oldest first."""
        if account.network_id == "" or not any((*scene.weeks, scene.running)):
            return []
        page = self.world.page(account.network, account.network_id)
        posts = [
            self._post(page, account, scene, week, number)
            for week, count in enumerate((*scene.weeks, scene.running))
            for number in range(count)
        ]
        self._trouble(page, scene)
        return sorted(posts, key=lambda post: post.at)

    def _post(self, page: Page, account: Account, scene: Scene, week: int, number: int) -> Post:
        day, hour, minute = _SLOTS[number % len(_SLOTS)]
        if week == WEEKS:
            day = min(day, 1) if number else 0  # the running week is young: Monday and Tuesday
        later = {"vk": 0, "ok": 25}.get(account.network, 40)
        at = self.calendar.at(week, day, hour + 2 * (number // 2 if week == WEEKS else 0) % 10, minute) + timedelta(
            minutes=later
        )
        if page.opened and at < page.opened:
            at = page.opened + timedelta(hours=number + 1)
        written = self._text(account, scene, week, number, at)
        post = self.world.publish(
            page.network, page.id, written.text, at=min(at, self.calendar.now - timedelta(hours=1))
        )
        text_only = "text_only" in scene.troubles
        post.attachments = [] if text_only else [self._media(page, kind, written) for kind in written.attachments]
        dice = random.Random(f"{page.id}.{post.id}")
        post.views = dice.randint(page.subscribers // 5, page.subscribers)
        post.likes, post.reposts = post.views // 25, post.views // 180
        post.kind = next((kind for kind in written.attachments if kind in ("story", "clip")), "own")
        return post

    def _text(self, account: Account, scene: Scene, week: int, number: int, at: datetime) -> PostText:
        """Return the text that the body wrote for this place of its week: for its first page, then for all others."""
        place = (account.body, week, number)
        if place not in self._written:
            body = self.registry.body_by_id[account.body]
            for card in self._cards(account.body, scene, press=number < scene.press):
                written = self.texts.write(card, at, places=body.places, streets=body.streets)
                if written is not None:
                    self._written[place] = written
                    break
        return self._written[place]

    def _cards(self, body: str, scene: Scene, *, press: bool) -> Iterator[Card]:
        """Deal from the press releases, or from the deck of the body; an empty deck is filled with common matters."""
        if press and self._press:
            yield self._press.pop()
        deck = self._decks.setdefault(body, self.texts.deck(scene.texts))
        for _ in range(_DEALS):
            if not deck:
                deck.extend(self.texts.deck(("settlement",)))
            yield deck.pop(0)

    def _media(self, page: Page, kind: str, written: PostText) -> Media:
        media = Media("video" if kind in ("video", "live", "clip", "story") else _PICTURES.get(kind, kind), "", page.id)
        if kind == "live":
            media.facts["live"] = True
        if kind in ("clip", "story"):
            media.kind = kind
        if kind == "link":
            media.url, media.title = "https://prirechensky.example/spravka", "Подробности"
        if kind == "document":
            media.title = "Подробности.pdf"
        if kind == "poll":
            media.title = written.poll[0]
            media.facts |= {"question": written.poll[0], "answers": list(written.poll[1:]), "anonymous": True}
        return self.world.add_media(page.network, media)

    # --- troubles

    def _trouble(self, page: Page, scene: Scene) -> None:
        for trouble in sorted(scene.troubles):
            act = getattr(self, f"_{trouble}", None)
            if act is not None:
                act(page)

    def _extra(self, page: Page, text: str, week: int, day: int, hour: int, minute: int = 0, **more: object) -> Post:
        at = self.calendar.at(week, day, hour, minute)
        return self.world.publish(page.network, page.id, text, at=at, **more)  # type: ignore[arg-type]  # its own keywords

    def _pinned_old(self, page: Page) -> None:
        text = "Все телефоны района в одном месте. Сохраните запись: дежурный — 112, вода — 2-10-10, мост — 2-11-12."
        post = self._extra(page, text, -16, 2, 10)
        self.world.pin(page.network, page.id, post.id)

    def _sunday_night(self, page: Page) -> None:
        self._extra(page, self._nights.pop(0), 4, 6, 23, 59)

    def _scheduled(self, page: Page) -> None:
        text = "Доброе утро! Через час начинаем приём граждан. Приходите с вопросами, чай горячий."
        self._extra(page, text, WEEKS, 4, 8, state="scheduled")

    def _deleted(self, page: Page) -> None:
        post = self._extra(page, "Отключение воды переносится. Подробности через час.", 5, 1, 19, 40)
        self.world.delete_post(page.network, page.id, post.id, at=self.calendar.at(5, 1, 20, 30))

    def _guest(self, page: Page) -> None:
        guest = self.world.add_user(page.network, *self.texts.person()).id
        for number in range(2):
            self._extra(page, self._guests.pop(), 4 + number, 3, 13, author=guest)

    def _advertising(self, page: Page) -> None:
        self._extra(page, "Такси «Паром» по району — от ста рублей. На правах рекламы.", 4, 4, 12, kind="ad")

    def _repost_upstream(self, page: Page) -> None:
        text = "Край выделил деньги на школьные автобусы. Рассказываем, куда они поедут."
        self._repost(page, 3, Source("", "", self.calendar.at(3, 0, 9), text, "Администрация края", 120_000, True))

    def _repost_unregistered(self, page: Page) -> None:
        text = "Самые смешные объявления недели, листайте до конца."
        self._repost(page, 4, Source("", "", self.calendar.at(4, 0, 9), text, "Смешное каждый день", 48_000, False))

    def _repost(self, page: Page, week: int, source: Source) -> None:
        origin = self._origin(page, source)
        source.page, source.post = origin.page, origin.id
        self._extra(
            page,
            "Делимся новостью соседей." if source.registered else "Улыбнитесь!",
            week,
            4,
            14,
            kind="repost",
            source=source,
        )

    def _origin(self, page: Page, source: Source) -> Post:
        known = (
            one for (network, _), one in self.world.pages.items() if network == page.network and one.name == source.name
        )
        there = next(known, None) or self.world.add_page(
            Page(
                page.network, "", name=source.name, subscribers=source.subscribers or 0, audience_mark=source.registered
            )
        )
        return self.world.publish(page.network, there.id, source.text, at=source.at)

    def _takeover(self, page: Page) -> None:
        handle = page.handle
        self.world.rename(page.network, page.id, f"club{page.id}")
        self.world.add_page(
            Page(page.network, "", handle, name="Скидки и промокоды", description="Реклама", subscribers=90)
        )
