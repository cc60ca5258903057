"""Knobs for trouble: what goes wrong, in which call, how often; by count or by seeded chance, so always the same."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import NamedTuple

__all__ = ["CallName", "Fault", "FaultKind", "Faults"]


class CallName(NamedTuple):
    """Which call it is: the network, its own name of the method, and the account concerned, as far as it shows."""

    network: str
    method: str
    account: str


class FaultKind(StrEnum):
    """What goes wrong."""

    # Said by the network in its own words, nothing executed.
    RATE = "rate"
    FLOOD = "flood"
    QUOTA = "quota"  # of one key, where the network counts by key (VK): another key of the account goes on
    KEY = "key"
    CAPTCHA = "captcha"
    PERMISSION = "permission"
    SERVER = "server"
    # On the way.
    UNREACHABLE = "unreachable"  # the connection was refused: nothing can have been sent
    LOST_BEFORE = "lost_before"  # the request never arrived, but nobody can know that
    LOST_AFTER = "lost_after"  # the work was done, the answer was lost
    DELAY = "delay"  # the answer comes late; later than the caller waits means lost_after
    # An answer that is not what was promised; the work was done.
    CUT = "cut"
    EMPTY = "empty"
    HTML = "html"  # with status 200
    GARBAGE = "garbage"  # bytes that are no UTF-8
    HUGE = "huge"
    # An answer by something that stands before the network; nothing executed.
    STATUS = "status"  # an HTML page with ``status``
    NOWHERE = "nowhere"  # an HTML page with status 404: it says nothing of what was asked for
    REDIRECT = "redirect"


IN_WORDS = frozenset(FaultKind(word) for word in ("rate", "flood", "quota", "key", "captcha", "permission", "server"))


@dataclass(frozen=True, slots=True)
class Fault:
    """One knob. ``network``, ``method``, ``account`` are patterns with ``*``; the first fitting knob acts."""

    kind: FaultKind
    network: str = "*"
    method: str = "*"
    account: str = "*"
    times: int | None = 1
    """How many calls it spoils; None: for ever."""
    after: int = 0
    """How many fitting calls pass unharmed first."""
    chance: float = 1.0
    """Share of fitting calls that it spoils."""
    seconds: float = 5.0
    """Of ``delay``."""
    status: int = 502
    """Of ``status``."""
    size: int = 64 << 20
    """Bytes of ``huge``."""
    location: str = "http://127.0.0.1/"
    """Of ``redirect``."""

    def fits(self, call: CallName) -> bool:
        """Tell whether this knob is meant for that call."""
        patterns = (self.network, self.method, self.account)
        return all(fnmatchcase(name, pattern) for name, pattern in zip(call, patterns, strict=True))


class Faults:
    """All knobs of a port or server. Thread safe."""

    def __init__(self, *faults: Fault, seed: int = 0) -> None:
        self._knobs: list[_Knob] = []
        self._dice = random.Random(seed)  # for trouble, not for secrets
        self._lock = threading.Lock()
        self.happened: list[tuple[CallName, FaultKind]] = []
        for fault in faults:
            self.add(fault)

    def add(self, fault: Fault) -> None:
        """Turn one more knob."""
        with self._lock:
            self._knobs.append(_Knob(fault))

    def clear(self) -> None:
        """Let everything work again."""
        with self._lock:
            self._knobs.clear()

    def pick(self, call: CallName) -> Fault | None:
        """Return what goes wrong with this call, if anything; counts the call."""
        with self._lock:
            for knob in self._knobs:
                if knob.fault.fits(call) and knob.strikes(self._dice):
                    self.happened.append((call, knob.fault.kind))
                    return knob.fault
        return None


class _Knob:
    """A fault with the count of what it has done."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self._seen = 0
        self._struck = 0

    def strikes(self, dice: random.Random) -> bool:
        self._seen += 1
        if self._seen <= self.fault.after or (self.fault.times is not None and self._struck >= self.fault.times):
            return False
        if self.fault.chance < 1.0 and dice.random() >= self.fault.chance:
            return False
        self._struck += 1
        return True
