"""Repetition across a stream: the same text with small changes, from one author or from many.

Two texts are the same when most of their words are, in whatever order: digits, links, signs, endings and look-alike
letters do not count, a changed word or a greeting in front does not help. Of a few words two may be changed when one
author says them. What many say in the same words without being told to (thanks, good wishes, votes, «когда дадут
свет?») is no repetition, or much later one. Memory is bounded, the oldest texts are forgotten.
"""

from __future__ import annotations

import re
from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import combinations
from operator import xor

from munsocial.errors import InputError
from munsocial.language.comments.marking import Mark, categories, marks
from munsocial.language.comments.unmask import plain_view
from munsocial.language.comments.vocabulary import Vocabulary
from munsocial.language.questions import SIGNALS, is_question, measure
from munsocial.language.reading.tables import word_set
from munsocial.model.given import is_a
from munsocial.wording import Text

__all__ = ["SpamWatch"]

_STEM = 5
_STEMS = re.compile(rb"([\xe0-\xff]{3,5})[\xe0-\xff]*")
_ANY_STEMS = re.compile(rb"([a-z\xe0-\xff]{3,5})[a-z\xe0-\xff]*")
_STRETCHED = re.compile(rb"([\xe0-\xff])\1{2,}")
_LONG_VOWELS = tuple(3 * vowel.encode("cp1251") for vowel in "аеиоуыэюя")
_READ = 20_000
_MOST_WORDS = 60  # the beginning of a long text is enough to know it again

_SHORT = 5  # «спасибо за ремонт» may be said by everybody
_OWN_WORDS = 8  # and fewer than these different people choose by themselves: «третий день нет воды на Мира»
_LEAST = 4  # with fewer words only the very same words are the same text
_ALIKE, _ALIKE_SHORT, _OF_THE_LONGER = 0.7, 0.75, 0.5
_ALIKE_OF_ONE = 0.6  # of the few words of one author: neighbours with different streets stay apart
_TRIED = 2
_KNOWN_AUTHORS = 1000

_KIND_SHARE = 0.5  # of the words: «С праздником, земляки, здоровья и счастья всем!»

_FROM_ONE = Text(ru="один автор повторяет это в {times}-й раз", en="one author has written this {times} times")
_FROM_MANY = Text(
    ru="это пишут разные авторы (авторов: {authors}, раз: {times})",
    en="different authors write this (authors: {authors}, times: {times})",
)
_FROM_NOBODY_KNOWN = Text(
    ru="это повторяется в {times}-й раз, автор неизвестен", en="this was written {times} times; the author is not known"
)
_LEAST_SETTINGS = {"repeats": 2, "authors": 2, "remember": 1}


@dataclass(frozen=True, slots=True)
class _Patience:
    """How many times longer than usual a text may be repeated, and how sure we are then."""

    one: int
    many: int | None  # None: however many say it, it is their own
    less_sure: float = 0.0


_AT_ONCE = _Patience(1, 1)
_OWN_WORDS_OF_MANY = _Patience(1, None)
_FOR_QUESTIONS = _Patience(2, 5, 0.25)  # who gets no answer asks again, and so do the neighbours
_FOR_SHORT = _Patience(3, None, 0.2)
_FOR_KIND = _Patience(4, None, 0.25)
_IN_EARNEST = ("request", "ask_verb", "li", "mark", "asks", "trouble")
"""Signs of a question or a complaint to the authorities; a call to everybody («приходите на почту») has none."""


@dataclass(slots=True)
class _Group:
    """Texts that are the same for us: the words of the first one, and who wrote how often."""

    words: frozenset[int]
    times: int = 0
    authors: dict[str, int] = field(default_factory=dict)
    patience: _Patience | None = None


@cache
def _kind_words() -> frozenset[bytes]:
    return frozenset(word.encode("cp1251")[:_STEM] for word in word_set("kind_words"))


