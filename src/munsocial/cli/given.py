"""Texts that a command is given: in an option, in a file, or on the standard input; each is read in the same way."""

from __future__ import annotations

import sys
from pathlib import Path

from munsocial.errors import InputError
from munsocial.wording import Text

__all__ = ["file_or_input", "text_given"]

_MOST = 4 * 1024 * 1024
_CLOSED = Text("ввод закрыт.", "the input is closed.")
_OPEN = Text("Дайте текст на ввод или назовите файл.", "Give the text as input, or name a file.")
_BOTH = Text("даны и --text и --text-file: что из них?", "both --text and --text-file are given: which is meant?")
_ONE = Text("Оставьте одно.", "Leave one of them.")


def text_given(text: str, file: str) -> str:
    """Return a text as it was given, or that of a file (``-``: the input); the ends of its last lines are dropped.

    Raises:
        InputError: both are given. FileRefused: the file or the input cannot be read, is too long or not UTF-8.
    """
    if text and file:
        raise InputError(_BOTH, where="--text-file", remedy=_ONE)
    return file_or_input(file).rstrip("\n") if file else text


def file_or_input(source: str) -> str:
    """Return the text of a file, or of the standard input when it is called ``-``.

    Raises:
        InputError: the input is closed. FileRefused: it cannot be read, is too long or not UTF-8.
    """
    from munsocial.files import read_text, text_from

    if source != "-":
        return read_text(Path(source), at_most=_MOST)
    if sys.stdin is None:
        raise InputError(_CLOSED, where="-", remedy=_OPEN)
    return text_from(sys.stdin.buffer, at_most=_MOST, where="-")
