"""Turns at a shared key: starts are spaced, and accounts take turns. Computes delays and never sleeps.

A `Pacer` is shared by all sessions of a connection, by threads, by tasks, and by connections that are given the same
one (their ports must go by one clock): whoever wants to start joins with a ticket, asks for its delay, sleeps through
its own port and asks again. There is no lock held while anybody waits.

Order is start-time fair queueing: each account counts its own tickets, so that an account with one call does not stand
behind another one's hundred.
"""

from __future__ import annotations

import threading
from bisect import bisect_left, insort
from dataclasses import dataclass, field

__all__ = ["Pace", "Pacer", "Ticket"]

_MARGIN = 1.015
"""Spacing is wider by 15 ms in a second: that much jitter on the way puts no extra start into anybody's window."""
_OPENING = 0.034
"""Part of a spacing by which the second start after a rest comes later: the first call opens the connection and so
arrives late. More would cost the allowed rate."""
_REST = 5.0
"""After so many seconds a connection is no longer kept."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a key may be used; ``key`` is the name of the credential, never its value."""

    key: str
    per_second: float

    def __post_init__(self) -> None:
        if not 0 < self.per_second < float("inf"):
            raise ValueError("a pace is a positive number of starts a second")


@dataclass(frozen=True, slots=True, order=True)
class Ticket:
    """A place in the queue of one key; ordered by turn, then by arrival."""

    turn: int
    arrival: int
    key: str = field(compare=False)
    spacing: float = field(compare=False)


@dataclass(slots=True)
class _Queue:
    next_start: float = float("-inf")
    last_start: float = float("-inf")
    held_at: float = 0.0
    held_for: float = 0.0
    turn: int = 0
    last_turns: dict[str, int] = field(default_factory=dict)
    waiting: list[Ticket] = field(default_factory=list)

    def hold_left(self, now: float) -> float:
        """Return seconds until the hold ends; never more than it was given, however the clock jumps."""
        return max(0.0, min(self.held_for, self.held_at + self.held_for - now))


class Pacer:
    """The queues of all keys of a connection, or of all connections that share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queues: dict[str, _Queue] = {}
        self._arrivals = 0

    def join(self, pace: Pace, account: str = "") -> Ticket:
        """Enter the queue of a key; whoever joins must `leave`, however it ends."""
        with self._lock:
            queue = self._queues.setdefault(pace.key, _Queue())
            turn = max(queue.turn, queue.last_turns.get(account, 0)) + 1
            queue.last_turns[account] = turn
            self._arrivals += 1
            ticket = Ticket(turn, self._arrivals, pace.key, _MARGIN / pace.per_second)
            insort(queue.waiting, ticket)
            return ticket

    def delay(self, ticket: Ticket, now: float) -> float:
        """Return seconds to wait before asking again; 0.0 means that the start is taken and is to happen now."""
        with self._lock:
            queue = self._queues[ticket.key]
            # Nobody may owe more than one spacing: a clock that jumped back must not freeze the key.
            queue.next_start = min(queue.next_start, now + ticket.spacing * (1.0 + _OPENING))
            ahead = bisect_left(queue.waiting, ticket)
            start = max(queue.next_start, now + queue.hold_left(now)) + ahead * ticket.spacing
            if start > now:
                return start - now
            opening = _OPENING if abs(now - queue.last_start) > _REST else 0.0
            queue.next_start, queue.last_start = now + ticket.spacing * (1.0 + opening), now
            queue.turn = max(queue.turn, ticket.turn)
            _remove(queue, ticket)
            return 0.0

    def leave(self, ticket: Ticket) -> None:
        """Leave the queue: started, cancelled or failed. Leaving twice is no error."""
        with self._lock:
            _remove(self._queues[ticket.key], ticket)

    def hold(self, key: str, seconds: float, now: float) -> None:
        """Let nobody start with this key for a while: the network refused by rate."""
        with self._lock:
            queue = self._queues.setdefault(key, _Queue())
            if seconds > queue.hold_left(now):
                queue.held_at, queue.held_for = now, seconds

    def held(self, key: str, now: float) -> float:
        """Return for how many more seconds a key is held."""
        with self._lock:
            queue = self._queues.get(key)
            return queue.hold_left(now) if queue else 0.0


def _remove(queue: _Queue, ticket: Ticket) -> None:
    place = bisect_left(queue.waiting, ticket)
    if place < len(queue.waiting) and queue.waiting[place] == ticket:
        del queue.waiting[place]
    if not queue.waiting:
        queue.last_turns.clear()
