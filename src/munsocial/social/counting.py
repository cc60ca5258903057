"""How many requests left, over all ports of a connection."""

from __future__ import annotations

import itertools

from munsocial.transport.port import Answer, Port, Request

__all__ = ["Counter"]


class Counter:
    """How many requests left, over all ports of a connection."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self.sent = 0

    def add(self) -> None:
        # One step of the interpreter: threads lose no count.
        self.sent = next(self._numbers)

    def over(self, port: Port) -> Port:
        return _Counted(port, self)


class _Counted:
    """A port that counts what goes through it."""

    def __init__(self, port: Port, counter: Counter) -> None:
        self._port = port
        self._counter = counter
        self.sleep = port.sleep
        self.together = port.together
        self.now = port.now

    async def send(self, request: Request, *, timeout: float) -> Answer:
        self._counter.add()
        return await self._port.send(request, timeout=timeout)
