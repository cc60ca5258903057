"""Private messages of a group: the Graph API with the group's own token.

The token is documented only as a parameter of the address, so the request names it as a secret and the session keeps it
out of errors and logs. Ids carry a prefix: ``user:``, ``chat:``, ``mid:``. ``from`` is the later moment, ``to`` the
earlier one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import quote

from pydantic import TypeAdapter

from munsocial.errors import CannotMessage, KeyInvalid, NetworkError, UnreadableAnswer
from munsocial.model.content import Message
from munsocial.transport import faults
from munsocial.transport.port import Answer, Request
from munsocial.transport.session import Call, Pace, Repeat, Session
from munsocial.wording import Text
from munsocial_ok.answers import Read, agreed, json_of, reader, said_yes
from munsocial_ok.graph_wire import Chats, Info, Messages, Subscription, Subscriptions, message_of
from munsocial_ok.keys import Keys
from munsocial_ok.settings import OkSettings
from munsocial_ok.unread import part_lost, unsaid

__all__ = ["EVENTS", "Graph"]

T = TypeVar("T")


_INFO, _CHATS = reader(TypeAdapter(Info)), reader(TypeAdapter(Chats))
_MESSAGES = reader(TypeAdapter(Messages))
_SUBSCRIPTIONS = reader(TypeAdapter(Subscriptions))

_NEW_TOKEN = Text(
    "Выпустите ключ группы заново: настройки группы → Сообщения → API; прежний перестанет действовать.",
    "Issue the group's token anew: settings of the group → Messages → API; the old one ends by that.",
)

_LOOK_AT_LIST = Text("Посмотрите список подписок и повторите.", "Look at the subscriptions and repeat.")
_PAGE, _FEW = 100, 10
"""How many messages are asked for: of a whole time, and to find one that was sent just now."""

EVENTS = ("MESSAGE_CREATED", "MESSAGE_CALLBACK", "CHAT_SYSTEM")


class Graph:
    """The Graph API over one session."""

    def __init__(self, session: Session, keys: Keys, settings: OkSettings) -> None:
        self.session = session
        self.keys = keys
        self.settings = settings

    async def info(self, account: str) -> Info:
        """Return which group a token belongs to: the test of the connection."""
        return (await self._get("graph.me.info", "me/info", _INFO, account)).value

    async def chats(self, account: str, marker: str | None = None) -> Read[Chats]:
        """Return one page of conversations, with what of it could not be read."""
        query = {"count": "100", "marker": marker}
        return await self._get("graph.me.chats", "me/chats", _CHATS, account, query)

    async def messages(self, account: str, chat: str, *, since: datetime, until: datetime) -> tuple[list[Message], int]:
        """Return the messages of a conversation inside a time, newest first, each once; and how many were not read.

        A page may be shorter than asked for, so only one that brings nothing new, or very few, is the end.
        """
        found: dict[str, Message] = {}
        lost = 0
        later, earlier = _ms(until), _ms(since)
        for _ in range(self.settings.max_pages):
            page, unread = await self._messages(account, chat, later, earlier, _PAGE)
            lost += unread
            fresh = [one for one in page if one.id not in found]
            found.update({one.id: one for one in fresh})
            if not fresh:
                # A full page of what is known, or one later than asked for, hides what is older.
                lost += len(page) >= _PAGE or any(_ms(one.at) > later for one in page)
                break
            if len(page) + unread < self.settings.messages_few:
                break
            later = min(_ms(one.at) for one in fresh)
            if later <= earlier:
                break
        else:
            lost += 1  # the ceiling of pages was reached: older ones may follow
        return _inside(found.values(), since, until), lost

    async def recent(self, account: str, chat: str, *, since: datetime, until: datetime) -> list[Message]:
        """Return the newest messages of a conversation inside a time, those of one page."""
        page, _ = await self._messages(account, chat, _ms(until), _ms(since), _FEW)
        return _inside(page, since, until)

    async def _messages(
        self, account: str, chat: str, later: int, earlier: int, count: int
    ) -> tuple[list[Message], int]:
        """Return one page, and how much of it was not read."""
        # "from" is the later moment here.
        query = {"from": str(later), "to": str(earlier), "count": str(count)}
        path = f"me/messages/{quote(chat, safe=':', errors='replace')}"
        read = await self._get("graph.messages.list", path, _MESSAGES, account, query)
        page = [message_of(row, chat) for row in read.value.messages]
        return [one for one in page if one is not None], read.lost + page.count(None)

    async def chat_of(self, account: str, peer: str) -> str:
        """Return the conversation with a person: only whoever wrote first or allowed messages has one.

        Raises:
            CannotMessage: there is none.
            UnreadableAnswer: it may be among those that could not be read or name nobody; nothing was done.
        """
        if peer.startswith("chat:"):
            return peer
        user = f"user:{peer.removeprefix('user:')}"
        lost = nameless = 0
        marker: str | None = None
        used: set[str] = set()
        for _ in range(self.settings.max_pages):
            read = await self.chats(account, marker)
            for chat in read.value.chats:
                if user in (chat.participants or {}):
                    return chat.chat_id
            lost += read.lost
            nameless += sum(chat.nameless for chat in read.value.chats)
            marker = read.value.marker
            if not marker:
                break
            if marker in used:
                lost += 1  # the listing goes in circles
                break
            used.add(marker)
        else:
            lost += 1  # the ceiling of pages was reached: more may follow
        if lost:
            raise part_lost(lost, "graph.me.chats", account, executed=False)
        if nameless:
            raise _nobody_named(nameless, account)
        raise _never_wrote(account)

    async def send(self, account: str, chat: str, text: str) -> None:
        """Send a text into a conversation, once.

        Raises:
            CannotMessage: OK says that it was not delivered.
            NetworkError: with ``executed`` None when nobody can know.
        """
        body = {"recipient": {"chat_id": chat}, "message": {"text": text}}
        path = f"me/messages/{quote(chat, safe=':', errors='replace')}"
        sent = await self._post("graph.messages.send", path, _sent, account, body)
        if sent is False:
            raise CannotMessage(
                Text("ОК не доставил сообщение.", "OK did not deliver the message."),
                network="ok",
                method="graph.messages.send",
                account=account,
                remedy=Text("Свяжитесь с человеком иначе.", "Reach the person in another way."),
            )
        if sent is None:
            what = Text("ОК не сказал, отправлено ли сообщение.", "OK did not say whether the message was sent.")
            remedy = Text("Посмотрите в переписке, не повторяйте вслепую.", "Look into the dialogue first.")
            raise unsaid(what, remedy, "graph.messages.send", account)

    async def mark_seen(self, account: str, chat: str) -> None:
        """Mark a conversation as read; a mark that is not set costs nothing, so only a no is one.

        Raises:
            UnreadableAnswer: OK said that it is not.
        """
        body = {"recipient": {"chat_id": chat}, "sender_action": "mark_seen"}
        path = f"me/messages/{quote(chat, safe=':', errors='replace')}"
        if not agreed(await self._post("graph.messages.send", path, json_of, account, body, Repeat.KEYED)):
            what = Text("ОК не подтвердил, что переписка прочитана.", "OK did not confirm that the dialogue is read.")
            raise unsaid(what, faults.AGAIN, "graph.messages.send", account)

    async def subscribe(self, account: str, url: str) -> None:
        """Let events come to an address; choose one that nobody can guess, since events carry no signature.

        Raises:
            UnreadableAnswer: OK said no, or nothing, and shows no list with the address.
        """
        body = {"url": url, "types": list(EVENTS)}
        said = await self._post("graph.me.subscribe", "me/subscribe", _success, account, body, Repeat.KEYED)
        if said_yes(said) is False or (said is not True and url not in await self._addresses(account)):
            what = Text("ОК не подтвердил подписку.", "OK did not confirm the subscription.")
            raise unsaid(what, _LOOK_AT_LIST, "graph.me.subscribe", account)

    async def unsubscribe(self, account: str, url: str) -> None:
        """Let no more events come to an address; one that receives none is no error.

        Raises:
            UnreadableAnswer: OK did not say that it ended, and still shows the address, or an unreadable list.
        """
        body = {"url": url}
        said = await self._post("graph.me.unsubscribe", "me/unsubscribe", _success, account, body, Repeat.KEYED)
        if said is not True and url in await self._addresses(account):
            what = Text("ОК не подтвердил конец подписки.", "OK did not confirm the end of the subscription.")
            raise unsaid(what, _LOOK_AT_LIST, "graph.me.unsubscribe", account)

    async def subscriptions(self, account: str) -> list[Subscription]:
        """Return the addresses that receive events: ask daily, since OK drops those which failed for eight hours.

        A row without an address is left out.

        Raises:
            UnreadableAnswer: not all of them could be read.
        """
        read = await self._get("graph.me.subscriptions", "me/subscriptions", _SUBSCRIPTIONS, account)
        lost = read.lost + sum(place.endswith(".url") for place in read.left_out)
        if lost:
            raise part_lost(lost, "graph.me.subscriptions", account)
        return [one for one in read.value.subscriptions if one.url]

    async def _addresses(self, account: str) -> set[str | None]:
        """Return the addresses that receive events, read back after a write: a reading that fails leaves it unclear."""
        try:
            return {one.url for one in await self.subscriptions(account)}
        except NetworkError as error:
            error.executed, error.remedy = None, _LOOK_AT_LIST
            raise

    async def _get(
        self,
        method: str,
        path: str,
        decode: Callable[[Answer], T],
        account: str,
        query: Mapping[str, str | None] | None = None,
    ) -> T:
        given = {name: value for name, value in (query or {}).items() if value is not None}
        return await self._call(Request("GET", self._url(path), query=given), method, decode, account, Repeat.READ)

    async def _post(
        self,
        method: str,
        path: str,
        decode: Callable[[Answer], T],
        account: str,
        body: Mapping[str, Any],
        repeat: Repeat = Repeat.ONCE,
    ) -> T:
        content = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        headers = {"Content-Type": "application/json;charset=utf-8"}
        request = Request("POST", self._url(path), headers=headers, content=content)
        return await self._call(request, method, decode, account, repeat)

    async def _call(
        self, request: Request, method: str, decode: Callable[[Answer], T], account: str, repeat: Repeat
    ) -> T:
        key = self.keys.group(account)
        token = key.reveal()
        with_key = replace(request, query={**request.query, "access_token": token}, secrets=(token,))
        pace = Pace(f"ok:{key.reference}", self.settings.graph_per_second)
        try:
            return await self.session.call(Call(with_key, decode, method, account, pace, repeat))
        except KeyInvalid as error:
            error.remedy = _NEW_TOKEN  # nobody's consent helps here
            raise

    def _url(self, path: str) -> str:
        return f"{self.settings.base_url}/graph/{path}"


def _sent(answer: Answer) -> bool | None:
    """Tell whether a message was sent; None when the answer does not say. To one receiver a list may answer as well."""
    value = json_of(answer)
    each = value.get("success") if isinstance(value, dict) else None
    said = {said_yes(one) for one in each} if isinstance(each, list) else {said_yes(value)}
    return said.pop() if len(said) == 1 else None


def _success(answer: Answer) -> Any:
    """Return what an answer says of success; a bare value speaks for itself."""
    value = json_of(answer)
    return value.get("success") if isinstance(value, dict) else value


def _inside(messages: Iterable[Message], since: datetime, until: datetime) -> list[Message]:
    """Return the messages of a time, newest first."""
    return sorted((one for one in messages if since <= one.at <= until), key=lambda one: one.at, reverse=True)


def _nobody_named(count: int, account: str) -> UnreadableAnswer:
    what = Text(
        f"Переписки с этим человеком не видно, но у стольких переписок ОК не назвал участников: {count}.",
        f"No conversation with this person is seen, and of other conversations OK names no participants: {count}.",
    )
    remedy = Text(
        "Найдите переписку на сайте ОК и укажите её номер (chat:…) вместо номера человека.",
        "Find the conversation on the site of OK and give its id (chat:…) instead of the person's.",
    )
    error = unsaid(what, remedy, "graph.me.chats", account)
    error.executed = False
    error.lasting = True  # they will be named no sooner tomorrow
    return error


def _never_wrote(account: str) -> CannotMessage:
    return CannotMessage(
        Text(
            "Группа не может написать первой: этот человек ей не писал.",
            "A group cannot write first: this person has not written to it.",
        ),
        network="ok",
        method="graph.me.chats",
        account=account,
        remedy=Text("Ответьте человеку под его комментарием.", "Answer the person under the comment."),
    )


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
