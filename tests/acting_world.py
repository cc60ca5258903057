"""A district of two bodies in a small world, and the ways in which tests act there."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from munsocial.model.checking.building import build_registry
from munsocial.model.registry import Registry
from munsocial.network.abilities import Ability, Capabilities
from munsocial.network.drafts import Draft
from munsocial.operate.applying.digests import text_digest
from munsocial.operate.applying.outbox import OutboxRun
from munsocial.operate.applying.outcomes import Applied
from munsocial.operate.plans.plan import Plan, Proof, Step, new_plan, step_key
from munsocial.plugins import Plugins, load_plugins
from munsocial.sandbox.cast import add_keys, add_pages, add_power, secrets_of
from munsocial.sandbox.demo import Stage
from munsocial.sandbox.faults import Fault, FaultKind, Faults
from munsocial.sandbox.things import Comment, Post
from munsocial.sandbox.world import World
from munsocial.social import Social

__all__ = ["NOW", "District", "fault"]

NOW = datetime(2026, 11, 25, 7, 0, tzinfo=UTC)
"""A Wednesday, ten in the morning in Moscow."""

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
places = ["посёлок Лесной"]
competence = ["дороги", "автобусы"]

[[bodies]]
id = "borovoye"
kind = "settlement"
tags = ["rural_settlement_body"]
name = "Администрация Борового сельского поселения"
legal_entity = true
places = ["село Боровое"]
streets = ["Сосновая"]
competence = ["благоустройство", "вывоз мусора"]

[[people]]
id = "elkina"
name = "Ёлкина Мария Петровна"
body = "administration"
profiles = {vk = "810000001", ok = "570000000001"}

[[people]]
id = "kedrov"
name = "Кедров Иван Ильич"
body = "administration"

[[appointments]]
person = "elkina"
body = "administration"
duties = ["credential_custody", "credential_handover", "running", "moderation"]
since = 2026-01-12

[[appointments]]
person = "elkina"
body = "borovoye"
duties = ["credential_custody", "credential_handover", "running", "moderation"]
since = 2026-01-12

[[accounts]]
id = "administration-vk"
body = "administration"
network = "vk"
kind = "community"
handle = "lesnoy_adm"
network_id = "240000001"
opened = 2020-01-01

[[accounts]]
id = "administration-ok"
body = "administration"
network = "ok"
kind = "community"
handle = "lesnoy.adm"
network_id = "71000000000001"
opened = 2020-01-01

[[accounts]]
id = "borovoye-vk"
body = "borovoye"
network = "vk"
kind = "community"
handle = "borovoye_adm"
network_id = "240000002"
opened = 2021-01-01

[[credentials]]
account = "administration-vk"
kind = "service_key"
secret = "env:LESNOY_VK_SERVICE"
holder = "elkina"

[[credentials]]
account = "administration-vk"
kind = "community_key"
secret = "env:LESNOY_VK_COMMUNITY"
holder = "elkina"
scope = ["manage", "wall", "messages", "photos"]

[[credentials]]
account = "administration-vk"
kind = "user_key"
secret = "env:LESNOY_VK_USER"
holder = "elkina"
scope = ["wall", "groups", "offline", "photos"]

[[credentials]]
account = "borovoye-vk"
kind = "user_key"
secret = "env:LESNOY_VK_USER"
holder = "elkina"
scope = ["wall", "groups", "offline", "photos"]

[[credentials]]
account = "administration-ok"
kind = "application_secret"
secret = "env:LESNOY_OK_APPLICATION"
holder = "elkina"
settings = {application_key = "CLESNOYKEY"}

[[credentials]]
account = "administration-ok"
kind = "access_token"
secret = "env:LESNOY_OK_PERSON"
holder = "elkina"
scope = ["VALUABLE_ACCESS", "GROUP_CONTENT", "PHOTO_CONTENT"]

[[upstream]]
id = "krai-vk"
role = "krai_administration"
name = "Администрация края"
network = "vk"
kind = "community"
handle = "krai_example"
network_id = "240000100"
"""

_TEXTS = (
    "Друзья, в субботу субботник в парке, приходите в десять утра!",
    "Завтра на Сосновой меняем лампы, свет будет к вечеру.",
)


def fault(kind: str, method: str = "*", **facts: Any) -> Fault:
    """Return a knob: ``lost_after`` of the first publication, for example."""
    return Fault(FaultKind(kind), method=method, **facts)


_installed = cache(load_plugins)


