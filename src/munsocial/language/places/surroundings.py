"""What stands around a name in a text: a generic word, a street word, a house, a person's first name."""

from __future__ import annotations

import re

from munsocial.language.places.generic import DOTTED, TYPE_WORD
from munsocial.language.reading.words import SENTENCE_END, Words

__all__ = [
    "IN",
    "PREPOSITIONS",
    "careless",
    "counts",
    "district_after",
    "going_before",
    "in_street",
    "of_person",
    "previous_word",
    "type_before",
]

_STREET = re.compile(
    r"ул|улиц[аыеуй]|улицей|улочк[аеиу]|пер|переул(?:ок|ка|ке|ку|ком)|просп|пр-т|проспект[ае]?|проезд[ае]?|бульвар[ае]?"
    r"|площад[ьи]|наб|набережн\w+|тупик[ае]?|шоссе|пр-кт|квартал[ае]?"
)
_CROSSING = re.compile(r"перекрест\w+|угл[уа]|угол|пересечени[еию]")
_STREET_AFTER = re.compile(
    r"улиц[аыеуй]|улицей|улочк[аеиу]|переул(?:ок|ка|ке|ку|ком)|проспект[ае]?|проезд[ае]?|площад[ьи]|бульвар[ае]?"
)
_STREETS = ("улицы", "переулки", "проезды", "площади")
_LIKE_ADJECTIVE = re.compile(r".+(?:ая|яя|ой|ей|ую|юю|ый|ий|ого|его|ом|ем|ому|ему|ым|им)")
_STREET_NAMES = re.compile(
    r"мира|ленина|красн\w+|советск\w+|победы|садов\w+|школьн\w+|октябрьск\w+|комсомольск\w+|кирова|гагарина|пушкина|калинина"
    r"|степн\w+|молодежн\w+|центральн\w+|заречн\w+|набережн\w+|пролетарск\w+|почтов\w+|чапаева|горького|лермонтова|шевченко"
    r"|фадеева|первомайск\w+|выгонн\w+|северн\w+|южн\w+|восточн\w+|западн\w+|полев\w+|лугов\w+|казачь\w+|базарн\w+|кубанск\w+"
)
_DISTRICT_AFTER = re.compile(
    r"район\w{0,3}|р-н\w?|районн\w+|муниципальн\w+|межмуниципальн\w+|област\w+|обл|кра[йяюе]|краем|республик\w+|губерни\w+"
    r"|(?:рай|обл)?суд\w{0,2}|рай(?:отдел|совет|исполком|газ|по)\w*|церк\w+|храм\w{0,3}|собор\w{0,3}|монастыр\w+|войск\w+"
)
_MASCULINE = re.compile(r"район\w{0,3}|р-н\w?|кра[йяюе]|(?:рай|обл)?суд\w{0,2}|храм\w{0,3}|собор\w{0,3}|монастыр\w+")
_UNIT = re.compile(
    r"д[ен]\w*|сут\w*|недел\w+|месяц\w*|час\w*|год\w*|лет|раз\w?|человек\w?|двор\w*|дом\w+|семь\w*|семей|улиц\w*|ночь\w?|ночи|жител\w+"
    r"|километр\w*|км|й|ый|ий|я|ю|ую|ая"
)
_ORDINAL = re.compile(r"\d+-?(?:й|ый|ий|я|ая|ю|ую|е|ое|го|х)")
IN = frozenset(["в", "во", "из", "до", "под", "у", "через", "близ", "возле", "около"])
PREPOSITIONS = IN | {"от", "за", "к", "ко", "с", "со", "на", "по", "для", "над", "между"}
_GOING = re.compile(
    r"(?:до|по|при|за|вы|у|про)?(?:ех|езж|ед[уеи]|езд|вез|воз|ход|йти|йд|ш[её]л|шл[аи]|брат|бер|бир|пасть|попад)"
    r"|автобус|маршрутк|рейс|проезд|такси|пут[ьи]|дорог"
)
_PERSON = re.compile(
    r"(?:александ|алексе|андре|антон|анатоли|артем|борис|вадим|валери|васил|виктор|витал|владимир|вячеслав|геннади|георги|григори|дмитри"
    r"|евгени|иван|игор|кирилл|константин|леонид|максим|михаил|никит|никола|олег|павл|петр|роман|серге|степан|федор|юри|ярослав)"
    r"(?:р|й|я|ю|ем|ь|ом|а|у|е|ий|ию|ия|ием|ей|ел)?"
    r"|(?:анн|алл|валентин|вер|галин|екатерин|елен|ирин|ларис|людмил|марин|надежд|нин|оксан|ольг|светлан|тамар|татьян)[аыуе]"
    r"|(?:мари|юли|наталь|натали|анастаси|евгени|виктори|ксени|лиди)[яиюей]"
)
_PATRONYMIC = re.compile(r"[а-я]{2,20}(?:ович|евич|ич|овна|евна|ична)[а-яё]{0,3}")


