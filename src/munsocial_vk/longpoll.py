"""Bots Long Poll: events without a public address. A gap in them is told, and closed by reading as far as it goes."""

from __future__ import annotations

import contextlib
from collections import OrderedDict
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from munsocial import errors
from munsocial.errors import CapabilityMissing, NetworkError
from munsocial.model.accounts import NetworkAccount
from munsocial.model.content import Comment
from munsocial.network.drafts import Page
from munsocial.transport.faults import is_address_gone
from munsocial.transport.port import Answer, Request
from munsocial.transport.session import Call, Repeat
from munsocial.wording import Text
from munsocial_vk import wire
from munsocial_vk.base import placed
from munsocial_vk.envelope import unreadable
from munsocial_vk.events import Event, read_event
from munsocial_vk.places import group_id
from munsocial_vk.reading import Reading

__all__ = ["LOST", "LongPoll"]

LOST = "events_lost"
"""Kind of the event that stands for those which VK no longer has: read the page anew."""
_WAIT = 25
_PATIENCE = 8
"""Failures in a row before listening ends; with the pauses between them that is about four minutes."""
_PASSING = (
    errors.Unreachable,
    errors.DeadlineExceeded,
    errors.ServerFault,
    errors.UnreadableAnswer,
    errors.RateLimited,
)
_OVERLAP = timedelta(minutes=2)
"""Clocks differ, and what was under way when the last answer came belongs to the gap."""
_TALKED = timedelta(days=7)
"""Posts under which comments are looked for: talk under older ones is rare."""
_PAGES = 20
_REMEMBERED = 10_000
T = TypeVar("T")


class _Server(wire.Wire):
    server: wire.Loose[str] = None
    key: wire.Loose[str] = None
    ts: wire.Loose[str | int] = None


class _Updates(wire.Wire):
    """``ts`` is a text, and a number in failures."""

    ts: wire.Loose[str | int] = None
    failed: wire.Loose[int] = None
    updates: wire.Items[dict[str, Any]] = None


@dataclass(slots=True)
class _Place:
    server: str
    key: str
    ts: str


class _Known:
    """What was handed out lately, so that nothing comes twice when a gap is closed by reading."""

    def __init__(self) -> None:
        self._ids: OrderedDict[tuple[str, str], None] = OrderedDict()

    def is_new(self, event: Event) -> bool:
        if event.id and not self._note(("event", event.id)):
            return False
        if event.what is None:
            return True
        return self._note((type(event.what).__name__, event.what.id)) or not event.by_reading

    def _note(self, mark: tuple[str, str]) -> bool:
        """Remember a mark; tell whether it was unknown."""
        if mark in self._ids:
            return False
        self._ids[mark] = None
        if len(self._ids) > _REMEMBERED:
            self._ids.popitem(last=False)
        return True


