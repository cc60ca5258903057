"""Shapes of the Graph API: conversations, messages, subscriptions; and what a message of it is in our model."""

from __future__ import annotations

from typing import Any

from munsocial.model.content import Message
from munsocial_ok.decode import moment_of
from munsocial_ok.wire import Id, Many, Millis, Wire

__all__ = [
    "Chat",
    "Chats",
    "GraphMessage",
    "Info",
    "Messages",
    "Subscription",
    "Subscriptions",
    "message_of",
]


class Info(Wire):
    """Whose token it is."""

    name: str | None = None
    group_id: str | None = None


class Chat(Wire):
    """A conversation; ``participants`` by ``user:<id>``, None when OK does not say who takes part."""

    chat_id: Id
    status: str | None = None
    participants: dict[str, Any] | None = None
    lastEventTime: Millis | None = None

    @property
    def nameless(self) -> bool:
        """Whether anybody may hide in it: nobody is named, and it has not been left or removed."""
        return self.participants is None and (self.status or "").upper() not in ("LEFT", "REMOVED")


class Chats(Wire):
    """A page of conversations; no marker is the end."""

    chats: Many[Chat] = ()
    marker: str | None = None


class Sender(Wire):
    """Who wrote: a person or the group."""

    user_id: str | None = None
    group_id: str | None = None


class Recipient(Wire):
    """Where it was written."""

    chat_id: str | None = None


class Body(Wire):
    """What was written."""

    mid: Id
    text: str | None = None
    payload: Any = None


class GraphMessage(Wire):
    """A message of a listing or of an event."""

    message: Body
    sender: Sender = Sender()
    recipient: Recipient = Recipient()
    timestamp: Millis | None = None
    webhookType: str | None = None
    payload: Any = None


class Messages(Wire):
    """Messages of one conversation, newest first."""

    messages: Many[GraphMessage] = ()


class Subscription(Wire):
    """An address that receives events; OK's page allows a row without one."""

    url: str | None = None
    time: Millis | None = None


class Subscriptions(Wire):
    """All of them."""

    subscriptions: Many[Subscription] = ()


def message_of(one: GraphMessage, chat: str = "") -> Message | None:
    """Return a message of our model; None when it has no moment. ``peer_id`` is the conversation."""
    at = moment_of(one.timestamp)
    peer = one.recipient.chat_id or chat
    if at is None or not peer:
        return None
    author = one.sender.user_id or one.sender.group_id
    return Message(
        id=one.message.mid,
        peer_id=peer,
        at=at,
        text=one.message.text or "",
        author_id=_bare(author),
        # How the group's own messages name their sender is not documented: its id says what it is.
        outgoing=author is not None and (author.startswith("group:") or not one.sender.user_id),
    )


def _bare(id: str | None) -> str | None:
    return id.partition(":")[2] or id if id else None
