"""The token address of VK ID in the sandbox: renewal of keys, each refresh token good for once."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from munsocial.sandbox.faces import json_answer
from munsocial.sandbox.world import World
from munsocial.transport.port import Answer

__all__ = ["oauth_answer"]

_LIFE = 3600


def oauth_answer(world: World, fields: Mapping[str, str], path: str = "") -> Answer:
    """Answer ``POST /oauth2/auth``: a code or a refresh token, both kept in ``Key.refresh``; or whose a key is."""
    if path.endswith("/user_info"):
        key = world.keys.get(fields.get("access_token", ""))
        if key is None or key.revoked or not key.owner:
            return _no("invalid_token", "access_token is invalid")
        return json_answer({"user": {"user_id": key.owner, "first_name": "", "last_name": ""}})
    given = fields.get("refresh_token") or fields.get("code") or ""
    wanted = ("client_id", "device_id", "state", "grant_type")
    if any(not fields.get(name) for name in wanted):
        return _no("invalid_request", "a field is missing")
    with world.lock:
        old = next((key for key in world.keys.values() if given and key.refresh == given), None)
        if old is None or old.settings.get("device_id") not in (None, fields["device_id"]):
            return _no("invalid_grant", "refresh_token is invalid or was used")
        old.revoked, old.refresh = True, ""
        fresh = replace(
            old,
            value=f"vk2.a.{secrets.token_urlsafe(16)}",
            refresh=secrets.token_urlsafe(16),
            revoked=False,
            expires=world.now() + timedelta(seconds=_LIFE),
        )
        world.add_key(fresh)
    reply: dict[str, Any] = {
        "access_token": fresh.value,
        "refresh_token": fresh.refresh,
        "token_type": "Bearer",
        "expires_in": _LIFE,
        "user_id": int(fresh.owner or 0),
        "state": fields["state"],
        "scope": fields.get("scope", ""),
    }
    return json_answer(reply)


def _no(word: str, sentence: str) -> Answer:
    return json_answer({"error": word, "error_description": sentence}, status=401)
