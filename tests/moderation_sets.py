"""The labelled lines of tests/language/data: written for this project, obscene where they have to be."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

__all__ = ["SETS", "kept", "rows"]

SETS = (
    "adv_clean",
    "adv_generated",
    "adv_obscene",
    "municipal_flags",
    "municipal_insult",
    "municipal_neutral",
    "municipal_spam",
    "scunthorpe",
)
_FOLDER = Path(__file__).parent / "language" / "data"


def kept(text: str) -> bool:
    """Tell whether the line belongs to the fifth that was kept aside while the rules were written."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % 5 == 0


def rows(*names: str, aside: bool | None = None) -> list[dict[str, Any]]:
    """Return the lines of the named sets: all, only those kept aside, or only the others."""
    found = [json.loads(line) for name in names for line in (_FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()]
    return found if aside is None else [row for row in found if kept(row["text"]) is aside]
