"""The page itself: description and contacts, the block of links, managers, subscriptions."""

from __future__ import annotations

from munsocial.errors import RequestRefused
from munsocial.model.accounts import AccountKind, NetworkAccount
from munsocial.wording import Text
from munsocial_vk.base import VkBase, placed
from munsocial_vk.places import group_id

__all__ = ["Pages"]

_FIELDS = {
    "description": "description",
    "name": "title",
    "site": "website",
    "phone": "phone",
    "email": "email",
    "handle": "screen_name",
}
"""Words of acts to parameters of ``groups.edit``; an activity is a number of VK's own list there, and no words."""
_NO_MEMBER = "701"
"""A person outside the community has no power over it."""


class Pages(VkBase):
    """Changes of a community's page."""

    @placed
    async def edit_profile(self, account: NetworkAccount, fields: dict[str, str]) -> None:
        """Change fields by the words of acts: description, name, site, phone, email, handle.

        Raises:
            RequestRefused: a word that VK's API cannot change; nothing was sent.
        """
        if unknown := sorted(fields.keys() - _FIELDS.keys()):
            raise RequestRefused(
                Text(
                    f"Через API не меняется: {', '.join(unknown)}.", f"Not to be changed by API: {', '.join(unknown)}."
                ),
                network="vk",
                method="groups.edit",
                account=account.id,
                remedy=Text("Измените это в управлении сообществом.", "Change it in the management of the community."),
            )
        params = {"group_id": group_id(account)} | {_FIELDS[word]: value for word, value in fields.items()}
        await self.calls.do(account.id, "groups.edit", params)

    @placed
    async def set_status(self, account: NetworkAccount, text: str) -> None:
        """Set the line of status."""
        params = {"group_id": group_id(account), "text": text}
        await self.calls.do(account.id, "status.set", params)

    @placed
    async def add_link(self, account: NetworkAccount, url: str, *, title: str = "") -> None:
        """Add a link to the block of links."""
        params = {"group_id": group_id(account), "link": url, "text": title or None}
        await self.calls.do_and_show(account.id, "groups.addLink", params)

    @placed
    async def remove_link(self, account: NetworkAccount, link: str) -> None:
        """Remove an entry of the block of links by its number."""
        params = {"group_id": group_id(account), "link_id": link}
        await self.calls.do(account.id, "groups.deleteLink", params)

    @placed
    async def rename_link(self, account: NetworkAccount, link: str, title: str) -> None:
        """Change the words of an entry of the block of links."""
        params = {"group_id": group_id(account), "link_id": link, "text": title}
        await self.calls.do(account.id, "groups.editLink", params)

    @placed
    async def move_link(self, account: NetworkAccount, link: str, *, after: str = "0") -> None:
        """Put an entry of the block of links behind another one, or first."""
        params = {"group_id": group_id(account), "link_id": link, "after": after}
        await self.calls.do(account.id, "groups.reorderLink", params)

    @placed
    async def remove_manager(self, account: NetworkAccount, user: str) -> None:
        """Take all power over the community from a person; one who has none is no error. The creator stays."""
        params = {"group_id": group_id(account), "user_id": user}
        try:
            await self.calls.do(account.id, "groups.editManager", params)
        except RequestRefused as error:
            if error.network_code != _NO_MEMBER:
                raise

    @placed
    async def appoint_manager(
        self, account: NetworkAccount, user: str, role: str, *, position: str = "", phone: str = "", email: str = ""
    ) -> None:
        """Give a member a role (moderator, editor, administrator); with a position they stand among the contacts."""
        params = {
            "group_id": group_id(account),
            "user_id": user,
            "role": role,
            "is_contact": True if position else None,
            "contact_position": position or None,
            "contact_phone": phone or None,
            "contact_email": email or None,
        }
        await self.calls.do(account.id, "groups.editManager", params)

    async def subscribe(self, account: NetworkAccount, to: NetworkAccount) -> None:
        """Let a person's page follow a community. A community cannot follow: add a link instead.

        Raises:
            RequestRefused: the account is a community; nothing was sent.
        """
        if account.kind is not AccountKind.PROFILE:
            raise RequestRefused(
                Text("Сообщество не может подписываться.", "A community cannot subscribe."),
                network="vk",
                account=account.id,
                remedy=Text("Добавьте ссылку в блок ссылок.", "Add a link to the block of links."),
            )
        await self.calls.do(account.id, "groups.join", {"group_id": group_id(await self.known(to))})
