"""The face for asynchronous code."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from os import PathLike
from typing import TYPE_CHECKING

from munsocial.social.acting import AsyncActing
from munsocial.social.collecting import Progress, collect, collect_to
from munsocial.social.handing import AsyncHanding

if TYPE_CHECKING:
    from munsocial.model.content import Post
    from munsocial.model.snapshot import Observed, Snapshot
    from munsocial.network.keyreport import KeyReport
    from munsocial.operate.collecting.snapshots import Collected

__all__ = ["AsyncSocial"]


class AsyncSocial(AsyncHanding, AsyncActing):
    """A connected district, for asynchronous code. Use in ``async with``."""

    async def __aenter__(self) -> AsyncSocial:
        self._link.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._link.aclose()

    async def collect(
        self,
        *,
        weeks: int = 4,
        since: date | None = None,
        until: date | None = None,
        want: Iterable[str] | None = None,
        progress: Progress | None = None,
    ) -> Snapshot:
        """See `Social.collect`."""
        return await collect(self._link, weeks=weeks, since=since, until=until, want=want, progress=progress)

    async def collect_to(
        self,
        path: str | PathLike[str],
        *,
        weeks: int = 4,
        since: date | None = None,
        until: date | None = None,
        want: Iterable[str] | None = None,
        resume: bool = True,
        progress: Progress | None = None,
    ) -> Collected:
        """See `Social.collect_to`."""
        return await collect_to(
            self._link, path, weeks=weeks, since=since, until=until, want=want, resume=resume, progress=progress
        )

    async def check_keys(self) -> tuple[KeyReport, ...]:
        """See `Social.check_keys`."""
        return await self._link.check_keys()

    async def read_post(self, account: str, post: str) -> Observed[Post]:
        """See `Social.read_post`."""
        return await self._link.read_post(account, post)
