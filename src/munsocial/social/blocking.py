"""The face for ordinary code."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from os import PathLike
from typing import TYPE_CHECKING

from munsocial.social.acting import Acting
from munsocial.social.collecting import Progress, collect, collect_to
from munsocial.social.handing import Handing
from munsocial.transport.port import drive

if TYPE_CHECKING:
    from munsocial.model.content import Post
    from munsocial.model.snapshot import Observed, Snapshot
    from munsocial.network.keyreport import KeyReport
    from munsocial.operate.collecting.snapshots import Collected

__all__ = ["Social"]


class Social(Handing, Acting):
    """A connected district, for ordinary code. Use in ``with``."""

    def __enter__(self) -> Social:
        self._link.open()
        return self

    def __exit__(self, *_: object) -> None:
        self._link.close()

    def collect(
        self,
        *,
        weeks: int = 4,
        since: date | None = None,
        until: date | None = None,
        want: Iterable[str] | None = None,
        progress: Progress | None = None,
    ) -> Snapshot:
        """Read all accounts, own and upstream, and return what was seen; nothing here raises for one failing account.

        ``weeks`` full calendar weeks and the running one, or local days ``since`` and ``until`` (both included).
        ``want`` names parts of `AccountView` to be asked of own accounts; the usual ones if None.

        Raises:
            InputError: a span without sense, or an unknown part.
        """
        return drive(collect(self._link, weeks=weeks, since=since, until=until, want=want, progress=progress))

    def collect_to(
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
        """Read as `collect` does, straight to a snapshot file: memory does not grow with the number of accounts.

        What was read lies in ``<path>.partial`` until the end, and a repeated call goes on from there. When nothing at
        all was seen, a snapshot that stands there is left (``kept`` of what is returned).

        Raises:
            InputError: a span without sense, or an unknown part, or ``path`` is none.
            OutputRefused: the place cannot be written.
        """
        return drive(
            collect_to(
                self._link, path, weeks=weeks, since=since, until=until, want=want, resume=resume, progress=progress
            )
        )

    def check_keys(self) -> tuple[KeyReport, ...]:
        """Ask each network what each key of the register allows."""
        return drive(self._link.check_keys())

    def read_post(self, account: str, post: str) -> Observed[Post]:
        """Look for one post of an account by its number; ``missing`` tells why it was not seen.

        `Why.NOT_FOUND` is said only when the network showed all posts and it was not among them.

        Raises:
            InputError: an unknown account.
        """
        return drive(self._link.read_post(account, post))
