"""Telling VK where to send events: servers of the Callback API. What they send is read by `munsocial_vk.events`."""

from __future__ import annotations

from munsocial.errors import RequestRefused
from munsocial.model.accounts import NetworkAccount
from munsocial.transport.faults import CHECK
from munsocial.wording import Text
from munsocial_vk import wire
from munsocial_vk.base import VkBase, placed
from munsocial_vk.envelope import unreadable
from munsocial_vk.places import group_id

__all__ = ["CallbackServer", "Hookup"]

_TITLE, _SECRET = 14, 50


class CallbackServer(wire.Wire):
    """A server of a community's events; ``status`` is unconfigured, failed, wait or ok, in VK's word."""

    id: wire.Loose[int] = None
    title: wire.Loose[str] = None
    url: wire.Loose[str] = None
    status: wire.Loose[str] = None


class _Servers(wire.Wire):
    items: wire.Items[CallbackServer] = None


class _Made(wire.Wire):
    server_id: wire.Loose[wire.Number] = None


class _Code(wire.Wire):
    code: wire.Loose[str] = None


class Hookup(VkBase):
    """Servers of the Callback API; up to ten of a community."""

    @placed
    async def callback_code(self, account: NetworkAccount) -> str:
        """Return the code with which our server has to answer ``confirmation``; it changes with the servers."""
        params = {"group_id": group_id(account)}
        method = "groups.getCallbackConfirmationCode"
        found = await self.calls.get(account.id, method, _Code, params)
        if not found.code:
            raise unreadable(Text("Кода подтверждения нет в ответе.", "The answer holds no code."), method=method)
        return str(found.code)

    @placed
    async def list_callback_servers(self, account: NetworkAccount) -> tuple[CallbackServer, ...]:
        """List the servers to which VK sends events of a community."""
        params, method = {"group_id": group_id(account)}, "groups.getCallbackServers"
        found = await self.calls.get(account.id, method, _Servers, params)
        return tuple(one for one in found.items or () if one is not None)

    @placed
    async def add_callback_server(
        self, account: NetworkAccount, url: str, *, title: str, secret: str, events: tuple[str, ...]
    ) -> str:
        """Add our server and choose its events, e.g. ``wall_reply_new``; returns its number.

        VK asks the address for the code at once, so it has to answer before: see `callback_code`.

        Raises:
            RequestRefused: title, secret or address do not fit; nothing was sent.
        """
        if not url.startswith("https://") or not 0 < len(title) <= _TITLE or not 0 < len(secret) <= _SECRET:
            raise RequestRefused(
                Text(
                    f"Нужны адрес https, название до {_TITLE} знаков и секрет до {_SECRET}.",
                    f"Wanted: an https address, a title of up to {_TITLE} characters, a secret of up to {_SECRET}.",
                ),
                network="vk",
                account=account.id,
                remedy=Text("Исправьте значения.", "Correct the values."),
            )
        params = {"group_id": group_id(account), "url": url, "title": title, "secret_key": secret}
        made = await self.calls.get(account.id, "groups.addCallbackServer", _Made, params)
        if made.server_id is None:
            what = Text("Сервер не назван.", "The server is not named.")
            raise unreadable(what, method="groups.addCallbackServer", remedy=CHECK)
        await self.set_callback_events(account, str(made.server_id), *events)
        return str(made.server_id)

    @placed
    async def set_callback_events(self, account: NetworkAccount, server: str, *events: str) -> None:
        """Choose which events a server gets; those that are not named stay as they are."""
        params = {"group_id": group_id(account), "server_id": server, "api_version": self.settings.api_version}
        chosen = params | dict.fromkeys(events, True)
        await self.calls.do(account.id, "groups.setCallbackSettings", chosen)
