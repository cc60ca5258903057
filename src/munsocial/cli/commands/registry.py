"""`munsocial registry check FILE`, `munsocial registry convert FILE TARGET`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from munsocial.cli.command import Command, lang_of
from munsocial.cli.options import Registered
from munsocial.cli.tongue import both
from munsocial.wording import Text

__all__ = ["COMMANDS"]

_GOOD = Text(
    "{path}: ошибок нет. Органов {bodies}, аккаунтов {accounts}, людей {people}, вышестоящих {upstream}.",
    "{path}: no mistakes. Bodies {bodies}, accounts {accounts}, persons {people}, upstream accounts {upstream}.",
)
_CONVERTED = Text("Записан {path}.", "Wrote {path}.")


def check(context: typer.Context, file: Registered) -> None:
    """Load the registry; all its problems are listed at once."""
    from munsocial.model.files import load_registry

    registry = load_registry(file)
    said = _GOOD.fill(
        path=file,
        bodies=len(registry.bodies),
        accounts=len(registry.accounts),
        people=len(registry.people),
        upstream=len(registry.upstream),
    )
    typer.echo(said.say(lang_of(context)))


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
) -> None:
    """Save the registry in the format that the target's suffix names."""
    from munsocial.cli.outputs import check_target
    from munsocial.model.files import load_registry, save_registry

    check_target(target, inputs=[file])
    save_registry(load_registry(file), target)
    typer.echo(_CONVERTED.fill(path=target).say(lang_of(context)))


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
