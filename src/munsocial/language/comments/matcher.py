"""Many rules over one reading of a text; a pattern runs only for the few lines that the text may need.

Which ones, the gate tells (`PlainMatcher`), or a set of the engine where a letter may be hidden (`SetMatcher`). A line
is tried branch by branch, so that only what the text may need is ever compiled.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from munsocial.language.comments.gate import gate
from munsocial.language.comments.harmless import readings
from munsocial.language.comments.lexicon import Rule, compiled, rules
from munsocial.language.comments.unmask import HIDDEN, View
from munsocial.language.comments.ways import Place
from munsocial.language.engine import Pattern, which_of
from munsocial.wording import Text

__all__ = ["Find", "HiddenMatcher", "Matcher", "PlainMatcher", "SetMatcher"]

_MOST_FINDS = 100  # nobody needs the hundredth insult of a text
_ALL = -1  # of the branches of a line
# Longer texts than a comment can be are read in parts; no rule reaches further than the overlap.
_LONG = 4000
_OVERLAP = 400
_BEFORE_HIDDEN = re.compile(rb"(?<![\xe0-\xff" + HIDDEN + rb"])([\xe0-\xff]*)" + HIDDEN)
_SAME_AS_NEXT = re.compile(rb"(.)(?=\1)")
_MOST_OF_START = 3


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

    @classmethod
    def of_whole(cls, category: str, rule: str, weight: float, why: Text, view: View) -> Find:
        """Return a find that is the whole of what was read."""
        return cls(category, rule, weight, why, view, 1, len(view.seen) - 1)

    def place(self) -> tuple[int, int]:
        """Return start and end in characters of the original text."""
        return self.view.span(self.start, self.end)


class Matcher:
    """Rules with a way to know which of their lines a text may need; that way is what the kinds differ in."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._lines = [(rule, line) for rule in rules for line in rule.lines]
        self._pattern: Mapping[Place, Pattern] = _Made(lambda place: Pattern(self._written(place)))

    def _near(self, seen: bytes, *, masked: bool = False) -> Iterable[Place]:
        """Return the places which may match, in order; perhaps of masked rules only."""
        raise NotImplementedError

    def finds(self, view: View, known: Container[str] = (), *, where: bool = True) -> Iterator[Find]:
        """Yield each place that a rule finds and none of its harmless readings overlaps.

        Categories in ``known`` are passed over; the caller may add to it while the finds are taken. Who does not ask
        ``where`` gets the whole view as the place of a line that nothing in the text could excuse.
        """
        taken: dict[str, int] = {}

        def wanted(rule: Rule) -> bool:
            return rule.category not in known and taken.get(rule.category, 0) < _MOST_FINDS

        for start, part in _parts(view.seen):
            for index, branches in self._there(part, wanted, masked=view.kind == "tight").items():
                rule = self._lines[index][0]
                if wanted(rule):
                    for find, excused in self._judged(index, branches, view, part, start, where=where):
                        taken[rule.category] = taken.get(rule.category, 0) + 1
                        if not excused:
                            yield find

    def excused(self, view: View) -> Iterator[Find]:
        """Yield the places which a rule finds but a harmless reading excuses; for explanations."""
        for start, part in _parts(view.seen):
            for index, branches in self._there(part).items():
                yield from (find for find, excused in self._judged(index, branches, view, part, start) if excused)

    def first(self, view: View) -> Iterator[Find]:
        """Yield one find for each rule that has any, wherever it is; for rules which only count."""
        named: set[str] = set()
        for start, part in _parts(view.seen):
            for index, branches in self._there(part, lambda rule: rule.id not in named).items():
                rule = self._lines[index][0]
                judged = () if rule.id in named else self._judged(index, branches, view, part, start, where=False)
                found = next((find for find, excused in judged if not excused), None)
                if found is not None:
                    named.add(rule.id)
                    yield found

    def _there(
        self, seen: bytes, wanted: Callable[[Rule], bool] = lambda _: True, *, masked: bool = False
    ) -> dict[int, list[int]]:
        """Return the lines of wanted rules that match, each with its branches that do; «none» is the usual answer."""
        there: dict[int, list[int]] = {}
        for place in self._near(seen, masked=masked):
            index, branch = place
            if wanted(self._lines[index][0]) and self._pattern[place].is_there(seen):
                there.setdefault(index, []).append(branch)
        return there

    def _judged(
        self, index: int, branches: Sequence[int], view: View, part: bytes, shift: int, *, where: bool = True
    ) -> Iterator[tuple[Find, bool]]:
        rule = self._lines[index][0]
        harmless = [span for one in rule.excuses for span in readings(one, part)]
        if not harmless and not where:
            yield Find.of_whole(rule.category, rule.id, rule.weight, rule.why, view), False
            return
        pattern = self._pattern[index, branches[0] if len(branches) == 1 else _ALL]
        for start, end in pattern.spans(part):
            excused = any(first < end and start < last for first, last in harmless)
            yield Find(rule.category, rule.id, rule.weight, rule.why, view, start + shift, end + shift), excused

    def _written(self, place: Place) -> bytes:
        index, branch = place
        line = self._lines[index][1]
        return line.whole if branch == _ALL else line.branch(branch)


