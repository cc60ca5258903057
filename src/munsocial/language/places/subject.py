"""Which of the places in one text it is about: the nearer subject, the beginning of a road, the one after «а в»."""

from __future__ import annotations

import re

from munsocial.language.places.declension import Part
from munsocial.language.places.mentions import Mention
from munsocial.language.reading.words import Words

__all__ = ["subject"]

_TROUBLE = re.compile(
    r"\?|\b(?:когда|почему|где|куда|кто|сколько|будет|есть ли|нет|не|без|ям[аы]|яму|луж[аи]|провал|размыл|сломал"
    r"|прорва|отключ|почин|сдела|постав|убер|прим|помог|просим|прошу|темно|грязь|мусор|свет|вод[аыу]|газ|ремонт|дорог|мост|тротуар|разбит|затоп|топит|тонет|холодно|закрыт|собак|свалк|авари)"
)
_TOWARDS = ("ую", "юю", "у", "ю")
_CLAUSE = re.compile(r"[,;:.!?…\n—–]+")
_AWAY = frozenset(
    [
        "сестра",
        "брат",
        "мама",
        "друг",
        "подруга",
        "родители",
        "теща",
        "дочь",
        "сын",
        "родом",
        "переехал",
        "переехали",
        "еду",
        "ехал",
        "ехали",
        "едем",
        "ездим",
        "ездил",
        "везу",
        "езжу",
        "возим",
        "добираемся",
        "прописаны",
        "прописан",
        "прописана",
        "работаем",
        "работаю",
        "родилась",
        "родился",
    ]
)
_CONTRAST = frozenset(["а", "но", "зато"])
_COMPARED = re.compile(r"(?:в отличие от|не то что|чем|как|даже|не|кроме|помимо|вместо)(?: в| из| у)?$")
_FROM = frozenset(["из", "от", "с", "со"])
_TO = frozenset(["в", "во", "до", "на", "к"])
_COMING = re.compile(r"\b(?:приех|приезж|переех|переезж|перебра|перевели|перевез|добрал)")
_FINE = re.compile(
    r"\b(?:уже|есть|сделали|построили|открыли|провели|починили|дали|работает|чистят|положили|повезло"
    r"|(?:отремонтирован|заасфальтирован|освещен|газифицирован|построен|открыт)[аоы]?)\b"
)
_LACKING = re.compile(r"\?|\b(?:не|нет|ни|без|когда|почему)\b")
_SIDE = frozenset(["стороны", "сторону", "стороне", "направлению", "направлении", "пути"])
_EDGE = frozenset(["въезде", "въезд", "въезда", "въездом", "выезде", "выезд", "повороте", "подъезде", "окраине"])
_LIVING = frozenset(["живу", "живем", "проживаю", "проживаем", "жители", "жителям", "жительница", "житель", "жителей"])
_HERE = frozenset(["у", "самой", "самой", "самого", "самом", "нас", "нам", "наша", "наш", "нашей", "нашем", "нашу"])


def _value(words: Words, mention: Mention, following: Mention | None) -> float:
    plain, first = words.plain, mention.first
    before = plain[first - 1] if first else ""
    earlier = plain[first - 2] if first > 1 else ""
    value = {Part.NAME: 3.0, Part.ADJECTIVE: 3.0, Part.PEOPLE: 2.6, Part.SHORT: 2.4}[mention.part]
    value -= 0.0 if mention.exact else 0.2
    value += _by_preposition(mention, before, earlier)
    if before in _HERE or earlier in _HERE:
        value += 1.5
    if {before, earlier, plain[first - 3] if first > 2 else ""} & _CONTRAST:
        value += 1.2
    if before in _FROM and following is not None and _leads_to(words, mention, following):
        value += 1.0
    if before in _SIDE:  # «на въезде со стороны Гривенской»
        value -= 1.5
    if earlier in _EDGE:  # «на въезде в Величковку»
        value += 2.0
    if not _LIVING.isdisjoint(plain[max(0, first - 3) : first]):
        value += 0.8
    clause, opening = _clause(words, mention)
    if before in ("в", "во") and mention.ending in _TOWARDS and _COMING.search(clause):
        value += 2.0
    if _FINE.search(clause) and not _LACKING.search(clause):  # «в Озёрской дорогу сделали»
        value -= 0.8
    if _TROUBLE.search(clause):
        value += 1.0
    if not _AWAY.isdisjoint(clause.split()):
        value -= 1.5
    if _COMPARED.search(opening):
        value -= 2.5
    return value


def _leads_to(words: Words, start: Mention, end: Mention) -> bool:
    """«Из А до Б»: the road is of the place where it begins."""
    between = words.plain[start.last + 1 : end.first]
    return 0 < len(between) <= 4 and not _TO.isdisjoint((between[0], between[-1]))


def _by_preposition(mention: Mention, before: str, earlier: str) -> float:
    ending = mention.ending
    if before in ("в", "во"):
        return -0.7 if ending in _TOWARDS else 0.6
    if before in ("до", "к", "ко", "через"):
        return -1.2
    if before == "на" and ending in _TOWARDS:
        return -1.0
    if before in ("из", "с", "со"):
        return 0.4 if earlier in ("рядом", "вместе") else -0.3
    if before in ("у", "под", "около", "возле", "близ", "для"):
        return 0.4
    return 0.3


def _clause(words: Words, mention: Mention) -> tuple[str, str]:
    """The clause around a mention, and its part before it; folded."""
    start, end = words.starts[mention.first], words.ends[mention.last]
    low = max(0, start - 300)
    opening = _CLAUSE.split(words.folded[low:start])[-1]
    rest = words.folded[end : end + 300]
    stop = _CLAUSE.search(rest)
    tail = rest[: stop.end()] if stop else rest
    return opening + words.folded[start:end] + tail, opening.strip()


def subject(words: Words, found: list[Mention]) -> Mention:
    """The mention of our places that the text is about; of equal ones the first. `found` is not empty."""
    if len({mention.place for mention in found}) == 1:
        return found[0]
    following = [*found[1:], None]
    values = [_value(words, mention, after) for mention, after in zip(found, following, strict=True)]
    return found[values.index(max(values))]
