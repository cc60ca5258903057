"""The sample district ready to be connected to: its register, its world, its keys, and a port between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from munsocial.model.registry import Registry
from munsocial.plugins.manager import Plugins, load_plugins
from munsocial.sandbox.cast import SandboxSecrets, secrets_of
from munsocial.sandbox.faults import Faults
from munsocial.sandbox.port import AsyncSandboxPort, SandboxPort
from munsocial.sandbox.sample import sample_registry, sample_registry_text, sample_world
from munsocial.sandbox.world import World
from munsocial.social import AsyncSocial, Social, aconnect, connect

if TYPE_CHECKING:
    from munsocial.journal.journal import Journal

__all__ = ["Stage", "sample"]


@dataclass
class Stage:
    """Everything for one showing. ``now`` is the moment of the world, a Wednesday, at which it should be judged."""

    now: datetime
    registry_text: str
    registry: Registry
    world: World
    secrets: SandboxSecrets
    plugins: Plugins
    faults: Faults

    def port(self) -> SandboxPort:
        """Return a blocking port into the world, through the faces of the installed plugins."""
        return SandboxPort.over(self.world, self.plugins.faces, self.faults)

    def connect(self, *, journal: Journal | str | Path | None = None) -> Social:
        """Connect the real adapters to the world, for use in ``with``; ``journal`` as in `munsocial.connect`."""
        return connect(
            self.registry,
            secrets=self.secrets,
            port=self.port(),
            clock=self.world.now,
            plugins=self.plugins,
            journal=journal,
        )

    def aconnect(self, *, journal: Journal | str | Path | None = None) -> AsyncSocial:
        """Connect them for an event loop."""
        return aconnect(
            self.registry,
            secrets=self.secrets,
            port=AsyncSandboxPort.over(self.world, self.plugins.faces, self.faults),
            clock=self.world.now,
            plugins=self.plugins,
            journal=journal,
        )


def sample(now: datetime, *, faults: Faults | None = None, plugins: Plugins | None = None) -> Stage:
    """Set the stage of the sample district for the week of ``now``."""
    registry, world = sample_registry(now), sample_world(now)
    return Stage(
        now=world.now(),
        registry_text=sample_registry_text(now),
        registry=registry,
        world=world,
        secrets=secrets_of(registry),
        plugins=plugins or load_plugins(),
        faults=faults or Faults(),
    )
