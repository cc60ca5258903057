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
    "errors": ("InputError", "MunsocialError", "NetworkError"),
    "journal.journal": ("Journal", "open_journal"),
    "model.files": ("load_registry", "save_registry"),
    "model.registry": ("Registry",),
    "model.snapshot": ("Snapshot",),
    "model.snapshots": ("load_snapshot", "save_snapshot"),
    "network.abilities": ("Ability", "Capabilities", "Limits"),
    "network.adapter": ("Adapter",),
    "network.drafts": ("Draft", "Media", "Page", "Poll", "PostId"),
    "network.secrets": ("EnvSecrets",),
    "operate.handover": ("handover",),
    "plugins": ("hookimpl", "load_acts", "load_plugins"),
    "policy": ("Act", "Finding", "Level", "Outcome", "Report", "audit"),
    "social": ("AsyncSocial", "Social", "aconnect", "connect"),
    "wording": ("Text",),
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
    from munsocial.lazily import loaded, named

    def __getattr__(name: str) -> object:
        if name == "language":
            return loaded("munsocial.language")
        # Modules ask for `errors` while they load: see `munsocial.lazily`.
        return named("munsocial", name, _HOME_OF, modules=False)


def __dir__() -> list[str]:
    return sorted(__all__)
