"""`munsocial new-adapter`: a package of an adapter that installs, reads its own face, and waits to be filled."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from munsocial.cli.command import Command, lang_of
from munsocial.cli.tongue import both
from munsocial.wording import Text

__all__ = ["COMMAND"]

_DONE = Text(
    "Создан пакет {target}. Дальше:\n  pip install -e '{target}[tests]'\n  munsocial networks\n"
    "  python -m pytest {target}",
    "Made the package {target}. Next:\n  pip install -e '{target}[tests]'\n  munsocial networks\n"
    "  python -m pytest {target}",
)
_LONG = Text("Название длиннее 100 знаков или в нём кавычки.", "The title is over 100 characters, or has quotes.")
_SHORTER = Text("Укажите другое: --title.", "Give another: --title.")


def new_adapter(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar=both("ИМЯ", "NAME"),
            help=both("Имя сети в реестре, например mynet.", "The network's name in registers: mynet."),
        ),
    ],
    title: Annotated[str, typer.Option("--title", help=both("Название для людей.", "Its name for people."))] = "",
    to: Annotated[Path | None, typer.Option("--to", help=both("Новая папка.", "The new folder."))] = None,
) -> None:
    """Write the package."""
    from munsocial.cli.scaffold import check_name, write_package
    from munsocial.errors import InputError
    from munsocial.plugins import load_plugins

    check_name(name, load_plugins().adapters)
    shown = title.strip() or name
    if len(shown) > 100 or any(letter in shown for letter in "\"'\\\n\r$") or not shown.isprintable():
        raise InputError(_LONG, where="--title", remedy=_SHORTER)
    target = to or Path(f"munsocial-{name.replace('_', '-')}")
    write_package(target, name, shown)
    typer.echo(_DONE.fill(target=target).say(lang_of(context)))


COMMAND = Command(
    "new-adapter",
    new_adapter,
    "Создать пакет адаптера новой сети: ставится, читает свою песочницу, испытывается набором проверок.",
    "Make the package of an adapter for a new network: it installs, reads its own sandbox, and is tried by the kit.",
    ("munsocial new-adapter mynet", "munsocial new-adapter mynet --title 'Моя сеть' --to ./mynet"),
)
