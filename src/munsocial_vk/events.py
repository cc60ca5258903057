"""Callback API: from the bytes of a request to events and the answer to give. Pure: no server, no clock of its own.

VK wants a plain ``ok`` fast, or it repeats; so keep the events and work later.
"""

from __future__ import annotations

import hmac
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter, ValidationError

from munsocial.model.content import Comment, Message, Post
from munsocial_vk import wire
from munsocial_vk.decode import comments_of, messages_of, posts_of

__all__ = ["CallbackAnswer", "Callbacks", "Event", "read_event"]

_REMEMBERED = 10_000
_LARGEST = 1024 * 1024
_UNDER_WAY = "5"
"""Seconds after which VK is to come again with an event that is being put away."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in a community. ``what`` holds a post, comment or message where the event tells one.

    ``id`` is VK's; without it repeats cannot be told. ``raw`` is the object as it came. What was found by reading after
    events had been lost says so, and has neither.
    """

    kind: str
    group_id: str
    id: str = ""
    what: Post | Comment | Message | None = None
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False)
    by_reading: bool = False


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    """What to send back: status, text, headers; ``event`` is None when there is nothing (new) to work on."""

    status: int
    text: str
    event: Event | None = None
    headers: tuple[tuple[str, str], ...] = ()


class _Envelope(wire.Wire):
    type: wire.Loose[str] = None
    event_id: wire.Loose[str] = None
    group_id: wire.Loose[int] = None
    secret: wire.Loose[str] = None
    object: wire.Loose[dict[str, Any]] = None


_ENVELOPE = TypeAdapter(_Envelope)


@dataclass
class Callbacks:
    """The receiving end for one community: its id, its secret, its confirmation code. Safe to share between threads.

    Set ``busy_seconds`` to have VK come again later (503 with Retry-After, under three hours).
    """

    group_id: str
    secret: str = field(repr=False)
    confirmation: str = field(repr=False)
    busy_seconds: int = 0
    _seen: OrderedDict[str, None] = field(default_factory=OrderedDict, repr=False)
    _held: set[str] = field(default_factory=set, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def receive(self, body: bytes, *, holding: bool = False) -> CallbackAnswer:
        """Read one request. What is foreign or broken is refused with 403 or 400 and tells nothing.

        With ``holding`` an event is under way until `kept` or `forget` is called for it: a repeat gets 503 meanwhile.
        """
        if len(body) > _LARGEST:
            return CallbackAnswer(413, "too big")
        try:
            envelope = _ENVELOPE.validate_json(body)
        except (ValidationError, RecursionError):
            return CallbackAnswer(400, "bad request")
        if not self._is_ours(envelope):
            return CallbackAnswer(403, "forbidden")
        if envelope.type == "confirmation":
            return CallbackAnswer(200, self.confirmation)
        if self.busy_seconds:
            wait = min(self.busy_seconds, 3 * 3600 - 1)
            return CallbackAnswer(503, "later", headers=(("retry-after", str(wait)),))
        if envelope.event_id and (repeat := self._repeat(envelope.event_id, holding=holding)):
            return repeat
        return CallbackAnswer(200, "ok", _event(envelope))

    def _is_ours(self, envelope: _Envelope) -> bool:
        """Compare in constant time; an empty secret of ours accepts nothing but the confirmation."""
        same_group = str(envelope.group_id) == str(self.group_id)  # a number will do too
        same_secret = hmac.compare_digest((envelope.secret or "").encode(), self.secret.encode())
        if envelope.type == "confirmation" and envelope.secret is None:
            return same_group  # VK sends the first confirmation without the secret
        return same_group and same_secret and bool(self.secret) and bool(envelope.type)

    def _repeat(self, event_id: str, *, holding: bool) -> CallbackAnswer | None:
        """Return the answer to an event that is known already, or note it."""
        with self._lock:
            if event_id in self._seen:
                return CallbackAnswer(200, "ok")
            if event_id in self._held:
                return CallbackAnswer(503, "later", headers=(("retry-after", _UNDER_WAY),))
            if holding:
                self._held.add(event_id)
            else:
                self._note(event_id)
            return None

    def _note(self, event_id: str) -> None:
        self._seen[event_id] = None
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)

    def kept(self, event: Event) -> None:
        """Take an event that was held as received: VK need not send it again."""
        with self._lock:
            self._held.discard(event.id)
            if event.id:
                self._note(event.id)

    def forget(self, event: Event) -> None:
        """Take an event as not received: its work failed, and VK shall send it again."""
        with self._lock:
            self._held.discard(event.id)
            self._seen.pop(event.id, None)


def read_event(raw: Mapping[str, Any]) -> Event | None:
    """Read one event of a callback or of the long poll (they are the same); None when it has no kind."""
    try:
        envelope = _Envelope.model_validate(raw)
    except (ValidationError, RecursionError):
        return None
    return _event(envelope) if envelope.type else None


def _event(envelope: _Envelope) -> Event:
    raw = envelope.object or {}
    group = "" if envelope.group_id is None else str(envelope.group_id)
    kind = envelope.type or ""
    return Event(kind, group, envelope.event_id or "", _what(kind, raw), raw)


def _what(kind: str, raw: Mapping[str, Any]) -> Post | Comment | Message | None:
    try:
        if kind in ("wall_post_new", "wall_repost", "wall_schedule_post_new"):
            return next(iter(posts_of(wire.WallReply.model_validate({"items": [raw]})).items), None)
        if kind.startswith("message_") and kind.removeprefix("message_") in ("new", "reply", "edit"):
            item = raw.get("message", raw)
            return next(iter(messages_of(wire.HistoryReply.model_validate({"items": [item]}).items).items), None)
        if kind.startswith(("wall_reply_", "photo_comment_", "video_comment_", "board_post_")) and "delete" not in kind:
            return _comment(kind, raw)
    except (ValidationError, RecursionError):
        return None
    return None


def _comment(kind: str, raw: Mapping[str, Any]) -> Comment | None:
    place = kind.partition("_")[0].removeprefix("wall")  # ids of the wall stand without their place
    whose, number = _under(place, raw)
    if not isinstance(whose, int) or not isinstance(number, int):
        return None
    post = f"{place}:{number}" if place else str(number)
    reply = wire.CommentReply.model_validate({"items": [raw]})
    return next(iter(comments_of(reply, post=post, owner=whose).items), None)


def _under(place: str, raw: Mapping[str, Any]) -> tuple[Any, Any]:
    if place == "board":
        return raw.get("topic_owner_id"), raw.get("topic_id")
    if place:
        return raw.get(f"{place}_owner_id"), raw.get(f"{place}_id")
    return raw.get("post_owner_id", raw.get("owner_id")), raw.get("post_id")
