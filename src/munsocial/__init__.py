"""munsocial: an order on the social-network accounts of a municipality, made executable.

The public names, each imported when it is first used:

>>> import munsocial as ms
>>> ms.Level.MUST
<Level.MUST: 'must'>
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

_HOMES = {
    "munsocial.errors": ("InputError", "MunsocialError", "NetworkError"),
    "munsocial.model.files": ("load_registry", "save_registry"),
    "munsocial.model.registry": ("Registry",),
    "munsocial.model.snapshot": ("Snapshot",),
    "munsocial.model.snapshots": ("load_snapshot", "save_snapshot"),
    "munsocial.network.adapter": ("Adapter",),
    "munsocial.network.abilities": ("Ability", "Capabilities", "Limits"),
    "munsocial.network.drafts": ("Draft", "Media", "Page", "Poll", "PostId"),
    "munsocial.network.secrets": ("EnvSecrets",),
    "munsocial.plugins": ("hookimpl", "load_plugins"),
    "munsocial.policy": ("Act", "Finding", "Level", "Outcome", "Report", "audit", "load_acts"),
    "munsocial.social": ("AsyncSocial", "Social", "aconnect", "connect"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = ["__version__", "language", *sorted(_HOME_OF)]

if TYPE_CHECKING:
    from munsocial import language as language
    from munsocial.errors import InputError as InputError
    from munsocial.errors import MunsocialError as MunsocialError
    from munsocial.errors import NetworkError as NetworkError


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name == "language":
        return import_module("munsocial.language")
    if name not in _HOME_OF:
        raise AttributeError(f"module 'munsocial' has no attribute {name!r}")
    value: object = getattr(import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
