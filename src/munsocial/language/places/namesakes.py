"""Words that are no mention of a place though they are made of its name: adjectives, streets, holidays, persons."""

from __future__ import annotations

import re

from munsocial.language.places.agreement import adjective_end, noun_after
from munsocial.language.places.around import is_listed, listed
from munsocial.language.places.declension import Part, adjectival
from munsocial.language.places.generic import TYPE_WORD, same_kind
from munsocial.language.places.index import Hit
from munsocial.language.places.surroundings import going_before, previous_word
from munsocial.language.places.toponyms import Toponym, common_word
from munsocial.language.reading.words import Words

__all__ = ["feminine_alone", "holiday", "only_an_adjective", "person"]

_FEMININE = frozenset(["ая", "ую", "ою", "ой", "ей"])
_FEMININE_KIND = re.compile(r"станиц\w*|ст|ст-ц\w|деревн\w+|дер|д|слобод\w*|сл|станци\w+|заимк\w+|ферм\w+|местност\w+")
_VILLAGE = re.compile(
    r"станиц\w+|хутор\w*|сел\w+|посел\w+|деревн\w+|аул\w*|слобод\w*|улус\w*|кишлак\w*|выселк\w+|починк\w+"
)
_NEEDS_GENITIVE = frozenset(["по", "из", "до", "у", "от", "с", "со", "около", "возле"])
_SURNAME = re.compile(r"[а-я]{2,}(?:ов|ев|ин|ын)")
_WITH = frozenset(["с", "со"])


def only_an_adjective(words: Words, place: Toponym, hit: Hit, i: int) -> bool:
    """«В школьном дворе», «в лесном массиве»: the bare name in lower case before a noun it agrees with.

    A village of another kind is no such noun («в лесном посёлке»), nor is what every settlement has («в степной школе»)
    unless the adjective describes it by itself («в новой школе»).
    """
    name = place.plain
    if hit.part is not Part.NAME or not adjectival(name) or (words.capital(i) and not words.text.isupper()):
        return False
    if name.startswith(tuple(listed("of_a_day"))) and is_listed(words.after(i), "held_on_a_day"):
        return True
    if not common_word(name) or not noun_after(words, i, closed=name.endswith("ой")):
        return False
    after = words.after(i)
    if len(after) > 2 and TYPE_WORD.fullmatch(after):
        return _VILLAGE.fullmatch(after) is None and not same_kind(place.kind, after)
    return name[:-2] in listed("describing") or not is_listed(after, "every_settlement_has")


def feminine_alone(words: Words, place: Toponym, hit: Hit, i: int) -> bool:
    """«На Садовой» is a street where the registry has only the хутор Садовый; «калининская школа» is of Калининский."""
    if hit.part is not Part.NAME or not adjectival(place.plain) or place.gender not in ("m", "n"):
        return False
    end = adjective_end(words.plain[i])
    if end not in _FEMININE or _FEMININE_KIND.fullmatch(place.kind):
        return False
    if place.plain.endswith("ой") and end == "ой":  # «в Степной» is the way to the хутор, too
        before = previous_word(words, i)
        if before not in _NEEDS_GENITIVE and (before != "на" or going_before(words, i - 1)):
            return False
    return not noun_after(words, i)


def holiday(words: Words, place: Toponym, hit: Hit, i: int) -> bool:
    """«С Днём Победы», «в парке Победы», «в октябре»: a day, a month, or what is called by one."""
    name, before = place.plain, previous_word(words, i)
    if hit.part is not Part.NAME or " " in name:
        return False
    if name in listed("months") and (not words.capital(i) or words.text.isupper()):
        return True
    if is_listed(before, "holiday_before"):
        return common_word(name) and not adjectival(name)
    if is_listed(before, "named_for_before"):
        return name in listed("celebrated")
    if before in _WITH or (before == "за" and words.plain[i].endswith(("у", "ю"))):
        instrumental = words.plain[i].endswith(("ом", "ем", "ой", "ей"))
        return name in listed("congratulated") and (instrumental or before == "за")
    return before in ("в", "на", "под") and name in listed("calendar") and words.plain[i] == name


def person(words: Words, place: Toponym, i: int) -> bool:
    """«Врач Николаев», «Директор школы Николаева», «Спасибо Николаеву»: a surname, not the хутор Николаев."""
    if _SURNAME.fullmatch(place.plain) is None:
        return False
    before, after = previous_word(words, i), words.after(i)
    near = before if i and words.gap(i - 1) == " " else ""
    if is_listed(near, "post") or near in listed("thanks"):
        return True
    earlier = previous_word(words, i - 1) if i > 1 and words.gap(i - 2) == " " else ""
    if near in listed("of_what") and is_listed(earlier, "post"):
        return True
    if not after:
        return False
    if words.plain[i].endswith("у") and not before and after in listed("thanks"):
        return True
    return words.gap(i) == ", " and not before and is_listed(after, "post")
