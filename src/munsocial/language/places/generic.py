"""Generic words before names of places (станица, х., посёлок городского типа), and a written name parted from them."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["DOTTED", "TYPE_WORD", "Written", "same_kind", "written_name"]

_TYPES = (  # by kind: beginnings that take case endings, and shortened words that take none
    ("станиц", "ст-ца|ст-цы|ст-це|ст-цу|ст-цей|ст"),
    ("хутор", "х|хут"),
    ("сел", "с"),
    ("поселок|поселк", "пос|п|пгт|рп|дп|кп"),
    ("город|городок|городк", "г|гор"),
    ("деревн", "дер|д"),
    ("аул|аал", "а"),
    ("станци", ""),
    ("слобод", "сл"),
    ("разъезд", "рзд"),
    ("ферм", ""),
    ("кишлак", ""),
    ("микрорайон", "мкр|мкрн"),
    ("улус|наслег", ""),
    ("починок|починк", "поч"),
    ("выселок|выселк", ""),
    ("погост", ""),
    ("кордон", ""),
    ("заимк", ""),
    ("местечк", ""),
    ("кутан", ""),
    ("местност", ""),
    ("", "типа|жд"),  # посёлок городского типа, ж/д
)
_TYPE_ENDS = "(?:ы|а|е|у|ой|ою|ом|ам|ами|ах|ов|о|и|я|ю|ем|ей|ью|ям|ях|ка|ку|ке|ком|к|ик|ика|ике|ику|иком)?"


def _spelled(stems: str, short: str) -> str:
    return "|".join(filter(None, (f"(?:{stems}){_TYPE_ENDS}" if stems else "", short)))


_KINDS = tuple(re.compile(_spelled(*kind)) for kind in _TYPES)
TYPE_WORD = re.compile("|".join(kind.pattern for kind in _KINDS))
DOTTED = frozenset(
    ["с", "а", "д", "ст", "г", "гор", "п", "пос", "х", "сл", "дер", "рп", "пгт", "хут", "поч", "дп", "кп"]
)
"""Generic words shortened to letters that may be other words: с, а, д, г; a dot or a capital tells them."""

_LONG_KINDS = re.compile(
    r"(?:рабоч|курортн|дачн)\w+ (?=посел)|городского типа|\bпри (?=станци|разъезд)|железнодорожн\w+ (?=станци|разъезд)"
    r"|ж[./-]*д[. ]*(?=станци|разъезд|ст\b)|населенн\w+ пункт\w*|\([^()]*\)|[«»\"'()]"
)
_MUNICIPAL = re.compile(r"(?: (?:сельск|городск)\w+)? (?:поселени[ея]|округ|сельсовет|сельсовета)$")
_NAMED_AFTER = re.compile(r"\b(?:имени|им\b\.?) *")
_TOKEN = re.compile(r"(?:[а-я0-9]+|\b[ivx]+\b)(?:-(?:[а-я0-9]+|[ivx]+\b))*")  # «Бейсужек II»


class Written(NamedTuple):
    """A place as the registry writes it, parted."""

    kind: str
    """The generic word, folded; empty where none was given."""
    words: tuple[str, ...]
    """The words of the name; a word with hyphens is one."""
    after_person: bool
    """«имени Свердлова»: the name is a person's and is known by the generic word before it."""


def written_name(folded: str) -> Written | None:
    """Part a folded place of a registry («станица Гривенская», «пгт Сосновка»), or None where it has no name."""
    clean = _MUNICIPAL.sub("", _LONG_KINDS.sub(" ", " ".join(folded.split())).strip())
    person = _NAMED_AFTER.search(clean) is not None
    words = _TOKEN.findall(_NAMED_AFTER.sub("", clean))
    kind = ""
    while len(words) > 1 and TYPE_WORD.fullmatch(words[0]):
        kind = kind or words[0]
        words = words[1:]
    after = words[1] if len(words) == 2 and not kind else ""
    if len(after) > 2 and TYPE_WORD.fullmatch(after) and words[0].endswith(("ская", "ский", "ское")):
        kind, words = after, words[:1]  # «Гривенская станица»; not «Красный Хутор»
    return Written(kind, tuple(words), person) if any(len(word) > 1 for word in words) else None


def same_kind(one: str, two: str) -> bool:
    """Whether two generic words, in any case or shortened, are of one kind: «ст.» and «станицы», «х.» and «хутор»."""
    if not one or not two:
        return False
    kinds = [next((k for k, stems in enumerate(_KINDS) if stems.fullmatch(word)), -1) for word in (one, two)]
    return kinds[0] == kinds[1] >= 0
