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


def _written(needs: list[Needs], lists: list[Spellings]) -> dict[str, Any]:
    """Number the lists, those asked for beside a trigger first; put bits that stand in the same lists side by side."""
    asked = {bits for one in needs for bits in _beside(one)}
    numbers = {bits: number for number, bits in enumerate(sorted(lists, key=lambda bits: bits not in asked))}
    lists_of: dict[str, list[int]] = {}
    for bits, number in numbers.items():
        for bit in bits:
            lists_of.setdefault(bit, []).append(number)
    alike: dict[tuple[int, ...], list[str]] = {}
    for bit, named in sorted(lists_of.items()):
        alike.setdefault(tuple(named), []).append(bit)
    return {
        "bits": ["|".join(bits) for bits in alike.values()],
        "lists": [list(named) for named in alike],
        "asked": len(asked),
        "ways": list(dict.fromkeys(_way(one, numbers) for one in needs)),
    }


def _beside(one: Needs) -> Iterator[Spellings]:
    """Yield the lists of a way that are asked for where its trigger is met."""
    links = [link.bits for link in one.links]
    if one.trigger in links:
        links.remove(one.trigger)
    yield from (*links, *one.anywhere)


def _way(one: Needs, numbers: Mapping[Spellings, int]) -> tuple[Any, ...]:
    anywhere = tuple(numbers[bits] for bits in one.anywhere)
    links = tuple(numbers[link.bits] for link in one.links)
    apart = tuple(number for link in one.links[1:] for number in (link.least, link.most))
    written = (one.line, one.branch, numbers[one.trigger], anywhere, links, apart)
    return (*written, int(one.begins), one.digits) if one.begins or one.digits else written


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
