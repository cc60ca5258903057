"""What stands between a store of secrets, which may be anybody's, and the code: sound keys, and errors of ours only.

Of an error of a store only its kind is told: its words may hold what was kept.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import NoReturn, Protocol

from munsocial.errors import MunsocialError, SecretUnavailable
from munsocial.wording import Text

__all__ = ["keep", "reveal", "sound"]

_NO_TEXT = Text("Хранилище дало вместо секрета не текст.", "The store gave something that is no text.")
_EMPTY = Text("Секрет пуст.", "The secret is empty.")
_SIGNS = Text(
    "В секрете посторонний знак (нулевой или невидимый): знак {place}.",
    "There is a foreign character in the secret (a NUL or an invisible one): character {place}.",
)
_LINES = Text(
    "В ключе несколько строк, а нужна одна: перенос — знак {place}.",
    "The key has several lines, one is wanted: the line ends at character {place}.",
)
_ANEW = Text("Запишите его заново, без иных знаков.", "Write it anew, with nothing else.")
_ONE_LINE = Text("Запишите его заново одной строкой, без иных знаков.", "Write it anew in one line, with nothing else.")
_FAILED = Text("Хранилище секретов не ответило: {kind}.", "The store of secrets failed: {kind}.")
_LOOK = Text("Проверьте хранилище и повторите.", "Look at the store and repeat.")
_FOREIGN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Kinds of characters that no key has: control, invisible, halves of characters, ends of lines."""
_LAYOUT = frozenset("\r\n\t")
"""What parts the lines of a secret that is kept as a document: a key in PEM, a service account in JSON."""
_MARK = "\ufeff"
"""What editors of Windows put before a text."""


class _Readable(Protocol):
    def get(self, reference: str) -> str: ...


class _Writable(Protocol):
    def put(self, reference: str, secret: str) -> None: ...


def sound(secret: object, where: str, *, lines: bool) -> str:
    """Return a secret without blanks and the mark of an editor around it; only with ``lines`` it may have several.

    Raises:
        SecretUnavailable: it is no text, is empty, or has characters inside that no key has.
    """
    if not isinstance(secret, str):
        raise SecretUnavailable(_NO_TEXT, where=where, remedy=_LOOK)
    bare = secret.strip().removeprefix(_MARK).strip()
    if not bare:
        raise SecretUnavailable(_EMPTY, where=where, remedy=_ONE_LINE)
    for place, sign in enumerate(bare, start=1):
        if unicodedata.category(sign) in _FOREIGN and not (lines and sign in _LAYOUT):
            _refuse_sign(sign, place, where, lines=lines)
    return bare


def _refuse_sign(sign: str, place: int, where: str, *, lines: bool) -> NoReturn:
    said = _LINES if sign in "\r\n" else _SIGNS
    raise SecretUnavailable(said.fill(place=place), where=where, remedy=_ANEW if lines else _ONE_LINE)


def reveal(store: _Readable, reference: str, *, lines: bool = False) -> str:
    """Return the secret behind a reference: one line, since it becomes a header or a parameter, unless ``lines``.

    Raises:
        SecretUnavailable: the store has none, has failed, or gave something that is no key.
    """
    return sound(_asked(reference, lambda: store.get(reference)), reference, lines=lines)


def keep(store: _Writable, reference: str, secret: str) -> None:
    """Have a renewed key kept, of one line: what `reveal` would refuse must not take the place of what it gives.

    Raises:
        SecretUnavailable: it is no key, the store cannot keep it, or has failed.
    """
    key = sound(secret, reference, lines=False)
    _asked(reference, lambda: store.put(reference, key))


def _asked(reference: str, question: Callable[[], object]) -> object:
    try:
        return question()
    except MunsocialError:
        raise
    except Exception as error:  # noqa: BLE001 - a store may be anybody's
        kind = type(error).__name__
    raise SecretUnavailable(_FAILED.fill(kind=kind), where=reference, remedy=_LOOK)
