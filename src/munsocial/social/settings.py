"""Settings of networks: those of the way parted from those of the adapter, and all of a register looked through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any

from munsocial.errors import InputError, Problem
from munsocial.model.checking.mistakes import unknown_name
from munsocial.model.checking.secretlike import shown
from munsocial.model.registry import Registry
from munsocial.network.settings import read_settings
from munsocial.transport.settings import TransportSettings
from munsocial.wording import Text

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from munsocial.plugins import Plugins

__all__ = ["check_settings", "known_only", "parted", "tables"]

_WRONG_KIND = Text("Настройка не того вида.", "A setting of a wrong kind.")
_KINDS = Text("Времена в секундах, размеры в байтах, адреса строкой.", "Seconds, bytes, or an address as text.")
_NO_TABLE = Text("настройки сетей — это таблицы.", "settings of networks are tables.")
_AS_TABLE = Text(
    'Передайте, например, settings={"vk": {"parallel": 2}}.', 'Pass settings={"vk": {"parallel": 2}}, for example.'
)
_NO_NETWORK = Text("сети «{network}» нет ни в реестре, ни среди адаптеров.",
                   "there is no network {network!r}, in the registry or among the adapters.")  # fmt: skip
_NO_ADAPTER = Text("адаптера этой сети нет.", "there is no adapter for this network.")
_NO_ACCOUNT = Text("аккаунта «{id}» в реестре нет.", "the register has no account {id!r}.")


@cache
def _of_the_way() -> TypeAdapter[TransportSettings]:
    from pydantic import TypeAdapter

    return TypeAdapter(TransportSettings)


def tables(settings: object) -> Mapping[str, Mapping[str, Any]]:
    """Return the settings that a caller gave for networks; none for None.

    Raises:
        InputError: they are no tables.
    """
    if settings is None:
        return {}
    if not isinstance(settings, Mapping):
        raise InputError(_NO_TABLE, where="settings", remedy=_AS_TABLE)
    for network, table in settings.items():
        if not isinstance(table, Mapping):
            raise InputError(_NO_TABLE, where=f"settings / {shown(network)}", remedy=_AS_TABLE)
    return settings


def known_only(settings: Mapping[str, Any], registry: Registry, plugins: Plugins) -> None:
    """See that each table a caller gave is of a network: one with a slip in its name would be without effect.

    Raises:
        InputError: it is of none.
    """
    records = (*registry.accounts, *registry.upstream)
    known = {*plugins.adapters, *plugins.lost, *registry.networks, *(one.network for one in records)}
    for network in settings:
        if network not in known:
            told = _NO_NETWORK.fill(network=shown(network))
            raise InputError(told, where="settings", remedy=unknown_name(str(network), known))


def parted(settings: Mapping[str, Any], network: str) -> tuple[TransportSettings, dict[str, Any]]:
    """Part the settings of the way from those of the adapter.

    Raises:
        InputError: a setting of the way is of a wrong kind.
    """
    from pydantic import ValidationError

    names = {one.name for one in fields(TransportSettings)}
    way = {name: value for name, value in settings.items() if name in names}
    try:
        transport = _of_the_way().validate_python(way)
    except ValidationError as error:
        place = ", ".join(str(detail["loc"][0]) for detail in error.errors())
        raise InputError(_WRONG_KIND, where=f"networks.{network} / {place}", remedy=_KINDS) from None
    return transport, {name: value for name, value in settings.items() if name not in names}


def check_settings(registry: Registry, plugins: Plugins) -> Iterator[Problem]:
    """Look through the tables ``networks``, without making an adapter; what is yielded leads nowhere and may be meant.

    Raises:
        InputError: an adapter would refuse its settings.
    """
    accounts = {one.id for one in (*registry.accounts, *registry.upstream)}
    for network, table in registry.networks.items():
        adapter = plugins.adapters.get(network)
        _, own = parted(table, network)
        if adapter is None:
            yield Problem("networks", network, "", _NO_ADAPTER, unknown_name(network, plugins.adapters))
        if adapter is None or adapter.settings_model is None:
            continue
        settings = read_settings(adapter.settings_model, own, network)
        for id in getattr(settings, "accounts_named", ()):
            if id not in accounts:
                yield Problem(
                    "networks", network, shown(id), _NO_ACCOUNT.fill(id=shown(id)), unknown_name(id, accounts)
                )
