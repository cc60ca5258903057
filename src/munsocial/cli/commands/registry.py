"""`munsocial registry check FILE`, `munsocial registry convert FILE TARGET`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from munsocial.cli.command import Command, lang_of
from munsocial.cli.options import Force, Registered
from munsocial.cli.speaking import WROTE, echo
from munsocial.cli.tongue import both
from munsocial.errors import InputError
from munsocial.wording import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from munsocial.errors import Problem
    from munsocial.model.registry import Registry

__all__ = ["COMMANDS"]

_GOOD = Text(
    "{path}: ошибок нет. Органов {bodies}, аккаунтов {accounts}, людей {people}, вышестоящих {upstream}.",
    "{path}: no mistakes. Bodies {bodies}, accounts {accounts}, persons {people}, upstream accounts {upstream}.",
)
_NO_ACCOUNTS = Text(
    "Аккаунтов пока нет: заполните таблицы bodies и accounts (в книге — листы «Органы» и «Аккаунты»).",
    "There are no accounts yet: fill in the tables bodies and accounts (in a workbook «Органы», «Аккаунты»).",
)
_UNREAD = Text(
    "Для сети «{network}» нет адаптера: прочитать её аккаунты ({count}) не получится. Список сетей: munsocial networks",
    "There is no adapter for {network!r}: its accounts ({count}) cannot be read. For a list: munsocial networks",
)
_NEXT = Text("Дальше: munsocial collect РЕЕСТР", "Next: munsocial collect REGISTRY")


def check(context: typer.Context, file: Registered) -> None:
    """Load the registry; all its problems are listed at once."""
    from munsocial.model.files import load_placed

    registry, placed = load_placed(file)
    notices = tuple(_notices(registry, file, placed))
    said = _GOOD.fill(
        path=file,
        bodies=len(registry.bodies),
        accounts=len(registry.accounts),
        people=len(registry.people),
        upstream=len(registry.upstream),
    )
    lang = lang_of(context)
    echo(said.say(lang))
    for notice in notices:
        echo(notice.say(lang))
    if not registry.accounts:
        echo(_NO_ACCOUNTS.say(lang))
        return
    for network, count in _unread(registry).items():
        echo(_UNREAD.fill(network=network, count=count).say(lang))
    echo(_NEXT.say(lang))


def _notices(registry: Registry, file: Path, placed: Callable[[Problem], Problem]) -> Iterator[Problem | InputError]:
    """What loads and leads nowhere; acts that cannot be used are told too, and their demands then unknown.

    Raises:
        InputError: settings of a network that its adapter would refuse.
    """
    from munsocial.plugins import load_acts, load_plugins
    from munsocial.policy.overlooked import check_registry
    from munsocial.social.settings import check_settings

    try:
        acts = load_acts(registry.municipality.acts, beside=file.parent)
    except InputError as failed:
        yield failed
        acts = ()
    yield from map(placed, check_registry(registry, acts))
    yield from map(placed, check_settings(registry, load_plugins()))


def _unread(registry: Registry) -> Counter[str]:
    """Count the accounts of networks for which no adapter is installed: a slip in a name, or a restricted network."""
    from munsocial.plugins import load_plugins

    known = load_plugins().adapters
    accounts = (*registry.accounts, *registry.upstream)
    return Counter(one.network for one in accounts if one.network not in known)


def convert(
    context: typer.Context,
    file: Registered,
    target: Annotated[
        Path,
        typer.Argument(
            metavar=both("НОВЫЙ_ФАЙЛ", "NEW_FILE"),
            help=both("Новый файл: .toml, .json, .xlsx.", "The new file: .toml, .json, .xlsx."),
        ),
    ],
    force: Force = False,
) -> None:
    """Save the registry in the format that the target's suffix names."""
    from munsocial.cli.outputs import check_free, check_target
    from munsocial.model.files import load_registry, save_registry

    check_target(target, inputs=[file])
    check_free(target, force=force)
    save_registry(load_registry(file), target)
    echo(WROTE.fill(path=target).say(lang_of(context)))


COMMANDS = (
    Command(
        "check",
        check,
        "Проверить реестр: все ошибки сразу, с местом и советом.",
        "Check a registry: all mistakes at once, with place and remedy.",
        ("munsocial registry check district.toml",),
    ),
    Command(
        "convert",
        convert,
        "Перевести реестр в другой формат (например, в книгу Excel).",
        "Turn a registry into another format (an Excel workbook, for example).",
        ("munsocial registry convert district.toml district.xlsx",),
    ),
)
