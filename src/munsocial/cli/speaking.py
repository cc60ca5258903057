"""Printing while deeds are done: no sign of a stranger's text commands the terminal, no closed pipe stops a deed."""

from __future__ import annotations

from typing import Any

import typer

from munsocial.wording import Text, printable

__all__ = ["NOT_NOTED", "WROTE", "echo", "echo_json"]

NOT_NOTED = Text("Ничего не записано. Записать: та же команда с --yes.", "Nothing was noted. To note it add --yes.")
WROTE = Text("Записан {path}.", "Wrote {path}.")


def echo(line: str = "", *, nl: bool = True, err: bool = False) -> None:
    """Print a line that may hold anybody's words; a reader who went away (``| head``) stops nothing half-way."""
    try:
        typer.echo(printable(line), nl=nl, err=err)
    except BrokenPipeError:
        from munsocial.cli.main import stop_printing

        stop_printing()


def echo_json(value: Any) -> None:
    """Print a value as JSON, for programs that read on."""
    import json

    echo(json.dumps(value, ensure_ascii=False, indent=1))
