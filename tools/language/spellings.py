"""What any text must hold for a pattern to match it: short lists of spellings, in order, with gaps between them.

A pattern is walked as a tree. A *way* through it is a chain of parts; each part is a set of spellings of which one must
be met, and a gap says how many blanks at most may lie between a part and the next. Where a pattern may be anything, a
part ends and the next begins; where it branches into very different things, there are several ways. Sound, never exact:
a text which follows no way cannot match; a text which does is still tried by the pattern. The idea is Cox's for
trigrams (https://swtch.com/~rsc/regexp/regexp4.html), with order and distance added.

Spellings are written as the gate sees a text (`munsocial.language.comments.gate`): lower case, letters that repeat are
one, any digit is «0», all that is neither letter nor digit is a blank, and where scripts meet a blank is put between
them; such a blank does not count in a gap.
"""

from __future__ import annotations

import re._constants as c  # the tree of a pattern has no public module since Python 3.11
import re._parser as parser
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import Any, NamedTuple

__all__ = [
    "EDGE",
    "FAR",
    "SIGNS",
    "Spellings",
    "Way",
    "blanks",
    "least_digits",
    "sign",
    "telling",
    "together",
    "ways",
]

RUSSIAN = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюя")
LATIN = frozenset("abcdefghijklmnopqrstuvwxyz")
DIGITS = frozenset("0123456789")
SIGNS = frozenset("*#@$%&\xa4_+=/|?")  # told apart from the words: a text holds such a sign, or it does not
EDGE = " "
# Here stands no Russian letter: an edge beside one, but beside others it may be more of them.
SOFT = "\x05"
FAR = 99
MOST_IN_WORD, MOST_ACROSS, MOST_IN_UNION = 500, 32, 1200
MOST_WAYS = 12
MOST_OPTIONAL = 12  # what may be left out tells little: more than this of it is taken for anything

Spellings = frozenset[str]
NOTHING: Spellings = frozenset([""])
EDGES: Spellings = frozenset(["", EDGE, SOFT])


class Way(NamedTuple):
    """One way to match: ``parts`` in order, the most blanks between them, and lists met anywhere.

    A way of one part spells all that the pattern may be; else the first and the last part are its two ends.
    """

    parts: tuple[Spellings, ...]
    gaps: tuple[int, ...] = ()
    needs: frozenset[Spellings] = frozenset()

    @property
    def exact(self) -> bool:
        """Tell whether nothing is unknown."""
        return len(self.parts) == 1

    def lists(self) -> list[Spellings]:
        """Return all lists of which each must be met."""
        return [*filter(telling, self.parts), *self.needs]


_tree = lru_cache(maxsize=2)(parser.parse)  # the same branch is asked about twice in turn


def ways(pattern: str) -> list[Way]:
    """Return all ways to match a pattern."""
    return _sequence(_tree(pattern))


def least_digits(pattern: str) -> int:
    """Return how many digits a text has at the least that matches a pattern."""
    return _least_digits(_tree(pattern))


def _least_digits(items: Iterable[tuple[Any, Any]]) -> int:
    return sum(_digits_of(operator, value) for operator, value in items)


def _digits_of(operator: Any, value: Any) -> int:
    if operator is c.LITERAL:
        return int(chr(value) in DIGITS)
    if operator is c.IN:
        return int(all(one is c.RANGE and {chr(end) for end in ends} <= DIGITS for one, ends in value))
    if operator is c.SUBPATTERN:
        return _least_digits(value[3])
    if operator is c.BRANCH:
        return min(map(_least_digits, value[1]))
    if operator in {c.MAX_REPEAT, c.MIN_REPEAT}:
        return int(value[0]) * _least_digits(value[2])
    return 0


def sign(letter: str) -> str:
    """Return how the gate sees a sign."""
    return letter if letter in RUSSIAN or letter in LATIN else "0" if letter in DIGITS else EDGE


