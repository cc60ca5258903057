"""What reading and acting share: the calls, and the way from a register's account to a group's id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from pydantic import TypeAdapter

from munsocial.errors import NotFound, PermissionDenied, RequestRefused
from munsocial.model.accounts import AccountKind, NetworkAccount
from munsocial.network.adapter import Adapter, Equipment
from munsocial.transport.session import Repeat
from munsocial.wording import Text
from munsocial_ok.answers import json_of, reader
from munsocial_ok.calls import Calls
from munsocial_ok.graph import Graph
from munsocial_ok.keys import Keys
from munsocial_ok.settings import settings_of
from munsocial_ok.unread import unsaid
from munsocial_ok.wire import UrlInfo

__all__ = ["OkBase"]

_URL = reader(TypeAdapter(UrlInfo))


class OkBase(Adapter):
    """The ground of the adapter."""

    def __init__(self, equipment: Equipment) -> None:
        super().__init__(equipment)
        self.settings = settings_of(equipment.settings)
        self.secrets = Keys(equipment.keys, self.settings, equipment.secrets)
        self.calls = Calls(equipment.session, self.secrets, self.settings)
        self.graph = Graph(equipment.session, self.secrets, self.settings)
        self.published: dict[str, list[str]] = {}
        """Our account to ids of posts that we have published there: statistics show them late."""
        self._gids: dict[str, str] = {}

    def now(self) -> datetime:
        """Return the present moment, aware."""
        clock = self.equipment.clock
        return clock() if clock is not None else datetime.now(UTC)

    def remember_posts(self, account: NetworkAccount, posts: Iterable[str]) -> None:
        """Take ids of posts that were published by us at another time: `list_posts` asks for them as well."""
        known = self.published.setdefault(account.id, [])
        known.extend(post for post in posts if post not in known)

    async def gid_of(self, account: NetworkAccount) -> str:
        """Return the id of an account in OK: as registered, else by its handle, asked for once.

        Raises:
            NotFound: the handle leads nowhere, or neither is registered.
        """
        if account.network_id:
            return account.network_id
        if account.handle not in self._gids:
            found = await self._resolve(account.handle, account.id) if account.handle else None
            if found is None:
                raise _lost(account)
            self._gids[account.handle] = found
        return self._gids[account.handle]

    async def resolve_handle(self, handle: str) -> str | None:
        """Return the id to which a handle leads now: ``primerny``, ``group/123`` or a whole address."""
        return await self._resolve(handle, "")

    async def _resolve(self, handle: str, account: str) -> str | None:
        params = {"url": _address(handle)}
        try:
            read = await self.calls.call("url.getInfo", _URL, params, account=account)
        except NotFound:
            return None
        found = read.value.id if read.value.type != "UNKNOWN" else None
        if found is None and read.value.type != "UNKNOWN":
            what = Text("ОК не сказал, куда ведёт адрес.", "OK did not say where an address leads.")
            remedy = Text("Повторите позже или укажите network_id.", "Repeat later, or give the network_id.")
            raise unsaid(what, remedy, "url.getInfo", account)
        return found

    async def republished(self, account: NetworkAccount, post: str) -> str | None:
        """Return the id under which a delayed or moderated post has appeared; None while it has not."""
        try:
            value = await self.calls.call(
                "mediatopic.getRepublishedTopic", json_of, {"topic_id": post}, account=account.id
            )
        except (NotFound, RequestRefused, PermissionDenied):
            return None
        if isinstance(value, dict):
            value = next((value[name] for name in ("topicId", "topic_id", "mid") if value.get(name)), None)
        found = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
        return found if found.isdecimal() and found not in ("0", post) else None

    async def raw(self, method: str, params: Mapping[str, Any]) -> Any:
        """Call a REST method as it is, once, with the first person's token at hand; ``account`` picks another one.

        Values may be texts, numbers, booleans, lists (joined by commas), mappings (sent as JSON) and aware moments.
        """
        rest = {name: value for name, value in params.items() if name != "account"}
        return await self.calls.call(method, json_of, rest, account=str(params.get("account", "")), repeat=Repeat.ONCE)


def _address(handle: str) -> str:
    text = handle.strip().removeprefix("@")
    if "://" in text:
        return text
    handle = text.removeprefix("ok.ru/").lstrip("/")
    return f"https://ok.ru/{quote(handle, safe='/._-', errors='replace')}"


def _lost(account: NetworkAccount) -> NotFound:
    kind = "profile" if account.kind is AccountKind.PROFILE else "group"
    return NotFound(
        Text("Аккаунт ОК не найден по его имени.", "The account of OK is not found by its name."),
        network="ok",
        method="url.getInfo",
        account=account.id,
        remedy=Text(
            f"Укажите в реестре network_id: число из адреса ok.ru/{kind}/….",
            f"Put network_id into the registry: the number in the address ok.ru/{kind}/….",
        ),
    )
