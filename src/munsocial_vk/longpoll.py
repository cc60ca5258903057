"""Bots Long Poll: events without a public address. A gap in the events is told, so that it can be closed by reading."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from munsocial.model.accounts import NetworkAccount
from munsocial.transport.addresses import handed_over
from munsocial.transport.port import Answer, Request
from munsocial.transport.session import Call, Repeat
from munsocial.wording import Text
from munsocial_vk import wire
from munsocial_vk.base import VkBase, placed
from munsocial_vk.calls import confirmed
from munsocial_vk.envelope import unreadable
from munsocial_vk.events import Event, read_event
from munsocial_vk.places import group_id

__all__ = ["LOST", "LongPoll"]

LOST = "events_lost"
"""Kind of the event that stands for those which VK no longer has: read the page anew."""
_WAIT = 25


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


class LongPoll(VkBase):
    """Listening to one community."""

    async def listen(self, account: NetworkAccount) -> AsyncIterator[Event]:
        """Yield events as they come, without end. After a gap an event of kind `LOST` comes first.

        Long poll must be switched on: `start_long_poll`.
        """
        account = await self.known(account)
        group = str(group_id(account))
        place = await self._server(account)
        while True:
            updates = await self._check_for(account, place)
            if updates.failed == 1:
                place.ts = str(updates.ts)
                yield Event(LOST, group)
            elif updates.failed is not None:
                fresh = await self._server(account)
                if updates.failed == 2:
                    fresh.ts = place.ts
                else:
                    yield Event(LOST, group)
                place = fresh
            else:
                place.ts = place.ts if updates.ts is None else str(updates.ts)
                for raw in updates.updates or ():
                    event = None if raw is None else read_event({"group_id": group_id(account), **raw})
                    yield event if event is not None else Event(LOST, group)

    @placed
    async def start_long_poll(self, account: NetworkAccount, *events: str) -> None:
        """Switch long poll on for kinds of events, e.g. ``wall_reply_new``."""
        params: dict[str, Any] = {
            "group_id": group_id(account),
            "enabled": True,
            "api_version": self.settings.api_version,
        }
        params |= dict.fromkeys(events, True)
        await self.calls.call(account.id, "groups.setLongPollSettings", Any, params, confirmed)

    @placed
    async def _server(self, account: NetworkAccount) -> _Place:
        params = {"group_id": group_id(account)}
        found = await self.calls.call(account.id, "groups.getLongPollServer", _Server, params, lambda reply: reply)
        if not found.server or not found.key or found.ts is None:
            raise unreadable(Text("Сервер событий не назван.", "The server of events is not named."))
        return _Place(found.server, found.key, str(found.ts))

    async def _check_for(self, account: NetworkAccount, place: _Place) -> _Updates:
        query = {"act": "a_check", "key": place.key, "ts": place.ts, "wait": str(_WAIT)}
        request = handed_over(
            Request("GET", place.server, query=query, secrets=(place.key,)),
            hosts=self.settings.upload_hosts,
            base_url=self.settings.base_url,
        )
        call = Call(request, _read, "longpoll", account.id, repeat=Repeat.READ, silence=float(_WAIT))
        return await self.session.call(call)


def _read(answer: Answer) -> _Updates:
    updates = _Updates.model_validate_json(answer.body)
    if updates.failed is None and updates.updates is None:
        raise unreadable(Text("Ответ сервера событий не читается.", "The answer with events cannot be read."))
    return updates
