"""Secrets taken out of everything that is shown: texts, errors, log records.

A secret is recognised as it is, percent-encoded, in base64 (also inside a longer base64 text) and by its first eight
characters, in each of these forms.
"""

from __future__ import annotations

import base64
import contextlib
import logging
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from urllib.parse import quote, quote_plus

from munsocial.errors import MunsocialError
from munsocial.wording import Text

__all__ = ["Redactor", "guard_logs", "guarding"]

MASK = "***"
_PREFIX = 8
_SHORTEST = 4
"""Shorter values are no secrets: to mask every "1" would hide the message and protect nothing."""


class Redactor:
    """Replaces all forms of some secrets by ``***``."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._secrets = tuple(one for one in secrets if len(one) >= _SHORTEST)
        self._forms: tuple[str, ...] | None = None

    def text(self, text: str) -> str:
        """Return the text without secrets."""
        if not self._secrets or not text:
            return text
        if self._forms is None:
            self._forms = tuple(sorted({form for one in self._secrets for form in _forms(one)}, key=len, reverse=True))
        for form in self._forms:
            text = _mask(text, form)
        return text

    def both(self, text: Text) -> Text:
        """Return both twins without secrets."""
        return Text(self.text(text.ru), self.text(text.en))

    def error(self, error: MunsocialError) -> None:
        """Clean an error in place: its facts, its texts, its chain and its traceback, whose frames hold requests."""
        for name, value in vars(error).items():
            setattr(error, name, self._fact(value))
        error.args = tuple(self._fact(value) for value in error.args)
        error.__cause__ = None
        error.__context__ = None
        error.__traceback__ = None
        error.__suppress_context__ = True

    def _fact(self, value: object) -> object:
        if isinstance(value, Text):
            return self.both(value)
        if isinstance(value, str):
            return self.text(value)
        if type(value) is tuple:
            return tuple(self._fact(one) for one in value)
        if type(value) is list:
            return [self._fact(one) for one in value]
        if type(value) is dict:
            return {self._fact(key): self._fact(one) for key, one in value.items()}
        return value


def _forms(secret: str) -> Iterator[str]:
    raw = secret.encode("utf-8", "surrogatepass")
    yield secret
    for encoded in (quote(raw, safe=""), quote(raw), quote_plus(raw)):
        yield encoded
        yield _lower_escapes(encoded)
    # Inside a longer text the secret may begin at any of three offsets; the letters that neighbours share are cut off.
    for offset, cut in ((0, 0), (1, 2), (2, 3)):
        whole = base64.b64encode(b"\0" * offset + raw).decode().rstrip("=")
        stable = whole[cut : len(whole) if (offset + len(raw)) % 3 == 0 else len(whole) - 1]
        if len(stable) >= _PREFIX:
            yield stable
            yield stable.translate(_URL_SAFE)
    yield secret.encode("unicode_escape").decode()
    yield secret.replace("/", "\\/")


_URL_SAFE = str.maketrans("+/", "-_")


def _lower_escapes(text: str) -> str:
    head, *rest = text.split("%")
    return "".join((head, *(f"%{part[:2].lower()}{part[2:]}" for part in rest)))


def _mask(text: str, form: str) -> str:
    """Mask each place where a form, or at least its first eight characters, stand."""
    key = form[:_PREFIX]
    if key not in text:
        return text
    done: list[str] = []
    rest = text
    while (at := rest.find(key)) >= 0:
        end = at + len(key)
        while end < len(rest) and end - at < len(form) and rest[end] == form[end - at]:
            end += 1
        done += (rest[:at], MASK)
        rest = rest[end:]
    return "".join((*done, rest))


_guarded: ContextVar[Redactor | None] = ContextVar("munsocial_guarded", default=None)


@contextlib.contextmanager
def guarding(redactor: Redactor) -> Iterator[None]:
    """Have log records of this thread or task cleaned while a call runs."""
    token = _guarded.set(redactor)
    try:
        yield
    finally:
        _guarded.reset(token)


class _Filter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        redactor = _guarded.get()
        if redactor is not None:
            record.msg = redactor.text(record.getMessage())
            record.args = None
            record.exc_info = None
        return True


_filter = _Filter()


def guard_logs(names: Iterable[str]) -> None:
    """Put the filter on loggers by name; a second time changes nothing. Filters do not reach children: name each."""
    for name in names:
        logging.getLogger(name).addFilter(_filter)
