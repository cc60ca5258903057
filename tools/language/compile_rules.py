"""Put the pages of moderation rules into the one file that is shipped for reading.

    python tools/language/compile_rules.py            # writes src/munsocial/language/data/moderation.json
    python tools/language/compile_rules.py --check    # says whether the file is fresh, writes nothing

The file holds the rules as they are written and their atoms (`atoms.py`). The same pages give the same bytes.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from atoms import line_needs

from munsocial.language.lexicon import CATEGORIES, Line, all_macros

DATA = Path(__file__).resolve().parents[2] / "src/munsocial/language/data"
SHIPPED = DATA / "moderation.json"
FLAGS = ("masked", "hidden", "stretch")


def compiled() -> bytes:
    """Return the bytes of the shipped file."""
    pages = {name: tomllib.loads((DATA / f"moderation/{name}.toml").read_text("utf-8")) for name in CATEGORIES}
    rules = [entry for name, page in pages.items() for entry in _entries(name, page)]
    categories = {
        name: {"macros": page.get("macros", {}), "loose": page.get("loose", {})} for name, page in pages.items()
    }
    numbers: dict[str, int] = {}
    needs = [
        [numbers.setdefault("|".join(sorted(group)), len(numbers)) for group in line_needs(line)]
        for entry in rules
        if entry["view"] == "plain"
        for line in _lines(entry, **categories[entry["category"]])
    ]
    found = {"categories": categories, "rules": rules, "atoms": list(numbers), "needs": needs}
    return (json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _lines(entry: Mapping[str, Any], macros: Mapping[str, str], loose: Mapping[str, str]) -> Iterator[Line]:
    ready = all_macros(macros, loose)
    return (Line(written, ready, entry["stretch"], "plain") for written in entry["lines"])


def _entries(category: str, page: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for entry in page["rules"]:
        settings = {**page, **entry}
        yield {
            "category": category,
            "id": entry["id"],
            "weight": entry["weight"],
            "ru": entry["ru"],
            "en": entry["en"],
            "view": settings.get("view", "plain"),
            "lines": _listed(entry["lines"]),
            "unless": _listed(entry.get("unless", "")),
            **{flag: settings.get(flag, False) for flag in FLAGS},
        }


def _listed(block: str) -> list[str]:
    return [line for line in block.split("\n") if line and not line.startswith("# ")]


def main() -> int:
    made = compiled()
    if "--check" in sys.argv:
        fresh = made == SHIPPED.read_bytes()
        print("fresh" if fresh else "stale: run tools/language/compile_rules.py")
        return 0 if fresh else 1
    SHIPPED.write_bytes(made)
    print(f"{SHIPPED.name}: {len(made):,} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
