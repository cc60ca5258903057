"""A district connected to its networks: `connect` for ordinary code, `aconnect` for asynchronous code, one work inside.

Everything is written once, as coroutines over a port. The blocking face runs each coroutine to its end; the
asynchronous one awaits it. Nothing is kept between connections.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from munsocial.errors import InputError, UnknownNetwork
from munsocial.model.registry import Registry
from munsocial.network.adapter import Adapter, Equipment
from munsocial.network.keys import KeyRing, Secrets
from munsocial.transport.pace import Pacer
from munsocial.transport.port import Answer, Port, Request, drive
from munsocial.transport.settings import TransportSettings
from munsocial.wording import Text

if TYPE_CHECKING:
    from munsocial.journal.journal import Journal
    from munsocial.model.accounts import NetworkAccount
    from munsocial.model.snapshot import AccountView, Snapshot
    from munsocial.network.drafts import Draft, Window
    from munsocial.network.keyreport import KeyReport
    from munsocial.operate.apply import Applied
    from munsocial.operate.budget import Budget
    from munsocial.operate.collect import Asked
    from munsocial.operate.inbox import Question
    from munsocial.operate.moderation import Settings
    from munsocial.operate.plan import Plan
    from munsocial.operate.snapshots import Collected
    from munsocial.plugins import Plugins
    from munsocial.policy.act import Act

__all__ = ["AsyncSocial", "Social", "aconnect", "connect"]

Progress = Callable[[int, int, str], None]
"""Called after each account with (done, of how many, the account's id)."""


def connect(
    registry: Registry,
    *,
    secrets: Secrets | None = None,
    settings: Mapping[str, Mapping[str, Any]] | None = None,
    port: Port | None = None,
    clock: Callable[[], datetime] | None = None,
    plugins: Plugins | None = None,
    journal: Journal | str | Path | None = None,
) -> Social:
    """Connect a district to its networks, for use in a ``with`` block; nothing is sent until something is asked.

    ``settings`` override the tables ``networks.<name>`` of the registry; ``port`` replaces the internet (a sandbox, a
    recording); ``clock`` gives the present moment, aware. ``journal`` is where deeds are recorded: an open one,
    a file or a database address; ``<municipality>.journal.sqlite`` in the current folder if none is given. It is opened
    when the first deed needs it.

    Raises:
        InputError: a setting of an adapter is wrong.
    """
    return Social(_Link(registry, secrets, settings or {}, clock or _utc_now, plugins, port, True, journal))


def aconnect(
    registry: Registry,
    *,
    secrets: Secrets | None = None,
    settings: Mapping[str, Mapping[str, Any]] | None = None,
    port: Port | None = None,
    clock: Callable[[], datetime] | None = None,
    plugins: Plugins | None = None,
    journal: Journal | str | Path | None = None,
) -> AsyncSocial:
    """Connect as `connect` does, for use in an ``async with`` block."""
    return AsyncSocial(_Link(registry, secrets, settings or {}, clock or _utc_now, plugins, port, False, journal))


def _utc_now() -> datetime:
    return datetime.now(UTC)


class _Counter:
    """How many requests left, over all ports of a connection."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self.sent = 0

    def add(self) -> None:
        # One step of the interpreter: threads lose no count.
        self.sent = next(self._numbers)

    def over(self, port: Port) -> Port:
        return _Counted(port, self)


class _Counted:
    """A port that counts what goes through it."""

    def __init__(self, port: Port, counter: _Counter) -> None:
        self._port = port
        self._counter = counter
        self.sleep = port.sleep
        self.together = port.together
        self.now = port.now

    async def send(self, request: Request, *, timeout: float) -> Answer:
        self._counter.add()
        return await self._port.send(request, timeout=timeout)


@dataclass
class _Link:
    """What both faces share: the register, the adapters made for it, and the port under them."""

    registry: Registry
    secrets: Secrets | None
    settings: Mapping[str, Mapping[str, Any]]
    clock: Callable[[], datetime]
    plugins: Plugins | None
    given_port: Port | None
    blocking: bool
    given_journal: Journal | str | Path | None = None
    own_journal: Journal | None = None
    adapters: dict[str, Adapter] = field(default_factory=dict)
    counting: _Counter = field(default_factory=_Counter)
    opened: list[Any] = field(default_factory=list)
    pacer: Pacer = field(default_factory=Pacer)

    @property
    def source(self) -> str:
        return getattr(self.given_port, "source", "networks")

    def open(self) -> None:
        from munsocial.plugins import load_plugins

        plugins = self.plugins or load_plugins()
        needed = {one.network for one in (*self.registry.accounts, *self.registry.upstream)}
        for network in sorted(needed & plugins.adapters.keys()):
            self.adapters[network] = self._make(plugins.adapters[network], network)

    def settings_of(self, network: str) -> dict[str, Any]:
        return {**self.registry.networks.get(network, {}), **self.settings.get(network, {})}

    def adapter(self, network: str) -> Adapter:
        try:
            return self.adapters[network]
        except KeyError:
            raise UnknownNetwork(
                Text("Для этой сети нет адаптера.", "There is no adapter for this network."),
                where=network,
                remedy=Text(
                    "Список установленных: munsocial networks. Сеть называется в таблице accounts.",
                    "See munsocial networks for those installed. A network is named in the table accounts.",
                ),
            ) from None

    def _make(self, kind: type[Adapter], network: str) -> Adapter:
        from munsocial.transport.session import Session

        transport, own = _parted(self.settings_of(network), network)
        session = Session(self._port(transport), network=network, settings=transport, pacer=self.pacer)
        return kind(Equipment(session, self._ring(network), own, self.clock, self.secrets))

    def _port(self, transport: TransportSettings) -> Port:
        if self.given_port is not None:
            port = self.given_port
        else:
            from munsocial.transport.http import AsyncPort, BlockingPort

            port = BlockingPort(transport) if self.blocking else AsyncPort(transport)
            self.opened.append(port)
        return self.counting.over(port)

    @property
    def journal(self) -> Journal:
        from munsocial.journal.journal import Journal, open_journal

        if isinstance(self.given_journal, Journal):
            return self.given_journal
        if self.own_journal is None:
            place = self.given_journal or f"{self.registry.municipality.id}.journal.sqlite"
            self.own_journal = open_journal(place, clock=self.clock)
        return self.own_journal

    def let_go(self) -> None:
        if self.own_journal is not None:
            self.own_journal.close()
            self.own_journal = None

    def close(self) -> None:
        self.let_go()
        for port in self.opened:
            port.close()
        self.opened.clear()

    async def aclose(self) -> None:
        self.let_go()
        for port in self.opened:
            await port.aclose()
        self.opened.clear()

    def _ring(self, network: str) -> KeyRing:
        accounts = {one.id for one in self.registry.accounts if one.network == network}
        mine = [one for one in self.registry.credentials if one.account in accounts]
        return KeyRing.of_credentials(mine, self.secrets)

    async def collect_to(
        self,
        path: Path,
        *,
        weeks: int,
        since: date | None,
        until: date | None,
        want: Iterable[str] | None,
        resume: bool,
        progress: Progress | None,
    ) -> Collected:
        from munsocial.operate.collect import collect_views
        from munsocial.operate.partial import Partial
        from munsocial.operate.snapshots import Collected, write_snapshot
        from munsocial.operate.window import window_of

        now = self.clock()
        window = window_of(now, self.registry.municipality.timezone, weeks=weeks, since=since, until=until)
        asked = _asked(self.registry, want)
        total = sum(len(one.accounts) for one in asked)
        aim = _aim(self.registry, window, asked)
        with Partial(path, aim, resume=resume) as partial:

            def emit(part: str, view: AccountView) -> None:
                partial.add(part, view)
                if progress:
                    progress(len(partial.done) + partial.blind, total, view.account)

            left = [one.without(partial.done) for one in asked]
            sent = self.counting.sent
            await collect_views(self.adapters, left, window, registry=self.registry, now=self.clock, emit=emit)
            write_snapshot(partial, self.registry, window, taken_at=now, source=self.source)
            collected = Collected(path, total, partial.blind, self.counting.sent - sent)
            partial.discard()
        return collected

    async def collect(
        self,
        *,
        weeks: int,
        since: date | None,
        until: date | None,
        want: Iterable[str] | None,
        progress: Progress | None,
    ) -> Snapshot:
        from munsocial.model.snapshot import Snapshot
        from munsocial.operate.collect import collect_views
        from munsocial.operate.window import window_of

        now = self.clock()
        window = window_of(now, self.registry.municipality.timezone, weeks=weeks, since=since, until=until)
        asked = _asked(self.registry, want)
        total = sum(len(one.accounts) for one in asked)
        views: dict[tuple[str, str], AccountView] = {}

        def emit(part: str, view: AccountView) -> None:
            views[part, view.account] = view
            if progress:
                progress(len(views), total, view.account)

        await collect_views(self.adapters, asked, window, registry=self.registry, now=self.clock, emit=emit)
        return Snapshot(
            municipality=self.registry.municipality.id,
            since=window.since,
            until=window.until,
            taken_at=now,
            source=self.source,
            accounts=_ordered(views, "accounts", self.registry.accounts),
            upstream=_ordered(views, "upstream", self.registry.upstream),
        )

    def budget(self, *, weeks: int) -> Budget:
        from munsocial.operate.budget import budget_of

        return budget_of(self.adapters, _asked(self.registry, None), weeks=weeks)

    async def apply(self, plan: Plan, *, limit: int | None, acknowledge: Iterable[str], ask_late: bool) -> Applied:
        from munsocial.operate.apply import apply_plan

        return await apply_plan(
            plan,
            registry=self.registry,
            adapters=self.adapters,
            journal=self.journal,
            now=self.clock,
            limit=limit,
            acknowledge=acknowledge,
            ask_late=ask_late,
        )

    def plan_publication(self, draft: Draft, to: Iterable[str], made_by: str, acknowledge: Iterable[str]) -> Plan:
        from munsocial.operate.publication import plan_publication

        return plan_publication(
            draft,
            to,
            registry=self.registry,
            adapters=self.adapters,
            now=self.clock(),
            made_by=made_by,
            acknowledge=acknowledge,
        )

    def plan_moderation(self, snapshot: Snapshot, settings: Settings | None, made_by: str) -> Plan:
        from munsocial.operate.moderation import plan_moderation

        return plan_moderation(
            snapshot,
            registry=self.registry,
            adapters=self.adapters,
            now=self.clock(),
            settings=settings,
            acts=self.acts(),
            made_by=made_by,
        )

    def acts(self) -> tuple[Act, ...]:
        from munsocial.policy.loading import load_acts

        return load_acts(self.registry.municipality.acts)

    def inbox(self, snapshot: Snapshot) -> tuple[Question, ...]:
        from munsocial.operate.inbox import inbox_of

        return inbox_of(snapshot, self.registry)

    def plan_answer(self, question: Question, text: str, account: str | None, made_by: str) -> Plan:
        from munsocial.operate.inbox import plan_answer

        return plan_answer(
            question,
            text,
            registry=self.registry,
            adapters=self.adapters,
            now=self.clock(),
            account=account,
            made_by=made_by,
        )

    async def check_keys(self) -> tuple[KeyReport, ...]:
        from munsocial.operate.keycheck import check_keys

        return await check_keys(self.registry, self.adapters)


def _asked(registry: Registry, want: Iterable[str] | None) -> list[Asked]:
    from munsocial.operate.collect import OWN, UPSTREAM, Asked

    own = frozenset(want) if want is not None else OWN
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
    return {
        "municipality": registry.municipality.id,
        "since": window.since.isoformat(),
        "day": window.until.date().isoformat(),
        "asked": {one.part: [sorted(one.want), [account.id for account in one.accounts]] for one in asked},
    }


def _parted(settings: Mapping[str, Any], network: str) -> tuple[TransportSettings, dict[str, Any]]:
    """Part the settings of the way from those of the adapter.

    Raises:
        InputError: a setting of the way is of a wrong kind.
    """
    from pydantic import TypeAdapter, ValidationError

    names = {one.name for one in fields(TransportSettings)}
    way = {name: value for name, value in settings.items() if name in names}
    try:
        transport = TypeAdapter(TransportSettings).validate_python(way)
    except ValidationError as error:
        place = ", ".join(str(detail["loc"][0]) for detail in error.errors())
        raise InputError(
            Text("Настройка не того вида.", "A setting of a wrong kind."),
            where=f"networks.{network} / {place}",
            remedy=Text(
                "Времена в секундах, размеры в байтах, адреса строкой.", "Seconds, bytes, or an address as text."
            ),
        ) from None
    return transport, {name: value for name, value in settings.items() if name not in names}


class AsyncSocial:
    """A connected district, for asynchronous code. Use in ``async with``."""

    def __init__(self, link: _Link) -> None:
        self._link = link

    async def __aenter__(self) -> AsyncSocial:
        self._link.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
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
        return await self._link.collect(weeks=weeks, since=since, until=until, want=want, progress=progress)

    async def collect_to(
        self,
        path: Path,
        *,
        weeks: int = 4,
        since: date | None = None,
        until: date | None = None,
        want: Iterable[str] | None = None,
        resume: bool = True,
        progress: Progress | None = None,
    ) -> Collected:
        """See `Social.collect_to`."""
        return await self._link.collect_to(
            path, weeks=weeks, since=since, until=until, want=want, resume=resume, progress=progress
        )

    def adapter(self, network: str) -> Adapter:
        """See `Social.adapter`."""
        return self._link.adapter(network)

    def budget(self, *, weeks: int = 4) -> Budget:
        """See `Social.budget`."""
        return self._link.budget(weeks=weeks)

    async def apply(
        self,
        plan: Plan,
        *,
        limit: int | None = None,
        acknowledge: Iterable[str] = (),
        ask_late: bool = True,
    ) -> Applied:
        """See `Social.apply`."""
        return await self._link.apply(plan, limit=limit, acknowledge=acknowledge, ask_late=ask_late)

    def plan_publication(
        self, draft: Draft, *, to: Iterable[str], made_by: str = "", acknowledge: Iterable[str] = ()
    ) -> Plan:
        """See `Social.plan_publication`."""
        return self._link.plan_publication(draft, to, made_by, acknowledge)

    def plan_moderation(self, snapshot: Snapshot, *, settings: Settings | None = None, made_by: str = "") -> Plan:
        """See `Social.plan_moderation`."""
        return self._link.plan_moderation(snapshot, settings, made_by)

    def inbox(self, snapshot: Snapshot) -> tuple[Question, ...]:
        """See `Social.inbox`."""
        return self._link.inbox(snapshot)

    def plan_answer(self, question: Question, text: str, *, account: str | None = None, made_by: str = "") -> Plan:
        """See `Social.plan_answer`."""
        return self._link.plan_answer(question, text, account, made_by)

    @property
    def journal(self) -> Journal:
        """See `Social.journal`."""
        return self._link.journal

    async def check_keys(self) -> tuple[KeyReport, ...]:
        """See `Social.check_keys`."""
        return await self._link.check_keys()


class Social:
    """A connected district, for ordinary code. Use in ``with``."""

    def __init__(self, link: _Link) -> None:
        self._link = link

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
            InputError: a span without sense.
        """
        return drive(self._link.collect(weeks=weeks, since=since, until=until, want=want, progress=progress))

    def collect_to(
        self,
        path: Path,
        *,
        weeks: int = 4,
        since: date | None = None,
        until: date | None = None,
        want: Iterable[str] | None = None,
        resume: bool = True,
        progress: Progress | None = None,
    ) -> Collected:
        """Read as `collect` does, straight to a snapshot file: memory does not grow with the number of accounts.

        What was read lies in ``<path>.partial`` until the end, and a repeated call goes on from there.

        Raises:
            InputError: a span without sense. OutputRefused: the place cannot be written.
        """
        return drive(
            self._link.collect_to(
                path, weeks=weeks, since=since, until=until, want=want, resume=resume, progress=progress
            )
        )

    def adapter(self, network: str) -> Adapter:
        """Return the adapter of a network of this district.

        Raises:
            UnknownNetwork: none is installed, or no account lies there.
        """
        return self._link.adapter(network)

    def budget(self, *, weeks: int = 4) -> Budget:
        """Estimate how many calls a collecting will take, without making any."""
        return self._link.budget(weeks=weeks)

    def check_keys(self) -> tuple[KeyReport, ...]:
        """Ask each network what each key of the register allows."""
        return drive(self._link.check_keys())

    def apply(
        self,
        plan: Plan,
        *,
        limit: int | None = None,
        acknowledge: Iterable[str] = (),
        ask_late: bool = True,
    ) -> Applied:
        """Do the steps of a plan, at most ``limit``; each ends confirmed, rejected, uncertain, manual or skipped.

        A plan may be applied again: what is done stays done, what was uncertain is read back. ``acknowledge`` names
        networks restricted by law in which the caller acts all the same; ``ask_late=False`` does late steps too.

        Raises:
            PlanRefused: changed by hand, of another register, expired, not signed. JournalError: nothing is done
                unrecorded. RestrictedNetwork: a step leads into one that was not acknowledged.
        """
        return drive(self._link.apply(plan, limit=limit, acknowledge=acknowledge, ask_late=ask_late))

    def plan_publication(
        self, draft: Draft, *, to: Iterable[str], made_by: str = "", acknowledge: Iterable[str] = ()
    ) -> Plan:
        """Plan a draft for accounts; ``problems`` of the plan tell per account what stands in the way.

        Raises:
            DraftRefused: an unknown account, or nowhere to publish.
        """
        return self._link.plan_publication(draft, to, made_by, acknowledge)

    def plan_moderation(self, snapshot: Snapshot, *, settings: Settings | None = None, made_by: str = "") -> Plan:
        """Plan removals of comments with ground, clause and evidence; nothing is done yet.

        What only a person can decide stands among the plan's ``problems``.
        """
        return self._link.plan_moderation(snapshot, settings, made_by)

    def inbox(self, snapshot: Snapshot) -> tuple[Question, ...]:
        """Return the questions seen in own and upstream accounts: unanswered first, the nearest deadline first."""
        return self._link.inbox(snapshot)

    def plan_answer(self, question: Question, text: str, *, account: str | None = None, made_by: str = "") -> Plan:
        """Plan an answer: in place where the network lets us, else as a post of one's own with a reference.

        Raises:
            InputError: the text is empty, or the body has no account to answer from.
        """
        return self._link.plan_answer(question, text, account, made_by)

    @property
    def journal(self) -> Journal:
        """The journal of this connection, opened on first use.

        Raises:
            JournalError: it cannot be opened.
        """
        return self._link.journal
