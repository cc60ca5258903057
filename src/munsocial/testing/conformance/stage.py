"""Where an adapter is tried: a world behind its face, or a cassette, with one account and its keys.

An author makes a `Stage` in one fixture; a test opens `Bench` after `Bench` on it: an adapter over a fresh port,
blocking or asynchronous, with the trouble that the test wants.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from munsocial.model.accounts import NetworkAccount
from munsocial.network.abilities import Ability, Declared, How
from munsocial.network.adapter import Adapter, Equipment
from munsocial.network.drafts import Window
from munsocial.network.keys import Key, KeyRing, Secrets
from munsocial.sandbox.faces import FaceMaker
from munsocial.sandbox.port import AsyncSandboxPort, SandboxPort
from munsocial.sandbox.things import Page
from munsocial.sandbox.world import World
from munsocial.testing.conformance.overseer import Overseer, Spoil, Trouble, Witness
from munsocial.transport.port import Port, drive
from munsocial.transport.recorder import ReplayPort
from munsocial.transport.session import Session
from munsocial.transport.settings import TransportSettings

__all__ = ["Bench", "Stage", "Work"]

T = TypeVar("T")

Work: TypeAlias = Any
"""A coroutine of an adapter: `Bench.run` takes it to its end. What it returns differs from ability to ability."""


_LONGEST_POLL = 120
"""Seconds; networks cut their long polls at 50 to 90."""
_MAY_LACK = frozenset({
    "ban_ground", "free_names", "named_addresses", "full_names",
    "page_voice", "post_answers", "answers_elsewhere", "page_comments",
})  # fmt: skip


@dataclass(frozen=True)
class Stage:
    """What an author gives. Made anew for each test: a test changes its world.

    Either ``world`` with ``face``, or ``cassette`` (then only reading is tried, and what a recording cannot show is
    skipped).
    """

    adapter: Callable[[Equipment], Adapter]
    """The adapter's class, or any maker of it."""
    account: NetworkAccount
    """A page that the keys may read and act for; in the world it exists already."""
    keys: KeyRing = field(default_factory=KeyRing)
    world: World | None = None
    face: FaceMaker | None = None
    cassette: Path | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    secrets: Secrets | None = None
    """A store for adapters that renew keys."""
    accounts: Mapping[Ability, NetworkAccount] = field(default_factory=dict)
    """Other accounts for abilities that another kind of account has, e.g. a profile that subscribes."""
    role: str = "administrator"
    """The network's word for somebody with power over a page."""
    window: Window | None = None
    """The span of listings; needed with a cassette, else four weeks up to tomorrow."""
    post: str = ""
    """With a cassette: the post whose comments were recorded."""
    at: datetime | None = None
    """With a cassette: the moment of the recording, aware."""
    figures: tuple[str, ...] = ("views", "visitors", "reach", "likes", "comments", "reposts")
    """Names under which the face shows ``Page.statistics``."""
    omits: frozenset[str] = frozenset()
    """Fields which the network is known to leave out when they are empty, so that absence means emptiness."""
    shows: frozenset[str] = frozenset()
    """What else the face can show of a world: ``repost``."""
    lacks: frozenset[str] = frozenset()
    """What the network does not have: ``ban_ground`` (a ban has none there), ``free_names`` (ids and handles are of
    plain letters and digits), ``named_addresses`` (the address of a page holds neither its handle nor its id),
    ``full_names`` (of a person's names a part is shown: «Речная М.»), ``page_voice`` (a page answers by a bot or a
    person), ``post_answers`` (only a comment can be answered), ``answers_elsewhere`` (and only under own posts),
    ``page_comments`` (no other page comments)."""
    beside: tuple[NetworkAccount, tuple[Key, ...]] | None = None
    """Another page of the world and its keys, for networks whose pages need more than the kit can know; None: the kit
    makes a page like the first, with keys like its keys."""

    def __post_init__(self) -> None:
        if (self.world is None or self.face is None) == (self.cassette is None):
            raise ValueError("a stage has either a world with a face, or a cassette")
        if unknown := self.lacks - _MAY_LACK:
            raise ValueError(
                f"Stage.lacks knows no {', '.join(sorted(unknown))}; it knows {', '.join(sorted(_MAY_LACK))}"
            )

    @property
    def network(self) -> str:
        """Return the name of the network."""
        return self.account.network

    @property
    def now(self) -> datetime:
        """Return the present moment on the stage."""
        return self.world.now() if self.world is not None else self.at or datetime.now(UTC)

    @property
    def span(self) -> Window:
        """Return the window of listings."""
        return self.window or Window(self.now - timedelta(days=28), self.now + timedelta(days=1))

    @property
    def there(self) -> World:
        """Return the world behind the face."""
        if self.world is None:
            raise LookupError("a cassette has no world")
        return self.world

    @property
    def page(self) -> Page:
        """Return the account's page in the world."""
        if self.account.network_id:
            return self.there.page(self.network, self.account.network_id)
        found = self.there.find(self.network, self.account.handle)
        if not isinstance(found, Page):
            raise TypeError(f"{self.account.handle} is a person in the world: give a page as the stage's account")
        return found

    def another_page(self, handle: str = "drugaya") -> NetworkAccount:
        """Add another page to the world and return it as an account."""
        page = Page(self.network, "", handle, name=f"Другая страница {handle}", description="О другом", subscribers=77)
        made = self.there.add_page(page)
        return self.account.model_copy(update={"id": handle, "handle": made.handle, "network_id": made.id})

    def persons(self) -> tuple[str, ...]:
        """Return ids of the persons whose keys are in the world."""
        owners = (key.owner for key in self.there.keys.values() if key.network == self.network)
        return tuple(dict.fromkeys(owner for owner in owners if owner))

    def hidden(self) -> tuple[str, ...]:
        """Return the values of all keys: what must not be seen anywhere."""
        return tuple(dict.fromkeys(key.reveal(lines=True) for key in self.keys.keys))

    def open(
        self,
        trouble: Trouble | None = None,
        *,
        spoil: Spoil | None = None,
        asynchronous: bool = False,
        attempts: int = 3,
        keys: KeyRing | None = None,
        watching: bool = False,
    ) -> Bench:
        """Make an adapter over a fresh port; ``watching`` counts what changes the world."""
        watching = watching or keys is not None or (trouble is not None and trouble.work)
        witness = Witness(self.face(self.world), self.world, watching=watching) if self.face and self.world else None
        port = Overseer(self._port(witness, asynchronous), witness, trouble, spoil)
        session = Session(port, network=self.network, settings=TransportSettings(attempts=attempts))
        ring = self.keys if keys is None else keys
        clock = self.world.now if self.world is not None else (lambda: self.now)
        adapter = self.adapter(Equipment(session, ring, dict(self.settings), clock, self.secrets))
        return Bench(self, adapter, port, asynchronous)

    def _port(self, witness: Witness | None, asynchronous: bool) -> Port:
        if witness is None:
            assert self.cassette is not None  # told by the constructor
            return ReplayPort(self.cassette, again=True)
        kind = AsyncSandboxPort if asynchronous else SandboxPort
        return kind({self.network: witness}, clock=witness.world.clock, max_bytes=64 << 20)

    def but(self, **changes: Any) -> Stage:
        """Return a stage with something changed."""
        return replace(self, **changes)


