"""The tree of commands. Each is one function in `commands/`; heavy parts are imported inside it, when it runs."""

from __future__ import annotations

from typing import Any

import typer

from munsocial.cli.commands import COMMANDS, GROUPS
from munsocial.cli.helppage import HelpfulGroup
from munsocial.cli.tongue import both

__all__ = ["build"]

_ABOUT = both(
    "Порядок ведения аккаунтов муниципалитета: проверить, собрать, показать, исполнить.",
    "The order on a municipality's accounts: check it, collect, report, carry it out.",
)
_START = both(
    "Начните с: munsocial demo --out demo. Язык: --lang ru или --lang en в любом месте команды.",
    "Begin with: munsocial demo --out demo. Language: --lang ru or --lang en anywhere in the command.",
)


def build() -> Any:
    """Return the command tree with its twins of help still together; the context's ``obj`` is the reader's language."""
    app = typer.Typer(
        cls=HelpfulGroup,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        help=_ABOUT,
        epilog=_START,
    )

    @app.callback(invoke_without_command=True)
    def root(
        version: bool = typer.Option(False, "--version", help=both("Показать версию.", "Show the version.")),
    ) -> None:
        if version:
            from munsocial import __version__

            typer.echo(__version__)
            raise typer.Exit

    for command in COMMANDS:
        command.add_to(app)
    for name, (about, commands) in GROUPS.items():
        group = typer.Typer(cls=HelpfulGroup, help=about, no_args_is_help=True, rich_markup_mode=None)
        for command in commands:
            command.add_to(group)
        app.add_typer(group, name=name)
    return typer.main.get_command(app)
