"""Signing of REST calls. One list of final strings is made, signed and sent; nothing is changed between.

Source: apiok.ru, section on calls and signatures; every published vector is a test. Pure functions, no network.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import md5
from typing import Any

__all__ = ["FORM_TYPE", "UNSIGNED", "final_strings", "session_secret", "signature", "signed"]

FORM_TYPE = "application/x-www-form-urlencoded; charset=utf-8"
"""How final strings travel."""

UNSIGNED = frozenset({"access_token", "session_key", "sig", "resig"})
"""Parameters that never take part in a signature."""


def final_strings(params: Mapping[str, Any]) -> dict[str, str]:
    """Return parameters as the texts in which they travel.

    None and empty texts are not sent at all; ``0`` and ``False`` are values. Lists are joined by commas, mappings
    become JSON once, booleans are lower case, aware moments become milliseconds. Half of a surrogate pair, which
    no encoding can carry, becomes a question mark.
    """
    texts = ((name, _text(value)) for name, value in params.items() if value is not None)
    return {name: _sendable(text) for name, text in texts if text}


def session_secret(access_token: str, application_secret: str) -> str:
    """Return the secret of calls with this token, where the network has not given it ready."""
    return _md5(access_token + application_secret)


def signature(params: Mapping[str, str], secret: str) -> str:
    """Return the signature of final strings: sorted by code point, raw UTF-8, no separators, no percent-encoding."""
    base = "".join(f"{name}={params[name]}" for name in sorted(params) if name not in UNSIGNED)
    return _md5(base + secret)


def signed(params: Mapping[str, str], secret: str, *, access_token: str | None = None) -> dict[str, str]:
    """Return exactly what is to be sent: the strings, the token if there is a session, and their signature."""
    kept = {name: value for name, value in params.items() if name not in UNSIGNED}
    session = {} if access_token is None else {"access_token": access_token}
    return {**kept, **session, "sig": signature(kept, secret)}


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return str(round(value.timestamp() * 1000))
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value) if isinstance(value, set | frozenset) else value
        return ",".join(_text(item) for item in items)
    return str(value)


def _sendable(text: str) -> str:
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _md5(text: str) -> str:
    # MD5 is the network's choice, not ours.
    return md5(text.encode("utf-8"), usedforsecurity=False).hexdigest()
