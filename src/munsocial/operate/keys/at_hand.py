"""Which keys of a network are at hand, so that what was refused for want of one is tried again once they change."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from munsocial.errors import SecretUnavailable
from munsocial.network.adapter import Adapter
from munsocial.network.keys import Key

__all__ = ["KEYS", "keys_at_hand"]

KEYS = "keys_at_hand"
"""Under which name the digest stands in the result of a step that was refused for want of a key."""


def keys_at_hand(adapter: Adapter) -> str:
    """Return a digest of the keys that can be used now: their references, and whether a secret was replaced.

    Nothing is sent. It stands in the journal, so of all secrets together it holds sixteen bits: enough to tell new ones
    from old ones, too few to find any by.
    """
    found = sorted((f"{key.account} {key.kind} {key.reference}", _secret(key)) for key in adapter.keys.keys)
    opened = [(name, secret) for name, secret in found if secret]
    return _digest(name for name, _ in opened)[:16] + _digest(secret for _, secret in opened)[:4]


def _secret(key: Key) -> str:
    try:
        return key.reveal(lines=True)
    except SecretUnavailable:
        return ""


def _digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
