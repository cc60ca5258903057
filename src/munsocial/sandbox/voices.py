"""What is said in the sample district: comments, questions upstream and their answers, removals, bans, messages."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from munsocial.model.accounts import Account
from munsocial.model.registry import Registry
from munsocial.sandbox.cast import is_upstream_of
from munsocial.sandbox.scenes import WEEKS, Calendar, Scene
from munsocial.sandbox.texts import Texts
from munsocial.sandbox.things import Ban, Post
from munsocial.sandbox.world import World

__all__ = ["Voices"]

_UPSTREAM_ROLES = ("governor", "krai_administration", "district_administration")
_ASKED_ABOVE = 4
"""So many questions a settlement gets above it."""


class Voices:
    """Lets people speak. ``crowd`` are the citizens of each network."""

    def __init__(
        self, world: World, registry: Registry, calendar: Calendar, texts: Texts, crowd: dict[str, list[str]]
    ) -> None:
        self.world = world
        self.registry = registry
        self.calendar = calendar
        self.texts = texts
        self.crowd = crowd
        self._dice = random.Random("voices")

    def talk(self, account: Account, scene: Scene, posts: Sequence[Post]) -> None:
        """Let citizens comment the posts of a page, harmless things and those which are still left standing."""
        page = self.world.page(account.network, account.network_id)
        if not page.comments_open or not posts:
            return
        for post in posts:
            for _ in range(self._dice.choice((0, round(scene.talk), round(scene.talk * 2)))):
                at = self._after(post.at, hours=30)
                said = self.world.comment(
                    page.network, page.id, post.id, self.texts.comment(at), author=self._somebody(page.network), at=at
                )
                if scene.replies and said.text.endswith("?"):
                    self._reply(account, post, said.id, said.at, "Спасибо за вопрос! Проверим и ответим до вечера.")
        for number, mark in enumerate(scene.left):
            post = posts[-1 - number % len(posts)]
            at = self._after(post.at, hours=6)
            self.world.comment(
                page.network, page.id, post.id, self.texts.bad(mark).text, author=self._somebody(page.network), at=at
            )

    def _reply(self, account: Account, post: Post, to: str, at: datetime, text: str) -> None:
        when = self._after(at, hours=5)
        self.world.comment(
            account.network, post.page, post.id, text, author=account.network_id, as_page=True, reply_to=to, at=when
        )

    def moderate(self) -> None:
        """Replay the removals of the register: something was written, removed, and its author banned."""
        for removal in self.registry.removals:
            account = self.registry.account_by_id[removal.account]
            page = self.world.page(account.network, account.network_id)
            under = [post for post in self.world.wall(page.network, page.id) if post.at < removal.at]
            if not under:
                continue
            self._user(page.network, removal.author_id)
            text = "Да пошли вы со своим ремонтом, бл@ть" if removal.ground == "obscenity" else removal.text
            said = self.world.comment(
                page.network, page.id, under[0].id, text, author=removal.author_id, at=removal.at - timedelta(hours=2)
            )
            said.id = removal.item.rpartition("_")[2] or said.id
            by = self.registry.person_by_id[removal.by].profiles.get(page.network) if removal.by else None
            self.world.delete_comment(page.network, page.id, said.id, by=by, at=removal.at)
            self.world.ban(
                page.network,
                page.id,
                Ban(removal.author_id, removal.at, removal.at + timedelta(days=90), removal.ground, by=by),
            )

    def ban_without_ground(self, account: Account, scene: Scene) -> None:
        """Put the users of a scene into the black list although nothing of theirs was ever removed."""
        for user in scene.banned:
            self._user(account.network, user)
            at = self.calendar.at(4, 2, 16, 20)
            self.world.ban(account.network, account.network_id, Ban(user, at, note="надоел со своей критикой"))

    def upstream(self) -> list[Post]:
        """Let the accounts above publish; return their posts. The district's own pages are upstream, too."""
        made: list[Post] = []
        for one in self.registry.upstream:
            own = any((a.network, a.network_id) == (one.network, one.network_id) for a in self.registry.accounts)
            if own or one.until is not None:
                continue
            for number, card in enumerate(self.texts.upstream(one.role)):
                at = self.calendar.at(2 + number % 4, 1 + number // 4, 11, 15)
                made.append(self.world.publish(one.network, one.network_id, card["text"].strip(), at=at))
        return made

    def ask_upstream(self, account: Account, scene: Scene) -> None:
        """Let citizens of a settlement ask above it, and let the settlement answer its share."""
        body = self.registry.body_by_id[account.body]
        for number in range(_ASKED_ABOVE):
            role = _UPSTREAM_ROLES[number % len(_UPSTREAM_ROLES)]
            above = is_upstream_of(self.registry, account.network, role, self.calendar.now)
            if above is None or not body.places:
                continue
            posts = self.world.wall(above.network, above.network_id)
            post = posts[min(number + 1, len(posts) - 1)]
            asked = self.texts.question(body.places[number % len(body.places)], self._street(body.streets))
            at = self._after(post.at, hours=20)
            said = self.world.comment(
                above.network, above.network_id, post.id, asked.text, author=self._somebody(account.network), at=at
            )
            if number < round(_ASKED_ABOVE * (scene.answers or 0.0)):
                self._reply(account, post, said.id, said.at, asked.answer)

    def write_privately(self, account: Account, scene: Scene) -> None:
        """Let citizens write messages; every other one is answered."""
        page = self.world.page(account.network, account.network_id)
        for number in range(scene.messages):
            letter, peer = self.texts.message(), self._somebody(page.network)
            at = self.calendar.at(WEEKS - 1, number % 6, 10 + number, 5)
            self.world.receive(page.network, page.id, peer, letter.text, at=at)
            if letter.answer and number % 2 == 0:
                self.world.send_message(page.network, page.id, peer, letter.answer).at = at + timedelta(hours=3)

    def _somebody(self, network: str) -> str:
        return self._dice.choice(self.crowd[network])

    def _user(self, network: str, id: str) -> None:
        if (network, id) not in self.world.users:
            self.world.add_user(network, *self.texts.person(), id=id)

    def _street(self, streets: Sequence[str]) -> str:
        return self._dice.choice(list(streets) or ["Центральная"])

    def _after(self, moment: datetime, *, hours: int) -> datetime:
        later = self.calendar.awake(moment + timedelta(minutes=self._dice.randint(10, hours * 60)))
        return min(later, self.calendar.now - timedelta(minutes=self._dice.randint(1, 20)))
