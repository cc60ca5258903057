"""One pass over a text that tells which further looks it may need; most comments need none.

A clue is never a finding: it only spares the rest of the work. Each pattern here is looser than what it spares.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from munsocial.language.comments.noise import BEGINNING
from munsocial.language.engine import which_of

__all__ = ["clues"]

_CLUES: Final = {
    # A sign that may stand in place of a letter (`unmask.hidden_view`).
    "hiding": rb"[\xe0-\xff](?:[*#@$%&^~_=|3\"'\xa4\x88]{1,4}|[?!+]{1,3}|\.{2,3}|-{2,3})[\xe0-\xff]"
    rb"|[\xe0-\xff][*#@$%&^]|[*#@$%&^3][\xe0-\xff]",
    # Signs inside a word, single letters apart (in quotes, too), a word broken at the end of a line.
    "noisy": rb"[\xe0-\xff][^\xe0-\xff \n0-9a-z]+[\xe0-\xff]|(?:[ \n][\xe0-\xff]){3}[ \n]|  [\xe0-\xff]  |-\n"
    rb"|[^\xe0-\xff][\xe0-\xff](?:[^\xe0-\xff0-9a-z]{2,4}[\xe0-\xff]){2}(?:[^\xe0-\xff]|$)"
    rb"|[\xe0-\xff][-._*]?[013469][-._*][\xe0-\xff]|[ \n][\xe0-\xff] [013469] [\xe0-\xff0-9][ \n]",
    "latin": rb"[a-z]{3}|[a-z]@[a-z]|[\[{,<;:'\x22][a-z]{2}(?:[^a-z0-9]|$)"
    rb"|[a-z][,;'`\[\]][a-z]|[\[{<][a-z][`.,]|[a-z](?:[ .*_|/-][a-z]){2}",
    "address": rb"[a-z0-9]\.[a-z]|@[a-z0-9_]",
    "phone": rb"9[0-9]{2}[) -]{0,2}[0-9]{3}",
    "number": rb"[0-9](?:[ -]?[0-9]){10}",
    "noise": b"|".join([*(bytes([code]) * 5 for code in (*range(97, 123), *range(0xE0, 0x100))), BEGINNING]),
}


@cache
def _set() -> Any:
    return which_of(_CLUES.values())


_NAMES: Final = tuple(_CLUES)


def clues(seen: bytes) -> set[str]:
    """Return the names of the looks worth taking at these bytes of a plain view."""
    found = _set()(seen)
    return {_NAMES[number] for number in found} if found else set()
