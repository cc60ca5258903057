"""Tables for the terminal: aligned and coloured on a screen, plain when piped; a narrow one breaks cells, cuts none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from munsocial.wording import printable

__all__ = ["show_table"]

_PIPED_WIDTH = 160
_SHORT = 12
"""A column of words no longer than this (days, counts, yes and no) is not broken."""
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
    cells = [[printable(cell) for cell in row] for row in rows]
    widest = [max((cell_len(row[place]) for row in cells), default=0) for place in range(len(head))]
    natural = [max(cell_len(title), wide) for title, wide in zip(head, widest, strict=True)]
    room = console.width - _BETWEEN * len(head)
    widths = _levelled(natural, [wide if wide <= _SHORT else 1 for wide in widest], room)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for title, width in zip(head, widths, strict=True):
        table.add_column(Cell(title), overflow="fold", width=width)
    for row in cells:
        table.add_row(*map(Cell, row))
    console.print(table)


def _levelled(natural: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Narrow the widest columns until all fit; those that are not to be broken only when nothing else is left.

    Rich gives a column its least width back after it has shared out the room, and cuts what stands beyond the edge.
    """
    widths = [min(width, max(room, 1)) for width in natural]
    for floors in (least, [1] * len(widths)):
        loose = [place for place, floor in enumerate(floors) if widths[place] > max(floor, 1)]
        while loose and sum(widths) > room:
            place = max(loose, key=widths.__getitem__)
            widths[place] -= 1
            if widths[place] <= max(floors[place], 1):
                loose.remove(place)
    return widths
