"""Settings of networks: those of the way parted from those of the adapter, and all of a register looked through."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any

from munsocial.errors import InputError, Problem
from munsocial.model.mistakes import unknown_name
from munsocial.model.registry import Registry
from munsocial.model.secretlike import shown
from munsocial.network.settings import read_settings
from munsocial.transport.settings import TransportSettings
from munsocial.wording import Text

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from munsocial.plugins import Plugins

__all__ = ["as_tables", "check_names", "check_settings", "parted"]

_WRONG_KIND = Text("Настройка не того вида.", "A setting of a wrong kind.")
_KINDS = Text("Времена в секундах, размеры в байтах, адреса строкой.", "Seconds, bytes, or an address as text.")
_NO_ADAPTER = Text("адаптера этой сети нет.", "there is no adapter for this network.")
_NO_TABLES = Text("настройки сетей заданы не таблицами.", "settings of networks are not given as tables.")
_AS_TABLES = Text(
    "Для каждой сети дайте словарь, например settings={'vk': {'deadline': 30}}.",
    "Give a dictionary for each network: settings={'vk': {'deadline': 30}}, for example.",
)
_NO_ACCOUNT = Text("аккаунта «{id}» в реестре нет.", "the register has no account {id!r}.")


@cache
def _of_the_way() -> TypeAdapter[TransportSettings]:
    from pydantic import TypeAdapter

    return TypeAdapter(TransportSettings)


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


def as_tables(settings: object) -> Mapping[str, Mapping[str, Any]]:
    """Return what a caller gave as settings, if they are tables by the names of networks.

    Raises:
        InputError: they are something else.
    """
    tables = {} if settings is None else settings
    if not isinstance(tables, Mapping):
        raise InputError(_NO_TABLES, where="settings", remedy=_AS_TABLES)
    for network, table in tables.items():
        if not isinstance(network, str) or not isinstance(table, Mapping):
            raise InputError(_NO_TABLES, where=f"settings / {shown(str(network))}", remedy=_AS_TABLES)
    return tables


def check_names(settings: Mapping[str, Any], needed: Collection[str], plugins: Plugins) -> None:
    """See to it that each table of a caller leads to a network: of the register, or with an adapter.

    One whose plugin broke may be meant: it is told where that network is used.

    Raises:
        InputError: a name leads nowhere.
    """
    known = {*needed, *plugins.adapters}
    for network in settings:
        if network not in known and plugins.why_none(network) is None:
            raise InputError(_NO_ADAPTER, where=f"settings / {shown(network)}", remedy=unknown_name(network, known))


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
