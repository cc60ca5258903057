"""What an adapter promises. `Adapter` with `Capabilities`; one protocol per ability. Knows no particular network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from munsocial.lazily import named

if TYPE_CHECKING:
    from munsocial.network.abilities import Ability as Ability
    from munsocial.network.abilities import Capabilities as Capabilities
    from munsocial.network.abilities import Declared as Declared
    from munsocial.network.abilities import How as How
    from munsocial.network.abilities import Limits as Limits
    from munsocial.network.abilities import absent as absent
    from munsocial.network.abilities import local as local
    from munsocial.network.abilities import manual as manual
    from munsocial.network.abilities import native as native
    from munsocial.network.abilities import utf16_units as utf16_units
    from munsocial.network.adapter import Adapter as Adapter
    from munsocial.network.adapter import Equipment as Equipment
    from munsocial.network.drafts import Draft as Draft
    from munsocial.network.drafts import Media as Media
    from munsocial.network.drafts import Page as Page
    from munsocial.network.drafts import Poll as Poll
    from munsocial.network.drafts import PostId as PostId
    from munsocial.network.drafts import Window as Window
    from munsocial.network.keys import Key as Key
    from munsocial.network.keys import KeyRing as KeyRing
    from munsocial.network.keys import Secrets as Secrets
else:
    # Out of sight of type checkers, which would take every slip for a name.
    def __getattr__(name: str) -> object:
        return named(__name__, name, _HOMES)


_HOMES = {
    "Ability": "abilities",
    "Adapter": "adapter",
    "Capabilities": "abilities",
    "Declared": "abilities",
    "Draft": "drafts",
    "Equipment": "adapter",
    "How": "abilities",
    "Key": "keys",
    "KeyRing": "keys",
    "Limits": "abilities",
    "Media": "drafts",
    "Page": "drafts",
    "Poll": "drafts",
    "PostId": "drafts",
    "Secrets": "keys",
    "Window": "drafts",
    "absent": "abilities",
    "local": "abilities",
    "manual": "abilities",
    "native": "abilities",
    "utf16_units": "abilities",
}

__all__ = sorted(_HOMES)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
