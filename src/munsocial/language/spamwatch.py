"""Repetition across a stream: the same text with small changes, from one author or from many.

Two texts are the same when most of their pairs of neighbouring words are: digits, links, signs and look-alike letters
do not count, a changed word or a greeting in front does not help. Memory is bounded, the oldest texts are forgotten.
"""

from __future__ import annotations

import re
from collections import OrderedDict, defaultdict, deque
from dataclasses import dataclass, field
from itertools import pairwise

from munsocial.language.marking import Mark, marks
from munsocial.language.unmask import plain_view
from munsocial.language.vocabulary import Vocabulary
from munsocial.wording import Text

__all__ = ["SpamWatch"]

_WORD = re.compile(rb"[\xe0-\xff]{2,}")
_FEWEST_PAIRS = 4  # «спасибо за ремонт» may be said by everybody
_MOST_PAIRS = 200  # the beginning of a long text is enough to know it again
_ALIKE = 0.6
_HELD_PER_PAIR = 8
_FROM_ONE = Text(ru="один автор повторяет это в {times}-й раз", en="one author repeats this, time {times}")
_FROM_MANY = Text(
    ru="это пишут разные авторы: {times} раз, {authors} авторов", en="{authors} authors wrote this {times} times"
)


@dataclass(slots=True)
class _Group:
    """Texts that are the same for us: the pairs of the first one, and who wrote how often."""

    pairs: frozenset[bytes]
    times: int = 0
    authors: dict[str, int] = field(default_factory=dict)


class SpamWatch:
    """Watches a stream of comments; one object for one stream, not shared by threads.

    Args:
        repeats: the n-th time the same text is marked; a citizen may well ask twice.
        authors: so many different authors of one text are marked too (a campaign or a net of bots).
        remember: how many different texts are kept in mind.
    """

    def __init__(
        self, *, repeats: int = 3, authors: int = 4, remember: int = 10_000, vocabulary: Vocabulary | None = None
    ) -> None:
        self._repeats, self._authors, self._remember = repeats, authors, remember
        self._vocabulary = vocabulary
        self._groups: OrderedDict[int, _Group] = OrderedDict()
        self._by_pair: defaultdict[bytes, deque[int]] = defaultdict(lambda: deque(maxlen=_HELD_PER_PAIR))
        self._next = 0

    def see(self, text: str, *, author: str = "") -> tuple[Mark, ...]:
        """Return the marks of the text, and one more when it repeats what the stream has brought before.

        An empty ``author`` stands for «not known»: such texts count as repeats but as nobody's.
        """
        found = marks(text, vocabulary=self._vocabulary)
        repeated = self.repeated(text, author=author)
        return found if repeated is None else (*found, repeated)

    def repeated(self, text: str, *, author: str = "") -> Mark | None:
        """Remember the text and return a mark when it has come too often."""
        pairs = _pairs(text)
        if len(pairs) < _FEWEST_PAIRS:
            return None
        group = self._group(pairs)
        group.times += 1
        if author and (author in group.authors or len(group.authors) < 1000):
            group.authors[author] = group.authors.get(author, 0) + 1
        return self._judge(group, text, author)

    def _judge(self, group: _Group, text: str, author: str) -> Mark | None:
        own = group.authors.get(author, 0)
        if own >= self._repeats:
            return Mark("spam", 0, len(text), 0.85, _FROM_ONE.fill(times=own), "repeated-by-one")
        if len(group.authors) >= self._authors or (not author and group.times >= self._repeats):
            why = _FROM_MANY.fill(times=group.times, authors=max(len(group.authors), 1))
            return Mark("spam", 0, len(text), 0.75, why, "repeated-by-many")
        return None

    def _group(self, pairs: frozenset[bytes]) -> _Group:
        number = self._alike(pairs)
        if number is None:
            number = self._next = self._next + 1
            self._groups[number] = _Group(pairs)
            for pair in pairs:
                self._by_pair[pair].append(number)
            if len(self._groups) > self._remember:
                self._forget()
        self._groups.move_to_end(number)
        return self._groups[number]

    def _alike(self, pairs: frozenset[bytes]) -> int | None:
        shared: defaultdict[int, int] = defaultdict(int)
        for pair in pairs:
            for number in self._by_pair.get(pair, ()):
                shared[number] += 1
        for number, common in sorted(shared.items(), key=lambda item: -item[1])[:3]:
            group = self._groups.get(number)
            if (
                group is not None
                and common >= _ALIKE * min(len(pairs), len(group.pairs))
                and (common >= _ALIKE / 2 * max(len(pairs), len(group.pairs)))
            ):
                return number
        return None

    def _forget(self) -> None:
        number, group = self._groups.popitem(last=False)
        for pair in group.pairs:
            numbers = self._by_pair.get(pair)
            if numbers is not None and number in numbers:
                numbers.remove(number)
                if not numbers:
                    del self._by_pair[pair]


def _pairs(text: str) -> frozenset[bytes]:
    words = _WORD.findall(plain_view(text[:20_000]).seen)[: _MOST_PAIRS + 1]
    return frozenset(first + b" " + second for first, second in pairwise(words))
