"""Collecting: from accounts and adapters to views, networks at once; one failing account spoils no other."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from munsocial.errors import InputError
from munsocial.model.accounts import NetworkAccount
from munsocial.model.authors import Authors
from munsocial.model.checking.mistakes import unknown_name
from munsocial.model.checking.secretlike import shown
from munsocial.model.content import Comment
from munsocial.model.given import several
from munsocial.model.grouping import grouped
from munsocial.model.registry import Registry
from munsocial.model.snapshot import AccountView, Missing, Observed, Why
from munsocial.network.adapter import Adapter
from munsocial.network.drafts import Window
from munsocial.network.protocols import CollectsMany
from munsocial.operate.collecting.reading import PARTS, read_view
from munsocial.operate.unseen import excused
from munsocial.wording import Text

__all__ = ["OWN", "UPSTREAM", "Asked", "collect_views", "wanted"]

OWN = frozenset({"profile", "handle_now", "posts", "comments", "links", "managers", "bans"})
"""What is asked of own accounts, unless the caller says otherwise."""

UPSTREAM = frozenset({"profile", "posts", "comments"})
"""What is asked of upstream accounts: citizens' questions there, and our answers."""

_SILENT = Text(
    "Адаптер сети «{network}» не сообщил ни данных, ни причины ({part}): сообщите его авторам.",
    "The adapter of {network!r} told neither facts nor a reason ({part}): tell its authors.",
)
_NOT_INSTALLED = Text(
    "Для сети «{network}» не установлен адаптер: аккаунт не читался.",
    "No adapter is installed for the network {network!r}: the account was not read.",
)
_LACKING = Text(
    "Для сети «{network}» нет адаптера, аккаунт не читался: {why}.",
    "There is no adapter for the network {network!r}, the account was not read: {why}.",
)
_NO_PART = Text("части снимка «{part}» нет.", "there is no part {part!r} of a snapshot.")
_WIDTH = 4
"""Accounts of one network read at once where no batch reader is there; pacing per key holds anyway."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be collected: accounts, of which part of the snapshot, and what of each."""

    part: str
    """``accounts`` or ``upstream``."""
    accounts: Sequence[NetworkAccount]
    want: frozenset[str]

    def without(self, done: frozenset[tuple[str, str]]) -> Asked:
        """Return the same without the accounts that an earlier run has read."""
        left = [account for account in self.accounts if (self.part, account.id) not in done]
        return replace(self, accounts=left)


def wanted(want: Iterable[str] | None) -> frozenset[str]:
    """Return the parts that are to be asked for, `OWN` if None.

    Raises:
        InputError: one of them is none: of a slip everything would come as not asked for.
    """
    if want is None:
        return OWN
    several(want, "want", '{"profile", "posts"}')
    parts = tuple(want)
    for one in parts:
        if one not in PARTS:
            raise InputError(_NO_PART.fill(part=shown(one)), where="want", remedy=unknown_name(str(one), PARTS))
    return frozenset(parts)


Emit = Callable[[str, AccountView], None]


async def collect_views(
    adapters: Mapping[str, Adapter],
    asked: Iterable[Asked],
    window: Window,
    *,
    registry: Registry,
    now: Callable[[], datetime],
    emit: Emit,
    lacking: Mapping[str, Text] | None = None,
) -> None:
    """Read all asked accounts and hand each view over as soon as it is there, in no particular order.

    Every asked account is handed over once; an account of a network without an adapter, or of one that failed as a
    whole, comes with that reason for every part. ``lacking`` tells of networks why they have no adapter.
    """
    authors = Authors(registry.accounts)
    jobs: list[Callable[[], Awaitable[None]]] = []
    for one in asked:
        for network, accounts in grouped(one.accounts, lambda account: account.network).items():
            deliver = partial(emit, one.part)
            adapter = adapters.get(network)
            if adapter is None:
                for account in accounts:
                    deliver(_blind(account, one.want, _no_adapter(network, (lacking or {}).get(network))))
                continue
            jobs.append(_Job(adapter, accounts, window, one.want, now, authors, deliver).read)
    if jobs:
        session = next(iter(adapters.values())).session
        await session.together(jobs, width=len(jobs))


