"""What both faces read: all accounts of a register into one snapshot, in memory or straight to a file."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from os import PathLike
from typing import TYPE_CHECKING, Any

from munsocial.errors import JournalError
from munsocial.model.given import as_path, is_a, is_function
from munsocial.model.registry import Registry
from munsocial.social.link import Link

if TYPE_CHECKING:
    from munsocial.model.accounts import NetworkAccount
    from munsocial.model.snapshot import AccountView, Snapshot
    from munsocial.network.drafts import Window
    from munsocial.operate.collecting.budget import Budget
    from munsocial.operate.collecting.collect import Asked
    from munsocial.operate.collecting.snapshots import Collected

__all__ = ["Progress", "budget", "collect", "collect_to"]

log = logging.getLogger("munsocial.social")

Progress = Callable[[int, int, str], None]
"""Called after each account with (done, of how many, the account's id)."""


async def collect_to(
    link: Link,
    path: str | PathLike[str],
    *,
    weeks: int,
    since: date | None,
    until: date | None,
    want: Iterable[str] | None,
    resume: bool,
    progress: Progress | None,
) -> Collected:
    """See `Social.collect_to`."""
    from munsocial.operate.collecting.collect import collect_views
    from munsocial.operate.collecting.partial import Partial
    from munsocial.operate.collecting.snapshots import Collected, write_snapshot

    path = as_path(path, "path")
    is_function(progress, "progress", "print")
    now = link.clock()
    window = _window(link, now, weeks, since, until)
    asked = _asked(link.registry, want)
    total = sum(len(one.accounts) for one in asked)
    aim = _aim(link.registry, window, asked)
    with Partial(path, aim, resume=resume) as partial:

        def emit(part: str, view: AccountView) -> None:
            partial.add(part, view)
            if progress:
                progress(len(partial.done) + partial.blind, total, view.account)

        left, sent = [one.without(partial.done) for one in asked], link.counting.sent
        await collect_views(link.adapters, left, window, emit=emit, **_facts(link))
        # A network that is down, or a key that ran out, is no reason to lose what was read yesterday.
        kept = partial.blind == total and path.is_file()
        if not kept:
            write_snapshot(partial, link.registry, window, taken_at=now, source=link.source)
        calls = link.counting.sent - sent
        collected = Collected(path, total, partial.blind, calls, partial.reasons, frozenset(link.adapters), kept)
        partial.discard()
    return collected


async def collect(
    link: Link,
    *,
    weeks: int,
    since: date | None,
    until: date | None,
    want: Iterable[str] | None,
    progress: Progress | None,
) -> Snapshot:
    """See `Social.collect`."""
    from munsocial.model.snapshot import Snapshot
    from munsocial.operate.collecting.collect import collect_views

    is_function(progress, "progress", "print")
    now = link.clock()
    window = _window(link, now, weeks, since, until)
    asked = _asked(link.registry, want)
    total = sum(len(one.accounts) for one in asked)
    views: dict[tuple[str, str], AccountView] = {}

    def emit(part: str, view: AccountView) -> None:
        views[part, view.account] = view
        if progress:
            progress(len(views), total, view.account)

    await collect_views(link.adapters, asked, window, emit=emit, **_facts(link))
    return Snapshot(
        municipality=link.registry.municipality.id,
        since=window.since,
        until=window.until,
        taken_at=now,
        source=link.source,
        accounts=_ordered(views, "accounts", link.registry.accounts),
        upstream=_ordered(views, "upstream", link.registry.upstream),
    )


def _facts(link: Link) -> dict[str, Any]:
    return {"registry": link.registry, "now": link.clock, "lacking": link.lacking}


def _window(link: Link, now: datetime, weeks: int, since: date | None, until: date | None) -> Window:
    from munsocial.operate.collecting.window import window_of

    window = window_of(now, link.registry.municipality.timezone, weeks=weeks, since=since, until=until)
    _remind(link, window)
    return window


def _remind(link: Link, window: Window) -> None:
    """Tell adapters that ask for it what our journal knows to be published; reading goes on without one."""
    from munsocial.network.protocols import RemembersPosts

    if not any(isinstance(one, RemembersPosts) for one in link.adapters.values()):
        return
    try:
        if (journal := link.journal_there) is None:
            return
        # Loaded here: a reading without a journal needs no database.
        from munsocial.operate.publishing.published import published_since, remind

        posts = published_since(journal, window.since, link.district)
    except JournalError as error:
        log.info("%s", error.say("en"))
        return
    remind(link.adapters, link.registry, posts)


def budget(link: Link, *, weeks: int) -> Budget:
    """See `Social.budget`."""
    from munsocial.operate.collecting.budget import budget_of
    from munsocial.operate.collecting.window import check_weeks

    is_a(int, weeks, "weeks")
    check_weeks(weeks)
    return budget_of(link.adapters, _asked(link.registry, None), weeks=weeks)


def _asked(registry: Registry, want: Iterable[str] | None) -> list[Asked]:
    from munsocial.operate.collecting.collect import UPSTREAM, Asked, wanted

    own = wanted(want)
    asked = [Asked("accounts", registry.accounts, own), Asked("upstream", registry.upstream, UPSTREAM & own)]
    return [one for one in asked if one.accounts and one.want]


def _ordered(
    views: Mapping[tuple[str, str], AccountView], part: str, records: Iterable[NetworkAccount]
) -> tuple[AccountView, ...]:
    return tuple(views[part, one.id] for one in records if (part, one.id) in views)


def _aim(registry: Registry, window: Window, asked: list[Asked]) -> dict[str, Any]:
    """Say what a run is after: an interrupted one is resumed only by a run that is after the same.

    The end of the window moves with the clock and is left out; a run of yesterday is a different one.
    """
    from munsocial.model.snapshot import SNAPSHOT_SCHEMA

    return {
        "schema": SNAPSHOT_SCHEMA,
        "municipality": registry.municipality.id,
        "since": window.since.isoformat(),
        "day": window.until.date().isoformat(),
        "asked": {one.part: [sorted(one.want), [_place(account) for account in one.accounts]] for one in asked},
    }


def _place(account: NetworkAccount) -> list[str]:
    """Where an account is looked for: one whose handle was mended since must be read again."""
    return [account.id, account.network, account.kind.value, account.handle, account.network_id]
