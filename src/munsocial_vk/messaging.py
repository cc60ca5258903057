"""Private messages of a community. The idempotency key becomes ``random_id``, so a repetition never sends twice."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from munsocial.errors import NetworkError, NotFound, Problem, RequestRefused
from munsocial.model.accounts import NetworkAccount
from munsocial.network.drafts import Media
from munsocial.transport.faults import LookFirst
from munsocial.wording import Text
from munsocial_vk import wire
from munsocial_vk.base import VkBase, placed
from munsocial_vk.calls import confirmed
from munsocial_vk.envelope import unreadable
from munsocial_vk.errors import error_of, tells_gone
from munsocial_vk.fitness import refuse_unfit
from munsocial_vk.places import group_id, is_number
from munsocial_vk.upload import Uploads, before_the_deed

__all__ = ["Delivery", "Messaging", "pieces_of", "random_id"]

_PEERS = 100
_FILES = 10
_CHATS = 2_000_000_000
_TOO_LONG, _LEAST = "914", 1000
"""A shorter text is not too long for want of splitting."""


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
    message_id: wire.Loose[wire.Number] = None
    conversation_message_id: wire.Loose[wire.Number] = None
    error: wire.Loose[_SentError] = None


_SENT = list[wire.Loose[_Sent]]


class _Deleted(wire.Wire):
    response: wire.Loose[bool] = None
    error: wire.Loose[_SentError] = None


class _Allowed(wire.Wire):
    is_allowed: wire.Loose[bool] = None


def random_id(key: str) -> int:
    """Turn a key into VK's idempotency number: positive, below 2^63, never 0, always the same."""
    return int.from_bytes(hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()[:8], "big") >> 1 or 1


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
    async def send_message(
        self, account: NetworkAccount, peer: str, text: str, *, key: str, media: Sequence[Media] = ()
    ) -> str:
        """Send a message; a long text goes in several, files with the last. Returns the id of the last.

        Raises:
            RequestRefused: there is neither text nor file; nothing was sent.
            CannotMessage: the person never wrote, or forbade it.
            DraftRefused: a file does not fit, or there are too many; nothing was sent.
        """
        self._refuse_empty(account, text, media)
        refuse_unfit(media, self.settings, _too_many(media))
        uploads = Uploads(self.calls)
        with before_the_deed():
            named = [await uploads.attach_to_message(account, one, peer) for one in media]
        return await self._say_all(account, peer, pieces_of(text, self.settings.message_text), key, named)

    async def _say_all(
        self, account: NetworkAccount, peer: str, pieces: list[str], key: str, files: Sequence[str]
    ) -> str:
        number = ""
        for place, piece in enumerate(pieces):
            last = place == len(pieces) - 1
            try:
                number = await self._say(account, peer, piece, f"{key}/{place}", files if last else [])
            except NetworkError as error:
                if number:
                    _partly(error)
                raise
        return number

    async def _say(self, account: NetworkAccount, peer: str, text: str, key: str, files: Sequence[str]) -> str:
        """Send one message; one that VK finds too long goes in halves, each under a key of its own."""
        params = {
            "group_id": group_id(account),
            "message": text,
            "random_id": random_id(key),
            "attachment": files or None,
        }
        try:
            if _is_chat(peer):
                # A community hears the number of its message in a chat only when it asks as for several receivers.
                params |= {"peer_ids": peer}
                return await self.calls.call(
                    account.id, "messages.send", _SENT | wire.Number, params, partial(_only, peer)
                )
            params |= {"peer_id": peer}
            return str(await self.calls.call(account.id, "messages.send", wire.Number, params, _number))
        except RequestRefused as error:
            if error.network_code != _TOO_LONG or len(text) < _LEAST:
                raise
        return await self._say_all(account, peer, pieces_of(text, len(text) // 2 + 1), key, files)

    @staticmethod
    def _refuse_empty(account: NetworkAccount, text: str, media: Sequence[Media]) -> None:
        if not text.strip() and not media:
            raise RequestRefused(
                Text("Сообщение пусто.", "The message is empty."),
                network="vk",
                account=account.id,
                remedy=Text("Напишите текст.", "Write a text."),
            )

    @placed
    async def send_messages(
        self, account: NetworkAccount, peers: Sequence[str], text: str, *, key: str
    ) -> tuple[Delivery, ...]:
        """Send one text to several persons; each has an outcome of its own. A long text goes in several messages.

        A call that fails as a whole leaves its persons with that error; what went to others before stands.
        """
        self._refuse_empty(account, text, ())
        done: dict[str, Delivery] = {}
        pieces = pieces_of(text, self.settings.message_text)
        for start in range(0, len(peers), _PEERS):
            waiting = list(dict.fromkeys(peers[start : start + _PEERS]))
            for place, piece in enumerate(pieces):
                sent = await self._to_several(account, waiting, piece, random_id(f"{key}/{start}/{place}"))
                for one in sent.values():
                    if one.error is not None and place:
                        _partly(one.error)
                done |= sent
                waiting = [peer for peer in waiting if sent[peer].error is None]
                if not waiting:
                    break
        return tuple(done[peer] for peer in peers)

    async def _to_several(
        self, account: NetworkAccount, peers: list[str], text: str, number: int
    ) -> dict[str, Delivery]:
        params = {"peer_ids": peers, "group_id": group_id(account), "message": text, "random_id": number}
        try:
            sent = await self.calls.get(account.id, "messages.send", _SENT, params)
        except NetworkError as error:
            return {peer: Delivery(peer, error=error) for peer in peers}
        by_peer = {str(one.peer_id): one for one in sent if one is not None}
        return {peer: _delivery(peer, by_peer.get(peer), account.id) for peer in peers}

    @placed
    async def may_message(self, account: NetworkAccount, peer: str) -> bool | None:
        """Ask whether a person can be written to; None when VK does not say."""
        params = {"group_id": group_id(account), "user_id": peer}
        method = "messages.isMessagesFromGroupAllowed"
        return await self.calls.call(account.id, method, _Allowed, params, lambda reply: reply.is_allowed)

    @placed
    async def delete_message(self, account: NetworkAccount, message: str) -> None:
        """Delete a message for all; VK allows it for about a day. One that is gone is no error."""
        peer, _, within = message.partition("_")
        which = {"peer_id": peer, "cmids": within} if within else {"message_ids": message}
        params = which | {"group_id": group_id(account), "delete_for_all": True}
        shape = list[wire.Loose[_Deleted]] | dict[str, Any]
        try:
            await self.calls.call(account.id, "messages.delete", shape, params, _deleted)
        except NotFound as error:
            if not tells_gone(error):
                raise

    @placed
    async def mark_answered(self, account: NetworkAccount, peer: str) -> None:
        """Mark a dialog as answered."""
        params = {"peer_id": peer, "group_id": group_id(account), "answered": True}
        await self.calls.do(account.id, "messages.markAsAnsweredConversation", params)


def _too_many(media: Sequence[Media]) -> list[Problem]:
    if len(media) <= _FILES:
        return []
    what = Text(f"Файлов больше {_FILES}.", f"Over {_FILES} files.")
    return [Problem("message", "", "media", what, Text("Отправьте несколько сообщений.", "Send several messages."))]


def _number(made: int) -> int:
    if made <= 0:
        raise _unclear(Text("В ответе нет номера сообщения.", "The answer names no message."))
    return made


def _unclear(what: Text) -> NetworkError:
    """Make the error of a message of which VK names neither a number nor why it was not sent."""
    error = unreadable(what, method="messages.send")
    error.lasting = True  # the same call would be answered the same
    error.remedy = LookFirst("Проверьте переписку, прежде чем повторять.", "Look at the dialog before you try again.")
    return error


def _deleted(reply: list[_Deleted | None] | dict[str, Any]) -> None:
    """Read what became of one message: a list in 5.199, a table of flags before."""
    if isinstance(reply, dict):
        confirmed(next(iter(reply.values()), 0))
        return
    one = next((one for one in reply if one is not None), None)
    if one is not None and one.error is not None:
        raise _error(one.error, "messages.delete")
    confirmed(one is not None and one.response)


def _error(told: _SentError, method: str) -> NetworkError:
    return error_of(wire.ApiError(error_code=told.code, error_msg=told.description), method=method)


def _is_chat(peer: str) -> bool:
    """Tell a conversation of several persons, where a community's messages have numbers of the conversation only."""
    return is_number(peer) and int(peer) > _CHATS


def _only(peer: str, sent: list[_Sent | None] | int) -> str:
    """Read the number of a message to a chat.

    Raises:
        NetworkError: VK refused it, or names neither a message nor an error.
    """
    if isinstance(sent, int):
        return str(_number(sent))
    delivery = _delivery(peer, next(iter(sent), None), "")
    if delivery.error is not None:
        raise delivery.error
    return delivery.message or ""


def _message_of(peer: str, sent: _Sent) -> str | None:
    """Name a message as listings do: by its number, in a chat by the chat and its number there."""
    if (sent.message_id or 0) > 0:
        return str(sent.message_id)
    return (
        f"{peer}_{sent.conversation_message_id}" if _is_chat(peer) and (sent.conversation_message_id or 0) > 0 else None
    )


def _delivery(peer: str, sent: _Sent | None, account: str) -> Delivery:
    """Read what became of a message to one receiver; where VK names neither a message nor an error nobody knows."""
    if sent is not None and sent.error is None and (message := _message_of(peer, sent)) is not None:
        return Delivery(peer, message)
    if sent is not None and sent.error is not None:
        error = _error(sent.error, "messages.send")
    else:
        what = Text("В ответе нет исхода для этого получателя.", "The answer names no outcome for this receiver.")
        error = _unclear(what)
    error.account = account
    return Delivery(peer, error=error)


def _partly(error: NetworkError) -> None:
    """Say of an error that the pieces before it were delivered: the message as a whole was neither sent nor not."""
    error.executed = None
    error.remedy = LookFirst(
        "Начало сообщения уже доставлено: посмотрите переписку, прежде чем повторять.",
        "The beginning was delivered: look at the dialog before you try again.",
    )
