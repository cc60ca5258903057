"""Loading of plugins one by one: a broken one is named and the rest work. There is no global manager."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any, NamedTuple

import pluggy

import munsocial.plugins.hookspecs as hookspecs  # of the package it would be asked while it loads: `lazily`
from munsocial.errors import PluginBroken
from munsocial.model.given import several
from munsocial.network.adapter import Adapter
from munsocial.plugins.hookspecs import PROJECT, FaceMaker
from munsocial.plugins.promises import fault_of_act, fault_of_adapter, fault_of_face, listed, paired
from munsocial.wording import Text

__all__ = ["Plugins", "load_plugins"]

_BROKEN = Text("Плагин не загрузился ({cause}).", "The plugin did not load ({cause}).")
_OTHERS_WORK = Text(
    "Остальные плагины работают. Обновите или удалите этот пакет.",
    "The other plugins work. Update or remove this package.",
)
_TAKEN = Text("сеть «{network}» уже даёт {other}", "the network {network!r} is already taken by {other}")
_ONE_OF_TWO = Text(
    "Работает адаптер из {other}. Оставьте один из двух пакетов: {other} или {this}.",
    "The adapter of {other} works. Keep one of the two packages: {other} or {this}.",
)
_TWICE = Text("тот же модуль уже загружен как {other}", "the same module is already loaded as {other}")
_ONCE_IS_ENOUGH = Text("Он работает. Уберите лишнее имя.", "It works. Take the second name away.")
_NO_HOOK = Text("в нём нет ни одной функции с пометкой hookimpl", "it has no function marked hookimpl")
_UNKNOWN_HOOK = Text("неизвестная функция {hooks}; бывают {known}", "unknown function {hooks}; there are {known}")
_LOST = Text("не загрузился плагин {place}: {what}", "the plugin {place} did not load: {what}")
_SOME_BROKE = Text(
    "не загрузились плагины: {places} (munsocial networks)", "plugins did not load: {places} (munsocial networks)"
)
_LONGEST = 300
"""Signs of a stranger's error that are told."""


class _Source(NamedTuple):
    """Where a plugin comes from."""

    name: str
    """Of its entry point, or of the object that was handed in."""
    package: str = ""
    """The distribution with its version; empty for an object."""

    @property
    def told(self) -> str:
        return f"{self.name} ({self.package})" if self.package else self.name


@dataclass(frozen=True)
class Plugins:
    """Everything that plugins gave, and the errors of those that broke."""

    adapters: dict[str, type[Adapter]] = field(default_factory=dict)
    faces: dict[str, FaceMaker] = field(default_factory=dict)
    acts: tuple[Path, ...] = ()
    versions: dict[str, str] = field(default_factory=dict)
    """Network name to the distribution that gave its adapter, with version."""
    broken: tuple[PluginBroken, ...] = ()
    lost: dict[str, Text] = field(default_factory=dict)
    """Network name to the reason why the plugin that was to give its adapter did not."""

    def why_none(self, network: str) -> Text | None:
        """Return why a network may have no adapter: its plugin broke, or others broke and nobody knows what they held.

        None: nothing is broken, so it is not installed.
        """
        if network in self.lost:
            return self.lost[network]
        places = ", ".join(error.where for error in self.broken)
        return _SOME_BROKE.fill(places=places) if places else None


def load_plugins(extra: Iterable[object] = (), *, installed: bool = True) -> Plugins:
    """Load the installed plugins (entry points of the group ``munsocial``) and the ``extra`` ones given as objects.

    Those that come with munsocial are first, so that no package takes the name of a shipped network. Never raises for
    a plugin's fault: see ``broken``.
    """
    several(extra, "extra", "[my_plugin]")
    loading = _Loading()
    for source, point in _installed() if installed else ():
        loading.join(source, point.load)
    for number, plugin in enumerate(extra, 1):
        loading.join(_Source(getattr(plugin, "__name__", f"extra-{number}")), partial(_itself, plugin))
    return loading.end()


def _itself(plugin: object) -> object:
    return plugin


def _installed() -> Iterator[tuple[_Source, EntryPoint]]:
    found: list[tuple[bool, _Source, EntryPoint]] = []
    for point in entry_points(group=PROJECT):
        strange = point.dist is None or point.dist.name != PROJECT
        package = f"{point.dist.name} {point.dist.version}" if point.dist is not None else ""
        found.append((strange, _Source(point.name, package), point))
    for _, source, point in sorted(found, key=lambda one: one[:2]):
        yield source, point


