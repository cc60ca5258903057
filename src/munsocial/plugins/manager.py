"""Loading of plugins one by one: a broken one is named and the rest work. There is no global manager."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

import pluggy

from munsocial.errors import PluginBroken
from munsocial.network.adapter import Adapter
from munsocial.plugins import hookspecs
from munsocial.plugins.hookspecs import PROJECT, FaceMaker
from munsocial.wording import Text

__all__ = ["Plugins", "load_plugins"]

_NEEDED = ("name", "title", "capabilities")


@dataclass(frozen=True)
class Plugins:
    """Everything that plugins gave, and the errors of those that broke."""

    adapters: dict[str, type[Adapter]] = field(default_factory=dict)
    faces: dict[str, FaceMaker] = field(default_factory=dict)
    acts: tuple[Path, ...] = ()
    versions: dict[str, str] = field(default_factory=dict)
    """Network name to the distribution that gave its adapter, with version."""
    broken: tuple[PluginBroken, ...] = ()


def load_plugins(extra: Iterable[object] = (), *, installed: bool = True) -> Plugins:
    """Load the installed plugins (entry points of the group ``munsocial``) and the ``extra`` ones given as objects.

    Never raises for a plugin's fault: see ``broken``.
    """
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(hookspecs)
    broken: list[PluginBroken] = []
    sources: dict[str, str] = {}
    for point in sorted(entry_points(group=PROJECT), key=lambda one: one.name) if installed else ():
        _register(manager, point.name, point, broken)
        sources[point.name] = _distribution(point)
    for number, plugin in enumerate(extra, 1):
        _register(manager, getattr(plugin, "__name__", f"extra-{number}"), plugin, broken)
    return _gather(manager, sources, broken)


def _register(manager: pluggy.PluginManager, name: str, plugin: object, broken: list[PluginBroken]) -> None:
    try:
        manager.register(plugin.load() if isinstance(plugin, EntryPoint) else plugin, name)
    except Exception as error:  # noqa: BLE001 - a stranger's package may raise anything at import
        broken.append(_broken(name, error))


def _gather(manager: pluggy.PluginManager, sources: dict[str, str], broken: list[PluginBroken]) -> Plugins:
    adapters: dict[str, type[Adapter]] = {}
    versions: dict[str, str] = {}
    for name, adapter in _given(manager, "munsocial_adapters", broken):
        if problem := _not_an_adapter(adapter, adapters):
            broken.append(_broken(name, problem))
            continue
        adapters[adapter.name] = adapter
        versions[adapter.name] = sources.get(name, "")
    faces: dict[str, FaceMaker] = {}
    for _, (network, maker) in _given(manager, "munsocial_faces", broken):
        faces.setdefault(network, maker)
    acts = tuple(Path(path) for _, path in _given(manager, "munsocial_acts", broken))
    return Plugins(adapters, faces, acts, versions, tuple(broken))


def _given(manager: pluggy.PluginManager, hook: str, broken: list[PluginBroken]) -> Iterator[tuple[str, Any]]:
    """Call each plugin's hook by itself, so that an error has one culprit; give (plugin's name, item) pairs."""
    for implementation in sorted(getattr(manager.hook, hook).get_hookimpls(), key=lambda one: one.plugin_name):
        try:
            answer = implementation.function()
            items = list(answer.items()) if isinstance(answer, dict) else list(answer)
        except Exception as error:  # noqa: BLE001 - a stranger's hook may raise anything
            broken.append(_broken(implementation.plugin_name, error))
            continue
        for item in items:
            yield implementation.plugin_name, item


def _not_an_adapter(adapter: Any, taken: dict[str, type[Adapter]]) -> str:
    if not (isinstance(adapter, type) and issubclass(adapter, Adapter)):
        return f"{adapter!r} is not a subclass of munsocial.network.Adapter"
    lacking = [attribute for attribute in _NEEDED if not hasattr(adapter, attribute)]
    if lacking:
        return f"{adapter.__name__} lacks {', '.join(lacking)}"
    if adapter.name in taken:
        return f"the network name {adapter.name!r} is already taken by {taken[adapter.name].__module__}"
    return ""


def _broken(name: str, error: Exception | str) -> PluginBroken:
    cause = error if isinstance(error, str) else f"{type(error).__name__}: {error}"
    what = Text("Плагин не загрузился ({cause}).", "The plugin did not load ({cause}).").fill(cause=cause)
    remedy = Text(
        "Остальные плагины работают. Обновите или удалите этот пакет.",
        "The other plugins work. Update or remove this package.",
    )
    return PluginBroken(what, where=name, remedy=remedy)


def _distribution(point: EntryPoint) -> str:
    return f"{point.dist.name} {point.dist.version}" if point.dist is not None else ""