def previous_word(words: Words, i: int) -> str:
    """The word before, empty at the beginning."""
    return words.plain[i - 1] if i else ""


def going_before(words: Words, i: int) -> bool:
    """Whether the word before says that somebody goes somewhere, or by what: «автобус», «доехать»."""
    return _GOING.match(previous_word(words, i)) is not None


def careless(words: Words) -> bool:
    """Whether capitals say nothing: no word but the first of a sentence has one."""
    return not any(words.capital(i) and not words.closed_before(i) for i in range(len(words.plain)))


def type_before(words: Words, i: int) -> str:
    """The generic word before word `i` (станица, хутор, «х.»), or an empty string."""
    before = previous_word(words, i)
    if not before or TYPE_WORD.fullmatch(before) is None:
        return ""
    if before not in DOTTED:
        return before
    if words.text[words.ends[i - 1] : words.starts[i]].startswith("."):
        return before
    return before if before not in ("с", "а", "д", "г") and (words.capital(i) or i == 1) else ""


def in_street(words: Words, first: int, last: int) -> bool:
    """Whether the words name a street: beside a street word, or with a house number after them."""
    before, after = previous_word(words, first), words.after(last)
    if _CROSSING.fullmatch(before) and after in ("и", "с", "-"):  # «на перекрёстке Гривенской и Мира»
        return True
    if before and _STREET.fullmatch(before):
        return SENTENCE_END.isdisjoint(words.gap(first - 1).replace(".", "", 1))
    if after and _STREET_AFTER.fullmatch(after):
        if before in ("в", "во") and after in _STREETS:  # «в Озёрской улицы разбиты»: they are the town's
            return False
        adjective = _LIKE_ADJECTIVE.fullmatch(words.plain[last]) is not None
        return adjective and words.gap(last) == " " and not _own_name(words, last + 1)
    if after == "и" and last + 3 < len(words.plain) and _STREET_AFTER.fullmatch(words.plain[last + 3]):
        return words.plain[last][-2:] == words.plain[last + 2][-2:]  # «Калининская и Гривенская улицы»
    return bool(after) and after[0].isdigit() and words.gap(last) in (" ", ", ") and _house(words, first, last + 1)


def _own_name(words: Words, street: int) -> bool:
    """«Старовеличковская улица Мира»: the street has a name of its own after the word."""
    name = words.after(street)
    if not name or words.gap(street) != " ":
        return False
    return words.capital(street + 1) or _STREET_NAMES.fullmatch(name) is not None


def _house(words: Words, first: int, number: int) -> bool:
    """A number after a name is a house, unless it counts something or follows a settlement: «в Степной 3 дня»."""
    if previous_word(words, first) in IN or type_before(words, first) or _ORDINAL.fullmatch(words.plain[number]):
        return False
    if counts(words, number):
        return False
    bare = words.plain[number].rstrip("абвгд")
    return len(bare) <= 3 and bare.isdigit()


def counts(words: Words, number: int) -> bool:
    """Whether a number counts what follows it: «2 дня», «3 дома»."""
    after = words.after(number)
    return bool(after) and words.gap(number).strip(" -") == "" and _UNIT.fullmatch(after) is not None


def district_after(words: Words, last: int) -> bool:
    """«Калининский район», «Николаевская церковь»: a word after the name makes something else of it."""
    after = words.after(last)
    if not after or words.gap(last) != " " or _DISTRICT_AFTER.fullmatch(after) is None:
        return False
    return not (words.plain[last].endswith(("ая", "ую")) and _MASCULINE.fullmatch(after))  # «калининская, район рынка»


def of_person(words: Words, first: int, last: int) -> bool:
    """Whether a capitalised word stands beside a first name or a patronymic: «Ивану Калининскому»."""
    if not words.capital(first):
        return False
    before = previous_word(words, first)
    beside = before and words.capital(first - 1) and words.gap(first - 1) == " "
    if beside and (_PERSON.fullmatch(before) or _PATRONYMIC.fullmatch(before)):
        return True
    after = words.after(last)
    if not after or not words.capital(last + 1) or words.gap(last) != " " or previous_word(words, first) in IN:
        return False
    return _PATRONYMIC.fullmatch(after) is not None or _PERSON.fullmatch(after) is not None
