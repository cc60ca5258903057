"""Signing in by VK ID (OAuth 2.1): the address for a person, the exchange of the code, and the renewal of keys.

A renewal gives a new refresh token each time; it is stored before the new key is used, under a lock, since the old one
is void by then. The life of a refresh token is not published.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import secrets as random_source
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode, urlsplit

from pydantic import TypeAdapter, ValidationError

from munsocial.errors import KeyInvalid, RequestRefused, SecretUnavailable
from munsocial.network.keys import Key, Secrets
from munsocial.network.revealing import keep, reveal
from munsocial.network.secrets import Lock, SecretStore, locked
from munsocial.transport.port import Answer, Request
from munsocial.transport.session import Call, Repeat, Session
from munsocial.wording import Text
from munsocial_vk.envelope import oauth_error, unreadable
from munsocial_vk.settings import VkSettings
from munsocial_vk.wire import Loose, Wire

__all__ = ["Consent", "Grant", "Renewal", "authorize", "exchange", "whose"]

_EARLY = 0.8
"""A key is renewed at this part of its life, so that no call meets its end."""


class _Tokens(Wire):
    access_token: Loose[str] = None
    refresh_token: Loose[str] = None
    expires_in: Loose[int] = None
    user_id: Loose[int] = None
    state: Loose[str] = None
    scope: Loose[str] = None
    error: Loose[str] = None
    error_description: Loose[str] = None


_TOKENS = TypeAdapter(_Tokens)


@dataclass(frozen=True, slots=True)
class Consent:
    """What is to be kept between sending a person to VK and the return: never shown, thrown away afterwards."""

    address: str = field(repr=False)
    state: str = field(repr=False)
    verifier: str = field(repr=False)
    client_id: str
    redirect_uri: str


@dataclass(frozen=True, slots=True)
class Grant:
    """The keys of a person; ``device_id`` belongs to them and is needed for each renewal."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_in: int
    user_id: str
    device_id: str
    scope: str = ""


def authorize(client_id: str, redirect_uri: str, *, scope: str = "", settings: VkSettings | None = None) -> Consent:
    """Make the address to which a person is sent, with PKCE (S256) and a state of 43 characters."""
    verifier, state = random_source.token_urlsafe(48), random_source.token_urlsafe(32)
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    query = {
        "response_type": "code",
        "client_id": client_id,
        "redirect_uri": redirect_uri,
        "state": state,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii"),
        "code_challenge_method": "S256",
    } | ({"scope": scope} if scope else {})
    base = (settings or VkSettings()).oauth_url
    return Consent(f"{base}authorize?{urlencode(query)}", state, verifier, client_id, redirect_uri)


async def exchange(
    session: Session, consent: Consent, returned: str, *, settings: VkSettings | None = None, service_token: str = ""
) -> Grant:
    """Exchange what VK appended to the redirect address for keys.

    Raises:
        RequestRefused: the state is another one, or code or device_id is missing; nothing was sent.
        KeyInvalid: VK did not accept the code.
    """
    try:
        query = {name: values[0] for name, values in parse_qs(urlsplit(returned).query).items()}
    except ValueError:
        query = {}  # a part of an address was pasted: "[" begins one that never ends
    came, kept = (one.encode("utf-8", "replace") for one in (query.get("state", ""), consent.state))
    # An empty state is that of a session which has ended: anybody's address without one would be the way back.
    if not kept or not hmac.compare_digest(came, kept):
        raise _refused("Параметр state не совпал: это не наш вход.", "The state differs: this is not our sign-in.")
    if query.get("error"):
        raise oauth_error(query["error"], query.get("error_description", ""), "authorize")
    if not query.get("code") or not query.get("device_id"):
        raise _refused("В адресе возврата нет code или device_id.", "The address holds no code or no device_id.")
    form = {
        "grant_type": "authorization_code",
        "code": query["code"],
        "code_verifier": consent.verifier,
        "client_id": consent.client_id,
        "device_id": query["device_id"],
        "redirect_uri": consent.redirect_uri,
        "state": consent.state,
    } | ({"service_token": service_token} if service_token else {})
    tokens = await _ask(session, settings or VkSettings(), form)
    return _grant(tokens, query["device_id"], consent.state)


def _refused(ru: str, en: str) -> RequestRefused:
    return RequestRefused(
        Text(ru, en), network="vk", method="oauth2/auth", remedy=Text("Начните вход заново.", "Begin to sign in again.")
    )


def _grant(tokens: _Tokens, device_id: str, state: str) -> Grant:
    if tokens.state is not None and not hmac.compare_digest(tokens.state.encode(), state.encode()):
        raise _refused("Ответ с другим state.", "The answer has another state.")
    return Grant(
        tokens.access_token or "",
        tokens.refresh_token or "",
        tokens.expires_in or 3600,
        "" if tokens.user_id is None else str(tokens.user_id),
        device_id,
        tokens.scope or "",
    )


async def whose(session: Session, grant: Grant, client_id: str, *, settings: VkSettings | None = None) -> str:
    """Ask VK ID whose key it is; returns the number of the person.

    Raises:
        KeyInvalid: the key is not valid.
    """
    form = {"client_id": client_id, "access_token": grant.access_token}
    url = f"{(settings or VkSettings()).oauth_url}oauth2/user_info"
    request = Request("POST", url, form=form, secrets=(grant.access_token,))
    found = await session.call(Call(request, _read_person, "oauth2/user_info", repeat=Repeat.READ))
    return str(found)


