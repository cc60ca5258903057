"""Many rules over one reading of a text, in one pass; the places are looked up only for lines that hit.

A line with gaps («A .. B») would make the automaton of the whole set grow with every combination of half-found lines.
Therefore the set knows only the pieces between gaps; a line all of whose pieces are there is then tried as a whole.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import re2

from munsocial.language.lexicon import Rule, engine_options
from munsocial.language.unmask import View
from munsocial.wording import Text

__all__ = ["Find", "Matcher", "spans"]

# A text of a hundred insults needs no hundred and first; without a bound a hostile text would cost a search for each.
_MOST_PLACES = 64


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
    """A set of rules compiled together."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._lines = [(rule, line) for rule in rules for line in rule.lines]
        self.masked = any(rule.masked for rule, _ in self._lines)
        self._compiled: dict[int, Any] = {}
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

    def finds(self, view: View, known: Container[str] = ()) -> Iterator[Find]:
        """Yield each place that a rule finds and none of its harmless readings overlaps.

        Categories in ``known`` are passed over; the caller may add to it while the finds are taken.
        """
        for index in self._hits(view.seen):
            rule, _ = self._lines[index]
            if rule.category not in known and (rule.masked or view.kind != "tight"):
                yield from (find for find, excused in self._judged(index, view) if not excused)

    def excused(self, view: View) -> Iterator[Find]:
        """Yield the places which a rule finds but a harmless reading excuses; for explanations."""
        for index in self._hits(view.seen):
            yield from (find for find, excused in self._judged(index, view) if excused)

    def first(self, view: View) -> Iterator[Find]:
        """Yield one place for each rule that finds any; for rules which only count."""
        named: set[str] = set()
        for index in self._hits(view.seen):
            rule, _ = self._lines[index]
            if rule.id not in named and (found := next((f for f, no in self._judged(index, view) if not no), None)):
                named.add(rule.id)
                yield found

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

    def _judged(self, index: int, view: View) -> Iterator[tuple[Find, bool]]:
        rule, _ = self._lines[index]
        harmless: list[tuple[int, int]] | None = None
        for start, end in self._places(index, view.seen):
            if harmless is None:
                harmless = list(spans(rule.excuses, view.seen)) if rule.excuses is not None else []
            excused = any(first < end and start < last for first, last in harmless)
            yield Find(rule.category, rule.id, rule.weight, rule.why, view, start, end), excused

    def _places(self, index: int, seen: bytes) -> Iterator[tuple[int, int]]:
        pattern = self._compiled.get(index)
        if pattern is None:
            pattern = self._compiled[index] = re2.compile(self._lines[index][1].whole, engine_options())
        yield from spans(pattern, seen)


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
