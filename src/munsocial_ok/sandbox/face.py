"""OK's face in the sandbox: its addresses, keys, signature and envelopes. What the methods do stands in `methods`.

It enforces what OK enforces: application key, signature over exactly what came, the person's token with its
permissions; and it answers errors with status 200. Knobs are attributes, each a thing seen in life.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from munsocial.sandbox.faces import fields_of, json_answer, path_of
from munsocial.sandbox.things import Application, Key, Refusal
from munsocial.sandbox.world import World
from munsocial.transport.port import Answer, Request
from munsocial_ok.errors import CODES
from munsocial_ok.sandbox.calls import EMPTY, OkRefusal, RestCall
from munsocial_ok.sandbox.graph import graph_answer
from munsocial_ok.sandbox.methods import METHODS
from munsocial_ok.sandbox.uploads import upload_answer
from munsocial_ok.sign import session_secret, signature

__all__ = ["OkFace"]

_WORLD_SAYS = {
    "no_page": 160,
    "no_user": 110,
    "no_post": 300,
    "no_comment": 700,
    "no_message": 706,
    "no_media": 300,
    "no_upload": 100,
    "comments_closed": 456,
    "is_closed": 456,
    "cannot_message": 458,
}
_FAULTS = {"flood": 8, "quota": 11, "key": 102, "captcha": 403, "permission": 10, "server": 2}
_HOUR = timedelta(hours=1)


class OkFace:
    """Odnoklassniki as its API shows it."""

    hosts = frozenset({"api.ok.ru", "connect.ok.ru", "up.mycdn.me", "vu.mycdn.me"})

    def __init__(self, world: World) -> None:
        self.world = world
        self.control_characters = False
        """Send line feeds raw inside texts, as old answers did: no valid JSON."""
        self.nameless = False
        """Leave names of authors out of comments."""
        self.delete_by_topic = False
        """Want ``topic_id`` and ``gid`` where posts are deleted, instead of ``delete_id``."""
        self.statistics_delay = timedelta(0)
        """Leave posts younger than this out of statistics."""
        self.wrapped_groups = False
        """Answer ``{"groups": [...]}`` as older pages show it."""
        self.text_limit = 10_000
        self.codes: dict[str, Key] = {}
        """Codes of consents that were given and not yet exchanged."""
        self.webhooks: dict[str, list[str]] = {}
        """Group id to addresses that receive its messages."""

    def handle(self, request: Request) -> Answer:
        """Answer a request at any of OK's addresses."""
        host = urlsplit(request.url).hostname or ""
        try:
            if host.endswith("mycdn.me"):
                return upload_answer(self.world, request)
            return self._answer(self._value(request))
        except OkRefusal as no:
            return _error(no.code, no.text)
        except Refusal as no:
            return _error(_WORLD_SAYS.get(no.why, 1), str(no))

    def refuse(self, fault: str, request: Request) -> Answer | None:
        """Return OK's own words for a fault; it has none for "too many calls a second"."""
        host = urlsplit(request.url).hostname or ""
        code = None if host.endswith("mycdn.me") else _FAULTS.get(fault)
        return _error(code, "asked for") if code is not None else None

    def consent(self, application: str, user: str, permissions: frozenset[str]) -> str:
        """Let a person consent on OK's page; return the code that comes back to the application."""
        code = secrets.token_urlsafe(8)
        self.codes[code] = Key("", "ok", "user", owner=user, application=application, rights=permissions)
        return code

    def _value(self, request: Request) -> Any:
        path = path_of(request)
        fields = fields_of(request)
        if path == "/oauth/token.do":
            return self._token(fields)
        if path.startswith("/graph/"):
            return graph_answer(self, path.removeprefix("/graph/"), fields, request)
        if path == "/fb.do":
            return self._rest(fields.get("method", ""), fields)
        if path.startswith("/api/") and path.count("/") == 3:
            return self._rest(path.removeprefix("/api/").replace("/", "."), fields)
        raise OkRefusal(3, f"Unknown address {path}")

    def _rest(self, method: str, fields: Mapping[str, str]) -> Any:
        application = self._application(fields)
        run = METHODS.get(method)
        if run is None:
            raise OkRefusal(3, f"Method {method} not found")
        key = self._key(fields, application)
        self._check_signature(fields, application, key)
        if key is None:
            raise OkRefusal(453, "Session required")
        call = RestCall(self, fields, key, key.rights or application.permissions)
        call.need(run.scopes)
        return run.do(call)

    def _application(self, fields: Mapping[str, str]) -> Application:
        application = self.world.applications.get(fields.get("application_key", ""))
        if application is None or application.network != "ok":
            raise OkRefusal(101, "Parameter application_key not specified or invalid")
        if not application.enabled:
            raise OkRefusal(210, "Application is disabled")
        return application

    def _key(self, fields: Mapping[str, str], application: Application) -> Key | None:
        value = fields.get("access_token")
        if not value:
            return None
        key = self.world.keys.get(value)
        if key is None or key.network != "ok" or key.owner is None or key.revoked:
            raise OkRefusal(103, "Invalid session key")
        if key.expires is not None and key.expires <= self.world.now():
            raise OkRefusal(102, "Session expired")
        if key.application not in ("", application.id, application.public):
            raise OkRefusal(103, "Session of another application")
        return key

    def _check_signature(self, fields: Mapping[str, str], application: Application, key: Key | None) -> None:
        secret = application.secret
        if key is not None:
            secret = key.session_secret or session_secret(key.value, application.secret)
        if not hmac.compare_digest(signature(fields, secret).encode(), fields.get("sig", "").encode()):
            raise OkRefusal(104, "Incorrect signature")

    def _token(self, fields: Mapping[str, str]) -> Any:
        application = next((one for one in self.world.applications.values() if one.id == fields.get("client_id")), None)
        if application is None or application.secret != fields.get("client_secret"):
            return {"error": "invalid_client", "error_description": "Wrong client credentials"}
        if fields.get("grant_type") == "authorization_code":
            consented = self.codes.pop(fields.get("code", ""), None)
            if consented is None:
                return {"error": "invalid_grant", "error_description": "Expired or unknown code"}
            refresh = f"r-{secrets.token_hex(8)}"
            key = self._issue(consented.owner, application, consented.rights, refresh)
            return {**_granted(key), "refresh_token": refresh}
        refresh = fields.get("refresh_token", "")
        old = next((key for key in self.world.keys.values() if refresh and key.refresh == refresh), None)
        if old is None or old.revoked:
            return {"error": "invalid_token", "error_description": "Refresh token is invalid"}
        return _granted(self._issue(old.owner, application, old.rights, refresh))

    def _issue(self, owner: str | None, application: Application, rights: frozenset[str], refresh: str) -> Key:
        life = 720 * _HOUR if "LONG_ACCESS_TOKEN" in rights else _HOUR / 2
        value = f"-s-{secrets.token_hex(12)}"
        key = Key(value, "ok", "user", owner=owner, application=application.public, rights=rights, refresh=refresh)
        key.expires = self.world.now() + life
        return self.world.add_key(key)

    def _answer(self, value: Any) -> Answer:
        if value is EMPTY:
            return Answer(200, {"content-type": "application/json; charset=utf-8"}, b"")
        answer = json_answer(value)
        if not self.control_characters:
            return answer
        return Answer(200, answer.headers, answer.body.replace(b"\\n", b"\n").replace(b"\\t", b"\t"))


def _granted(key: Key) -> dict[str, Any]:
    # Seconds as text: so it was seen.
    return {"access_token": key.value, "token_type": "session", "expires_in": "1800"}


def _error(code: int, text: str) -> Answer:
    meaning = CODES.get(code)
    said = f"{meaning.name} : {text}" if meaning else text
    body = {"error_code": code, "error_msg": said, "error_data": None, "error_field": None}
    return json_answer(body, headers=[("invocation-error", str(code))])
