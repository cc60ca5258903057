"""Private messages of a community. The idempotency key becomes ``random_id``, so a repetition never sends twice."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from munsocial.errors import NetworkError, RequestRefused
from munsocial.model.accounts import NetworkAccount
from munsocial.wording import Text
from munsocial_vk import wire
from munsocial_vk.base import VkBase, placed
from munsocial_vk.calls import confirmed
from munsocial_vk.errors import error_of
from munsocial_vk.places import group_id

__all__ = ["Delivery", "Messaging", "pieces_of", "random_id"]

_PEERS = 100


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a message to one of several receivers: its id, or why not."""

    peer: str
    message: str | None = None
    error: NetworkError | None = None


class _SentError(wire.Wire):
    code: wire.Loose[int] = None
    description: wire.Loose[str] = None


class _Sent(wire.Wire):
    peer_id: wire.Loose[int] = None
    message_id: wire.Loose[int] = None
    error: wire.Loose[_SentError] = None


def random_id(key: str) -> int:
    """Turn a key into VK's idempotency number: positive, below 2^63, never 0, always the same."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") >> 1 or 1


def pieces_of(text: str, most: int) -> list[str]:
    """Cut a long text at ends of paragraphs, sentences or words; joined with what was cut they give the text."""
    pieces = []
    while len(text) > most:
        cut = max(text.rfind(mark, most // 2, most) + len(mark) for mark in ("\n", ". ", " "))
        cut = cut if cut > most // 2 else most
        pieces.append(text[:cut])
        text = text[cut:]
    return [*pieces, text]


class Messaging(VkBase):
    """Sending and deleting."""

    @placed
    async def send_message(self, account: NetworkAccount, peer: str, text: str, *, key: str) -> str:
        """Send a message; a long text goes in several. Returns the id of the last.

        Raises:
            RequestRefused: the text is empty; nothing was sent.
            CannotMessage: the person never wrote, or forbade it.
        """
        if not text.strip():
            raise RequestRefused(
                Text("Сообщение пусто.", "The message is empty."),
                network="vk",
                account=account.id,
                remedy=Text("Напишите текст.", "Write a text."),
            )
        number = ""
        for place, piece in enumerate(pieces_of(text, self.settings.message_text)):
            params = {
                "peer_id": peer,
                "group_id": group_id(account),
                "message": piece,
                "random_id": random_id(f"{key}/{place}"),
            }
            number = str(await self.calls.call(account.id, "messages.send", int, params, lambda made: made))
        return number

    @placed
    async def send_messages(
        self, account: NetworkAccount, peers: Sequence[str], text: str, *, key: str
    ) -> tuple[Delivery, ...]:
        """Send one text to several persons; each has an outcome of its own."""
        deliveries: list[Delivery] = []
        for start in range(0, len(peers), _PEERS):
            some = peers[start : start + _PEERS]
            params = {
                "peer_ids": list(some),
                "group_id": group_id(account),
                "message": text,
                "random_id": random_id(f"{key}/{start}"),
            }
            shape = list[wire.Loose[_Sent]]
            sent = await self.calls.call(account.id, "messages.send", shape, params, lambda reply: reply)
            by_peer = {str(one.peer_id): one for one in sent if one is not None}
            deliveries += [_delivery(peer, by_peer.get(peer), account.id) for peer in some]
        return tuple(deliveries)

    @placed
    async def delete_message(self, account: NetworkAccount, message: str) -> None:
        """Delete a message for all; VK allows it for about a day."""
        params = {"message_ids": message, "group_id": group_id(account), "delete_for_all": True}
        await self.calls.call(account.id, "messages.delete", Any, params, confirmed)

    @placed
    async def mark_answered(self, account: NetworkAccount, peer: str) -> None:
        """Mark a dialog as answered."""
        params = {"peer_id": peer, "group_id": group_id(account), "answered": True}
        await self.calls.call(account.id, "messages.markAsAnsweredConversation", Any, params, confirmed)


def _delivery(peer: str, sent: _Sent | None, account: str) -> Delivery:
    if sent is not None and sent.error is None and sent.message_id:
        return Delivery(peer, str(sent.message_id))
    told = sent.error if sent is not None and sent.error is not None else _SentError(description="no result came")
    error = error_of(wire.ApiError(error_code=told.code, error_msg=told.description), method="messages.send")
    error.account = account
    return Delivery(peer, error=error)