@cache
def telling(spellings: Spellings) -> bool:
    """Tell whether each spelling says more than where a word begins."""
    return all(one.strip(EDGE + SOFT) for one in spellings)


def blanks(spelling: str) -> int:
    """Count the blanks that a spelling may hold."""
    return spelling.count(EDGE) + spelling.count(SOFT)


def together(spelling: str) -> str:
    """Let repeated letters be one and put a blank where scripts meet."""
    told = ""
    for place, letter in enumerate(spelling):
        last, following = told[-1:], spelling[place + 1 : place + 2]
        if letter == SOFT:
            told += _soft(last, following)
        elif last and EDGE not in {letter, last} and _script(letter) != _script(last):
            told += EDGE + letter
        elif letter == "0" or letter != last:
            told += letter
    return told


def _soft(last: str, following: str) -> str:
    if not last and not following:
        return SOFT
    if last == EDGE or following in {EDGE, SOFT}:
        return ""
    return EDGE if following in RUSSIAN or last in RUSSIAN else ""


def _script(letter: str) -> int:
    return 1 if letter in RUSSIAN else 2 if letter in LATIN else 3


def _exact(spellings: Iterable[str]) -> Way:
    return Way((frozenset(spellings),))


def _signs(signs: Iterable[str]) -> Way:
    """Return the way through one of these signs: an edge here, and that there is such a sign."""
    return Way((frozenset([EDGE]),), (), frozenset([frozenset(signs)]))


def _unknown(blanks_inside: int, end: str = "") -> Way:
    return Way((frozenset([end]), frozenset([end])), (blanks_inside,))


def _far(*gaps: int) -> int:
    return min(FAR, sum(gaps))


def _breadth(way: Way) -> int:
    return _far(*way.gaps, *(max(map(blanks, part)) for part in way.parts))


# Joining ways one after another.


@cache
def _product(one: Spellings, two: Spellings) -> Spellings | None:
    """Spell one after the other, unless that would be too many; inside a word more is allowed than across words."""
    across = any(len(x) > 1 and x[-1] in EDGES for x in one) or any(len(y) > 1 and y[0] in EDGES for y in two)
    most = MOST_ACROSS if across else MOST_IN_WORD
    if len(one) * len(two) > 4 * most and min(len(one), len(two)) > 1:
        return None
    spelled = frozenset(_one_after(x, y) for x in one for y in two)
    return spelled if len(spelled) <= max(most, len(one), len(two)) else None


def _one_after(one: str, two: str) -> str:
    """Put spellings together that are in order themselves: only where they meet is there anything to do."""
    if (
        not one
        or not two
        or SOFT in {one[-1], two[0]}
        or (EDGE not in {one[-1], two[0]} and _script(one[-1]) != _script(two[0]))
    ):
        return together(one + two)
    return one + two[one[-1] == two[0] != "0" :]


def _joined(one: Way, two: Way) -> list[Way]:
    end, start = one.parts[-1], two.parts[0]
    met = _product(end, start)
    if met is not None:
        return [_tidy(Way((*one.parts[:-1], met, *two.parts[1:]), one.gaps + two.gaps, one.needs | two.needs))]
    if end & EDGES and end - EDGES:  # where nothing or an edge stands before, the edge is worth keeping
        sides = (Way((*one.parts[:-1], side), one.gaps, one.needs) for side in (end & EDGES, end - EDGES))
        return [way for side in sides for way in _joined(side, two)]
    return [_tidy(Way(one.parts + two.parts, (*one.gaps, 0, *two.gaps), one.needs | two.needs))]


def _tidy(way: Way) -> Way:
    """Leave out inner parts that tell nothing."""
    parts, gaps = [way.parts[0]], list[int]()
    for part, gap in zip(way.parts[1:], way.gaps, strict=True):
        if len(parts) > 1 and not telling(parts[-1]):
            gap = _far(gaps.pop(), max(map(blanks, parts.pop())), gap)
        parts.append(part)
        gaps.append(gap)
    return Way(tuple(parts), tuple(gaps), way.needs)


