"""Put the pages of moderation rules (`rules/*.toml`) into the one file that is shipped for reading.

    python tools/language/compile_rules.py            # writes src/munsocial/language/data/moderation.json
    python tools/language/compile_rules.py --check    # says whether the file is fresh, writes nothing

The file holds the rules as they are written and what their lines need of a text (`atoms.py`). The same pages give the
same bytes.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from atoms import Needs, needs_of, starts_of
from spellings import Spellings

from munsocial.language.lexicon import CATEGORIES, Line

PAGES = Path(__file__).parent / "rules"
SHIPPED = Path(__file__).resolve().parents[2] / "src/munsocial/language/data/moderation.json"
FLAGS = ("masked", "hidden", "stretch")
_TOKEN = re.compile(r"\\.|\[\^?\]?[^\]]*\]|.")


def compiled() -> bytes:
    """Return the bytes of the shipped file."""
    pages = {name: tomllib.loads((PAGES / f"{name}.toml").read_text("utf-8")) for name in CATEGORIES}
    rules = [entry for name, page in pages.items() for entry in _entries(name, page)]
    macros = {name: {**page.get("macros", {}), **page.get("loose", {})} for name, page in pages.items()}
    plain = _lines(macros, [entry for entry in rules if entry["view"] == "plain"])
    hidden = _lines(macros, [entry for entry in rules if entry["hidden"] or entry["view"] == "hidden"])
    starts = ["|".join(starts_of(line)) for line in hidden]
    excuses = {name: _listed(page.get("unless", "")) for name, page in pages.items()}
    needs = _written(*needs_of(plain))
    found = {"macros": macros, "excuses": excuses, "rules": rules, "needs": needs, "starts": starts}
    return (json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _lines(macros: Mapping[str, dict[str, str]], entries: list[dict[str, Any]]) -> list[Line]:
    return [
        Line(tuple(parts), macros[entry["category"]], entry["stretch"], "plain")
        for entry in entries
        for parts in entry["lines"]
    ]


def _written(needs: list[Needs], usual: set[Spellings]) -> dict[str, Any]:
    """Number the lists; put atoms that stand in the same lists side by side."""
    numbers: dict[Spellings, int] = {}
    for atoms in (atoms for one in needs for atoms in (*one.lists, *one.chain)):
        numbers.setdefault(atoms, len(numbers))
    lists_of: dict[str, list[int]] = {}
    for atoms, number in numbers.items():
        for atom in sorted(() if atoms in usual else atoms):
            lists_of.setdefault(atom, []).append(number)
    alike: dict[tuple[int, ...], list[str]] = {}
    for atom, lists in sorted(lists_of.items()):
        alike.setdefault(tuple(lists), []).append(atom)
    return {
        "atoms": ["|".join(atoms) for atoms in alike.values()],
        "lists": [list(lists) for lists in alike],
        "usual": {str(numbers[atoms]): "|".join(sorted(atoms)) for atoms in sorted(usual, key=sorted)},
        "ways": [_way(one, numbers, usual) for one in needs],
    }


def _way(one: Needs, numbers: dict[Spellings, int], usual: set[Spellings]) -> list[Any]:
    lists = [numbers[atoms] for atoms in one.lists if atoms not in usual]
    chain = [numbers[atoms] for atoms in one.chain] if len(one.chain) > 1 else []
    return [one.line, one.branch, lists, chain, list(one.gaps)] if chain else [one.line, one.branch, lists]


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
            "lines": [_branches(line) for line in _listed(entry["lines"])],
            "unless": _listed(entry.get("unless", "")),
            **{flag: settings.get(flag, False) for flag in FLAGS},
        }


def _listed(block: str) -> list[str]:
    return [line for line in block.split("\n") if line and not line.startswith("# ")]


def _branches(line: str) -> list[str]:
    """Cut a line at the «|» that stand outside of its brackets and classes."""
    depth, found = 0, [""]
    for token in _TOKEN.findall(line):
        depth += (token == "(") - (token == ")")
        if token == "|" and not depth:
            found.append("")
        else:
            found[-1] += token
    return found


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
