"""What a plugin may give: adapters, faces for the sandbox, acts. The whole contract is this page.

A package joins by an entry point of the group ``munsocial`` that names a module with functions marked `hookimpl`:

    [project.entry-points.munsocial]
    mynet = "my_package"

Every hook is optional. Hooks are called once per loading and must be cheap: import the adapter inside the hook.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pluggy

from munsocial.network.adapter import Adapter

__all__ = [
    "PROJECT",
    "FaceMaker",
    "hookimpl",
    "hookspec",
    "munsocial_acts",
    "munsocial_adapters",
    "munsocial_faces",
]

PROJECT = "munsocial"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)

FaceMaker = Callable[[Any], Any]
"""Takes a `munsocial.sandbox.world.World`, gives a `munsocial.sandbox.faces.Face`; this layer knows neither."""


@hookspec
def munsocial_adapters() -> Sequence[type[Adapter]]:  # type: ignore[empty-body]  # a specification has no body
    """Return adapter classes; each ``name`` must be free."""


@hookspec
def munsocial_faces() -> Mapping[str, FaceMaker]:  # type: ignore[empty-body]  # a specification has no body
    """Return makers of sandbox faces by network name."""


@hookspec
def munsocial_acts() -> Sequence[Path]:  # type: ignore[empty-body]  # a specification has no body
    """Return act files, each called ``<id>.toml``: registers, commands and `munsocial.load_acts` name them by id."""
