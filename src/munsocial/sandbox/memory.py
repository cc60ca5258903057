"""What a world holds, and how things are found in it."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar, cast

from munsocial.sandbox.clock import Clock
from munsocial.sandbox.numbering import Numbering
from munsocial.sandbox.things import Application, Comment, Event, Key, Media, Message, Page, Post, Refusal, Upload, User

__all__ = ["Memory", "atomic"]

P = ParamSpec("P")
R = TypeVar("R")
W = TypeVar("W", bound="Memory")


def atomic(method: Callable[Concatenate[W, P], R]) -> Callable[Concatenate[W, P], R]:
    """Let a method run alone: threads may share one world."""

    @functools.wraps(method)
    def locked(self: W, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with self.lock:
            return method(self, *args, **kwargs)

    return cast("Callable[Concatenate[W, P], R]", locked)


class Memory:
    """Everything that exists, and how it is found."""

    def __init__(self, now: datetime, *, real_time: bool = False, ids: Numbering | None = None) -> None:
        self.clock = Clock(now, real=real_time)
        self.lock = threading.RLock()
        self.ids = ids or Numbering()
        self.users: dict[tuple[str, str], User] = {}
        self.pages: dict[tuple[str, str], Page] = {}
        self.handles: dict[tuple[str, str], str] = {}
        """Who answers to a handle now: (network, handle in lower case) to the id of a page or user."""
        self.page_of_post: dict[tuple[str, str], str] = {}
        """Where a publication stands, for networks whose post ids are unique throughout (OK)."""
        self.keys: dict[str, Key] = {}
        self.applications: dict[str, Application] = {}
        """By public key."""
        self.uploads: dict[str, Upload] = {}
        self.media: dict[tuple[str, str, str, str], Media] = {}
        """By network, kind, owner, id."""
        self.done: dict[tuple[str, str, str], str] = {}
        """Idempotency keys: (network, page, key) to the id of what was made."""
        self.events: list[Event] = []

    # --- the moment

    def now(self) -> datetime:
        """Return the present moment of this world, in UTC."""
        return self.clock.now()

    def _note(self, what: str, network: str, page: str, id: str, by: str | None = None) -> None:
        self.events.append(Event(len(self.events) + 1, self.now(), what, network, page, id, by))

    # --- finding

    @atomic
    def page(self, network: str, id: str) -> Page:
        """Return a page by its id; scheduled posts whose moment has come stand on it by now."""
        page = self.pages.get((network, id))
        if page is None:
            raise Refusal("no_page", id)
        self._appear(page)
        return page

    @atomic
    def find(self, network: str, handle: str) -> Page | User:
        """Return who answers to a handle now, a page or a person."""
        id = self.handles.get((network, handle.lower()))
        if id is None:
            raise Refusal("no_page", handle)
        return self.pages.get((network, id)) or self.users[network, id]

    @atomic
    def user(self, network: str, id: str) -> User:
        """Return a person by id."""
        try:
            return self.users[network, id]
        except KeyError:
            raise Refusal("no_user", id) from None

    @atomic
    def wall(
        self, network: str, page: str, *, states: Iterable[str] = ("published",), place: str = "wall"
    ) -> list[Post]:
        """Return publications of a page, newest first; a network which shows the pinned one first moves it itself."""
        wanted = frozenset(states)
        posts = self.page(network, page).posts.values()
        shown = [post for post in posts if post.state in wanted and post.place == place]
        return sorted(shown, key=lambda post: (post.at, post.id), reverse=True)

    @atomic
    def post(self, network: str, page: str, id: str) -> Post:
        """Return a publication in whatever state it is."""
        try:
            return self.page(network, page).posts[id]
        except KeyError:
            raise Refusal("no_post", id) from None

    @atomic
    def post_anywhere(self, network: str, id: str) -> Post:
        """Return a publication of a network whose post ids are unique throughout it."""
        return self.post(network, self.page_of_post.get((network, id), ""), id)

    @atomic
    def find_comment(self, network: str, page: str, id: str) -> Comment:
        """Return a comment under anything on a page, deleted or not."""
        for post in self.page(network, page).posts.values():
            for comment in post.comments:
                if comment.id == id:
                    return comment
        raise Refusal("no_comment", id)

    @atomic
    def key(self, value: str) -> Key:
        """Return a key that is valid now."""
        key = self.keys.get(value)
        if key is None or key.revoked or (key.expires is not None and key.expires <= self.now()):
            raise Refusal("no_key")
        return key

    @atomic
    def upload(self, token: str) -> Upload:
        """Return what belongs to an upload address."""
        try:
            return self.uploads[token]
        except KeyError:
            raise Refusal("no_upload", token) from None

    @atomic
    def find_message(self, network: str, page: str, id: str) -> Message:
        """Return a message of a page, deleted or not."""
        for dialog in self.page(network, page).dialogs.values():
            for message in dialog:
                if message.id == id:
                    return message
        raise Refusal("no_message", id)

    def _put(self, page: Page, post: Post) -> None:
        page.posts[post.id] = post
        if self.ids.posts_are_unique(page.network):
            self.page_of_post[page.network, post.id] = page.id
        if post.state == "scheduled":
            page.waiting.add(post.id)

    def _appear(self, page: Page) -> None:
        """Let scheduled posts appear whose moment has come: under a new id, as the networks do it."""
        for id in sorted(page.waiting):
            post = page.posts[id]
            if post.state == "scheduled" and post.at > self.now():
                continue
            page.waiting.discard(id)
            if post.state == "scheduled":
                del page.posts[id]
                post.id, post.state = self.ids.post(page), "published"
                page.republished[id] = post.id
                self._put(page, post)
                self._note("post", page.network, page.id, post.id, post.author)