class _Made(dict[Place, Pattern]):
    """What is made for a place when it is first asked for."""

    def __init__(self, make: Callable[[Place], Pattern]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, place: Place) -> Pattern:
        made = self[place] = self._make(place)
        return made


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


class PlainMatcher(Matcher):
    """The rules that are read plainly, behind the gate of their words; spam is counted apart from what is shown."""

    def __init__(self, *, spam: bool) -> None:
        super().__init__(rule for rule in rules() if rule.view == "plain")
        self._spam = spam
        self._gate = gate()

    def _near(self, seen: bytes, *, masked: bool = False) -> Sequence[Place]:
        text = self._gate.opened(seen)
        near = text.apart if self._spam else text.shown
        return [place for place in near if self._lines[place[0]][0].masked] if masked else near

    def meets_more(self, view: View, plain: View) -> bool:
        """Tell whether words that were put together in the view, or torn at the end of a line, may matter to a rule."""
        torn = b"-\n" in plain.seen
        return torn or len(view.seen) > _LONG or self._gate.meets_more(view.seen, plain.seen)

    def passes(self, view: View) -> bool:
        """Tell whether no line that is shown needs to be tried."""
        return len(view.seen) <= _LONG and not self._gate.opened(view.seen).shown

    def most(self, view: View) -> float:
        """Return the most that the rules could weigh together, before any is tried."""
        if len(view.seen) <= _LONG and not self._near(view.seen):
            return 0.0
        near: dict[str, float] = {}
        for _, part in _parts(view.seen):
            for line, _ in self._near(part):
                rule = self._lines[line][0]
                near[rule.id] = max(rule.weight, 0.0)
        return sum(near.values())


class HiddenMatcher(Matcher):
    """The rules that are read with hidden letters; a line is tried if what is seen of a word may begin it."""

    def __init__(self) -> None:
        super().__init__(rule for rule in rules() if rule.view == "hidden")
        starts = dict(enumerate(compiled().starts))
        # Lines that may begin with anything are asked for in every text: one question for all of them.
        self._unbound = [line for line in starts if not starts[line]]
        self._which = which_of(self._lines[line][1].whole for line in self._unbound)
        # The others by how a word of theirs starts, and by any beginning of that.
        self._started: dict[bytes, set[int]] = defaultdict(set)
        self._begun: dict[bytes, set[int]] = defaultdict(set)
        for line in starts.keys() - self._unbound:
            for start in starts[line].encode("cp1251").split(b"|"):
                self._started[start].add(line)
                for length in range(len(start) + 1):
                    self._begun[start[:length]].add(line)

    def _near(self, seen: bytes, *, masked: bool = False) -> Iterable[Place]:
        heads = {_SAME_AS_NEXT.sub(b"", head)[:_MOST_OF_START] for head in _BEFORE_HIDDEN.findall(seen)}
        unbound = [self._unbound[number] for number in self._which(seen) or ()]
        return [(line, _ALL) for line in sorted(set(unbound).union(*map(self._lines_of, heads)))]

    def _lines_of(self, head: bytes) -> set[int]:
        """Return the lines of which a start is the beginning of the head, or the other way about."""
        shorter = (self._started.get(head[:length], ()) for length in range(len(head)))
        return set().union(self._begun.get(head, ()), *shorter)


class SetMatcher(Matcher):
    """A few rules compiled together into one set of the engine, for readings that few texts need."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        super().__init__(rules)
        self._which = which_of(line.whole for _, line in self._lines)

    def _near(self, seen: bytes, *, masked: bool = False) -> Iterable[Place]:
        return [(line, _ALL) for line in sorted(self._which(seen) or ())]
