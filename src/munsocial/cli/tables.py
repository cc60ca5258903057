"""Tables for the terminal: aligned and coloured on a screen, plain when piped; one too
narrow for the words of its cells gives each row as lines of its own, and cuts none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from munsocial.cli.pasting import to_paste
from munsocial.wording import printable

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["show_table"]

_PIPED_WIDTH = 160
_SHORT = 12
"""A column of words no longer than this (days, counts, yes and no) is not broken."""
_INDENT = 3
_BETWEEN = 3
"""What separates two columns."""


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
    cells = [[printable(to_paste(cell)) for cell in row] for row in rows]
    columns = [[row[place] for row in cells] for place in range(len(head))]
    widest = [max(map(cell_len, column), default=0) for column in columns]
    words = [max((cell_len(word) for cell in column for word in cell.split()), default=1) for column in columns]
    natural = [max(cell_len(title), wide) for title, wide in zip(head, widest, strict=True)]
    room = console.width - _BETWEEN * len(head)
    if sum(words) > room:
        _show_lines(console, head, cells)
        return
    least = [wide if wide <= _SHORT else word for wide, word in zip(widest, words, strict=True)]
    widths = _levelled(natural, least, words, room)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for title, width in zip(head, widths, strict=True):
        table.add_column(Cell(title), overflow="fold", width=width)
    for row in cells:
        table.add_row(*map(Cell, row))
    console.print(table)


def _show_lines(console: Console, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print the first cell of a row, and under it the others with their titles: no column is too narrow then."""
    from rich.padding import Padding
    from rich.text import Text as Cell

    for first, *rest in rows:
        told = [f"{title}: {cell}" for title, cell in zip(head[1:], rest, strict=True) if cell]
        console.print(Cell(first, style="bold", overflow="fold"))
        console.print(Padding(Cell("; ".join(told), overflow="fold"), (0, 0, 0, _INDENT)))


def _levelled(natural: Sequence[int], least: Sequence[int], words: Sequence[int], room: int) -> list[int]:
    """Narrow the widest columns until all fit; those that are not to be broken only when nothing else is left.

    Rich gives a column its least width back after it has shared out the room, and cuts what stands beyond the edge.
    """
    widths = [min(width, max(room, 1)) for width in natural]
    for floors in (least, words):
        loose = [place for place, floor in enumerate(floors) if widths[place] > max(floor, 1)]
        while loose and sum(widths) > room:
            place = max(loose, key=widths.__getitem__)
            widths[place] -= 1
            if widths[place] <= max(floors[place], 1):
                loose.remove(place)
    return widths
