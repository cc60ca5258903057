"""The ways out: a citizen's words command no terminal, and a reader who goes away stops no work."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from munsocial.wording import printable

__all__ = ["at_keyboard", "is_terminal", "let_go", "safe_screen"]

_COLOUR = re.compile(r"(\x1b\[[0-9;]*m|\r\n?)")
"""What our own tables need of all that commands a terminal."""


class _Lasting(io.TextIOWrapper):
    """A stream for a reader who may go away (``munsocial ... | head``): the work goes on to its true exit code."""

    def write(self, text: str, /) -> int:
        """Write a text, to nobody if nobody reads any more."""
        try:
            return super().write(text)
        except BrokenPipeError:
            let_go(self)
            return len(text)

    def flush(self) -> None:
        """Send on what was written."""
        try:
            super().flush()
        except BrokenPipeError:
            let_go(self)
            super().flush()


class _Screen(_Lasting):
    def write(self, text: str, /) -> int:
        """Write a text without the signs that command a terminal, colours excepted."""
        return super().write(
            "".join(part if index % 2 else printable(part) for index, part in enumerate(_COLOUR.split(text)))
        )


def is_terminal() -> bool:
    """Tell whether what is printed goes to a terminal; a program may be started with its output closed."""
    return sys.stdout is not None and sys.stdout.isatty()


def at_keyboard() -> bool:
    """Tell whether what is read is typed by a person, who would wait for us as we for them."""
    return sys.stdin is not None and sys.stdin.isatty()


def let_go(stream: Any) -> None:
    """Let what is written to a stream go nowhere from now on.

    Raises:
        OSError, ValueError: it has no descriptor.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, stream.fileno())
    finally:
        os.close(nowhere)


@contextmanager
def safe_screen() -> Iterator[None]:
    """Clean what goes to a terminal while a command runs; a file or a pipe gets every sign as it is."""
    with ExitStack() as stack:
        for name in ("stdout", "stderr"):
            stack.enter_context(_in_place_of(name))
        yield


@contextmanager
def _in_place_of(name: str) -> Iterator[None]:
    plain = getattr(sys, name)
    buffer = getattr(plain, "buffer", None)
    if buffer is None or not _has_descriptor(buffer):
        yield
        return
    # What is told of errors is made printable where it is told.
    kind = _Screen if name == "stdout" and plain.isatty() else _Lasting
    plain.flush()
    lines = plain.isatty() or name == "stderr"
    lasting = kind(buffer, encoding=plain.encoding, errors="replace", line_buffering=lines)
    setattr(sys, name, lasting)
    try:
        yield
    finally:
        # Let go of the stream, or it would be closed together with this one.
        setattr(sys, name, plain)
        lasting.detach()


def _has_descriptor(buffer: Any) -> bool:
    try:
        buffer.fileno()
    except (OSError, ValueError):
        return False
    return True
