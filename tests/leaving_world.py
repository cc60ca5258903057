"""A body whose press officer leaves: two pages, three keys, a taker; and what is done there between two commands."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path

from munsocial.model.checking.building import build_registry
from munsocial.model.registry import Registry
from munsocial.operate.handover import Procedure
from munsocial.plugins import load_plugins
from munsocial.sandbox.cast import SandboxSecrets, add_keys, add_pages, add_power, secrets_of
from munsocial.sandbox.port import AsyncSandboxPort, SandboxPort
from munsocial.sandbox.things import Key
from munsocial.sandbox.world import World
from munsocial.social import AsyncSocial, Social, aconnect, connect

__all__ = ["NOW", "REGISTER", "Leaving", "all_but_signatures"]

NOW = datetime(2026, 11, 25, 7, 0, tzinfo=UTC)

REGISTER = """
[municipality]
id = "lesnoy"
name = "Лесной район"
timezone = "Europe/Moscow"
acts = ["kalininsky"]

[[bodies]]
id = "administration"
kind = "administration"
name = "Администрация Лесного района"
legal_entity = true

[[phones]]
number = "+7 86199 2-00-01"
body = "administration"
kind = "service"

[[people]]
id = "elkina"
name = "Ёлкина Мария Петровна"
body = "administration"
position = "пресс-секретарь"
profiles = {vk = "810000001", ok = "570000000001"}

[[people]]
id = "sosnov"
name = "Соснов Иван Ильич"
body = "administration"
position = "специалист"
profiles = {vk = "810000002", ok = "570000000002"}

[[appointments]]
person = "elkina"
body = "administration"
duties = ["credential_custody", "credential_handover", "running", "moderation"]
since = 2026-01-12

[[accounts]]
id = "lesnoy-vk"
body = "administration"
network = "vk"
kind = "community"
title = "Лесной район"
handle = "lesnoy_adm"
network_id = "230000001"
phone = "+7 86199 2-00-01"
opened = 2020-01-01

[[accounts]]
id = "lesnoy-ok"
body = "administration"
network = "ok"
kind = "community"
title = "Лесной район"
handle = "lesnoy.adm"
network_id = "70000000000001"
phone = "+7 86199 2-00-01"
opened = 2020-01-01

[[credentials]]
id = "vk-page"
account = "lesnoy-vk"
kind = "community_key"
secret = "env:LESNOY_VK"
holder = "elkina"
scope = ["manage", "wall"]
issued = 2026-01-12

[[credentials]]
id = "vk-user"
account = "lesnoy-vk"
kind = "user_key"
secret = "env:LESNOY_VK_USER"
holder = "sosnov"
scope = ["wall", "groups"]
issued = 2026-01-12

[[credentials]]
id = "ok-application"
account = "lesnoy-ok"
kind = "application_secret"
secret = "env:LESNOY_OK_APPLICATION"
holder = "sosnov"
issued = 2026-01-12
settings = {application_key = "CLESNOYDEMOKEY"}

[[credentials]]
id = "ok-person"
account = "lesnoy-ok"
kind = "access_token"
secret = "env:LESNOY_OK"
holder = "elkina"
scope = ["VALUABLE_ACCESS", "GROUP_CONTENT"]
issued = 2026-01-12

[[credentials]]
id = "ok-login"
account = "lesnoy-ok"
kind = "login"
kept = "сейф, конверт № 3"
holder = "elkina"
since = 2026-01-12
"""

APPOINTMENT = """
[[appointments]]
person = "sosnov"
body = "administration"
duties = ["credential_custody", "credential_handover", "running", "moderation"]
act = {number = "77-р", date = 2026-11-24}
since = 2026-11-24
"""


class Leaving:
    """The world of the story; ``text`` is the register as it stands in its file."""

    def __init__(self, folder: Path, text: str = REGISTER) -> None:
        self.text = text
        self.world = World(NOW)
        self.journal = folder / "lesnoy.journal.sqlite"
        registry = self.registry
        add_pages(self.world, registry, {})
        add_power(self.world, registry, {})
        add_keys(self.world, registry)
        self.world.appoint("vk", "230000001", "810000002", "administrator", since=None)
        self.secrets: SandboxSecrets = secrets_of(registry)
        self.plugins = load_plugins()

    @property
    def registry(self) -> Registry:
        """The register, read anew: a command reads it every time."""
        return build_registry(tomllib.loads(self.text), where="lesnoy.toml")

    def connect(self) -> Social:
        """Connect the real adapters."""
        port = SandboxPort.over(self.world, self.plugins.faces)
        facts = {"secrets": self.secrets, "clock": self.world.now, "plugins": self.plugins, "journal": self.journal}
        return connect(self.registry, port=port, **facts)  # type: ignore[arg-type]  # a table of its own keywords

    def aconnect(self) -> AsyncSocial:
        """Connect them for an event loop."""
        faces = {name: make(self.world) for name, make in self.plugins.faces.items()}
        port = AsyncSandboxPort(faces, clock=self.world.clock)
        facts = {"secrets": self.secrets, "clock": self.world.now, "plugins": self.plugins, "journal": self.journal}
        return aconnect(self.registry, port=port, **facts)  # type: ignore[arg-type]  # a table of its own keywords

    def go_on(self, **more: object) -> Procedure:
        """Begin or go on with the handover, in a connection of its own, as a command does."""
        with self.connect() as social:
            return social.handover("elkina", "sosnov", **more)  # type: ignore[arg-type]  # its own keywords

    def appoint(self) -> None:
        """Enter the order of appointment into the register."""
        self.text += APPOINTMENT

    def issue_new_key(self, old: str, new: str, value: str, *, revoke: bool = True) -> None:
        """Issue a page's key anew in the network, keep it under a new reference, and enter it into the register."""
        known = self.world.keys[self.secrets.get(f"env:{old}")]
        self.world.add_key(
            Key(value, known.network, known.kind, owner=known.owner, page=known.page, application=known.application,
                rights=known.rights, settings=known.settings)
        )  # fmt: skip
        known.revoked = revoke
        self.secrets.put(f"env:{new}", value)
        self.text = self.text.replace(f'"env:{old}"', f'"env:{new}"')

    def remove(self, person: str) -> None:
        """Take the power over every page from a person."""
        profiles = self.registry.person_by_id[person].profiles
        for page in self.world.pages.values():
            page.managers.pop(profiles.get(page.network, ""), None)


def all_but_signatures(leaving: Leaving) -> Procedure:
    """Go through a handover until only the signatures are left; one step is left out with a reason."""
    begun = leaving.go_on()
    leaving.appoint()
    leaving.issue_new_key("LESNOY_VK", "LESNOY_VK_2", "fresh-vk")
    leaving.issue_new_key("LESNOY_OK", "LESNOY_OK_2", "fresh-ok")
    leaving.remove("elkina")
    checked = leaving.go_on()
    with leaving.connect() as social:
        for one in checked.left:
            if one.step.kind.value == "two_factor" and one.step.account == "lesnoy-ok":
                checked = social.leave_out_handover(
                    begun.id, one.step.id, by="sosnov", why="нет телефона до понедельника"
                )
            elif one.step.kind.value != "sign":
                checked = social.state_handover(begun.id, one.step.id, by="sosnov", note="сделано")
    return checked
