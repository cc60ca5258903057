"""Which networks the law restricts on a day: the same dated facts by which clauses are suspended."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from munsocial.policy.act import NetworkStatus
from munsocial.policy.loading import network_statuses

__all__ = ["restriction_of"]


def restriction_of(network: str, moment: datetime, timezone: str) -> NetworkStatus | None:
    """Return the restriction in force on the local day of a moment, or None."""
    day = moment.astimezone(ZoneInfo(timezone)).date()
    held = (one for one in network_statuses() if one.network == network and one.restricting and one.covers(day))
    return next(held, None)
