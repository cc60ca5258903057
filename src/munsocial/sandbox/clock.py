"""The clock of a sandbox: it stands still until something sleeps, so that hours of waiting cost nothing.

A real clock can be asked for where another program watches (``munsocial sandbox serve``).
"""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta

from munsocial.errors import NaiveTime
from munsocial.wording import Text

__all__ = ["Clock"]


class Clock:
    """Tells the moment of a world. Thread safe; never goes back."""

    def __init__(self, now: datetime, *, real: bool = False) -> None:
        """Start at ``now`` (aware). With ``real`` time flows by itself and `sleep` really waits.

        Raises:
            NaiveTime: ``now`` has no time zone.
        """
        if now.tzinfo is None:
            raise NaiveTime(
                Text("У начального момента песочницы нет часового пояса.", "The first moment has no time zone."),
                remedy=Text("Укажите пояс, например +03:00.", "Name a zone, such as +03:00."),
            )
        self._start = now.astimezone(UTC)
        self._elapsed = 0.0
        self._lock = threading.Lock()
        self.real = real
        self._began = time.monotonic()

    def elapsed(self) -> float:
        """Return seconds since the start."""
        return time.monotonic() - self._began if self.real else self._elapsed

    def now(self) -> datetime:
        """Return the present moment of the world, in UTC."""
        return self._start + timedelta(seconds=self.elapsed())

    def sleep(self, seconds: float) -> None:
        """Let that many seconds pass; several sleepers at once share the time, as they would in life."""
        if self.real:
            time.sleep(max(0.0, seconds))
        else:
            self.reach(self._elapsed + max(0.0, seconds))

    def reach(self, elapsed: float) -> None:
        """Move a standing clock forward to a reading of `elapsed`; an earlier reading changes nothing."""
        with self._lock:
            self._elapsed = max(self._elapsed, elapsed)
