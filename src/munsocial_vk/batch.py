"""Packing calls: up to 25 in one ``execute``, each with its own outcome. Knows calls and keys, not what they are about.

A failed call of a pack is isolated; a pack that is too much for one answer is halved; a key that may not pack calls is
used for single ones.
"""

from __future__ import annotations

import copy
import json
import threading
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from munsocial import errors
from munsocial.errors import MunsocialError, NetworkError
from munsocial.network.keys import Key
from munsocial_vk.calls import Calls, form_of
from munsocial_vk.envelope import open_answer, open_pack, validated
from munsocial_vk.errors import BatchTooBig, error_of
from munsocial_vk.keys import is_about_key
from munsocial_vk.methods import method_of
from munsocial_vk.wire import ApiError

__all__ = ["Job", "Packer", "script_of", "told_to"]

_SLOW = 4
"""Packs halved for want of time before slowness is taken for the network's state; a good answer earns them back."""
_AT_ONCE = 64
"""Keys that serve one account each, at a pace of their own, used at once beside those that read for many."""
_PATIENCE = 3
"""How often one call is put back for a passing fault before its error stands."""


@dataclass(slots=True)
class Job:
    """One call to be made: its outcome goes to ``done`` as a value of ``shape`` or as an error of ours."""

    account: str
    method: str
    params: Mapping[str, Any]
    shape: Any
    done: Callable[[Any, MunsocialError | None], None]
    put_back: int = 0
    alone: bool = False


def script_of(jobs: Sequence[Job]) -> str:
    """Write a pack as VKScript. Parameters go through a JSON encoder, never through formatting of strings."""
    return f"return [{','.join(f'API.{job.method}({_arguments(job.params)})' for job in jobs)}];"


def _arguments(params: Mapping[str, Any]) -> str:
    """Write parameters as in a form, but numbers as numbers, and flags as 1 and 0: so VK's own examples have them."""
    numbers = {name: int(value) for name, value in params.items() if isinstance(value, int)}
    # ASCII with "</" broken up: some hosts look at the script as if it were a page.
    return json.dumps(form_of(params) | numbers, ensure_ascii=True, separators=(",", ":")).replace("</", "<\\/")


