"""Tables for the terminal: aligned and coloured on a screen, plain when piped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from munsocial.wording import printable

__all__ = ["show_table"]

_PIPED_WIDTH = 160


def show_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows under a head; nothing of the cells is taken for markup."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text as Cell

    console = Console()
    if not console.is_terminal:
        console = Console(width=_PIPED_WIDTH, no_color=True)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for title in head:
        table.add_column(Cell(title))
    for row in rows:
        table.add_row(*[Cell(printable(cell)) for cell in row])
    console.print(table)
