"""Many rules over one reading of a text; a pattern runs only for the few lines that the text may need.

Which ones, the words tell (`PlainMatcher`), or a set of the engine where a letter may be hidden (`SetMatcher`). A line
with gaps («A .. B») would make the automaton of a set grow with every combination of half-found lines; therefore a set
knows only the pieces between gaps, and a line all of whose pieces are there is then tried as a whole.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import re2

from munsocial.language.gate import gate
from munsocial.language.lexicon import Rule, engine_options, rules
from munsocial.language.unmask import View
from munsocial.wording import Text

__all__ = ["Find", "Matcher", "PlainMatcher", "SetMatcher", "spans"]

# Nobody needs the hundredth insult of a text; without a bound a hostile text would cost a search for each.
_MOST_PLACES = 20
_MOST_FINDS = 100
# Longer texts than a comment can be are read in parts; no rule reaches further than the overlap.
_LONG = 4000
_OVERLAP = 400


@dataclass(frozen=True, slots=True)
class Find:
    """A place in one reading of a text, in bytes of that reading; ``place`` leads back to the text itself."""

    category: str
    rule: str
    weight: float
    why: Text
    view: View
    start: int
    end: int

    def place(self) -> tuple[int, int]:
        """Return start and end in characters of the original text."""
        return self.view.span(self.start, self.end)


class Matcher:
    """Rules with a way to know which of their lines a text may need; that way is what the kinds differ in."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._lines = [(rule, line) for rule in rules for line in rule.lines]
        self._compiled: dict[int, _Pattern] = {}

    def _hits(self, seen: bytes) -> list[int]:
        raise NotImplementedError

    def finds(self, view: View, known: Container[str] = ()) -> Iterator[Find]:
        """Yield each place that a rule finds and none of its harmless readings overlaps.

        Categories in ``known`` are passed over; the caller may add to it while the finds are taken.
        """
        taken: dict[str, int] = {}
        for start, part in _parts(view.seen):
            for index in self._hits(part):
                rule = self._lines[index][0]
                if (
                    rule.category not in known
                    and (rule.masked or view.kind != "tight")
                    and taken.get(rule.category, 0) < _MOST_FINDS
                ):
                    for find, excused in self._judged(index, view, part, start):
                        taken[rule.category] = taken.get(rule.category, 0) + 1
                        if not excused:
                            yield find

    def excused(self, view: View) -> Iterator[Find]:
        """Yield the places which a rule finds but a harmless reading excuses; for explanations."""
        for start, part in _parts(view.seen):
            for index in self._hits(part):
                yield from (find for find, excused in self._judged(index, view, part, start) if excused)

    def first(self, view: View) -> Iterator[Find]:
        """Yield one place for each rule that finds any; for rules which only count."""
        named: set[str] = set()
        for start, part in _parts(view.seen):
            for index in self._hits(part):
                rule = self._lines[index][0]
                judged = () if rule.id in named else self._judged(index, view, part, start)
                found = next((find for find, excused in judged if not excused), None)
                if found is not None:
                    named.add(rule.id)
                    yield found

    def _judged(self, index: int, view: View, part: bytes, shift: int) -> Iterator[tuple[Find, bool]]:
        rule = self._lines[index][0]
        harmless: list[tuple[int, int]] | None = None
        for start, end in self._places(index, part):
            if harmless is None:
                harmless = list(spans(rule.excuses, part)) if rule.excuses is not None else []
            excused = any(first < end and start < last for first, last in harmless)
            yield Find(rule.category, rule.id, rule.weight, rule.why, view, start + shift, end + shift), excused

    def _places(self, index: int, seen: bytes) -> Iterator[tuple[int, int]]:
        """Yield the places of a line; a set of one pattern says «nowhere», the usual answer, in half the time."""
        ready = self._compiled.get(index)
        if ready is None:
            ready = self._compiled[index] = _Pattern(self._lines[index][1].whole)
        if ready.is_in(seen):
            yield from spans(ready.places, seen)


def _parts(seen: bytes) -> Iterable[tuple[int, bytes]]:
    """Cut a very long text at blanks into parts that overlap, so that each part needs few lines; most are one part."""
    return ((0, seen),) if len(seen) <= _LONG else _cut(seen)


def _cut(seen: bytes) -> Iterator[tuple[int, bytes]]:
    start, length = 0, len(seen)
    while length - start > _LONG:
        end = max(seen.rfind(b" ", start + _LONG // 2, start + _LONG) + 1, 0) or start + _LONG
        yield start, seen[start:end]
        start = max(seen.rfind(b" ", start + 1, end - _OVERLAP), end - 2 * _OVERLAP)
    yield start, seen[start:]


class _Pattern:
    """One line for the engine: first whether it is there at all, then where."""

    def __init__(self, whole: bytes) -> None:
        self._whole = whole
        alone = re2.Set.SearchSet(engine_options())
        alone.Add(whole)
        alone.Compile()
        self.is_in = alone.Match

    @cached_property
    def places(self) -> Any:
        return re2.compile(self._whole, engine_options())


class PlainMatcher(Matcher):
    """The rules that are read plainly, behind the gate of their words; spam is counted apart from what is shown."""

    def __init__(self, *, spam: bool) -> None:
        super().__init__(rule for rule in rules() if rule.view == "plain")
        self._mine = frozenset(i for i, (rule, _) in enumerate(self._lines) if (rule.category == "spam") is spam)
        self._gate = gate()

    def _hits(self, seen: bytes) -> list[int]:
        return [index for index in self._gate.lines(seen) if index in self._mine]


class SetMatcher(Matcher):
    """A few rules compiled together into one set of the engine, for readings that few texts need."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        super().__init__(rules)
        self._needed: list[int] = []
        self._lines_of: list[list[int]] = []
        self._set = re2.Set.SearchSet(engine_options())
        known: dict[bytes, int] = {}
        for index, (_, line) in enumerate(self._lines):
            pieces = set(line.pieces)
            self._needed.append(len(pieces))
            for piece in pieces:
                if piece not in known:
                    known[piece] = self._set.Add(piece)
                    self._lines_of.append([])
                self._lines_of[known[piece]].append(index)
        self._set.Compile()

    def _hits(self, seen: bytes) -> list[int]:
        """Return the lines all of whose pieces are somewhere in the text."""
        hits: list[int] = []
        met: dict[int, int] = {}
        for piece in self._set.Match(seen) or ():
            for index in self._lines_of[piece]:
                met[index] = met.get(index, 0) + 1
                if met[index] == self._needed[index]:
                    hits.append(index)
        return hits


def spans(pattern: Any, seen: bytes) -> Iterator[tuple[int, int]]:
    """Yield the places without the neighbours that bound them; a neighbour may bound two places."""
    at = 0
    for _ in range(_MOST_PLACES):
        found = pattern.search(seen, at)
        if found is None:
            return
        start, end = found.span()
        if found.lastindex:  # a line that begins a sentence: what stands before is not part of the find
            yield found.span(found.lastindex)
        else:
            yield (start + 1 if start else start), max(end - 1, start + 1)
        at = max(end - 1, at + 1)
