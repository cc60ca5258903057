"""A municipality's own words: what is added to the shipped lexicon, what is taken out, and whose names are spared.

Kept in the registry with a reason for each word, so that a later reader knows who wanted it and why.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from munsocial.errors import InputError
from munsocial.language.comments import unmask
from munsocial.language.comments.lexicon import CATEGORIES
from munsocial.language.comments.matcher import Find
from munsocial.language.comments.own_places import Apart, OwnPlaces, Place
from munsocial.wording import Text

__all__ = ["OwnWord", "Vocabulary"]

PROTECTED = "protected"
_WORD = re.compile(r"[а-яё]+(?:[ -][а-яё]+)*~?", re.IGNORECASE)
_SHORTEST = 3
_MOST_FINDS = 100  # in a category: nobody needs the hundredth insult of a text
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
    or ``protected`` to spare it everywhere, as surnames and place names want. All its cases are included, and nothing
    else that begins like it; a ``~`` at the end stands for any ending. A word has three letters at least.
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
        yield from (find for find, sparing in self.judged(text, found, again) if sparing is None)

    def judged(
        self, text: str, found: Iterable[Find], again: Callable[[str], Iterable[Find]]
    ) -> Iterator[tuple[Find, OwnWord | None]]:
        """Yield each find, those of the added words too, with the own word that spares it or None."""
        plain = unmask.plain_view(text)
        spared = _Spared(self._sparing, plain)
        for find in found:
            apart = spared[find.category]
            places = apart.over(*find.place()) if apart else []
            stays = not places or (
                find.place() == (0, len(text))
                and any(other.category == find.category for other in again(_without(text, places)))
            )
            yield find, None if stays else self.words[places[0].number]
        yield from self._added(plain, spared)

    def _added(self, plain: unmask.View, spared: _Spared) -> Iterator[tuple[Find, OwnWord | None]]:
        """Yield finds of added words; a protected name is spared where it is the whole find, not within a phrase."""
        left = {word.category: _MOST_FINDS for word in self.words if word.category in CATEGORIES}
        for start, end, number in self._adding.find(plain.seen):
            word = self.words[number]
            if word.category not in left:
                continue
            find = Find(word.category, "own-word", 1.0, _WHY.fill(reason=word.reason), plain, start, end)
            around = spared[word.category].around(*find.place())
            yield find, None if around is None else self.words[around.number]
            left[word.category] -= around is None
            if not left[word.category]:
                del left[word.category]
            if not left:
                return

    @cached_property
    def _sparing(self) -> _Sparing:
        return _Sparing(lambda category: self._places({PROTECTED, f"-{category}"}))

    @cached_property
    def _adding(self) -> OwnPlaces:
        return self._places(CATEGORIES)

    def _places(self, categories: Container[str]) -> OwnPlaces:
        return OwnPlaces({number: word.word for number, word in enumerate(self.words) if word.category in categories})


class _Sparing(dict[str, OwnPlaces]):
    """The words that are spared in a category, made ready when it is first asked for."""

    def __init__(self, make: Callable[[str], OwnPlaces]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, category: str) -> OwnPlaces:
        made = self[category] = self._make(category)
        return made


class _Spared(dict[str, Apart]):
    """What is spared in one text, for each category that is asked for."""

    def __init__(self, sparing: _Sparing, plain: unmask.View) -> None:
        super().__init__()
        self._sparing, self._plain = sparing, plain

    def __missing__(self, category: str) -> Apart:
        found = self._sparing[category].find(self._plain.seen)
        made = self[category] = Apart(Place(*self._plain.span(start, end), number) for start, end, number in found)
        return made


def _without(text: str, places: Iterable[Place]) -> str:
    left = list(text)
    for start, end, _ in places:
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
    if len(word.word.removesuffix("~")) < _SHORTEST:
        raise InputError(
            Text(
                ru="В слове меньше {least} букв: оно нашлось бы где угодно.",
                en="The word has fewer than {least} letters: it would be found anywhere.",
            ).fill(least=_SHORTEST),
            where=f"words / {word.word}",
            remedy=Text(
                ru="Напишите слово целиком, а короткую фамилию вместе с именем.",
                en="Write the whole word; a short surname together with the first name.",
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
