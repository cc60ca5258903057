"""One entry of the journal, and its digest: what is chained, and what may be purged without breaking the chain."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

__all__ = ["GENESIS", "PRIVATE", "Entry", "canonical", "chained", "sealed", "sealed_digest"]

_HALF = re.compile("[\ud800-\udfff]")

GENESIS = "0" * 64
"""What stands before the first entry."""

PRIVATE = ("why", "user")
"""Parts of a step's result that may name or quote a citizen (an instruction, a refusal, who was banned): they are
sealed with personal data and go with them."""


def open_part(result: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of a step's result stays for good."""
    return {name: value for name, value in result.items() if name not in PRIVATE}


def private_part(result: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of a step's result is sealed."""
    return {name: result[name] for name in PRIVATE if name in result}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the journal. ``at`` is aware; ``body`` is plain JSON; ``personal`` may be gone after its term.

    ``seq`` counts from 1 without gaps; it is 0 before the entry is written. ``digest`` holds the entry and, through
    ``previous``, all that stand before it.
    """

    kind: str
    subject: str
    body: Mapping[str, Any]
    at: datetime
    personal: Mapping[str, Any] | None = None
    """Text and author of a citizen: kept apart, so that they can be purged on term."""
    seq: int = 0
    seal: str = ""
    """Digest of ``personal`` with its salt; stays when the data are purged."""
    previous: str = ""
    digest: str = ""
    purged: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "body", MappingProxyType(dict(self.body)))


def canonical(value: Any) -> str:
    """Write plain JSON so that equal values give equal texts."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    if text.isascii() or not _HALF.search(text):
        return text
    # Networks cut texts through the middle of a sign: half of a surrogate pair fits no database, its escape does.
    return _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", text)


def sealed(personal: Mapping[str, Any] | None) -> tuple[str | None, str]:
    """Return personal data as stored, and their seal.

    The salt is stored with the data and goes with them: afterwards nobody can test a guess against the seal.
    """
    if personal is None:
        return None, ""
    stored = canonical({"data": dict(personal), "salt": secrets.token_hex(16)})
    return stored, sealed_digest(stored)


def sealed_digest(stored: str) -> str:
    """Return the seal of stored personal data."""
    return hashlib.sha256(stored.encode("utf-8", "surrogatepass")).hexdigest()


def chained(previous: str, seq: int, at: str, kind: str, subject: str, body: str, seal: str) -> str:
    """Return the digest of an entry from its columns as they are stored.

    Every column is preceded by its length, so that no text can slide from one column into the next.
    """
    digest = hashlib.sha256()
    for column in (previous, str(seq), at, kind, subject, body, seal):
        raw = column.encode("utf-8", "surrogatepass")
        digest.update(len(raw).to_bytes(8, "big"))
        digest.update(raw)
    return digest.hexdigest()


def stamped(moment: datetime) -> str:
    """Return a moment as it is stored: UTC, microseconds always written."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
