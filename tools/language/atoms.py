"""Atoms of a rule's line: bits of words without which the line cannot match, whatever else the text holds.

A pattern is walked as a tree. What a part may spell is kept while it is a short list; where it may be anything, the
list found so far becomes one thing that must be met, and a new list begins. Sound, never exact: a text without one of
the atoms of each list needs no pattern at all; a text with them is still tried by the pattern. The idea is Cox's for
trigrams (https://swtch.com/~rsc/regexp/regexp4.html).

An atom is lower case, its repeated signs are one, and a blank in it is the edge of a word. Any digit is «0», any sign
that hides letters is «*»; where Russian letters, Latin ones, digits and signs meet, a word ends. Only Russian words
have edges here: the patterns bound words by what is no Russian letter.
"""

from __future__ import annotations

import re
import re._constants as c  # the tree of a pattern has no public module since Python 3.11
import re._parser as parser
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from munsocial.language.lexicon import Line
from munsocial.language.unmask import plain_view

HERE = Path(__file__).parent

RUSSIAN = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюя")
LATIN = frozenset("abcdefghijklmnopqrstuvwxyz")
EDGE = " "
SIGNS = frozenset("*#@$%&\xa4_")
# Words so common that another word of the same spelling tells more.
COMMON = frozenset(
    re.findall(r"\w+", "а в во вы до е его ее за и из к ко мы на не ни но о об он от по при про с со ты у ул")
)
MOST_SPELLINGS = 400
LONGEST = 7
PER_PIECE = 3
PER_LINE = 3
TOO_USUAL = 0.1  # a list met in more texts than this spares less than it costs

Spellings = set[str] | None
"""All that a part may spell, or None when it may be anything."""
Needs = list[frozenset[str]]


def line_needs(line: Line) -> Needs:
    """Return lists of which each must be met, the rarest first."""
    found: set[frozenset[str]] = set()
    for piece in line.pieces:
        spelled, needs = _sequence(parser.parse(piece.decode("cp1251")))
        lists = {frozenset(map(_atom, one)) for one in [*needs, *([spelled] if spelled else [])]}
        found.update(sorted((one for one in lists if _tells(one)), key=_weight)[:PER_PIECE])
    rarest = sorted(found, key=lambda one: (_met(one), *_weight(one)))[:PER_LINE]
    return rarest[:1] + [one for one in rarest[1:] if _met(one) < TOO_USUAL * len(_usual())]


@cache
def _usual() -> tuple[str, ...]:
    """Return the lines of posts and questions on which the models are trained: what people usually write."""
    lines = [line for page in sorted(HERE.glob("lines/*.tsv")) for line in page.read_text("utf-8").splitlines()]
    texts = (plain_view(line.rpartition("\t")[2]).seen.decode("cp1251") for line in lines)
    return tuple(_once("".join(map(_sign, text))) for text in texts)


@cache
def _met(atoms: frozenset[str]) -> int:
    """Count the usual lines in which the list is met."""
    return sum(any(atom in text for atom in atoms) for text in _usual())


def _tells(atoms: Iterable[str]) -> bool:
    return all(atom.strip() for atom in atoms)


def _weight(atoms: frozenset[str]) -> tuple[float, list[str]]:
    """How often a list is met, as a guess from the lengths of its atoms; then the atoms, for a fixed order."""
    return sum(9.0 ** -len(atom.strip()) * (0.4 if EDGE in atom else 1) for atom in atoms), sorted(atoms)


def _atom(spelling: str) -> str:
    """Return the most telling word of a spelling, with the edges that it has."""
    parts = spelling.split(EDGE)
    place = max(range(len(parts)), key=lambda index: len(parts[index]) - 3 * (parts[index] in COMMON))
    if not RUSSIAN.issuperset(parts[place]):
        return parts[place][:LONGEST]
    return (EDGE * (place > 0) + parts[place] + EDGE * (place < len(parts) - 1))[:LONGEST]