@dataclass(frozen=True, slots=True)
class _Job:
    """The reading of some accounts of one network; whatever its adapter does, other networks are read on."""

    adapter: Adapter
    accounts: Sequence[NetworkAccount]
    window: Window
    want: frozenset[str]
    now: Callable[[], datetime]
    authors: Authors
    deliver: Callable[[AccountView], None]
    """The caller's: its errors are none of the adapter's."""

    async def read(self) -> None:
        if isinstance(self.adapter, CollectsMany):
            await self._many(self.adapter)
        else:
            readers = [partial(self._single, account) for account in self.accounts]
            await self.adapter.session.together(readers, width=_WIDTH)

    async def _many(self, reader: CollectsMany) -> None:
        left = {account.id: account for account in self.accounts}
        async with aclosing(self._views(reader)) as views:
            while isinstance(one := await self._next(views), AccountView):
                if left.pop(one.account, None) is not None:
                    self.deliver(one)
        # A reader that forgets an account broke its promise: the account is unknown, not absent.
        for account in left.values():
            self.deliver(_blind(account, self.want, one or _forgotten(account.network)))

    async def _views(self, reader: CollectsMany) -> AsyncGenerator[AccountView, None]:
        given = reader.collect_many(self.accounts, self.window, self.want)
        try:
            async for view in given:
                yield self._told(view)
        finally:
            if isinstance(given, AsyncGenerator):
                await given.aclose()

    async def _next(self, views: AsyncIterator[AccountView]) -> AccountView | Missing | None:
        """Return the next view, or why no more can be read; None at the end."""
        try:
            return await anext(views, None)
        except Exception as error:
            if (missing := excused(error, self.adapter.name)) is None:
                raise
            return missing

    async def _single(self, account: NetworkAccount) -> None:
        try:
            view = self._told(await read_view(self.adapter, account, self.window, self.want, self.now))
        except Exception as error:
            if (missing := excused(error, self.adapter.name)) is None:
                raise
            view = _blind(account, self.want, missing)
        self.deliver(view)

    def _told(self, view: AccountView) -> AccountView:
        return _attributed(_accounted(view, self.want), self.authors)


def _accounted(view: AccountView, want: frozenset[str]) -> AccountView:
    """Give a reason to every wanted part that came neither with a fact nor with one: "was not asked for" is untrue."""
    silent: dict[str, Observed[Any]] = {}
    for part in PARTS:
        seen: Observed[Any] = getattr(view, part)
        reasoned = seen.gaps or (seen.missing and seen.missing.why is not Why.NOT_ASKED)
        if part in want and seen.value is None and not reasoned:
            missing = Missing.of(Why.UNREADABLE, _SILENT.fill(network=view.network, part=part))
            silent[part] = seen.model_copy(update={"missing": missing})
    return view.model_copy(update=silent) if silent else view


def _attributed(view: AccountView, authors: Authors) -> AccountView:
    """Mark the comments that our own accounts wrote, wherever they stand."""
    comments = view.comments.value
    if not comments:
        return view
    marked = tuple(_signed(comment, view.network, authors) for comment in comments)
    if all(new is old for new, old in zip(marked, comments, strict=True)):
        return view
    return view.model_copy(update={"comments": view.comments.model_copy(update={"value": marked})})


def _signed(comment: Comment, network: str, authors: Authors) -> Comment:
    account = authors.of(comment, network)
    return comment if account == comment.by_account else comment.model_copy(update={"by_account": account})


def _blind(account: NetworkAccount, want: frozenset[str], missing: Missing) -> AccountView:
    unseen: dict[str, Observed[Any]] = {part: Observed(missing=missing) for part in PARTS if part in want}
    return AccountView.model_validate({"account": account.id, "network": account.network, **unseen})


def _no_adapter(network: str, why: Text | None) -> Missing:
    return Missing.of(
        Why.NO_ADAPTER, _LACKING.fill(network=network, why=why) if why else _NOT_INSTALLED.fill(network=network)
    )


def _forgotten(network: str) -> Missing:
    return Missing(
        why=Why.UNREADABLE,
        ru=f"Адаптер сети «{network}» не сообщил об этом аккаунте ничего.",
        en=f"The adapter of {network!r} told nothing about this account.",
    )
