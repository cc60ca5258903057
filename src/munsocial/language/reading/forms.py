"""What the ending of a Russian word tells: a verbal noun, an adjective, a short participle, a command, a we-form.

No dictionary: endings, short lists of stems from the tables, and lists of words that only look so.
"""

from __future__ import annotations

import re
from functools import lru_cache

from munsocial.language.reading.tables import stem_pattern, word_set

__all__ = [
    "command",
    "dependent_adjective",
    "genitive_noun",
    "in_genitive",
    "instrumental_agent",
    "nominative_adjective",
    "past_verb",
    "short_participle",
    "verbal_noun",
    "we_verb",
]

_LONGEST = 40
_VERBAL = re.compile(r"[а-я]+(?:[аеиояы]н|[аеиыу]т)(?:ие|ия|ию|ием|ии|ий|иям|иями|иях)")
_CASES = r"(?:а|о|у|ом|е|ы|ов|ам|ами|ах|и|ой|ою|я|ю|ем|ей|ям|ями|ях|ь|ью|ии|ий|ию|ия|ией|иям|иями|иях)?"
_ADJECTIVE = re.compile(
    r"[а-я-]+(?:ый|ая|ое|ые|ого|ому|ую|ым|ом|ых|ыми|ой|[кгхнжчшщ]ий|ее|ие|его|ему|юю|яя|им|ем|их|ими|ей)"
)
# Words ending like adjectives that never stand between a verb and its noun.
_NOT_ADJECTIVES = frozenset(
    [
        "с",
        "со",
        "на",
        "по",
        "в",
        "во",
        "к",
        "ко",
        "о",
        "об",
        "и",
        "или",
        "для",
        "от",
        "до",
        "из",
        "за",
        "при",
        "под",
        "над",
        "между",
    ]
)
_GENITIVE_END = re.compile(
    r"[а-я-]{3,}(?:ения|ания|яния|ития|ытия|ятия|ости|остей|ции|ций|ства|ений|аний|ителей|ников|истов|тов|дов|ков|сов)"
)
# Genitives of nouns that end like adjectives: нарушений, мероприятий, условий, решением.
_NOUN_GENITIVES = (
    "ений",
    "аний",
    "ятий",
    "ытий",
    "итий",
    "овий",
    "вий",
    "стий",
    "ствий",
    "ением",
    "анием",
    "ством",
    "ение",
    "ание",
    "тие",
)
_PAST = re.compile(r"(?:[а-я]{3,}[аеиоуыя]|бы|да|ше|ш)л[аои]?(?:ся|сь)?")
_NO_PAST = (
    "отдел",
    "дел",
    "раздел",
    "школ",
    "генерал",
    "материал",
    "филиал",
    "зал",
    "капитал",
    "сил",
    "угол",
    "журнал",
)
_NOMINATIVE = re.compile(r"[а-я-]{2,}(?:ая|яя|ый|[кгхжшщ]ий|ое|ее|ые|ие|[а-я]о)")
_PARTICIPLE = re.compile(r"[а-я]{3,}(?:[аяе]н|т)(?:а|о|ы)?")
_AGENT = re.compile(
    r"(?:комисси[ей]й?|администрацией|подрядчик(?:ом|ами)|подрядной|специалист(?:ом|ами)|сотрудник(?:ом|ами)"
    r"|работник(?:ом|ами)|служб(?:ой|ами)|бригад(?:ой|ами)|глав(?:ой|ами)|депутат(?:ом|ами)|отдел(?:ом|ами)"
    r"|управлени(?:ем|ями)|комитет(?:ом|ами)|департамент(?:ом|ами)|министерств(?:ом|ами)|прокуратурой|полицией"
    r"|совет(?:ом|ами)|организаци(?:ей|ями)|учреждени(?:ем|ями)|предприяти(?:ем|ями)|заместител(?:ем|ями)"
    r"|поселением|волонтер(?:ом|ами)|инспектор(?:ом|ами)|инспекцией|энергетик(?:ом|ами)|коммунальщик(?:ом|ами)"
    r"|дорожник(?:ом|ами)|руководств(?:ом)|руководител(?:ем|ями)|участник(?:ом|ами)|жител(?:ем|ями)|оператор(?:ом|ами)"
    r"|врач(?:ом|ами)|медик(?:ом|ами)|спасател(?:ем|ями)|пожарн(?:ым|ыми)|учител(?:ем|ями)|педагог(?:ом|ами)|судом|дум(?:ой)"
    r"|муниципалитетом|губернатором|застройщик(?:ом|ами)|компани(?:ей|ями)|рабочими|казак(?:ом|ами)|гражданами|спонсорами"
    r"|лесник(?:ом|ами)|егер(?:ем|ями)|фермер(?:ом|ами)|строител(?:ем|ями)|садоводами|агрономом|механиками|школьниками"
    r"|учениками|студентами|родителями|активистами|ветеранами|юнармейцами|ведомств(?:ом|ами))"
)
_COMMAND = re.compile(
    r"[а-я]{2,}(?:ите|айте|яйте|ейте|уйте|ойте|йте|ьте|итесь|айтесь|яйтесь|ейтесь|уйтесь|ойтесь|ьтесь)"
)
_NOT_COMMANDS = frozenset(
    [
        "сайте",
        "интернет-сайте",
        "лимите",
        "граните",
        "магните",
        "аппетите",
        "визите",
        "транзите",
        "дефиците",
        "карантите",
        "кредите",
        "элите",
        "орбите",
        "защите",
        "плите",
        "свите",
        "извините",
        "хотите",
        "видите",
        "любите",
        "гоните",
        "говорите",
        "носите",
        "ходите",
        "строите",
        "находите",
        "просите",
        "спите",
        "стоите",
        "сидите",
        "помните",
        "знаете",
        "зайте",
        "лайте",
        "хайте",
    ]
)
_WE = re.compile(r"[а-я]{2,}(?:[еаяуыи]ем|[йцкнгзхтсдмлпрбвшщжчф]ем|им|емся|имся)")


