"""Atoms of the rules' lines: bits of words without which a line cannot match, whatever else the text holds.

`spellings` tells the ways to match each branch of a line. A way is broken into *links*: of one word each, lists of
bits of which one must be met, in order, and so many words apart at most. A few links are kept: the *trigger*, which
fewest usual texts meet, and those that tell most beside it. Bits are cut to what tells most. What is usual is counted
in lines of this repository.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

import ahocorasick
from spellings import (
    EDGE,
    FAR,
    SIGNS,
    SOFT,
    Spellings,
    Way,
    blanks,
    least_digits,
    sign,
    telling,
    together,
    ways,
)

from munsocial.language.comments.lexicon import BEFORE_SENTENCE, Line
from munsocial.language.comments.unmask import plain_view

__all__ = ["Needs", "bits_of", "needs_of", "starts_of"]

HERE = Path(__file__).parent
OWN = HERE.parents[1] / "tests/language/data"
COMMENTS = ("municipal_neutral.jsonl", "own_batches.jsonl", "own_harm.jsonl", "lure_batches.jsonl")
LONGEST = 7
MOST_LINKS = 4
MOST_OF_START = 3
MOST_ATOMS = 800  # a list of more is not worth having beside the trigger
USUAL = 0.5  # so is one that more texts meet than this
SHORT = 12  # unless it is short
MOST_ANYWHERE = 1
MOST_LENGTHS = 8
PRICE = 3e-5  # of an atom, in texts that it lets through
PRICE_OF_EXCUSES = 1e-3  # what they share with their rule is met anyway, and it is long
NO_PLACE = 0.02  # the price of a sign as a trigger: it has no place among the words


class Link(NamedTuple):
    """One word of a way: bits of which one must be met, so many words after the link before: ``least`` to ``most``."""

    bits: Spellings
    least: int
    most: int


class Needs(NamedTuple):
    """What a text must hold for one way through one branch of a line.

    ``trigger`` is met, each list of ``anywhere`` is met as well, and so are the links in order; the first of them
    begins a sentence if ``begins`` says so, and there are so many ``digits``. The trigger is a link or is met anywhere.
    """

    line: int
    branch: int
    trigger: Spellings
    anywhere: tuple[Spellings, ...]
    links: tuple[Link, ...]
    begins: bool
    digits: int


def needs_of(lines: Iterable[Sequence[bytes]], price: float = PRICE) -> tuple[list[Needs], list[Spellings]]:
    """Return what all ways of all lines need, and the lists named in them, from the most usual to the rarest.

    A line is given as its branches, as the engine reads them.
    """
    found = [
        (number, branch, way, begins, digits)
        for number, line in enumerate(lines)
        for branch, pattern in enumerate(line)
        for inner, begins in [_inner(pattern.decode("cp1251"))]
        for digits in [least_digits(inner)]
        for way in dict.fromkeys(one for way in ways(inner) for one in _by_length(way))
    ]
    met = _met({bits for *_, way, _, _ in found for bits in (*(link.bits for link in _links(way)), *_anywhere(way))})
    needs = [
        _chosen(number, branch, way, met, price=price, begins=begins)._replace(digits=digits)
        for number, branch, way, begins, digits in found
    ]
    named = {bits for one in needs for bits in (one.trigger, *one.anywhere, *(link.bits for link in one.links))}
    return needs, sorted(named, key=lambda bits: (-met[bits], sorted(bits)))


def bits_of(patterns: Iterable[bytes]) -> list[Spellings]:
    """Return for each pattern bits of which a text must meet one."""
    needs, _ = needs_of(([pattern] for pattern in patterns), PRICE_OF_EXCUSES)
    bits: dict[int, Spellings] = {}
    for one in needs:
        bits[one.line] = bits.get(one.line, frozenset()) | one.trigger
    return [bits[number] for number in sorted(bits)]


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


def _inner(pattern: str) -> tuple[str, bool]:
    """Tell whether a pattern begins a sentence, and leave out what stands before."""
    begins = pattern.startswith(BEFORE_SENTENCE)
    return ("[^а-яa-z0-9]" + pattern.removeprefix(BEFORE_SENTENCE) if begins else pattern), begins


def _chosen(line: int, branch: int, way: Way, met: Mapping[Spellings, float], *, price: float, begins: bool) -> Needs:
    def worth(bits: Spellings) -> tuple[float, list[str]]:
        return NO_PLACE * (bits <= SIGNS) + met[bits] + price * len(bits), sorted(bits)

    links = _links(way)
    anywhere = sorted(dict.fromkeys(_anywhere(way)), key=worth)
    known = sorted({*(link.bits for link in links), *anywhere}, key=worth)
    if not known:
        raise ValueError(f"line {line}, branch {branch}: it may be anything")
    trigger = known[0]
    first_begins = begins and _begins(way)
    worthy = {
        place
        for place in sorted(range(len(links)), key=lambda place: worth(links[place].bits))[:MOST_LINKS]
        if links[place].bits == trigger or _helps(links[place].bits, met)
    }
    kept = _kept(links, worthy | ({0} if first_begins and links and len(links[0].bits) < MOST_ATOMS else set()))
    others = tuple(bits for bits in anywhere if bits != trigger and _helps(bits, met))[:MOST_ANYWHERE]
    begins = first_begins and bool(kept) and kept[0].bits == links[0].bits
    return Needs(line, branch, trigger, others, kept, begins, 0)


def _helps(bits: Spellings, met: Mapping[Spellings, float]) -> bool:
    return len(bits) <= SHORT or (len(bits) < MOST_ATOMS and met[bits] < USUAL)


def _kept(links: list[Link], places: set[int]) -> tuple[Link, ...]:
    """Leave out the other links; how far they reach counts for the next."""
    kept: list[Link] = []
    least = most = 0
    for place, link in enumerate(links):
        least, most = least + link.least, min(FAR, most + link.most)
        if place in places:
            kept.append(Link(link.bits, least, most) if kept else Link(link.bits, 0, 0))
            least = most = 0
    return tuple(kept)


def _begins(way: Way) -> bool:
    """Tell whether the first part is where the way begins."""
    return all(one[:1] == EDGE and one.strip(EDGE + SOFT) for one in way.parts[0])


def _by_length(way: Way) -> Iterator[Way]:
    """Part a way where its spellings differ in how many words they are: each length tells more by itself."""
    groups = [_groups(part) for part in way.parts]
    if math.prod(map(len, groups)) > MOST_LENGTHS:
        yield way
        return
    yield from (Way(parts, way.gaps, way.needs) for parts in product(*groups))


@cache
def _groups(part: Spellings) -> list[Spellings]:
    by_length: dict[int, set[str]] = {}
    for spelling in part:
        by_length.setdefault(_length(spelling), set()).add(spelling)
    return [frozenset(group) for _, group in sorted(by_length.items())]


def _length(spelling: str) -> int:
    return len(spelling.replace(SOFT, EDGE).split())


def _links(way: Way) -> list[Link]:
    """Break the parts of a way into words: where its spellings differ in length, the first, the rarest and the last."""
    links: list[Link] = []
    most, may_end, ends = 0, False, False
    for place, part in enumerate(way.parts):
        most += way.gaps[place - 1] if place else 0
        if not telling(part):
            most += max(map(blanks, part))
            continue
        least = int(ends or all(one[0] == EDGE for one in part))
        most += may_end + any(one[0] in EDGE + SOFT for one in part)
        links.append(Link(_bits(part, 0), least, min(FAR, most)) if links else Link(_bits(part, 0), 0, 0))
        lengths = {_length(one) for one in part}
        if len(lengths) == 1:
            links += [Link(_bits(part, column), 1, 1) for column in range(1, *lengths)]
        else:
            inner = [None, -1] if max(lengths) > 2 else [-1]
            links += [Link(_bits(part, column), 0, max(lengths) - 1) for column in inner]
        most, may_end, ends = 0, any(one[-1] in EDGE + SOFT for one in part), all(one[-1] == EDGE for one in part)
    return links


def _anywhere(way: Way) -> Iterator[Spellings]:
    return (_bits(part, None) for part in way.needs if telling(part))


@cache
def _bits(part: Spellings, which: int | None) -> Spellings:
    """Return of each spelling the first word, the last or the rarest one, cut; one that holds another says no more."""
    bits: set[str] = set()
    for spelling in part:
        words = list(_words(spelling))
        bits.add(min(map(_cut, words), key=lambda bit: (_rarity(bit), bit)) if which is None else _cut(words[which]))
    kept: set[str] = set()
    for bit in sorted(bits, key=lambda bit: (len(bit), bit)):
        if not any(bit[i:j] in kept for i in range(len(bit)) for j in range(i + 1, len(bit) + 1)):
            kept.add(bit)
    return frozenset(kept)


def _words(spelling: str) -> Iterator[str]:
    """Yield the words of a spelling, each with an edge where it surely begins or ends."""
    spelling = spelling.strip(SOFT).replace(SOFT, EDGE)
    words = spelling.split()
    for place, word in enumerate(words):
        begins = place > 0 or spelling[0] == EDGE
        ends = place < len(words) - 1 or spelling[-1] == EDGE
        yield EDGE * begins + word + EDGE * ends


@cache
def _cut(word: str) -> str:
    """Return the bit of a word that tells most."""
    if len(word) <= LONGEST:
        return word
    bits = {word[start : start + LONGEST] for start in range(len(word) - LONGEST + 1)}
    return min(bits, key=lambda bit: (_rarity(bit), bit))


@cache
def _usual() -> tuple[str, ...]:
    """Return lines of posts and questions, and comments with nothing to mark: what people usually write."""
    pages = [*sorted(HERE.glob("lines/*.tsv")), HERE / "lines/citizens.txt"]
    lines = [line.rpartition("\t")[2] for page in pages for line in page.read_text("utf-8").splitlines()]
    rows = [json.loads(row) for page in COMMENTS for row in (OWN / page).read_text("utf-8").splitlines()]
    lines += [row["text"] for row in rows if not row["labels"]]
    texts = (plain_view(line).seen.decode("cp1251") for line in lines)
    return tuple(together("".join(map(sign, text))) + "".join(sorted(SIGNS & set(text))) for text in texts)


@cache
def _grams() -> tuple[Counter[str], ...]:
    """Count all runs of so many letters in the usual texts."""
    return tuple(
        Counter(text[i : i + size] for text in _usual() for i in range(len(text) - size + 1))
        for size in range(LONGEST + 1)
    )


@cache
def _rarity(bit: str) -> float:
    """Tell how often a bit is met, as a logarithm; one that is not met is guessed from its letters by three."""
    _, ones, twos, threes, *_ = counts = _grams()
    guess = (counts[min(len(bit), 3)][bit[:3]] + 0.3) / ones.total()
    for i in range(1, len(bit) - 2):
        guess *= (threes[bit[i : i + 3]] + 0.3) / (twos[bit[i : i + 2]] + 1.5)
    return math.log(counts[len(bit)][bit] / ones.total() + guess)


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