def _plugins(ok_shows_late: bool) -> Plugins:
    """Return the real adapters; OK's as a network without keys that shows posts at once, or late."""
    plugins = _installed()
    real: Any = plugins.adapters["ok"]
    declared: Capabilities = real.capabilities
    at_once = replace(declared.of(Ability.PUBLISH), shown_late=ok_shows_late)
    known = replace(declared, abilities={**declared.abilities, Ability.PUBLISH: at_once})
    prompt = type("PromptOk", (real,), {"capabilities": known})
    return replace(plugins, adapters={**plugins.adapters, "ok": prompt}, faces={**plugins.faces})


class District:
    """The small district with its world, its journal in a folder of the test, and short ways to act and to count."""

    def __init__(self, folder: Path, register: str = REGISTER, *, ok_shows_late: bool = False) -> None:
        self.folder = folder
        self.faults = Faults()
        self.registry: Registry = build_registry(tomllib.loads(register), where="district.toml")
        self.world = World(NOW)
        add_pages(self.world, self.registry, {})
        add_power(self.world, self.registry, {})
        add_keys(self.world, self.registry)
        self.world.add_user("vk", "Пётр", "Сидоров", id="555")
        self.world.add_user("ok", "Пётр", "Сидоров", id="580000000555")
        for account in self.registry.accounts:
            self.post(account.id, "Открыли запись в кружки на зиму.")
        self.stage = Stage(
            now=NOW,
            registry_text=register,
            registry=self.registry,
            world=self.world,
            secrets=secrets_of(self.registry),
            plugins=_plugins(ok_shows_late),
            faults=self.faults,
        )

    # --- acting

    def connect(self) -> Social:
        """Connect the real adapters to the world, with the journal of this test."""
        return self.stage.connect(journal=self.journal_file)

    @property
    def journal_file(self) -> Path:
        """Where the journal lies."""
        return self.folder / "journal.sqlite"

    def apply(self, plan: Plan, **options: Any) -> Applied:
        """Apply a plan in a connection of its own, as a new program would."""
        with self.connect() as social:
            return social.apply(plan, **options)

    def later(self, **span: float) -> None:
        """Let time pass."""
        self.world.clock.sleep(timedelta(**span).total_seconds())

    # --- plans

    def plan(self, *steps: Step, **facts: Any) -> Plan:
        """Make a plan of steps."""
        return new_plan("test", self.registry, steps, now=self.world.now(), made_by="elkina", **facts)

    def publications(self, *accounts: str, text: str = "", **draft: Any) -> Plan:
        """Plan a publication to accounts, by default to one of each network."""
        to = accounts or ("administration-vk", "administration-ok")
        with self.connect() as social:
            return social.plan_publication(Draft(text=text or _TEXTS[0], **draft), to=to, made_by="elkina")

    def step(self, action: str, account: str = "administration-vk", number: int = 1, **facts: Any) -> Step:
        """Make a step by hand."""
        network = self.registry.account_by_id[account].network
        known: dict[str, Any] = {"ru": action, "en": action, "key": step_key(), **facts}
        return Step(id=f"s{number}", account=account, network=network, action=action, **known)

    def removal(self, comment: Comment, post: Post, account: str = "administration-vk", number: int = 1) -> Step:
        """Make a step that deletes a comment as it reads now."""
        return self.step(
            "delete_comment",
            account,
            number,
            params={"comment": comment.id, "post": post.id, "author": comment.author},
            ground="obscenity",
            clause="9.3",
            evidence=(Proof(text=comment.text, author=comment.author, at=comment.at),),
            expect=text_digest(comment.text),
        )

    # --- what happens in the world

    def page(self, account: str) -> tuple[str, str]:
        """Return network and id of an account's page."""
        found = self.registry.account_by_id[account]
        return found.network, found.network_id

    def post(self, account: str = "administration-vk", text: str = _TEXTS[1]) -> Post:
        """Let a page have published something yesterday."""
        network, page = self.page(account)
        return self.world.publish(network, page, text, at=self.world.now() - timedelta(days=1))

    def says(self, text: str, post: Post, account: str = "administration-vk", **facts: Any) -> Comment:
        """Let a citizen comment."""
        network, page = self.page(account)
        known = {"author": "555" if network == "vk" else "580000000555", **facts}
        known.setdefault("at", self.world.now() - timedelta(hours=3))
        return self.world.comment(network, page, post.id, text, **known)

    # --- what stands

    def texts(self, account: str) -> Counter[str]:
        """Count the texts that stand on a page."""
        return Counter(post.text for post in self.world.wall(*self.page(account)))

    def states(self, applied: Applied | OutboxRun) -> list[str]:
        """Return the ends of the steps."""
        return [one.state for one in applied.outcomes]