# Putting ways side by side.


def _merged(ways: list[Way]) -> list[Way]:
    """Let ways that are alike be one."""
    ways = list(dict.fromkeys(ways))
    exact, rest = [way for way in ways if way.exact], [way for way in ways if not way.exact]
    together_ = frozenset[str]().union(*(way.parts[0] for way in exact))
    if len(together_) > MOST_IN_UNION:
        exact, rest = [], rest + [_opened(way) for way in exact]
    made = [Way((together_,), (), frozenset.intersection(*(way.needs for way in exact)))] if exact else []
    return made + _few(rest)


def _few(rest: list[Way]) -> list[Way]:
    rest = _grouped(rest, _shape)
    if len(rest) > MOST_WAYS:
        rest = _grouped(rest, lambda way: (telling(way.parts[0]), telling(way.parts[-1]), bool(way.lists())))
    return rest


def _shape(way: Way) -> object:
    first, last = way.parts[0], way.parts[-1]
    edges = all(one[:1] == EDGE for one in first), all(one[-1:] == EDGE for one in last)
    return tuple(map(telling, way.parts)), bool(way.needs), edges


def _grouped(ways: list[Way], alike: Callable[[Way], object]) -> list[Way]:
    groups: dict[object, list[Way]] = {}
    for way in ways:
        groups.setdefault(alike(way), []).append(way)
    return [_one_of(group) for group in groups.values()]


def _one_of(ways: list[Way]) -> Way:
    """Say of several ways what holds for any of them."""
    if len(ways) == 1:
        return ways[0]
    length = min(len(way.parts) for way in ways)
    needs = frozenset.intersection(*(way.needs for way in ways))
    if all(way.lists() for way in ways):
        rarest = frozenset[str]().union(*(max(way.lists(), key=_tells) for way in ways))
        needs |= {rarest} if len(rarest) <= MOST_IN_UNION else frozenset()
    ways = [_shortened(way, length) for way in ways]
    parts = tuple(frozenset[str]().union(*side) for side in zip(*(way.parts for way in ways), strict=True))
    return Way(parts, tuple(map(max, zip(*(way.gaps for way in ways), strict=True))), needs)


def _tells(spellings: Spellings) -> tuple[int, int, list[str]]:
    return min(len(one.strip(EDGE + SOFT)) for one in spellings), -len(spellings), sorted(spellings)


def _shortened(way: Way, length: int) -> Way:
    """Keep the first part and the last ones: ways of one pattern differ in what comes first and share what follows."""
    cut = len(way.parts) - length
    if not cut:
        return way
    gap = _far(*way.gaps[: cut + 1], *(max(map(blanks, part)) for part in way.parts[1 : cut + 1]))
    return Way((way.parts[0], *way.parts[cut + 1 :]), (gap, *way.gaps[cut + 1 :]), way.needs)


def _opened(way: Way) -> Way:
    """Turn an exact way into one that may be put beside others."""
    spelled = way.parts[0]
    if spelled <= EDGES:
        return Way((spelled, spelled), (1,), way.needs)
    return Way((spelled, NOTHING), (0,), way.needs)


# Walking the tree.


def _sequence(items: Iterable[tuple[Any, Any]]) -> list[Way]:
    found = [_exact([""])]
    for operator, value in items:
        following = _part(operator, value)
        if _may_be_skipped(following) and all(one[-1:] == EDGE for way in found for one in way.parts[-1]):
            # the blank before it serves as the blank after none of it
            following = [Way((NOTHING, following[1].parts[1]), following[1].gaps)]
        found = [way for one in found for two in following for way in _joined(one, two)]
        found = _merged(found) if len(found) > 1 else found
        if len(found) > 2 * MOST_WAYS:
            found = [_one_of([_opened(way) if way.exact else way for way in found])]
    return found


