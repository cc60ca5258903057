"""A call from beginning to end: its turn, its attempts, its total time, and an error that says what is known.

Wraps a port once for all adapters. Repetition stands around decoding, since networks report errors inside good answers.
"""

from __future__ import annotations

import enum
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from munsocial.errors import (
    DeadlineExceeded,
    FloodRefused,
    MunsocialError,
    NetworkError,
    RateLimited,
    Unreachable,
    UnreadableAnswer,
)
from munsocial.transport import faults
from munsocial.transport.pace import Pace, Pacer
from munsocial.transport.port import Answer, Port, Request
from munsocial.transport.redact import Redactor, guarding
from munsocial.transport.retry import Patience, RetryQuota
from munsocial.transport.settings import TransportSettings
from munsocial.wording import Text

if TYPE_CHECKING:
    from tenacity import RetryCallState

__all__ = ["Call", "Pace", "Pacer", "Repeat", "Session", "TransportSettings"]

T = TypeVar("T")
log = logging.getLogger("munsocial.transport")


class Repeat(enum.Enum):
    """May a call be sent again?"""

    READ = "read"
    """It changes nothing: repeated within bounds."""
    KEYED = "keyed"
    """It carries an idempotency key: repeated like a read."""
    ONCE = "once"
    """A write: repeated only when it is certain that it was not executed, e.g. refused by rate."""


@dataclass(frozen=True, slots=True)
class Call(Generic[T]):
    """One call of a network's method.

    ``decode`` gets an answer and returns a value or raises a `NetworkError` that the network reports inside it; it sees
    answers of status 200 and, to read errors out of them, bodies of other statuses that look like JSON.
    ``method`` is the network's own name of it, ``account`` our id of the account.
    """

    request: Request
    decode: Callable[[Answer], T]
    method: str
    account: str = ""
    pace: Pace | None = None
    repeat: Repeat = Repeat.ONCE
    blind: int = 0
    """Attempts that may end with no answer before somebody has to look what they left; 0 is no bound."""
    silence: float = 0.0
    """Seconds for which the network may be silent on purpose (long poll); all limits of time grow by them."""


class Session:
    """Calls of one network over one port. Safe to share between threads and tasks.

    ``pacer`` is shared by all sessions of a connection; without one the session has its own.
    """

    def __init__(
        self,
        port: Port,
        *,
        network: str,
        settings: TransportSettings | None = None,
        pacer: Pacer | None = None,
    ) -> None:
        self.port = port
        self.network = network
        self.settings = settings or TransportSettings()
        self.pacer = pacer or Pacer()
        self.quota = RetryQuota(self.settings.retry_quota)

    async def call(self, call: Call[T]) -> T:
        """Make a call and return what its decoder makes of the answer.

        Raises:
            NetworkError: with network, method, account, attempt, whether it was executed, and a remedy. It carries no
                other exception and no frames of the transport, since these hold requests.
        """
        redactor = Redactor(call.request.secrets)
        run = _Run(self, call)
        failure: MunsocialError
        with guarding(redactor):
            try:
                return await run.to_the_end()
            except MunsocialError as error:
                failure = error
            run.sign(failure)
            redactor.error(failure)
            log.debug("%s %s %s: %s", self.network, call.method, call.account, failure.code)
        raise failure

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await self.port.sleep(seconds)

    async def together(self, jobs: Iterable[Callable[[], Awaitable[None]]], *, width: int = 8) -> None:
        """Run jobs, at most ``width`` at once; see `Port.together`."""
        await self.port.together(jobs, width=width)

    def now(self) -> float:
        """Return seconds of the port's monotonic clock."""
        return self.port.now()


