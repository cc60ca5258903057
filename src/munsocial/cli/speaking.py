"""Printing while deeds are done: no sign of a stranger's text commands the terminal, no closed pipe stops a deed, and
no code page takes signs from what programs read."""

from __future__ import annotations

import sys
from typing import Any

import typer

from munsocial.cli.pasting import to_paste
from munsocial.wording import Text, printable

__all__ = ["NOT_NOTED", "WROTE", "echo", "echo_json"]

NOT_NOTED = Text("Ничего не записано. Записать: та же команда с --yes.", "Nothing was noted. To note it add --yes.")
WROTE = Text("Записан {path}.", "Wrote {path}.")


def echo(line: str = "", *, nl: bool = True, err: bool = False) -> None:
    """Print a line that may hold anybody's words; a reader who went away (``| head``) stops nothing half-way."""
    _print(printable(to_paste(line)), nl=nl, err=err)


def _print(line: str, *, nl: bool = True, err: bool = False) -> None:
    try:
        typer.echo(line, nl=nl, err=err)
    except BrokenPipeError:
        from munsocial.cli.main import stop_printing

        stop_printing()


def echo_json(value: Any) -> None:
    """Print a value as JSON; what the terminal cannot show, or would obey, is written as JSON escapes it."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=1)
    _print(text if printable(text) == text and _fits(text) else json.dumps(value, indent=1))


def _fits(text: str) -> bool:
    """Tell whether the code page of the terminal or the pipe (Windows: cp866, cp1251) has all signs of a text."""
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True
