"""How a session and its port behave: time limits, repetition, sizes, the way out of the building. Plain data."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, fields

from munsocial.errors import InputError
from munsocial.wording import Text

__all__ = ["TransportSettings"]


@dataclass(frozen=True, slots=True)
class TransportSettings:
    """Times are seconds, sizes are bytes.

    The total of a call counts from its first start: waiting for a turn of a paced key is not part of it, since a
    long queue is our own choice and no fault of the network.

    Raises:
        InputError: a setting is of another type or not positive; ``where`` names it.
    """

    deadline: float = 30.0
    """Total time of one call with all its attempts."""
    attempt: float = 12.0
    """One attempt of a call that may be repeated; a call that is sent once has the whole ``deadline``."""
    connect: float = 8.0
    """Name, connection and TLS together."""
    upload_deadline: float = 3600.0
    """Total time of a call that carries files."""
    standstill: float = 60.0
    """Within any limit: how long nothing at all may move; ends an upload that hangs."""
    attempts: int = 3
    backoff: float = 0.5
    """First pause before a repetition; doubles each time, with jitter."""
    backoff_max: float = 8.0
    retry_quota: int = 20
    """Repetitions a network may cost when everything fails; ten good answers earn one back."""
    max_body: int = 32 * 1024 * 1024
    """Largest answer, counted after inflating."""
    proxy: str = field(default="", repr=False)
    """``http://`` or ``https://`` address of a proxy; the environment is not consulted."""
    ca_bundle: str = ""
    """PEM file with further authorities, beside the usual ones."""

    def __post_init__(self) -> None:
        for one in fields(self):
            value = getattr(self, one.name)
            if isinstance(one.default, str):
                _demand(isinstance(value, str), one.name, Text("Нужен текст.", "A text is wanted."))
                continue
            number = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
            least = 0 if one.name in ("retry_quota", "backoff", "backoff_max") else 1e-3
            _demand(
                number and value >= least, one.name, Text("Нужно число больше нуля.", "A positive number is wanted.")
            )
            whole = isinstance(one.default, int)
            _demand(not whole or value == int(value), one.name, Text("Нужно целое число.", "A whole number is wanted."))


def _demand(good: bool, name: str, what: Text) -> None:
    if not good:
        remedy = Text("Исправьте настройку сети или уберите её.", "Correct the network's setting or remove it.")
        raise InputError(what, where=name, remedy=remedy)
