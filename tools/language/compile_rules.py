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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import weigh
from atoms import Link, Needs, bits_of, needs_of, starts_of
from spellings import FAR, Spellings

from munsocial.language.comments.lexicon import CATEGORIES, Excuses, Line

PAGES = Path(__file__).parent / "rules"
SHIPPED = Path(__file__).resolve().parents[2] / "src/munsocial/language/data/moderation.json"
FLAGS = ("masked", "hidden", "stretch")
BEYOND = 9999
_TOKEN = re.compile(r"\\.|\[\^?\]?[^\]]*\]|.")


def compiled() -> bytes:
    """Return the bytes of the shipped file."""
    pages = {name: tomllib.loads((PAGES / f"{name}.toml").read_text("utf-8")) for name in CATEGORIES}
    rules = [entry for name, page in pages.items() for entry in _entries(name, page)]
    macros = {name: {**page.get("macros", {}), **page.get("loose", {})} for name, page in pages.items()}
    plain = _lines(macros, [entry for entry in rules if entry["view"] == "plain"])
    hidden = _lines(macros, [entry for entry in rules if entry["hidden"] or entry["view"] == "hidden"])
    starts = ["|".join(starts_of(line)) for line in hidden]
    excuses = {name: {"lines": _listed(page.get("unless", ""))} for name, page in pages.items()}
    of_pages = [(excuses[name], macros[name], "plain") for name in pages]
    _put_bits(of_pages + [(entry["unless"], macros[entry["category"]], entry["view"]) for entry in rules])
    needs = _written(*needs_of(line.branches for line in plain))
    found = {"macros": macros, "excuses": excuses, "rules": rules, "needs": needs, "starts": starts}
    return (json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _lines(macros: Mapping[str, dict[str, str]], entries: list[dict[str, Any]]) -> list[Line]:
    return [
        Line(tuple(parts), macros[entry["category"]], entry["stretch"], "plain")
        for entry in entries
        for parts in entry["lines"]
    ]


def _put_bits(unless: list[tuple[dict[str, list[str]], dict[str, str], str]]) -> None:
    """Put the bits of which a text must meet one beside each harmless reading; macros and view come with them."""
    read = (Excuses(tuple(one["lines"]), (), macros, view) for one, macros, view in unless)
    found = iter(bits_of(chain.from_iterable(excuses.patterns for excuses in read)))
    for one, _, _ in unless:
        one["bits"] = ["|".join(sorted(bits)) for bits in islice(found, len(one["lines"]))]


def _written(needs: list[Needs], lists: list[Spellings]) -> dict[str, Any]:
    """Number the lists, those asked for beside a trigger first; put bits that stand in the same lists side by side.

    Of the lists of such bits those are written that are asked for, and behind them those that trigger ways.
    """
    asked = {bits for one in needs for bits in _beside(one)}
    numbers = {bits: number for number, bits in enumerate(sorted(lists, key=lambda bits: bits not in asked))}
    lists_of: dict[str, list[int]] = {}
    for bits, number in numbers.items():
        for bit in bits:
            lists_of.setdefault(bit, []).append(number)
    alike: dict[tuple[int, ...], list[str]] = {}
    for bit, named in sorted(lists_of.items()):
        alike.setdefault(tuple(named), []).append(bit)
    triggers = {numbers[one.trigger] for one in needs}
    return {
        "bits": ["|".join(bits) for bits in alike.values()],
        "lists": [
            f"{_joined(one for one in named if one < len(asked))};{_joined(one for one in named if one in triggers)}"
            for named in alike
        ],
        "asked": len(asked),
        "ways": _by_trigger(needs, numbers),
    }


def _joined(numbers: Iterable[int]) -> str:
    return " ".join(map(str, numbers))


def _beside(one: Needs) -> Iterator[Spellings]:
    """Yield the lists of a way that are asked for where its trigger is met."""
    links = [link.bits for link in one.links]
    if one.trigger in links:
        links.remove(one.trigger)
    yield from (*links, *one.anywhere)


def _by_trigger(needs: list[Needs], numbers: Mapping[Spellings, int]) -> dict[str, list[str]]:
    """Write the ways of each trigger as words, which are read ten times quicker than lists of numbers."""
    found: dict[str, dict[str, None]] = {}
    for one in needs:
        found.setdefault(str(numbers[one.trigger]), {})[_way(one, numbers)] = None
    return {trigger: list(ways) for trigger, ways in found.items()}


def _way(one: Needs, numbers: Mapping[Spellings, int]) -> str:
    """Write a way as its trigger sees it: digits; lists met beside it; line and branch; ``begins``; links and places.

    ``begins`` is 1 where the trigger begins a sentence and 2 where the first of the links does.
    """
    links = [link.bits for link in one.links]
    placed = one.trigger in links
    of_trigger = links.index(one.trigger) if placed else 0
    steps = [
        (numbers[link.bits], *sorted(_apart(one.links, of_trigger, place)))
        for place, link in enumerate(one.links)
        if placed and place != of_trigger
    ]
    begins = (2 if of_trigger else 1) if placed and one.begins else 0
    opening, rest = (steps[:1], steps[1:]) if begins == 2 else ([], steps)
    rest.sort(key=lambda step: step[2] - step[1])  # what is surest to fail comes first
    beside = sorted({numbers[bits] for bits in _beside(one)})
    written = ([one.digits], beside, [one.line, one.branch], [begins], chain.from_iterable(opening + rest))
    return ";".join(map(_joined, written))


def _apart(links: Sequence[Link], one: int, two: int) -> tuple[int, int]:
    """Count the words from one link to another, at the least and at the most; what is far is beyond all words."""
    between = links[min(one, two) + 1 : max(one, two) + 1]
    least, most = sum(link.least for link in between), sum(link.most for link in between)
    side = 1 if two > one else -1
    return side * least, side * (most if most < FAR else BEYOND)


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
            "unless": {"lines": _listed(entry.get("unless", ""))},
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
    weigh.write()
    print(f"{SHIPPED.name}: {len(made):,} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
