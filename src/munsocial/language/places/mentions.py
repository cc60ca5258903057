"""Every place that a text names, with the words that stand around it. Decides nothing about whose question it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from munsocial.language.places.declension import Part, adjectival
from munsocial.language.places.generic import TYPE_WORD, same_kind
from munsocial.language.places.homonyms import named_apart, region_after
from munsocial.language.places.index import Hit, Index
from munsocial.language.places.namesakes import feminine_alone, holiday, only_an_adjective, person
from munsocial.language.places.numerals import numbered_noun
from munsocial.language.places.surroundings import (
    IN,
    PREPOSITIONS,
    careless,
    counts,
    district_after,
    going_before,
    in_street,
    of_person,
    previous_word,
    type_before,
)
from munsocial.language.places.toponyms import Toponym, common_word
from munsocial.language.reading.words import Words

__all__ = ["Mention", "foreign_by_form", "mentions", "stands_as_place"]

_NOT_PLACE_BEFORE = re.compile(r"памяти|фамили[яию]|район[аеу]?|р-н|област[ьи]|кра[йяе]")
# «Пушкинская карта», «калининская картошка»: what has an adjective for its own name.
_NO_PLACE_AFTER = re.compile(
    r"карт[аыуе]|картой|картам?и?|картошк[аиуе]|картофел[ьяюе]\w?|преми[яиюей]+|стипенди[яиюей]+|чтени[яйею]\w?|реформ[аыуе]|сыр[аы]?"
    r"|колбас[аыуе]|эпох[аиуе]|династи[яиюей]+|дивизи[яиюей]+|пород[аыуе]"
)
_FAR = re.compile(r"[а-я-]{4,}(?:ой|ого|ом) (?:област[ьи]|кра[яею]|республик[аи]|губернии)")
_NAMED_AFTER = frozenset(["имени", "им"])
_INSTITUTION = re.compile(
    r"школ\w+|сош|оош|больниц\w+|амбулатор\w+|поликлиник\w+|фап\w?|клуб\w*|дк|сдк|дом|библиотек\w+|почт\w+|детск\w+|сад\w?|садик\w*"
    r"|кладбищ\w+|свалк\w+|полигон\w*|поселен\w+|сельск\w+|администрац\w+|сельсовет\w*|жител\w+|дорог\w+|трасс\w+|мост\w*|поворот\w*"
    r"|церк\w+|мечет\w+|храм\w*|пляж\w*|рын\w+|магазин\w*|аптек\w+|завод\w*|фабрик\w+|паром\w*|хор|атаман\w*|глав\w+|пекарн\w+|казак\w*|гимнази\w+|лице\w+|станци\w+|озер\w+|пруд\w*|участков\w+|фельдшер\w*|црб|цгб|мфц|бан[яюие]|стадион\w*|вокзал\w*|переезд\w*|переправ\w+|музе\w+|совет\w*|ферм\w+|дамб\w+|плотин\w+|водопровод\w*|водокачк\w+|котельн\w+|почтов\w+"
    r"|часовн\w+|причал\w*|пристан\w+|источник\w*|родник\w*|карьер\w*|лесхоз\w*|лесничеств\w+|пилорам\w+|турбаз\w+|санатори\w+|лагер\w+"
    r"|интернат\w*|училищ\w+|колледж\w*|техникум\w*|сельпо|старост\w+|дружин\w+|бригад\w+|перекат\w*|порог\w*|берег\w*"
)

# «красный яр когда автобус»: what follows a place that heads a careless message.
_AFTER_HEADING = re.compile(
    r"нет|без|когда|где|куда|почему|кто|как|будет|опять|снова|просит|ждет|ул|улица|пер|дорог\w+|вод[аыу]|газ|свет|автобус|мусор|ям[аы]"
)
_ALONE = re.compile(r"когда|без|нет|где|почему|опять|снова|просит|ждет|ул|улица|пер")
_LACK = frozenset(["нет", "без", "просит", "ждет", "когда", "где", "опять"])
_CUT_OFF = re.compile(r"(?:отрезан|обесточен|затоплен|подтоплен|занесен)[аоы]?")
_ASKS = re.compile(r"прос[ия]т|жд[еу]т|требу[ею]т|жалу[ею]тся|мерзн[еу]т|тон[еу]т")
_LEFT = frozenset(
    ["остался", "осталась", "осталось", "остались", "сидит", "сидят", "живет", "живут", "неделю", "снова"]
)
_LACKED = re.compile(
    r"вод[аыуе]|свет\w?|газ\w?|связи|интернет\w?|дорог[иуа]|автобус\w?|асфальт\w?|отоплени[ея]|тепла|врач\w?|фельдшер\w?"
    r"|аптек[иау]|фонар\w{1,2}|мост\w?|магазин\w?"
)
_NEVER_A_PART = PREPOSITIONS | {"", "не", "ни", "и", "а", "но", "же"}  # «Ёлки на площади» are not «Ёлкина»
_STREET_LIKE = re.compile(r"[а-я]{2,}(?:ова|ева|ина|ына)")  # «на Куйбышева темно» is a street

_KILOMETRE = "километр"
_ROAD = re.compile(r"(?:авто)?(?:трасс|дорог|магистрал)\w*|шоссе|пути|от|до|федеральн\w+")

_HALF, _SURELY_LONG = 4, 11  # letters of a half of a name written apart with a slip, and of the whole


class Mention(NamedTuple):
    """Words `first`..`last` (inclusive) name the place with number `place`."""

    first: int
    last: int
    place: int
    part: Part
    ending: str
    exact: bool


def mentions(words: Words, index: Index) -> Iterator[Mention]:
    """Places of the index in the order of the text; a word is read once, a name of several words before its parts."""
    lazy = careless(words)
    plain, i = words.plain, 0
    while i < len(plain):
        found = list(_at(words, index, i, lazy))
        if not found:
            i += 1
            continue
        yield from found
        i = max(mention.last for mention in found) + 1


def _at(words: Words, index: Index, i: int, lazy: bool) -> Iterator[Mention]:
    for last, hits in _candidates(words, index, i):
        if not hits or _spoilt(words, i, last):
            continue
        good = [hit for hit in hits if _named(words, index, hit, i, last, lazy)]
        if good:
            for hit in _of_gender(good, words, index, i):
                yield Mention(i, last, hit.place, hit.part, hit.ending, hit.exact)
            return


def _candidates(words: Words, index: Index, i: int) -> Iterator[tuple[int, list[Hit]]]:
    plain = words.plain
    sizes: dict[int, list[Hit]] = {}
    for hit, size in index.phrases(plain, i):
        sizes.setdefault(size, []).append(hit)
    for size in sorted(sizes, reverse=True):
        yield i + size - 1, sizes[size]
    parts = plain[i].replace("-", "") if "-" in plain[i] else plain[i]
    yield i, list(index.find(parts))
    if len(plain[i]) >= 3 and i + 1 < len(plain):
        written = plain[i] + plain[i + 1]
        hits = index.exactly(written)
        if not hits and min(len(plain[i]), len(plain[i + 1])) >= _HALF and len(written) >= _SURELY_LONG:
            hits = index.find(written)  # «бойка понура»
        if hits and _parted(words, index, i):
            yield i + 1, list(hits)


def _parted(words: Words, index: Index, i: int) -> bool:
    """Whether word `i` and the next one may be one name written apart: «старо величковская»."""
    following = words.plain[i + 1]
    if following in _NEVER_A_PART or words.gap(i) not in (" ", " - ", " – "):
        return False
    return all(hit.part is Part.SHORT for hit in index.find(following))


def _spoilt(words: Words, first: int, last: int) -> bool:
    if district_after(words, last) and not region_after(words, last):
        return True
    if _NOT_PLACE_BEFORE.fullmatch(previous_word(words, first)):
        return True
    if last > first and words.plain[last].isdigit() and counts(words, last):  # «в Бейсужке 2 дня нет воды»
        return True
    if _NO_PLACE_AFTER.fullmatch(words.after(last)) and previous_word(words, first) not in IN:
        return True
    return in_street(words, first, last) or of_person(words, first, last)


def _named(words: Words, index: Index, hit: Hit, first: int, last: int, lazy: bool) -> bool:
    """Whether a word that may be made of the place names it here."""
    place = index.places[hit.place]
    kind = type_before(words, first)
    if place.after_person:
        return bool(kind) or previous_word(words, first) in _NAMED_AFTER
    if previous_word(words, first) in _NAMED_AFTER:
        return False
    if kind:
        return True
    if first == last and _something_else(words, place, hit, first):
        return False
    if named_apart(words, place, hit, first, lazy=lazy):
        return False
    if previous_word(words, first) == "на" and _STREET_LIKE.fullmatch(place.plain) and words.plain[last] == place.plain:
        return False
    if hit.part is Part.PEOPLE:  # «гришковцы» are written small, Гришковец is a surname
        return not words.capital(first) or words.closed_before(first) or words.text.isupper()
    if hit.part is Part.SHORT and not (previous_word(words, first) in PREPOSITIONS or words.capital(first) or lazy):
        return False
    if hit.part is Part.SHORT and _FAR.match(" ".join(words.plain[last + 1 : last + 3])):
        return False  # «до Новониколаевки Запорожской области»
    noun = numbered_noun(place.plain) if hit.part is Part.NAME else ""
    if noun == _KILOMETRE:
        return _on_a_kilometre(words, first, last)
    if last > first and words.plain[first][:1].isdigit():
        large = words.capital(last) or (lazy and bool(noun) and not common_word(noun))
        return previous_word(words, first) in IN and large
    if noun and not common_word(noun):
        return True
    if not common_word(place.plain) or (hit.part is not Part.NAME and place.plain.count(" ") and not place.weak):
        return True
    if hit.part is Part.ADJECTIVE:
        return _INSTITUTION.fullmatch(words.after(last)) is not None
    if len(words.after(last)) > 2 and TYPE_WORD.fullmatch(words.after(last)):
        return True
    return _stands_out(words, first, last, lazy)


def _on_a_kilometre(words: Words, first: int, last: int) -> bool:
    """«На 9-м км» is the разъезд; a kilometre of a road, or nine of them, is not."""
    if words.plain[first].isdigit() or previous_word(words, first) not in IN | {"на"}:
        return False
    return _ROAD.fullmatch(words.after(last)) is None


def _something_else(words: Words, place: Toponym, hit: Hit, i: int) -> bool:
    """Whether a word made of the name is an adjective, a street, a holiday or a person here."""
    if only_an_adjective(words, place, hit, i) or feminine_alone(words, place, hit, i):
        return True
    return holiday(words, place, hit, i) or person(words, place, i)


def _stands_out(words: Words, first: int, last: int, lazy: bool) -> bool:
    """Whether a name that may be an everyday word is a name here, by capitals and what stands before and after."""
    capital, several = words.capital(first), last > first
    if capital and (not words.closed_before(first) or (several and words.capital(last))):
        return True
    before = previous_word(words, first)
    if lazy and first == last == 0 and adjectival(words.plain[0]) and _ALONE.fullmatch(words.after(last)):
        return True  # «зерновое когда дадут воду»: an adjective with no noun beside it
    if lazy and (before in IN or (several and before in PREPOSITIONS)):
        return True
    after = words.text[words.ends[last] : words.ends[last] + 1]
    heads = after in (":", ",", ".") or not words.after(last)
    if several and first == 0:
        return heads or _AFTER_HEADING.fullmatch(words.after(last)) is not None or _lives_without(words, last)
    return (capital and heads) or ((capital or lazy) and first == 0 and _lacks(words, last))


def _lives_without(words: Words, last: int) -> bool:
    """«Новые выселки сидят без света», «… просят автобус»: any verb before what is lacked, or one of asking."""
    after = words.plain[last + 1 : last + 4]
    if _lacks(words, last) or (after and _ASKS.fullmatch(after[0])):
        return True
    return len(after) > 2 and after[1] == "без" and _LACKED.fullmatch(after[2]) is not None


def _lacks(words: Words, last: int) -> bool:
    """«Шоркасы без света», «Хилгана осталась без воды»: what only a place does without."""
    after = words.plain[last + 1 : last + 3]
    if len(after) < 2:
        return False
    if _CUT_OFF.fullmatch(after[0]):
        return True
    if after[0] in _LEFT:
        return after[1] == "без"
    return after[0] in _LACK and _LACKED.fullmatch(after[1]) is not None


_INTO = frozenset(["в", "на", "через"])
_GOES = frozenset(["в", "во", "из", "до"])
_FEMININE = frozenset(["ая", "яя", "ую", "юю", "ою"])
_NOT_FEMININE = frozenset(["ый", "ий", "ое", "ее", "ого", "его", "ому", "ему", "ым", "им", "ом", "ем"])


def stands_as_place(words: Words, mention: Mention, name: str) -> bool:
    """Whether a name that may also be a person's or an animal's (Владимир, Орёл) stands where a place would."""
    before = previous_word(words, mention.first)
    if not words.capital(mention.first):  # «в славянске», where nothing is written large
        return before in _GOES and mention.last == mention.first and careless(words) and not common_word(name)
    if before in ("на", "по") and _STREET_LIKE.fullmatch(words.plain[mention.last]):  # «по Кирова ямы»
        return False
    if type_before(words, mention.first) or before in PREPOSITIONS:
        return True
    feminine = mention.part is Part.NAME and mention.ending in _FEMININE
    if feminine and _INSTITUTION.fullmatch(words.after(mention.last)):  # «Каневская больница»
        return True
    after = words.text[words.ends[mention.last] : words.ends[mention.last] + 2].strip()
    return mention.first == 0 and (after in (",", ":", "—", "-", "–", ".") or not words.after(mention.last))


def _of_gender(hits: list[Hit], words: Words, index: Index, i: int) -> list[Hit]:
    """Of places with one root (станица Степная, хутор Степной) those that the ending and the generic word allow."""
    if len({hit.place for hit in hits}) < 2:
        return hits[:1]
    best = [hit for hit in hits if hit.exact] or hits
    kind = type_before(words, i)
    if kind:
        best = [hit for hit in best if same_kind(index.places[hit.place].kind, kind)] or best
    same = [hit for hit in best if _gender_fits(index.places[hit.place].gender, hit.ending)]
    if any(hit.ending == "ой" for hit in same):
        same = _whose_oy(same, words, index, i)
    ranked = sorted(same or best, key=lambda hit: (list(Part).index(hit.part), hit.place))
    return [hit for hit in ranked if hit.part is ranked[0].part]


def _gender_fits(gender: str, ending: str) -> bool:
    if ending in _FEMININE or ending == "ой":
        return gender == "f" or (ending == "ой" and gender == "m")
    if ending in _NOT_FEMININE:
        return gender in ("m", "n")
    return True


def _whose_oy(hits: list[Hit], words: Words, index: Index, i: int) -> list[Hit]:
    """«В Степной нет воды» is the станица; the хутор Степной is so called where nothing rules it, or one goes there."""
    places = index.places
    named = [hit for hit in hits if places[hit.place].gender == "m" and places[hit.place].plain.endswith("ой")]
    before = previous_word(words, i)
    unruled = not before or words.closed_before(i)
    if named and (unruled or (before in _INTO and going_before(words, i - 1))):
        return named
    return [hit for hit in hits if places[hit.place].gender == "f"] or hits


_NO_NOUN = re.compile(
    r"и|нет|не|а|уже|есть|был|была|что|когда|где|как|почему|сколько|будет|кто|как(?:ой|ая|ие)|ли|тоже|до|опять"
)
_FOREIGN_NAME = re.compile(
    r"[а-я]{3,}(?:ск(?:ая|ой|ую|ое|ого|ому|ом|ий)?|град[аеу]?|город[аеу]?|овк[аиуе]|евк[аиуе]|ов[оае]|ев[оае]|ин[оае]|ск[аеу])"
)


def foreign_by_form(words: Words, i: int) -> bool:
    """Whether word `i` looks like the name of some settlement: after a generic word, or «в Каневской»."""
    if not words.capital(i) or len(words.plain[i]) < 4 or in_street(words, i, i) or district_after(words, i):
        return False
    if type_before(words, i) or "-на-" in words.plain[i]:
        return True
    word, before, after = words.plain[i], previous_word(words, i), words.after(i)
    if before not in ("в", "во", "из", "до", "под") or _FOREIGN_NAME.fullmatch(word) is None:
        return False
    if word.endswith(("ской", "скую", "ского", "ском", "ском")):
        return not after or words.gap(i) != " " or after in PREPOSITIONS or _NO_NOUN.fullmatch(after) is not None
    return True
