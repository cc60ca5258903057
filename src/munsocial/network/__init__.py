"""What an adapter promises. `Adapter` with `Capabilities`; one protocol per ability. Knows no particular network."""

from __future__ import annotations

from munsocial.network.abilities import (
    Ability,
    Capabilities,
    Declared,
    How,
    Limits,
    absent,
    local,
    manual,
    native,
    utf16_units,
)
from munsocial.network.adapter import Adapter, Equipment
from munsocial.network.drafts import Draft, Media, Page, Poll, PostId, Window
from munsocial.network.keys import Key, KeyRing, Secrets

__all__ = [
    "Ability",
    "Adapter",
    "Capabilities",
    "Declared",
    "Draft",
    "Equipment",
    "How",
    "Key",
    "KeyRing",
    "Limits",
    "Media",
    "Page",
    "Poll",
    "PostId",
    "Secrets",
    "Window",
    "absent",
    "local",
    "manual",
    "native",
    "utf16_units",
]