@lru_cache(maxsize=1 << 15)
def verbal_noun(word: str) -> bool:
    """Whether the word is a noun made of a verb: ремонт, проверка, благоустройство, выявление."""
    if len(word) > _LONGEST or word in word_set("not_verbal_nouns"):
        return False
    if _VERBAL.fullmatch(word):
        return stem_pattern("not_verbal_stems").match(word) is None
    found = stem_pattern("verbal_nouns").match(word)
    return found is not None and re.fullmatch(_CASES, word[found.end() :]) is not None


@lru_cache(maxsize=1 << 15)
def dependent_adjective(word: str) -> bool:
    """Whether the word may stand between a verb and its noun: плановый, капитального, необходимые."""
    if len(word) > _LONGEST or word in _NOT_ADJECTIVES or word.endswith(_NOUN_GENITIVES):
        return False
    return _ADJECTIVE.fullmatch(word) is not None


@lru_cache(maxsize=1 << 15)
def genitive_noun(word: str) -> bool:
    """Whether the word ends as only nouns in the genitive do: информированности, мероприятий, образования."""
    return len(word) <= _LONGEST and _GENITIVE_END.fullmatch(word) is not None


@lru_cache(maxsize=1 << 15)
def in_genitive(word: str) -> bool:
    """Whether the word may be a noun in the genitive, by its ending: сроков, последствий, плана, воды."""
    if not 4 <= len(word) <= _LONGEST or word.endswith(("ли", "ла", "лся", "йте")):
        return False
    return word.endswith(("а", "я", "ы", "и", "ов", "ев", "ей", "ий", "ок", "ств", "ен", "ан"))


@lru_cache(maxsize=1 << 15)
def short_participle(word: str) -> bool:
    """Whether the word is a short passive participle of a verb of offices: проведена, рассмотрено, организован."""
    if len(word) > _LONGEST or _PARTICIPLE.fullmatch(word) is None:
        return False
    return stem_pattern("office_participles").match(word) is not None


@lru_cache(maxsize=1 << 15)
def any_participle(word: str) -> bool:
    """Whether the word looks like a short passive participle of any verb."""
    return len(word) <= _LONGEST and _PARTICIPLE.fullmatch(word) is not None


@lru_cache(maxsize=1 << 13)
def instrumental_agent(word: str) -> bool:
    """Whether the word names who did it, in the instrumental: комиссией, специалистами."""
    return len(word) <= _LONGEST and _AGENT.fullmatch(word) is not None


@lru_cache(maxsize=1 << 12)
def past_verb(word: str) -> bool:
    """Whether the word says what somebody did, by its ending: прошёл, видели, началось."""
    return len(word) <= _LONGEST and _PAST.fullmatch(word) is not None and not word.startswith(_NO_PAST)


@lru_cache(maxsize=1 << 12)
def nominative_adjective(word: str) -> bool:
    """Whether the word is an adjective of what is named, or an adverb: тихая, небольшой, спокойно."""
    return len(word) <= _LONGEST and _NOMINATIVE.fullmatch(word) is not None and not word.endswith(_NOUN_GENITIVES)


@lru_cache(maxsize=1 << 15)
def command(word: str) -> bool:
    """Whether the word asks the reader to do something: приходите, берегите, пишите."""
    return len(word) <= _LONGEST and word not in _NOT_COMMANDS and _COMMAND.fullmatch(word) is not None


@lru_cache(maxsize=1 << 15)
def we_verb(word: str) -> bool:
    """Whether the word says what we do: чиним, рассказываем, ждём."""
    if not 4 <= len(word) <= _LONGEST or word in word_set("not_we_verbs"):
        return False
    return _WE.fullmatch(word) is not None and stem_pattern("not_we_stems").match(word) is None
