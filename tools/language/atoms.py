"""Atoms of the rules' lines: bits of text without which a line cannot match, whatever else the text holds.

`spellings` tells the ways to match each branch of a line. Of each way a few lists are kept: the *trigger*, which fewest
usual texts meet, and those of its chain that are worth their atoms. Spellings are cut to the bit that tells most. What
is usual is counted in the lines on which the models are trained.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import ahocorasick
from spellings import EDGE, FAR, HIDING, SIGNS, Spellings, Way, blanks, sign, telling, together, ways

from munsocial.language.lexicon import Line
from munsocial.language.unmask import plain_view

__all__ = ["Needs", "needs_of", "starts_of"]

HERE = Path(__file__).parent
LONGEST = 7
LONGEST_CHAIN = 4
MOST_OF_START = 3
MOST_ATOMS = 400  # a list of more is not worth having beside the trigger
USUAL = 0.03  # so is one that more texts meet than this, unless it is short enough to be looked up when it is asked for
SHORT = 12
PRICE = 1e-4  # of an atom, in texts that it lets through


class Needs(NamedTuple):
    """What a text must hold for one way through one branch of a line.

    ``lists`` must all be met, the trigger first; those of ``chain`` in order, with at most ``gaps`` blanks between.
    """

    line: int
    branch: int
    lists: tuple[Spellings, ...]
    chain: tuple[Spellings, ...]
    gaps: tuple[int, ...]


def needs_of(lines: Iterable[Line]) -> tuple[list[Needs], set[Spellings]]:
    """Return what all ways of all lines need, and those lists which are too usual to be looked for in every text."""
    found = [
        (number, branch, way)
        for number, line in enumerate(lines)
        for branch, pattern in enumerate(line.branches)
        for way in dict.fromkeys(ways(pattern.decode("cp1251")))
    ]
    met = _met({_atoms(part) for *_, way in found for part in way.lists()})
    needs = [_chosen(number, branch, way, met) for number, branch, way in found]
    triggers = {one.lists[0] for one in needs}
    usual = {part for one in needs for part in one.chain if part not in triggers and _is_usual(part, met)}
    return needs, usual


def starts_of(line: Line) -> list[str]:
    """Return how a word may begin that a line is, in up to three letters; «» if it may begin with anything.

    For lines read with hidden letters: the letters before the first hidden one must be such a beginning.
    """
    found: set[str] = set()
    for way in ways(line.whole.decode("cp1251")):
        inner = way.parts[1:-1]  # what bounds the line stands at both ends
        if not inner or any(way.gaps[1:-1]) or any(EDGE in one for part in inner[1:-1] for one in part):
            return [""]
        firsts = inner[0] if len(inner) > 1 else {one.removesuffix(EDGE) for one in inner[0]}
        lasts = {one.removesuffix(EDGE) for one in inner[-1]} if len(inner) > 1 else set[str]()
        if any(one[:1] != EDGE or EDGE in one[1:] for one in firsts) or any(EDGE in one for one in lasts):
            return [""]
        found |= {one[1 : 1 + MOST_OF_START] for one in firsts}
    return sorted(found)


def _is_usual(atoms: Spellings, met: Mapping[Spellings, float]) -> bool:
    return met[atoms] > USUAL and len(atoms) <= SHORT


def _chosen(line: int, branch: int, way: Way, met: Mapping[Spellings, float]) -> Needs:
    def worth(part: Spellings) -> tuple[float, list[str]]:
        atoms = _atoms(part)
        return met[atoms] + PRICE * len(atoms), sorted(atoms)

    lists = sorted(way.lists(), key=worth)
    if not lists:
        raise ValueError(f"line {line}, branch {branch}: it may be anything")
    trigger = _atoms(lists[0])
    places = sorted(
        (place for place, part in enumerate(way.parts) if telling(part)), key=lambda place: worth(way.parts[place])
    )
    worthy = [
        place
        for place in places[:LONGEST_CHAIN]
        if _atoms(way.parts[place]) == trigger or _helps(way.parts[place], met)
    ]
    kept = sorted(worthy)
    gaps = tuple(_gap(way, one, two) for one, two in pairwise(kept))
    others = [part for part in sorted(way.needs, key=worth)[:1] if met[_atoms(part)] < USUAL]
    chain = tuple(_atoms(way.parts[place]) for place in kept)
    rest = dict.fromkeys([*chain, *(_atoms(part) for part in others if len(part) < MOST_ATOMS)])
    return Needs(line, branch, (trigger, *(one for one in rest if one != trigger)), chain, gaps)


def _helps(part: Spellings, met: Mapping[Spellings, float]) -> bool:
    atoms = _atoms(part)
    return len(atoms) <= SHORT or (len(atoms) < MOST_ATOMS and met[atoms] < USUAL)


def _gap(way: Way, one: int, two: int) -> int:
    """Count the blanks that may lie between the atoms of two parts, those which were cut off them included."""
    inner = sum(max(map(blanks, part)) for part in way.parts[one + 1 : two])
    return min(FAR, sum(way.gaps[one:two]) + inner + _cut_off(way.parts[one]) + _cut_off(way.parts[two]))


@cache
def _cut_off(part: Spellings) -> int:
    return max((blanks(one) for one in part if one not in _atoms(part)), default=0)


@cache
def _atoms(part: Spellings) -> Spellings:
    """Cut the spellings; one that holds another of the list says nothing more."""
    kept: set[str] = set()
    for atom in sorted({_cut(one) for one in part}, key=lambda atom: (len(atom), atom)):
        if not any(atom[i:j] in kept for i in range(len(atom)) for j in range(i + 1, len(atom) + 1)):
            kept.add(atom)
    return frozenset(kept)


@cache
def _cut(spelling: str) -> str:
    """Return the bit of a spelling that tells most: it begins where a word does, or ends where the spelling does."""
    spelling = spelling.strip("\x05")
    last = len(spelling) - LONGEST
    if last <= 0:
        return spelling
    starts = [0, *(place for place in range(1, last) if EDGE in spelling[place - 1 : place + 1]), last]
    return min((spelling[start : start + LONGEST] for start in starts), key=lambda bit: (_rarity(bit), bit))


@cache
def _usual() -> tuple[str, ...]:
    """Return the lines of posts and questions on which the models are trained: what people usually write."""
    lines = [line for page in sorted(HERE.glob("lines/*.tsv")) for line in page.read_text("utf-8").splitlines()]
    texts = (plain_view(line.rpartition("\t")[2]).seen.decode("cp1251") for line in lines)
    return tuple(together("".join(map(sign, text))) + SIGNS * bool(HIDING & set(text)) for text in texts)


@cache
def _grams() -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Count single letters, pairs and threes of the usual texts."""
    counts = tuple(
        Counter(text[i : i + size] for text in _usual() for i in range(len(text) - size + 1)) for size in (1, 2, 3)
    )
    return counts[0], counts[1], counts[2]


@cache
def _rarity(atom: str) -> float:
    """Guess how often an atom is met, as a logarithm, from its letters by three."""
    ones, twos, threes = _grams()
    known = math.log((threes if len(atom) > 2 else twos if len(atom) > 1 else ones)[atom[:3]] + 0.3)
    return (
        known
        - math.log(ones.total())
        + sum(
            math.log(threes[atom[i : i + 3]] + 0.3) - math.log(twos[atom[i : i + 2]] + 1.5)
            for i in range(1, len(atom) - 2)
        )
    )


def _met(lists: set[Spellings]) -> dict[Spellings, float]:
    """Return the share of usual texts that meet each list."""
    where: dict[str, set[int]] = {atom: set() for atoms in lists for atom in atoms}
    automaton = ahocorasick.Automaton()
    for atom in where:
        automaton.add_word(atom, atom)
    automaton.make_automaton()
    for number, text in enumerate(_usual()):
        for _, atom in automaton.iter(text):
            where[atom].add(number)
    return {atoms: len(set[int]().union(*(where[atom] for atom in atoms))) / len(_usual()) for atoms in lists}
