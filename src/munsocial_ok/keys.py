"""Which credential serves which call. OK has three that do not replace each other, and two that belong to them.

=====================  ==========================================================================================
``access_token``       of a person: everything about groups, posts, comments and statistics
``application_secret`` of the application: signs the calls; its setting ``application_key`` is the public key
``group_token``        of a group: private messages (Graph API) and nothing else
``session_secret``     comes with an "eternal" token: signs in place of the application's secret
``refresh_token``      renews an access token that lives for half an hour
=====================  ==========================================================================================

Values are revealed for one call. A renewed token is kept here until the adapter ends, and written to the store of
secrets if that can be written to (has ``put``). One that cannot be kept there is renewed again by the next program: the
refresh token stays the same.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from munsocial.errors import CapabilityMissing, SecretUnavailable
from munsocial.network.keys import Key, KeyRing, Secret
from munsocial.network.revealing import keep
from munsocial.wording import Text
from munsocial_ok.settings import OkSettings
from munsocial_ok.sign import session_secret

__all__ = ["APPLICATION", "GROUP", "PERSON", "REFRESH", "SESSION", "Application", "Keys", "Person"]

PERSON, APPLICATION, GROUP = "access_token", "application_secret", "group_token"
SESSION, REFRESH = "session_secret", "refresh_token"

log = logging.getLogger("munsocial.ok")

_NEEDED = {
    PERSON: Text(
        "Нужен ключ access_token администратора группы; как его получить, подскажет munsocial keys check РЕЕСТР",
        "An access_token of an administrator of the group is needed: see munsocial keys check REGISTRY",
    ),
    APPLICATION: Text(
        "Нужны application_key и секретный ключ приложения (вид application_secret) или session_secret.",
        "The application's application_key and its secret (kind application_secret) or a session_secret are needed.",
    ),
    GROUP: Text(
        "Нужен ключ group_token: настройки группы → Сообщения → API.",
        "A group_token is needed: settings of the group → Messages → API.",
    ),
    REFRESH: Text(
        "Нужен refresh_token или новое согласие ответственного.",
        "A refresh_token or a new consent of the responsible person is needed.",
    ),
}


@dataclass(frozen=True, slots=True)
class Application:
    """The application: its public parts, and where its secret is."""

    id: str
    key: str
    secret: Key | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Person:
    """A person's session for one call, or the application alone (no token). Lives as long as the call; never stored."""

    reference: str
    application_key: str
    token: Secret | None = field(repr=False)
    secret: Secret = field(repr=False)


