"""Every place that a text names, with the words that stand around it. Decides nothing about whose question it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from munsocial.language.editor.words import SENTENCE_END, Words
from munsocial.language.places.index import Hit, Index
from munsocial.language.places.toponyms import TYPE_WORD, Part, common_word

__all__ = ["Mention", "foreign_by_form", "mentions", "stands_as_place"]

_STREET = re.compile(
    r"ул|улиц[аыеуй]|улицей|улочк[аеиу]|пер|переул(?:ок|ка|ке|ку|ком)|просп|пр-т|проспект[ае]?|проезд[ае]?|бульвар[ае]?|площад[ьи]|наб|набережн\w+|тупик[ае]?|шоссе|пр-кт|квартал[ае]?"
)
_STREET_AFTER = re.compile(
    r"улиц[аыеуй]|улицей|улочк[аеиу]|переул(?:ок|ка|ке|ку|ком)|проспект[ае]?|проезд[ае]?|площад[ьи]|бульвар[ае]?"
)
_DISTRICT_AFTER = re.compile(
    r"район\w{0,3}|р-н\w?|районн\w+|муниципальн\w+|межмуниципальн\w+|област\w+|обл|кра[йяюе]|краем|республик\w+|губерни\w+"
)
_ABBREVIATED = frozenset(["г", "с", "х", "п", "ст", "пос", "дер", "д", "сл", "а", "гор", "ст-ца", "пгт", "рп"])
_NOT_PLACE_BEFORE = frozenset(["имени", "им", "памяти", "фамилия"])
_PREPOSITIONS = frozenset(
    [
        "в",
        "во",
        "из",
        "до",
        "под",
        "от",
        "у",
        "около",
        "возле",
        "близ",
        "через",
        "за",
        "к",
        "ко",
        "с",
        "со",
        "на",
        "по",
        "для",
        "над",
        "между",
    ]
)


class Mention(NamedTuple):
    """Words `first`..`last` (inclusive) name the place with number `place`."""

    first: int
    last: int
    place: int
    part: Part
    ending: str
    exact: bool


def _previous(words: Words, i: int) -> str:
    return words.plain[i - 1] if i else ""


def _next(words: Words, i: int) -> str:
    return words.plain[i + 1] if i + 1 < len(words.plain) else ""


def type_before(words: Words, i: int) -> str:
    """The generic word before word `i` (станица, хутор, «х.»), or an empty string."""
    before = _previous(words, i)
    if not before or TYPE_WORD.fullmatch(before) is None:
        return ""
    if before in _ABBREVIATED:
        return before if words.text[words.ends[i - 1] : words.starts[i]].startswith(".") else ""
    return before


def in_street(words: Words, first: int, last: int) -> bool:
    """Whether the words name a street: beside a street word, or with a house number after them."""
    before, after = _previous(words, first), _next(words, last)
    if before and _STREET.fullmatch(before):
        return SENTENCE_END.isdisjoint(words.gap(first - 1).replace(".", "", 1))
    if after and _STREET_AFTER.fullmatch(after):
        return words.gap(last) == " "
    return bool(after) and after[0].isdigit() and words.gap(last) in (" ", ", ") and _house(after)


def _house(word: str) -> bool:
    return len(word.rstrip("абвгд")) <= 3 and word.rstrip("абвгд").isdigit()


def _trusted(words: Words, first: int, last: int, name: str, hit: Hit) -> bool:
    """Whether a name that may be an everyday word is a name here."""
    if hit.part is not Part.NAME or not common_word(name):
        return True
    if type_before(words, first):
        return True
    if words.capital(first) and (not words.closed_before(first) or (last > first and words.capital(last))):
        return True
    after = words.text[words.ends[last] : words.ends[last] + 1]
    if words.capital(first):
        return after in (":", ",", ".") or not _next(words, last)
    lower = words.text.islower()
    return lower and _previous(words, first) in ("в", "во", "из", "до", "у", "под")


def _agrees(words: Words, index: Index, hit: Hit, first: int) -> bool:
    """A short form needs a sign that it is a place; a slip needs one too unless it is long."""
    if hit.part is Part.SHORT:
        near = type_before(words, first) or _previous(words, first) in _PREPOSITIONS
        return bool(near) or words.capital(first) or words.text.islower()
    return True


def mentions(words: Words, index: Index) -> Iterator[Mention]:
    """Places of the index in the order of the text; a word is read once, a name of several words before its parts."""
    plain, i = words.plain, 0
    while i < len(plain):
        found = list(_at(words, index, i))
        if not found:
            i += 1
            continue
        yield from found
        i = max(mention.last for mention in found) + 1


_PATRONYMIC = re.compile(r"[а-я]{2,20}(?:ович|евич|ич|овна|евна|ична)[а-яё]{0,3}")


def stands_as_place(words: Words, mention: Mention) -> bool:
    """Whether a name that may also be a person's or an animal's (Владимир, Орёл) stands where a place would."""
    if not words.capital(mention.first):
        return False
    if type_before(words, mention.first) or _previous(words, mention.first) in _PREPOSITIONS:
        return _PATRONYMIC.fullmatch(_next(words, mention.last)) is None
    after = words.text[words.ends[mention.last] : words.ends[mention.last] + 2].strip()
    return mention.first == 0 and (after in (",", ":", "—", "-", "–", ".") or not _next(words, mention.last))


def _at(words: Words, index: Index, i: int) -> Iterator[Mention]:
    for last, hits in _candidates(words, index, i):
        good = [
            hit
            for hit in _of_gender(hits, words, index, i)
            if not _spoilt(words, i, last)
            and _trusted(words, i, last, index.places[hit.place].plain, hit)
            and _agrees(words, index, hit, i)
        ]
        if good:
            for hit in good:
                yield Mention(i, last, hit.place, hit.part, hit.ending, hit.exact)
            return


def _candidates(words: Words, index: Index, i: int) -> Iterator[tuple[int, list[Hit]]]:
    plain = words.plain
    for hit, size in index.phrases(plain, i):
        yield i + size - 1, [hit]
    parts = plain[i].replace("-", "") if "-" in plain[i] else plain[i]
    yield i, list(index.find(parts))
    if len(plain[i]) >= 3 and i + 1 < len(plain) and words.gap(i) in (" ", " - ", " – "):
        together = plain[i] + plain[i + 1]
        exact = [hit for hit in index.find(together) if hit.exact]
        if exact and not index.find(plain[i + 1]):
            yield i + 1, exact


def _spoilt(words: Words, first: int, last: int) -> bool:
    after = _next(words, last)
    if after and _DISTRICT_AFTER.fullmatch(after) and words.gap(last) == " ":
        return True
    return _previous(words, first) in _NOT_PLACE_BEFORE or in_street(words, first, last)


_FEMININE = frozenset(["ая", "яя", "ую", "юю", "ою"])
_NOT_FEMININE = frozenset(["ый", "ий", "ое", "ее", "ого", "его", "ому", "ему", "ым", "им", "ом", "ем"])


def _of_gender(hits: list[Hit], words: Words, index: Index, i: int) -> list[Hit]:
    """Of places with one root (станица Степная, хутор Степной) those that the ending and the generic word allow."""
    if len({hit.place for hit in hits}) < 2:
        return hits[:1]
    best = [hit for hit in hits if hit.exact] or hits
    kind = type_before(words, i)
    if kind:
        best = [hit for hit in best if index.places[hit.place].kind[:2] == kind[:2]] or best
    same = [hit for hit in best if _gender_fits(index.places[hit.place].gender, hit.ending)]
    ranked = sorted(same or best, key=lambda hit: (list(Part).index(hit.part), hit.place))
    return [hit for hit in ranked if hit.part is ranked[0].part]


def _gender_fits(gender: str, ending: str) -> bool:
    if ending in _FEMININE or ending == "ой":
        return gender == "f" or (ending == "ой" and gender == "m")
    if ending in _NOT_FEMININE:
        return gender in ("m", "n")
    return True


_FOREIGN_NAME = re.compile(
    r"[а-я]{3,}(?:ск(?:ая|ой|ую|ое|ого|ому|ом|ий)?|град[аеу]?|город[аеу]?|овк[аиуе]|евк[аиуе]|ов[оае]|ев[оае]|ин[оае]|ск[аеу])"
)


def foreign_by_form(words: Words, i: int) -> bool:
    """Whether word `i` looks like the name of some settlement: after a generic word, or «в Каневской»."""
    if not words.capital(i) or len(words.plain[i]) < 4 or in_street(words, i, i):
        return False
    after = _next(words, i)
    if after and _DISTRICT_AFTER.fullmatch(after):
        return False
    if type_before(words, i):
        return True
    word, before = words.plain[i], _previous(words, i)
    if before not in ("в", "во", "из", "до", "под") or _FOREIGN_NAME.fullmatch(word) is None:
        return False
    if word.endswith(("ской", "скую", "ского", "ском", "ском")):
        return (
            not after
            or words.gap(i) != " "
            or after in _PREPOSITIONS
            or after in ("и", "нет", "не", "а", "уже", "есть", "был", "была")
        )
    return True
