"""Which edition of the language is at work: the digest of its rules, models, lists of places and of the code over them.

Readings that were kept are good for one edition only, and the data may change without the version of the package.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable

__all__ = ["digest_of", "edition"]

_COMPILED = "__pycache__"


@cache
def edition() -> str:
    """Return the digest of the language that is installed; asked once in the life of a program, some two megabytes."""
    return digest_of(files("munsocial.language"))


def digest_of(folder: Traversable) -> str:
    """Return a digest of every file of a folder, by name and content."""
    made = blake2b(digest_size=12)
    for name, file in _below(folder, ""):
        content = file.read_bytes()
        made.update(f"{name}\0{len(content)}\0".encode())
        made.update(content)
    return made.hexdigest()


def _below(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for one in sorted(folder.iterdir(), key=lambda one: one.name):
        name = f"{path}/{one.name}"
        if one.is_dir():
            if one.name != _COMPILED:
                yield from _below(one, name)
        else:
            yield name, one
