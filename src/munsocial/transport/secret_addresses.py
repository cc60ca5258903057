"""Addresses that are themselves a right, as those to upload to: what of them is secret.

Scheme, host and path say where, and are needed in errors and to play a cassette: what they begin with stands in every
other address too. Secret are the values of the query; without a query, the last part of the path.
"""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["SecretPart", "secret_part"]

_ADDRESS = re.compile(
    r"(?i:https?|rtmps?|wss?)://[^/?#@]+(?P<path>(?:/[^?#]*)?)(?:\?(?P<query>[^#]*))?(?:#.*)?", re.DOTALL
)
_VALUE = re.compile(r"=[^&]*")
_MASK = "***"


class SecretPart(NamedTuple):
    """A part of an address: ``text``, of which the first ``open`` characters are no secret; ``shown`` in its place."""

    text: str
    open: int
    shown: str


def secret_part(secret: str) -> SecretPart | None:
    """Return what is secret of an address; None for any other secret, and for an address with a password in it.

    Only schemes over which networks are spoken to make an address: a password may hold «://», too.
    """
    found = _ADDRESS.fullmatch(secret)
    if found is None:
        return None
    path, query = found["path"], found["query"]
    if query:
        begin = len(path) + 1 + query.find("=") + 1
        values = _VALUE.sub("=" + _MASK, query) if "=" in query else _MASK
        return SecretPart(f"{path}?{query}", begin, f"{path}?{values}")
    begin = path.rfind("/") + 1
    return SecretPart(path, begin, path[:begin] + _MASK)
