"""Under which id our account writes: of one that the register names by its handle only, its profile tells it."""

from __future__ import annotations

from typing import cast

from munsocial.model.accounts import NetworkAccount
from munsocial.network.abilities import Ability
from munsocial.network.adapter import Adapter
from munsocial.network.protocols import ReadsProfile

__all__ = ["identified"]


async def identified(account: NetworkAccount, adapter: Adapter) -> NetworkAccount:
    """Return an account with its id in the network, read where the register has none and the network shows it."""
    if account.network_id or not adapter.capabilities.can(Ability.READ_PROFILE):
        return account
    profile = await cast(ReadsProfile, adapter).read_profile(account)
    return account.model_copy(update={"network_id": profile.network_id})
