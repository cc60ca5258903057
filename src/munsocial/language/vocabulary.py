"""A municipality's own words: what is added to the shipped lexicon, what is taken out, and whose names are spared.

Kept in the registry with a reason for each word, so that a later reader knows who wanted it and why.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from munsocial.errors import InputError
from munsocial.language import unmask
from munsocial.language.engine import Pattern
from munsocial.language.lexicon import CATEGORIES
from munsocial.language.matcher import Find
from munsocial.wording import Text

__all__ = ["OwnWord", "Vocabulary"]

PROTECTED = "protected"
_WORD = re.compile(r"[а-яё]+(?:[ -][а-яё]+)*~?", re.IGNORECASE)
_WHY = Text(ru="слово из списка муниципалитета: {reason}", en="a word from the municipality's own list: {reason}")


class _Entry(Protocol):
    @property
    def word(self) -> str: ...
    @property
    def category(self) -> str: ...
    @property
    def reason(self) -> str: ...


@dataclass(frozen=True, slots=True)
class OwnWord:
    """A word with what is to be done about it.

    ``category`` is one of `CATEGORIES` to add the word there, ``-insult`` (and so on) to take it out of that category,
    or ``protected`` to spare it everywhere, as surnames and place names want. The usual case endings are included;
    a ``~`` at the end stands for any ending.
    """

    word: str
    category: str
    reason: str


@dataclass(frozen=True)
class Vocabulary:
    """Own words made ready for reading; pass it to `marks` and the other functions.

    Raises:
        InputError: a word which is no Russian word, or a category which does not exist.
    """

    words: tuple[OwnWord, ...] = ()

    def __post_init__(self) -> None:
        for word in self.words:
            _check(word)

    @classmethod
    def of(cls, entries: Iterable[_Entry]) -> Vocabulary:
        """Take the words of a registry (``registry.words``) or anything with word, category and reason."""
        return cls(tuple(OwnWord(entry.word, entry.category, entry.reason) for entry in entries))

    def applied(self, text: str, found: Iterable[Find], again: Callable[[str], Iterable[Find]]) -> Iterator[Find]:
        """Yield what is left of the finds, then the finds of the added words.

        A find in a whole text stays where the text, read ``again`` without the words that are spared, still has it.
        """
        if not self.words:
            yield from found
            return
        plain = unmask.plain_view(text)
        spared: dict[str, list[tuple[int, int]]] = {}
        for find in found:
            if find.category not in spared:
                spared[find.category] = self._places(find.category, plain)
            start, end = find.place()
            places = [(first, last) for first, last in spared[find.category] if first < end and start < last]
            if not places or (
                (start, end) == (0, len(text))
                and any(other.category == find.category for other in again(_without(text, places)))
            ):
                yield find
        yield from self._added(plain)

    def _places(self, category: str, plain: unmask.View) -> list[tuple[int, int]]:
        pattern = self._sparing.get(category)
        return [plain.span(*span) for span in pattern.spans(plain.seen)] if pattern is not None else []

    def _added(self, plain: unmask.View) -> Iterator[Find]:
        for word, pattern in self._adding:
            for start, end in pattern.spans(plain.seen):
                yield Find(word.category, "own-word", 1.0, _WHY.fill(reason=word.reason), plain, start, end)

    @cached_property
    def _sparing(self) -> dict[str, Pattern]:
        chosen = {name: [w.word for w in self.words if w.category in {PROTECTED, f"-{name}"}] for name in CATEGORIES}
        return {name: _pattern(words) for name, words in chosen.items() if words}

    @cached_property
    def _adding(self) -> list[tuple[OwnWord, Pattern]]:
        return [(word, _pattern([word.word])) for word in self.words if word.category in CATEGORIES]


def _without(text: str, places: Iterable[tuple[int, int]]) -> str:
    left = list(text)
    for start, end in places:
        left[start:end] = " " * (end - start)
    return "".join(left)


def _check(word: OwnWord) -> None:
    if not _WORD.fullmatch(word.word):
        raise InputError(
            Text(ru="Это не русское слово.", en="This is not a Russian word."),
            where=f"words / {word.word!r}",
            remedy=Text(
                ru="Напишите слово русскими буквами; «~» в конце значит любое окончание.",
                en="Write the word in Russian letters; «~» at the end stands for any ending.",
            ),
        )
    if word.category.removeprefix("-") not in CATEGORIES and word.category != PROTECTED:
        raise InputError(
            Text(ru="Нет категории «{name}».", en="There is no category «{name}».").fill(name=word.category),
            where=f"words / {word.word}",
            remedy=Text(ru="Возможны: {names}.", en="Possible: {names}.").fill(
                names=", ".join([*CATEGORIES, *(f"-{name}" for name in CATEGORIES), PROTECTED])
            ),
        )


def _pattern(words: Iterable[str]) -> Pattern:
    return Pattern(f"[^а-я](?:{'|'.join(map(_forms, words))})[^а-я]".encode("cp1251"))


def _forms(word: str) -> str:
    """Spell a word with its endings: the last vowel may change, up to three letters may follow."""
    seen = word.lower().replace("ё", "е")
    if seen.endswith("~"):
        return seen[:-1].replace(" ", "[^а-я]+") + "[а-я]*"
    stem = seen[:-1] if len(seen) > 3 and seen[-1] in "аяоеыиьйу" else seen
    return stem.replace(" ", "[^а-я]+") + "[а-я]{0,3}"