class SpamWatch:
    """Watches a stream of comments; one object for one stream, not shared by threads.

    Args:
        repeats: the n-th time the same text is marked; a citizen may well ask twice. Questions to the authorities, good
            wishes and very short texts are waited for longer, unless they are spam by themselves.
        authors: so many different authors of one text are marked too (a campaign or a net of bots).
        remember: how many different texts are kept in mind.

    Raises:
        InputError: ``repeats`` or ``authors`` under 2 (what is said once is no repetition), ``remember`` under 1.
    """

    def __init__(
        self, *, repeats: int = 3, authors: int = 4, remember: int = 10_000, vocabulary: Vocabulary | None = None
    ) -> None:
        _check(repeats=repeats, authors=authors, remember=remember)
        self._repeats, self._authors, self._remember = repeats, authors, remember
        self._vocabulary = vocabulary
        self._groups: OrderedDict[int, _Group] = OrderedDict()
        self._leads: dict[int, int] = {}  # a pair of neighbours or all the words: the last text that had them
        self._next = 0

    def see(self, text: str, *, author: str = "") -> tuple[Mark, ...]:
        """Return the marks of the text, and one more when it repeats what the stream has brought before.

        An empty ``author`` stands for «not known»: such texts count as repeats but as nobody's.
        """
        found = marks(text, vocabulary=self._vocabulary)
        repeated = self._repeated(text, author, any(mark.category == "spam" for mark in found))
        return found if repeated is None else (*found, repeated)

    def repeated(self, text: str, *, author: str = "") -> Mark | None:
        """Remember the text and return a mark when it has come too often."""
        return self._repeated(text, author, None)

    def _repeated(self, text: str, author: str, spam: bool | None) -> Mark | None:
        is_a(str, text, "text")
        words = _words(text)
        if len(words) < 2:
            return None
        group = self._group(list(map(_number, words)), author)
        group.times += 1
        if author and (author in group.authors or len(group.authors) < _KNOWN_AUTHORS):
            group.authors[author] = group.authors.get(author, 0) + 1
        own = group.authors.get(author, 0)
        many = len(group.authors) if author else group.times
        if own < self._repeats and many < min(self._repeats, self._authors):
            return None
        if group.patience is None:
            if spam is None:
                spam = "spam" in categories(text, vocabulary=self._vocabulary)
            group.patience = _AT_ONCE if spam else _patience(text, words)
        return self._judge(group, text, author)

    def _judge(self, group: _Group, text: str, author: str) -> Mark | None:
        patience = group.patience or _AT_ONCE
        own, authors = group.authors.get(author, 0), len(group.authors)
        if own >= self._repeats * patience.one:
            why = _FROM_ONE.fill(times=own)
            return Mark("spam", 0, len(text), round(0.85 - patience.less_sure, 2), why, "repeated-by-one")
        if patience.many is None:
            return None
        by_many = authors >= self._authors * patience.many
        if by_many or (not author and group.times >= self._repeats * patience.many):
            why = (_FROM_MANY if by_many else _FROM_NOBODY_KNOWN).fill(times=group.times, authors=authors)
            return Mark("spam", 0, len(text), round(0.75 - patience.less_sure, 2), why, "repeated-by-many")
        return None

    def _group(self, words: list[int], author: str) -> _Group:
        known = frozenset(words)
        whole = hash(known)
        features = set(map(xor, words, words[1:])) if len(known) >= _LEAST else set()
        features.add(whole)
        own = _pairs_of(author, known) if author and _LEAST <= len(known) < _OWN_WORDS else set()
        number = self._alike(known, whole, features)
        if number is None and own:
            number = self._led_to(own, lambda there: _same_of_one(known, there))
        if number is None:
            number = self._next = self._next + 1
            self._groups[number] = _Group(known)
            if len(self._groups) > self._remember:
                self._groups.popitem(last=False)
            if number % self._remember == 0:
                self._sweep()
        else:
            self._groups.move_to_end(number)
        self._leads.update(dict.fromkeys(features | own, number))
        return self._groups[number]

    def _alike(self, known: frozenset[int], whole: int, features: set[int]) -> int | None:
        """The number of a text remembered that is the same as this one."""
        groups = self._groups
        exactly = self._leads.get(whole)
        if exactly is not None and exactly in groups and groups[exactly].words == known:
            return exactly
        return self._led_to(features, lambda there: _same(known, there))

    def _led_to(self, features: set[int], alike: Callable[[frozenset[int]], bool]) -> int | None:
        """The number of a text remembered to which most of these features lead, if it is like this one."""
        groups = self._groups
        led = Counter(map(self._leads.get, features))
        del led[None]
        for _ in range(_TRIED):
            number = max(led, key=lambda one: (led[one], one), default=None)  # of two the later one, whatever the order
            if number is None or led[number] < 2:
                break
            if number in groups and alike(groups[number].words):
                return number
            del led[number]
        return None

    def _sweep(self) -> None:
        """Forget what leads to texts that are forgotten."""
        groups = self._groups
        self._leads = {feature: number for feature, number in self._leads.items() if number in groups}


