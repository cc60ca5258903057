"""Long lines on a terminal: broken between words by what they take of its width, going on under their beginning."""

from __future__ import annotations

import shutil

from munsocial.cli.pasting import to_paste
from munsocial.cli.screen import is_terminal
from munsocial.cli.speaking import echo

__all__ = ["tell", "wrapped"]


def tell(line: str, indent: int) -> None:
    """Print a line; on a terminal its continuation stands under its beginning, a file or pipe gets it whole."""
    if is_terminal():
        line = wrapped(to_paste(line), shutil.get_terminal_size().columns - 1, indent)
    echo(line)


def wrapped(line: str, width: int, indent: int) -> str:
    """Return a line broken so that none is wider than ``width`` cells; a longer word stands on a line of its own.

    A letter takes one cell, a picture two: counting signs would let the terminal break the line once more.
    """
    from rich.cells import cell_len

    made: list[str] = []
    now = line[: len(line) - len(line.lstrip())]
    for word in line.split():
        longer = f"{now} {word}" if now.strip() else f"{now}{word}"
        if now.strip() and cell_len(longer) > width:
            made.append(now)
            longer = f"{' ' * indent}{word}"
        now = longer
    return "\n".join([*made, now])