class _Loading:
    """One loading: what came so far, and from where."""

    def __init__(self) -> None:
        self.manager = pluggy.PluginManager(PROJECT)
        self.manager.add_hookspecs(hookspecs)
        self.known = tuple(name for name in hookspecs.__all__ if name.startswith(f"{PROJECT}_"))
        self.adapters: dict[str, type[Adapter]] = {}
        self.faces: dict[str, FaceMaker] = {}
        self.acts: list[Path] = []
        self.versions: dict[str, str] = {}
        self.broken: list[PluginBroken] = []
        self.sources: dict[str, _Source] = {}
        """By the names under which plugins are registered: those of entry points may be the same in two packages."""
        self.givers: dict[str, _Source] = {}
        """Who gave the adapter of a network."""
        self.lost: dict[str, Text] = {}

    def end(self) -> Plugins:
        lost = {network: why for network, why in self.lost.items() if network not in self.adapters}
        return Plugins(self.adapters, self.faces, tuple(self.acts), self.versions, tuple(self.broken), lost)

    def join(self, source: _Source, load: Callable[[], object]) -> None:
        """Load one plugin and take what it gives."""
        try:
            plugin = load()
            if before := self.manager.get_name(plugin):
                self.blame(source, _TWICE.fill(other=self.sources[before].told), _ONCE_IS_ENOUGH)
                return
            taken = self.manager.has_plugin(source.name)
            name = self.manager.register(plugin, f"{source.told} {len(self.sources)}" if taken else source.name)
            self.sources[name or source.name] = source
            self.check_hooks(source, plugin)
            self.take(source, plugin)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - a stranger's package may raise anything, and leave
            self.blame(source, _cause(error))

    def take(self, source: _Source, plugin: object) -> None:
        """Take what a plugin gives, item by item: one that is wrong spoils no other."""
        for adapter in self.given(source, plugin, "munsocial_adapters", listed):
            self.take_adapter(source, adapter)
        for network, maker in self.given(source, plugin, "munsocial_faces", paired):
            if fault := fault_of_face(network, maker):
                self.blame(source, fault)
            else:
                self.faces.setdefault(network, maker)
        for path in self.given(source, plugin, "munsocial_acts", listed):
            if fault := fault_of_act(path):
                self.blame(source, fault)
            else:
                self.acts.append(Path(path))

    def check_hooks(self, source: _Source, plugin: object) -> None:
        """Name a plugin whose functions nobody calls: a slip in the name of a hook gives nothing and says nothing."""
        hooks = self.manager.get_hookcallers(plugin) or []
        unknown = [
            hook.name
            for hook in hooks
            if not hook.has_spec()
            and any(one.plugin is plugin and not one.optionalhook for one in hook.get_hookimpls())
        ]
        if unknown:
            self.blame(source, _UNKNOWN_HOOK.fill(hooks=", ".join(unknown), known=", ".join(self.known)))
        elif not hooks:
            self.blame(source, _NO_HOOK)

    def given(
        self, source: _Source, plugin: object, hook: str, items_of: Callable[[str, Any], list[Any] | Text]
    ) -> list[Any]:
        """Call a plugin's hook by itself, so that an error has one culprit; return the items of its answer."""
        items: list[Any] = []
        for implementation in getattr(self.manager.hook, hook).get_hookimpls():
            if implementation.plugin is not plugin:
                continue
            try:
                answer = items_of(hook, implementation.function())
            except (Exception, SystemExit) as error:  # noqa: BLE001 - a stranger's hook may raise anything, and leave
                self.blame(source, _cause(error))
                continue
            if isinstance(answer, Text):
                self.blame(source, answer)
            else:
                items += answer
        return items

    def take_adapter(self, source: _Source, adapter: Any) -> None:
        network: Any = getattr(adapter, "name", None)
        if fault := fault_of_adapter(adapter):
            self.blame(source, fault, network=network)
        elif giver := self.givers.get(network):
            remedy = _ONE_OF_TWO.fill(other=giver.package or giver.name, this=source.package or source.name)
            self.blame(source, _TAKEN.fill(network=network, other=giver.told), remedy)
        else:
            self.adapters[network] = adapter
            self.versions[network] = source.package
            self.givers[network] = source

    def blame(self, source: _Source, cause: Text, remedy: Text = _OTHERS_WORK, *, network: Any = None) -> None:
        """Note that a plugin broke; an entry point is mostly named by its network."""
        self.broken.append(PluginBroken(_BROKEN.fill(cause=cause), where=source.told, remedy=remedy))
        for name in (source.name, network):
            if isinstance(name, str):
                self.lost.setdefault(name, _LOST.fill(place=source.told, what=cause))


def _cause(error: BaseException) -> Text:
    said = " ".join(f"{type(error).__name__}: {error}".split())
    told = said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
    return Text(told, told)
