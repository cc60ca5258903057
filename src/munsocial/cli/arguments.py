"""Arguments that are texts, apart from those that are names of files: bytes that are no text, names that are empty.

A name of a file may hold any bytes, and such a file is read and written. A text of bytes would be published as question
marks, or stop a journal or a plan half-way.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from munsocial.errors import InputError
from munsocial.wording import Text

__all__ = ["FILES", "WORDS", "as_text", "refuse_empty", "texts_of"]

WORDS = frozenset({
    "account", "acknowledge", "at", "body", "by", "exempt", "giver", "ground", "kind", "leave", "leaving", "link",
    "name", "note", "old", "on", "person", "poll", "post", "question", "reason", "remove", "signed_by", "since", "step",
    "subject", "taker", "task", "template", "text", "title", "to", "topic", "until", "voice", "when", "why",
})  # fmt: skip
"""Names of the parameters that are texts, in all commands."""

FILES = frozenset({
    "acts", "anchor", "content", "journal", "place", "plan", "replay", "save", "settings", "snapshot", "source",
    "target", "templates", "text_file", "variant", "which",
})  # fmt: skip
"""Those that are, or may be, names of files: a journal may be an address, an act a name of its own."""

_NO_TEXT = Text("в нём байты не в кодировке UTF-8.", "it holds bytes that are not UTF-8.")
_AGAIN = Text(
    "Наберите его в терминале с кодировкой UTF-8 или дайте файлом UTF-8.",
    "Type it in a terminal that uses UTF-8, or give it as a UTF-8 file.",
)


_EMPTY = Text("имя файла пустое.", "the name of the file is empty.")
_NAME_IT = Text("Назовите файл или уберите этот параметр.", "Name a file, or leave this option out.")


def refuse_empty(given: Mapping[str, Any], labels: Mapping[str, str]) -> None:
    """Refuse an empty name of a file: a script whose variable is unset must not lose an option without a word.

    Raises:
        InputError: a file among the arguments that were given has an empty name.
    """
    for name in FILES & given.keys():
        value = given[name]
        if value == "" or (isinstance(value, (list, tuple)) and "" in value):
            raise InputError(_EMPTY, where=labels.get(name, name), remedy=_NAME_IT)


def texts_of(given: Mapping[str, Any], labels: Mapping[str, str]) -> dict[str, Any]:
    """Return the arguments of a command with every text among them readable; ``labels`` say how each is called.

    Raises:
        InputError: one holds bytes that are no text.
    """
    return {name: _checked(value, labels.get(name, name)) if name in WORDS else value for name, value in given.items()}


def _checked(value: Any, label: str) -> Any:
    if isinstance(value, str):
        return as_text(value, label)
    return [_checked(one, label) for one in value] if isinstance(value, (list, tuple)) else value


def as_text(value: str, where: str) -> str:
    """Return an argument as text; UTF-8 that an old locale (``LC_ALL=C``) left as bytes is read.

    Raises:
        InputError: it holds bytes that are no text.
    """
    if value.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in value):
        return value
    try:
        return os.fsencode(value).decode("utf-8")
    except UnicodeError:
        raise InputError(_NO_TEXT, where=where, remedy=_AGAIN) from None