class Keys:
    """The keys of all accounts of one connection."""

    def __init__(self, ring: KeyRing, settings: OkSettings, store: Any = None) -> None:
        self._ring = ring
        self._settings = settings
        self._store = store
        self._renewed: dict[str, Secret] = {}
        """Reference of an access token to the token that has taken its place."""
        self._busy: set[str] = set()
        self._hopeless: set[str] = set()
        """References of access tokens whose renewal OK has refused: only a new consent helps."""
        self._lock = threading.Lock()

    def person(self, account: str, *, own: bool = False, key: Key | None = None) -> Person:
        """Return a session that serves an account: of its own token, else of any person's, since reading is for all.

        ``own``: only a token of this very account, where another person's would answer about another person. ``key``:
        this very token. A token is of use with its own application only, whatever account asks for it.

        Raises:
            CapabilityMissing: no such key; the remedy names its kind.
        """
        key = key or self.person_key(account, own=own)
        application = self.application(key.account)
        token = self._renewed.get(key.reference) or key.reveal()
        ready = next(iter(self._ring.of(key.account, [SESSION])), None)
        if ready is not None and key.reference not in self._renewed:
            return Person(key.reference, application.key, token, ready.reveal())
        if application.secret is None:
            raise _missing(APPLICATION, account)
        secret = Secret(session_secret(token, application.secret.reveal()))
        return Person(key.reference, application.key, token, secret)

    def without_session(self, account: str) -> Person | None:
        """Return the application alone, for a method that refuses sessions; None when its secret is not at hand."""
        application = self.application(self.person_key(account).account)
        if application.secret is None:
            return None
        return Person(application.secret.reference, application.key, None, application.secret.reveal())

    def person_key(self, account: str, *, own: bool = False) -> Key:
        """Return the key of a person's token for an account.

        Raises:
            CapabilityMissing: none.
        """
        return self._first(PERSON, account, own=own)

    def has_own(self, account: str) -> bool:
        """Tell whether an account has a person's token of its own, or one that serves all accounts."""
        return bool(self._ring.of(account, [PERSON]))

    def application(self, account: str) -> Application:
        """Return the application of an account: named by its keys, else by the settings.

        Raises:
            CapabilityMissing: the public key is not known.
        """
        secret = next(iter((*self._ring.of(account, [APPLICATION]), *self._ring.any_of([APPLICATION]))), None)
        beside = self._ring.of(account, [PERSON, SESSION, REFRESH])
        tables = [key.settings for key in (secret, *beside) if key is not None]
        key = _setting(tables, "application_key") or self._settings.application_key
        if not key:
            raise _missing(APPLICATION, account)
        return Application(_setting(tables, "application_id") or self._settings.application_id, key, secret)

    def group(self, account: str) -> Key:
        """Return the key of a group's messages; another group's is of no use.

        Raises:
            CapabilityMissing: none.
        """
        return self._first(GROUP, account, own=True)

    def refresh(self, account: str) -> Key | None:
        """Return the refresh token that stands beside the person's token of an account."""
        person = self.person_key(account)
        return next(iter(self._ring.of(person.account, [REFRESH])), None)

    def all_of(self, account: str) -> tuple[Key, ...]:
        """Return every key that an account has, and another account's person's token where it has none of its own."""
        lent = () if self.has_own(account) else self._ring.any_of([PERSON])[:1]
        return (*self._ring.of(account), *lent)

    def hopeless(self, reference: str) -> bool:
        """Tell whether OK has refused to renew this token before."""
        return reference in self._hopeless

    def begin_renewal(self, reference: str, stale: str | None) -> bool | None:
        """Claim the renewal of a token: True it is ours, False another one is at it, None it is renewed already."""
        with self._lock:
            if self._renewed.get(reference, stale) != stale:
                return None
            if reference in self._busy:
                return False
            self._busy.add(reference)
            return True

    def end_renewal(self, reference: str, token: Secret | None, *, refused: bool = False) -> None:
        """End a claimed renewal; ``token`` None means that it failed. A store that can be written to
        gets the token before it is used."""
        try:
            self._keep(reference, token)
        finally:
            with self._lock:
                if token is not None:
                    self._renewed[reference] = token
                if refused:
                    self._hopeless.add(reference)
                self._busy.discard(reference)

    def _keep(self, reference: str, token: Secret | None) -> None:
        store: Any = self._store  # most can only be read
        if token is None or not hasattr(store, "put"):
            return
        try:
            keep(store, reference, str(token))
        except SecretUnavailable as error:
            log.info("%s", error.say("en"))

    def _first(self, kind: str, account: str, *, own: bool) -> Key:
        found = self._ring.of(account, [kind]) or (() if own else self._ring.any_of([kind]))
        if not found:
            raise _missing(kind, account)
        return next((key for key in found if _readable(key)), found[0])


def _readable(key: Key) -> bool:
    """Tell whether the secret is there: of several keys one without a secret must not hide the others."""
    try:
        return bool(key.reveal())
    except SecretUnavailable:
        return False


def _setting(tables: Iterable[Any], name: str) -> str:
    return next((str(table[name]) for table in tables if table.get(name)), "")


def _missing(kind: str, account: str) -> CapabilityMissing:
    return CapabilityMissing(
        Text(f"Нет ключа вида {kind}.", f"There is no key of the kind {kind}."),
        where=f"ok / {account}",
        remedy=_NEEDED[kind],
    )
