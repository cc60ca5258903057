"""A light verb with a noun made of a verb: «осуществляет ремонт», «проведена проверка», «ведут работу по выявлению».

The verb says only that something is done; the noun says what. The advice puts the noun's own verb into the same form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from munsocial.language.editor.auxiliary import auxiliary
from munsocial.language.editor.light_forms import Form, form_of
from munsocial.language.editor.noun_verbs import said, unnamed
from munsocial.language.editor.phrases import joined
from munsocial.language.reading.forms import dependent_adjective, instrumental_agent, verbal_noun
from munsocial.language.reading.words import SENTENCE_END, Words

__all__ = ["LightVerb", "light_verbs"]

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
_ONE, _MANY = ("ом", "ем"), ("ам", "ям")
_FIRST_AID = re.compile(r"(?:перв|скор|неотложн)\w{2,3}")  # «оказал первую помощь» is no office phrase
# By whom it is done, and how.
_NO_OBJECT = ("ой", "ей", "ом", "ем", "ами", "ями", "ими", "ыми", "остью", "но", "ко", "ся")
_DREAMS = ("мечт", "желан", "чуд", "надежд", "иде", "замысл", "задум")
_PREPOSITIONS = frozenset(
    ["через", "после", "перед", "между", "около", "если", "когда", "чтобы", "либо", "также", "только"]
)
_LONGEST = 20  # letters of a light verb
_SENTENCE_END = re.compile(f"[{re.escape(''.join(sorted(SENTENCE_END)))}]")
_SENTENCE = 300  # characters within which the end of a sentence is looked for
_NUMBER = {"которые": "3pl"}
_REACH = 3  # how many adjectives or adverbs may stand between the verb and its noun


class LightVerb(NamedTuple):
    """Words `first`..`last` (inclusive) and what to write instead."""

    first: int
    last: int
    advice: str


def _named(words: Words, form: Form, noun: int, beside: str) -> str | None:
    """The verb of the noun in the form of the light one; None where no verb is safe."""
    if form.kind == "doing":
        who = [form.person] if form.person else ["который", "которые"]
        each = [said(words, form._replace(kind="present", person=_NUMBER.get(one, "3sg")), noun) for one in who]
        return " или ".join(f"«{one} {verb}»" for one, verb in zip(who, each, strict=True) if verb) or None
    verb = said(words, form, noun)
    return f"«{f'{beside} {verb}'.strip()}»" if verb else None


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


def _noun_before(words: Words, i: int, form: Form) -> int | None:
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


def _which(words: Words, i: int, form: Form) -> Form:
    """«Организациям, осуществляющим» is of many, «подрядчиком, осуществляющим» of one; the word before tells."""
    before = words.plain[i - 1] if i and form.kind == "doing" and not form.person else ""
    person = "который" if before.endswith(_ONE) else "которые" if before.endswith(_MANY) else form.person
    return form._replace(person=person)


def _with_small_words(words: Words, i: int, form: Form) -> tuple[int, Form, str]:
    """«Будет проведена», «может проводиться»: the small words belong to it and tell when, or that it only may be."""
    if form.kind not in ("participle", "infinitive") or not form.passive:
        return i, form, ""
    first, when, beside = auxiliary(words, i)
    if form.kind == "infinitive":
        return (first, form, beside) if when != "past" else (i, form, "")
    if when == "future":
        return first, form._replace(kind="future", person="3pl"), ""
    if when == "must":
        return first, form._replace(kind="infinitive"), beside
    return first, form, ""


def _spoken(form: Form) -> bool:
    """«Выполню обещание», «проведите слушания»: I and you are of talk, so only a noun with a verb of its own counts."""
    return form.kind in ("command", "gerund") or form.person == "1sg"


def _told(words: Words, i: int) -> bool:
    """«Вы проводите осмотр», «Когда выполните ремонт?»: what looks like a command tells or asks what you do."""
    if i and words.plain[i - 1] == "вы":
        return True
    end = _SENTENCE_END.search(words.text, words.ends[i], words.ends[i] + _SENTENCE)
    return end is not None and end[0] == "?"


def light_verbs(words: Words) -> Iterator[LightVerb]:
    """Every light verb together with its verbal noun, in order."""
    for i, word in enumerate(words.plain):
        form = form_of(word) if len(word) <= _LONGEST else None
        if form is None or (form.kind == "command" and _told(words, i)):
            continue
        before = _noun_before(words, i, form)
        if before is not None and (i + 1 == len(words.plain) or not verbal_noun(words.plain[i + 1])):
            yield LightVerb(before, i, _named(words, form, before, "") or unnamed(form))
            continue
        at = _noun_after(words, i)
        if at is not None:
            begins, form, beside = _with_small_words(words, i, _which(words, i, form))
            named = _named(words, form, at, beside)
            if named or not _spoken(form):
                yield LightVerb(begins, at, named or unnamed(form, beside))
