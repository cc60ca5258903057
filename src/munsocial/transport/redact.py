"""Secrets taken out of everything that is shown: texts, errors, log records.

A secret is recognised as it is, percent-encoded, in base64 (also inside a longer base64 text) and by its first eight
characters, in each of these forms. Of an address only what follows scheme and host is one.
"""

from __future__ import annotations

import base64
import contextlib
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextvars import ContextVar
from functools import partial
from typing import NamedTuple
from urllib.parse import quote, quote_plus

from munsocial.errors import MunsocialError
from munsocial.transport.secret_addresses import secret_part
from munsocial.wording import Text

__all__ = ["MASK", "Redactor", "guard_logs", "guarding"]

MASK = "***"
_PREFIX = 8
_SHORTEST = 4
"""Shorter values are no secrets: to mask every "1" would hide the message and protect nothing."""


class Redactor:
    """Replaces all forms of some secrets by ``***``."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._secrets = tuple(one for one in secrets if len(one) >= _SHORTEST)
        self._forms: dict[str, list[_Form]] | None = None

    def text(self, text: str) -> str:
        """Return the text without secrets."""
        if not self._secrets or not text:
            return text
        if self._forms is None:
            self._forms = _by_key(self._secrets)
        for key, forms in self._forms.items():
            text = _mask(text, key, forms)
        return text

    def both(self, text: Text) -> Text:
        """Return both twins without secrets, in a text of the same kind."""
        return text._replace(ru=self.text(text.ru), en=self.text(text.en))

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


class _Form(NamedTuple):
    """How a secret may be written; its first ``least`` characters give it away, and ``shown`` stands in its place."""

    text: str
    least: int
    shown: str = MASK


def _forms(secret: str) -> Iterator[_Form]:
    part = secret_part(secret)
    if part is None:
        yield from _written(secret)
    elif len(part.text) - part.open >= _SHORTEST:
        yield from _written(part.text, part.open)
        yield _Form(part.text, part.open + _PREFIX, part.shown)


_ENCODERS: tuple[Callable[[bytes], str], ...] = (partial(quote, safe=""), quote, quote_plus)


def _written(secret: str, open: int = 0) -> Iterator[_Form]:
    """Yield all forms; the first ``open`` characters are no secret and give nothing away."""
    raw, head = (one.encode("utf-8", "surrogatepass") for one in (secret, secret[:open]))
    yield _Form(secret, open + _PREFIX)
    for encode in _ENCODERS:
        encoded, least = encode(raw), len(encode(head)) + _PREFIX
        yield _Form(encoded, least)
        yield _Form(_lower_escapes(encoded), least)
    # Inside a longer text the secret may begin at any of three offsets; the letters that neighbours share are cut off.
    for offset, cut in ((0, 0), (1, 2), (2, 3)):
        whole = base64.b64encode(b"\0" * offset + raw).decode().rstrip("=")
        stable = whole[cut : len(whole) if (offset + len(raw)) % 3 == 0 else len(whole) - 1]
        if len(stable) >= _PREFIX:
            least = len(head) * 4 // 3 + _PREFIX
            yield _Form(stable, least)
            yield _Form(stable.translate(_URL_SAFE), least)
    for escape in (_python_escapes, _json_slashes):
        yield _Form(escape(secret), len(escape(secret[:open])) + _PREFIX)


def _python_escapes(text: str) -> str:
    return text.encode("unicode_escape").decode()


def _json_slashes(text: str) -> str:
    return text.replace("/", "\\/")


_URL_SAFE = str.maketrans("+/", "-_")


def _lower_escapes(text: str) -> str:
    head, *rest = text.split("%")
    return "".join((head, *(f"%{part[:2].lower()}{part[2:]}" for part in rest)))


def _by_key(secrets: Iterable[str]) -> dict[str, list[_Form]]:
    """Return all forms by that which gives them away, longest first."""
    found = {form.text: form for one in secrets for form in _forms(one)}
    forms: dict[str, list[_Form]] = {}
    for form in sorted(found.values(), key=lambda form: len(form.text), reverse=True):
        forms.setdefault(form.text[: form.least], []).append(form)
    return forms


def _mask(text: str, key: str, forms: Sequence[_Form]) -> str:
    """Mask each place where one of the forms stands, or as much of it as there is.

    Forms of one secret begin alike where it has no special characters: the one that goes on longest is meant.
    """
    if key not in text:
        return text
    done: list[str] = []
    rest = text
    while (at := rest.find(key)) >= 0:
        length, form = max(((_alike(rest, at, one.text), one) for one in forms), key=lambda found: found[0])
        done += (rest[:at], form.shown)
        rest = rest[at + length :]
    return "".join((*done, rest))


def _alike(text: str, at: int, form: str) -> int:
    """Count how far a text goes on like a form."""
    length = 0
    while length < len(form) and at + length < len(text) and text[at + length] == form[length]:
        length += 1
    return length


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