class _Run(Generic[T]):
    """The attempts of one call."""

    def __init__(self, session: Session, call: Call[T]) -> None:
        self.session = session
        self.call = call
        # Two networks may name a credential alike; their keys are two.
        pace = call.pace
        self.pace = Pace(f"{session.network}/{pace.key}", pace.per_second) if pace is not None else None
        self.attempt = 0
        self.unclear = False
        """An earlier attempt may have been executed."""
        self.unanswered = 0
        uploads = bool(call.request.files) or callable(call.request.content)
        settings = session.settings
        self.total = (settings.upload_deadline if uploads else settings.deadline) + call.silence
        self.patience = Patience(settings, session.quota, repeatable=call.repeat is not Repeat.ONCE)
        self.uploads = uploads
        self.started: float | None = None

    async def to_the_end(self) -> T:
        from tenacity import AsyncRetrying, retry_if_exception

        retrying = AsyncRetrying(
            sleep=self.session.port.sleep,
            retry=retry_if_exception(self.patience.may_repeat),
            wait=self._pause,
            stop=self._give_up,
            reraise=True,
        )
        value: T = await retrying(self._once)
        self.session.quota.earn()
        return value

    async def _once(self) -> T:
        await self._turn()
        self.attempt += 1
        if self.started is None:
            self.started = self.session.port.now()
        try:
            answer = await self.session.port.send(self.call.request, timeout=self._time())
            return self._read(answer)
        except NetworkError as error:
            self._note(error)
            raise

    async def _turn(self) -> None:
        """Wait for the turn of the key; a key held longer than a call may last refuses at once."""
        pace, session = self.pace, self.session
        if pace is None:
            return
        ticket = session.pacer.join(pace, self.call.account)
        try:
            while True:
                self._demand_free(pace)  # a key may come to be held while others wait for it
                if (wait := session.pacer.delay(ticket, session.port.now())) <= 0.0:
                    return
                await session.port.sleep(wait)
        finally:
            session.pacer.leave(ticket)

    def _demand_free(self, pace: Pace) -> None:
        session, now = self.session, self.session.port.now()
        keys = [pace.key, session.network] + ([_writes(pace)] if self.call.repeat is not Repeat.READ else [])
        held = max(session.pacer.held(key, now) for key in keys)
        if held > self.total:
            raise _held(held)

    def _time(self) -> float:
        """Return seconds for the next attempt: what is left, or less if there may be another one."""
        left = self._left()
        if self.uploads or self.call.repeat is Repeat.ONCE:
            return left
        return min(left, self.session.settings.attempt + self.call.silence)

    def _left(self) -> float:
        gone = 0.0 if self.started is None else self.session.port.now() - self.started
        return min(self.total, max(0.05, self.total - gone))

    def _read(self, answer: Answer) -> T:
        by_status = faults.by_status(answer, given=self.call.request.reach != "any")
        if by_status is None:
            return self._decoded(answer)
        if answer.body[:1] not in (b"{", b"["):
            raise by_status
        try:
            self._decoded(answer)
        except UnreadableAnswer:
            raise by_status from None
        except NetworkError as error:
            if error.retry_after is None:
                error.retry_after = by_status.retry_after
            raise
        raise by_status

    def _decoded(self, answer: Answer) -> T:
        try:
            return self.call.decode(answer)
        except MunsocialError:
            raise
        except Exception as error:  # noqa: BLE001  # parsers of XML, zlib, struct each raise errors of their own
            detail = _shape(error)
        raise faults.unreadable(answer, detail)

    def _note(self, error: NetworkError) -> None:
        """Remember what an attempt left behind, and hold the key for everybody when it was refused by rate or flood."""
        pace = self.pace
        if pace is not None and isinstance(error, RateLimited):
            self.session.pacer.hold(pace.key, error.retry_after or 1.0 / pace.per_second, self.session.port.now())
        if pace is not None and isinstance(error, FloodRefused) and error.retry_after:
            stopped = _writes(pace) if error.writes else pace.key
            held = self.session.network if error.everywhere else stopped
            self.session.pacer.hold(held, error.retry_after, self.session.port.now())
        if error.executed is False and self.unclear:
            error.executed = None
        self.unclear = self.unclear or error.executed is not False
        if error.executed is None and isinstance(error, (Unreachable, DeadlineExceeded)):
            self.unanswered += 1

    def _pause(self, state: RetryCallState) -> float:
        return self.patience.pause(_error(state), state.attempt_number)

    def _give_up(self, state: RetryCallState) -> bool:
        if state.attempt_number >= self.session.settings.attempts:
            return True
        if self.call.blind and self.unanswered >= self.call.blind:
            return True
        if state.upcoming_sleep >= self._left():
            return True
        return not self.patience.pay(_error(state))

    def sign(self, error: MunsocialError) -> None:
        """Put the facts of the call into an error."""
        if isinstance(error, NetworkError):
            error.network = error.network or self.session.network
            error.method = error.method or self.call.method
            error.account = error.account or self.call.account
            error.attempt = max(self.attempt, 1)
            if self.call.repeat is Repeat.READ and error.remedy is faults.CHECK:
                error.remedy = faults.AGAIN


def _error(state: RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None


def _writes(pace: Pace) -> str:
    """Return what is held where a key may go on reading."""
    return f"{pace.key} writes"


def _held(seconds: float) -> NetworkError:
    span = _span(seconds)
    return RateLimited(
        Text(
            f"Ключ придержан ещё на {span.ru}: сеть недавно отказала и требует паузы.",
            f"The key is held for another {span.en}: the network refused not long ago and wants a pause.",
        ),
        retry_after=seconds,
        remedy=Text("Повторите после этого срока.", "Repeat after that time."),
    )


def _span(seconds: float) -> Text:
    """Return a time to wait in the units in which people wait, never less than it is."""
    if seconds < 120:
        return Text(f"{ceil(seconds)} с", f"{ceil(seconds)} s")
    hours, minutes = divmod(ceil(seconds / 60), 60)
    parts = [(hours, "ч", "h"), (minutes, "мин", "min")]
    ru, en = (" ".join(f"{part[0]} {part[word]}" for part in parts if part[0]) for word in (1, 2))
    return Text(ru, en)


def _shape(error: Any) -> str:
    """Say where an answer broke its shape, by place and kind only: values may be personal."""
    from pydantic import ValidationError

    if isinstance(error, ValidationError):
        first = next(iter(error.errors(include_input=False, include_url=False, include_context=False)), None)
        if first is not None:
            return f"{'.'.join(str(part) for part in first['loc'])}: {first['type']}"
    return type(error).__name__
