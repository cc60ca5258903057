"""A light verb with a noun made of a verb: «осуществляет ремонт», «проведена проверка», «ведут работу по выявлению».

The verb says only that something is done; the noun says what. The advice puts the noun's own verb into the same form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from munsocial.language.editor.conjugation import past, they_to
from munsocial.language.editor.forms import dependent_adjective, instrumental_agent, verbal_noun
from munsocial.language.editor.phrases import joined
from munsocial.language.editor.tables import rows
from munsocial.language.editor.words import Words

__all__ = ["LightVerb", "light_verbs"]

_PRESENT = r"(?P<present>{})(?P<person>ет|ёт|ют|ут|ит|ят|ат|ем|им)(?P<self>ся)?"
_STEMS = {
    "present": "осуществля|производ|провод|вед|оказыва|организу|организовыва|выполня|обеспечива|реализу|соверша|исполня"
    "|предоставля|предпринима",
    "past": "осуществля|осуществи|производи|произве|проводи|прове|ве|оказыва|оказа|организова|организовыва|выполни"
    "|выполня|обеспечи|обеспечива|реализова|соверши|исполни|предостави|предприня",
    "participle": "осуществлен|произведен|проведен|оказан|организован|выполнен|обеспечен|реализован|совершен|исполнен"
    "|предоставлен|предпринят",
    "infinitive": "осуществить|осуществлять|произвести|производить|провести|проводить|вести|оказать|оказывать"
    "|организовать|организовывать|выполнить|выполнять|обеспечить|обеспечивать|реализовать|реализовывать|совершить|совершать"
    "|предоставить|предоставлять",
    "future": "осуществ|произвед|провед|окаж|организу|выполн|обеспеч|реализу|соверш",
    "doing": "осуществля|производ|провод|вед|оказыва|организу|выполня|обеспечива|реализу|соверша|предоставля",
}
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        _PRESENT.format(_STEMS["present"]),
        rf"(?P<past>{_STEMS['past']})(?P<gender>л|ла|ло|ли)(?P<self>ся|сь)?",
        rf"(?P<participle>{_STEMS['participle']})(?P<short>|а|о|ы)",
        rf"(?P<doing>{_STEMS['doing']})[юуя]щ(?P<which>ий|его|ему|им|ем|ая|ей|ую|ее|ие|их|ими)",
        rf"(?P<infinitive>{_STEMS['infinitive']})",
        rf"(?P<future>{_STEMS['future']})(?P<person>ит|ят|ет|ут|ем|им)(?P<self>ся)?",
    )
)
_IMPERFECTIVE_PAST = ("ля", "оди", "ыва", "лня", "ва")
_BRIDGE = re.compile(r"работ[аыуе]?|мероприяти[еяй]|деятельность|мер[аыу]?|комплекс|ряд")
_ADVERBS = frozenset(
    [
        "также",
        "уже",
        "сейчас",
        "постоянно",
        "регулярно",
        "ежедневно",
        "активно",
        "оперативно",
        "своевременно",
        "планово",
        "ежегодно",
    ]
)
_WHOSE = frozenset(
    ["наш", "нашу", "наши", "ваш", "вашу", "ваши", "свой", "свою", "свои", "этот", "эту", "эти", "их", "его"]
)
_WHICH = {
    **dict.fromkeys(("ий", "его", "ему", "ем"), "который"),
    **dict.fromkeys(("ая", "ей", "ую"), "которая"),
    **dict.fromkeys(("ие", "их", "ими"), "которые"),
    "ее": "которое",
    "им": "",  # подрядчиком, осуществляющим; рабочим, осуществляющим
}
"""What «осуществляющая вывоз» turns to: «которая вывозит»; empty where one and many look alike."""
_ONE, _MANY = ("ом", "ем"), ("ам", "ям")
_FIRST_AID = re.compile(r"(?:перв|скор|неотложн)\w{2,3}")  # «оказал первую помощь» is no office phrase
_NO_OBJECT = (
    "ой",
    "ей",
    "ом",
    "ем",
    "ами",
    "ями",
    "ими",
    "ыми",
    "остью",
    "но",
    "ко",
    "ся",
)  # by whom it is done, and how
_DREAMS = ("мечт", "желан", "чуд", "надежд", "иде", "замысл", "задум")
_PREPOSITIONS = frozenset(
    ["через", "после", "перед", "между", "около", "если", "когда", "чтобы", "либо", "также", "только"]
)
_WAS = frozenset(["был", "была", "было", "были", "будет", "будут"])
_REACH = 3  # how many adjectives or adverbs may stand between the verb and its noun


class _Form(NamedTuple):
    kind: str  # present, past, participle, infinitive, future, doing
    person: str  # 3sg, 3pl, 1pl; for the past m, f, n, pl; for doing the pronoun
    passive: bool
    perfective: bool


class LightVerb(NamedTuple):
    """Words `first`..`last` (inclusive) and what to write instead."""

    first: int
    last: int
    advice: str


@lru_cache(maxsize=1 << 15)
def _form(word: str) -> _Form | None:
    for pattern in _FORMS:
        found = pattern.fullmatch(word)
        if found is not None:
            return _described(found.groupdict())
    return None


def _described(parts: dict[str, str | None]) -> _Form:
    passive = bool(parts.get("self"))
    if parts.get("participle") is not None:
        return _Form("participle", "pl", True, True)
    if parts.get("infinitive") is not None:
        return _Form("infinitive", "", False, _perfective_infinitive(parts["infinitive"] or ""))
    if parts.get("doing") is not None:
        return _Form("doing", _WHICH[parts["which"] or "ий"], False, False)
    if parts.get("past") is not None:
        gender = {"л": "m", "ла": "f", "ло": "n", "ли": "pl"}[parts["gender"] or "ли"]
        return _Form("past", gender, passive, not _lasting(parts["past"] or ""))
    person = parts["person"] or ""
    who = "1pl" if person in ("ем", "им") else "3sg" if person in ("ет", "ёт", "ит") else "3pl"
    future = parts.get("future") is not None
    return _Form("future" if future else "present", who, passive, future)


def _lasting(stem: str) -> bool:
    """Whether a past stem is of a verb that tells how something went on: вели, проводили."""
    return stem == "ве" or stem.endswith(_IMPERFECTIVE_PAST)


def _perfective_infinitive(verb: str) -> bool:
    return not verb.endswith(("лять", "одить", "вать", "шать", "нять")) and verb != "вести"


@cache
def _verbs() -> tuple[tuple[str, tuple[str, str], tuple[str, str]], ...]:
    table = []
    for stem, imperfective, perfective in rows("editor/verbs.tsv"):
        table.append((stem, _pair(imperfective), _pair(perfective)))
    return tuple(sorted(table, key=lambda row: -len(row[0])))


def _pair(cell: str) -> tuple[str, str]:
    parts = cell.split()
    half = len(parts) // 2
    return " ".join(parts[:half]), " ".join(parts[half:])


@lru_cache(maxsize=1 << 12)
def _plain_verb(noun: str) -> tuple[tuple[str, str], tuple[str, str]] | None:
    for stem, imperfective, perfective in _verbs():
        if noun.startswith(stem) and len(noun) - len(stem) <= 3:
            return imperfective, perfective
    return None


def plain_verb(noun: str) -> str | None:
    """The infinitive that says the same as a verbal noun, or None where the table has none."""
    found = _plain_verb(noun)
    return found[0][0] if found else None


def _advice(form: _Form, noun: str) -> str:
    found = _plain_verb(noun)
    if found is None:
        return "скажите одним глаголом, что делают"
    imperfective, perfective = found
    infinitive, they = perfective if form.perfective else imperfective
    if form.kind == "infinitive":
        return f"«{infinitive}»"
    if form.kind == "doing":
        who = [form.person] if form.person else ["который", "которые"]
        return " или ".join(f"«{one} {they_to(they, '3pl' if one == 'которые' else '3sg')}»" for one in who)
    if form.kind in ("past", "participle"):
        return f"«{past(infinitive, 'pl' if form.passive else form.person)}»"
    return f"«{they_to(they, '3pl' if form.passive else form.person)}»"


def _noun_after(words: Words, i: int) -> int | None:
    """The verbal noun that the verb at `i` governs, or None."""
    plain, count = words.plain, len(words.plain)
    of_anything = plain[i].startswith("осуществ")
    j, steps = i + 1, 0
    while j < count and steps <= _REACH and not words.gap(j - 1).strip():
        word = plain[j]
        if _BRIDGE.fullmatch(word) and j + 1 < count:
            return _over_bridge(words, j)
        beside = dependent_adjective(word) or word in _ADVERBS or word in _WHOSE
        if instrumental_agent(word):
            return None
        if verbal_noun(word) or (of_anything and not beside and _object(word) and not words.capital(j)):
            return None if _FIRST_AID.fullmatch(plain[j - 1]) and word.startswith("помощ") else j
        if not beside:
            return None
        j, steps = j + 1, steps + 1
    return None


def _object(word: str) -> bool:
    """Whether the word may be what is «осуществляется»: a noun that is no agent and no adverb."""
    return (
        len(word) > 3 and not word.endswith(_NO_OBJECT) and word not in _PREPOSITIONS and not word.startswith(_DREAMS)
    )


def _over_bridge(words: Words, j: int) -> int | None:
    """Over «работа по», «мероприятия по»: the noun that says what is done, or None."""
    plain, count = words.plain, len(words.plain)
    k = j + 1
    if k < count and plain[k] == "по" and joined(words, k):
        for n in range(k + 1, min(count, k + 4)):
            if words.gap(n - 1).strip():
                break
            if verbal_noun(plain[n]):
                return n
            if not dependent_adjective(plain[n]):
                break
    return None


def _noun_before(words: Words, i: int, form: _Form) -> int | None:
    """«Вывоз мусора осуществляет бригада»: the noun that begins the sentence, with its adjective, or None."""
    if not words.plain[i].startswith("осуществ") or form.kind not in ("present", "past", "future") or form.passive:
        return None
    for k in range(i - 1, max(-1, i - 1 - _REACH), -1):
        if words.gap(k).strip():
            return None
        begins = words.closed_before(k) or (
            dependent_adjective(words.plain[k - 1]) and words.closed_before(k - 1) and not words.gap(k - 1).strip()
        )
        if begins and verbal_noun(words.plain[k]):
            return k
    return None


def _which(words: Words, i: int, form: _Form) -> _Form:
    """«Организациям, осуществляющим» is of many, «подрядчиком, осуществляющим» of one; the word before tells."""
    before = words.plain[i - 1] if i and form.kind == "doing" and not form.person else ""
    person = "который" if before.endswith(_ONE) else "которые" if before.endswith(_MANY) else form.person
    return form._replace(person=person)


def _with_was(words: Words, i: int, form: _Form) -> tuple[int, _Form]:
    """«была проведена», «будет проведена»: the small verb belongs to it and tells the time."""
    before = words.plain[i - 1] if i and joined(words, i) else ""
    if form.kind != "participle" or before not in _WAS:
        return i, form
    return i - 1, form._replace(kind="future" if before.startswith("буд") else "participle", person="3pl")


def light_verbs(words: Words) -> Iterator[LightVerb]:
    """Every light verb together with its verbal noun, in order."""
    for i, word in enumerate(words.plain):
        form = _form(word) if len(word) <= 20 else None
        if form is None:
            continue
        before = _noun_before(words, i, form)
        if before is not None and (i + 1 == len(words.plain) or not verbal_noun(words.plain[i + 1])):
            yield LightVerb(before, i, _advice(form, words.plain[before]))
            continue
        at = _noun_after(words, i)
        if at is not None:
            begins, form = _with_was(words, i, _which(words, i, form))
            yield LightVerb(begins, at, _advice(form, words.plain[at]))