async def _ask(session: Session, settings: VkSettings, form: Mapping[str, str]) -> _Tokens:
    """Send a form to the token address. A code and a refresh token work once, so it is never repeated."""
    hidden = tuple(form[name] for name in ("code", "code_verifier", "refresh_token", "service_token") if form.get(name))
    request = Request("POST", f"{settings.oauth_url}oauth2/auth", form=dict(form), secrets=hidden)
    return await session.call(Call(request, _read_tokens, "oauth2/auth", repeat=Repeat.ONCE))


def _read_tokens(answer: Answer) -> _Tokens:
    try:
        tokens = _TOKENS.validate_json(answer.body)
    except ValidationError:
        raise unreadable(
            Text("Ответ входа не читается.", "The answer to signing in cannot be read."), method="oauth2/auth"
        ) from None
    if tokens.error:
        raise oauth_error(tokens.error, tokens.error_description or "", "oauth2/auth")
    if not tokens.access_token:
        raise unreadable(Text("В ответе входа нет ключа.", "The answer holds no key."), method="oauth2/auth")
    return tokens


class _Person(Wire):
    user_id: Loose[int] = None


class _Whose(Wire):
    user: Loose[_Person] = None
    error: Loose[str] = None
    error_description: Loose[str] = None


def _read_person(answer: Answer) -> int:
    found = _Whose.model_validate_json(answer.body)
    if found.error:
        raise oauth_error(found.error, found.error_description or "", "oauth2/user_info")
    if found.user is None or found.user.user_id is None:
        raise unreadable(Text("В ответе нет человека.", "The answer names nobody."), method="oauth2/user_info")
    return found.user.user_id


@dataclass(slots=True)
class _Held:
    """A renewed key, when it is to be renewed again, and what the store kept at its reference by then."""

    value: str = field(repr=False)
    until: float
    kept: str = field(repr=False)


class _OneAtATime:
    """A lock that also holds within this process, where the store's own may be none at all."""

    def __init__(self, inner: Lock, reference: str, taken: set[str], guard: threading.Lock) -> None:
        self.inner, self.reference, self.taken, self.guard = inner, reference, taken, guard

    def take(self) -> bool:
        with self.guard:
            if self.reference in self.taken or not self.inner.take():
                return False
            self.taken.add(self.reference)
            return True

    def release(self) -> None:
        with self.guard:
            self.taken.discard(self.reference)
        self.inner.release()


class _Guarded:
    """A store with such locks, whose errors are ours."""

    def __init__(self, store: SecretStore) -> None:
        self._store = store
        self._taken: set[str] = set()
        self._guard = threading.Lock()

    def get(self, reference: str) -> str:
        return reveal(self._store, reference)

    def put(self, reference: str, secret: str) -> None:
        keep(self._store, reference, secret)

    def lock(self, reference: str) -> Lock:
        return _OneAtATime(self._store.lock(reference), reference, self._taken, self._guard)


class Renewal:
    """Values of keys for the calls; a VK ID key is renewed early, or when VK says that it has expired.

    Such a key has in its settings ``client_id``, ``device_id`` and ``refresh`` (a reference to the refresh token).
    """

    def __init__(self, session: Session, settings: VkSettings, store: Secrets | None) -> None:
        self.session = session
        self.settings = settings
        self.store = _Guarded(store) if isinstance(store, SecretStore) else None
        self._held: dict[str, _Held] = {}

    async def value(self, key: Key) -> str:
        """Return the secret of a key for one call."""
        held = self._held.get(key.reference)
        if held is None:
            return key.reveal()
        if self.session.now() >= held.until:
            return await self.renew(key, spent=held.value) or held.value
        return held.value

    async def renew(self, key: Key, *, spent: str) -> str | None:
        """Renew a key whose value is ``spent``; None when it cannot be renewed. One renewal at a time."""
        if not {"client_id", "device_id", "refresh"} <= key.settings.keys() or self.store is None:
            return None
        async with locked(self.store, key.reference, sleep=self.session.sleep):
            held = self._held.get(key.reference)
            if held is not None and held.value != spent:
                return held.value  # another thread has renewed it meanwhile
            kept = self.store.get(key.reference)
            if kept != (held.kept if held else spent):
                self._held.pop(key.reference, None)
                return kept  # another process has: a renewal of ours would make its key void
            return await self._renewed(key, self.store)

    async def _renewed(self, key: Key, store: SecretStore) -> str | None:
        state, refresh = random_source.token_urlsafe(32), key.settings["refresh"]
        token = store.get(refresh)
        # What cannot be kept must not be asked for: the old token is void as soon as VK gives a new one.
        store.put(refresh, token)
        form = {
            "grant_type": "refresh_token",
            "refresh_token": token,
            "client_id": key.settings["client_id"],
            "device_id": key.settings["device_id"],
            "state": state,
        }
        try:
            grant = _grant(await _ask(self.session, self.settings, form), key.settings["device_id"], state)
        except KeyInvalid:
            return None
        # The old refresh token is void from now on: the new one is kept before anything else can fail.
        if grant.refresh_token:
            store.put(refresh, grant.refresh_token)
        with contextlib.suppress(SecretUnavailable):
            store.put(key.reference, grant.access_token)  # one of the environment lives in this process only
        until = self.session.now() + grant.expires_in * _EARLY
        self._held[key.reference] = _Held(grant.access_token, until, store.get(key.reference))
        return grant.access_token
