"""`munsocial networks`: adapters, versions, abilities, and what is broken."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from munsocial.cli.command import Command, lang_of
from munsocial.cli.tongue import both
from munsocial.wording import Lang, Text

__all__ = ["COMMAND"]

_HEAD = Text("Сеть|Название|Версия API|Пакет|Умеет|Вручную|Нет", "Network|Title|API|Package|Does|By hand|Absent")
_TABLE = Text("Возможность", "Ability")
_HOW = {
    "native": Text("да", "yes"),
    "local": Text("сами", "by us"),
    "manual": Text("вручную", "by hand"),
    "absent": Text("нет", "no"),
}
_BROKEN = Text("Не загрузились:", "Not loaded:")
_WHY = Text("Чего нет и почему:", "What is absent, and why:")


def networks(
    context: typer.Context,
    table: Annotated[
        bool, typer.Option("--table", help=both("Таблица всех возможностей.", "A table of all abilities."))
    ] = False,
    why: Annotated[bool, typer.Option("--why", help=both("Почему чего-то нет.", "Why something is absent."))] = False,
) -> None:
    """List what is installed; exit 3 when a plugin is broken."""
    from munsocial.cli.tables import show_table
    from munsocial.plugins import load_plugins

    lang = lang_of(context)
    plugins = load_plugins()
    adapters = list(plugins.adapters.values())
    if table:
        show_table(*_abilities(adapters, lang))
    else:
        rows = [_row(adapter, plugins.versions.get(adapter.name, ""), lang) for adapter in adapters]
        show_table(_HEAD.say(lang).split("|"), rows)
    if why:
        typer.echo(_WHY.say(lang))
        for line in _reasons(adapters, lang):
            typer.echo(line)
    if plugins.broken:
        typer.echo(_BROKEN.say(lang), err=True)
        for error in plugins.broken:
            typer.echo(f"  {error.say(lang)}", err=True)
        raise typer.Exit(3)


def _row(adapter: Any, package: str, lang: Lang) -> list[str]:
    from munsocial.network.abilities import Ability, How

    ways = [adapter.capabilities.of(ability).how for ability in Ability]
    counts = (
        sum(way in (How.NATIVE, How.LOCAL) for way in ways),
        ways.count(How.MANUAL),
        ways.count(How.ABSENT),
    )
    return [adapter.name, adapter.title, adapter.api, package, *map(str, counts)]


def _abilities(adapters: list[Any], lang: Lang) -> tuple[list[str], list[list[str]]]:
    from munsocial.network.abilities import Ability

    head = [_TABLE.say(lang), *(adapter.title for adapter in adapters)]
    return head, [
        [ability.value, *(_HOW[adapter.capabilities.of(ability).how.value].say(lang) for adapter in adapters)]
        for ability in Ability
    ]


def _reasons(adapters: list[Any], lang: Lang) -> list[str]:
    from munsocial.network.abilities import Ability

    declared = [(adapter, ability, adapter.capabilities.of(ability)) for adapter in adapters for ability in Ability]
    return [
        f"  {adapter.name} / {ability.value}: {one.reason.say(lang)}"
        for adapter, ability, one in declared
        if one.reason
    ]


COMMAND = Command(
    "networks",
    networks,
    "Установленные адаптеры: версии, возможности, что сломано.",
    "Installed adapters: versions, abilities, what is broken.",
    ("munsocial networks", "munsocial networks --table", "munsocial networks --why"),
)