def _same(one: frozenset[int], two: frozenset[int]) -> bool:
    least, most = (len(one), len(two)) if len(one) < len(two) else (len(two), len(one))
    share = _ALIKE if least >= _OWN_WORDS else _ALIKE_SHORT if least > _LEAST else 1
    common = len(one & two)
    return least >= _LEAST and common >= share * least and common >= _OF_THE_LONGER * most


def _same_of_one(one: frozenset[int], two: frozenset[int]) -> bool:
    """Tell whether one author means the same by these few words."""
    return len(one & two) >= _ALIKE_OF_ONE * max(len(one), len(two))


def _pairs_of(author: str, known: frozenset[int]) -> set[int]:
    """Any two words of this author: three that stay lead back to a text of which the others were changed."""
    whose = _number(author.encode("utf-8", "surrogatepass"))
    return {hash((whose, one ^ two)) for one, two in combinations(known, 2)}


@lru_cache(maxsize=1 << 16)
def _number(word: bytes) -> int:
    """A number for a word, the same in every process, so that a stream read again gives the same marks.

    Of numbers, Python's own ``hash`` is the same everywhere too, of texts and bytes it is not.
    """
    return int.from_bytes(blake2b(word, digest_size=7).digest(), "big")


def _check(**given: int) -> None:
    for name, number in given.items():
        least = _LEAST_SETTINGS[name]
        if not isinstance(number, int) or number < least:
            raise InputError(
                Text(ru="здесь не может стоять {number}.", en="this cannot be {number}.").fill(number=number),
                where=f"SpamWatch / {name}",
                remedy=Text(ru="Нужно целое число от {least}.", en="Give a whole number from {least} on.").fill(
                    least=least
                ),
            )


def _words(text: str) -> list[bytes]:
    """Beginnings of the first words of a text, without stretched letters; of a foreign text its Latin words."""
    seen = plain_view(text if len(text) <= _READ else text[:_READ]).seen
    if any(map(seen.__contains__, _LONG_VOWELS)):
        seen = _STRETCHED.sub(rb"\1", seen)
    words = _STEMS.findall(seen)
    if len(words) < 2:
        words = _ANY_STEMS.findall(seen.lower())
    return words[:_MOST_WORDS]


def _patience(text: str, words: list[bytes]) -> _Patience:
    """How long a text that is no spam by itself is waited for when it comes again."""
    if sum(map(_kind_words().__contains__, words)) >= _KIND_SHARE * len(words):
        return _FOR_KIND
    if _asks(text):
        return _FOR_QUESTIONS
    different = len(set(words))
    return _FOR_SHORT if different < _SHORT else _OWN_WORDS_OF_MANY if different < _OWN_WORDS else _AT_ONCE


def _asks(text: str) -> bool:
    found = dict(zip(SIGNALS, measure(text)[1], strict=True))
    return any(found[name] for name in _IN_EARNEST) and is_question(text)
