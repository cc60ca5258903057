"""Adjectives and inhabitants made of a place name, by rule: Сосновка gives сосновский and сосновцы."""

from __future__ import annotations

import re

from munsocial.language.places.declension import (
    HARD,
    PEOPLE_AN,
    PEOPLE_ICH,
    PEOPLE_TS,
    Part,
    Stem,
    adjectival,
    name_stems,
    plain_base,
)

__all__ = ["derived", "short_forms"]

_KA = frozenset(["а", "и", "е", "у", "ой", "ою"])
_SHORT_NEUTER = frozenset(["о", "е"])
_PREFIX = re.compile(r"(?:старо|ново|верхне|нижне|средне|мало|больше|велико|красно)(?=[а-я]{6})")
_SUFFIXES = ("ск", "овск", "евск", "инск", "енск", "ьск", "анск", "янск")
_PEOPLE_SUFFIXES = ("инц", "овц", "евц", "енц", "анц", "ьц")
_PEOPLE_AN_SUFFIXES = ("чан", "ян", "овчан", "инчан", "енчан", "ьчан")
_SHORTEST = 3


def derived(word: str) -> list[Stem]:
    """Adjectives and inhabitants of a place of one word."""
    base = plain_base(word)
    found: list[Stem] = []
    for root in _roots(word, base):
        found += _people(root)
        if not base.endswith("ск"):
            found += [Stem(root + suffix, HARD, Part.ADJECTIVE) for suffix in _SUFFIXES]
    if base.endswith(("ск", "цк")) and not adjectival(word):
        found.append(Stem(base, HARD, Part.ADJECTIVE))
    if base.endswith("ц"):  # Елец, Кайбицы: елецкий, кайбицкий
        found.append(Stem(base + "к", HARD, Part.ADJECTIVE))
        if base[-2:-1] not in "аеиоуыэюя":
            found.append(Stem(base[:-1] + "ецк", HARD, Part.ADJECTIVE))
    if base.endswith("г"):  # Луга: лужский, лужане
        found.append(Stem(base[:-1] + "жск", HARD, Part.ADJECTIVE))
        found.append(Stem(base[:-1] + "жан", PEOPLE_AN, Part.PEOPLE))
    return found


def _people(root: str) -> list[Stem]:
    found = [Stem(root + "ц", PEOPLE_TS, Part.PEOPLE), Stem(root + "ец", frozenset({""}), Part.PEOPLE)]
    found += [Stem(root + suffix, PEOPLE_TS, Part.PEOPLE) for suffix in _PEOPLE_SUFFIXES]
    found += [Stem(root + suffix, PEOPLE_AN, Part.PEOPLE) for suffix in _PEOPLE_AN_SUFFIXES]
    if root[-1:] in "жшчщц":  # Углич: угличане
        found.append(Stem(root + "ан", PEOPLE_AN, Part.PEOPLE))
    if root.endswith("ц"):  # Славянск: славянцы is made of the root without a second ц
        found.append(Stem(root, PEOPLE_TS, Part.PEOPLE))
    found.append(Stem(root + "ич", PEOPLE_ICH, Part.PEOPLE))
    return found


def _roots(word: str, base: str) -> list[str]:
    """What suffixes are put to: Горловка: горлов-; Каменка: камен-; Елец: елец-, ельц-; Гривенская: гривен-."""
    if base.endswith(("ск", "цк")):
        return [base[:-2]]
    if re.search(r"(?:ов|ев|ин|ен|ан|ын|он|ян|ун)к$", base):
        return [base[:-1]]
    roots = [base]
    if not adjectival(word):
        roots = [stem.letters for stem in name_stems(word)[0] if len(stem.letters) >= _SHORTEST]
    if word.endswith("й") and not base.endswith(("ск", "цк")):  # Карай: карайский; Адамий is a noun, too: адамийцы
        roots.append(word)
    if base.endswith(("к", "ь")) and len(base) > 5:  # Заозерье: заозерский, заозерцы
        roots.append(base[:-1])
    return list(dict.fromkeys(roots)) if len(base) >= _SHORTEST else []


def short_forms(word: str) -> list[Stem]:
    """Colloquial short forms: Гривенская is Гривенка, Гришковское is Гришково, Старовеличковская is Величковка."""
    found = _colloquial(word)
    cut = _PREFIX.match(word)
    if cut is not None:
        rest = word[cut.end() :]
        adjectives = [stem for stem in derived(rest) if stem.part is Part.ADJECTIVE]
        found += [*name_stems(rest)[0], *adjectives, *_colloquial(rest)]
    return [stem._replace(part=Part.SHORT) for stem in found]


def _colloquial(word: str) -> list[Stem]:
    base = plain_base(word)
    if not adjectival(word) or not base.endswith("ск"):
        return []
    root = base[:-2]
    found = [Stem(root + "к", _KA, Part.SHORT)]
    if word.endswith("ое") and root.endswith(("ов", "ев", "ин", "ын")):
        found.append(Stem(root, _SHORT_NEUTER, Part.SHORT))
    return found
