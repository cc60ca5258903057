"""What a test acts upon, and the texts that have to come through unchanged."""

from __future__ import annotations

import random
import struct
import zlib
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["HALF_A_YEAR", "TEXTS", "Target", "a_picture", "a_video", "measured_text", "random_text"]

HALF_A_YEAR = 183
"""Days; whatever the season on the stage, the other one."""


@dataclass(frozen=True)
class Target:
    """One thing to act upon; which fields are set depends on the ability. ``key`` is the idempotency key."""

    text: str = ""
    key: str = ""
    post: str = ""
    comment: str = ""
    user: str = ""
    message: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)


TEXTS: dict[str, str] = {
    "cyrillic": "Ёлки, съезд № 5 – «Приреченский»: щи, ъ, Ђ, і",
    "emoji": "Ура 🎉👩‍👩‍👧‍👦🇷🇺 и снова 🫠 да",
    "markup": "<b>да</b> & &amp; \"кавычки\" 'одни' \\n %20 + {} [x|y] и всё",
    "lines": "первая\nвторая\n\n\tтретья с отступом",
    "controls": "а\tб\nв\r\nг\x0bд\x1fе\u200bё\u202eж\ufeffз",
    "combining": "и\u0306 е\u0308 а\u0301 \U0001f1e6 конец",
    "edges": "  пробелы по краям значат что-то  ",
}
"""Texts that networks and adapters are known to spoil, by what is special about them."""

_ALPHABETS = (
    (0x20, 0x7E),
    (0x410, 0x44F),
    (0x400, 0x45F),
    (0x2010, 0x2044),
    (0x1F300, 0x1F64F),
    (0x4E00, 0x4E80),
    (0x600, 0x64A),
    (0x300, 0x315),
)


_DRAWN = 2000


def random_text(seed: int, length: int = 400) -> str:
    """Return the same mixed text each time; it begins and ends with a letter, since edges are tried apart."""
    dice = random.Random(seed)
    drawn = "".join(chr(dice.randint(*dice.choice(_ALPHABETS))) for _ in range(min(_DRAWN, length)))
    middle = drawn * (length // max(1, len(drawn)) + 1)
    return f"Я{middle[: max(0, length - 2)]}ж"[:length]


_PIECES = ("ж", " ж", "\nж")
"""What makes a text longer: a sign; if signs do not count, a word; if words do not, a line."""
_MOST_PIECES = 1 << 20


def measured_text(seed: int, length: int, measure: Callable[[str], int], *, over: bool = False) -> str:
    """Return a mixed text as long as a length allows, however a network measures; ``over``: the next longer one."""
    source = random_text(seed, 4 * length + 1)
    # The first of so many signs that measure more; before it there is room for the letter at the end.
    end = bisect_right(range(len(source)), length - 1, key=lambda count: measure(source[:count]))
    text = source[: max(0, end - 1)]
    for piece in _PIECES:
        count = _first_beyond(length, text, piece, measure)
        if count is not None:
            return text + piece * (count if over else count - 1)
    longest = text + _PIECES[-1] * _MOST_PIECES
    counted = f"Limits.measure counts at most {measure(longest)} in a text of {len(longest)} characters"
    raise AssertionError(f"{counted}, so no text is over the limit of {length}: declare a smaller one, or none")


def _first_beyond(length: int, text: str, piece: str, measure: Callable[[str], int]) -> int | None:
    """Return with how many pieces a text is the first time longer than that; None: with none that can be made."""

    def measured(count: int) -> int:
        return measure(text + piece * count)

    most = 1
    while measured(most) <= length:
        if most >= _MOST_PIECES:
            return None
        most *= 2
    return bisect_right(range(most), length, lo=most // 2, key=measured)


def a_picture(folder: Path, number: int = 0, name: str = "", side: int = 600) -> Path:
    """Write a small PNG, another one for each number, and return its path."""
    row = b"\0" + bytes((number * 40 % 256, 90, 160)) * side
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(row * side)),
        (b"IEND", b""),
    )
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    path = folder / (name or f"picture-{number}.png")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + body)
    return path


def a_video(folder: Path) -> Path:
    """Write a file that looks like a video to whoever reads its first bytes."""
    path = folder / "video.mp4"
    path.write_bytes(b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 40_000)
    return path
