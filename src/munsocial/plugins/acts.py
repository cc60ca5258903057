"""Loading acts by every name that they may have: the ids of shipped ones, those that plugins bring, and paths."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from munsocial.model.given import as_path, several

if TYPE_CHECKING:
    from munsocial.policy.act import Act

__all__ = ["load_acts"]


def load_acts(
    names: Iterable[str | Path], *, beside: Path | None = None, found: Sequence[Path] | None = None
) -> tuple[Act, ...]:
    """Load acts by id, shipped or of a plugin, or by path, in the order given; they stack and none overrides another.

    A relative path is looked for beside ``beside`` (a registry file's folder) first, then from the current folder.
    ``found`` are the files of plugins; if None, installed plugins are asked when a name is neither a shipped id nor
    that of a file.

    Raises:
        FileRefused: no such id or file, or not TOML or JSON; line and column are named.
        ActRefused: the act is broken; ``problems`` lists everything at once.
        InputError: ``names`` is no list, or one of them neither a text nor a path.
    """
    from munsocial.policy.loading import load_acts as load_from

    if isinstance(names, (str, Path)):
        names = [names]
    several(names, "names", '["kalininsky"]')
    wanted = tuple(names)
    for name in wanted:
        as_path(name, "names")
    if found is None:
        found = _brought() if any(_may_be_brought(name) for name in wanted) else ()
    return load_from(wanted, beside=beside, found=found)


def _may_be_brought(name: str | Path) -> bool:
    from munsocial.policy.loading import shipped_acts

    return isinstance(name, str) and Path(name).suffix.lower() not in (".toml", ".json") and name not in shipped_acts()


def _brought() -> tuple[Path, ...]:
    from munsocial.plugins.manager import load_plugins

    return load_plugins().acts
