"""Which networks the law restricts on a day: the same dated facts by which clauses are suspended."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from munsocial.model.given import each_is
from munsocial.policy.act import NetworkStatus
from munsocial.policy.loading import network_statuses
from munsocial.wording import Text

__all__ = ["acknowledged_in", "barred", "restriction_of"]

_RESTRICTED = Text("сеть ограничена законом: {basis}", "the network is restricted by law: {basis}")


def acknowledged_in(names: Iterable[str]) -> frozenset[str]:
    """Return the networks in which the caller acts though the law restricts them.

    Raises:
        InputError: one name was given instead of a list, or something that is no name.
    """
    return frozenset(each_is(str, names, "acknowledge", '["facebook"]'))


def restriction_of(network: str, moment: datetime, timezone: str) -> NetworkStatus | None:
    """Return the restriction in force on the local day of a moment, or None."""
    day = moment.astimezone(ZoneInfo(timezone)).date()
    held = (one for one in network_statuses() if one.network == network and one.restricting and one.covers(day))
    return next(held, None)


def barred(network: str, moment: datetime, timezone: str, acknowledged: Collection[str] = ()) -> Text | None:
    """Say why nothing may be planned in a network; None where the law allows it, or the caller acknowledged it."""
    status = None if network in acknowledged else restriction_of(network, moment, timezone)
    return _RESTRICTED.fill(basis=status.basis or status.status) if status else None
