"""A small invented district as files, and the same served over HTTP for the real command line to collect from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from munsocial.model.files import load_registry, save_registry
from munsocial.model.snapshots import save_snapshot
from munsocial.plugins import load_plugins
from munsocial.sandbox.big import BigWorld, big_registry
from munsocial.sandbox.cast import secrets_of
from munsocial.sandbox.clock import Clock
from munsocial.sandbox.faults import Faults
from munsocial.sandbox.serve import SandboxServer, serving
from munsocial.testing.factories import comment, snapshot, view, weekly

__all__ = ["REGISTRY", "Served", "files_of", "served"]

REGISTRY = """\
[municipality]
id = "reka"
name = "Зареченский район"
acts = ["kalininsky"]

[[bodies]]
id = "adm"
kind = "administration"
name = "Администрация Зареченского района"
legal_entity = true

[[people]]
id = "anna"
name = "Речная Анна Ивановна"
body = "adm"

[[accounts]]
id = "adm-vk"
body = "adm"
network = "vk"
handle = "zarechye"
network_id = "100"
opened = 2025-01-15
"""


def files_of(folder: Path) -> None:
    """Leave ``district.toml`` and a ``snapshot.json`` that fits it in a folder."""
    (folder / "district.toml").write_text(REGISTRY, "utf-8")
    seen = view("adm-vk", posts=weekly(5), comments=(comment("Спасибо, придём!"),))
    save_snapshot(snapshot(seen).but(municipality="reka"), folder / "snapshot.json")


@dataclass
class Served:
    """A district on a loopback address: its register file, the secrets that it names, and the server."""

    file: Path
    environment: dict[str, str]
    server: SandboxServer
    faults: Faults = field(default_factory=Faults)

    @property
    def calls(self) -> int:
        return sum(self.server.faces.calls.values())


@contextmanager
def served(folder: Path, network: str = "vk", *, accounts: int = 3, settings: str = "") -> Iterator[Served]:
    """Serve ``accounts`` pages of a network, four weeks with posts and comments, as of this very moment."""
    registry = big_registry(accounts, network=network)
    world = BigWorld(registry, datetime.now(UTC), weeks=2, posts=2, comments=1)
    world.clock = Clock(datetime.now(UTC) + timedelta(seconds=1), real=True)
    faults = Faults()
    secrets = secrets_of(registry)
    environment = {
        one.secret.removeprefix("env:"): secrets.get(one.secret) for one in registry.credentials if one.secret
    }
    faces = {network: load_plugins().faces[network](world)}
    with serving(world, faces=faces, faults=faults) as server:
        host = {"vk": f"{server.base('api.vk.ru')}/method/", "ok": server.base("api.ok.ru")}[network]
        file = folder / "district.toml"
        save_registry(registry, file)
        file.write_text(f'{file.read_text("utf-8")}\n[networks.{network}]\nbase_url = "{host}"\n{settings}\n', "utf-8")
        assert load_registry(file).accounts
        yield Served(file, environment, server, faults)
