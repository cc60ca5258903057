"""A noun that is what a place lacks, though it agrees with the adjective before it: «в новый хлеб не возят»."""

from __future__ import annotations

import re

from munsocial.language.places.around import is_listed, listed
from munsocial.language.reading.words import Words

__all__ = ["lacked"]

_INTO = frozenset(["в", "во", "на"])
_FROM_OR_TO = frozenset(["из", "до", "от"])
_ACCUSATIVE = frozenset(["ый", "ой", "ое", "ую"])
_GENITIVE = frozenset(["ого", "ой"])
# Finite: «в новый двор не завезти», as all that is said of ways, is of the yard.
_BROUGHT = re.compile(
    r"(?:при|за|под|до|раз)?(?:воз(?:ят|ит|или|ил)|вез(?:ут|ет|ли|ла|ло))"
    r"|(?:про|под)(?:вел[аио]?|вед(?:ут|ет)|вод(?:ят|ит|или))"
    r"|(?:по)?(?:да(?:ли|ла|ло|л|ют|ет|дут|ст|вали)|дают)"
    r"|при(?:слал[аио]?|шл[юе]т|сыла(?:ют|ет|ли))"
    r"|достав(?:ят|ит|или|ляют|ляли)"
    r"|(?:дожд|допрос)(?:аться|алась|ались|ался|емся|ешься|иться|ились|ишься|имся)"
)
_COMES = re.compile(
    r"(?:при|за|до|под|про)?(?:ход(?:ит|ят|ил[аи]?)|езд(?:ит|ят|ил[аи]?)|езжа(?:ет|ют|л[аи]?)|ед[еу]т|ехал[аио]?|ид[еу]т|шел|шл[аои])"
    r"|прид[еу]т|дойд[еу]т"
)
_IS = frozenset(["было", "будет", "бывает", "хватает"])
_WORDS_BEFORE = 5


def lacked(words: Words, i: int, noun: int, end: str) -> bool:
    """Whether `noun` after the adjective `i` is missing in the place that the adjective names.

    «До нового автобуса нет», «в лесной газ не провели». Not where something else is missing («из нового крана нет
    воды», «газ в новый дом не провели»), nor where the noun is whither one goes («из нового дома не уехать»).
    """
    before, word = words.plain[i - 1] if i else "", words.plain[noun]
    whole = before in _FROM_OR_TO and end in _GENITIVE
    if not (whole or (before in _INTO and end in _ACCUSATIVE)) or is_listed(word, "whither_or_when"):
        return False
    denied, verb = _beside(words, noun), _beside(words, noun + 1)
    if denied == "нет" and whole:
        last = noun + 1
    elif denied == "не" and (_BROUGHT.fullmatch(verb) or _comes(word, verb) or (whole and verb in _IS)):
        last = noun + 2
    else:
        return False
    return _opens(words, i - 1) and _closes(words, last)


def _beside(words: Words, i: int) -> str:
    """The word after word `i`, empty where more than a space parts them."""
    return words.plain[i + 1] if i + 1 < len(words.plain) and words.gap(i) == " " else ""


def _comes(word: str, verb: str) -> bool:
    return is_listed(word, "comes_along") and _COMES.fullmatch(verb) is not None


def _opens(words: Words, i: int) -> bool:
    """Whether no thing is named in the clause before word `i`."""
    for at in range(i - 1, max(-1, i - 1 - _WORDS_BEFORE), -1):
        if words.gap(at) != " ":
            return True
        if not _no_thing(words.plain[at]):
            return False
    return i <= _WORDS_BEFORE


def _closes(words: Words, i: int) -> bool:
    """Whether no thing is named right after word `i`."""
    following = _beside(words, i)
    return not following or _no_thing(following)


def _no_thing(word: str) -> bool:
    return word.isdigit() or word in listed("no_noun") or word in listed("how_long")