def _may_be_skipped(found: list[Way]) -> bool:
    return len(found) == 2 and found[0] == _exact([""]) and len(found[1].parts) == 2 and found[1].parts[1] == {EDGE}


def _part(operator: Any, value: Any) -> list[Way]:
    if operator is c.LITERAL:
        return [_signs(chr(value)) if chr(value) in SIGNS else _exact([sign(chr(value))])]
    if operator is c.IN:
        return [_class(value)]
    if operator is c.AT:
        return [_exact([""] if value is c.AT_BOUNDARY else [EDGE])]
    if operator is c.SUBPATTERN:
        return _sequence(value[3])
    if operator is c.BRANCH:
        if all(len(branch) == 1 and _is_bound(*branch[0]) for branch in value[1]):
            return [_unknown(1, SOFT)]
        return _merged([way for branch in value[1] for way in _sequence(branch)])
    if operator in {c.MAX_REPEAT, c.MIN_REPEAT}:
        return _repeated(value[0], FAR if value[1] is c.MAXREPEAT else int(value[1]), _merged(_sequence(value[2])))
    return [_unknown(1)]


def _is_bound(operator: Any, value: Any) -> bool:
    return operator is c.AT or (operator is c.IN and _class(value) == _unknown(1, SOFT))


def _class(items: Iterable[tuple[Any, Any]]) -> Way:
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
    if denied:
        if not signs >= RUSSIAN:
            return _unknown(1)
        return _exact([EDGE]) if signs >= LATIN | DIGITS else _unknown(1, SOFT)
    if signs <= SIGNS:
        return _signs(signs)
    seen = frozenset(map(sign, signs))
    if len(seen) <= 12:
        return _exact(seen)
    return _unknown(int(EDGE in seen))


def _repeated(least: int, most: int, body: list[Way]) -> list[Way]:
    only = next(iter(body[0].parts[0])) if len(body) == 1 and body[0].exact and len(body[0].parts[0]) == 1 else ""
    if only == "0":
        if most - least <= 4:
            return [_exact("0" * often for often in range(least, most + 1))]
        return [Way((frozenset(["0" * least]), frozenset(["0" if least else ""])), (0,))]
    if len(only) == 1:
        needs = body[0].needs if least else frozenset[Spellings]()
        return [Way((frozenset([only] if least else [only, ""]),), (), needs)]  # repeated letters are one anyway
    if most == 1 and least:
        return body
    if most == 1 and not _is_much(body):
        return _merged([_exact([""]), *body])
    if most <= 3 and len(body) == 1 and body[0].exact and len(body[0].parts[0]) <= MOST_OPTIONAL:
        return _few_times(least, most, body[0])
    gap = _far(max(map(_breadth, body)) * most)
    starts = frozenset(one[:1] if one[:1] in EDGES else "" for way in body for one in way.parts[0])
    ends = frozenset(one[-1:] if one[-1:] in EDGES else "" for way in body for one in way.parts[-1])
    if least:
        return _merged([Way((way.parts[0], ends), (gap,)) for way in body])
    if ends != {EDGE}:
        return [Way((NOTHING, NOTHING), (gap,))]
    return [_exact([""]), Way((starts, ends), (gap,))]


def _is_much(body: list[Way]) -> bool:
    """Tell whether what may be left out is more than one usual word or a bit of one."""
    across = any(way.gaps or any(map(blanks, part)) for way in body for part in way.parts)
    return across and (len(body) > 1 or not body[0].exact or len(body[0].parts[0]) > MOST_OPTIONAL)


def _few_times(least: int, most: int, body: Way) -> list[Way]:
    times, found = _exact([""]), list[Way]()
    for often in range(most + 1):
        found += [times] if often >= least else []
        (times,) = _joined(times, body)
    return _merged(found)
