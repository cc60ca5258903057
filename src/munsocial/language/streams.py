"""Streams of texts: one answer for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from munsocial.errors import InputError
from munsocial.model.given import is_a
from munsocial.wording import Text

__all__ = ["one_by_one"]

R = TypeVar("R")

_ONE_TEXT = Text(
    "сюда передают несколько текстов, а передан один: он был бы прочитан по буквам.",
    "this takes several texts, and was given one: it would be read letter by letter.",
)
_AS_LIST = Text("Передайте список: [текст].", "Give a list: [text].")


def one_by_one(read: Callable[[str], R], texts: Iterable[str]) -> Iterator[R]:
    """Read a stream of texts, one answer for each, in order, as they are asked for.

    Raises:
        InputError: a text was given where several are expected, at once; or one of the stream is none, at its turn.
    """
    if isinstance(texts, str):
        raise InputError(_ONE_TEXT, where="texts", remedy=_AS_LIST)
    return _read(read, texts)


def _read(read: Callable[[str], R], texts: Iterable[str]) -> Iterator[R]:
    for number, text in enumerate(texts):
        is_a(str, text, f"texts[{number}]")
        yield read(text)
