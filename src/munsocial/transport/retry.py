"""Whether, when and how often an attempt is repeated. Small functions of the error and the number of the attempt."""

from __future__ import annotations

import random
import threading

from munsocial.errors import DeadlineExceeded, NetworkError, RateLimited, ServerFault, Unreachable, UnreadableAnswer
from munsocial.transport.settings import TransportSettings

__all__ = ["Patience", "RetryQuota"]

_PASSING = (Unreachable, DeadlineExceeded, UnreadableAnswer, ServerFault, RateLimited)
"""Faults that may be gone a moment later."""
_EARNED = 0.1


class RetryQuota:
    """Repetitions a network may still cost: when everything fails, repeating only makes it worse.

    A token bucket shared by all calls of a session.
    """

    def __init__(self, size: int) -> None:
        self._lock = threading.Lock()
        self._size = float(size)
        self.left = float(size)

    def pay(self) -> bool:
        """Take one repetition; False when there is none left."""
        with self._lock:
            if self.left < 1.0:
                return False
            self.left -= 1.0
            return True

    def earn(self) -> None:
        """Return a part of one for a good answer."""
        if self.left < self._size:
            with self._lock:
                self.left = min(self._size, self.left + _EARNED)


class Patience:
    """The decisions for one call."""

    def __init__(self, settings: TransportSettings, quota: RetryQuota, *, repeatable: bool) -> None:
        self._settings = settings
        self._quota = quota
        self._repeatable = repeatable

    def may_repeat(self, error: BaseException) -> bool:
        """Is it of a kind that a repetition may mend, and would that be safe?"""
        if not isinstance(error, NetworkError) or error.lasting:
            return False
        return isinstance(error, _PASSING) and (self._repeatable or error.executed is False)

    def pause(self, error: BaseException | None, attempt: int) -> float:
        """Return seconds before the next attempt: as the server says, else doubling with jitter."""
        told = error.retry_after if isinstance(error, NetworkError) else None
        # Jitter spreads those who were told the same moment; never earlier than told.
        jitter = random.uniform(0.5, 1.0)
        if told is not None:
            return told + 0.1 * jitter
        return jitter * min(self._settings.backoff_max, self._settings.backoff * 2.0 ** (attempt - 1))

    def pay(self, error: BaseException | None) -> bool:
        """Pay for a repetition; a refusal by rate is no failure and is free."""
        return isinstance(error, RateLimited) or self._quota.pay()
