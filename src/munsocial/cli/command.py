"""One command as data: its name, function, help in both languages and examples that really run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import typer

from munsocial.cli.tongue import both
from munsocial.wording import Lang

__all__ = ["Command", "lang_of"]


@dataclass(frozen=True, slots=True)
class Command:
    """A function of typer with its texts."""

    name: str
    run: Callable[..., Any]
    ru: str
    en: str
    examples: tuple[str, ...] = ()

    def add_to(self, app: typer.Typer) -> None:
        """Register the command."""
        from munsocial.cli.helppage import HelpfulCommand

        shown = "\n".join(f"  {line}" for line in self.examples)
        epilog = both(f"Примеры:\n{shown}", f"Examples:\n{shown}") if shown else None
        app.command(self.name, cls=HelpfulCommand, help=both(self.ru, self.en), epilog=epilog)(self.run)


def lang_of(context: typer.Context) -> Lang:
    """Return the language that the user reads."""
    lang: Lang = context.find_root().obj or "ru"
    return lang
