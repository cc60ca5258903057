"""A place of the registry made ready to be recognised: forms of each of its words, and its colloquial shorter names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from munsocial.language.places.compound import counted, half_said, owner
from munsocial.language.places.declension import Part, Stem, adjectival, name_stems
from munsocial.language.places.derivation import derived, short_forms
from munsocial.language.places.generic import written_name
from munsocial.language.places.numerals import ORDINAL_END, number_of, number_stems, turned

__all__ = ["Shape", "Toponym", "common_word", "number_moved", "shorter", "toponym"]


class Shape(NamedTuple):
    """One word of a name and the stems that it may be recognised by."""

    stems: tuple[Stem, ...]


class Toponym(NamedTuple):
    """A place name ready to be recognised."""

    kind: str
    """The generic word, folded: станица, хутор, село; empty where none was given."""
    words: tuple[Shape, ...]
    joined: tuple[Stem, ...]
    """Stems of one-word derivatives of a name of several words: новосельский, новосельцы."""
    gender: str
    """f, m, n, pl of the name itself."""
    plain: str
    """The name as it was written, folded."""
    after_person: bool = False
    """«имени Свердлова», «хутор Ленина»: known only by a generic word or «имени» before it."""
    weak: bool = False
    """A part that people say for the whole: «Кайбицы» for «Большие Кайбицы»."""
    half: str = ""
    """The half of a word with a hyphen that is said alone: «Раменье» for «Спас-Раменье»."""
    whole: str = ""
    """Of a part: the name that it is said for."""


_ONLY = frozenset({""})
_KILOMETRE = "километр"
_FIXING = frozenset(["на", "над", "под", "у", "при", "в", "за"])
_SHORTENED = {
    "больш": ("б", "бол", "больш"), "мал": ("м", "мал"), "стар": ("ст", "стар"), "нов": ("н", "нов"),
    "верхн": ("в", "верх", "верхн"), "нижн": ("н", "ниж", "нижн"), "средн": ("с", "ср", "средн"),
    "красн": ("кр", "красн"), "бел": ("бел",), "велик": ("в", "вел"),
}  # fmt: skip
_TOPONYMIC = re.compile(r"[а-я]{2}(?:ово|ево|ино|ыно|[сц]к|град|город|поль|дар|овк[аи]|евк[аи])$")
_WORD_LIKE = re.compile(r"(?:тель|ник|ние|тие|ость|ист|тор|вод|ия|енок|[чщ]ик|изм|ство|овец|олец|меец|арь)$")
_EVERYDAY_NOUNS = re.compile(  # birds, drinks and things in -овка: «малиновка поёт»
    r"малиновка|камышовка|рябиновка|вишневка|перцовка|лимоновка|зимовка|маевка|ночевка|остановка|путевка|винтовка|кладовка"
    r"|духовка|столовка|листовка|голодовка|подковка|толстовка|ветровка"
)
_EVERYDAY = re.compile(
    r"(?:советс|октябрьс|комсомольс|пионерс|детс|морс|городс|сельс|братс|казац|русс|российс|кубанс|донс|майс|ленинс"
    r"|пролетарс|партизанс|сибирс|уральс|кавказс|черноморс|азовс|женс|приморс|заводс|январс|апрельс|июльс|московс"
    r"|фермерс|шахтерс|студенчес|учительс|деревенс|олимпийс|космичес|монастырс|купечес|светс|соседс|гражданс|армейс|солдатс|рыбац|крестьянс|юннатс|волжс)к.."
)
_SURNAME = re.compile(r"[а-я]{2,}(?:ова|ева|ина|ына|ого|его)")
_MASCULINE = ("хут", "х", "пос", "п", "раз", "рзд", "кор", "аул")
_SHORT_WORD = 8
_LAST_WORD_FROM = 6
_GLUED_NAME_FROM = 9


def common_word(name: str) -> bool:
    """Whether a name of one word may be an everyday word too, by its make: Лебеди, Степной, Красное; not Гривенская."""
    if " " in name:
        return True
    if adjectival(name):
        return not name[:-2].endswith(("ск", "цк")) or _EVERYDAY.fullmatch(name) is not None
    if _EVERYDAY_NOUNS.fullmatch(name):
        return True
    return (len(name) < _SHORT_WORD or _WORD_LIKE.search(name) is not None) and _TOPONYMIC.search(name) is None


def toponym(folded: str) -> Toponym | None:
    """Prepare a place as the registry writes it, folded: «станица гривенская»."""
    parted = written_name(folded)
    if parted is None:
        return None
    words = [part for word in parted.words for part in _parts(word)]
    named_after = parted.after_person or (
        len(words) == 1 and parted.kind.startswith(_MASCULINE) and _SURNAME.fullmatch(words[0]) is not None
    )
    if named_after:
        return Toponym(parted.kind, tuple(map(_unchanged, words)), (), "m", " ".join(words), after_person=True)
    half = next(filter(None, map(half_said, parted.words)), "")
    if len(words) == 1:
        stems, gender = name_stems(words[0])
        whole = (*stems, *derived(words[0]), *short_forms(words[0]))
        return Toponym(parted.kind, (Shape(tuple(dict.fromkeys(whole))),), (), gender, words[0], half=half)
    shapes, gender = tuple(_shapes(words)), name_stems(words[-1])[1]
    return Toponym(parted.kind, shapes, tuple(_joined(words)), gender, " ".join(words), half=half)


def _parts(word: str) -> list[str]:
    """A word with hyphens is written as one or as several: Ново-Титаровская; but Ростов-на-Дону, Горки-2."""
    pieces = word.split("-")
    if pieces[0].isdigit() and len(pieces) == 2 and ORDINAL_END.fullmatch(pieces[1]):
        return pieces[:1]
    if not _FIXING.isdisjoint(pieces) or any(map(number_of, pieces)):
        return pieces
    return ["".join(pieces)]


def _unchanged(word: str) -> Shape:
    return Shape((Stem(word, _ONLY, Part.NAME),))


def _shapes(words: list[str]) -> Iterator[Shape]:
    number = counted(*words) if len(words) == 2 else None
    if number is not None:
        yield from (Shape(tuple(stems)) for stems in number)
        return
    fixed = False
    for at, word in enumerate(words):
        if fixed or word.isdigit():
            yield Shape((Stem(word, _ONLY, Part.NAME), *number_stems(word)))
            continue
        fixed = word in _FIXING
        stems = [Stem(word, _ONLY, Part.NAME)] if fixed else name_stems(word)[0]
        if at == 0:
            stems += owner(word)
        if at == 0 and adjectival(word):
            short = next((forms for stem, forms in _SHORTENED.items() if stems[0].letters == stem), ())
            stems += [Stem(form, _ONLY, Part.NAME) for form in short]
        if at in (0, len(words) - 1) and number_of(word):
            stems += number_stems(number_of(word))
        if word == _KILOMETRE:
            stems += [Stem("км", _ONLY, Part.NAME)]
        yield Shape(tuple(dict.fromkeys(stems)))


def _joined(words: list[str]) -> list[Stem]:
    """Новое Поле: новопольский, новопольцы."""
    if len(words) != 2 or not adjectival(words[0]) or words[1].isdigit():
        return []
    soft = words[0].endswith(("ее", "яя")) or words[0][-3] in "жшчщц"  # Большой Карай: большекарайский
    glued = words[0][:-2] + ("е" if soft else "о") + words[1]
    names = name_stems(glued)[0] if len(glued) >= _GLUED_NAME_FROM and not adjectival(words[1]) else []
    return [*names, *derived(glued), *_soft_field(glued)]


def _soft_field(glued: str) -> list[Stem]:
    return [stem for stem in derived(glued[:-1] + "ь") if stem.part is Part.ADJECTIVE] if glued.endswith("е") else []


def number_moved(place: Toponym) -> Toponym | None:
    """The same place with its number at the other end: «Второй Бейсужек», «Бейсужек 2»; None where it has none."""
    words = turned(place.plain.split())
    if not words or place.after_person:
        return None
    return place._replace(words=tuple(_shapes(words)), joined=())


def shorter(place: Toponym) -> Toponym | None:
    """What people say for a name of several words where only one place is called so: Кайбицы, Славянск, Горки."""
    words = place.plain.split()
    if place.half:
        word = place.half
    elif len(words) < 2 or place.after_person:
        return None
    elif words[1] in _FIXING or (len(words) == 2 and words[1].isdigit()):
        word = words[0]
    elif len(words) == 2 and adjectival(words[0]) and len(words[1]) >= _LAST_WORD_FROM:
        word = words[1]
    else:
        return None
    stems, gender = name_stems(word)
    weak = tuple(stem._replace(part=Part.SHORT) for stem in stems) + tuple(
        stem for stem in derived(word) if stem.part is Part.ADJECTIVE
    )
    return Toponym(place.kind, (Shape(weak),), (), gender, word, weak=True, whole=place.plain)
