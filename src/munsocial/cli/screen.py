"""The way to a terminal: whatever a citizen wrote, it is shown there and commands nothing."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from munsocial.wording import printable

__all__ = ["safe_screen"]

_COLOUR = re.compile(r"(\x1b\[[0-9;]*m|\r\n?)")
"""What our own tables need of all that commands a terminal."""


class _Screen(io.TextIOWrapper):
    def write(self, text: str, /) -> int:
        """Write a text without the signs that command a terminal, colours excepted."""
        return super().write(
            "".join(part if index % 2 else printable(part) for index, part in enumerate(_COLOUR.split(text)))
        )


@contextmanager
def safe_screen() -> Iterator[None]:
    """Clean what goes to a terminal while a command runs; a file or a pipe gets every sign as it is."""
    plain = sys.stdout
    buffer = getattr(plain, "buffer", None)
    if buffer is None or not plain.isatty():
        yield
        return
    plain.flush()
    screen = _Screen(buffer, encoding=plain.encoding, errors="replace", line_buffering=True)
    sys.stdout = screen
    try:
        yield
    finally:
        # Let go of the stream, or it would be closed together with this one.
        sys.stdout = plain
        screen.detach()
