"""Lines to learn from that are made of parts: `lines/lure_parts.toml` and the pages of `lines/made`.

A page of `lines/made` holds kinds: things, ways of speaking of a thing, and whose words they are (``label``: a category
or none, for citizens and offices). Each thing is spoken of in so many ``turns``; what stands for ``{thing}``, for
``{more}`` (another thing) and for ``{where}`` is chosen by a check sum, so that the same parts make the same lines.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

LINES = Path(__file__).resolve().parent / "lines"


def pick(items: Sequence[str], *key: object) -> str:
    """Choose by the check sum of the key."""
    return items[crc32(" ".join(map(str, key)).encode()) % len(items)]


def of_trades() -> Iterator[tuple[str, str]]:
    """Yield advertisements of trades and goods, each with its label, and what citizens say of the same."""
    parts = tomllib.loads((LINES / "lure_parts.toml").read_text("utf-8"))
    for kind, starts in (("services", "service_starts"), ("goods", "goods_starts")):
        for name in parts[kind]:
            for turn in (1, 2):
                yield "spam", _advertisement(parts, parts[starts], name, turn)
                yield "", pick(parts["citizens"], name, turn).format(n=name)


def _advertisement(parts: Mapping[str, Sequence[str]], starts: Sequence[str], name: str, turn: int) -> str:
    start, key = pick(starts, name, turn, "start"), (name, turn)
    contact = pick(parts["contact"], *key, "contact").format(**_digits(key))
    praised = int(pick("0112233", *key, "how often"))
    if not (praised or contact or start):
        praised = 2
    praise = dict.fromkeys(pick(parts["praise"], *key, number) for number in range(praised))
    said = pick([", ", ", ", ". ", " "], *key, "sign").join([start + name, *praise, *([contact] if contact else [])])
    return said[0].upper() + said[1:] if crc32(f"{key}capital".encode()) % 3 else said


def of_kinds() -> Iterator[tuple[str, str]]:
    """Yield the lines of the pages in `lines/made`, each with its label."""
    for page in sorted((LINES / "made").glob("*.toml")):
        for kind in tomllib.loads(page.read_text("utf-8"))["kinds"]:
            for thing in kind["things"]:
                for turn in range(kind["turns"]):
                    yield kind["label"], _spoken(kind, thing, turn)


def _spoken(kind: Mapping[str, Any], thing: str, turn: int) -> str:
    where = pick(kind.get("where", [""]), thing, turn, "where").format(**_digits((thing, turn)))
    way = pick(kind["ways"], thing, turn)
    return way.format(thing=thing, more=pick(kind["things"], thing, turn, "more"), where=where).rstrip(" ,:")


def _digits(key: tuple[str, int]) -> dict[str, int]:
    return {sign: 10 + crc32(f"{key}{sign}".encode()) % 90 for sign in "ab"}
