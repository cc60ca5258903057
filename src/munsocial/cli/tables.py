"""Tables for the terminal: aligned and coloured on a screen, plain when piped; a narrow one breaks cells, cuts none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from munsocial.wording import printable

__all__ = ["show_table"]

_PIPED_WIDTH = 160
_SHORT = 12
"""A column of words no longer than this (days, counts, yes and no) is not broken."""


def show_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows under a head; nothing of the cells is taken for markup."""
    from rich import box
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text as Cell

    console = Console()
    if not console.is_terminal:
        console = Console(width=_PIPED_WIDTH, no_color=True)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    cells = [[printable(cell) for cell in row] for row in rows]
    for place, title in enumerate(head):
        widest = max((cell_len(row[place]) for row in cells), default=0)
        table.add_column(Cell(title), overflow="fold", min_width=widest if widest <= _SHORT else None)
    for row in cells:
        table.add_row(*map(Cell, row))
    console.print(table)
