"""Streams of texts: one answer for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from munsocial.model.given import is_a, several

__all__ = ["one_by_one"]

R = TypeVar("R")


def one_by_one(read: Callable[[str], R], texts: Iterable[str]) -> Iterator[R]:
    """Read a stream of texts, one answer for each, in order, as they are asked for.

    Raises:
        InputError: a text was given where several are expected, at once; or one of the stream is none, at its turn.
    """
    several(texts, "texts", "[text]")
    return _read(read, texts)


def _read(read: Callable[[str], R], texts: Iterable[str]) -> Iterator[R]:
    for number, text in enumerate(texts):
        is_a(str, text, f"texts[{number}]")
        yield read(text)
