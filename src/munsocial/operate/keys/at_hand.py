"""Which keys of a network are at hand, so that what was refused for want of one is tried again once they change."""

from __future__ import annotations

import hashlib

from munsocial.errors import SecretUnavailable
from munsocial.network.adapter import Adapter
from munsocial.network.keys import Key

__all__ = ["KEYS", "keys_at_hand"]

KEYS = "keys_at_hand"
"""Under which name the digest stands in the result of a step that was refused for want of a key."""


def keys_at_hand(adapter: Adapter) -> str:
    """Return a digest over the references, never the secrets, of the keys that can be used now; nothing is sent."""
    found = sorted({f"{key.account} {key.kind} {key.reference}" for key in adapter.keys.keys if _opens(key)})
    return hashlib.sha256("\n".join(found).encode()).hexdigest()[:16]


def _opens(key: Key) -> bool:
    try:
        return bool(key.reveal(lines=True))
    except SecretUnavailable:
        return False