def _script(sign: str) -> int:
    return 0 if sign == EDGE else 1 if sign in RUSSIAN else 2 if sign in LATIN else 3 if sign == "0" else 4


def _once(spelling: str) -> str:
    """Let repeated signs be one and end words where the script changes."""
    told = ""
    for sign in spelling:
        if told and EDGE not in {sign, told[-1]} and _script(sign) != _script(told[-1]):
            told += EDGE
        told += sign if told[-1:] != sign else ""
    return told


def _sign(sign: str) -> str:
    """Return how a sign of a text is seen here."""
    if sign in RUSSIAN or sign in LATIN:
        return sign
    return "0" if "0" <= sign <= "9" else "*" if sign in SIGNS else EDGE


def _sequence(items: Iterable[tuple[Any, Any]]) -> tuple[Spellings, Needs]:
    needs: Needs = []
    current: set[str] = {""}
    exact = True
    for operator, value in items:
        spelled, inner = _part(operator, value)
        needs += inner
        joined = None if spelled is None else {_once(one + two) for one in current for two in spelled}
        if joined is not None and len(joined) <= MOST_SPELLINGS:
            current = joined
            continue
        needs += [frozenset(current)] if all(current) else []
        exact = False
        current = spelled if spelled is not None and len(spelled) <= MOST_SPELLINGS else {""}
    if exact:
        return current, needs
    return None, needs + ([frozenset(current)] if all(current) else [])


def _part(operator: Any, value: Any) -> tuple[Spellings, Needs]:
    if operator is c.LITERAL:
        return {_sign(chr(value))}, []
    if operator is c.IN:
        spelled = _class(value)
        return (spelled if len(spelled) <= 12 else None), []
    if operator is c.AT:
        return ({""} if value is c.AT_BOUNDARY else {EDGE}), []
    if operator is c.SUBPATTERN:
        return _sequence(value[3])
    if operator is c.BRANCH:
        return _branch([_sequence(part) for part in value[1]])
    if operator in {c.MAX_REPEAT, c.MIN_REPEAT}:
        return _repeat(value[0], value[1], *_sequence(value[2]))
    return None, []


def _class(items: Iterable[tuple[Any, Any]]) -> set[str]:
    """Return how the signs of a class are seen; what a denial lets through beside Russian letters counts as an edge."""
    denied = False
    signs: set[str] = set()
    for operator, value in items:
        if operator is c.NEGATE:
            denied = True
        elif operator is c.LITERAL:
            signs.add(chr(value))
        elif operator is c.RANGE:
            signs |= {chr(code) for code in range(value[0], value[1] + 1)}
        else:
            raise ValueError(f"a class of the engine stands in a rule: {operator} {value}")
    return {*(RUSSIAN - signs), EDGE} if denied else set(map(_sign, signs))


def _branch(parts: list[tuple[Spellings, Needs]]) -> tuple[Spellings, Needs]:
    if all(spelled is not None for spelled, _ in parts):
        together = {one for spelled, _ in parts for one in spelled or ()}
        if len(together) <= 4 * MOST_SPELLINGS:
            return together, []
    best: list[frozenset[str]] = []
    for spelled, needs in parts:
        lists = needs + ([frozenset(spelled)] if spelled and all(spelled) else [])
        if not lists:
            return None, []
        best.append(min(lists, key=_weight))
    return None, [frozenset().union(*best)]


def _repeat(least: int, most: Any, spelled: Spellings, needs: Needs) -> tuple[Spellings, Needs]:
    if spelled is not None and len(spelled) == 1 and len(next(iter(spelled))) == 1:
        return (spelled if least else spelled | {""}), []  # repeated letters are one anyway
    if (least, most) == (0, 1) and spelled is not None and len(spelled) < MOST_SPELLINGS:
        return spelled | {""}, []
    if least:
        return None, needs + ([frozenset(spelled)] if spelled and all(spelled) else [])
    return None, []
