"""What both faces share: the register, the adapters made for it, the port under them, and the journal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Event, Lock
from typing import TYPE_CHECKING, Any

from munsocial.errors import InputError, MunsocialError, PluginBroken, UnknownNetwork
from munsocial.model.registry import Registry
from munsocial.network.adapter import Adapter, Equipment
from munsocial.network.keys import KeyRing, Secrets
from munsocial.social.counting import Counter
from munsocial.social.settings import known_only, parted
from munsocial.transport.pace import Pacer
from munsocial.transport.port import Port
from munsocial.transport.settings import TransportSettings
from munsocial.transport.slips import kind_of_slip
from munsocial.wording import Text

if TYPE_CHECKING:
    from munsocial.journal.journal import Journal
    from munsocial.model.content import Post
    from munsocial.model.snapshot import Observed
    from munsocial.network.keyreport import KeyReport
    from munsocial.plugins import Plugins
    from munsocial.policy.act import Act

__all__ = ["Link"]

_UNMADE = Text("её адаптер не удалось создать: {why}", "its adapter cannot be made: {why}")
_SLIP = Text("сбой в нём ({kind}), сообщите его авторам", "a slip in it ({kind}), tell its authors")
_LACKING = Text("Для этой сети нет адаптера: {why}.", "There is no adapter for this network: {why}.")
_SEE_NETWORKS = Text("Посмотрите munsocial networks.", "See munsocial networks.")
_NOT_OPEN = Text("соединение не открыто или уже закрыто.", "the connection is not open, or is closed already.")
_IN_BLOCK = Text(
    "Пользуйтесь им внутри блока: with connect(...) as social (async with для aconnect).",
    "Use it inside its block: with connect(...) as social (async with for aconnect).",
)


@dataclass
class Link:
    """What both faces share: the register, the adapters made for it, and the port under them."""

    registry: Registry
    secrets: Secrets | None
    settings: Mapping[str, Mapping[str, Any]]
    clock: Callable[[], datetime]
    plugins: Plugins | None
    given_port: Port | None
    blocking: bool
    given_journal: Journal | str | Path | None = None
    beside: Path | None = None
    only_read: bool = False
    own_journal: Journal | None = None
    made: dict[str, Adapter] | None = None
    """The adapters; None before the block is entered and after it is left."""
    lacking: dict[str, Text] = field(default_factory=dict)
    """Networks of the register without an adapter of which it is known what broke, and what."""
    counting: Counter = field(default_factory=Counter)
    opened: list[Any] = field(default_factory=list)
    pacer: Pacer = field(default_factory=Pacer)
    opening: Lock = field(default_factory=Lock)
    halted: Event = field(default_factory=Event)

    @property
    def source(self) -> str:
        return getattr(self.given_port, "source", "networks")

    @property
    def district(self) -> str:
        """The id of the municipality: others may share the journal."""
        return self.registry.municipality.id

    def open(self) -> None:
        """Make the adapters.

        Raises:
            InputError: settings are wrong, or of a network that nobody knows.
        """
        from munsocial.plugins import load_plugins

        plugins = self.plugins or load_plugins()
        known_only(self.settings, self.registry, plugins)
        needed = {one.network for one in (*self.registry.accounts, *self.registry.upstream)}
        made: dict[str, Adapter] = {}
        for network in sorted(needed):
            if network in plugins.adapters:
                if adapter := self._equipped(plugins.adapters[network], network):
                    made[network] = adapter
            elif why := plugins.why_none(network):
                self.lacking[network] = why
        self.made = made

    @property
    def adapters(self) -> dict[str, Adapter]:
        """The adapters by network.

        Raises:
            InputError: the block was not entered, or was left: every network would seem to have no adapter.
        """
        if self.made is None:
            raise _not_open()
        return self.made

    def _equipped(self, kind: type[Adapter], network: str) -> Adapter | None:
        """Make an adapter; one that cannot be made leaves its own network unseen, and no other.

        Of an error of no kind of ours only the kind is told: its words might hold a key.

        Raises:
            InputError: a setting is wrong.
        """
        try:
            return self._make(kind, network)
        except InputError:
            raise
        except MunsocialError as error:
            self.lacking[network] = _UNMADE.fill(why=Text.of(error))
        except Exception as error:  # noqa: BLE001 - an adapter may be anybody's
            self.lacking[network] = _UNMADE.fill(why=_SLIP.fill(kind=kind_of_slip(error)))
        return None

    def settings_of(self, network: str) -> dict[str, Any]:
        return {**self.registry.networks.get(network, {}), **self.settings.get(network, {})}

    def adapter(self, network: str) -> Adapter:
        try:
            return self.adapters[network]
        except KeyError:
            if why := self.lacking.get(network):
                raise PluginBroken(_LACKING.fill(why=why), where=network, remedy=_SEE_NETWORKS) from None
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

        transport, own = parted({**kind.way, **self.settings_of(network)}, network)
        session = Session(self._port(transport), network=network, settings=transport, pacer=self.pacer)
        return kind(Equipment(session, self._ring(network), own, self.clock, self.secrets))

    def _port(self, transport: TransportSettings) -> Port:
        if self.given_port is not None:
            port = self.given_port
        else:
            from munsocial.transport.http import AsyncPort, BlockingPort

            port = BlockingPort(transport, halted=self.halted) if self.blocking else AsyncPort(transport)
            self.opened.append(port)
        return self.counting.over(port)

    @property
    def journal(self) -> Journal:
        from munsocial.journal.journal import Journal, open_journal

        if isinstance(self.given_journal, Journal):
            return self.given_journal
        with self._opening():
            if self.own_journal is None:
                place = self.given_journal or f"{self.registry.municipality.id}.journal.sqlite"
                self.own_journal = open_journal(place, clock=self.clock, only_read=self.only_read)
            return self.own_journal

    @property
    def journal_there(self) -> Journal | None:
        """The journal when there is one already; looking never makes it."""
        place = self.given_journal
        if self.own_journal is None and (place is None or isinstance(place, (str, Path))):
            from munsocial.journal.places import is_there

            path = str(place or f"{self.registry.municipality.id}.journal.sqlite")
            if not is_there(path):
                return None
            if self.only_read:
                return self._only_read(path)
        return self.journal

    def _only_read(self, path: str) -> Journal | None:
        from munsocial.journal.journal import journal_in

        with self._opening():
            if self.own_journal is None:
                self.own_journal = journal_in(path, clock=self.clock)
            return self.own_journal

    @contextmanager
    def _opening(self) -> Iterator[None]:
        """Let one thread at a time open the journal, and none after the block was left."""
        with self.opening:
            if self.made is None:
                raise _not_open()
            yield

    def let_go(self) -> None:
        with self.opening:  # a thread may be opening the journal: nobody else would close it
            self.made = None
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

    def acts(self) -> tuple[Act, ...]:
        from munsocial.plugins import load_plugins
        from munsocial.policy.loading import load_acts

        found = (self.plugins or load_plugins()).acts
        return load_acts(self.registry.municipality.acts, beside=self.beside, found=found)

    async def check_keys(self) -> tuple[KeyReport, ...]:
        from munsocial.operate.keys.keycheck import check_keys

        return await check_keys(self.registry, self.adapters)

    async def read_post(self, account: str, post: str) -> Observed[Post]:
        from munsocial.operate.publishing.post_now import post_now

        return await post_now(self.registry, self.adapters, account, post, now=self.clock())


def _not_open() -> InputError:
    return InputError(_NOT_OPEN, where="connect", remedy=_IN_BLOCK)
