"""Kind and sides of a picture, read from its first bytes: enough to refuse an unfit file before it is sent."""

from __future__ import annotations

from pathlib import Path
from typing import IO, NamedTuple

__all__ = ["Picture", "look_at"]

_NO_SIZE = frozenset({0xD8, 0x01, *range(0xD0, 0xD8)})
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


class Picture(NamedTuple):
    """What a file shows itself to be; sides are pixels, 0 where they could not be read."""

    kind: str
    width: int = 0
    height: int = 0


def look_at(path: Path) -> Picture | None:
    """Return kind (jpeg, png, gif) and sides; None for anything else.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as stream:
        head = stream.read(24)
        if head[:8] == b"\x89PNG\r\n\x1a\n":
            return Picture("png", int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big"))
        if head[:6] in (b"GIF87a", b"GIF89a"):
            return Picture("gif", int.from_bytes(head[6:8], "little"), int.from_bytes(head[8:10], "little"))
        if head[:2] == b"\xff\xd8":
            return _jpeg(stream)
    return None


def _jpeg(stream: IO[bytes]) -> Picture:
    """Walk the segments to the first frame, which holds the sides."""
    stream.seek(2)
    for _ in range(200):
        marker = stream.read(2)
        if len(marker) < 2 or marker[0] != 0xFF:
            break
        if marker[1] in _NO_SIZE:
            continue
        length = int.from_bytes(stream.read(2), "big")
        if marker[1] in _FRAMES:
            frame = stream.read(5)
            return Picture("jpeg", int.from_bytes(frame[3:5], "big"), int.from_bytes(frame[1:3], "big"))
        stream.seek(max(0, length - 2), 1)
    return Picture("jpeg")
