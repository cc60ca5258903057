"""Who holds which key: references to secrets, never the secrets, and how they changed hands."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator

from munsocial.model.base import Id, Period, Record
from munsocial.model.people import ActReference

__all__ = ["Credential", "Handover", "SecretReference", "reference"]

_REFERENCE = re.compile(
    r"^(env:[A-Za-z_][A-Za-z0-9_]{0,127}|keyring:[^\s:]{1,100}:[^\s:]{1,100}|file:[^\x00\n]{1,500})$"
)


def reference(value: str) -> str:
    """Return a reference to a secret, or refuse without repeating the value: it may be the secret itself.

    Raises:
        ValueError: not of the form ``env:NAME``, ``keyring:SERVICE:USER`` or ``file:PATH``.
    """
    if not _REFERENCE.match(value):
        raise ValueError("not a reference: write env:NAME, keyring:SERVICE:USER or file:PATH, never the secret itself")
    return value


SecretReference = Annotated[str, AfterValidator(reference)]


class Credential(Period):
    """A login, key or token of an account: where its secret is kept, who holds it, what it may do."""

    id: Id | None = None
    account: Id
    kind: Id
    """Open word of the adapter: ``login``, ``service_key``, ``community_key``, ``user_key``, ``access_token`` ..."""
    secret: SecretReference | None = None
    """None: the login is kept outside any store that a program can reach (a sealed envelope)."""
    kept: str = ""
    """Where it is kept, in words: safe, password manager."""
    holder: Id | None = None
    scope: tuple[str, ...] = ()
    issued: date | None = None
    rotated: date | None = None
    expires: date | None = None
    revoked: date | None = None
    complex: bool | None = None
    """Stated: the password meets the strength that the act wants."""
    third_party: str = ""
    """A firm or service that also has it."""
    settings: dict[str, str] = {}
    """What the adapter needs beside the secret and is none: application id, public key."""


class Handover(Record):
    """A change of holder: who gave, who took, when, and what was done with the key."""

    account: Id
    credential: Id | None = None
    """None: all credentials of the account."""
    giver: Id | None = None
    taker: Id
    date: date
    rotated: bool | None = None
    verified: bool | None = None
    revoked: bool | None = None
    act: ActReference | None = None
