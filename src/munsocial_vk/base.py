"""What all parts of the adapter share: settings, keys, calls and the present moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from munsocial.model.accounts import NetworkAccount
from munsocial.network.abilities import Ability
from munsocial.network.adapter import Adapter, Equipment
from munsocial_vk.calls import Calls
from munsocial_vk.keys import KeyChoice
from munsocial_vk.oauth import Renewal
from munsocial_vk.settings import VkSettings

__all__ = ["VkBase"]


class VkBase(Adapter):
    """The common part of the mixins of `munsocial_vk.adapter.Vk`."""

    settings_model = VkSettings

    def __init__(self, equipment: Equipment) -> None:
        super().__init__(equipment)
        self.settings = VkSettings.of(equipment.settings)
        self.choice = KeyChoice(self.keys, self.settings, self.session.now)
        self.renewal = Renewal(self.session, self.settings, equipment.secrets)
        self.calls = Calls(self.session, self.choice, self.settings, self.renewal)

    def moment(self) -> datetime:
        """Return the present moment."""
        clock = self.equipment.clock
        return clock() if clock else datetime.now(UTC)

    async def raw(self, method: str, params: Mapping[str, Any], *, account: str = "") -> Any:
        """Call any method of VK as it is and return ``response``; a write that is not known is never repeated.

        Lists are joined by commas, flags become 1 and 0. The weakest key that serves ``account`` is used.
        """
        return await self.calls.call(account, method, Any, params, lambda value: value)

    def passed_check(self, account: str, method: str, fields: Mapping[str, str]) -> None:
        """Put what a person brought back from a check (``success_token``, or ``captcha_key`` with ``captcha_sid``) into
        the next call of that method, which the caller then repeats."""
        self.calls.checks[account, method] = dict(fields)

    def _can(self, account: NetworkAccount) -> dict[str, bool]:
        declared = self.capabilities
        can = {ability.value: declared.can(ability) for ability in Ability}
        can["subscribe"] = account.kind.value in declared.subscribers
        can |= dict.fromkeys(declared.formats, True)
        return can | dict.fromkeys(declared.features, True)
