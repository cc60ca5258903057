"""A progress bar on the error stream; silent when that is no terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from munsocial.wording import Lang, Text

__all__ = ["progress_bar", "working"]

_READING = Text("Чтение аккаунтов", "Reading accounts")


@contextmanager
def progress_bar(lang: Lang) -> Iterator[Callable[[int, int, str], None]]:
    """Give a function to be called with (done, of how many, which)."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    bar = Progress(
        TextColumn(_READING.say(lang)),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[which]}", markup=False),
        console=console,
        disable=not console.is_terminal,
        transient=True,
    )
    with bar:
        task = bar.add_task("", total=None, which="")

        def advance(done: int, total: int, which: str) -> None:
            bar.update(task, completed=done, total=total, which=which)

        yield advance


@contextmanager
def working(what: Text, lang: Lang) -> Iterator[None]:
    """Show that something goes on which cannot be counted; nothing is shown when the error stream is no terminal."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with console.status(f"{what.say(lang)}…"):
        yield
