"""munsocial: an order on the social-network accounts of a municipality, made executable.

The public names, each imported when it is first used:

>>> import munsocial as ms
>>> ms.Level.MUST
<Level.MUST: 'must'>
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

# Read when a name is used; the imports below tell type checkers the same, and a test compares the two.
_HOMES = {
    "munsocial.errors": ("InputError", "MunsocialError", "NetworkError"),
    "munsocial.journal.journal": ("Journal", "open_journal"),
    "munsocial.model.files": ("load_registry", "save_registry"),
    "munsocial.model.registry": ("Registry",),
    "munsocial.model.snapshot": ("Snapshot",),
    "munsocial.model.snapshots": ("load_snapshot", "save_snapshot"),
    "munsocial.network.abilities": ("Ability", "Capabilities", "Limits"),
    "munsocial.network.adapter": ("Adapter",),
    "munsocial.network.drafts": ("Draft", "Media", "Page", "Poll", "PostId"),
    "munsocial.network.secrets": ("EnvSecrets",),
    "munsocial.operate.handover": ("handover",),
    "munsocial.plugins": ("hookimpl", "load_acts", "load_plugins"),
    "munsocial.policy": ("Act", "Finding", "Level", "Outcome", "Report", "audit"),
    "munsocial.social": ("AsyncSocial", "Social", "aconnect", "connect"),
    "munsocial.wording": ("Text",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = ["__version__", "language", *sorted(_HOME_OF)]

if TYPE_CHECKING:
    from munsocial import language as language
    from munsocial.errors import InputError as InputError
    from munsocial.errors import MunsocialError as MunsocialError
    from munsocial.errors import NetworkError as NetworkError
    from munsocial.journal.journal import Journal as Journal
    from munsocial.journal.journal import open_journal as open_journal
    from munsocial.model.files import load_registry as load_registry
    from munsocial.model.files import save_registry as save_registry
    from munsocial.model.registry import Registry as Registry
    from munsocial.model.snapshot import Snapshot as Snapshot
    from munsocial.model.snapshots import load_snapshot as load_snapshot
    from munsocial.model.snapshots import save_snapshot as save_snapshot
    from munsocial.network.abilities import Ability as Ability
    from munsocial.network.abilities import Capabilities as Capabilities
    from munsocial.network.abilities import Limits as Limits
    from munsocial.network.adapter import Adapter as Adapter
    from munsocial.network.drafts import Draft as Draft
    from munsocial.network.drafts import Media as Media
    from munsocial.network.drafts import Page as Page
    from munsocial.network.drafts import Poll as Poll
    from munsocial.network.drafts import PostId as PostId
    from munsocial.network.secrets import EnvSecrets as EnvSecrets
    from munsocial.operate.handover import handover as handover
    from munsocial.plugins import hookimpl as hookimpl
    from munsocial.plugins import load_acts as load_acts
    from munsocial.plugins import load_plugins as load_plugins
    from munsocial.policy import Act as Act
    from munsocial.policy import Finding as Finding
    from munsocial.policy import Level as Level
    from munsocial.policy import Outcome as Outcome
    from munsocial.policy import Report as Report
    from munsocial.policy import audit as audit
    from munsocial.social import AsyncSocial as AsyncSocial
    from munsocial.social import Social as Social
    from munsocial.social import aconnect as aconnect
    from munsocial.social import connect as connect
    from munsocial.wording import Text as Text
else:

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
