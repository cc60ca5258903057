"""The forms of a Russian place name, by rule: cases, adjectives, inhabitants, short forms. Knows no single name.

A name becomes stems, each with the endings that may follow it; a text's word is recognised by splitting it into both.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

__all__ = ["ENDINGS", "TYPE_WORD", "Part", "Shape", "Stem", "Toponym", "common_word", "toponym"]


class Part(StrEnum):
    """What a word made of a place name is."""

    NAME = "name"
    ADJECTIVE = "adjective"
    PEOPLE = "people"
    SHORT = "short"  # a colloquial short form: weaker than a full one


class Stem(NamedTuple):
    """Letters that stay, the endings that may follow, and what the whole word then is."""

    letters: str
    endings: frozenset[str]
    part: Part


class Shape(NamedTuple):
    """One word of a name: its stems; for a name of several words only the first kind of stem is used inside."""

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


_TYPES = {
    "станица": "станиц|ст-ц|ст",
    "хутор": "хутор|х",
    "село": "сел|с",
    "поселок": "поселок|поселк|пос|п|пгт|рп",
    "город": "город|г|гор",
    "деревня": "деревн|дер|д",
    "аул": "аул|а",
    "станция": "станци",
    "слобода": "слобод|сл",
    "разъезд": "разъезд",
    "ферма": "ферм",
    "кишлак": "кишлак",
    "микрорайон": "микрорайон|мкр",
    "железнодорожная станция": "жд",
}
_TYPE_ENDS = "(?:ы|а|е|у|ой|ою|ом|ам|ами|ах|о|и|я|ю|ем|ей|ью|ям|ях|ка|ку|ке|ком|к)?"
TYPE_WORD = re.compile("|".join(f"(?:(?:{stems}){_TYPE_ENDS})" for stems in _TYPES.values()))

# The last two are slips: «в Степнянскай», «Степнянсково».
_HARD = frozenset(
    [
        "ый",
        "ий",
        "ой",
        "ая",
        "ое",
        "ые",
        "ие",
        "ого",
        "ому",
        "ую",
        "ою",
        "ым",
        "им",
        "ом",
        "ых",
        "их",
        "ыми",
        "ими",
        "ай",
        "ово",
    ]
)
_SOFT = frozenset(["ий", "яя", "ее", "ие", "его", "ему", "юю", "ею", "им", "ем", "их", "ими", "ей"])
_FEM = frozenset(["а", "ы", "и", "е", "у", "ой", "ою"])
_FEM_SOFT = frozenset(["я", "и", "е", "ю", "ей", "ею"])
_NEUT = frozenset(["о", "а", "у", "ом", "е"])
_NEUT_SOFT = frozenset(["е", "я", "ю", "ем", "и"])
_MASC = frozenset(("", "а", "у", "ом", "е", "ы"))
_MASC_SOFT = frozenset(["ь", "я", "ю", "ем", "е", "и", "ью"])
_PLURAL = frozenset(("и", "ы", "а", "я", "ей", "ов", "ев", "ям", "ам", "ями", "ами", "ях", "ах", ""))
_PEOPLE_TS = frozenset(["ы", "ам", "ами", "ах", "ев", "у", "а", "ем"])
_PEOPLE_CHAN = frozenset(("е", "", "ам", "ами", "ах", "ин", "ина", "ину", "ином", "ка", "ки", "ке", "ку", "кой", "ок"))
_KA = frozenset(["а", "и", "е", "у", "ой", "ою"])

ENDINGS: frozenset[str] = frozenset().union(
    _HARD, _SOFT, _FEM, _FEM_SOFT, _NEUT, _NEUT_SOFT, _MASC, _MASC_SOFT, _PLURAL, _PEOPLE_TS, _PEOPLE_CHAN, _KA, ("ец",)
)
_ADJECTIVE_END = re.compile(r"(?:ая|яя|ое|ее|ый|ий|ой|ые|ие)$")
_PREFIX = re.compile(r"(?:старо|ново|верхне|нижне|средне|мало|больше|велико)(?=[а-я]{6})")
_TOPONYMIC = re.compile(r"(?:ов|ев|ин|ын|ск|цк)(?:[а-я]{1,2})?$|(?:град|город|поль|дар|овка|евка|инка|енка)$")
_SHORT_WORD = 8


def _people(root: str) -> list[Stem]:
    stems = [
        Stem(root + "ц", _PEOPLE_TS, Part.PEOPLE),
        Stem(root + "ец", frozenset({""}), Part.PEOPLE),
        Stem(root + "чан", _PEOPLE_CHAN, Part.PEOPLE),
        Stem(root + "чанин", _MASC, Part.PEOPLE),
        Stem(root + "ян", _PEOPLE_CHAN, Part.PEOPLE),
    ]
    if root.endswith("ц"):  # Славянск: славянцы is made of the root without a second ц
        stems.append(Stem(root, _PEOPLE_TS, Part.PEOPLE))
    return stems


def _adjectival(word: str) -> tuple[list[Stem], str]:
    stem, end = word[:-2], word[-2:]
    endings = _SOFT if end in ("яя", "ее") or (end in ("ий", "ие") and stem.endswith("н")) else _HARD
    gender = {"ая": "f", "яя": "f", "ое": "n", "ее": "n", "ые": "pl", "ие": "pl"}.get(end, "m")
    stems = [Stem(stem, endings, Part.NAME)]
    if stem.endswith("ск"):
        root = stem[:-2]
        stems += [*_people(root), Stem(root + "к", _KA, Part.SHORT)]
        if gender == "n" and root.endswith(("ов", "ев", "ин", "ын")):
            stems.append(Stem(root, frozenset(["о", "е"]), Part.SHORT))
    elif len(stem) >= 5:
        stems += [Stem(stem + "ск", _HARD, Part.ADJECTIVE), *_people(stem)]
    return stems, gender


_NOUN_ENDS: tuple[tuple[str, frozenset[str], str], ...] = (
    ("а", _FEM, "f"), ("я", _FEM_SOFT, "f"), ("о", _NEUT, "n"), ("е", _NEUT_SOFT, "n"),
    ("и", _PLURAL, "pl"), ("ы", _PLURAL, "pl"), ("ь", _MASC_SOFT, "m"),
    ("й", frozenset(["й", "я", "ю", "ем", "е", "и"]), "m"),
)  # fmt: skip


def _noun(word: str) -> tuple[list[Stem], str]:
    base, endings, gender = word, _MASC, "m"
    for end, allowed, which in _NOUN_ENDS:
        if word.endswith(end):
            base, endings, gender = word[:-1], allowed, which
            break
    stems = [Stem(base, endings, Part.NAME)]
    for root in _roots(base):
        stems += _people(root)
        stems += [
            Stem(root + suffix, _HARD, Part.ADJECTIVE) for suffix in ("ск", "овск", "евск", "инск", "енск", "ьск")
        ]
        stems += [Stem(root + suffix, _PEOPLE_TS, Part.PEOPLE) for suffix in ("инц", "овц", "евц")]
    if base.endswith(("ск", "цк")):
        stems.append(Stem(base, _HARD, Part.ADJECTIVE))
    return stems, gender


def _roots(base: str) -> list[str]:
    if base.endswith(("овк", "евк", "инк", "енк", "анк", "ынк")):
        return [base[:-1]]
    if base.endswith(("ск", "цк")):
        return [base[:-2]]
    return [base]


def _shape(word: str) -> tuple[Shape, str]:
    adjectival = _ADJECTIVE_END.search(word) is not None and len(word) > 4
    stems, gender = _adjectival(word) if adjectival else _noun(word)
    cut = _PREFIX.match(word)
    if cut is not None:  # Старовеличковская is Величковка to its people
        shorter, _ = _adjectival(word[cut.end() :]) if adjectival else _noun(word[cut.end() :])
        stems += [stem._replace(part=Part.SHORT) for stem in shorter if stem.part is not Part.PEOPLE]
    return Shape(tuple(dict.fromkeys(stems))), gender


def common_word(name: str) -> bool:
    """Whether a name of one word may be an everyday word too, by its make: Лебеди, Степной, Красное; not Гривенская."""
    if " " in name:
        return True
    ending = _ADJECTIVE_END.search(name)
    if ending is not None and len(name) > 4:
        return not name[: ending.start()].endswith(("ск", "цк"))
    return len(name) < _SHORT_WORD and _TOPONYMIC.search(name) is None


def toponym(written: str, fold: str) -> Toponym | None:
    """Prepare a place as the registry writes it («станица Гривенская»); `fold` is its folded text."""
    words = [
        word.replace("-", "") if TYPE_WORD.fullmatch(word) is None else word for word in re.findall(r"[а-я-]+", fold)
    ]
    kind = ""
    while len(words) > 1 and TYPE_WORD.fullmatch(words[0]):
        kind = kind or words[0]
        words = words[1:]
    words = [word for word in words if len(word) > 1]
    if not words:
        return None
    shaped = [_shape(word) for word in words]
    joined: list[Stem] = []
    if len(words) == 2 and _ADJECTIVE_END.search(words[0]):
        glued = words[0][:-2] + ("е" if words[0][-2:] in ("ее", "яя") else "о") + words[1]
        joined = [stem for stem in _noun(glued)[0] if stem.part is not Part.NAME or len(glued) > 8]
    if len(words) > 1:
        shaped = [(Shape(shape.stems[:1]), gender) for shape, gender in shaped]
    return Toponym(kind, tuple(shape for shape, _ in shaped), tuple(joined), shaped[-1][1], " ".join(words))