class LongPoll(Reading):
    """Listening to one community."""

    async def listen(self, account: NetworkAccount) -> AsyncIterator[Event]:
        """Yield events as they come, without end; long poll must be switched on by `start_long_poll`.

        After a gap an event of kind `LOST` comes first, and then what reading finds of it: posts, comments and messages
        that were not handed out. Deletions, edits and bans of that time stay unknown. Passing faults are waited out.

        Raises:
            NetworkError: the server of events has failed for several minutes, or the key does not serve.
        """
        account = await self.known(account)
        known = _Known()
        place, last, failures = await self._server(account), self.moment(), 0
        while True:
            before, ts = self.session.now(), place.ts
            try:
                updates = await self._check_for(account, place)
                lost = await self._moved(account, place, updates)
            except _PASSING as error:
                failures += 1
                if failures >= _PATIENCE:
                    raise
                await self.session.sleep(error.retry_after or min(60.0, 2.0**failures))
                continue
            # A server that does not move on will give the same events for ever.
            stuck = updates.failed is None and bool(updates.updates) and place.ts == ts
            failures = failures + 1 if stuck or updates.failed is not None else 0
            if failures >= _PATIENCE:
                raise unreadable(Text("Сервер событий всё время отказывает.", "The server of events keeps failing."))
            async with contextlib.aclosing(self._told(account, updates, last - _OVERLAP if lost else None)) as events:
                async for event in events:
                    if known.is_new(event):
                        yield event
            last = self.moment()
            if stuck:
                await self.session.sleep(min(60.0, 2.0**failures))
            elif not updates.updates and self.session.now() - before < 1.0:
                await self.session.sleep(1.0)  # a server that answers at once and says nothing

    async def _told(
        self, account: NetworkAccount, updates: _Updates, missed: datetime | None
    ) -> AsyncGenerator[Event, None]:
        """Give what an answer tells, and before it what reading finds of a gap since ``missed``."""
        lost = Event(LOST, str(group_id(account)))
        if missed is not None:
            yield lost
            async with contextlib.aclosing(self._missed(account, missed)) as events:
                async for event in events:
                    yield event
        for raw in updates.updates or ():
            yield (None if raw is None else read_event({"group_id": group_id(account), **raw})) or lost

    async def _moved(self, account: NetworkAccount, place: _Place, updates: _Updates) -> bool:
        """Move the place on, or put it right after a failure; tell whether events were lost."""
        if updates.failed is None:
            place.ts = place.ts if updates.ts is None else str(updates.ts)
            return False
        if updates.failed == 1 and updates.ts is not None:
            place.ts = str(updates.ts)
            return True
        fresh = await self._server(account)
        place.server, place.key = fresh.server, fresh.key
        if updates.failed == 2:
            return False
        place.ts = fresh.ts
        return True

    async def _missed(self, account: NetworkAccount, since: datetime) -> AsyncGenerator[Event, None]:
        """Read what came since a moment: posts, comments under posts of the last days, messages."""
        group, until = str(group_id(account)), self.moment()
        with contextlib.suppress(NetworkError, CapabilityMissing):
            async with _all(
                lambda at: self.list_posts(account, since=since - _TALKED, until=until, cursor=at)
            ) as posts:
                async for post in posts:
                    if post.at >= since:
                        yield Event("wall_post_new", group, what=post, by_reading=True)
                    if post.comments == 0:
                        continue
                    async with _all(partial(self._comments_of, account, post.id)) as comments:
                        async for comment in comments:
                            if comment.at >= since and not comment.deleted:
                                yield Event("wall_reply_new", group, what=comment, by_reading=True)
        with contextlib.suppress(NetworkError, CapabilityMissing):
            async with _all(lambda at: self.list_messages(account, since=since, cursor=at)) as messages:
                async for message in messages:
                    kind = "message_reply" if message.outgoing else "message_new"
                    yield Event(kind, group, what=message, by_reading=True)

    def _comments_of(self, account: NetworkAccount, post: str, at: str | None) -> Awaitable[Page[Comment]]:
        return self.list_comments(account, post, cursor=at)

    @placed
    async def start_long_poll(self, account: NetworkAccount, *events: str) -> None:
        """Switch long poll on for kinds of events, e.g. ``wall_reply_new``."""
        params: dict[str, Any] = {
            "group_id": group_id(account),
            "enabled": True,
            "api_version": self.settings.api_version,
        }
        params |= dict.fromkeys(events, True)
        await self.calls.do(account.id, "groups.setLongPollSettings", params)

    @placed
    async def _server(self, account: NetworkAccount) -> _Place:
        params = {"group_id": group_id(account)}
        found = await self.calls.get(account.id, "groups.getLongPollServer", _Server, params)
        if not found.server or not found.key or found.ts is None:
            raise unreadable(Text("Сервер событий не назван.", "The server of events is not named."))
        return _Place(found.server, found.key, str(found.ts))

    async def _check_for(self, account: NetworkAccount, place: _Place) -> _Updates:
        query = {"act": "a_check", "key": place.key, "ts": place.ts, "wait": str(_WAIT)}
        request = self.calls.followed(
            Request("GET", place.server, query=query, secrets=(place.key,)), "longpoll", account.id
        )
        call = Call(request, _read, "longpoll", account.id, repeat=Repeat.READ, silence=float(_WAIT))
        try:
            return await self.session.call(call)
        except NetworkError as error:
            if is_address_gone(error):  # the next call goes to a new server, from where we were
                fresh = await self._server(account)
                place.server, place.key = fresh.server, fresh.key
            raise


def _all(page: Callable[[str | None], Awaitable[Page[T]]]) -> contextlib.aclosing[AsyncGenerator[T, None]]:
    """Walk a listing to its end, or as far as a gap is worth to be closed; whoever stops early closes it."""
    return contextlib.aclosing(_walked(page))


async def _walked(page: Callable[[str | None], Awaitable[Page[T]]]) -> AsyncGenerator[T, None]:
    cursor: str | None = None
    for _ in range(_PAGES):
        one = await page(cursor)
        for item in one.items:
            yield item
        cursor = one.cursor
        if cursor is None:
            return


def _read(answer: Answer) -> _Updates:
    updates = _Updates.model_validate_json(answer.body)
    if updates.failed is None and updates.updates is None:
        raise unreadable(Text("Ответ сервера событий не читается.", "The answer with events cannot be read."))
    return updates
