"""Ports into a sandbox: the real adapters talk to faces as if these were the internet.

Waiting costs nothing: sleeping moves the clock of the world. The blocking port never suspends and runs jobs one
after another, so that a run is always the same; the asynchronous one really interleaves them.
"""

from __future__ import annotations

import heapq
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cached_property
from urllib.parse import urlsplit

from munsocial.errors import NetworkError, Unreachable, UnreadableAnswer
from munsocial.sandbox.clock import Clock
from munsocial.sandbox.faces import Face, FaceMaker, fields_of, path_of
from munsocial.sandbox.faults import CallName, Faults
from munsocial.sandbox.trouble import Lost, Outcome, answer_with
from munsocial.sandbox.world import World
from munsocial.transport.port import Answer, Request
from munsocial.wording import Text

__all__ = ["AsyncSandboxPort", "Faces", "SandboxPort", "call_name"]

_ACCOUNT_FIELDS = ("owner_id", "group_id", "gid", "uid", "uids", "group_ids", "domain", "screen_name", "discussionId")


def call_name(network: str, request: Request) -> CallName:
    """Name a call for faults and counts: method from form or end of the path, account from its fields."""
    fields = fields_of(request)
    account = next((fields[name] for name in _ACCOUNT_FIELDS if fields.get(name)), "")
    return CallName(network, fields.get("method") or path_of(request).rpartition("/")[2], account.lstrip("-"))


class Faces:
    """All faces of a world, found by the host of an address; the common part of port and server."""

    def __init__(self, faces: Mapping[str, Face], faults: Faults | None = None) -> None:
        self.by_network = dict(faces)
        self.by_host = {host: name for name, face in faces.items() for host in face.hosts}
        self.faults = faults or Faults()
        self.calls: Counter[CallName] = Counter()
        """How often each method was called for each account."""
        self._lock = threading.RLock()

    def answer(self, network: str, request: Request) -> Outcome:
        """Let a network answer: one request at a time, counted, with the trouble that is due."""
        call = call_name(network, request)
        with self._lock:
            self.calls[call] += 1
            return answer_with(self.faults.pick(call), self.by_network[network], request)


class SandboxPort:
    """A blocking port into a world. ``calls`` counts what was asked; ``started`` tells when, by the port's clock."""

    source = "sandbox"
    """What a snapshot taken through this port says of its origin."""

    def __init__(
        self,
        faces: Mapping[str, Face],
        faults: Faults | None = None,
        *,
        clock: Clock | None = None,
        latency: float = 0.0,
        max_bytes: int = 16 << 20,
    ) -> None:
        """Take faces by network name; the clock is that of the faces' world unless another is given."""
        worlds = (getattr(face, "world", None) for face in faces.values())
        own = next((world.clock for world in worlds if world is not None), None)
        self.clock: Clock = clock or own or Clock(datetime(2026, 1, 1, tzinfo=UTC))
        self.faces = Faces(faces, faults)
        self.latency = latency
        self.max_bytes = max_bytes
        self.started: list[tuple[float, CallName]] = []

    @classmethod
    def over(cls, world: World, makers: Mapping[str, FaceMaker], faults: Faults | None = None) -> SandboxPort:
        """Make faces over a world and a port into them; ``makers`` is what the hook ``munsocial_faces`` offers."""
        return cls({name: make(world) for name, make in makers.items()}, faults, clock=world.clock)

    @property
    def calls(self) -> Counter[CallName]:
        """How often each method was called for each account: (network, method, account) to a number."""
        return self.faces.calls

    async def send(self, request: Request, *, timeout: float) -> Answer:
        """Carry one request to the face whose host it names.

        Raises:
            Unreachable: no face has that host, or a fault lost the request or its answer.
            UnreadableAnswer: the answer is bigger than ``max_bytes``.
        """
        outcome = self._ask(request)
        await self.sleep(min(outcome.delay + self.latency, timeout))
        return self._take(outcome, timeout)

    async def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.clock.sleep(seconds)

    async def together(self, jobs: Iterable[Callable[[], Awaitable[None]]], *, width: int) -> None:
        """Run jobs one after another; the first error ends it."""
        del width  # one at a time, whatever is allowed: a blocking run is always the same
        for job in jobs:
            await job()

    def now(self) -> float:
        """Return seconds since the world began."""
        return self.clock.elapsed()

    def _ask(self, request: Request) -> Outcome:
        network = self.faces.by_host.get(urlsplit(request.url).hostname or "")
        if network is None:
            raise _unreachable("такого узла в песочнице нет", "the sandbox has no such host", sent=False)
        self.started.append((self.now(), call_name(network, request)))
        return self.faces.answer(network, request)

    def _take(self, outcome: Outcome, timeout: float) -> Answer:
        if isinstance(outcome.answer, Lost):
            raise _unreachable("соединение прервано", "the connection broke", sent=outcome.answer.sent)
        if outcome.delay + self.latency > timeout:
            raise _unreachable(f"нет ответа за {timeout:g} с", f"no answer within {timeout:g} s", sent=True)
        if len(outcome.answer.body) > self.max_bytes:
            raise UnreadableAnswer(Text("Ответ слишком велик.", "The answer is too big."))
        return outcome.answer


def _unreachable(ru: str, en: str, *, sent: bool) -> NetworkError:
    what = Text(f"Нет связи: {ru}.", f"No connection: {en}.")
    return Unreachable(what, executed=None if sent else False)


class AsyncSandboxPort(SandboxPort):
    """The same for an event loop (asyncio or trio): jobs interleave, sleepers wake in the order of their moments."""

    _ticket = 0

    @cached_property
    def _sleepers(self) -> list[tuple[float, int]]:
        """When each sleeper is to wake, with its ticket."""
        return []

    async def sleep(self, seconds: float) -> None:
        """Let time pass: a standing clock moves only when everybody else has had a turn."""
        import anyio

        if self.clock.real:
            await anyio.sleep(max(0.0, seconds))
            return
        self._ticket += 1
        mine = (self.now() + max(0.0, seconds), self._ticket)
        heapq.heappush(self._sleepers, mine)
        try:
            await anyio.sleep(0)
            while self._sleepers[0] != mine:
                await anyio.sleep(0)
            self.clock.reach(mine[0])
        finally:
            self._sleepers.remove(mine)
            heapq.heapify(self._sleepers)

    async def together(self, jobs: Iterable[Callable[[], Awaitable[None]]], *, width: int) -> None:
        """Run jobs, at most ``width`` at once; after an error none is started, and the first error is raised."""
        import anyio

        waiting: Iterator[Callable[[], Awaitable[None]]] = iter(jobs)
        errors: list[Exception] = []

        async def worker() -> None:
            for job in waiting:
                try:
                    await job()
                except Exception as error:  # noqa: BLE001  # any error of a job ends the rest and is raised below
                    errors.append(error)
                if errors:
                    return

        async with anyio.create_task_group() as group:
            for _ in range(max(1, width)):
                group.start_soon(worker)
        if errors:
            raise errors[0]
