"""The sample district: fictional, with every kind of trouble, and the same on any day on which it is shown.

The register (``data/district.toml``) is written for one week; it and all that happens are moved by whole weeks, so
that the present is always the Wednesday of that story.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

from munsocial.model.checking.building import build_registry
from munsocial.model.registry import Registry
from munsocial.sandbox.cast import (
    SandboxSecrets,
    add_crowd,
    add_keys,
    add_pages,
    add_power,
    is_upstream_of,
    secrets_of,
)
from munsocial.sandbox.plot import Plot
from munsocial.sandbox.scenes import Calendar, Scene, scenes
from munsocial.sandbox.texts import Texts
from munsocial.sandbox.voices import Voices
from munsocial.sandbox.world import World

__all__ = [
    "SandboxSecrets",
    "sample_moment",
    "sample_registry",
    "sample_registry_text",
    "sample_world",
    "sandbox_secrets",
]

_ZONE = ZoneInfo("Europe/Moscow")
_WRITTEN_FOR = date(2026, 11, 23)
"""Monday of the week for which the register is written."""
_OLD = date(2023, 1, 1)
"""Earlier days are history (restrictions of 2022, opening of pages) and stay where they are."""
_DATE = re.compile(r"(?<!\d)20\d\d-\d\d-\d\d(?!\d)")
_CROWD = 70


def sample_moment(now: datetime) -> datetime:
    """Return the moment at which the sample is shown: the last Wednesday, 10:00 in Moscow, not after ``now``."""
    here = now.astimezone(_ZONE)
    wednesday = (here - timedelta(days=(here.weekday() - 2) % 7)).replace(hour=10, minute=0, second=0, microsecond=0)
    return wednesday if wednesday <= here else wednesday - timedelta(days=7)


def sample_registry_text(now: datetime) -> str:
    """Return the register as TOML, its days moved to the week of `sample_moment`."""
    text = (files("munsocial.sandbox") / "data" / "district.toml").read_text(encoding="utf-8")
    moment = sample_moment(now).date()
    shift = moment - timedelta(days=moment.weekday()) - _WRITTEN_FOR
    return _DATE.sub(lambda found: _moved(found[0], shift), text)


def _moved(day: str, shift: timedelta) -> str:
    was = date.fromisoformat(day)
    return (was + shift if was >= _OLD else was).isoformat()


def sample_registry(now: datetime) -> Registry:
    """Return the register of the sample district."""
    return build_registry(tomllib.loads(sample_registry_text(now)), where="district.toml")


def sandbox_secrets(registry: Registry | None = None) -> SandboxSecrets:
    """Return invented secrets for every reference of a register, by default of the sample district."""
    if registry is None:
        registry = sample_registry(datetime.combine(_WRITTEN_FOR, time(), _ZONE))
    return secrets_of(registry)


def sample_world(now: datetime, *, real_time: bool = False) -> World:
    """Build the networks of the sample district as they are at `sample_moment`."""
    moment, registry, texts = sample_moment(now), sample_registry(now), Texts()
    world, stage, calendar = World(moment, real_time=real_time), scenes(), Calendar(moment, "Europe/Moscow")
    add_pages(world, registry, stage)
    add_power(world, registry, stage)
    add_keys(world, registry)
    crowd = {network: add_crowd(world, texts, network, _CROWD) for network in ("vk", "ok")}
    voices = Voices(world, registry, calendar, texts, crowd)
    plot = Plot(world, registry, calendar, texts)
    _publish(registry, stage, plot, voices)
    _connect(world, registry, stage, moment)
    return world


def _publish(registry: Registry, stage: dict[str, Scene], plot: Plot, voices: Voices) -> None:
    playing = [(account, stage[account.id]) for account in registry.accounts if account.id in stage]
    for account, scene in playing:
        voices.talk(account, scene, plot.publish(account, scene))
    voices.upstream()
    for account, scene in playing:
        voices.ban_without_ground(account, scene)
        voices.write_privately(account, scene)
        if scene.answers is not None:
            voices.ask_upstream(account, scene)
    voices.moderate()


def _connect(world: World, registry: Registry, stage: dict[str, Scene], moment: datetime) -> None:
    """Add links to the accounts above; a profile follows them instead."""
    for account in registry.accounts:
        for role in stage.get(account.id, Scene()).links:
            above = is_upstream_of(registry, account.network, role, moment)
            if above is None:
                continue
            if account.kind.value == "profile":
                world.subscribe(account.network, account.network_id, above.network_id)
            else:
                url = f"https://{'vk.com' if account.network == 'vk' else 'ok.ru'}/{above.handle}"
                world.add_link(account.network, account.network_id, url, above.name, to=above.network_id)
