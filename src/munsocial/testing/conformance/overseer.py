"""What stands between an adapter and the network when it is tried: it sees all, and makes trouble at the right moment.

`Witness` stands around the face and notices which calls change the world, however a network names them. `Overseer`
stands around the port: it keeps the requests and spoils answers, all of them, the first, or that of the call that did
the work.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from munsocial.errors import Unreachable
from munsocial.sandbox.faces import Face, Refusing
from munsocial.sandbox.faults import Fault, FaultKind
from munsocial.sandbox.trouble import Lost, answer_with
from munsocial.sandbox.world import World
from munsocial.transport.port import Answer, Port, Request
from munsocial.wording import Text

__all__ = ["AFTER", "BEFORE", "IN_WORDS", "FaceAtFault", "Overseer", "Spoil", "Trouble", "Witness"]

Spoil = Callable[[Answer], Answer]

IN_WORDS = (
    FaultKind.RATE,
    FaultKind.FLOOD,
    FaultKind.QUOTA,
    FaultKind.KEY,
    FaultKind.CAPTCHA,
    FaultKind.PERMISSION,
    FaultKind.SERVER,
)
"""The network says no; nothing is executed."""
BEFORE = (
    FaultKind.UNREACHABLE,
    FaultKind.LOST_BEFORE,
    FaultKind.STATUS,
    FaultKind.NOWHERE,
    FaultKind.REDIRECT,
)
"""It never gets there; nothing is executed, which nobody may know."""
AFTER = (FaultKind.LOST_AFTER, FaultKind.CUT, FaultKind.EMPTY, FaultKind.HTML, FaultKind.GARBAGE)
"""The work is done, its answer is lost or spoilt."""

_UNCLEAR = Text("Ответ потерян.", "The answer was lost.")


@dataclass(frozen=True, slots=True)
class Trouble:
    """What goes wrong. ``times`` None is for ever; with ``work`` only calls that changed the world are struck, and
    afterwards all to the same address: a network that drops a repetition answers it, and that answer is lost as well.

    The first ``after`` calls that would be struck pass unharmed.
    """

    kind: FaultKind
    times: int | None = None
    work: bool = False
    after: int = 0


class FaceAtFault(Exception):
    """The face raised, which a network never does: mend the face, the adapter may be right."""


class Witness:
    """A face that is watched."""

    def __init__(self, face: Face, world: World, *, watching: bool = True) -> None:
        """Not ``watching`` it is quicker and counts no changes."""
        self._face = face
        self._watching = watching
        self.world = world
        self.hosts = face.hosts
        self.changed = False
        """Did the last request change the world?"""
        self.changes = 0
        self.speechless: set[str] = set()
        """Faults for which the face has no words of its network: a bare status was sent."""

    def handle(self, request: Request) -> Answer:
        """Let the face answer, and see whether the world is another one afterwards."""
        before = self._print() if self._watching else None
        try:
            answer = self._face.handle(request)
        except Exception as error:
            raise FaceAtFault(f"{type(error).__name__}: {error}, at {request.method} {request.url[:200]}") from error
        self.changed = self._watching and self._print() != before
        self.changes += self.changed
        return answer

    def refuse(self, fault: str, request: Request) -> Answer | None:
        """Return the network's own words for a fault."""
        said = self._face.refuse(fault, request) if isinstance(self._face, Refusing) else None
        if said is None:
            self.speechless.add(fault)
        return said

    def _print(self) -> tuple[object, ...]:
        """Return what tells one state of the world from another; `repr` of its plain records shows all of them."""
        return repr(self.world.pages), repr(self.world.users), len(self.world.events)


class Overseer:
    """A port that keeps what is sent and spoils what comes back."""

    def __init__(self, port: Port, witness: Witness | None, trouble: Trouble | None, spoil: Spoil | None) -> None:
        self._port = port
        self.witness = witness
        self.trouble = trouble
        self._spoil = spoil
        self.struck = 0
        self._passed = 0
        self._worked: set[tuple[str, str]] = set()
        self.requests: list[Request] = []
        self.timeouts: list[float] = []
        """How long each of them may wait."""

    async def send(self, request: Request, *, timeout: float) -> Answer:
        """Carry a request, or fail as the trouble wants it."""
        self.requests.append(request)
        self.timeouts.append(timeout)
        trouble = self.trouble
        if trouble is not None and trouble.kind not in AFTER and self._due(trouble):
            return self._spoilt(trouble, request, None)
        if self.witness is not None:
            self.witness.changed = False
        answer = await self._port.send(request, timeout=timeout)
        if trouble is not None and trouble.kind in AFTER and self._at_work(trouble, request) and self._due(trouble):
            return self._spoilt(trouble, request, answer)
        return self._spoil(answer) if self._spoil else answer

    def _at_work(self, trouble: Trouble, request: Request) -> bool:
        place = request.method, request.url.partition("?")[0]
        if self.witness is not None and self.witness.changed:
            self._worked.add(place)
        return not trouble.work or place in self._worked

    def _due(self, trouble: Trouble) -> bool:
        if trouble.times is not None and self.struck >= trouble.times:
            return False
        if self._passed < trouble.after:
            self._passed += 1
            return False
        self.struck += 1
        return True

    def _spoilt(self, trouble: Trouble, request: Request, answer: Answer | None) -> Answer:
        face: Face = _Said(answer) if answer is not None or self.witness is None else self.witness
        outcome = answer_with(Fault(trouble.kind), face, request)
        if isinstance(outcome.answer, Lost):
            raise Unreachable(_UNCLEAR, executed=None if outcome.answer.sent else False)
        return outcome.answer

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await self._port.sleep(seconds)

    async def together(self, jobs: Iterable[Callable[[], Awaitable[None]]], *, width: int) -> None:
        """Run jobs."""
        await self._port.together(jobs, width=width)

    def now(self) -> float:
        """Return the seconds of the inner clock."""
        return self._port.now()


class _Said:
    """A face that has answered already."""

    hosts: frozenset[str] = frozenset()

    def __init__(self, answer: Answer | None) -> None:
        self._answer = answer or Answer(200, {}, b"")

    def handle(self, request: Request) -> Answer:
        del request
        return self._answer
