"""Several jobs at once: in threads for the blocking port, in tasks for the asynchronous one. Knows no HTTP library."""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextvars import copy_context

import anyio

from munsocial.transport.port import drive

__all__ = ["Job", "in_tasks", "in_threads"]

Job = Callable[[], Awaitable[None]]


def in_threads(jobs: Iterable[Job], width: int, halted: threading.Event) -> None:
    """Run jobs in at most ``width`` threads, each driven to its end; ``halted`` is set while an interruption is obeyed.

    The caller's thread alone takes jobs from ``jobs``, so it may be a generator. Raises the first error of a job when
    the running ones have ended.
    """
    feed = iter(jobs)
    try:
        with ThreadPoolExecutor(width, thread_name_prefix="munsocial") as threads:
            try:
                failure = _run_all(threads, feed, width)
            except BaseException:
                # Ctrl-C: those who sleep or are about to send stop; those who wait for an answer get it first.
                halted.set()
                raise
    finally:
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
