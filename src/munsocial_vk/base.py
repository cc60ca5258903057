"""What all parts of the adapter share: settings, keys, calls and the present moment."""

from __future__ import annotations

import functools
from collections.abc import Callable, Coroutine, Mapping
from datetime import UTC, datetime
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from munsocial.errors import NotFound
from munsocial.model.accounts import AccountKind, NetworkAccount
from munsocial.network.abilities import Ability
from munsocial.network.adapter import Adapter, Equipment
from munsocial.wording import Text
from munsocial_vk import wire
from munsocial_vk.calls import Calls
from munsocial_vk.keys import KeyChoice
from munsocial_vk.oauth import Renewal
from munsocial_vk.places import number_of
from munsocial_vk.settings import VkSettings
from munsocial_vk.text_marks import as_read

__all__ = ["VkBase", "placed"]

P = ParamSpec("P")
R = TypeVar("R")
Self = TypeVar("Self", bound="VkBase")
_Method = Callable[Concatenate[Self, NetworkAccount, P], Coroutine[Any, Any, R]]


def placed(method: _Method[Self, P, R]) -> _Method[Self, P, R]:
    """Let a method see its account with its number, found by the handle where the register holds none."""

    @functools.wraps(method)
    async def with_number(self: Any, *args: Any, **kwargs: Any) -> R:
        given: Any = args[0] if args else kwargs.pop("account")
        whole: Any = method
        result: R = await whole(self, await self.known(given), *args[1:], **kwargs)
        return result

    return cast("_Method[Self, P, R]", with_number)


class VkBase(Adapter):
    """The common part of the mixins of `munsocial_vk.adapter.VkAdapter`."""

    settings_model = VkSettings

    def __init__(self, equipment: Equipment) -> None:
        super().__init__(equipment)
        self.settings = VkSettings.of(equipment.settings)
        self.choice = KeyChoice(self.keys, self.settings, self.session.now)
        self.renewal = Renewal(self.session, self.settings, equipment.secrets)
        self._numbers: dict[str, str] = {}
        self.calls = Calls(self.session, self.choice, self.settings, self.renewal)

    async def known(self, account: NetworkAccount) -> NetworkAccount:
        """Return an account with its number; a handle is looked up once for the life of the adapter.

        Raises:
            NotFound: there is no number, and the handle leads nowhere.
        """
        if number_of(account) or not account.handle:
            return account
        if account.handle not in self._numbers:
            shape, params = wire.Resolution, {"screen_name": account.handle}
            found = await self.calls.get(account.id, "utils.resolveScreenName", shape, params)
            # A person and a community may bear the same number: the kind has to be the one of the register.
            kinds = ("user",) if account.kind is AccountKind.PROFILE else ("group", "page", "event")
            if not isinstance(found, wire.Resolved) or not found.object_id or found.type not in kinds:
                raise self._nobody(account)
            self._numbers[account.handle] = str(found.object_id)
        return account.model_copy(update={"network_id": self._numbers[account.handle]})

    def _nobody(self, account: NetworkAccount) -> NotFound:
        return NotFound(
            Text("Такой страницы нет.", "There is no such page."),
            network="vk",
            account=account.id,
            remedy=Text("Проверьте адрес в реестре.", "Check the address in the register."),
        )

    def as_read(self, text: str) -> str:
        """Return a text without VK's marks of mentions and links, and without what its old answers escape."""
        return as_read(text)

    def moment(self) -> datetime:
        """Return the present moment."""
        clock = self.equipment.clock
        return clock() if clock else datetime.now(UTC)

    async def raw(self, method: str, params: Mapping[str, Any], *, account: str = "") -> Any:
        """Call any method of VK as it is and return ``response``; a write that is not known is never repeated.

        Lists are joined by commas, flags become 1 and 0. The weakest key that serves ``account`` is used.
        """
        return await self.calls.get(account, method, Any, params)

    def passed_check(self, account: str, method: str, fields: Mapping[str, str]) -> None:
        """Put what a person brought back from a check into the next call of that method, which the caller repeats.

        That is ``success_token``, ``captcha_key`` or ``confirm``; ``account`` and ``method`` are those of the
        `HumanCheckNeeded`. What VK gave along with the check (the number of a picture, its cookie) is added here.
        """
        self.calls.passed_check(account, method, fields)

    def _can(self, account: NetworkAccount) -> dict[str, bool]:
        declared = self.capabilities
        can = {ability.value: declared.can(ability) for ability in Ability}
        can["subscribe"] = account.kind.value in declared.subscribers
        can |= dict.fromkeys(declared.formats, True)
        return can | dict.fromkeys(declared.features, True)
