"""Several jobs at once: in threads for the blocking port, in tasks for the asynchronous one. Knows no HTTP library."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from typing import Any, TypeVar

import anyio

from munsocial.transport.port import drive

__all__ = ["Job", "in_tasks", "in_threads", "unhurried"]

T = TypeVar("T")
Job = Callable[[], Awaitable[None]]


def in_threads(jobs: Iterable[Job], width: int, halted: threading.Event) -> None:
    """Run jobs in at most ``width`` threads, each driven to its end; ``halted`` is set while an interruption is obeyed.

    Jobs may run jobs of their own: whoever was interrupted is obeyed until all of its jobs have ended.

    The caller's thread alone takes jobs from ``jobs``, so it may be a generator. Raises the first error of a job when
    the running ones have ended.
    """
    feed, interrupted = iter(jobs), False
    try:
        with ThreadPoolExecutor(width, thread_name_prefix="munsocial") as threads:
            try:
                failure = _run_all(threads, feed, width)
            except BaseException:
                # Ctrl-C: those who sleep or are about to send stop; those who wait for an answer get it first.
                interrupted = True
                halted.set()
                raise
    finally:
        if interrupted:
            halted.clear()
    if failure is not None:
        raise failure


def _run_all(threads: ThreadPoolExecutor, feed: Iterator[Job], width: int) -> BaseException | None:
    failure: BaseException | None = None
    running: set[Future[None]] = set()
    while True:
        while failure is None and len(running) < width and (job := next(feed, None)) is not None:
            running.add(threads.submit(copy_context().run, drive, _awaited(job)))
        if not running:
            return failure
        done, running = wait(running, return_when=FIRST_COMPLETED)
        failure = failure or next((error for one in done if (error := one.exception()) is not None), None)


async def _awaited(job: Job) -> None:
    await job()


async def in_tasks(jobs: Iterable[Job], width: int) -> None:
    """Run jobs as at most ``width`` tasks; raises the first error of a job when the running ones have ended."""
    places = anyio.Semaphore(max(1, width))
    failures: list[Exception] = []

    async def one(job: Job) -> None:
        try:
            await job()
        except Exception as error:  # noqa: BLE001  # kept, and raised when the others have ended
            failures.append(error)
        finally:
            places.release()

    async with anyio.create_task_group() as group:
        for job in jobs:
            await places.acquire()
            if failures:
                break
            group.start_soon(one, job)
    if failures:
        raise failures[0]


async def unhurried(exchange: Coroutine[Any, Any, T]) -> T:
    """Await an exchange so that a cancellation lets it give its connection back.

    A task of asyncio is cancelled in the middle of anything, also while the HTTP engine tidies up, which then loses the
    connection for good. Scopes of anyio respect its shields, so the cancellation is turned into that of a scope.
    """
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return await exchange  # trio cancels by scopes only
    scope = anyio.CancelScope()
    task = asyncio.ensure_future(_within(scope, exchange))
    try:
        return (await asyncio.shield(task))[0]
    except asyncio.CancelledError:
        scope.cancel()
        await asyncio.wait([task])
        if not task.cancelled():
            task.exception()  # seen: whoever cancelled does not ask for it
        raise


async def _within(scope: anyio.CancelScope, exchange: Coroutine[Any, Any, T]) -> tuple[T]:
    with scope:
        return (await exchange,)
    raise asyncio.CancelledError
