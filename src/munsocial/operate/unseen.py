"""Why something stays unseen after an error: the network's own word, or a slip of the adapter, told by its kind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from munsocial.errors import MunsocialError
from munsocial.model.snapshot import Missing, Why
from munsocial.network.missing import CAUGHT, missing_of
from munsocial.transport.port import StrangeWait
from munsocial.transport.slips import kind_of_slip
from munsocial.wording import Text

__all__ = ["all_of", "excused"]

T = TypeVar("T")

_SLIP = Text(
    "Адаптер сети «{network}» сломался ({cause}): сообщите его авторам.",
    "The adapter of {network!r} broke ({cause}): tell its authors.",
)
_STRANGE_WAIT = Text(
    "ждёт не своего порта, а, например, цикла событий",
    "it awaited something that is not its port, an event loop perhaps",
)


def excused(error: Exception, network: str) -> Missing | None:
    """Return why something stays unseen after an error; None for one that is not the network's: a full disk, say.

    An error of no kind of ours is a slip of the adapter. Only its kind is told: its words might hold a key.
    """
    if isinstance(error, CAUGHT):
        return missing_of(error)
    if isinstance(error, MunsocialError):
        return None
    cause = _STRANGE_WAIT if isinstance(error, StrangeWait) else Text(*[kind_of_slip(error)] * 2)
    return Missing.of(Why.UNREADABLE, _SLIP.fill(network=network, cause=cause))


def all_of(kind: type[T], given: Iterable[T]) -> tuple[T, ...]:
    """Return what an adapter gave, which must be of a kind.

    Raises:
        TypeError: something of it is not: a slip of the adapter.
    """
    found = tuple(given)
    if not all(isinstance(one, kind) for one in found):
        raise TypeError
    return found
