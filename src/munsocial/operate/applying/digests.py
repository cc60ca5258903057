"""Digests of what a deed is aimed at, a text or a file: a plan takes them, what stands there is held against them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from munsocial.model.base import mended

__all__ = ["file_digest", "read_digest", "text_digest"]


def file_digest(path: Path) -> str | None:
    """Return the digest of a file's content, None when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return None


def text_digest(text: str) -> str:
    """Return the digest of a text at which a deed is aimed."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def read_digest(text: str) -> str:
    """Return the digest of a text as a person reads it: evidence is kept without spaces around and with whole signs."""
    return text_digest(mended(text).strip())