class Packer:
    """A queue of jobs by key, sent in packs. ``size`` is how many wait for keys that read for many accounts.

    Answers may come in threads: what happens to jobs and queues happens under the lock.
    """

    def __init__(self, calls: Calls) -> None:
        self.calls = calls
        self.packed = calls.settings.packed
        self.width = calls.settings.parallel
        self.queues: dict[Key, deque[Job]] = {}
        self.keys: dict[str, Key] = {}
        """By reference: a key that is registered for many accounts has one queue."""
        self.lone: dict[Key, str] = {}
        """Keys that have served one account only so far: to wait for more jobs would fill no pack."""
        self.lock = threading.RLock()
        self.dead: dict[str, MunsocialError] = {}
        """Keys that turned out invalid or are not kept anywhere, by reference: nothing more is sent with them."""
        self.under_way = 0
        self.slow = _SLOW

    @property
    def size(self) -> int:
        with self.lock:
            return sum(map(len, self._common().values()))

    def _common(self) -> dict[Key, deque[Job]]:
        """Return the queues that are worth to be filled: those of keys which read for many accounts."""
        return {key: queue for key, queue in self.queues.items() if not self.lone[key]}

    def add(self, job: Job) -> None:
        """Put a job into the queue of the weakest key that serves; without one it ends at once."""
        key = self.key_for(job.account, job.method, alone=job.alone)
        if key is None:
            job.done(None, self.calls.choice.none_left(method_of(job.method), job.account))
            return
        if key.reference in self.dead:
            job.done(None, told_to(self.dead[key.reference], job.account))
            return
        with self.lock:
            key = self.keys.setdefault(key.reference, key)
            if self.lone.setdefault(key, job.account) != job.account:
                self.lone[key] = ""
            self.queues.setdefault(key, deque()).append(job)

    def key_for(self, account: str, method: str, *, alone: bool = False) -> Key | None:
        """Return the key with which a job goes: the weakest that serves; None without any."""
        candidates = self.calls.choice.candidates(account, method_of(method))
        if alone or not candidates:
            return candidates[0] if candidates else None
        # A key that may not pack gives way to one that may: one call in place of twenty-five.
        return next(filter(self._may_pack, candidates), candidates[0])

    async def run(self, admit: Callable[[], None]) -> None:
        """Send packs while there are full ones, or what is left if there was none; ``admit`` may add jobs before."""
        await self.calls.session.together(self._packs(admit), width=self.width)

    def _packs(self, admit: Callable[[], None]) -> Iterator[Callable[[], Awaitable[None]]]:
        with self.lock:
            admit()
            full = any(len(queue) >= self.packed for queue in self._common().values())
        # Whoever takes packs may take them all at once: what is under way is bounded here.
        while self.under_way < 2 * self.width and (taken := self._taken(self.packed if full else 1)):
            yield self._sending(taken)
            with self.lock:
                admit()

    def _taken(self, least: int) -> list[tuple[Key, list[Job]]]:
        """Take what is to be sent next: a pack of each key of one account, or one of the fullest other queue."""
        with self.lock:
            keys = [key for key in self.queues if self.lone[key]][:_AT_ONCE]
            if not keys and (common := self._common()):
                fullest = max(common, key=lambda one: len(common[one]))
                keys = [fullest] if len(common[fullest]) >= least else []
            return [(key, self._take(key)) for key in keys]

    def _take(self, key: Key) -> list[Job]:
        queue = self.queues[key]
        single = queue[0].alone or not self._may_pack(key)
        jobs = [queue.popleft()]
        while not single and queue and len(jobs) < self.packed and not queue[0].alone:
            jobs.append(queue.popleft())
        if not queue:
            del self.queues[key]
        return jobs

    def _may_pack(self, key: Key) -> bool:
        return key in self.calls.choice.candidates(key.account, method_of("execute"))

    def _sending(self, taken: list[tuple[Key, list[Job]]]) -> Callable[[], Awaitable[None]]:
        packs = [partial(self._send, key, jobs) for key, jobs in taken]
        with self.lock:
            self.under_way += 1

        async def send() -> None:
            try:
                if len(packs) == 1:
                    await packs[0]()
                else:
                    await self.calls.session.together(packs, width=len(packs))
            finally:
                with self.lock:
                    self.under_way -= 1

        return send

    async def _send(self, key: Key, jobs: list[Job]) -> None:
        if len(jobs) == 1:
            await self._send_single(key, jobs[0])
            return
        try:
            values, failures = await self.calls.with_key(
                key, method_of("execute"), {"code": script_of(jobs)}, open_pack, account=_common_account(jobs)
            )
        except MunsocialError as error:
            if not self._is_too_much(error):
                with self.lock:
                    self._pack_failed(key, jobs, error)
                return
            half = (len(jobs) + 1) // 2
            await self._send(key, jobs[:half])
            await self._send(key, jobs[half:])
            return
        with self.lock:
            self.slow = _SLOW
            if len(values) != len(jobs):
                self._again(jobs, alone=True)
                return
            for job, value, failure in zip(jobs, values, _paired(jobs, values, failures), strict=True):
                self._finish(key, job, value, failure)

    async def _send_single(self, key: Key, job: Job) -> None:
        decode = partial(open_answer, shape=job.shape, method=job.method)
        try:
            value = await self.calls.with_key(key, method_of(job.method), job.params, decode, account=job.account)
        except MunsocialError as error:
            with self.lock:
                self._failed(key, job, error)
        else:
            with self.lock:
                job.done(value, None)

    def _pack_failed(self, key: Key, jobs: list[Job], error: MunsocialError) -> None:
        if isinstance(error, NetworkError) and is_about_key(error):
            self.calls.choice.refuse("execute", key, error)
            self._again(jobs)
        elif isinstance(error, errors.UnreadableAnswer):
            self._again(jobs, alone=True, error=error)
        else:
            for job in jobs:
                self._failed(key, job, error, final=True)

    def _is_too_much(self, error: MunsocialError) -> bool:
        """Tell an answer that would be too big or take too long, which half of the pack may mend."""
        if not isinstance(error, NetworkError):
            return False
        silent = isinstance(error, (errors.DeadlineExceeded, errors.Unreachable)) and error.executed is None
        if silent or error.network_code == "36":
            self.slow -= 1
            return self.slow >= 0
        return isinstance(error, BatchTooBig) or (isinstance(error, errors.UnreadableAnswer) and error.lasting)

    def _finish(self, key: Key, job: Job, value: Any, failure: ApiError | None) -> None:
        if failure is not None:
            error = error_of(failure, method=job.method)
            error.account = job.account
            self._failed(key, job, error)
            return
        try:
            shaped = validated(value, job.shape, method=job.method)
        except NetworkError as error:
            error.account = job.account
            job.done(None, error)
        else:
            job.done(shaped, None)

    def _failed(self, key: Key, job: Job, error: MunsocialError, *, final: bool = False) -> None:
        """Try another key or another time where that may help, else let the error stand."""
        if isinstance(error, (errors.KeyInvalid, errors.SecretUnavailable)):
            self.dead[key.reference] = error
        if isinstance(error, NetworkError) and is_about_key(error):
            self.calls.choice.refuse(job.method, key, error)
            if self.calls.choice.candidates(job.account, method_of(job.method)):
                self._again([job], error=error)
                return
            error = self.calls.choice.none_left(method_of(job.method), job.account)
        passing = isinstance(error, (errors.RateLimited, errors.ServerFault, BatchTooBig))
        if passing and not final and not job.alone and job.put_back < _PATIENCE:
            self._again([job], alone=isinstance(error, BatchTooBig), error=error)
        else:
            job.done(None, error)

    def _again(self, jobs: Sequence[Job], *, alone: bool = False, error: MunsocialError | None = None) -> None:
        for job in jobs:
            if error is not None and job.put_back >= _PATIENCE * 2:
                job.done(None, error)
                continue
            job.put_back += 1
            job.alone = job.alone or alone
            self.add(job)


def told_to(error: MunsocialError, account: str) -> MunsocialError:
    """Return an error that came of a call in another account's name as one of this account."""
    if not isinstance(error, NetworkError):
        return error
    own = copy.copy(error)
    own.account = account
    return own


def _common_account(jobs: Sequence[Job]) -> str:
    accounts = {job.account for job in jobs}
    return accounts.pop() if len(accounts) == 1 else ""


def _paired(jobs: Sequence[Job], values: Sequence[Any], failures: Sequence[ApiError]) -> list[ApiError | None]:
    """Give each failed call its error: the n-th ``false`` has the n-th error, if both count the same and agree.

    Where they do not, every ``false`` is failed with the first error of its method, or the first of all.
    """
    failed = [number for number, value in enumerate(values) if value is False]
    paired: list[ApiError | None] = [None] * len(values)
    agree = len(failed) == len(failures) and all(
        error.method in (None, jobs[number].method) for number, error in zip(failed, failures, strict=True)
    )
    for place, number in enumerate(failed):
        own = [one for one in failures if one.method == jobs[number].method] or failures
        paired[number] = (
            failures[place] if agree else next(iter(own), ApiError(error_code=1, error_msg="no reason given"))
        )
    return paired
