"""What each key of the register allows, asked of the networks themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from munsocial.model.credentials import Credential
from munsocial.model.registry import Registry
from munsocial.network.adapter import Adapter
from munsocial.network.keyreport import KeyReport
from munsocial.network.protocols import ChecksKeys
from munsocial.operate.unseen import all_of, excused
from munsocial.wording import Text

__all__ = ["check_keys"]

_NOT_ASKED = Text("Адаптер не умеет проверять ключи.", "The adapter cannot check keys.")
_NO_ADAPTER = Text("Нет адаптера этой сети.", "There is no adapter for this network.")


async def check_keys(registry: Registry, adapters: Mapping[str, Adapter]) -> tuple[KeyReport, ...]:
    """Return a report for each key that a reference leads to; one that could not be asked says why.

    A living account without keys is asked about, too, where its network has any: another account's key may serve it.
    """
    reports: list[KeyReport] = []
    keys_of = {account.id: _usable(registry, account.id) for account in registry.accounts}
    keyed = {account.network for account in registry.accounts if keys_of[account.id]}
    for account in registry.accounts:
        credentials = keys_of[account.id]
        if not credentials and (account.network not in keyed or account.last_day is not None):
            continue
        adapter = adapters.get(account.network)
        if not isinstance(adapter, ChecksKeys):
            reports += _unasked(account.id, credentials, _NOT_ASKED if adapter else _NO_ADAPTER)
            continue
        try:
            reports += all_of(KeyReport, await adapter.check_keys(account))
        except Exception as error:
            if (why := excused(error, account.network)) is None:
                raise
            reports += _unasked(account.id, credentials, why.told)
    return tuple(reports)


def _usable(registry: Registry, account: str) -> list[Credential]:
    return [one for one in registry.credentials_of.get(account, ()) if one.secret and not one.revoked]


def _unasked(account: str, credentials: Iterable[Credential], note: Text) -> list[KeyReport]:
    return [KeyReport(account, one.kind, one.secret or "", None, note=note) for one in credentials]