class Bench:
    """One adapter at work. ``port`` keeps what was sent; `run` takes a coroutine to its end in the bench's own way."""

    def __init__(self, stage: Stage, adapter: Adapter, port: Overseer, asynchronous: bool) -> None:
        self.stage = stage
        self.adapter: Any = adapter
        self.port = port
        self.asynchronous = asynchronous
        self._account = stage.account.model_copy(deep=True)

    def inputs_stay(self) -> None:
        """Check that the account and the settings that were given are as they were: others are given the same."""
        given = self.stage.account
        assert vars(given) == vars(self._account), f"the account that was given has changed: {given!r:.300}"
        settings, before = dict(self.adapter.equipment.settings), dict(self.stage.settings)
        assert settings == before, f"the settings that were given have changed: {settings!r:.300}"

    def waits_in_bounds(self) -> None:
        """Check that no call may wait for an answer much longer than usual: a silent network would hold the rest."""
        usual = TransportSettings()
        for request, seconds in zip(self.port.requests, self.port.timeouts, strict=True):
            uploads = request.files or callable(request.content)
            bound = _LONGEST_POLL + (usual.upload_deadline if uploads else usual.deadline)
            assert seconds <= bound, f"{request.method} {request.url:.200} may wait {seconds:.0f} s (Call.silence)"

    def at(self, stage: Stage) -> Bench:
        """Return the same adapter, at work for the account of another stage in the same world."""
        return Bench(stage, self.adapter, self.port, self.asynchronous)

    @property
    def changes(self) -> int:
        """Return how many requests have changed the world, as far as somebody was watching."""
        return self.port.witness.changes if self.port.witness else 0

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run to the end: in one step over a blocking port, else in an event loop."""
        if not self.asynchronous:
            return drive(work)
        import anyio

        async def main() -> T:
            return await work

        return anyio.run(main)

    def run_at_once(self, *works: Work) -> list[Any]:
        """Run several at once in an event loop; return what each returned, in order."""
        import anyio

        found: list[Any] = [None] * len(works)

        async def one(number: int, work: Work) -> None:
            found[number] = await work

        async def main() -> None:
            async with anyio.create_task_group() as group:
                for number, work in enumerate(works):
                    group.start_soon(one, number, work)

        anyio.run(main)
        return found

    def speechless(self, kind: str) -> bool:
        """Tell whether the network's own words for a fault were lacking, so that a bare status was sent."""
        return self.port.witness is None or kind in self.port.witness.speechless

    def account(self, ability: Ability) -> NetworkAccount:
        """Return the account with which an ability is tried."""
        return self.stage.accounts.get(ability, self.stage.account)

    @property
    def finds_handles(self) -> bool:
        """Tell whether the adapter declares that it finds the id behind a handle."""
        return self.declared(Ability.RESOLVE_HANDLE).how is How.NATIVE

    def declared(self, ability: Ability) -> Declared:
        """Return what the adapter declares of an ability."""
        return self.adapter.capabilities.of(ability)  # type: ignore[no-any-return]  # Declared, as Adapter says
