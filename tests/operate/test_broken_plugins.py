"""A district with a broken adapter: other networks are read, the broken one is named, and no secret is told."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

import pytest

import munsocial
from command_line import run
from munsocial.errors import DraftRefused, PluginBroken
from munsocial.model.accounts import NetworkAccount
from munsocial.model.content import Post, Profile
from munsocial.model.credentials import Credential
from munsocial.model.files import save_registry
from munsocial.model.snapshot import AccountView, Observed, Why
from munsocial.network import Ability, Adapter, Capabilities, Draft, Equipment, Page, native
from munsocial.plugins import Plugins, load_plugins
from munsocial.sandbox.port import SandboxPort
from munsocial.social import Social
from munsocial.testing.factories import account, body, district
from munsocial.transport.port import StrangeWait, drive
from munsocial.wording import Text
from plugin_packages import install

NOW = datetime(2026, 11, 25, 7, tzinfo=UTC)
SECRET = "TOPSECRETVALUE123"
READS = Capabilities({Ability.READ_PROFILE: native(), Ability.LIST_POSTS: native(), Ability.PUBLISH: native()})


class Healthy(Adapter):
    name: ClassVar[str] = "healthy"
    title: ClassVar[str] = "Healthy"
    capabilities: ClassVar[Capabilities] = READS

    async def read_profile(self, account: NetworkAccount) -> Profile:
        return Profile(network_id=account.network_id, name=account.id)

    async def list_posts(self, account: NetworkAccount, **asked: Any) -> Page[Post]:
        return Page((Post(id="1", at=NOW.replace(day=24), text="Новость"),))


class Broken(Healthy):
    name: ClassVar[str] = "broken"


class Unmade(Broken):
    def __init__(self, equipment: Equipment) -> None:
        super().__init__(equipment)
        for key in self.keys.keys:
            raise ValueError(f"bad key format: {key.reveal()}")


class Refusing(Broken):
    def __init__(self, equipment: Equipment) -> None:
        raise PluginBroken(Text("нужна версия 2", "version 2 is needed"))


class Looping(Broken):
    async def list_posts(self, account: NetworkAccount, **asked: Any) -> Page[Post]:
        await asyncio.sleep(0)
        return await super().list_posts(account, **asked)


@contextmanager
def connected(kind: type[Adapter] | None, monkeypatch: pytest.MonkeyPatch, **given: Any) -> Iterator[Social]:
    monkeypatch.setenv("BROKEN_KEY", SECRET)
    key = Credential(account="b1", kind="page_key", secret="env:BROKEN_KEY")
    homes = [account("b1", network="broken"), account("b2", network="broken"), account("h1", network="healthy")]
    adapters: dict[str, type[Adapter]] = {"healthy": Healthy, **({"broken": kind} if kind else {})}
    with munsocial.connect(
        district(body(), *homes, key),
        secrets=munsocial.EnvSecrets(),
        port=given.pop("port", SandboxPort({})),
        clock=lambda: NOW,
        plugins=Plugins(adapters, **given),
    ) as social:
        yield social


SLIPS = [
    ("it cannot be made", Unmade, Why.NO_ADAPTER, "its adapter cannot be made: a slip in it (ValueError)"),
    ("it refuses to be made", Refusing, Why.NO_ADAPTER, "its adapter cannot be made: version 2 is needed"),
    ("it awaits an event loop", Looping, Why.UNREADABLE, "The adapter of 'broken' broke (it awaited something that is"),
]


@pytest.mark.parametrize("port", ["the world's", "threads"])
@pytest.mark.parametrize(("situation", "kind", "why", "told"), SLIPS, ids=[one[0] for one in SLIPS])
def test_a_broken_adapter_spoils_no_other_network(
    situation: str, kind: type[Adapter], why: Why, told: str, port: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connected(kind, monkeypatch, port=SandboxPort({}) if port == "the world's" else None) as social:
        views = social.collect(weeks=1).views
    assert views["h1"].posts.value, situation
    for name in ("b1", "b2"):
        missing = views[name].posts.missing
        assert missing
        assert missing.why is why
        assert told in missing.en
        assert SECRET not in missing.ru + missing.en


class Speechless(Broken):
    async def read_profile(self, account: NetworkAccount) -> Any:
        return None


class Forgetful(Broken):
    async def collect_many(self, accounts: Any, window: Any, want: Any) -> Any:
        for one in accounts:
            posts = await self.list_posts(one)
            yield AccountView(account=one.id, network="broken", posts=Observed(value=posts.items, at=NOW))


@pytest.mark.parametrize("kind", [Speechless, Forgetful])
def test_a_wanted_part_without_fact_and_reason_is_unreadable(
    kind: type[Adapter], monkeypatch: pytest.MonkeyPatch
) -> None:
    with connected(kind, monkeypatch) as social:
        view = social.collect(weeks=1, want=["profile", "posts"]).views["b1"]
    assert view.posts.value
    assert view.profile.missing
    assert (view.profile.missing.why, view.profile.missing.en) == (
        Why.UNREADABLE,
        "The adapter of 'broken' told neither facts nor a reason (profile): tell its authors.",
    )
    assert view.stats.missing
    assert view.stats.missing.why is Why.NOT_ASKED


def test_an_adapter_that_cannot_be_made_is_named_wherever_it_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    with connected(Unmade, monkeypatch) as social:
        with pytest.raises(PluginBroken, match="ValueError"):
            social.adapter("broken")
        plan = social.plan_publication(Draft(text="Новость"), to=["b1", "h1"])
        assert [step.account for step in plan.steps] == ["h1"]
        assert any("ValueError" in one.en and one.account == "b1" for one in plan.problems)
        with pytest.raises(DraftRefused, match="ValueError"):
            social.plan_publication(Draft(text="Новость"), to=["b1"])


def test_a_plugin_that_did_not_load_is_named_by_its_network(monkeypatch: pytest.MonkeyPatch) -> None:
    why = Text("не загрузился плагин x", "the plugin x did not load")
    with connected(None, monkeypatch, lost={"broken": why}) as social:
        missing = social.collect(weeks=1).views["b1"].posts.missing
        assert missing
        assert (missing.why, missing.ru) == (
            Why.NO_ADAPTER,
            "Для сети «broken» нет адаптера, аккаунт не читался: не загрузился плагин x.",
        )
        plan = social.plan_emergency(Draft(text="Шторм"))
        assert sum("the plugin x did not load" in one.en for one in plan.problems) == 2


def test_a_command_names_the_plugin_and_not_the_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(str(site))
    install(site, "gone-pkg", "1.0", "gone", "strange_gone", "import nothing_of_that_name")
    save_registry(district(account(network="gone")), tmp_path / "district.toml")
    ran = run("collect", tmp_path / "district.toml", "-o", tmp_path / "snapshot.json")
    assert ran.code == 3
    assert "не загрузился плагин gone (gone-pkg 1.0): ModuleNotFoundError" in ran.err
    assert "munsocial networks" in ran.err
    assert "ключи" not in ran.err
    assert load_plugins().broken


def test_a_strange_wait_is_an_error_where_it_waits_and_ends_even_if_nobody_listens() -> None:
    async def told() -> str:
        try:
            await asyncio.sleep(0)
        except StrangeWait:
            return "told"
        return "woken"

    async def deaf() -> None:
        while True:
            try:
                await asyncio.sleep(0)
            except StrangeWait:
                continue

    assert drive(told()) == "told"
    with pytest.raises(StrangeWait):
        drive(deaf())
